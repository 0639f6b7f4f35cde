//! `sandan key rotate`: another master key, while no node runs.
//!
//! The new key is durable before anything changes, and the old one is kept until all is done. Cut off anywhere, the same
//! command goes on where it was.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use jiff::Timestamp;
use sandan_app::evaluations;
use sandan_app::notices::resealed;
use sandan_log::Log;
use sandan_vault::{Begun, MasterKey, Rotation, VaultError};
use serde_json::{Value, json};

use super::key::Rotate;
use crate::backup::must_rest;
use crate::config::Settings;
use crate::control::{self, Reporter, Unit};
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::lock::Lock;
use crate::output::{self, Whole, field};
use crate::wiring::{Store, key};

pub async fn execute(wish: Rotate) -> Result<()> {
    let settings = super::settings(&wish.common)?;
    super::must_exist(&settings)?;
    let lock = Lock::take(&Folder::new(&settings.data), "key rotate")?;
    let answer = control::alone(move |reporter| async move {
        let done = rotate(&settings, &reporter).await;
        drop(lock);
        done
    });
    let value = output::follow(answer, &mut Whole).await?;
    output::result(wish.common.json, &value, |value| {
        let mut lines =
            vec![format!("the master key is another one now: {} persons' keys are locked by it", value["persons"])];
        if value["damaged"] != 0 {
            lines.push(format!(
                "{} persons' keys could not be opened before either, and stay as they are",
                value["damaged"]
            ));
        }
        match value["file"].is_null() {
            true => lines.push("it is in the database, as the old one was: start the nodes".to_owned()),
            false => lines.push(format!(
                "give {} to every node, then start them; destroy {} when no backup of before is needed any more",
                field(value, "file"),
                field(value, "old")
            )),
        }
        lines.join("\n")
    })
}

async fn rotate(settings: &Settings, reporter: &Reporter) -> Result<Value> {
    let store = Store::open(settings, &Folder::new(&settings.data), Arc::new(Timestamp::now)).await?;
    let rotated = rotate_in(settings, &store, reporter).await;
    store.log().close().await?;
    rotated
}

async fn rotate_in(settings: &Settings, store: &Store, reporter: &Reporter) -> Result<Value> {
    must_rest(store, "what it seals meanwhile could not be read any more").await?;
    let log = store.log();
    let place = Place::of(settings, store);
    let old = MasterKey::from_bytes(key::bytes(settings, store, log.as_ref()).await?);
    let new = place.new_key(log.as_ref()).await?;
    let (persons, damaged) = match Rotation::begin(&old, &MasterKey::from_bytes(new), log.clone()).await {
        Ok(Begun::Now(rotation)) => replace(rotation, log.as_ref(), &place, &new, reporter).await?,
        // Cut off between the last append and the file's new name.
        Ok(Begun::Done) => (0, 0),
        Err(VaultError::OtherMasterKey) => return Err(other_key(&place)),
        Err(error) => return Err(error).context("replace the master key"),
    };
    place.settle()?;
    let (file, old) = match &place {
        Place::File(file) => (Some(file.clone()), Some(kept(file))),
        Place::Database => (None, None),
    };
    Ok(json!({"persons": persons, "damaged": damaged, "file": file, "old": old}))
}

async fn replace(
    rotation: Rotation,
    log: &dyn Log,
    place: &Place,
    new: &key::KeyBytes,
    reporter: &Reporter,
) -> Result<(u64, u64)> {
    let mut persons = 0;
    let damaged = rotation.rewrap(|seen| {
        persons = seen;
        reporter.progress(seen, None, Unit::Rows);
    });
    let damaged = damaged.await.context("lock the persons' keys anew")?;
    let mut also = resealed(log, &rotation.old, &rotation.new).await?;
    also.extend(evaluations::resealed(log, &rotation.old, &rotation.new).await?);
    if matches!(place, Place::Database) {
        also.extend(key::replaced(new));
    }
    rotation.finish(also).await.context("make the new master key the only one")?;
    Ok((persons, damaged))
}

fn other_key(place: &Place) -> anyhow::Error {
    let message = "the log was written with another master key, or is half way to another new one";
    let mend = match place {
        Place::File(file) => {
            format!("Put back the files {} and {} that it was begun with.", file.display(), next(file).display())
        }
        Place::Database => "`sandan check` says more about the database.".to_owned(),
    };
    Failure::new(Code::MasterKey, message, mend).into()
}

/// Where the key is, and so where the new one goes.
enum Place {
    File(PathBuf),
    Database,
}

impl Place {
    fn of(settings: &Settings, store: &Store) -> Self {
        match store.is_shared() && settings.key_file.is_none() {
            true => Self::Database,
            false => Self::File(settings.key_file()),
        }
    }

    /// The new key, made where an earlier try has not.
    async fn new_key(&self, log: &dyn Log) -> Result<key::KeyBytes> {
        match self {
            Self::File(file) => {
                let file = next(file);
                MasterKey::load_or_create(&file).with_context(|| format!("make {}", file.display()))?;
                key::parse(&std::fs::read(&file).with_context(|| format!("read {}", file.display()))?)
            }
            Self::Database => key::next(log).await,
        }
    }

    /// Gives the files their names.
    fn settle(&self) -> Result<()> {
        let Self::File(file) = self else { return Ok(()) };
        // The old key is never written over: cut off in the middle, both are still there.
        std::fs::copy(file, kept(file))
            .and_then(|_| std::fs::File::open(kept(file))?.sync_all())
            .with_context(|| format!("keep {}", file.display()))?;
        std::fs::rename(next(file), file).with_context(|| format!("put the new key at {}", file.display()))?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder)?.sync_all().with_context(|| format!("settle {}", folder.display()))
    }
}

fn next(file: &Path) -> PathBuf {
    with_end(file, ".new")
}

fn kept(file: &Path) -> PathBuf {
    with_end(file, ".old")
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}
