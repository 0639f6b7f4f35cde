//! Tracking codes: short, typed by hand, never stored.

use proptest::prelude::*;
use sandan_domain::RequestId;
use sandan_vault::{MasterKey, NotATrackingCode, TRACKING, TrackingCode, Vault};
use uuid::Uuid;

use crate::world::{World, person};

fn request(number: u128) -> RequestId {
    RequestId(Uuid::from_u128(number))
}

#[test]
fn a_code_follows_from_request_person_and_master_key() {
    let world = World::new();
    let code = world.vault.tracking_code(request(1), person(1));
    assert_eq!(world.restarted().tracking_code(request(1), person(1)), code);
    assert_ne!(world.vault.tracking_code(request(2), person(1)), code);
    assert_ne!(world.vault.tracking_code(request(1), person(2)), code);
    let stranger = Vault::new(MasterKey::random(), world.log.clone());
    assert_ne!(stranger.tracking_code(request(1), person(1)), code);
    // Codes are on receipts at home: a change makes them worthless.
    assert_eq!(code.as_str(), "CFNE46H613SSJ");
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    let code: TrackingCode = "0123456789ABC".parse().unwrap();
    for typed in [
        "0123456789abc",
        "o1234 56789-abc",
        " OI23-456789-ABC ",
        "0L23456789ABC",
        "０１２３－４５６７８９ａｂｃ",
        "0123–456789　ABC",
    ] {
        assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
    }
    for wrong in ["", "0123456789AB", "0123456789ABCD", "0123456789ABU", "0123456789AB!", "路灯", "0123456789AB\0"] {
        assert_eq!(wrong.parse::<TrackingCode>(), Err(NotATrackingCode), "{wrong}");
    }
}

#[test]
fn a_tracking_row_leads_back_and_does_not_hold_the_code() {
    let vault = World::new().vault;
    let code = vault.tracking_code(request(1), person(2));
    let (space, key) = vault.tracking_row(&code);
    assert_eq!(space, TRACKING);
    assert_eq!(vault.tracking_row(&code.to_string().to_lowercase().parse().unwrap()), (space, key.clone()));
    assert!(!key.windows(4).any(|window| code.as_str().as_bytes().windows(4).any(|part| part == window)));
    let value = Vault::tracking_value(request(1), person(2));
    assert_eq!(Vault::parse_tracking_value(&value), Some((request(1), person(2))));
    assert_eq!(Vault::parse_tracking_value(&value[1..]), None);
    assert_eq!(Vault::parse_tracking_value(b""), None);
}

#[test]
fn a_code_is_shown_to_its_owner_and_to_no_log_file() {
    let code = World::new().vault.tracking_code(request(1), person(1));
    assert_eq!(code.to_string(), code.as_str());
    assert_eq!(format!("{code:?}"), "‹tracking code›");
}

proptest! {
    #[test]
    fn every_code_made_can_be_typed(request_id: u128, person_id: u128) {
        let code = World::new().vault.tracking_code(request(request_id), person(person_id));
        prop_assert_eq!(code.as_str().len(), 13);
        prop_assert_eq!(code.as_str().parse(), Ok(code.clone()));
        prop_assert_eq!(code.as_str().to_lowercase().parse(), Ok(code.clone()));
    }

    #[test]
    fn any_text_is_a_code_or_none_and_reading_twice_changes_nothing(text in "\\PC{0,20}|[0-9a-zA-Z -]{13,16}") {
        if let Ok(code) = text.parse::<TrackingCode>() {
            prop_assert!(code.as_str().bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b)));
            prop_assert_eq!(code.as_str().parse(), Ok(code.clone()));
        }
    }
}
