//! How limits are stored: the log keeps them for ever.

use crate::time::{Due, Limit, Policy};

#[test]
fn limits_are_stored_by_number_and_unit() {
    let check = |limit: Limit, stored: &str| {
        assert_eq!(serde_json::to_string(&limit).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Limit>(stored).unwrap(), limit);
    };
    check(Limit::hours(2), r#"{"count":2,"unit":"hour"}"#);
    check(Limit::working_hours(8), r#"{"count":8,"unit":"working_hour"}"#);
    check(Limit::calendar_days(30), r#"{"count":30,"unit":"calendar_day"}"#);
    check(Limit::days(15), r#"{"count":15,"unit":"working_day"}"#);
}

#[test]
fn a_due_time_is_stored_with_what_explains_it() {
    let policy = Policy::standard();
    let due = Due::from(super::at(&policy, "2026-03-02T10:00"), Limit::days(2), &policy);
    let stored = concat!(
        r#"{"at":"2026-03-04T16:00:00Z","started":"2026-03-02T02:00:00Z","#,
        r#""limit":{"count":2,"unit":"working_day"},"policy":1,"calendar":1}"#,
    );
    assert_eq!(serde_json::to_string(&due).unwrap(), stored);
    assert_eq!(serde_json::from_str::<Due>(stored).unwrap(), due);
}
