//! Header names of our own, as the contract fixes them.

use axum::http::HeaderName;

/// Of an answer: the last position that a write reached.
pub const POSITION: HeaderName = HeaderName::from_static("sandan-position");
/// Of a question: answer only once the read model has got there.
pub const AFTER: HeaderName = HeaderName::from_static("sandan-after");
/// A resident's key to a request.
pub const TRACKING_CODE: HeaderName = HeaderName::from_static("sandan-tracking-code");
/// The client's key for one wish.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// One call, in our logs and in the answer.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
