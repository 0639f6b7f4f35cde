//! Which events somebody asks for: the name of one, or `sandan.review.*` for all whose names begin so.

use crate::Event;

/// Whether a pattern asks for the event of a name. A beginning ends at a dot.
pub fn covers(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix(".*") {
        Some(beginning) => name.strip_prefix(beginning).is_some_and(|rest| rest.starts_with('.')),
        None => name == pattern,
    }
}

/// Whether there is any event that a pattern asks for.
pub fn is_known(pattern: &str) -> bool {
    Event::names().any(|name| covers(pattern, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, name: &str, expected: bool) {
        assert_eq!(covers(pattern, name), expected, "{pattern} {name}");
    }

    #[test]
    fn a_pattern_is_a_name_or_whole_words_of_its_beginning() {
        check("sandan.review.closed", "sandan.review.closed", true);
        check("sandan.review.*", "sandan.review.closed", true);
        check("sandan.*", "sandan.review.closed", true);
        check("sandan.rev.*", "sandan.review.closed", false);
        check("sandan.review", "sandan.review.closed", false);
        check("*", "sandan.review.closed", false);
        check(".*", "sandan.review.closed", false);
        check("sandan.review.*", "sandan.review", false);
    }

    #[test]
    fn every_name_is_known_and_so_is_every_beginning_of_one() {
        for name in Event::names() {
            let (kind, _) = name.rsplit_once('.').unwrap();
            assert!(is_known(name) && is_known(&format!("{kind}.*")), "{name}");
        }
        assert!(!is_known("sandan.request.teleported") && !is_known("sandan.teleport.*"));
    }
}
