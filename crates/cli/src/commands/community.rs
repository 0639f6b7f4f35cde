//! `sandan community add`: so that an import into an empty log has somewhere to go. Everything else of the
//! organisation is on the pages and in the API.

use anyhow::Result;
use clap::Subcommand;
use sandan_app::{Caller, Found, Refusal};
use sandan_domain::CommunityId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ask_whole, refused};
use crate::config::Common;
use crate::control::Operation;
use crate::failure::{Code, Failure};
use crate::output::{self, field};
use crate::wiring::Engine;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Add a community
    #[command(after_help = "Example:\n  sandan community add lakeside 湖滨社区 --parent riverton")]
    Add {
        #[command(flatten)]
        add: Add,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args, Clone, Debug, Serialize, Deserialize)]
#[group(skip)]
pub struct Add {
    /// Short name: a-z 0-9 -
    pub slug: String,
    /// Name for people
    pub name: String,
    /// Slug of the community or town above it
    #[arg(long, value_name = "SLUG")]
    pub parent: Option<String>,
}

pub async fn execute(command: Command) -> Result<()> {
    let Command::Add { add, common } = command;
    let value = ask_whole(&common, Operation::CommunityAdd(add)).await?;
    output::result(common.json, &value, |value| format!("added the community {}", field(value, "slug")))
}

/// The community that a flag names; an unknown one is refused with what to do.
pub async fn required(engine: &Engine, slug: &str) -> Result<CommunityId> {
    let unknown = || {
        let mend = format!("Name one that is there, or add it: sandan community add {slug} NAME.");
        Failure::new(Code::UnknownCommunity, format!("there is no community {slug:?}"), mend)
    };
    let community: CommunityId = slug.parse().map_err(|_| unknown())?;
    match engine.app.who_may_see(&Caller::system(), &community).await {
        Ok(()) => Ok(community),
        Err(Refusal::Invalid(_)) => Err(unknown().into()),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// The same of a flag that can be left out.
pub async fn named(engine: &Engine, slug: Option<&str>) -> Result<Option<CommunityId>> {
    match slug {
        Some(slug) => required(engine, slug).await.map(Some),
        None => Ok(None),
    }
}

pub async fn add(wish: Add, engine: &Engine) -> Result<Value> {
    let slug = wish.slug.clone();
    let found = Found { slug: Some(wish.slug), name: Some(wish.name), parent: wish.parent };
    let receipt = engine.app.found_community(&Caller::system(), found).await.map_err(|refusal| refused(&refusal))?;
    Ok(json!({"slug": slug, "position": receipt.position}))
}
