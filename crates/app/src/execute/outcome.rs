//! What a command is remembered by: enough to answer it again, and no secret.

use bytes::Bytes;
use sandan_domain::{AttachmentId, EvaluationId, PersonId, ProjectId, RequestId, RequestNumber};
use serde::{Deserialize, Serialize};

/// Kept with the command for ever. Tracking codes are worked out anew from request and person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Outcome {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<RequestNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment: Option<AttachmentId>,
    /// The version of a policy or calendar that was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<EvaluationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// The request's state after the command.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
}

impl Outcome {
    pub fn of(request: RequestId) -> Self {
        Self { request: Some(request), ..Self::default() }
    }

    pub fn encode(&self) -> Bytes {
        serde_json::to_vec(self).unwrap_or_default().into()
    }

    /// What is not ours to read, such as the outcome of a checkpoint, is an empty outcome.
    pub fn decode(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }
}
