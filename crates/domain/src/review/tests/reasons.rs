//! The list of reasons is read whole, and says each in both languages.

use std::collections::BTreeSet;

use crate::category::Language;
use crate::review::Reason;

#[test]
fn every_line_of_the_list_is_a_reason_with_a_code_of_its_own() {
    let lines = include_str!("../../../data/ballot-reasons.csv").lines().count() - 1;
    let codes: BTreeSet<_> = Reason::all().iter().map(|reason| reason.code).collect();
    assert_eq!((Reason::all().len(), codes.len()), (lines, lines));
    for reason in Reason::all() {
        let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(is_chinese(reason.name(Language::Zh)) && !is_chinese(reason.name(Language::En)), "{reason:?}");
        assert_eq!(Reason::find(reason.code), Some(reason));
    }
    assert_eq!(Reason::find("no_such_reason"), None);
}
