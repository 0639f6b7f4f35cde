//! A token from its making to its check, and everything that must not pass for one.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::sync::LazyLock;

use proptest::prelude::*;
use sandan_booth::{BoothError, Issuer, KEY_BYTES, PublicKey, Token, Voter, blinded_hash};
use uuid::Uuid;

/// Making a key takes a while; one is enough for all tests here, and another for what is not its own.
static ISSUER: LazyLock<Issuer> = LazyLock::new(|| Issuer::generate().unwrap());
static OTHER: LazyLock<Issuer> = LazyLock::new(|| Issuer::generate().unwrap());

const SESSION: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);

fn token_of(issuer: &Issuer, session: Uuid) -> Token {
    let voter = Voter::new(session, issuer.public()).unwrap();
    voter.finish(&issuer.sign(voter.blinded()).unwrap()).unwrap()
}

#[test]
fn a_token_is_signed_unseen_and_known_again() {
    let token = token_of(&ISSUER, SESSION);
    ISSUER.public().verify(SESSION, &token).unwrap();
    let again: Token = token.to_text().parse().unwrap();
    assert_eq!(again, token);
    assert_eq!(again.hash(), token.hash());
    ISSUER.public().verify(SESSION, &again).unwrap();
}

#[test]
fn the_same_blinded_serial_gets_the_same_answer() {
    let voter = Voter::new(SESSION, ISSUER.public()).unwrap();
    let answers = [(); 3].map(|()| ISSUER.sign(voter.blinded()).unwrap());
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(voter.finish(&answers[0]).unwrap().hash(), voter.finish(&answers[1]).unwrap().hash());
}

#[test]
fn nothing_of_a_token_is_in_what_the_issuer_saw() {
    let voter = Voter::new(SESSION, ISSUER.public()).unwrap();
    let signed = ISSUER.sign(voter.blinded()).unwrap();
    let token = voter.finish(&signed).unwrap();
    let seen = [voter.blinded(), &signed, blinded_hash(voter.blinded()).as_bytes()].concat();
    let text = token.to_text();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
    // After the session's id, which everybody knows.
    for window in bytes[16..].windows(8) {
        assert!(!seen.windows(8).any(|part| part == window));
    }
}

#[test]
fn a_token_counts_with_its_own_session_and_key_only() {
    let token = token_of(&ISSUER, SESSION);
    let other_session = Uuid::from_u128(2);
    assert_eq!(ISSUER.public().verify(other_session, &token), Err(BoothError::NotSigned));
    assert_eq!(OTHER.public().verify(SESSION, &token), Err(BoothError::NotSigned));
    let mut renamed = token_of(&ISSUER, SESSION);
    renamed.session = other_session;
    assert_eq!(ISSUER.public().verify(other_session, &renamed), Err(BoothError::NotSigned));
}

#[test]
fn a_voter_refuses_an_answer_that_the_key_did_not_give() {
    let voter = Voter::new(SESSION, ISSUER.public()).unwrap();
    let foreign = OTHER.sign(voter.blinded()).unwrap_or_else(|_| vec![7; KEY_BYTES]);
    assert!(matches!(voter.finish(&foreign), Err(BoothError::NotSigned)));
    assert!(matches!(voter.finish(&[]), Err(BoothError::NotSigned)));
}

#[test]
fn what_is_not_a_blinded_serial_is_not_signed() {
    for blinded in [vec![], vec![1; KEY_BYTES - 1], vec![1; KEY_BYTES + 1], vec![0xff; KEY_BYTES]] {
        assert_eq!(ISSUER.sign(&blinded), Err(BoothError::NotBlinded), "{} bytes", blinded.len());
    }
}

#[test]
fn keys_come_back_from_their_bytes_and_rubbish_is_no_key() {
    let again = Issuer::from_der(&ISSUER.to_der().unwrap()).unwrap();
    assert_eq!(again.public(), ISSUER.public());
    let public = PublicKey::from_der(&ISSUER.public().to_der().unwrap()).unwrap();
    public.verify(SESSION, &token_of(&again, SESSION)).unwrap();
    assert_eq!(public.fingerprint().unwrap().len(), 64);
    assert!(matches!(Issuer::from_der(b"rubbish"), Err(BoothError::NotAKey)));
    assert!(matches!(PublicKey::from_der(b"rubbish"), Err(BoothError::NotAKey)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_the_parser_panic_and_none_that_was_made_up_passes(text in "\\PC{0,80}|[A-Za-z0-9_-]{400,410}") {
        if let Ok(token) = text.parse::<Token>() {
            prop_assert!(ISSUER.public().verify(token.session, &token).is_err());
        }
    }

    #[test]
    fn a_changed_character_makes_it_another_token_or_none(at in 0usize..405, to in "[A-Za-z0-9_-]") {
        static TEXT: LazyLock<String> = LazyLock::new(|| token_of(&ISSUER, SESSION).to_text());
        prop_assume!(TEXT[at..=at] != *to);
        let changed = format!("{}{}{}", &TEXT[..at], to, &TEXT[at + 1..]);
        if let Ok(token) = changed.parse::<Token>() {
            prop_assert!(ISSUER.public().verify(SESSION, &token).is_err());
        }
    }
}
