//! `sandan views status|rebuild`.

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use super::ask_whole;
use crate::config::Common;
use crate::control::{Operation, Reporter, Unit};
use crate::output::{self, field, table};
use crate::wiring::Engine;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Where the read models stand
    #[command(after_help = "Example:\n  sandan views status")]
    Status {
        #[command(flatten)]
        common: Common,
    },
    /// Build the read models anew from the log, beside the running ones
    #[command(after_help = "Example:\n  sandan views rebuild --data /var/lib/sandan")]
    Rebuild {
        #[command(flatten)]
        common: Common,
    },
}

pub async fn execute(command: Command) -> Result<()> {
    let (common, operation) = match command {
        Command::Status { common } => (common, Operation::ViewsStatus),
        Command::Rebuild { common } => (common, Operation::ViewsRebuild),
    };
    let value = ask_whole(&common, operation).await?;
    output::result(common.json, &value, people)
}

fn people(value: &Value) -> String {
    let models = value["models"].as_array().cloned().unwrap_or_default();
    let names = ["name", "position", "head", "generation"];
    let rows = models.iter().map(|model| {
        let figures = names.iter().map(|name| field(model, name));
        figures.chain([field(&model["state"], "is"), field(&model["state"], "reason")]).collect()
    });
    table(&["model", "position", "head", "generation", "state", "reason"], &rows.collect::<Vec<_>>())
}

pub async fn status(engine: &Engine) -> Result<Value> {
    let models = engine.views().await?.status().await?;
    Ok(json!({"models": models}))
}

pub async fn rebuild(engine: &Engine, to: &Reporter) -> Result<Value> {
    let views = engine.views().await?;
    views.rebuild(|so_far| to.progress(so_far.position, Some(so_far.head), Unit::Events)).await?;
    status(engine).await
}
