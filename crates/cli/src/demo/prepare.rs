//! Making the demonstration, once, in an empty data folder.

use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use sandan_app::Clock;
use sandan_log::Log;

use super::sign_ins::SignIns;
use super::tell::{beginning, tell};
use crate::config::Settings;
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::wiring::Engine;

/// Memory that looks like a folder: thousands of small commits are quick there.
const IN_MEMORY: &str = "/dev/shm";

/// The sign-ins of the demonstration, which is made first where the log is empty.
pub async fn prepare(settings: &Settings) -> Result<SignIns> {
    let folder = Folder::new(&settings.data);
    if !is_empty(settings, &folder).await? {
        return SignIns::read(&folder)?.ok_or_else(|| not_a_demonstration(&folder));
    }
    eprintln!("Making the demonstration …");
    let told = if folder.log().exists() { in_place(settings).await } else { aside(settings, &folder).await };
    let sign_ins = told.context("make the demonstration")?;
    sign_ins.write(&folder)?;
    Ok(sign_ins)
}

async fn is_empty(settings: &Settings, folder: &Folder) -> Result<bool> {
    if !folder.log().exists() {
        return Ok(true);
    }
    let engine = Engine::open(settings).await?;
    let head = engine.log.head().await?;
    engine.close().await?;
    Ok(head.position == 0)
}

/// In a folder of its own, to be copied when it is whole: a crash leaves nothing behind.
async fn aside(settings: &Settings, folder: &Folder) -> Result<SignIns> {
    let parent = if Path::new(IN_MEMORY).is_dir() { Path::new(IN_MEMORY) } else { folder.root() };
    let temporary = tempfile::Builder::new().prefix("sandan-demo-").tempdir_in(parent);
    let temporary = temporary.or_else(|_| tempfile::tempdir_in(folder.root())).context("make a temporary folder")?;
    let key_file = Some(settings.key_file());
    let aside = Settings { data: temporary.path().to_owned(), key_file, ..settings.clone() };
    let (engine, sign_ins) = story(&aside).await?;
    engine.log.backup(&folder.log()).await.context("copy the log")?;
    engine.close().await?;
    Ok(sign_ins)
}

async fn in_place(settings: &Settings) -> Result<SignIns> {
    let (engine, sign_ins) = story(settings).await?;
    engine.close().await?;
    Ok(sign_ins)
}

async fn story(settings: &Settings) -> Result<(Engine, SignIns)> {
    let end = Timestamp::now();
    let (clock, hand) = Clock::manual(beginning(end));
    let engine = Engine::open_at(settings, clock).await?;
    let samples = tell(&engine.app, engine.log.as_ref(), &hand, end).await?;
    let sign_ins = SignIns::make(&engine.app, samples).await?;
    Ok((engine, sign_ins))
}

fn not_a_demonstration(folder: &Folder) -> anyhow::Error {
    let message = format!("{} holds a real log, and a demonstration is never mixed into one", folder.root().display());
    let mend = "Leave out --demo, or name a new folder with --data.";
    Failure::new(Code::FolderNotEmpty, message, mend).into()
}
