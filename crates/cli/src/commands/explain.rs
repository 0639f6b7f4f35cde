//! `sandan explain`: why a request is due when it is.

use anyhow::Result;
use sandan_app::Refusal;
use sandan_domain::RequestId;
use sandan_domain::time::{Item, Source, year_spans};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ask_whole, refused};
use crate::config::Common;
use crate::control::Operation;
use crate::failure::{Code, Failure};
use crate::output::{self, field, table};
use crate::wiring::Engine;

#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  sandan explain 482913075")]
pub struct Args {
    /// Number or id of the request
    request: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wish {
    request: String,
}

pub async fn execute(args: Args) -> Result<()> {
    let value = ask_whole(&args.common, Operation::Explain(Wish { request: args.request })).await?;
    output::result(args.common.json, &value, people)
}

pub async fn run(wish: Wish, engine: &Engine) -> Result<Value> {
    let id = match wish.request.trim().parse::<uuid::Uuid>() {
        Ok(id) => Ok(RequestId(id)),
        Err(_) => engine.app.by_number(&wish.request).await,
    };
    let told = match id {
        Ok(id) => engine.app.explain(id).await,
        Err(refusal) => Err(refusal),
    };
    let told = told.map_err(|refusal| match refusal {
        Refusal::NotFound => {
            let message = format!("there is no request {:?}", wish.request);
            Failure::new(Code::Refused, message, "Name it by its number or its id.").into()
        }
        refusal => refused(&refusal),
    })?;
    let zone = engine.app.zone_of(&told.community).await.map_err(|refusal| refused(&refusal))?;
    let local = |at: jiff::Timestamp| zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string();
    let row = |item: &Item| {
        let mut row = serde_json::to_value(item).unwrap_or_default();
        row["from_local"] = local(item.from).into();
        row["to_local"] = local(item.to).into();
        row
    };
    let source = |source: &Source| json!(source);
    let explanation = told.explanation.as_ref();
    Ok(json!({
        "due_at": told.due.at,
        "zone": zone.iana_name(),
        "suspended_since_local": told.suspended_since.map(local),
        "due_local": local(told.due.at),
        "started_at": told.due.started,
        "limit": told.due.limit.to_string(),
        "standing": told.standing,
        "overdue": told.overdue,
        "rule": explanation.map(|told| told.rule.name()),
        "rule_number": explanation.map(|told| told.rule.number()),
        "class": explanation.and_then(|told| told.class.clone()),
        "policy": explanation.map(|told| source(&told.policy)),
        "calendar": explanation.map(|told| source(&told.calendar)),
        "years_missing": explanation.map(|told| told.years_missing.clone()).unwrap_or_default(),
        "items": explanation.map(|told| told.items.iter().map(row).collect::<Vec<_>>()).unwrap_or_default(),
    }))
}

fn people(value: &Value) -> String {
    // Work that was late stays late, and a clock that stands still is past nothing.
    let late = if value["overdue"] == true { ", overdue" } else { "" };
    let mut lines = vec![format!(
        "due {} {} ({}, {}{late})",
        field(value, "due_local"),
        value["zone"].as_str().unwrap_or("UTC"),
        limit(&field(value, "limit")),
        field(value, "standing")
    )];
    if let Some(since) = value["suspended_since_local"].as_str() {
        lines.push(format!("the clock has stood still since {since}; the due time moves when it goes on"));
    }
    if value["rule"].is_null() {
        lines.push("an older version of the program did not write down what it follows from".to_owned());
        return lines.join("\n");
    }
    let source = |of: &Value| {
        let publisher = of["community"].as_str().unwrap_or("the program");
        format!("{} (version {} of {publisher})", field(of, "name"), of["version"])
    };
    lines.push(format!("rule {} ({})", field(value, "rule"), field(value, "rule_number")));
    lines.push(format!("policy {}, calendar {}", source(&value["policy"]), source(&value["calendar"])));
    let row = |item: &Value| {
        let counts = match (item["counted"].as_bool(), item["days"].as_i64(), item["seconds"].as_i64()) {
            (Some(true), Some(1), _) => "+1 day".to_owned(),
            (Some(true), Some(days), _) if days > 0 => format!("+{days} days"),
            (Some(true), _, Some(seconds)) if seconds > 0 => {
                format!("+{}:{:02} h", seconds / 3_600, seconds % 3_600 / 60)
            }
            (Some(true), ..) if item["ground"] == "extension" => "granted".to_owned(),
            (Some(true), ..) => "the same day".to_owned(),
            _ => "–".to_owned(),
        };
        let why = field(item, "ground").replace('_', " ");
        let name = item["name"].as_str().map(|name| format!(" {name}")).unwrap_or_default();
        vec![field(item, "from_local"), field(item, "to_local"), counts, format!("{why}{name}")]
    };
    let rows: Vec<Vec<String>> = value["items"].as_array().into_iter().flatten().map(row).collect();
    lines.push(table(&["from", "to", "counts", "why"], &rows));
    let years: Vec<i16> = serde_json::from_value(value["years_missing"].clone()).unwrap_or_default();
    for years in year_spans(&years) {
        lines.push(format!(
            "the calendar does not know the holidays of {years}: publish them with `sandan calendar publish`"
        ));
    }
    lines.join("\n")
}

/// As people say it.
fn limit(text: &str) -> String {
    match text.split_once(' ') {
        Some(("0", _)) => format!("{text}: the same day"),
        Some(("1", unit)) => format!("1 {}", unit.trim_end_matches('s')),
        _ => text.to_owned(),
    }
}
