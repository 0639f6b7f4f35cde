//! Sealed texts come back as they were, to nobody but the holder of the keys.

use proptest::prelude::*;
use sandan_domain::{Event, Private};
use sandan_log::{AppendError, RowChange};
use sandan_vault::{MasterKey, PERSON_KEY, Vault, VaultError};

use crate::world::{World, co_signed, person, read, texts};

#[tokio::test]
async fn what_was_sealed_opens_again() {
    let world = World::new();
    let events = vec![co_signed(person(1), "王秀英", "13800138000"), co_signed(person(2), "", "0571-88888888")];
    let stored = world.record(events.clone()).await;
    let mut opened = stored.clone();
    world.vault.open(&mut opened).await.unwrap();
    assert_eq!(opened, events);
    assert_eq!(read(&world.restarted(), &stored).await, ["王秀英", "13800138000", "", "0571-88888888"]);
}

#[tokio::test]
async fn sealed_events_survive_the_way_through_bytes() {
    let world = World::new();
    let stored = world.record(vec![co_signed(person(1), "王秀英", "13800138000")]).await;
    let body = stored[0].encode().unwrap();
    assert!(!String::from_utf8(body.clone()).unwrap().contains("王秀英"));
    let decoded = Event::decode(stored[0].name(), stored[0].schema(), &body).unwrap();
    assert_eq!(read(&world.restarted(), &[decoded]).await, ["王秀英", "13800138000"]);
}

#[tokio::test]
async fn a_sealed_text_names_its_owner_and_nothing_else() {
    let world = World::new();
    let mut text = [Private::new(person(0), "王秀英")];
    world.vault.seal(&mut text).await.unwrap();
    let Private::Sealed(sealed) = &text[0] else { panic!("it is not sealed") };
    let (head, body) = sealed.rsplit_once('.').unwrap();
    assert_eq!(head, "v1.AAAAAAAAAAAAAAAAAAAAAA");
    // Nonce, nine bytes of text, tag; four letters for three bytes.
    assert_eq!(body.len(), ((24 + 9 + 16) * 8_usize).div_ceil(6));
}

#[tokio::test]
async fn the_same_text_is_never_sealed_alike() {
    let world = World::new();
    let mut stored = world.record(vec![co_signed(person(1), "同", "同")]).await;
    let texts = texts(&mut stored);
    assert_ne!(texts[0], texts[1]);
}

#[tokio::test]
async fn one_key_a_person_however_many_texts() {
    let world = World::new();
    let mut events =
        vec![co_signed(person(1), "a", "b"), co_signed(person(1), "c", "d"), co_signed(person(2), "e", "f")];
    let rows = world.vault.seal(&mut events).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| matches!(row, RowChange::Claim { space: PERSON_KEY, .. })));
    world.write(rows).await.unwrap();
    assert_eq!(world.vault.seal(&mut [co_signed(person(1), "g", "h")]).await.unwrap(), []);
}

#[tokio::test]
async fn a_key_whose_append_failed_is_made_anew() {
    let world = World::new();
    let lost = world.vault.seal(&mut [co_signed(person(1), "a", "b")]).await.unwrap();
    let mut again = vec![co_signed(person(1), "a", "b")];
    let rows = world.vault.seal(&mut again).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_ne!(rows, lost);
    world.write(rows).await.unwrap();
    assert_eq!(read(&world.vault, &again).await, ["a", "b"]);
}

#[tokio::test]
async fn of_two_commands_that_meet_a_person_first_the_slower_seals_again() {
    let world = World::new();
    let (mut fast, mut slow) = (vec![co_signed(person(1), "a", "b")], vec![co_signed(person(1), "c", "d")]);
    let fast_rows = world.vault.seal(&mut fast).await.unwrap();
    let slow_rows = world.vault.seal(&mut slow).await.unwrap();
    world.write(fast_rows).await.unwrap();
    let refused = world.write(slow_rows).await.unwrap_err();
    assert!(matches!(refused, AppendError::KeyTaken { space: PERSON_KEY, .. }));

    let mut slow = vec![co_signed(person(1), "c", "d")];
    assert_eq!(world.vault.seal(&mut slow).await.unwrap(), []);
    fast.append(&mut slow);
    assert_eq!(read(&world.restarted(), &fast).await, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn keys_that_were_adopted_are_the_stored_ones() {
    let world = World::new();
    let stored = world.record(vec![co_signed(person(1), "a", "b")]).await;
    let later = world.record(vec![co_signed(person(1), "c", "d")]).await;
    assert_eq!(read(&world.restarted(), &[stored, later].concat()).await, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn what_is_sealed_already_stays_as_it_is() {
    let world = World::new();
    let stored = world.record(vec![co_signed(person(1), "a", "b")]).await;
    assert_eq!(world.record(stored.clone()).await, stored);
}

#[tokio::test]
async fn another_master_key_reads_nothing_and_writes_nothing() {
    let world = World::new();
    let stored = world.record(vec![co_signed(person(1), "a", "b")]).await;
    let stranger = Vault::new(MasterKey::random(), world.log.clone());
    assert_eq!(read(&stranger, &stored).await, ["forgotten", "forgotten"]);
    let refused = stranger.seal(&mut [co_signed(person(1), "c", "d")]).await.unwrap_err();
    assert!(matches!(refused, VaultError::Locked(owner) if owner == person(1)));
}

#[tokio::test]
async fn a_text_moved_to_another_person_does_not_open() {
    let world = World::new();
    let mut stored = world.record(vec![co_signed(person(1), "a", "b"), co_signed(person(2), "c", "d")]).await;
    let sealed: Vec<String> = texts(&mut stored).iter().map(|text| text.trim_matches(['[', ']']).to_owned()).collect();
    let (owner, _) = sealed[0].rsplit_once('.').unwrap();
    let (_, body) = sealed[2].rsplit_once('.').unwrap();
    let mut moved = [Private::Sealed(format!("{owner}.{body}"))];
    world.vault.open(&mut moved).await.unwrap();
    assert_eq!(moved[0], Private::Forgotten);
}

#[tokio::test]
async fn a_key_row_moved_to_another_person_does_not_open() {
    let world = World::new();
    world.record(vec![co_signed(person(1), "a", "b")]).await;
    let value = world.log.row(PERSON_KEY, person(1).0.as_bytes()).await.unwrap().unwrap();
    let key = person(2).0.as_bytes().to_vec().into();
    world.write(vec![RowChange::Put { space: PERSON_KEY, key, value }]).await.unwrap();
    let refused = world.vault.seal(&mut [co_signed(person(2), "c", "d")]).await.unwrap_err();
    assert!(matches!(refused, VaultError::Locked(owner) if owner == person(2)));
}

fn now<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_texts_of_any_persons_come_back(said in prop::collection::vec((0u128..4, "\\PC{0,30}"), 0..20)) {
        let clear: Vec<Private> = said.iter().map(|(owner, text)| Private::new(person(*owner), text)).collect();
        let world = World::new();
        let mut texts = clear.clone();
        now(async {
            let rows = world.vault.seal(&mut texts).await.unwrap();
            world.write(rows).await.unwrap();
            world.restarted().open(&mut texts).await.unwrap();
        });
        prop_assert_eq!(texts, clear);
    }

    #[test]
    fn a_changed_letter_is_noticed(at in 0usize..200, letter in "[A-Za-z0-9_.-]|\\PC") {
        let world = World::new();
        let mut texts = vec![Private::new(person(9), "七号楼的路灯坏了")];
        now(async {
            let rows = world.vault.seal(&mut texts).await.unwrap();
            world.write(rows).await.unwrap();
        });
        let Private::Sealed(sealed) = &texts[0] else { panic!("it is not sealed") };
        let at = at % sealed.len();
        let changed = format!("{}{letter}{}", &sealed[..at], &sealed[at + 1..]);
        prop_assume!(changed != *sealed);
        let mut changed = [Private::Sealed(changed)];
        now(world.vault.open(&mut changed)).unwrap();
        prop_assert_eq!(&changed[0], &Private::Forgotten);
    }

    #[test]
    fn any_nonsense_in_place_of_a_sealed_text_is_forgotten(text in "\\PC{0,60}|v1\\.[A-Za-z0-9_-]{20,24}\\.[A-Za-z0-9_-]{0,60}") {
        let mut texts = [Private::Sealed(text)];
        now(World::new().vault.open(&mut texts)).unwrap();
        prop_assert_eq!(&texts[0], &Private::Forgotten);
    }
}
