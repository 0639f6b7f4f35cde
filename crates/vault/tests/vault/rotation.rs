//! Another master key: everything can be read as before, with the new one alone.

use std::sync::Arc;

use sandan_domain::{Event, RequestId};
use sandan_log::{Log, RowChange};
use sandan_vault::{Begun, MasterKey, PERSON_KEY, Rotation, Vault, VaultError};
use uuid::Uuid;

use crate::world::{World, co_signed, master, person, read};

const PERSONS: u128 = 1_200;

fn new_key(number: u8) -> MasterKey {
    MasterKey::from_bytes([number; 32])
}

/// A log with many persons, and what one and the last of them wrote.
async fn lived() -> (World, Vec<Event>) {
    let world = World::new();
    world.vault.check_master().await.unwrap();
    let events = (0..PERSONS).map(|number| co_signed(person(number), &format!("name {number}"), "139")).collect();
    (World { log: world.log.clone(), vault: Vault::new(master(), world.log.clone()) }, world.record(events).await)
}

async fn begun(log: &Arc<dyn Log>, old: &MasterKey, new: &MasterKey) -> Rotation {
    match Rotation::begin(old, new, log.clone()).await.unwrap() {
        Begun::Now(rotation) => rotation,
        Begun::Done => panic!("it is not done yet"),
    }
}

async fn rotated(log: &Arc<dyn Log>, old: &MasterKey, new: &MasterKey) {
    let rotation = begun(log, old, new).await;
    assert_eq!(rotation.rewrap(|_| {}).await.unwrap(), 0);
    rotation.finish(Vec::new()).await.unwrap();
}

#[tokio::test]
async fn what_was_sealed_is_read_with_the_new_key_alone_and_codes_and_persons_stay() {
    let (world, stored) = lived().await;
    let request = RequestId(Uuid::from_u128(1));
    let (code, phone) = (world.vault.tracking_code(request, person(1)), world.vault.person_of_phone("13900000000"));
    let row = world.vault.tracking_row(&code);
    let clear = read(&world.vault, &stored).await;
    // Once, and again: the second time the first key is no longer the one that codes follow from.
    for (old, new) in [(master(), new_key(1)), (new_key(1), new_key(2))] {
        rotated(&world.log, &old, &new).await;
        let vault = Vault::unlock(&new, world.log.clone()).await.unwrap();
        assert_eq!(read(&vault, &stored).await, clear);
        assert_eq!((vault.tracking_code(request, person(1)), vault.tracking_row(&code)), (code.clone(), row.clone()));
        assert_eq!(vault.person_of_phone("13900000000"), phone);
        let refused = Vault::unlock(&old, world.log.clone()).await.err();
        assert!(matches!(refused, Some(VaultError::OtherMasterKey)), "{refused:?}");
        // Who goes on with the old key has nothing of what the log holds now.
        assert!(read(&Vault::new(old, world.log.clone()), &stored).await.iter().all(|text| text == "forgotten"));
    }
}

#[tokio::test]
async fn a_replacement_that_is_cut_off_keeps_everybody_out_and_goes_on_with_the_same_key() {
    let (world, stored) = lived().await;
    let clear = read(&world.vault, &stored).await;
    let (old, new) = (master(), new_key(1));
    drop(begun(&world.log, &old, &new).await);
    for key in [&old, &new] {
        let refused = Vault::unlock(key, world.log.clone()).await.err();
        assert!(matches!(refused, Some(VaultError::Changing | VaultError::OtherMasterKey)), "{refused:?}");
    }
    assert!(matches!(world.vault.check_master().await, Err(VaultError::Changing)), "a node that runs hears of it");
    let third = Rotation::begin(&old, &new_key(9), world.log.clone()).await.err();
    assert!(matches!(third, Some(VaultError::OtherMasterKey)), "{third:?}");
    // Some were wrapped anew already.
    let rotation = begun(&world.log, &old, &new).await;
    let page = world.log.rows(PERSON_KEY, None, 3).await.unwrap();
    rotation.rewrap(|_| {}).await.unwrap();
    let before = page.into_iter().map(|(key, value)| RowChange::Put { space: PERSON_KEY, key, value }).collect();
    world.write(before).await.unwrap();
    drop(rotation);
    let rotation = begun(&world.log, &old, &new).await;
    let mut told = Vec::new();
    assert_eq!(rotation.rewrap(|seen| told.push(seen)).await.unwrap(), 0);
    assert_eq!(told, [500, 1_000, 1_200]);
    rotation.finish(Vec::new()).await.unwrap();
    assert!(matches!(Rotation::begin(&old, &new, world.log.clone()).await.unwrap(), Begun::Done));
    let vault = Vault::unlock(&new, world.log.clone()).await.unwrap();
    assert_eq!(read(&vault, &stored).await, clear);
}

#[tokio::test]
async fn a_key_that_was_damaged_before_is_counted_and_in_nobodys_way() {
    let (world, stored) = lived().await;
    let (key, mut value) = world.log.rows(PERSON_KEY, None, 1).await.unwrap().remove(0);
    value = value.iter().map(|byte| byte ^ 1).collect::<Vec<u8>>().into();
    world.write(vec![RowChange::Put { space: PERSON_KEY, key, value }]).await.unwrap();
    let rotation = begun(&world.log, &master(), &new_key(1)).await;
    assert_eq!(rotation.rewrap(|_| {}).await.unwrap(), 1);
    rotation.finish(Vec::new()).await.unwrap();
    let vault = Vault::unlock(&new_key(1), world.log.clone()).await.unwrap();
    let texts = read(&vault, &stored).await;
    assert_eq!(texts.iter().filter(|text| *text == "forgotten").count(), 2, "a name and a telephone");
}

#[tokio::test]
async fn a_wrong_old_key_changes_nothing() {
    let (world, stored) = lived().await;
    let wrong = Rotation::begin(&new_key(5), &new_key(1), world.log.clone()).await.err();
    assert!(matches!(wrong, Some(VaultError::OtherMasterKey)), "{wrong:?}");
    let vault = Vault::unlock(&master(), world.log.clone()).await.unwrap();
    assert!(read(&vault, &stored).await.contains(&"name 1".to_owned()));
}
