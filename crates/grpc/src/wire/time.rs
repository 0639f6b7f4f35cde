//! Instants.

use jiff::Timestamp;

const NANOS: i128 = 1_000_000_000;

/// Nanoseconds count forwards, before 1970 too.
pub(super) fn time(at: Timestamp) -> prost_types::Timestamp {
    let nanos = at.as_nanosecond();
    // Both fit: the span of a timestamp is that of the protocol's.
    let seconds = i64::try_from(nanos.div_euclid(NANOS)).unwrap_or_default();
    let nanos = i32::try_from(nanos.rem_euclid(NANOS)).unwrap_or_default();
    prost_types::Timestamp { seconds, nanos }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_count_forwards() {
        let at = |text: &str| time(text.parse().unwrap());
        assert_eq!(at("1970-01-01T00:00:01.5Z"), prost_types::Timestamp { seconds: 1, nanos: 500_000_000 });
        assert_eq!(at("1969-12-31T23:59:59.25Z"), prost_types::Timestamp { seconds: -1, nanos: 250_000_000 });
    }
}
