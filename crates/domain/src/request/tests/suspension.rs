//! R11: the clock stands still, and goes on where it stood.

use super::situations::situations;
use super::{due, not_permitted};
use crate::input::InputError;
use crate::request::{Event, Rejection, Request, Resumed, Step, Suspended};
use crate::testing::{Past, at, filed, given, progress, staff_of, suspend_until, withdraw, words};
use crate::time::Limit;

fn claimed() -> Past<Request> {
    filed().with_the_fire_brigade()
}

#[test]
fn r11_a_suspension_begins_now_and_has_a_reason_and_a_review_date() {
    let suspended =
        Suspended { since: at("2026-11-09 08:00"), reason: words("winter"), review_on: at("2026-12-01 08:00") };
    given(claimed().at("2026-11-09 08:00"))
        .when(suspend_until(at("2026-12-01 08:00")))
        .then([Event::Suspended(suspended)]);
}

#[test]
fn r11_the_review_date_lies_in_the_future() {
    let error = InputError::NotInFuture;
    given(claimed().at("2026-11-09 08:00"))
        .when(suspend_until(at("2026-11-09 08:00")))
        .then_refused(Rejection::Input { field: "review_on", error });
}

#[test]
fn r11_what_was_left_runs_on_from_the_resumption() {
    let past = claimed().at("2026-11-09 08:00").done(suspend_until(at("2026-12-01 08:00"))).at("2026-11-11 08:00");
    let resumed = Resumed {
        at: Some(at("2026-11-11 08:00")),
        due: due("2026-11-02 08:00", Limit::days(15), "2026-11-26 00:00"),
        remind_at: Some(at("2026-11-12 00:00")),
        fallback_at: None,
        supervision: None,
    };
    let past = given(past).when(crate::request::Command::Resume).then([Event::Resumed(resumed)]);
    assert_eq!(past.case().stage, claimed().case().stage);
}

#[test]
fn r11_what_can_be_suspended_comes_back_as_it_was() {
    let suspendable = situations().into_iter().filter(|(_, past)| past.case().permitted().contains(&Step::Suspend));
    let mut count = 0;
    for (name, past) in suspendable {
        let (before, owner) = (past.case().stage.clone(), past.case().owner());
        let suspended = past.suspended();
        assert_eq!(suspended.case().owner(), owner, "{name}: R1");
        assert_eq!(suspended.case().stage.engaged(), before.engaged(), "{name}: R3");
        let only_while_suspended =
            |step: &Step| !matches!(step, Step::Withdraw | Step::Close | Step::CoSign | Step::Attach);
        let steps: Vec<Step> = suspended.case().permitted().into_iter().filter(only_while_suspended).collect();
        assert_eq!(steps, [Step::Resume], "{name}");
        assert_eq!(suspended.resumed().case().stage, before, "{name}");
        count += 1;
    }
    assert!(count > 15, "{count} situations can be suspended");
}

#[test]
fn nothing_moves_while_it_is_suspended() {
    let permitted = ["resume", "withdraw", "co-signers", "attachments"];
    given(claimed().suspended().by(staff_of("fire-brigade")))
        .when(progress("fire-brigade"))
        .then_refused(not_permitted(Step::Progress, "suspended", &permitted));
    given(claimed().suspended().by(staff_of("parks"))).when(progress("parks")).then_refused(Rejection::NotYours);
}

#[test]
fn a_resident_withdraws_even_what_is_suspended() {
    let past = given(claimed().suspended()).when(withdraw()).then_granted();
    assert_eq!(past.case().stage.engaged(), []);
}
