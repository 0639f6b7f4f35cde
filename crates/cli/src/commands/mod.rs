//! One file a command: its flags, what it asks of the data, and what people see of the answer.

pub mod backup;
pub mod calendar;
pub mod callbacks;
pub mod check;
pub mod community;
pub mod explain;
pub mod export;
pub mod health;
pub mod import;
pub mod key;
mod key_rotate;
pub mod log;
pub mod notices;
pub mod policy;
pub mod restore;
pub mod sample;
pub mod serve;
pub mod token;
pub mod user;
pub mod views;

use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use crate::args::Command;
use crate::config::{Common, Network, Settings};
use crate::control::{self, Operation};
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::output::{self, Pieces, Whole};

/// Runs a command of the command line.
pub async fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::execute(args).await?,
        Command::Import(args) => import::execute(args).await?,
        Command::Export(args) => export::execute(args).await?,
        Command::Token(command) => token::execute(command).await?,
        Command::User(command) => user::execute(command).await?,
        Command::Community(command) => community::execute(command).await?,
        Command::Policy(command) => policy::execute(command).await?,
        Command::Calendar(command) => calendar::execute(command).await?,
        Command::Callbacks(command) => callbacks::execute(command)?,
        Command::Explain(args) => explain::execute(args).await?,
        Command::Key(command) => key::execute(command).await?,
        Command::Log(command) => return log::execute(command).await,
        Command::Notices(command) => notices::execute(command).await?,
        Command::Views(command) => views::execute(command).await?,
        Command::Backup(args) => backup::execute(args).await?,
        Command::Restore(args) => restore::execute(args).await?,
        Command::Sample(args) => sample::execute(&args)?,
        Command::Check(args) => return check::execute(args).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// The settings of a command that does not listen.
fn settings(common: &Common) -> Result<Settings> {
    Settings::resolve(common, &Network::default())
}

/// Has an operation done and follows it to its end.
async fn ask(common: &Common, operation: Operation, pieces: &mut impl Pieces) -> Result<Value> {
    let settings = settings(common)?;
    if !operation.may_begin() {
        must_exist(&settings)?;
    }
    output::follow(control::ask(&settings, operation).await?, pieces).await
}

/// The same where nothing comes in pieces.
async fn ask_whole(common: &Common, operation: Operation) -> Result<Value> {
    ask(common, operation, &mut Whole).await
}

/// A mistyped folder must not become a new, empty one.
fn must_exist(settings: &Settings) -> Result<()> {
    if settings.database.is_some() || Folder::new(&settings.data).log().exists() {
        return Ok(());
    }
    let message = format!("there is no data in {}", settings.data.display());
    let mend = "Name the data folder with --data (or SANDAN_DATA); `sandan serve` begins a new one.";
    Err(Failure::new(Code::FolderUnusable, message, mend).into())
}

/// What the application refused, for an operator.
fn refused(refusal: &sandan_app::Refusal) -> anyhow::Error {
    use sandan_app::Refusal::{DiskFull, Failed, Unavailable};
    match refusal {
        // No rule said no: we failed.
        DiskFull | Unavailable(_) | Failed(_) => anyhow::Error::new(refusal.clone()),
        refusal => Failure::new(Code::Refused, refusal.to_string(), "").into(),
    }
}
