//! `sandan log copy`: a log moves, from the data folder into a database or back. It is the same log afterwards, in
//! the same generation, so the old one must rest.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use jiff::Timestamp;
use sandan_log::Verified;

use super::moving::{Additions, move_log};
use crate::config::{Attachments, Database, Settings, Url};
use crate::control::{Reporter, Unit};
use crate::failure::{Code, Failure};
use crate::folder::{Folder, write_private};
use crate::wiring::{Store, key};

/// Where a log moves to.
#[derive(Clone, Debug)]
pub enum Target {
    Database(Url),
    /// A data folder.
    Folder(PathBuf),
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.contains("://") {
            true => text.parse().map(Self::Database).map_err(|never| match never {}),
            false => Ok(Self::Folder(PathBuf::from(text))),
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(url) => write!(f, "{url}"),
            Self::Folder(folder) => write!(f, "{}", folder.display()),
        }
    }
}

/// Copies the log that `settings` name, which must rest meanwhile, and checks it on both sides.
pub async fn copy_log(settings: &Settings, target: &Target, reporter: &Reporter) -> Result<(Settings, Verified)> {
    let there = settings_there(settings, target)?;
    let from = open(settings).await?;
    must_rest(&from, "what it writes would be left behind").await?;
    if sandan_vault::is_changing(from.log().as_ref()).await? {
        let message = "the master key is just being replaced, and the copy would have neither key";
        return Err(Failure::new(Code::MasterKey, message, "Finish it first: `sandan key rotate`.").into());
    }
    let key = key::bytes(settings, &from, from.log().as_ref()).await?;
    let in_the_log = there.database.is_some() && there.key_file.is_none();
    let rows = if in_the_log { vec![key::as_row(&key)] } else { Vec::new() };
    if let Target::Folder(folder) = target {
        Folder::new(folder).create()?;
    }
    let to = open(&there).await?;
    let total = from.log().head().await?.position;
    let tell = |position| reporter.progress(position, Some(total), Unit::Events);
    let additions = Additions { rows, generation: None };
    let moved = move_log(from.movable().as_ref(), to.movable().as_ref(), additions, tell).await;
    to.log().close().await?;
    from.log().close().await?;
    let head = moved.map_err(not_empty)?;
    if let (Target::Folder(_), None) = (target, &there.key_file) {
        write_private(&there.key_file(), &key).context("write the master key")?;
    }
    reporter.note("Copied; checking what was written …").await?;
    let verified = verified(&there, head.position, &head.hash.to_string()).await?;
    Ok((there, verified))
}

/// The settings of a node on the new log. The key is where it was if it was named, and the photos stay.
fn settings_there(settings: &Settings, target: &Target) -> Result<Settings> {
    match target {
        Target::Database(url) => {
            let database = Database::of(Some(url.clone()), None)?;
            Ok(Settings { database, ..settings.clone() })
        }
        Target::Folder(folder) => {
            let attachments = match &settings.attachments {
                Attachments::Folder(_) => Attachments::Folder(folder.join("attachments")),
                store @ Attachments::Store(_) => store.clone(),
            };
            Ok(Settings { database: None, data: folder.clone(), attachments, ..settings.clone() })
        }
    }
}

async fn open(settings: &Settings) -> Result<Store> {
    Store::open(settings, &Folder::new(&settings.data), Arc::new(Timestamp::now)).await
}

/// Refuses while a node is at work; `because` says what would become of what it does.
pub async fn must_rest(store: &Store, because: &str) -> Result<()> {
    let leases = store.log().leases().await.context("look for running nodes")?;
    match leases.first() {
        None => Ok(()),
        Some(lease) => {
            let message = format!("the node {} is running on this log, and {because}", lease.holder);
            Err(Failure::new(Code::LogInUse, message, "Stop all nodes first.").into())
        }
    }
}

/// Opens the log anew, as a node will, and reads all of it.
pub(super) async fn verified(settings: &Settings, position: u64, hash: &str) -> Result<Verified> {
    let store = open(settings).await?;
    let log = store.log();
    let verified = sandan_log::verify(log.as_ref()).await;
    log.close().await?;
    match verified? {
        Ok(good) if (good.head.position, &good.head.hash.to_string()[..]) == (position, hash) => Ok(good),
        Ok(good) => anyhow::bail!("the new log ends at {}, not at {position}: it is of no use", good.head.position),
        Err(bad) => anyhow::bail!("the new log is damaged at {bad}: it is of no use"),
    }
}

/// Says what to do about a target that was used before.
pub(super) fn not_empty(error: anyhow::Error) -> anyhow::Error {
    let said = format!("{error:#}");
    match said.contains("is not empty") {
        true => {
            let mend = "Name a new database, or a new folder. A log is never merged into another one.";
            Failure::new(Code::LogNotEmpty, said, mend).into()
        }
        false => error,
    }
}

/// What a person does next.
pub fn advice(there: &Settings, from: &Settings, target: &Target) -> Vec<String> {
    let mut lines = Vec::new();
    match target {
        Target::Database(url) => {
            lines.push(format!("Start nodes with --database {url}, each with a --data folder of its own."));
            if let Attachments::Folder(folder) = &from.attachments {
                lines.push(photos(folder));
            }
            match &there.key_file {
                Some(file) => lines.push(format!("Every node needs the key: --key-file {}.", file.display())),
                None => {
                    lines.push("The master key is in the database now: `sandan key export` moves it out.".to_owned())
                }
            }
        }
        Target::Folder(folder) => {
            lines.push(format!("Go on with `sandan serve --data {}`.", folder.display()));
            if let Attachments::Folder(photos) = &from.attachments {
                lines.push(format!(
                    "Copy the photos from {} to {}.",
                    photos.display(),
                    folder.join("attachments").display()
                ));
            }
        }
    }
    lines
}

fn photos(folder: &Path) -> String {
    format!(
        "Photos stay in {}: put them where every node reaches them, and name that with --attachments.",
        folder.display()
    )
}
