//! Slugs, and the ids that follow from them.

use proptest::prelude::*;
use uuid::Uuid;

use super::{CommunityId, PersonId, RequestId, Slug, UnitId, derive};
use crate::input::InputError;

#[track_caller]
fn check(text: &str, is_slug: bool) {
    let expected = if is_slug { Ok(text.to_owned()) } else { Err(InputError::NotASlug) };
    assert_eq!(text.parse::<Slug>().map(String::from), expected, "{text:?}");
}

#[test]
fn a_slug_is_made_of_small_letters_digits_and_hyphens() {
    for text in ["a", "7", "fire-brigade", "grid-3", "a--b", "0-0"] {
        check(text, true);
    }
    for text in ["", "-", "-a", "a-", "A", "fire brigade", "fire_brigade", "港口", "é", "a/b", "a.b", "a\n", " a"] {
        check(text, false);
    }
}

#[test]
fn a_slug_has_at_most_64_characters() {
    check(&"a".repeat(64), true);
    check(&"a".repeat(65), false);
}

#[test]
fn a_stored_slug_is_checked_when_it_is_read() {
    assert!(serde_json::from_str::<UnitId>("\"parks\"").is_ok());
    assert!(serde_json::from_str::<UnitId>("\"Parks & Roads\"").is_err());
}

#[test]
fn a_stream_belongs_to_one_community_or_unit() {
    let [harbour, hillside]: [CommunityId; 2] = ["harbour", "hillside"].map(|slug| slug.parse().unwrap());
    let [parks, roads]: [UnitId; 2] = ["parks", "roads"].map(|slug| slug.parse().unwrap());
    let ids = [
        harbour.stream_id(),
        hillside.stream_id(),
        parks.stream_id(&harbour),
        parks.stream_id(&hillside),
        roads.stream_id(&harbour),
    ];
    let distinct: std::collections::BTreeSet<Uuid> = ids.into_iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

/// Stored streams hang on these: they never change.
#[test]
fn a_stream_id_is_the_same_for_ever() {
    let harbour: CommunityId = "harbour".parse().unwrap();
    let parks: UnitId = "parks".parse().unwrap();
    assert_eq!(harbour.stream_id().to_string(), "a673d682-415e-5a65-afea-77776439ac93");
    assert_eq!(parks.stream_id(&harbour).to_string(), "6d2c7840-f768-5809-8c37-7eac6b4a2301");
}

#[test]
fn an_id_shows_its_kind_only_when_debugged() {
    let request = RequestId(Uuid::nil());
    assert_eq!(request.to_string(), "00000000-0000-0000-0000-000000000000");
    assert_eq!(format!("{request:?}"), "RequestId(00000000-0000-0000-0000-000000000000)");
    assert_eq!(serde_json::to_string(&PersonId(Uuid::nil())).unwrap(), "\"00000000-0000-0000-0000-000000000000\"");
}

/// Remembered commands and timers hang on these: they never change.
#[test]
fn a_derived_id_is_the_same_for_ever() {
    let base = Uuid::from_u128(0x0192_f3a1_7c40_7d11_9a52_3f1c_8e6b_1d01);
    assert_eq!(derive(base, "timer/end-round/1").to_string(), "0192f3a1-7c40-8c2a-a84d-0b9a1bd06673");
}

proptest! {
    #[test]
    fn derived_ids_stand_in_the_order_of_what_they_derive_from(one: u128, other: u128, name in ".{0,20}") {
        let (one, other) = (Uuid::from_u128(one), Uuid::from_u128(other));
        let derived = derive(one, &name);
        prop_assert_eq!((derived.get_version_num(), derived.get_variant()), (8, uuid::Variant::RFC4122));
        prop_assert_eq!(&derived.as_bytes()[..6], &one.as_bytes()[..6]);
        let another = derive(one, &format!("{name}."));
        prop_assert_ne!(derived, another);
        if one.as_bytes()[..6] < other.as_bytes()[..6] {
            prop_assert!(derived < derive(other, &name));
        }
    }

    #[test]
    fn what_is_taken_for_a_slug_is_one(text in ".{0,70}|[a-z0-9-]{0,70}") {
        let is_slug = text.parse::<Slug>().is_ok();
        let letters = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let ends = !text.starts_with('-') && !text.ends_with('-');
        prop_assert_eq!(is_slug, letters && ends && (1..=64).contains(&text.chars().count()));
    }

    #[test]
    fn a_slug_is_read_as_it_is_written(text in "[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?") {
        let slug: Slug = text.parse().unwrap();
        prop_assert_eq!((slug.as_str(), &slug.to_string()), (&*text, &text));
        let stored = serde_json::to_string(&slug).unwrap();
        prop_assert_eq!(serde_json::from_str::<Slug>(&stored).unwrap(), slug);
    }
}
