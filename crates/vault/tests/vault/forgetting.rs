//! Whoever is forgotten stays forgotten, and may come again as a stranger.

use sandan_vault::{PERSON_KEY, Vault};

use crate::world::{World, co_signed, person, read};

#[tokio::test]
async fn a_forgotten_persons_words_are_gone_and_the_others_stay() {
    let world = World::new();
    let stored = world.record(vec![co_signed(person(1), "a", "b"), co_signed(person(2), "c", "d")]).await;
    world.vault.forget(person(1)).await.unwrap();
    for vault in [&world.vault, &world.restarted()] {
        assert_eq!(read(vault, &stored).await, ["forgotten", "forgotten", "c", "d"]);
    }
    assert_eq!(world.log.row(PERSON_KEY, person(1).0.as_bytes()).await.unwrap(), None);
}

#[tokio::test]
async fn a_forgotten_person_who_comes_again_gets_a_new_key() {
    let world = World::new();
    let before = world.record(vec![co_signed(person(1), "a", "b")]).await;
    world.vault.forget(person(1)).await.unwrap();
    let after = world.record(vec![co_signed(person(1), "c", "d")]).await;
    let again = world.record(vec![co_signed(person(1), "e", "f")]).await;
    let stored = [before, after, again].concat();
    for vault in [&world.vault, &world.restarted()] {
        assert_eq!(read(vault, &stored).await, ["forgotten", "forgotten", "c", "d", "e", "f"]);
    }
}

#[tokio::test]
async fn forgetting_nobody_and_forgetting_twice_is_no_error() {
    let world = World::new();
    world.vault.forget(person(1)).await.unwrap();
    world.vault.forget(person(1)).await.unwrap();
}

#[tokio::test]
async fn an_append_with_other_things_in_it_may_forget_too() {
    let world = World::new();
    let stored = world.record(vec![co_signed(person(1), "a", "b")]).await;
    world.write(vec![Vault::forgetting(person(1))]).await.unwrap();
    world.vault.forget_cached(person(1));
    assert_eq!(read(&world.vault, &stored).await, ["forgotten", "forgotten"]);
}

#[tokio::test]
async fn rows_adopted_late_do_not_bring_a_forgotten_key_back() {
    let world = World::new();
    let mut stored = vec![co_signed(person(1), "a", "b")];
    let rows = world.vault.seal(&mut stored).await.unwrap();
    world.write(rows.clone()).await.unwrap();
    world.vault.forget(person(1)).await.unwrap();
    world.vault.adopt(&rows);
    assert_eq!(read(&world.vault, &stored).await, ["forgotten", "forgotten"]);
    let mut later = vec![co_signed(person(1), "c", "d")];
    assert_eq!(world.vault.seal(&mut later).await.unwrap().len(), 1);
}
