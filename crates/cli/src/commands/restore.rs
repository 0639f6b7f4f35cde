//! `sandan restore FROM`: never beside a running server, since it makes a data folder.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;

use super::settings;
use crate::backup::bring_back;
use crate::config::Common;
use crate::folder::Folder;
use crate::lock::Lock;
use crate::output::{self, field};

#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  sandan restore /backups/2026-11-22 --data /var/lib/sandan-new")]
pub struct Args {
    /// Folder of a backup
    pub from: PathBuf,
    #[command(flatten)]
    pub common: Common,
}

pub async fn execute(args: Args) -> Result<()> {
    let settings = settings(&args.common)?;
    let folder = Folder::new(&settings.data);
    let lock = Lock::take(&folder, "restore")?;
    let restored = bring_back(&args.from, &folder).await?;
    drop(lock);
    let value = json!({
        "position": restored.position,
        "generation": restored.generation,
        "hash": restored.hash,
        "data": settings.data,
    });
    output::result(args.common.json, &value, |value| {
        let (position, generation) = (field(value, "position"), field(value, "generation"));
        let data = settings.data.display();
        format!("restored {position} events into {data}, as generation {generation}; `sandan serve` goes on from there")
    })
}
