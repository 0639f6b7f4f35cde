//! One wish, sent until somebody answers for good.

use std::time::Duration;

use anyhow::Result;
use rand::RngExt;
use serde_json::Value;
use uuid::Uuid;

use super::figures::one_more;
use super::{Answer, Load, Wish};
use crate::check::promise::READ;
use crate::journal::Entry;

/// A try that takes longer is given up, in milliseconds. Some are so short that the next try meets the one before at
/// another node.
const TRY_MILLIS: std::ops::Range<u64> = 400..8_000;
/// Between two tries, in milliseconds.
const PAUSE_MILLIS: std::ops::Range<u64> = 20..250;

impl Load {
    /// The final answer; `None` where the run ended before there was one. An error is one of the journal's.
    pub(super) async fn send(&self, wish: Wish) -> Result<Option<Answer>> {
        let mut entry = Entry {
            key: if rand::random() { Uuid::now_v7() } else { Uuid::new_v4() },
            caller: wish.caller.clone(),
            path: wish.path.clone(),
            event: wish.event.to_owned(),
            stream: wish.stream,
            permitted: wish.permitted,
            status: None,
            position: None,
            tries: 0,
        };
        self.journal.write(&entry)?;
        let answer = self.until_answered(&wish, &mut entry).await;
        if let Some(answer) = &answer {
            entry.status = Some(answer.status);
            entry.position = answer.position();
            entry.stream = entry.stream.or_else(|| answer.id());
            one_more(if answer.is_yes() { &self.figures.acknowledged } else { &self.figures.refused });
        }
        self.journal.write(&entry)?;
        Ok(answer)
    }

    async fn until_answered(&self, wish: &Wish, entry: &mut Entry) -> Option<Answer> {
        let mut node = rand::random_range(0..self.nodes.len());
        while !self.is_over() {
            entry.tries += 1;
            if entry.tries > 1 {
                one_more(&self.figures.tries_more);
            }
            let request = self.http.post(format!("{}{}", self.nodes[node].url, wish.path)).json(&wish.body);
            let request = request.header("Idempotency-Key", entry.key.to_string());
            if let Some(answer) = self.try_once(request, wish.token.as_deref()).await
                && is_final(answer.status)
            {
                return Some(answer);
            }
            pause().await;
            // Another node than the last.
            node = (node + rand::random_range(1..self.nodes.len().max(2))) % self.nodes.len();
        }
        None
    }

    async fn try_once(&self, request: reqwest::RequestBuilder, token: Option<&str>) -> Option<Answer> {
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let patience = Duration::from_millis(rand::rng().random_range(TRY_MILLIS));
        let response = request.timeout(patience).send().await.ok()?;
        let status = response.status().as_u16();
        if status == 500 {
            one_more(&self.figures.failures);
        }
        let body = response.bytes().await.ok()?;
        Some(Answer { status, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
    }

    /// The request as any node shows it after `position`; `None` where the run ended before.
    pub(super) async fn read(&self, request: Uuid, position: u64) -> Option<Value> {
        let token = self.staff.token("dispatcher");
        while !self.is_over() {
            let node = &self.nodes[rand::random_range(0..self.nodes.len())];
            let path = format!("{}/api/v1/requests/{request}?after={position}", node.url);
            match self.try_once(self.http.get(path), token).await {
                Some(answer) if answer.status == 200 => {
                    one_more(&self.figures.reads);
                    return Some(answer.body);
                }
                Some(answer) if is_final(answer.status) => {
                    let what =
                        format!("{} answers {} for request {request} after {position}", node.name, answer.status);
                    self.saw(READ, what);
                    return None;
                }
                _ => pause().await,
            }
        }
        None
    }
}

/// Whether it is no use to try again.
fn is_final(status: u16) -> bool {
    (200..500).contains(&status) && !matches!(status, 408 | 429)
}

async fn pause() {
    let pause = Duration::from_millis(rand::rng().random_range(PAUSE_MILLIS));
    tokio::time::sleep(pause).await;
}
