//! R18 where nobody knows who voted (R21): invited once more is who drew no token.

use super::*;
use crate::evaluation::event::{Event, Invited};

/// Three vote; tokens are drawn from Tuesday, 10 November, at eight until then.
fn voting_until(drawing: &str) -> Past<Evaluation> {
    let Command::Open(terms) = open() else { unreachable!() };
    let terms = Terms { drawing_until: at(drawing), voting_until: at("2026-11-30 00:00"), ..terms };
    let signed_up = (1..=3).fold(announced(3), |past, nth| past.done(sign_up(nth)));
    let admitted = (1..=3).fold(signed_up, |past, nth| past.done(admit(nth)));
    admitted.at("2026-11-10 08:00").done(lots()).done(Command::Open(terms))
}

fn invited(persons: &[u32]) -> Event {
    let mut persons: Vec<PersonId> = persons.iter().map(|nth| volunteer(*nth)).collect();
    persons.sort_unstable();
    Event::Invited(Invited { persons })
}

#[test]
fn who_drew_no_token_after_three_working_days_is_invited_once_more_and_once_only() {
    let past = voting_until("2026-11-20 00:00").done(token(2, "b"));
    // Wednesday to Friday; Friday's midnight ends it.
    assert_eq!(past.poll().invite_at, Some(at("2026-11-14 00:00")));
    past.clone().at("2026-11-13 23:59").when(Command::Invite).then_nothing();
    let past = past.at("2026-11-14 00:00");
    past.clone().when(Command::Invite).then([invited(&[1, 3])]);
    past.done(Command::Invite).done(token(1, "a")).when(Command::Invite).then_nothing();
}

#[test]
fn whoever_drew_a_token_is_left_alone_whether_it_was_cast_or_not() {
    let all = (1..=3).fold(voting_until("2026-11-20 00:00"), |past, nth| past.done(token(nth, &nth.to_string())));
    let cast = all.clone().done(record(vec![ballot("t1", Rating::Satisfied)]));
    all.at("2026-11-14 00:00").when(Command::Invite).then_nothing();
    cast.at("2026-11-14 00:00").when(Command::Invite).then_nothing();
}

#[test]
fn nobody_is_invited_to_what_they_can_no_longer_do() {
    let short = voting_until("2026-11-14 00:00");
    assert_eq!(short.poll().invite_at, None);
    let ended = voting_until("2026-11-20 00:00").done(end(Phase::Drawing)).at("2026-11-14 00:00");
    ended.clone().when(Command::Invite).then_nothing();
    let counted = ended.done(end(Phase::Voting)).after(Poll::COUNTED_AFTER).done(count());
    counted.when(Command::Invite).then_nothing();
    announced(3).when(Command::Invite).then_nothing();
}
