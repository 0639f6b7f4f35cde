//! What a client wants, and what it was told.

use serde_json::Value;
use uuid::Uuid;

/// One command, before it is sent.
#[derive(Clone, Debug)]
pub struct Wish {
    /// As the journal names who wishes.
    pub caller: String,
    /// `None`: a resident, whom nobody knows.
    pub token: Option<String>,
    pub path: String,
    pub body: Value,
    /// Type of the event that it writes.
    pub event: &'static str,
    /// The stream that it is about, where that is known before.
    pub stream: Option<Uuid>,
    /// Nobody else can make the rules say no to it.
    pub permitted: bool,
}

/// An answer that is final.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    pub fn is_yes(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn position(&self) -> Option<u64> {
        self.body["position"].as_u64()
    }

    pub fn state(&self) -> Option<&str> {
        self.body["state"].as_str()
    }

    pub fn id(&self) -> Option<Uuid> {
        self.body["id"].as_str()?.parse().ok()
    }

    pub fn code(&self) -> Option<String> {
        self.body["tracking_code"].as_str().map(str::to_owned)
    }
}

impl Wish {
    /// Others are after the same: whoever comes second is refused.
    pub fn contested(self) -> Self {
        Self { permitted: false, ..self }
    }
}
