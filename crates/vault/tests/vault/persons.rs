//! The same person is met again, by telephone or by account.

use sandan_domain::CommunityId;
use sandan_log::MemoryLog;
use sandan_vault::{MasterKey, Vault};

use crate::world::World;

fn community(slug: &str) -> CommunityId {
    slug.parse().unwrap()
}

#[test]
fn the_same_telephone_is_the_same_person() {
    let vault = World::new().vault;
    let person = vault.person_of_phone("13800138000");
    for written in ["+86 138 0013 8000", "0086-138-0013-8000", " 138-00138000 ", "１３８００１３８０００"] {
        assert_eq!(vault.person_of_phone(written), person, "{written}");
    }
    for other in ["13800138001", "1380013800", "", "不详"] {
        assert_ne!(vault.person_of_phone(other), person, "{other}");
    }
}

#[test]
fn what_holds_no_digit_is_taken_as_it_is_written() {
    let vault = World::new().vault;
    assert_eq!(vault.person_of_phone("不详 "), vault.person_of_phone("不详"));
    assert_ne!(vault.person_of_phone("不详"), vault.person_of_phone("保密"));
}

#[test]
fn accounts_are_of_one_community() {
    let vault = World::new().vault;
    let person = vault.person_of_account(&community("a"), "u1");
    assert_eq!(vault.person_of_account(&community("a"), "u1"), person);
    for (slug, user) in [("b", "u1"), ("a", "u2"), ("a-u1", ""), ("au", "1")] {
        assert_ne!(vault.person_of_account(&community(slug), user), person, "{slug} {user}");
    }
    assert_ne!(vault.person_of_phone("u1"), person);
}

#[test]
fn ids_follow_from_the_master_key_for_ever() {
    let vault = World::new().vault;
    // These two stand in every log: when they change, everybody becomes a stranger.
    assert_eq!(vault.person_of_phone("13800138000").to_string(), "abad661e-7ff9-83a0-8b22-f9fba5b33838");
    assert_eq!(vault.person_of_account(&community("a"), "u1").to_string(), "2761aab0-46a2-85ee-964e-433343267d04");
    let other = Vault::new(MasterKey::random(), std::sync::Arc::new(MemoryLog::new()));
    assert_ne!(other.person_of_phone("13800138000"), vault.person_of_phone("13800138000"));
}
