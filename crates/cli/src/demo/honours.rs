//! Honours of the demonstration (R24): one unit was answered for and proposed, another waits for its community. The
//! figures come from the read models, as on the page.

use std::time::Duration;

use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sandan_app::{AskOpinion, GiveOpinion};
use sandan_domain::{CommunityId, HonourId, InputError, Role};

use super::cast::staff;
use super::place::MAIN;
use super::sign_ins::Sample;
use crate::wiring::Engine;

/// So long the read models may take to read the story.
const PATIENCE: Duration = Duration::from_secs(120);
/// The period of the figures.
const DAYS: i64 = 40;

pub async fn honours(engine: &Engine, end: Timestamp) -> Result<Vec<Sample>> {
    let main: CommunityId = MAIN.parse().map_err(|error: InputError| anyhow::anyhow!("{error}"))?;
    let (app, zone) = (&engine.app, &engine.app.policy().zone);
    let (town, desk) = (staff(Role::Supervisor, &main, None), staff(Role::Dispatcher, &main, None));
    let proposed = ask(engine, &main, ("gongshui", "年度服务先进单位"), (end, zone)).await?;
    let waiting = ask(engine, &main, ("yuanlin", "年度文明单位"), (end, zone)).await?;
    let views = engine.views().await?;
    let head = engine.log.head().await?.position;
    views.wait(head, PATIENCE).await.context("wait for the read models of the demonstration")?;
    let honour = app.honour(proposed).await?;
    let question = honour.question().context("find what was asked")?;
    let opinion = GiveOpinion {
        opinion: Some("supports".to_owned()),
        reason: Some("抢修及时，停水提前告知，居民反映好；建议继续公开水质数据。".to_owned()),
    };
    app.give_opinion(&desk, proposed, opinion, views.figures_of(question).await?).await?;
    app.propose_honour(&town, proposed, None).await?;
    let sample = |what: &str, id: HonourId| Sample { what: what.to_owned(), path: format!("/honours/{id}") };
    Ok(vec![sample("评先评优：已答复、已推荐", proposed), sample("评先评优：待社区答复", waiting)])
}

async fn ask(
    engine: &Engine,
    main: &CommunityId,
    (unit, honour): (&str, &str),
    (end, zone): (Timestamp, &TimeZone),
) -> Result<HonourId> {
    let today = end.to_zoned(zone.clone()).date();
    let input = AskOpinion {
        community: Some(main.to_string()),
        unit: Some(unit.to_owned()),
        honour: Some(format!("{} {honour}", today.year())),
        from: Some(today.saturating_sub(DAYS.days()).to_string()),
        to: Some(today.to_string()),
    };
    Ok(engine.app.ask_opinion(&staff(Role::Supervisor, main, None), input).await?.outcome.id)
}
