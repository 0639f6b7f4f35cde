//! `sandan restore FROM`: never beside a running server, since it makes a data folder, or fills a database.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;

use super::settings;
use crate::backup::bring_back;
use crate::config::Common;
use crate::control;
use crate::folder::Folder;
use crate::lock::Lock;
use crate::output::{self, Whole, field};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  sandan restore /backups/2026-11-22 --data /var/lib/sandan-new\n  sandan restore \
                        /backups/2026-11-22 --database postgres://sandan@db/new")]
pub struct Args {
    /// Folder of a backup, of whichever kind of log
    pub from: PathBuf,
    #[command(flatten)]
    pub common: Common,
}

pub async fn execute(args: Args) -> Result<()> {
    let settings = settings(&args.common)?;
    let folder = Folder::new(&settings.data);
    let lock = Lock::take(&folder, "restore")?;
    let (from, to) = (args.from, settings.clone());
    let answer = control::alone(|reporter| async move {
        let restored = bring_back(&from, &to, &reporter).await?;
        drop(lock);
        if let Some(place) = &restored.attachments_in {
            reporter.note(format!("Photos are not in a backup of this log: they are in {place}.")).await?;
        }
        Ok(json!({
            "position": restored.position,
            "generation": restored.generation,
            "hash": restored.hash,
            "data": to.data,
            "database": to.database.map(|database| database.url.to_string()),
        }))
    });
    let value = output::follow(answer, &mut Whole).await?;
    output::result(args.common.json, &value, |value| {
        let (position, generation) = (field(value, "position"), field(value, "generation"));
        let place = value["database"].as_str().map_or_else(|| settings.data.display().to_string(), ToOwned::to_owned);
        format!(
            "restored {position} events into {place}, as generation {generation}; `sandan serve` goes on from there, and \
             what was written after position {position} is not in it"
        )
    })
}
