//! R13: a change of policy, category or calendar works the due time out anew and never loses a pause.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use crate::request::{Anew, Case, Command, Event, Request, TriageDecision, Urgency};
use crate::testing::{
    Past, accept, at, category, dispatch_to, extend_until, filed, give_back, given, policy, supervisor, suspend_until,
};
use crate::time::tests::naive::{self, DAY, Town};
use crate::time::tests::towns::{limits, towns};
use crate::time::{Calendar, CalendarDay, Class, Limit, Policy, Rule};

fn anew() -> Command {
    Command::Reschedule(Anew::Policy)
}

fn completion(limit: Limit) -> Policy {
    Policy { version: 2, completion: limit, ..policy() }
}

/// Under the policy, with all that this changes.
fn under(past: Past<Request>, policy: Policy) -> Past<Request> {
    past.under(policy).done(anew())
}

fn claimed() -> Past<Request> {
    filed().with_the_fire_brigade()
}

fn due(past: &Past<Request>) -> Timestamp {
    past.case().due.at
}

#[test]
fn a_longer_limit_moves_the_due_time_and_says_so() {
    let before = claimed().case().due.clone();
    let past = under(claimed().at("2026-11-05 10:00"), completion(Limit::days(20)));
    let Some(Event::Rescheduled(moved)) = past.events.last() else { panic!("{:?}", past.events.last()) };
    assert_eq!((moved.cause, &moved.before, moved.due.policy), (Anew::Policy, &before, 2));
    assert_eq!((due(&past), past.case().due.started), (at("2026-12-01 00:00"), before.started));
    given(past).when(anew()).then_nothing();
}

/// GLPI 6902 and 15605: there the pause was lost when the agreement changed.
#[test]
fn no_pause_is_lost_when_the_policy_changes_before_within_or_after_it() {
    let suspend = |past: Past<Request>| past.at("2026-11-04 12:00").done(suspend_until(at("2026-12-01 08:00")));
    let resume = |past: Past<Request>| past.at("2026-11-09 12:00").done(Command::Resume);
    let ten = || completion(Limit::days(10));
    let within = resume(under(suspend(claimed()).at("2026-11-06 08:00"), ten()));
    let after = under(resume(suspend(claimed())).at("2026-11-10 08:00"), ten());
    let before = resume(suspend(under(claimed(), ten())));
    // Ten days end with the 16th; Wednesday, Thursday and Friday ended while the clock stood still.
    for past in [before, within, after] {
        assert_eq!(due(&past), at("2026-11-20 00:00"));
        assert_eq!(past.case().pauses.len(), 1);
    }
}

#[test]
fn several_pauses_are_all_kept_and_an_extension_as_well() {
    let mut past = claimed();
    for (from, to) in [("2026-11-03 12:00", "2026-11-04 12:00"), ("2026-11-05 12:00", "2026-11-06 12:00")] {
        past = past.at(from).done(suspend_until(at("2026-12-01 08:00"))).at(to).done(Command::Resume);
    }
    assert_eq!(due(&past), at("2026-11-26 00:00"));
    let shorter = under(past.clone(), completion(Limit::days(10)));
    assert_eq!(due(&shorter), at("2026-11-19 00:00"));
    let extended = past.done_by(supervisor(), extend_until(at("2026-12-03 12:00")));
    assert_eq!(due(&under(extended.clone(), completion(Limit::days(10)))), at("2026-12-03 12:00"));
    assert_eq!(due(&under(extended, completion(Limit::days(30)))), at("2026-12-17 00:00"), "the longer of both");
}

/// Zammad 5177: the wrong one of two timers won. Here each runs on its own clock.
#[test]
fn reminder_order_and_pool_move_each_by_its_own_limit() {
    let slower = Policy {
        reminder: Limit::days(6),
        supervision: Limit::days(4),
        pool_fallback: Limit::days(2),
        ..completion(Limit::days(15))
    };
    let past = under(claimed().at("2026-11-03 08:00"), slower.clone());
    assert_eq!(past.case().remind_at, Some(at("2026-11-11 00:00")));
    assert_eq!(due(&past), due(&claimed()));
    let past = under(filed().triaged().pooled(1).at("2026-11-02 09:00"), slower.clone());
    assert_eq!(past.case().fallback_at, Some(at("2026-11-05 00:00")));
    let past = under(claimed().overdue(), slower);
    assert_eq!(past.case().supervision.as_ref().map(|order| order.at), Some(at("2026-12-01 00:00")));
    assert!(past.case().overdue, "what has passed has passed");
    assert_eq!(due(&past), at("2026-11-24 00:00"));
}

/// Zammad 5624: a time of the old place stayed after the move to another category.
#[test]
fn triage_into_another_category_works_it_out_anew_and_nothing_of_the_old_one_stays() {
    let limits = [(Rule::Completion, Limit::hours(24)), (Rule::Reminder, Limit::hours(6))].into();
    let class =
        Class { name: "utilities".into(), categories: vec![category("自来水供应")], urgency: None, limits };
    let policy = Policy { classes: vec![class], ..policy() };
    let past = claimed().under(policy).at("2026-11-02 12:00").done(give_back("fire-brigade"));
    let accept = TriageDecision::Accept {
        category: Some(category("自来水供应")),
        urgency: None,
        reason: None,
        public_title: None,
    };
    let past = past.done(Command::Triage(accept));
    let Some(Event::Rescheduled(moved)) = past.events.last() else { panic!("{:?}", past.events) };
    assert_eq!(moved.cause, Anew::Category);
    assert_eq!(past.case().due.limit, Limit::hours(24));
    assert_eq!((due(&past), past.case().remind_at), (at("2026-11-03 08:00"), Some(at("2026-11-02 14:00"))));
    let past = past.done(dispatch_to("water-works"));
    assert_eq!(due(&past), at("2026-11-03 08:00"), "R4: the clock runs on");
}

#[test]
fn triage_that_changes_nothing_moves_nothing_and_urgency_of_work_not_begun_neither() {
    let before = filed().case().due.clone();
    let urgent =
        TriageDecision::Accept { category: None, urgency: Some(Urgency::Urgent), reason: None, public_title: None };
    let past = given(filed().at("2026-11-03 09:00")).when(Command::Triage(urgent)).then_granted();
    assert!(matches!(past.events.last(), Some(Event::Triaged(_))));
    let past = under(past, completion(Limit::days(3)));
    assert_eq!(past.case().due, before);
    given(claimed().done(give_back("fire-brigade"))).when(accept()).then_granted();
}

/// Signalen: festivals were not looked at.
#[test]
fn a_festival_that_is_published_later_moves_what_is_open() {
    let day = |date: &str| CalendarDay { date: date.parse().unwrap(), worked: false, name: "Fair".to_owned() };
    let fair = ["2026-11-10", "2026-11-11", "2026-11-12"].map(day);
    let calendar = Calendar::china().with_years(&"harbour".parse().unwrap(), 1, "Harbour", &fair);
    let policy = Policy { calendar: Arc::new(calendar), ..policy() };
    let past = claimed().at("2026-11-05 08:00").under(policy).done(Command::Reschedule(Anew::Calendar));
    assert_eq!(due(&past), at("2026-11-27 00:00"));
    assert_eq!((past.case().due.calendar, past.case().due.calendar_of.is_some()), (1, true));
}

#[test]
fn what_had_passed_stays_passed_and_what_stands_still_is_judged_by_when_it_stopped() {
    let missed = claimed().at("2026-11-24 00:00");
    given(missed.under(completion(Limit::days(30)))).when(anew()).then_granted();
    let missed = under(claimed().at("2026-11-24 00:00"), completion(Limit::days(30)));
    assert_eq!(due(&missed), at("2026-11-24 00:00"));
    let stands = claimed().at("2026-11-20 08:00").done(suspend_until(at("2026-12-20 08:00")));
    let stands = under(stands.at("2026-12-01 08:00"), completion(Limit::days(20)));
    assert_eq!(due(&stands), at("2026-12-01 00:00"));
    // Seven days ended while it stood: the 20th, and those from the 23rd to the 30th.
    let runs = stands.done(Command::Resume);
    assert_eq!(due(&runs), at("2026-12-10 00:00"));
}

/// One thing that happens to a request, some minutes after the one before.
#[derive(Clone, Debug)]
enum Deed {
    Suspend,
    Resume,
    Policy(Limit),
    Place(Box<(Policy, Town)>),
    Extend(i64),
}

fn deeds() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let deed = prop_oneof![
        3 => Just(Deed::Suspend),
        3 => Just(Deed::Resume),
        2 => limits().prop_map(Deed::Policy),
        1 => towns().prop_map(|place| Deed::Place(Box::new(place))),
        1 => (1..20 * DAY).prop_map(Deed::Extend),
    ];
    prop::collection::vec((prop_oneof![0..6 * DAY, 0..300_i64], deed), 1..12)
}

/// What somebody keeps on paper who looks at nothing but the simulator.
struct Paper {
    town: Town,
    started: i64,
    limit: Limit,
    pauses: Vec<(i64, i64)>,
    stands_since: Option<i64>,
    extension: Option<(i64, i64)>,
    due: i64,
}

impl Paper {
    /// Worked out from the beginning, unless it had passed by then.
    fn work_out(&mut self, now: i64) {
        if self.due <= self.stands_since.unwrap_or(now) {
            return;
        }
        self.due = self.town.due(self.started, self.limit, &self.pauses);
        if let Some((until, granted)) = self.extension {
            let later = self.pauses.iter().filter(|(from, _)| *from >= granted);
            let until = later.fold(until, |at, (from, to)| self.town.put_off(at, *from, *to, self.limit.unit));
            self.due = self.due.max(until);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_changes_the_due_time_is_the_simulators(limit in limits(), deeds in deeds()) {
        let mut place = policy();
        place.completion = limit;
        let mut past = filed().triaged().under(place.clone()).done(dispatch_to("fire-brigade"));
        let started = naive::minute(past.now);
        let town = Town { exceptions: HashMap::new(), ..Town::standard() };
        let town = Town { exceptions: Town::standard().exceptions, ..town };
        let due = town.due(started, limit, &[]);
        let mut paper = Paper { town, started, limit, pauses: vec![], stands_since: None, extension: None, due };
        let mut now = started;
        for (minutes, deed) in deeds {
            now += minutes;
            past = past.at_instant(naive::instant(now));
            match deed {
                Deed::Suspend if paper.stands_since.is_none() => {
                    past = past.done(suspend_until(naive::instant(now + 1)));
                    paper.stands_since = Some(now);
                }
                Deed::Resume => if let Some(since) = paper.stands_since {
                    past = past.done(Command::Resume);
                    paper.pauses.push((since, now));
                    // Judged by when it stopped.
                    paper.work_out(since);
                    paper.stands_since = None;
                },
                Deed::Policy(limit) => {
                    place = Policy { completion: limit, ..place };
                    past = past.under(place.clone()).done(anew());
                    paper.limit = limit;
                    paper.work_out(now);
                }
                Deed::Place(other) => {
                    let (policy, town) = *other;
                    place = Policy { calendar: policy.calendar, office: policy.office, ..place };
                    past = past.under(place.clone()).done(Command::Reschedule(Anew::Calendar));
                    paper.town = town;
                    paper.work_out(now);
                }
                Deed::Extend(by) => if paper.stands_since.is_none() && paper.extension.is_none() && now < paper.due {
                    let until = paper.due + by;
                    past = past.done_by(supervisor(), extend_until(naive::instant(until)));
                    (paper.extension, paper.due) = (Some((until, now)), until);
                },
                Deed::Suspend => {}
            }
            let case: &Case = past.case();
            prop_assert_eq!(naive::minute(case.due.at), paper.due);
            // What is not late yet can be opened, and ends where it should.
            if paper.due > paper.stands_since.unwrap_or(now) {
                prop_assert_eq!(case.explain(&place).map(|told| told.due_at), Some(case.due.at));
            }
        }
    }
}
