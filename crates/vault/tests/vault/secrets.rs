//! Small secrets of nobody in particular, and masks over everything that is secret.

use sandan_domain::Private;

use crate::world::{World, master, person};

#[test]
fn a_secret_opens_for_the_same_purpose_only() {
    let world = World::new();
    let sealed = world.vault.seal_bytes(b"webhook/1", b"hush").unwrap();
    assert_eq!(world.restarted().open_bytes(b"webhook/1", &sealed), Some(b"hush".to_vec()));
    assert_eq!(world.vault.open_bytes(b"webhook/2", &sealed), None);
}

#[test]
fn a_damaged_secret_does_not_open() {
    let vault = World::new().vault;
    let sealed = vault.seal_bytes(b"", b"hush").unwrap();
    for length in 0..sealed.len() {
        assert_eq!(vault.open_bytes(b"", &sealed[..length]), None);
    }
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(vault.open_bytes(b"", &changed), None);
    }
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let world = World::new();
    assert_eq!(format!("{:?}", master()), "MasterKey(‹key›)");
    assert_eq!(format!("{:?}", world.vault), "‹vault›");
    let mut texts = [Private::new(person(1), "王秀英")];
    assert_eq!(format!("{texts:?}"), "[‹private›]");
    world.vault.seal(&mut texts).await.unwrap();
    assert_eq!(format!("{texts:?}"), "[‹sealed›]");
}
