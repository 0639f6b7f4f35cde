//! `sandan notices list|retry|add|remove|rotate|ping|replay`: the outbox and the endpoints of webhooks.

use anyhow::Result;
use clap::Subcommand;
use sandan_app::Caller;
use sandan_app::notices::NewEndpoint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ask_whole, refused};
use crate::config::Common;
use crate::control::Operation;
use crate::output::{self, field, table};
use crate::wiring::Engine;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Endpoints, what waits, and what could not be delivered
    #[command(after_help = "Example:\n  sandan notices list")]
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Try what was laid aside once more: one message, or all
    #[command(
        after_help = "Examples:\n  sandan notices retry\n  sandan notices retry 019a3f6e-5c1d-7a50-8e0e-0d3f6e5c1d7a"
    )]
    Retry {
        #[command(flatten)]
        retry: Retry,
        #[command(flatten)]
        common: Common,
    },
    /// Tell an address what happens from now on; prints its secret, once
    #[command(
        after_help = "Examples:\n  sandan notices add https://sms.example.cn/in --feed notices\n  sandan notices add \
                      https://data.example.cn/in --type 'sandan.request.*' --community lakeside"
    )]
    Add {
        #[command(flatten)]
        add: Add,
        #[command(flatten)]
        common: Common,
    },
    /// Tell an address nothing more
    #[command(after_help = "Example:\n  sandan notices remove 019a3f6e-5c1d-7a50-8e0e-0d3f6e5c1d7a")]
    Remove {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        common: Common,
    },
    /// A new secret; until the next one the secret before it signs too
    #[command(after_help = "Example:\n  sandan notices rotate 019a3f6e-5c1d-7a50-8e0e-0d3f6e5c1d7a")]
    Rotate {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        common: Common,
    },
    /// Send a message that says nothing but that it works
    #[command(after_help = "Example:\n  sandan notices ping 019a3f6e-5c1d-7a50-8e0e-0d3f6e5c1d7a")]
    Ping {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        common: Common,
    },
    /// Tell an endpoint everything after a position once more, also one that was disabled
    #[command(after_help = "Example:\n  sandan notices replay 019a3f6e-5c1d-7a50-8e0e-0d3f6e5c1d7a --after 1200")]
    Replay {
        #[command(flatten)]
        replay: Replay,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Add {
    /// Where to send it; https, or http on this machine
    pub url: String,
    /// events: CloudEvents of everything; notices: what people are to be told, for gateways to SMS or WeChat
    #[arg(long, default_value = "events", value_parser = ["events", "notices"])]
    pub feed: String,
    /// Only these events: a name, or the beginning of names as in sandan.request.*
    #[arg(long = "type", value_name = "NAME")]
    pub types: Vec<String>,
    /// Only that community and those below
    #[arg(long, value_name = "SLUG")]
    pub community: Option<String>,
    /// Events with persons' words in them
    #[arg(long)]
    pub personal: bool,
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct One {
    /// The endpoint's id, as `notices list` shows it
    pub id: Uuid,
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Replay {
    /// The endpoint's id, as `notices list` shows it
    pub id: Uuid,
    /// The last position that is not told again
    #[arg(long, value_name = "POSITION")]
    pub after: u64,
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Retry {
    /// The message's id, as `notices list` shows it [default: all]
    pub id: Option<Uuid>,
}

pub async fn execute(command: Command) -> Result<()> {
    match command {
        Command::List { common } => {
            let value = ask_whole(&common, Operation::NoticesList).await?;
            output::result(common.json, &value, people)
        }
        Command::Retry { retry, common } => {
            let value = ask_whole(&common, Operation::NoticesRetry(retry)).await?;
            output::result(common.json, &value, |value| format!("{} messages are tried again", field(value, "retried")))
        }
        Command::Add { add, common } => tell_secret(&common, Operation::NoticesAdd(add)).await,
        Command::Rotate { one, common } => tell_secret(&common, Operation::NoticesRotate(one)).await,
        Command::Remove { one, common } => {
            let value = ask_whole(&common, Operation::NoticesRemove(one)).await?;
            output::result(common.json, &value, |value| format!("removed {}", field(value, "id")))
        }
        Command::Ping { one, common } => {
            let value = ask_whole(&common, Operation::NoticesPing(one)).await?;
            output::result(common.json, &value, |value| format!("on its way: message {}", field(value, "message")))
        }
        Command::Replay { replay, common } => {
            let value = ask_whole(&common, Operation::NoticesReplay(replay)).await?;
            output::result(common.json, &value, |value| format!("{} is told anew", field(value, "id")))
        }
    }
}

async fn tell_secret(common: &Common, operation: Operation) -> Result<()> {
    let value = ask_whole(common, operation).await?;
    if !common.json {
        eprintln!("Keep it safe: it is shown only now. Endpoint {}.", field(&value, "id"));
    }
    output::result(common.json, &value, |value| field(value, "secret"))
}

fn people(value: &Value) -> String {
    let rows = |list: &str, names: &[&str]| -> Vec<Vec<String>> {
        let items = value[list].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| names.iter().map(|name| field(item, name)).collect()).collect()
    };
    let mut endpoints = rows("endpoints", &["id", "url", "behind", "disabled"]);
    for (row, endpoint) in endpoints.iter_mut().zip(value["endpoints"].as_array().into_iter().flatten()) {
        row.push(field(&endpoint["cursor"], "last_error"));
    }
    let names = ["id", "position", "attempts", "next_at", "last_error"];
    [
        ("Endpoints", table(&["id", "url", "behind", "disabled", "last error"], &endpoints)),
        ("On their way", table(&names, &rows("waiting", &names))),
        ("Laid aside; `sandan notices retry` tries them again", table(&names, &rows("dead", &names))),
    ]
    .map(|(title, table)| format!("{title}:\n{table}"))
    .join("\n\n")
}

pub async fn list(engine: &Engine) -> Result<Value> {
    let standing = engine.app.notices(&Caller::system()).await.map_err(|error| refused(&error))?;
    Ok(serde_json::to_value(standing)?)
}

pub async fn retry(wish: Retry, engine: &Engine) -> Result<Value> {
    let retried = engine.app.retry_notices(&Caller::system(), wish.id).await.map_err(|error| refused(&error))?;
    Ok(json!({"retried": retried}))
}

pub async fn add(wish: Add, engine: &Engine) -> Result<Value> {
    let Add { url, feed, types, community, personal } = wish;
    let new = NewEndpoint { url: Some(url), feed: Some(feed), community, types, personal, description: None };
    let added = engine.app.add_endpoint(&Caller::system(), new).await;
    let (endpoint, secret) = added.map_err(|error| refused(&error))?;
    Ok(json!({"id": endpoint.id, "url": endpoint.url, "secret": secret}))
}

pub async fn remove(wish: One, engine: &Engine) -> Result<Value> {
    engine.app.remove_endpoint(&Caller::system(), wish.id).await.map_err(|error| refused(&error))?;
    Ok(json!({"id": wish.id}))
}

pub async fn rotate(wish: One, engine: &Engine) -> Result<Value> {
    let secret = engine.app.rotate_endpoint(&Caller::system(), wish.id).await.map_err(|error| refused(&error))?;
    Ok(json!({"id": wish.id, "secret": secret}))
}

pub async fn ping(wish: One, engine: &Engine) -> Result<Value> {
    let message = engine.app.ping_endpoint(&Caller::system(), wish.id).await.map_err(|error| refused(&error))?;
    Ok(json!({"id": wish.id, "message": message}))
}

pub async fn replay(wish: Replay, engine: &Engine) -> Result<Value> {
    let replayed = engine.app.replay_endpoint(&Caller::system(), wish.id, wish.after).await;
    replayed.map_err(|error| refused(&error))?;
    Ok(json!({"id": wish.id, "after": wish.after}))
}
