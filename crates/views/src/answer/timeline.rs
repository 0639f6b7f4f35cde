//! What happened to a request, event by event.

use jiff::Timestamp;
use serde::Serialize;

/// One event about a request, of whatever stream, with its texts opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineItem {
    pub position: u64,
    /// The event's id.
    pub id: uuid::Uuid,
    /// `sandan.request.filed` and the like.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub time: Timestamp,
    pub recorded: Timestamp,
    /// A role and an id, never a name.
    pub actor: String,
    pub stream: TimelineStream,
    /// The words of the event that say most: a description, an answer, a reason, a note.
    pub text: Option<String>,
    /// The event's body; texts of forgotten persons are `null`.
    pub data: serde_json::Value,
}

/// Whose event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineStream {
    Request,
    Review,
    /// A unit took the request on, or let it go (R3).
    Unit,
}
