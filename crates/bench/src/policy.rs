//! A new calendar over many open requests, while residents go on filing.

use std::time::{Duration, Instant};

use jiff::ToSpan;
use sandan_app::{Caller, Clock, DayInput, PublishCalendar};

use crate::Effort;
use crate::import::fill;
use crate::plant::{COMMUNITY, Plant, refused};
use crate::report::{Report, millis};
use crate::residents::file_until;

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "A new calendar",
        "Imported requests of which two thirds are open; a calendar is published that makes the next five days holidays, and\n\
         every open due time is worked out anew as the keeper of promises does it, with the rests that it takes. Residents file\n\
         200 requests a second before and meanwhile, timed from when each filing was due.",
    );
    report.header(&["open requests", "moved", "took", "requests/s", "residents' p99, quiet", "meanwhile", "ratio"]);
    let plant = Plant::build(&effort.folder).await?;
    fill(&plant, effort.open_requests * 3 / 2).await?;
    let ((), quiet) = file_until(&plant.app, tokio::time::sleep(effort.run)).await?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let keeper = tokio::spawn({
        let (app, mut stopped) = (plant.app.clone(), stopped.clone());
        async move { app.keep_promises(async move { _ = stopped.wait_for(|stop| *stop).await }).await }
    });
    let begun = Instant::now();
    plant.app.publish_calendar(&Caller::system(), holidays(5)?).await.map_err(refused)?;
    let (done, meanwhile) = file_until(&plant.app, worked_out(&plant)).await?;
    let (took, moved) = (begun.elapsed().as_secs_f64(), done?);
    let _ = stop.send(true);
    keeper.await?;
    let (quiet, meanwhile): (Duration, Duration) = (quiet.at(99.0), meanwhile.at(99.0));
    report.row(&[
        effort.open_requests.to_string(),
        moved.to_string(),
        format!("{took:.1} s"),
        format!("{:.0}", moved as f64 / took),
        millis(quiet),
        millis(meanwhile),
        format!("{:.1} ×", meanwhile.as_secs_f64() / quiet.as_secs_f64()),
    ]);
    Ok(())
}

/// Waits until it is said that all was worked out; answers how many due times moved.
async fn worked_out(plant: &Plant) -> anyhow::Result<u64> {
    let mut head = plant.log.watch();
    let mut after = plant.log.head().await?.position;
    loop {
        let records = plant.log.read(after, 10_000).await?;
        for record in &records {
            after = record.position;
            if record.kind == "sandan.policy.worked_out" {
                let body: serde_json::Value = serde_json::from_slice(&record.body)?;
                return Ok(body["moved"].as_u64().unwrap_or_default());
            }
        }
        if records.is_empty() {
            head.changed().await?;
        }
    }
}

/// The next days off. What is said of a year is all that is known of it, so the national holidays of that year go: the
/// more moves.
fn holidays(days: i32) -> anyhow::Result<PublishCalendar> {
    let today = Clock::system().now().to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai")?).date();
    let day = |nth: i32| -> anyhow::Result<DayInput> {
        let date = today.checked_add(nth.days())?.to_string();
        Ok(DayInput { date: Some(date), kind: Some("off".to_owned()), name: Some("Fair".to_owned()) })
    };
    let days = (1..=days).map(day).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(PublishCalendar { community: Some(COMMUNITY.to_owned()), name: Some("Bench".to_owned()), days })
}
