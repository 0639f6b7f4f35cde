//! In whose hands a request was, in what capacity, and for how long (R1).

use crate::request::{Capacity, Command, File, Hands, Holder, Request, Urgency};
use crate::testing::{Past, at, filing, rule_for, unit, withdraw};

/// A past whose hands are followed.
struct Followed {
    past: Past<Request>,
    hands: Hands,
}

impl Followed {
    /// What is done at a local time, one thing after another.
    fn at(mut self, local: &str, does: impl FnOnce(Past<Request>) -> Past<Request>) -> Self {
        let known = self.past.events.len();
        self.past = does(self.past.at(local));
        for event in &self.past.events[known..] {
            self.hands.take(event, at(local));
        }
        self
    }
}

/// Filed on a Friday evening, when the office is closed.
fn filed_in_the_evening() -> Followed {
    let file = || Command::File(Box::new(File { urgency: Urgency::Urgent, ..filing() }));
    let nothing = Followed { past: Past::nothing(), hands: Hands::default() };
    nothing.at("2026-11-06 20:00", |past| past.done(file()))
}

#[test]
fn r1_every_hand_it_passes_through_is_told_with_its_hours_and_they_add_up() {
    let story = filed_in_the_evening()
        .at("2026-11-06 21:00", Past::triaged)
        .at("2026-11-09 09:00", |past| past.dispatched_to("parks"))
        .at("2026-11-09 13:00", |past| past.returned_by("parks"))
        .at("2026-11-09 15:00", Past::triaged)
        .at("2026-11-09 16:00", |past| past.pooled(1))
        .at("2026-11-10 09:00", |past| past.claimed_by("roads"))
        .at("2026-11-10 10:00", |past| past.returned_by("roads"))
        .at("2026-11-11 09:00", |past| past.done(rule_for("fire-brigade")))
        .at("2026-11-11 10:00", |past| past.claimed_by("fire-brigade"))
        .at("2026-11-11 11:00", Past::suspended)
        .at("2026-11-12 11:00", Past::resumed)
        .at("2026-11-12 17:00", |past| past.completed_by("fire-brigade"))
        .at("2026-11-12 17:30", Past::in_review);
    let told = story.hands.tell(at("2026-11-13 17:00"), &story.past.policy);
    let lines: Vec<_> = told
        .items
        .iter()
        .map(|(hand, spell)| {
            let who = hand.holder.unit().map_or("desk", |unit| unit.as_str());
            (who, hand.capacity, hand.suspended, spell.seconds / 3_600, spell.working_seconds / 3_600)
        })
        .collect();
    let expected = [
        ("desk", Capacity::DutyDesk, false, 1, 0),
        ("desk", Capacity::Desk, false, 60, 0),
        ("parks", Capacity::Unit, false, 4, 3),
        ("desk", Capacity::Desk, false, 3, 3),
        ("desk", Capacity::Pool, false, 17, 1),
        ("roads", Capacity::Unit, false, 1, 1),
        ("desk", Capacity::Committee, false, 23, 6),
        ("fire-brigade", Capacity::Unit, false, 2, 2),
        ("fire-brigade", Capacity::Unit, true, 24, 7),
        ("fire-brigade", Capacity::Unit, false, 6, 5),
        ("desk", Capacity::Verification, false, 0, 0),
        ("desk", Capacity::Review, false, 23, 7),
    ];
    assert_eq!(lines, expected);
    let totals: Vec<_> = told.totals.iter().map(|(holder, spell)| (holder.clone(), spell.seconds / 3_600)).collect();
    let of = |slug: &str| Holder::Unit(unit(slug));
    assert_eq!(totals, [(Holder::Desk, 128), (of("parks"), 4), (of("roads"), 1), (of("fire-brigade"), 32)]);
    assert_eq!((told.total.seconds, told.total.working_seconds), (165 * 3_600, 35 * 3_600));
}

#[test]
fn r1_what_has_ended_is_in_nobodys_hands_and_does_not_grow() {
    let story = filed_in_the_evening().at("2026-11-07 20:00", |past| past.done(withdraw()));
    let told = |now| story.hands.tell(at(now), &story.past.policy);
    assert_eq!(told("2026-11-07 20:00"), told("2027-01-01 08:00"));
    assert_eq!(told("2027-01-01 08:00").total.seconds, 24 * 3_600);
    assert_eq!(story.hands.all().last().unwrap().to, Some(at("2026-11-07 20:00")));
}
