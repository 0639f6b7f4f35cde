//! `sandan backup TO`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ask_whole;
use crate::config::Common;
use crate::control::{Operation, Reporter};
use crate::output::{self, field};
use crate::wiring::Engine;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  sandan backup /backups/2026-11-22\n\nThe folder holds the master key: whoever has \
                        it can read everything."
)]
pub struct Args {
    /// New folder for the copy
    pub to: PathBuf,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wish {
    /// Absolute: a running server's own folder is another one.
    to: PathBuf,
}

pub async fn execute(args: Args) -> Result<()> {
    let to = std::path::absolute(&args.to).context("the folder for the copy")?;
    let value = ask_whole(&args.common, Operation::Backup(Wish { to: to.clone() })).await?;
    output::result(args.common.json, &value, |value| {
        let (files, bytes, position) = (field(value, "files"), field(value, "bytes"), field(value, "position"));
        format!("backed up {position} events to {}: {files} files, {bytes} bytes, checked", to.display())
    })
}

pub async fn run(wish: Wish, engine: &Engine, to: &Reporter) -> Result<Value> {
    if engine.settings.key_file.is_some() {
        to.note("The copy includes the master key from --key-file: keep it as safe as that one.").await?;
    }
    crate::backup::take(engine, &wish.to, to).await
}
