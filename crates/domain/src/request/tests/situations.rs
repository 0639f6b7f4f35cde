//! Every stage, in each of the situations that make a difference to its rules.

use crate::request::{Closing, Request, Stage};
use crate::testing::{
    Past, accept, attach, claim, close, close_dissatisfied, extend_until, filed, give_back, listing, merge_into,
    order_rework, reject, rule_for, withdraw,
};

type Situations = Vec<(&'static str, Past<Request>)>;

listing! {
    /// Name of the stage: one that is added needs its situations here.
    stage_name(Stage) -> by_stage: Situations;
    Stage::Filed => "filed": vec![
        ("filed", filed()),
        ("filed, 20 photos", with_20_photos()),
        ("filed, overdue", filed().overdue()),
    ],
    Stage::Triaged => "triaged": vec![
        ("triaged", filed().triaged()),
        ("triaged, returned twice", filed().returned_twice().triaged()),
        ("triaged in rework", filed().with_the_fire_brigade().sent_back_to_triage().triaged()),
    ],
    Stage::Returned => "returned": vec![
        ("returned", filed().triaged().dispatched_to("parks").returned_by("parks")),
        ("returned twice", filed().returned_twice()),
        ("returned by residents", filed().with_the_fire_brigade().sent_back_to_triage()),
        ("returned, third rework", third_rework().returned_by("fire-brigade")),
    ],
    Stage::Dispatched { .. } => "dispatched": vec![
        ("dispatched", dispatched()),
        ("dispatched, ruled", ruled()),
        ("dispatched in rework", rework().dispatched_to("water-works")),
    ],
    Stage::Pooled { .. } => "pooled": vec![
        ("pooled", filed().triaged().pooled(1)),
        ("pooled, returned twice", filed().returned_twice().triaged().pooled(2)),
    ],
    Stage::Claimed(_) => "claimed": vec![
        ("claimed", claimed()),
        ("claimed, a slot open", filed().triaged().pooled(2).claimed_by("fire-brigade")),
        ("claimed, ruled", ruled().claimed_by("fire-brigade")),
        ("claimed, extended", extended()),
        ("claimed, overdue", claimed().overdue()),
        ("claimed, the town has it", claimed().overdue().escalated().escalated().escalated()),
        ("claimed in rework", rework().dispatched_to("water-works").claimed_by("water-works")),
    ],
    Stage::Completed(_) => "completed": vec![("completed", claimed().completed_by("fire-brigade"))],
    Stage::InReview(_) => "in review": vec![
        ("in review", in_review()),
        ("in review, third rework", third_rework().completed_by("fire-brigade").in_review()),
    ],
    Stage::Rework(_) => "rework": vec![
        ("rework", rework()),
        ("rework, ruled", ruled().claimed_by("fire-brigade").sent_back()),
        ("third rework", third_rework()),
    ],
    Stage::Suspended { .. } => "suspended": vec![
        ("suspended, filed", filed().suspended()),
        ("suspended, triaged", filed().triaged().suspended()),
        ("suspended, returned", dispatched().done(give_back("fire-brigade")).suspended()),
        ("suspended, dispatched", dispatched().suspended()),
        ("suspended, pooled", filed().triaged().pooled(1).suspended()),
        ("suspended, claimed", claimed().suspended()),
        ("suspended, overdue", claimed().overdue().suspended()),
        ("suspended, rework", rework().suspended()),
        ("suspended, third rework", third_rework().suspended()),
    ],
    Stage::Rejected => "rejected": vec![("rejected", filed().done(reject()))],
    Stage::Merged => "merged": vec![("merged", filed().done(merge_into("another")))],
    Stage::Withdrawn => "withdrawn": vec![("withdrawn", filed().done(withdraw()))],
    Stage::Closed(_) => "closed": vec![
        ("closed, satisfied", in_review().done(close(Closing::Satisfied))),
        ("closed, unrated", in_review().done(close(Closing::Unrated))),
        ("closed, dissatisfied", third_rework().done(close_dissatisfied())),
    ],
}

/// Every situation, by its name.
pub(super) fn situations() -> Situations {
    by_stage().into_iter().flat_map(|(_, situations)| situations).collect()
}

fn dispatched() -> Past<Request> {
    filed().triaged().dispatched_to("fire-brigade")
}

pub(super) fn claimed() -> Past<Request> {
    dispatched().done(claim("fire-brigade"))
}

/// Returned twice; then the committee ruled that the fire brigade has it.
pub(super) fn ruled() -> Past<Request> {
    filed().returned_twice().done(accept()).done(rule_for("fire-brigade"))
}

pub(super) fn in_review() -> Past<Request> {
    claimed().completed_by("fire-brigade").in_review()
}

pub(super) fn rework() -> Past<Request> {
    in_review().done(order_rework())
}

pub(super) fn third_rework() -> Past<Request> {
    rework().sent_back().sent_back()
}

fn extended() -> Past<Request> {
    let past = claimed();
    let later = past.case().due.at + jiff::SignedDuration::from_hours(24);
    past.done(extend_until(later))
}

pub(super) fn with_20_photos() -> Past<Request> {
    (0..20).fold(filed(), |past, _| past.done(attach()))
}

#[test]
fn each_situation_stands_under_its_own_stage() {
    for (stage, situations) in by_stage() {
        assert!(!situations.is_empty(), "{stage} has a situation");
        for (name, past) in situations {
            assert_eq!(stage_name(&past.case().stage), stage, "{name}");
        }
    }
}
