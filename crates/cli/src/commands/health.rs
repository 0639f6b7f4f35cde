//! What only the one who has the data folder open can tell `sandan check`.

use anyhow::Result;
use sandan_log::{Position, Record};
use sandan_views::Sight;
use serde_json::{Value, json};

use crate::wiring::Engine;

/// Records at the end of the log whose chain is looked at; `log verify` looks at all.
const RECORDS_LOOKED_AT: Position = 1_000;

pub async fn run(engine: &Engine) -> Result<Value> {
    let head = engine.log.head().await?;
    let after = head.position.saturating_sub(RECORDS_LOOKED_AT);
    let records = engine.log.read(after, RECORDS_LOOKED_AT as usize).await?;
    let models = engine.views().await?.status().await?;
    let behind: u64 = models.iter().map(|model| model.head.saturating_sub(model.position)).max().unwrap_or(0);
    Ok(json!({
        "position": head.position,
        "generation": head.generation,
        "hash": head.hash.to_string(),
        "chain": first_broken(&records),
        "models": models,
        "events_behind": behind,
        "clock": engine.clock,
        "years_missing": years_missing(engine).await?,
        "administrators": super::user::has_administrator(engine).await?,
    }))
}

/// Years of which a community's calendar knows no holidays although limits will soon reach into them.
async fn years_missing(engine: &Engine) -> Result<Vec<Value>> {
    let now = engine.app.clock().now();
    let mut missing = Vec::new();
    for community in engine.views().await?.communities(&Sight::All).await? {
        let policy = engine.app.policy_of(&community.slug, now).await.map_err(|refusal| super::refused(&refusal))?;
        let today = policy.zone.to_datetime(now).date();
        let years = policy.calendar.missing_soon(today).into_iter();
        missing.extend(years.map(|year| json!({"community": community.slug, "year": year})));
    }
    Ok(missing)
}

/// The first record whose hash does not follow from the one before it.
fn first_broken(records: &[Record]) -> Option<Position> {
    let pairs = records.windows(2);
    let mut broken = pairs.filter(|pair| {
        let digest = sandan_log::digest(&sandan_log::Header::from(&pair[1]), &pair[1].body);
        sandan_log::link(&pair[0].hash, pair[1].position, pair[1].recorded, &digest) != pair[1].hash
    });
    broken.next().map(|pair| pair[1].position)
}
