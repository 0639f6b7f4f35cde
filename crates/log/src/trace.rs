//! A batch among the spans of a trace: it belongs to many commands at once, so it follows from each append in it.
//!
//! Where nobody records traces nothing is measured here.

use tracing::{Level, Span};

/// The span of whoever appends, where spans of this depth are recorded.
pub(crate) fn of_append() -> Span {
    if tracing::span_enabled!(Level::DEBUG) { Span::current() } else { Span::none() }
}

/// A span for a batch of these appends.
pub(crate) fn of_batch<'a>(appends: impl ExactSizeIterator<Item = &'a Span>) -> Span {
    let span = tracing::debug_span!(parent: None, "batch", appends = appends.len());
    if !span.is_disabled() {
        for append in appends {
            span.follows_from(append);
        }
    }
    span
}
