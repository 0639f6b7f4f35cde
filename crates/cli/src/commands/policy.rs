//! `sandan policy show|publish|template`: the time policies of communities.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use sandan_app::{Caller, PoliciesView, PublishPolicy, SAMPLE_POLICY, TermsInput};
use sandan_domain::time::{Policy, Rule};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::community::required;
use super::{ask_whole, refused};
use crate::config::Common;
use crate::control::Operation;
use crate::failure::{Code, Failure};
use crate::output::{self, field, table};
use crate::wiring::Engine;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// What holds in a community, and what it published
    #[command(after_help = "Example:\n  sandan policy show lakeside")]
    Show {
        /// Slug of the community
        community: String,
        #[command(flatten)]
        common: Common,
    },
    /// Publish a version from a TOML or JSON file; open due times are worked out anew when it takes effect
    ///
    /// The file says limits, classes, office hours, which categories somebody else verifies, and when joiners of a
    /// request are a burst that the oversight board is told of. What it does not say is inherited; `policy template`
    /// prints a sample with all of it.
    #[command(
        after_help = "Example:\n  sandan policy template > policy.toml\n  sandan policy publish lakeside policy.toml \
                            --from 2027-01-01 --preview\n  sandan policy publish lakeside policy.toml --from 2027-01-01"
    )]
    Publish {
        /// Slug of the community
        community: String,
        file: PathBuf,
        /// From when it holds: a date or an instant [default: now]
        #[arg(long)]
        from: Option<String>,
        /// Only say how many open due times would move
        #[arg(long)]
        preview: bool,
        #[command(flatten)]
        common: Common,
    },
    /// Print the sample with four classes, to begin with
    #[command(after_help = "Example:\n  sandan policy template > policy.toml")]
    Template {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Publish {
    policy: PublishPolicy,
    preview: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Show {
    community: String,
}

impl Show {
    pub const fn of(community: String) -> Self {
        Self { community }
    }
}

pub async fn execute(command: Command) -> Result<()> {
    match command {
        Command::Show { community, common } => {
            let value = ask_whole(&common, Operation::PolicyShow(Show { community })).await?;
            output::result(common.json, &value, people)
        }
        Command::Publish { community, file, from, preview, common } => {
            let policy = PublishPolicy { community: Some(community), from, policy: read(&file)? };
            let value = ask_whole(&common, Operation::PolicyPublish(Publish { policy, preview })).await?;
            output::result(common.json, &value, told)
        }
        Command::Template { common } => {
            output::result(common.json, &json!({"template": SAMPLE_POLICY}), |_| SAMPLE_POLICY.trim_end().to_owned())
        }
    }
}

fn read(file: &PathBuf) -> Result<TermsInput> {
    let text = std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    TermsInput::parse(&text).map_err(|error| {
        let mend = "`sandan policy template` prints one that can be published.";
        Failure::new(Code::Refused, format!("{} is no policy: {error}", file.display()), mend).into()
    })
}

pub async fn publish(wish: Publish, engine: &Engine) -> Result<Value> {
    let (by, Publish { policy, preview }) = (Caller::system(), wish);
    if preview {
        let preview = engine.app.preview_policy(&by, &policy).await.map_err(|refusal| refused(&refusal))?;
        return Ok(serde_json::to_value(preview)?);
    }
    let receipt = engine.app.publish_policy(&by, policy).await.map_err(|refusal| refused(&refusal))?;
    let published = receipt.outcome;
    Ok(json!({"community": published.community, "version": published.version, "position": receipt.position}))
}

/// What publishing came to, or would come to.
pub fn told(value: &Value) -> String {
    if value["version"].is_null() {
        let more = if value["more"] == true { " (and there are more)" } else { "" };
        return format!(
            "of {} open requests{more}: {} would be due earlier, {} later; {} would be overdue at once",
            value["seen"], value["earlier"], value["later"], value["overdue"]
        );
    }
    format!(
        "published version {} of {}; open due times are worked out anew while a server runs",
        value["version"],
        field(value, "community")
    )
}

pub async fn show(wish: Show, engine: &Engine) -> Result<Value> {
    let community = required(engine, &wish.community).await?;
    let view = engine.app.published(&Caller::system(), &community).await.map_err(|refusal| refused(&refusal))?;
    Ok(summary(&view))
}

pub fn summary(view: &PoliciesView) -> Value {
    let policy: &Policy = &view.in_force;
    let local = |at: jiff::Timestamp| policy.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string();
    let version = |known: &sandan_app::policies::PolicyView| json!({"version": known.version.version, "name": known.version.terms.name, "from": known.version.from, "from_local": local(known.version.from), "in_force": known.holds, "terms": known.version.terms});
    let class = |class: &sandan_domain::time::Class| {
        let limits: serde_json::Map<String, Value> =
            class.limits.iter().map(|(rule, limit)| (rule.name().to_owned(), limit.to_string().into())).collect();
        json!({"name": class.name, "categories": class.categories, "urgency": class.urgency, "limits": limits})
    };
    let limits: serde_json::Map<String, Value> =
        Rule::ALL.into_iter().map(|rule| (rule.name().to_owned(), policy.general(rule).to_string().into())).collect();
    let work = view.work.iter().map(|work| json!({"community": work.community, "version": work.version, "calendar": work.calendar, "seen": work.seen, "moved": work.moved}));
    json!({
        "community": view.community,
        "in_force": {
            "community": policy.of, "version": policy.version, "name": policy.name, "zone": policy.zone.iana_name(),
            "office": policy.office.sessions(), "limits": limits,
            "classes": policy.classes.iter().map(class).collect::<Vec<_>>(), "burst": policy.burst,
            "scoring": policy.scoring,
        },
        "calendar": {
            "community": policy.calendar.of(), "version": policy.calendar.version(), "name": policy.calendar.name(),
            "years": policy.calendar.years().collect::<Vec<_>>(),
        },
        "versions": view.versions.iter().map(version).collect::<Vec<_>>(),
        "calendars": view.calendars.iter().map(|known| json!({"version": known.version, "name": known.name, "from": known.from, "years": known.years, "days": known.days})).collect::<Vec<_>>(),
        "work": work.collect::<Vec<_>>(),
    })
}

fn people(value: &Value) -> String {
    let (holds, calendar) = (&value["in_force"], &value["calendar"]);
    let publisher = |of: &Value| of["community"].as_str().unwrap_or("the program").to_owned();
    let mut lines = vec![
        format!("in force: {} (version {} of {})", field(holds, "name"), holds["version"], publisher(holds)),
        format!("calendar: {} (version {} of {})", field(calendar, "name"), calendar["version"], publisher(calendar)),
    ];
    lines.push(format!("time zone: {}", field(holds, "zone")));
    let hour = |of: &Value, name: &str| field(of, name).chars().take(5).collect::<String>();
    let sessions = holds["office"].as_array().into_iter().flatten();
    let sessions = sessions.map(|session| format!("{}–{}", hour(session, "opens"), hour(session, "closes")));
    lines.push(format!("office hours: {}", sessions.collect::<Vec<_>>().join(", ")));
    let limits = holds["limits"].as_object().cloned().unwrap_or_default();
    let rows: Vec<Vec<String>> =
        limits.iter().map(|(rule, limit)| vec![rule.clone(), limit.as_str().unwrap_or_default().to_owned()]).collect();
    lines.push(table(&["rule", "limit"], &rows));
    for class in holds["classes"].as_array().into_iter().flatten() {
        lines.push(format!("class {}: {}", field(class, "name"), class["limits"]));
    }
    for version in value["versions"].as_array().into_iter().flatten() {
        let holds = if version["in_force"] == true { ", in force" } else { "" };
        let (name, from) = (field(version, "name"), field(version, "from_local"));
        lines.push(format!("own version {}: {name}, from {from}{holds}", version["version"]));
    }
    for work in value["work"].as_array().into_iter().flatten() {
        lines.push(format!("being worked out anew: {} looked at, {} moved", work["seen"], work["moved"]));
    }
    lines.join("\n")
}
