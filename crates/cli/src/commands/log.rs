//! `sandan log verify|stat|tail|copy`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;
use sandan_log::Record;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ask, ask_whole};
use crate::backup::{Target, advice, copy_log};
use crate::config::Common;
use crate::control::{self, Operation, Reporter};
use crate::export::cloud_event;
use crate::folder::Folder;
use crate::lock::Lock;
use crate::output::{self, Pieces, Whole, field, say};
use crate::wiring::Engine;

/// Records read at a time.
const PAGE_RECORDS: usize = 500;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Check the whole log and name the first bad position
    #[command(after_help = "Example:\n  sandan log verify --data /var/lib/sandan")]
    Verify {
        #[command(flatten)]
        common: Common,
    },
    /// Where the log stands
    #[command(after_help = "Example:\n  sandan log stat --json")]
    Stat {
        #[command(flatten)]
        common: Common,
    },
    /// The newest events, and those to come while a server runs
    #[command(after_help = "Examples:\n  sandan log tail\n  sandan log tail --last 100 --once --json")]
    Tail {
        #[command(flatten)]
        tail: Tail,
        #[command(flatten)]
        common: Common,
    },
    /// Move the log from the data folder into an empty database, or back; nothing may run on it meanwhile
    #[command(
        after_help = "Examples:\n  sandan log copy --to postgres://sandan@db/sandan\n  sandan log copy --database \
                            postgres://sandan@db/sandan --to /var/lib/sandan-alone"
    )]
    Copy {
        /// postgres://… of an empty database, or a new data folder
        #[arg(long, value_name = "URL|FOLDER")]
        to: Target,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Tail {
    /// How many of the newest events to begin with
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub last: u64,
    /// Begin after this position instead
    #[arg(long, value_name = "POSITION")]
    pub after: Option<u64>,
    /// Don't wait for more
    #[arg(long)]
    pub once: bool,
}

pub async fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Verify { common } => return show_verified(common).await,
        Command::Stat { common } => show_stat(common).await?,
        Command::Copy { to, common } => copy(to, common).await?,
        Command::Tail { mut tail, common } => {
            let settings = super::settings(&common)?;
            // Nothing can be added to an embedded log while this command has the folder itself.
            tail.once |= settings.database.is_none() && !control::is_server_running(&settings).await;
            ask(&common, Operation::LogTail(tail), &mut Lines { json: common.json }).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn copy(to: Target, common: Common) -> Result<()> {
    let settings = super::settings(&common)?;
    super::must_exist(&settings)?;
    let lock = Lock::take(&Folder::new(&settings.data), "log copy")?;
    let (from, target) = (settings.clone(), to.clone());
    let answer = control::alone(|reporter| async move {
        let (there, verified) = copy_log(&from, &target, &reporter).await?;
        drop(lock);
        Ok(json!({
            "position": verified.head.position,
            "generation": verified.head.generation,
            "hash": verified.head.hash.to_string(),
            "streams": verified.streams,
            "to": target.to_string(),
            "next": advice(&there, &from, &target),
        }))
    });
    let value = output::follow(answer, &mut Whole).await?;
    output::result(common.json, &value, |value| {
        let next = value["next"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let copied =
            format!("copied {} events to {}, checked on both sides", field(value, "position"), field(value, "to"));
        [&copied[..]].into_iter().chain(next).collect::<Vec<_>>().join("\n")
    })
}

async fn show_verified(common: Common) -> Result<ExitCode> {
    let value = ask_whole(&common, Operation::LogVerify).await?;
    let is_good = value["ok"] == json!(true);
    output::result(common.json, &value, |value| match is_good {
        true => format!("the log is as it was written: {} events, {}", value["position"], field(value, "hash")),
        false => format!("the log is damaged at position {}: {}", value["position"], field(value, "what")),
    })?;
    if !is_good {
        eprintln!("Restore the newest backup into an empty folder (`sandan restore`); docs/errors/log-broken.md");
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn show_stat(common: Common) -> Result<()> {
    let value = ask_whole(&common, Operation::LogStat).await?;
    let names = ["position", "generation", "events", "streams", "hash"];
    output::result(common.json, &value, |value| {
        names.map(|name| format!("{name:<11} {}", field(value, name))).join("\n")
    })
}

/// One line an event.
struct Lines {
    json: bool,
}

impl Pieces for Lines {
    fn item(&mut self, value: &Value) -> Result<()> {
        if self.json {
            return say(&value.to_string());
        }
        let (position, time, kind) = (&value["position"], field(value, "recordedtime"), field(value, "type"));
        let (subject, community, actor) = (field(value, "subject"), field(value, "community"), field(value, "actor"));
        say(&format!("{position:>8}  {time:<27}  {kind:<30}  {community:<12}  {subject}  {actor}"))
    }
}

pub async fn stat(engine: &Engine) -> Result<Value> {
    let stat = engine.log.stat().await?;
    Ok(json!({
        "position": stat.head.position,
        "generation": stat.head.generation,
        "hash": stat.head.hash.to_string(),
        "events": stat.events,
        "streams": stat.streams,
    }))
}

pub async fn verify(engine: &Engine) -> Result<Value> {
    Ok(match sandan_log::verify(engine.log.as_ref()).await? {
        Ok(good) => json!({
            "ok": true,
            "position": good.head.position,
            "generation": good.head.generation,
            "hash": good.head.hash.to_string(),
            "streams": good.streams,
        }),
        Err(bad) => json!({"ok": false, "position": bad.position, "what": bad.what}),
    })
}

pub async fn tail(wish: Tail, engine: &Engine, to: &Reporter) -> Result<Value> {
    let mut head = engine.log.watch();
    let mut after = match wish.after {
        Some(after) => after,
        None => engine.log.head().await?.position.saturating_sub(wish.last),
    };
    loop {
        let page = engine.log.read(after, PAGE_RECORDS).await?;
        for record in &page {
            to.item(&sealed(record)?).await?;
            after = record.position;
        }
        if page.is_empty() && wish.once {
            return Ok(json!({"position": after}));
        }
        if page.is_empty() && head.wait_for(|head| *head > after).await.is_err() {
            return Ok(json!({"position": after}));
        }
    }
}

/// The event as it is stored: what is sealed stays sealed.
fn sealed(record: &Record) -> Result<Value> {
    Ok(cloud_event::of(record, serde_json::from_slice(&record.body)?))
}
