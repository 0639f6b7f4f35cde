//! One call to a webhook: signed, within bounds of time and size, and following nobody elsewhere.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, StatusCode, Url, redirect};

use crate::notices::failure::Failure;
use crate::notices::guard::{self, Resolver};
use crate::notices::sign::signatures;

/// What a receiver answers is read this far, for the error's text.
const ANSWER_BYTES_MAX: usize = 1_024;

/// A client for all endpoints.
pub(super) struct Hooks {
    client: Client,
    allow_private: bool,
}

/// A message to an endpoint.
pub(super) struct Message {
    /// The same however often it is sent.
    pub id: String,
    pub media_type: &'static str,
    pub body: Vec<u8>,
}

impl Hooks {
    pub fn new(allow_private: bool, answer_within: Duration) -> Result<Self, reqwest::Error> {
        // Whoever was first decides; it is the same one everywhere here.
        _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .dns_resolver(Arc::new(Resolver { allow_private }))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(answer_within)
            .timeout(answer_within)
            .user_agent(concat!("sandan/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, allow_private })
    }

    /// Delivered when the receiver says 2xx.
    pub async fn post(&self, url: &str, secrets: &[String], message: &Message) -> Result<(), Failure> {
        let url: Url = url.parse().map_err(|_| Failure::Permanent(format!("{url} is not an address")))?;
        guard::may(&url, self.allow_private).map_err(|flaw| Failure::Passing(flaw.to_string()))?;
        // The machine's clock, also in a rehearsal: receivers refuse what is old.
        let seconds = Timestamp::now().as_second();
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, message.media_type)
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signatures(secrets, &message.id, seconds, &message.body))
            .body(message.body.clone());
        let mut answer = request.send().await.map_err(|error| Failure::Passing(chain(error)))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let mut text = Vec::new();
        while text.len() < ANSWER_BYTES_MAX
            && let Ok(Some(chunk)) = answer.chunk().await
        {
            text.extend_from_slice(&chunk[..chunk.len().min(ANSWER_BYTES_MAX - text.len())]);
        }
        let text = String::from_utf8_lossy(&text).replace(char::is_control, " ");
        let said = format!("answered {status} {}", text.trim()).trim_end().to_owned();
        if status == StatusCode::GONE { Err(Failure::Gone(said)) } else { Err(Failure::Passing(said)) }
    }
}

/// The error with its causes, without the address: that can hold a secret.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
