//! The relay among the spans of a trace. A page belongs to many wishes, so it names those that its records follow from.

use sandan_log::Record;
use tracing::Span;

/// Wishes that are named on a span.
const CORRELATIONS_MAX: usize = 16;

/// A span for a page, from its reading to its last acknowledgement.
pub(super) fn of_page(page: &[Record]) -> Span {
    let span = tracing::debug_span!(parent: None, "relay", records = page.len(), correlations = tracing::field::Empty);
    if !span.is_disabled() {
        let mut correlations: Vec<_> = page.iter().map(|record| record.correlation).collect();
        correlations.dedup();
        correlations.truncate(CORRELATIONS_MAX);
        span.record("correlations", tracing::field::debug(correlations));
    }
    span
}
