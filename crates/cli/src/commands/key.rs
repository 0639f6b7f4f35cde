//! `sandan key`: the master key into a file of its own, out of the database, or replaced (see `key_rotate`).

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ask_whole;
use crate::config::Common;
use crate::control::{Operation, Reporter};
use crate::failure::{Code, Failure};
use crate::folder::write_private;
use crate::output::{self, field};
use crate::wiring::{Engine, key};

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Write the master key to a new file that only its owner can read
    #[command(
        after_help = "Examples:\n  sandan key export /safe/master.key\n  sandan key export /etc/sandan/master.key --move \
                            --database postgres://sandan@db/sandan\n\nWhoever has the key and the log can read what \
                            residents wrote."
    )]
    Export {
        /// File to write; never over another one
        to: PathBuf,
        /// Take it out of the database: every node needs --key-file from its next start on
        #[arg(long = "move")]
        moves: bool,
        #[command(flatten)]
        common: Common,
    },
    /// Replace the master key by another one, while no node runs
    Rotate(Rotate),
}

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  sandan key rotate\n  sandan key rotate --key-file /etc/sandan/master.key --database \
                        postgres://sandan@db/sandan\n\nStop all nodes first. Cut off in the middle, give the same command \
                        again: it goes on where it was."
)]
pub struct Rotate {
    #[command(flatten)]
    pub common: Common,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Export {
    /// Absolute: a running server's own folder is another one.
    to: PathBuf,
    moves: bool,
}

pub async fn execute(command: Command) -> Result<()> {
    let (to, moves, common) = match command {
        Command::Export { to, moves, common } => (to, moves, common),
        Command::Rotate(wish) => return super::key_rotate::execute(wish).await,
    };
    let to = std::path::absolute(&to).context("the file for the key")?;
    let value = ask_whole(&common, Operation::KeyExport(Export { to, moves })).await?;
    output::result(common.json, &value, |value| match value["moved"] == true {
        true => format!(
            "moved the master key to {0}; start every node with --key-file {0} from now on, and keep a copy elsewhere",
            field(value, "file")
        ),
        false => format!("wrote the master key to {}", field(value, "file")),
    })
}

pub async fn export(wish: Export, engine: &Engine, to: &Reporter) -> Result<Value> {
    let Export { to: file, moves } = wish;
    let log = engine.log.as_ref();
    let in_the_log = key::row(log).await?;
    if moves && in_the_log.is_none() {
        let mend = "Leave out --move: the key is in a file already.";
        return Err(Failure::new(Code::MasterKey, "the master key is not in the log", mend).into());
    }
    if file.exists() {
        let message = format!("{} is there already", file.display());
        return Err(Failure::new(Code::Refused, message, "Name a new file: a key is never written over.").into());
    }
    let bytes = match in_the_log {
        Some(bytes) => bytes,
        None => key::bytes(&engine.settings, &engine.store, log).await?,
    };
    write_private(&file, &bytes).with_context(|| format!("write {}", file.display()))?;
    if moves {
        // The file is on the disk by now.
        key::remove(log).await.context("take the key out of the log")?;
        to.note("Backups and copies of the database that were taken before still hold it.").await?;
    }
    Ok(json!({"file": file, "moved": moves}))
}
