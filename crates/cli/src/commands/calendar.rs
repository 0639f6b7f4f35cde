//! `sandan calendar show|publish`: holidays and make-up days of communities.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use sandan_app::{Caller, PublishCalendar, parse_days};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::policy::{Show, told};
use super::{ask_whole, refused};
use crate::config::Common;
use crate::control::Operation;
use crate::failure::{Code, Failure};
use crate::output::{self, field};
use crate::wiring::Engine;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// The calendar that holds in a community, and what it published
    #[command(after_help = "Example:\n  sandan calendar show lakeside")]
    Show {
        /// Slug of the community
        community: String,
        #[command(flatten)]
        common: Common,
    },
    /// Publish whole years from a table: date,kind,name, where kind is off or work
    #[command(after_help = "Example:\n  sandan calendar publish lakeside holidays-2027.csv --name 2027 --preview")]
    Publish {
        /// Slug of the community
        community: String,
        file: PathBuf,
        /// Name for people
        #[arg(long)]
        name: String,
        /// Only say how many open due times would move
        #[arg(long)]
        preview: bool,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Publish {
    calendar: PublishCalendar,
    preview: bool,
}

pub async fn execute(command: Command) -> Result<()> {
    match command {
        Command::Show { community, common } => {
            let value = ask_whole(&common, Operation::PolicyShow(Show::of(community))).await?;
            let value =
                json!({"community": value["community"], "calendar": value["calendar"], "versions": value["calendars"]});
            output::result(common.json, &value, people)
        }
        Command::Publish { community, file, name, preview, common } => {
            let text = std::fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
            let days = parse_days(&text).map_err(|error| {
                let mend = "The first line is date,kind,name; each other names a day that is off or a weekend day that is worked.";
                Failure::new(Code::Refused, format!("{} is no calendar: {error}", file.display()), mend)
            })?;
            let calendar = PublishCalendar { community: Some(community), name: Some(name), days };
            let value = ask_whole(&common, Operation::CalendarPublish(Publish { calendar, preview })).await?;
            output::result(common.json, &value, told)
        }
    }
}

pub async fn publish(wish: Publish, engine: &Engine) -> Result<Value> {
    let (by, Publish { calendar, preview }) = (Caller::system(), wish);
    if preview {
        let preview = engine.app.preview_calendar(&by, &calendar).await.map_err(|refusal| refused(&refusal))?;
        return Ok(serde_json::to_value(preview)?);
    }
    let receipt = engine.app.publish_calendar(&by, calendar).await.map_err(|refusal| refused(&refusal))?;
    let published = receipt.outcome;
    Ok(json!({"community": published.community, "version": published.version, "position": receipt.position}))
}

fn people(value: &Value) -> String {
    let calendar = &value["calendar"];
    let publisher = calendar["community"].as_str().unwrap_or("the program");
    let years: Vec<String> = calendar["years"].as_array().into_iter().flatten().map(ToString::to_string).collect();
    format!(
        "{} (version {} of {publisher}) knows the holidays of {}",
        field(calendar, "name"),
        calendar["version"],
        years.join(" ")
    )
}
