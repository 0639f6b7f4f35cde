//! Random wishes: anybody, anything, in any order, with ever later times.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::people::Actor;
use crate::request::{Case, Closing, Command, Request, ServiceRequest, Step};
use crate::testing::{
    Past, absorb, accept, attach, claim, close, close_dissatisfied, co_sign, complete, complete_unsolved,
    decide_unreasonable, desk, dispatch_to_pool, dispatch_to_team, extend_until, fall_back_to, filed, give_back,
    grant_what_was_asked, merge_into, open_review, order_rework, order_rework_from_triage, progress,
    propose_unreasonable, reject, rightful, rule_for, rule_without_unit, staff_of, supervisor, suspend_until, verify,
    withdraw,
};

/// A wish whose content may depend on the state.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    /// Whoever may take it takes one of the permitted steps.
    Rightful(usize),
    /// The round `case.round` of the review opens, or ends as ordered.
    Review(Command),
    Anything(Actor, Box<Command>),
}

const UNITS: [&str; 3] = ["fire-brigade", "parks", "roads"];

/// Wishes with the hours that pass before each.
pub(super) fn wishes() -> impl Strategy<Value = Vec<(i64, Wish)>> {
    prop::collection::vec((0i64..60, wish()), 1..100)
}

fn wish() -> impl Strategy<Value = Wish> {
    let review = select(vec![order_rework(), order_rework(), order_rework_from_triage(), close(Closing::Satisfied)]);
    prop_oneof![
        5 => any::<usize>().prop_map(Wish::Rightful),
        2 => review.prop_map(Wish::Review),
        4 => anything(),
    ]
}

pub(super) fn anything() -> impl Strategy<Value = Wish> {
    let units = (select(&UNITS), select(&UNITS), any::<bool>(), 0u32..4, any::<u32>());
    let actors = select(vec![desk(), supervisor(), staff_of("fire-brigade"), staff_of("parks"), Actor::System]);
    (0..commands(UNITS[0], UNITS[1], true, 0, 0).len(), units, actors).prop_map(
        |(nth, (a, b, yes, few, hours), actor)| {
            Wish::Anything(actor, Box::new(commands(a, b, yes, few, hours).swap_remove(nth)))
        },
    )
}

/// One of each kind of wish, as varied by the arguments.
fn commands(a: &str, b: &str, yes: bool, few: u32, hours: u32) -> Vec<Command> {
    let time = crate::testing::at("2026-11-02 08:00") + SignedDuration::from_hours((hours % 2_000).into());
    let people = ["wang", "li", "zhao", "chen"];
    let signer = people[few as usize % people.len()];
    vec![
        co_sign(signer),
        accept(),
        reject(),
        merge_into("another"),
        absorb("another", &["li", signer]),
        dispatch_to_team(a, if yes { &[] } else { &["parks"] }),
        dispatch_to_pool(few),
        claim(a),
        claim(b),
        give_back(a),
        if yes { rule_for(a) } else { rule_without_unit() },
        progress(a),
        complete(a),
        complete_unsolved(a, yes.then_some("no parts")),
        verify(yes),
        open_review(few),
        order_rework(),
        close(Closing::Unrated),
        close_dissatisfied(),
        suspend_until(time),
        Command::Resume,
        if yes { extend_until(time) } else { grant_what_was_asked() },
        withdraw(),
        attach(),
        propose_unreasonable(a),
        decide_unreasonable(yes),
        Command::Remind,
        Command::MarkOverdue,
        Command::Escalate,
        fall_back_to(yes.then_some(a)),
    ]
}

/// What the wish comes to in this state, and whose it is.
pub(super) fn spell_out(wish: &Wish, case: &Case, now: Timestamp) -> Option<(Actor, Command)> {
    match wish {
        Wish::Rightful(nth) => {
            // Ends and joiners come soon enough by themselves.
            let leads_on = |step: &Step| !matches!(step, Step::Withdraw | Step::Close | Step::CoSign | Step::Attach);
            let steps: Vec<Step> = case.permitted().into_iter().filter(leads_on).collect();
            let step = steps.get(nth % steps.len().max(1))?;
            let (actor, _, command) = rightful(*step, case, now)?;
            Some((actor, command))
        }
        Wish::Review(_) if case.stage.name() == "completed" => Some((Actor::System, open_review(case.round))),
        Wish::Review(command) => Some((Actor::System, command.clone())),
        Wish::Anything(actor, command) => Some((actor.clone(), (**command).clone())),
    }
}

/// The states that a random history goes through, from filing on.
pub(super) fn history(wishes: &[(i64, Wish)]) -> Vec<Past<Request>> {
    let mut pasts = vec![filed()];
    for (hours, wish) in wishes {
        let past = pasts[pasts.len() - 1].clone().after_hours(*hours);
        let ServiceRequest::Filed(case) = &past.state else { panic!("it was filed") };
        let Some((actor, command)) = spell_out(wish, case, past.now) else { continue };
        let past = past.by(actor);
        if past.decide(command.clone()).is_ok() {
            pasts.push(past.done(command));
        }
    }
    pasts
}
