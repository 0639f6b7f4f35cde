//! `sandan user add|list|disable|password`.

use std::io::{self, BufRead, IsTerminal};
use std::process::{Command as Process, Stdio};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use data_encoding::BASE32_NOPAD;
use rand::Rng;
use sandan_app::accounts::NewUser;
use sandan_domain::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ask_whole;
use super::token::{place, refused};
use crate::config::Common;
use crate::control::Operation;
use crate::output::{self, field, table};
use crate::wiring::Engine;

/// Random bytes of a password that is made here: 16 characters.
const PASSWORD_BYTES: usize = 10;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Add an account; its password is made here and printed once, or read from standard input
    #[command(
        after_help = "Examples:\n  sandan user add wang --role dispatcher --community lakeside\n  sandan user add \
                            water-li --role unit --unit water --community lakeside --password-stdin < password"
    )]
    Add {
        name: String,
        #[arg(long)]
        role: Role,
        /// The unit that they work for (with --role unit)
        #[arg(long, value_name = "SLUG")]
        unit: Option<String>,
        /// That community and those below [default: all]
        #[arg(long, value_name = "SLUG")]
        community: Option<String>,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        common: Common,
    },
    /// All accounts
    #[command(after_help = "Example:\n  sandan user list")]
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Say where notices to an account go by mail; without an address: nowhere
    #[command(after_help = "Examples:\n  sandan user email water-li li@water.example.cn\n  sandan user email water-li")]
    Email {
        name: String,
        address: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// Disable an account; its sessions end
    #[command(after_help = "Example:\n  sandan user disable wang")]
    Disable {
        name: String,
        #[command(flatten)]
        common: Common,
    },
    /// Set a new password; sessions end
    #[command(after_help = "Example:\n  sandan user password wang")]
    Password {
        name: String,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        common: Common,
    },
}

/// Where a password comes from. Never from the command line, which others on the machine can see.
#[derive(clap::Args, Clone, Debug)]
pub struct Source {
    /// Read the password from standard input (or ask for it on a terminal)
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Email {
    name: String,
    email: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Add {
    name: String,
    role: Role,
    unit: Option<String>,
    community: Option<String>,
    password: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Named {
    name: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct NewPassword {
    name: String,
    password: String,
}

/// Passwords are not for logs.
impl std::fmt::Debug for Add {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Add").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPassword").field("name", &self.name).finish_non_exhaustive()
    }
}

pub async fn execute(command: Command) -> Result<()> {
    match command {
        Command::Add { name, role, unit, community, source, common } => {
            let (password, made) = password(&source)?;
            let add = Add { name, role, unit, community, password };
            let value = ask_whole(&common, Operation::UserAdd(add)).await?;
            tell(&common, value, made, "added")
        }
        Command::List { common } => {
            let value = ask_whole(&common, Operation::UserList).await?;
            output::result(common.json, &value, people)
        }
        Command::Disable { name, common } => {
            let value = ask_whole(&common, Operation::UserDisable(Named { name })).await?;
            output::result(common.json, &value, |value| format!("disabled {}", field(value, "name")))
        }
        Command::Email { name, address, common } => {
            let value = ask_whole(&common, Operation::UserEmail(Email { name, email: address })).await?;
            output::result(common.json, &value, |value| match field(value, "email") {
                email if email.is_empty() => format!("{} gets no notices by mail", field(value, "name")),
                email => format!("notices to {} go to {email}", field(value, "name")),
            })
        }
        Command::Password { name, source, common } => {
            let (password, made) = password(&source)?;
            let value = ask_whole(&common, Operation::UserPassword(NewPassword { name, password })).await?;
            tell(&common, value, made, "set the password of")
        }
    }
}

/// A password that was made here is shown once.
fn tell(common: &Common, mut value: Value, made: Option<String>, done: &str) -> Result<()> {
    if let Some(password) = &made {
        value["password"] = json!(password);
    }
    output::result(common.json, &value, |value| match &made {
        Some(password) => format!("{done} {}; password, shown only now: {password}", field(value, "name")),
        None => format!("{done} {}", field(value, "name")),
    })
}

fn people(value: &Value) -> String {
    let names = ["name", "role", "unit", "community", "disabled", "created"];
    let users = value["users"].as_array().cloned().unwrap_or_default();
    let rows: Vec<_> = users.iter().map(|user| names.iter().map(|name| field(user, name)).collect()).collect();
    table(&names, &rows)
}

/// The password, and the same again if it was made here.
fn password(source: &Source) -> Result<(String, Option<String>)> {
    if source.password_stdin {
        return Ok((read_password()?, None));
    }
    let made = random_password();
    Ok((made.clone(), Some(made)))
}

/// Sixteen letters and digits that nobody can guess.
pub fn random_password() -> String {
    let mut bytes = [0; PASSWORD_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_lowercase()
}

fn read_password() -> Result<String> {
    let asks = io::stdin().is_terminal();
    if asks {
        eprint!("Password: ");
        echo(false);
    }
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    if asks {
        echo(true);
        eprintln!();
    }
    read.context("read the password")?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => bail!("no password came on standard input"),
        password => Ok(password.to_owned()),
    }
}

/// Best effort: a terminal without stty shows what is typed.
fn echo(on: bool) {
    _ = Process::new("stty").arg(if on { "echo" } else { "-echo" }).stdin(Stdio::inherit()).status();
}

pub async fn add(wish: Add, engine: &Engine) -> Result<Value> {
    let (community, unit) = place(engine, wish.community.as_deref(), wish.unit.as_deref()).await?;
    let Add { name, role, password, .. } = wish;
    let new = NewUser { name, role, unit, community, password };
    let user = engine.app.accounts().add_user(new).await.map_err(refused)?;
    Ok(serde_json::to_value(user)?)
}

pub async fn list(engine: &Engine) -> Result<Value> {
    Ok(json!({"users": engine.app.accounts().list_users().await?}))
}

pub async fn disable(wish: Named, engine: &Engine) -> Result<Value> {
    engine.app.accounts().disable_user(&wish.name).await.map_err(refused)?;
    Ok(json!({"name": wish.name}))
}

pub async fn password_of(wish: NewPassword, engine: &Engine) -> Result<Value> {
    engine.app.accounts().set_password(&wish.name, &wish.password).await.map_err(refused)?;
    Ok(json!({"name": wish.name}))
}

pub async fn email_of(wish: Email, engine: &Engine) -> Result<Value> {
    let Email { name, email } = wish;
    engine.app.accounts().set_email(&name, email.as_deref()).await.map_err(refused)?;
    Ok(json!({"name": name, "email": email}))
}

/// Whether somebody can set the rest up.
pub async fn has_administrator(engine: &Engine) -> Result<bool> {
    let users = engine.app.accounts().list_users().await?;
    Ok(users.iter().any(|user| user.role == Role::Administrator && !user.disabled))
}
