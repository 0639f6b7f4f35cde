//! `sandan token create|list|revoke`.

use anyhow::{Context, Result};
use clap::Subcommand;
use jiff::SignedDuration;
use sandan_app::accounts::{AccountError, NewToken, TokenInfo};
use sandan_domain::{CommunityId, Role, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::ask_whole;
use crate::config::Common;
use crate::control::Operation;
use crate::failure::{Code, Failure};
use crate::output::{self, field, table};
use crate::wiring::Engine;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make a bearer token and print it, once
    #[command(after_help = "Examples:\n  sandan token create --role dispatcher --community lakeside\n  sandan token \
                            create --role unit --unit water --community lakeside --expires 30d --json")]
    Create {
        #[command(flatten)]
        create: Create,
        #[command(flatten)]
        common: Common,
    },
    /// All tokens that are not revoked (never the secrets)
    #[command(after_help = "Example:\n  sandan token list")]
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Make a token worthless
    #[command(after_help = "Example:\n  sandan token revoke 019a3f6e-5c1d-7a50-8e0e-0d3f6e5c1d7a")]
    Revoke {
        #[command(flatten)]
        revoke: Revoke,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Create {
    /// kiosk, hotline, grid-worker, dispatcher, unit, supervisor, oversight or administrator
    #[arg(long)]
    pub role: Role,
    /// The unit that its holder works for (with --role unit)
    #[arg(long, value_name = "SLUG")]
    pub unit: Option<String>,
    /// That community and those below [default: all]
    #[arg(long, value_name = "SLUG")]
    pub community: Option<String>,
    /// How long it lives: 12h, 30d, 8w, 1y [default: 1y]
    #[arg(long, value_name = "TIME", value_parser = life)]
    pub expires: Option<SignedDuration>,
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Revoke {
    /// The token's id, as `token list` shows it
    pub id: Uuid,
}

pub async fn execute(command: Command) -> Result<()> {
    match command {
        Command::Create { create, common } => {
            let value = ask_whole(&common, Operation::TokenCreate(create)).await?;
            if !common.json {
                eprintln!("Keep it safe: it is shown only now. It expires {}.", field(&value, "expires"));
            }
            output::result(common.json, &value, |value| field(value, "token"))
        }
        Command::List { common } => {
            let value = ask_whole(&common, Operation::TokenList).await?;
            output::result(common.json, &value, people)
        }
        Command::Revoke { revoke, common } => {
            let value = ask_whole(&common, Operation::TokenRevoke(revoke)).await?;
            output::result(common.json, &value, |value| format!("revoked {}", field(value, "id")))
        }
    }
}

fn people(value: &Value) -> String {
    let names = ["id", "role", "unit", "community", "created", "expires"];
    let tokens = value["tokens"].as_array().cloned().unwrap_or_default();
    let rows: Vec<_> = tokens.iter().map(|token| names.iter().map(|name| field(token, name)).collect()).collect();
    table(&names, &rows)
}

/// A number and a unit.
fn life(text: &str) -> Result<SignedDuration, String> {
    let wrong = || format!("{text:?} is no length of time: write 12h, 30d, 8w or 1y");
    let split = text.find(|sign: char| !sign.is_ascii_digit()).ok_or_else(wrong)?;
    let count: i64 = text[..split].parse().map_err(|_| wrong())?;
    let hours = match &text[split..] {
        "h" => 1,
        "d" => 24,
        "w" => 7 * 24,
        "y" => 365 * 24,
        _ => return Err(wrong()),
    };
    // More than a century is a mistake, and more than the calendar would not fit.
    let hours = count.checked_mul(hours).filter(|hours| (1..=100 * 366 * 24).contains(hours));
    hours.map(SignedDuration::from_hours).ok_or_else(wrong)
}

pub async fn create(wish: Create, engine: &Engine) -> Result<Value> {
    let (community, unit) = place(engine, wish.community.as_deref(), wish.unit.as_deref()).await?;
    let new = NewToken { role: wish.role, unit, community, expires: wish.expires };
    let (token, info) = engine.app.accounts().create_token(new).await.map_err(refused)?;
    Ok(json!({
        "token": token,
        "id": info.id,
        "role": info.role,
        "unit": info.unit,
        "community": info.community,
        "expires": info.expires,
    }))
}

pub async fn list(engine: &Engine) -> Result<Value> {
    let tokens: Vec<TokenInfo> = engine.app.accounts().list_tokens().await?;
    Ok(json!({"tokens": tokens}))
}

pub async fn revoke(wish: Revoke, engine: &Engine) -> Result<Value> {
    engine.app.accounts().revoke_token(wish.id).await.map_err(refused)?;
    Ok(json!({"id": wish.id}))
}

/// The community and the unit that a token or an account is limited to.
///
/// A unit is named by a slug that is unique in its community only, so it may be there later: the rest of the
/// organisation is often made with the token.
pub async fn place(
    engine: &Engine,
    community: Option<&str>,
    unit: Option<&str>,
) -> Result<(Option<CommunityId>, Option<UnitId>)> {
    let community = super::community::named(engine, community).await?;
    let unit = unit.map(str::parse).transpose().context("--unit")?;
    Ok((community, unit))
}

pub fn refused(error: AccountError) -> anyhow::Error {
    if let AccountError::Unavailable(error) = error {
        return error.into();
    }
    let mend = match &error {
        AccountError::Input { field: "unit", .. } => "With --role unit name one: --unit SLUG.",
        AccountError::NotFound(_) => "`sandan user list` shows the accounts.",
        AccountError::NoToken => "`sandan token list` shows the tokens.",
        _ => "",
    };
    Failure::new(Code::Refused, error.to_string(), mend).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_a_number_and_a_unit() {
        assert_eq!(life("30d"), Ok(SignedDuration::from_hours(720)));
        assert_eq!(life("1y"), Ok(SignedDuration::from_hours(8_760)));
        for text in ["", "30", "d", "0d", "-1d", "30 d", "9999999999y", "1000y"] {
            assert!(life(text).is_err(), "{text}");
        }
    }
}
