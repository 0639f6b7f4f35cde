//! Residents who file at a steady pace, whatever else the program does: what they wait for is measured.

use std::time::{Duration, Instant};

use sandan_app::{App, Caller};
use uuid::Uuid;

use crate::latencies::Latencies;
use crate::plant::{filing, refused};

/// Residents at a time, and how often each files: two hundred requests a second.
const RESIDENTS: usize = 8;
const EVERY: Duration = Duration::from_millis(40);

/// Files until `end` is done; answers what the residents waited.
pub async fn file_until<T>(app: &App, end: impl Future<Output = T>) -> anyhow::Result<(T, Latencies)> {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let residents: Vec<_> = (0..RESIDENTS)
        .map(|nth| {
            let (app, stopped) = (app.clone(), stopped.clone());
            tokio::spawn(async move { resident(app, nth, stopped).await })
        })
        .collect();
    let done = end.await;
    let _ = stop.send(true);
    let mut all = Latencies::new();
    for resident in residents {
        all.add(&resident.await??);
    }
    Ok((done, all))
}

/// Times are counted from when the filing was due, so that who is kept waiting does not hide it.
async fn resident(app: App, nth: usize, stopped: tokio::sync::watch::Receiver<bool>) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::new();
    let caller = Caller::resident();
    let offset = EVERY * u32::try_from(nth).unwrap_or(0) / u32::try_from(RESIDENTS).unwrap_or(1);
    let mut due = Instant::now() + offset;
    while !*stopped.borrow() {
        tokio::time::sleep_until(due.into()).await;
        app.file(&caller.clone().with_key(Uuid::now_v7(), "/bench"), filing()).await.map_err(refused)?;
        latencies.record(due.elapsed());
        due += EVERY;
    }
    Ok(latencies)
}
