//! From a commit to the live stream of a supervisor's page.

use std::time::{Duration, Instant};

use anyhow::Context;
use futures::StreamExt;
use serde_json::json;

use crate::Effort;
use crate::http::Served;
use crate::latencies::Latencies;
use crate::plant::COMMUNITY;
use crate::report::{Report, millis};

/// How long one event may take before the run is given up.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Commit to live page",
        "A request is filed over HTTP; the clock runs from the answer, so from after the commit, until the open `/api/v1/live`\nstream has delivered the event. One after another.",
    );
    let served = Served::start(effort, 1).await?;
    let http = reqwest::Client::new();
    let live = format!("http://{}/api/v1/live", served.address);
    let mut stream = http.get(live).bearer_auth(&served.dispatcher).send().await?.error_for_status()?.bytes_stream();
    let mut latencies = Latencies::new();
    let mut seen = String::new();
    for nth in 0..(effort.rounds * 300) {
        let body = json!({"community": COMMUNITY, "description": format!("第{nth}条")});
        let url = format!("http://{}/api/v1/requests", served.address);
        let filed: serde_json::Value = http.post(url).json(&body).send().await?.error_for_status()?.json().await?;
        let committed = Instant::now();
        let wanted = format!("id: {}", filed["position"]);
        while !seen.lines().any(|line| line == wanted || line == wanted.replace(": ", ":")) {
            let chunk = tokio::time::timeout(PATIENCE, stream.next()).await.context("the stream delivers")?;
            seen.push_str(&String::from_utf8_lossy(&chunk.context("the stream goes on")??));
        }
        latencies.record(committed.elapsed());
        seen.clear();
    }
    report.header(&["events", "p50", "p99"]);
    report.row(&[(effort.rounds * 300).to_string(), millis(latencies.at(50.0)), millis(latencies.at(99.0))]);
    served.stop();
    Ok(())
}
