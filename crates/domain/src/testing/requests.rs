//! A request's wishes and its past, in the words of those who have them.

use jiff::Timestamp;
use uuid::Uuid;

use super::given::Past;
use super::people::{community, person, request, text, unit};
use crate::ids::{AttachmentId, PersonId};
use crate::number::RequestNumber;
use crate::people::Actor;
use crate::request::{
    Applicant, Case, Channel, Closing, Command, Destination, File, Merger, Photo, Place, Request, ServiceRequest, Team,
    TriageDecision, Urgency,
};

/// Wang files it on Monday, 2 November 2026, at eight.
pub(crate) fn filed() -> Past<Request> {
    Past::nothing().done(file())
}

impl Past<Request> {
    pub fn case(&self) -> &Case {
        match &self.state {
            ServiceRequest::Filed(case) => case,
            ServiceRequest::Absent => panic!("it was not filed"),
        }
    }

    pub fn triaged(self) -> Self {
        self.done(accept())
    }

    pub fn dispatched_to(self, slug: &str) -> Self {
        self.done(dispatch_to(slug))
    }

    pub fn dispatched_to_team(self, lead: &str, assisting: &[&str]) -> Self {
        self.done(dispatch_to_team(lead, assisting))
    }

    pub fn pooled(self, slots: u32) -> Self {
        self.done(dispatch_to_pool(slots))
    }

    pub fn claimed_by(self, slug: &str) -> Self {
        self.done(claim(slug))
    }

    pub fn returned_by(self, slug: &str) -> Self {
        self.done(give_back(slug))
    }

    /// Sent to a unit and handed back, twice.
    pub fn returned_twice(self) -> Self {
        self.triaged().dispatched_to("parks").returned_by("parks").triaged().dispatched_to("roads").returned_by("roads")
    }

    /// Triaged, sent to the fire brigade and claimed by it.
    pub fn with_the_fire_brigade(self) -> Self {
        self.triaged().dispatched_to("fire-brigade").claimed_by("fire-brigade")
    }

    pub fn completed_by(self, slug: &str) -> Self {
        self.done(complete(slug))
    }

    pub fn in_review(self) -> Self {
        let round = self.case().round;
        self.done(open_review(round))
    }

    /// Completed by the fire brigade, reviewed, and sent back.
    pub fn sent_back(self) -> Self {
        self.completed_by("fire-brigade").in_review().done(order_rework())
    }

    /// The same, because the dispatch was wrong.
    pub fn sent_back_to_triage(self) -> Self {
        self.completed_by("fire-brigade").in_review().done(order_rework_from_triage())
    }

    pub fn suspended(self) -> Self {
        let review_on = self.now + jiff::SignedDuration::from_hours(24 * 30);
        self.done(suspend_until(review_on))
    }

    pub fn resumed(self) -> Self {
        self.done(Command::Resume)
    }

    /// The first instant that is too late, and the program has said so.
    pub fn overdue(self) -> Self {
        let at = self.case().due.at;
        self.at_instant(at).done(Command::MarkOverdue)
    }

    /// The supervision order's limit passes as well.
    pub fn escalated(self) -> Self {
        let at = self.case().supervision.as_ref().expect("an order is open").at;
        self.at_instant(at).done(Command::Escalate)
    }

    /// What `actor` wishes, without changing who acts afterwards.
    pub fn done_by(self, actor: Actor, command: Command) -> Self {
        let before = self.actor.clone();
        self.by(actor).done(command).by(before)
    }
}

pub(crate) fn applicant(name: &str) -> Applicant {
    Applicant { person: person(name), name: Some(text(name)), phone: None, email: None }
}

/// The same, in a grid.
pub(crate) fn filed_in(grid: &str) -> Past<Request> {
    let place = Place { grid: Some(grid.parse().unwrap()), address: None, spot: None };
    Past::nothing().done(Command::File(Box::new(File { place: Some(place), ..filing() })))
}

pub(crate) fn filing() -> File {
    File {
        community: community(),
        number: RequestNumber::new(1),
        channel: Channel::Web,
        urgency: Urgency::Normal,
        category: None,
        title: Some(text("Street lamp")),
        description: text("The lamp before house 5 is out"),
        requester: applicant("wang"),
        place: None,
        external: None,
    }
}

pub(crate) fn file() -> Command {
    Command::File(Box::new(filing()))
}

pub(crate) fn co_sign(name: &str) -> Command {
    Command::CoSign(applicant(name))
}

pub(crate) fn accept() -> Command {
    Command::Triage(TriageDecision::Accept { category: None, urgency: None, reason: None, public_title: None })
}

pub(crate) fn reject() -> Command {
    Command::Triage(TriageDecision::Reject { reason: text("not ours") })
}

pub(crate) fn merge_into(other: &str) -> Command {
    Command::Triage(TriageDecision::Merge { into: request(other), reason: None })
}

pub(crate) fn absorb(from: &str, signers: &[&str]) -> Command {
    let signers: Vec<PersonId> = signers.iter().copied().map(person).collect();
    Command::Absorb(Merger { community: community(), from: request(from), signers })
}

pub(crate) fn team(lead: &str, assisting: &[&str]) -> Team {
    Team { lead: unit(lead), assisting: assisting.iter().copied().map(unit).collect() }
}

pub(crate) fn dispatch_to(slug: &str) -> Command {
    dispatch_to_team(slug, &[])
}

pub(crate) fn dispatch_to_team(lead: &str, assisting: &[&str]) -> Command {
    Command::Dispatch { target: Destination::Units(team(lead, assisting)), note: None }
}

pub(crate) fn dispatch_to_pool(slots: u32) -> Command {
    Command::Dispatch { target: Destination::Pool { slots }, note: None }
}

pub(crate) fn claim(slug: &str) -> Command {
    Command::Claim { unit: unit(slug) }
}

pub(crate) fn give_back(slug: &str) -> Command {
    Command::Return { unit: unit(slug), reason: text("not our pipe"), basis: text("regulation 12") }
}

pub(crate) fn rule_for(slug: &str) -> Command {
    Command::Rule { unit: Some(unit(slug)), reason: Some(text("the pipe is theirs")) }
}

pub(crate) fn rule_without_unit() -> Command {
    Command::Rule { unit: None, reason: None }
}

pub(crate) fn progress(slug: &str) -> Command {
    Command::Progress { unit: unit(slug), note: text("parts ordered") }
}

pub(crate) fn complete(slug: &str) -> Command {
    Command::Complete { unit: unit(slug), answer: text("it shines"), solved: true, unsolved_reason: None }
}

pub(crate) fn complete_unsolved(slug: &str, reason: Option<&str>) -> Command {
    Command::Complete { unit: unit(slug), answer: text("sorry"), solved: false, unsolved_reason: reason.map(text) }
}

pub(crate) fn verify(confirmed: bool) -> Command {
    Command::Verify { confirmed, note: Some(text("went there")) }
}

pub(crate) fn open_review(round: u32) -> Command {
    Command::OpenReview { round }
}

pub(crate) fn order_rework() -> Command {
    Command::OrderRework { from_triage: false }
}

pub(crate) fn order_rework_from_triage() -> Command {
    Command::OrderRework { from_triage: true }
}

pub(crate) fn close(closing: Closing) -> Command {
    Command::Close(closing)
}

pub(crate) fn close_dissatisfied() -> Command {
    Command::CloseDissatisfied { reason: text("nothing more can be done") }
}

pub(crate) fn propose_unreasonable(slug: &str) -> Command {
    Command::ProposeUnreasonable { unit: unit(slug), reason: text("against the law"), basis: text("article 9") }
}

pub(crate) fn decide_unreasonable(upheld: bool) -> Command {
    Command::DecideUnreasonable { upheld, reason: text("looked at") }
}

pub(crate) fn suspend_until(review_on: Timestamp) -> Command {
    Command::Suspend { reason: text("winter"), review_on }
}

pub(crate) fn extend_until(until: Timestamp) -> Command {
    Command::Extend { reason: Some(text("parts are late")), until: Some(until) }
}

pub(crate) fn grant_what_was_asked() -> Command {
    Command::Extend { reason: None, until: None }
}

pub(crate) fn withdraw() -> Command {
    Command::Withdraw { reason: None }
}

pub(crate) fn fall_back_to(slug: Option<&str>) -> Command {
    Command::FallBack { unit: slug.map(unit) }
}

pub(crate) fn attach() -> Command {
    Command::Attach(Photo {
        attachment: AttachmentId(Uuid::NAMESPACE_X500),
        hash: "00".repeat(32),
        media_type: "image/jpeg".to_owned(),
        bytes: 1_024,
        captured: None,
    })
}
