//! An evaluation that does not take place.

use super::*;
use crate::evaluation::{Rejection, Stage};

fn call_off() -> Command {
    Command::CallOff { reason: text("It was meant for the spring") }
}

#[test]
fn it_is_called_off_before_there_is_a_vote_and_stays_so() {
    let drawn = announced(5).done(sign_up(1)).done(admit(1)).at("2026-11-10 08:00").done(lots());
    for past in [announced(5), announced(5).done(sign_up(1)), drawn] {
        let off = past.done(call_off());
        assert!(matches!(&off.session().stage, Stage::CalledOff { reason } if reason == "It was meant for the spring"));
        for next in [call_off(), sign_up(2), admit(1), lots(), open(), token(1, "serial"), count()] {
            off.clone().when(next).then_refused(Rejection::CalledOff);
        }
    }
}

#[test]
fn a_vote_is_counted_and_not_called_off() {
    announced(5).voting(2).when(call_off()).then_refused(Rejection::OpenedBefore);
}
