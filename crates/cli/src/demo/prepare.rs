//! Making the demonstration, once, in an empty data folder.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use jiff::Timestamp;
use sandan_app::Clock;
use sandan_domain::{CommunityId, InputError};

use super::honours::honours;
use super::place::MAIN;
use super::scores::scores;
use super::sign_ins::SignIns;
use super::tell::{beginning, tell};
use crate::config::Settings;
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::rehearsal::{self, Kept};
use crate::wiring::{Engine, Store};

/// Memory that looks like a folder: thousands of small commits are quick there.
const IN_MEMORY: &str = "/dev/shm";

/// The sign-ins of the demonstration, which is made first where the log is empty.
pub async fn prepare(settings: &Settings) -> Result<SignIns> {
    let folder = Folder::new(&settings.data);
    let standing = Standing::of(settings, &folder).await?;
    if matches!(standing, Standing::Full) {
        return SignIns::read(&folder)?.ok_or_else(|| not_a_demonstration(settings));
    }
    eprintln!("Making the demonstration …");
    let told = match standing {
        Standing::Empty { now } => in_place(settings, now).await,
        Standing::Nothing | Standing::Full => aside(settings, &folder).await,
    };
    let sign_ins = told.context("make the demonstration")?;
    sign_ins.write(&folder)?;
    Ok(sign_ins)
}

/// What is in the folder before.
enum Standing {
    Nothing,
    /// A log without events, and the time by its clock.
    Empty {
        now: Timestamp,
    },
    Full,
}

impl Standing {
    async fn of(settings: &Settings, folder: &Folder) -> Result<Self> {
        if settings.database.is_none() && !folder.log().exists() {
            return Ok(Self::Nothing);
        }
        let engine = Engine::open_to_serve(settings).await?;
        let (head, now) = (engine.log.head().await?, engine.app.clock().now());
        engine.close().await?;
        Ok(if head.position == 0 { Self::Empty { now } } else { Self::Full })
    }
}

/// In a folder of its own, to be copied when it is whole: a crash leaves nothing behind.
async fn aside(settings: &Settings, folder: &Folder) -> Result<SignIns> {
    let parent = if Path::new(IN_MEMORY).is_dir() { Path::new(IN_MEMORY) } else { folder.root() };
    let temporary = tempfile::Builder::new().prefix("sandan-demo-").tempdir_in(parent);
    let temporary = temporary.or_else(|_| tempfile::tempdir_in(folder.root())).context("make a temporary folder")?;
    let key_file = Some(settings.key_file());
    let aside = Settings { data: temporary.path().to_owned(), key_file, ..settings.clone() };
    let end = settings.clock.map_or_else(Timestamp::now, |pace| pace.start);
    let (engine, sign_ins) = story(&aside, end).await?;
    // A rehearsal begins where the story ends, and not before it is told.
    rehearsal::begin(engine.log.as_ref(), &Kept::beginning(settings.clock)).await?;
    if let Store::Embedded(log) = &engine.store {
        log.backup(&folder.log()).await.context("copy the log")?;
    }
    engine.close().await?;
    Ok(sign_ins)
}

async fn in_place(settings: &Settings, end: Timestamp) -> Result<SignIns> {
    let (engine, sign_ins) = story(settings, end).await?;
    engine.close().await?;
    Ok(sign_ins)
}

/// What happened up to `end`.
async fn story(settings: &Settings, end: Timestamp) -> Result<(Engine, SignIns)> {
    let (clock, hand) = Clock::manual(beginning(end));
    let engine = Engine::open_at(settings, clock).await?;
    let mut samples = tell(&engine.app, engine.log.as_ref(), &hand, end).await?;
    let main: CommunityId = MAIN.parse().map_err(|error: InputError| anyhow!("{error}"))?;
    scores(&engine.app, &main, end).await.context("enter the demonstration's scores")?;
    samples.extend(honours(&engine, end).await.context("ask about the demonstration's honours")?);
    let sign_ins = SignIns::make(&engine.app, samples).await?;
    Ok((engine, sign_ins))
}

fn not_a_demonstration(settings: &Settings) -> anyhow::Error {
    let place = match &settings.database {
        Some(database) => database.url.to_string(),
        None => settings.data.display().to_string(),
    };
    let message = format!("{place} holds a log that this node made no demonstration of, and none is mixed into one");
    let mend = "Leave out --demo, or name a new folder with --data (a new database with --database).";
    Failure::new(Code::FolderNotEmpty, message, mend).into()
}
