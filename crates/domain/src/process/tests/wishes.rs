//! Random wishes over several requests, units and residents.

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use crate::category::Category;
use crate::ids::{PersonId, RequestId};
use crate::people::Actor;
use crate::process::Reaction;
use crate::request::{Case, Command, File, ServiceRequest, Stage, Step};
use crate::review::{self, Rating, SatisfactionReview};
use crate::testing::{
    World, category, claim, co_sign, complete, desk, dispatch_to_pool, dispatch_to_team, filing, give_back, merge_into,
    oversight, person, progress, reject, request, resident, rightful, staff_of, text, verify, withdraw,
};

const REQUESTS: [&str; 3] = ["lamp", "bench", "path"];
const RESIDENTS: [&str; 5] = ["wang", "li", "zhao", "chen", "sun"];

/// Units with their stated capacities.
pub(super) const UNITS: [(&str, Option<u32>); 3] = [("fire-brigade", Some(1)), ("parks", Some(2)), ("roads", None)];

/// What somebody tries to do with a request.
#[derive(Clone, Debug)]
pub(super) enum Try {
    File,
    CoSign(&'static str),
    /// Whoever may take it takes one of the permitted steps.
    Rightful(usize),
    /// The step that leads to the review.
    Forward,
    Dispatch(Vec<&'static str>),
    Pool(u32),
    Claim(&'static str),
    Return(&'static str),
    Progress(&'static str),
    Complete(&'static str),
    Verify(bool),
    Reject,
    Withdraw,
    Merge(&'static str),
    /// One of the signers, or a stranger.
    Rate {
        voter: usize,
        rating: Rating,
        wrong: bool,
    },
    /// The hotline rings a voter up.
    Call(usize),
    /// A unit appeals a ballot of the last round, or somebody decides an appeal.
    Appeal(usize, bool),
}

/// A try at a request, and the hours that pass before.
pub(super) type Turn = (i64, &'static str, Try);

pub(super) fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let unit = || select(UNITS.map(|(slug, _)| slug).to_vec());
    let ratings =
        select(vec![Rating::VerySatisfied, Rating::BasicallySatisfied, Rating::Dissatisfied, Rating::VeryDissatisfied]);
    let rate = (any::<usize>(), ratings, prop::bool::weighted(0.3));
    let attempt = prop_oneof![
        3 => Just(Try::File),
        2 => select(&RESIDENTS).prop_map(Try::CoSign),
        8 => any::<usize>().prop_map(Try::Rightful),
        14 => Just(Try::Forward),
        1 => prop::sample::subsequence(UNITS.map(|(slug, _)| slug).to_vec(), 1..=3).prop_shuffle().prop_map(Try::Dispatch),
        2 => (1u32..4).prop_map(Try::Pool),
        4 => unit().prop_map(Try::Claim),
        1 => unit().prop_map(Try::Return),
        1 => unit().prop_map(Try::Progress),
        2 => unit().prop_map(Try::Complete),
        1 => any::<bool>().prop_map(Try::Verify),
        1 => prop_oneof![Just(Try::Reject), Just(Try::Withdraw)],
        1 => select(&REQUESTS).prop_map(Try::Merge),
        1 => any::<usize>().prop_map(Try::Call),
        3 => (any::<usize>(), any::<bool>()).prop_map(|(nth, decides)| Try::Appeal(nth, decides)),
        12 => rate.prop_map(|(voter, rating, wrong)| Try::Rate { voter, rating, wrong }),
    ];
    prop::collection::vec((0i64..40, select(&REQUESTS), attempt), 1..200)
}

/// What a try comes to in this world, and whose it is.
pub(super) fn spell_out(world: &World, name: &'static str, attempt: &Try) -> Option<(Actor, Reaction)> {
    let id = request(name);
    let of_desk = |command| Some((desk(), Reaction::Request(id, command)));
    let of_unit = |slug: &str, command| Some((staff_of(slug), Reaction::Request(id, command)));
    match attempt {
        Try::File => Some((resident("wang"), Reaction::Request(id, file_as(name)))),
        Try::CoSign(who) => Some((resident(who), Reaction::Request(id, co_sign(who)))),
        Try::Rightful(nth) => {
            let (actor, command) = a_permitted_step(world.case(name)?, *nth, world.now)?;
            Some((actor, Reaction::Request(id, command)))
        }
        Try::Forward => {
            let case = world.case(name)?;
            let (actor, _, command) = rightful(forward(&case.stage)?, case, world.now)?;
            Some((actor, Reaction::Request(id, command)))
        }
        Try::Dispatch(units) => of_desk(dispatch_to_team(units[0], &units[1..])),
        Try::Pool(slots) => of_desk(dispatch_to_pool(*slots)),
        Try::Claim(slug) => of_unit(slug, claim(slug)),
        Try::Return(slug) => of_unit(slug, give_back(slug)),
        Try::Progress(slug) => of_unit(slug, progress(slug)),
        Try::Complete(slug) => of_unit(slug, complete(slug)),
        Try::Verify(confirmed) => of_desk(verify(*confirmed)),
        Try::Reject => of_desk(reject()),
        Try::Withdraw => Some((resident("wang"), Reaction::Request(id, withdraw()))),
        Try::Merge(into) => of_desk(merge_into(into)),
        Try::Call(voter) => {
            let person = *voters(world.case(name)).get(*voter % RESIDENTS.len())?;
            let command = review::Command::Call { person, outcome: review::CallOutcome::NoAnswer, note: None };
            Some((desk(), Reaction::Review(id, command)))
        }
        Try::Appeal(nth, decides) => appeal(world, id, *nth, *decides),
        Try::Rate { voter, rating, wrong } => {
            let voters = voters(world.case(name));
            let person = voters.get(voter % (voters.len() + 1)).copied().unwrap_or_else(|| person("nobody"));
            let (rating, dispatch_wrong) = (*rating, *wrong && rating.is_dissatisfied());
            let command = review::Command::Rate(review::Vote { dispatch_wrong, ..review::Vote::new(person, rating) });
            Some((Actor::Resident(Some(person)), Reaction::Review(id, command)))
        }
    }
}

/// A ballot of the round that was opened last is appealed by the unit that did the work, or its appeal is decided.
fn appeal(world: &World, id: RequestId, nth: usize, decides: bool) -> Option<(Actor, Reaction)> {
    let SatisfactionReview::Round(round) = world.states.reviews.get(&id)? else { return None };
    let (unit, reason) = (round.units.first()?.clone(), text("looked at"));
    let persons: Vec<PersonId> = round.ballots.keys().copied().collect();
    let person = *persons.get(nth % persons.len().max(1))?;
    let (by, command) = if decides {
        (oversight(), review::Command::DecideAppeal { round: round.nth, person, upheld: nth.is_multiple_of(2), reason })
    } else {
        let ground = review::Ground::Mistaken;
        (staff_of(unit.as_str()), review::Command::Appeal { round: round.nth, person, unit, ground, reason })
    };
    Some((by, Reaction::Review(id, command)))
}

/// Benches are of a category whose work is verified.
fn file_as(name: &str) -> Command {
    let category = (name == "bench").then(to_be_verified);
    Command::File(Box::new(File { category, ..filing() }))
}

pub(super) fn to_be_verified() -> Category {
    category("城乡建设")
}

/// Ends and joiners come soon enough by themselves, and units that there are not have no claim.
fn a_permitted_step(case: &Case, nth: usize, now: Timestamp) -> Option<(Actor, Command)> {
    let leads_on = |step: &Step| {
        !matches!(step, Step::Withdraw | Step::CoSign | Step::Attach | Step::Claim)
            && (!matches!(step, Step::Suspend | Step::Close) || nth.is_multiple_of(5))
    };
    let steps: Vec<Step> = case.permitted().into_iter().filter(leads_on).collect();
    let (actor, _, command) = rightful(*steps.get(nth % steps.len().max(1))?, case, now)?;
    Some((actor, command))
}

/// Of each stage the step that leads to the review; from the pool units claim as they like.
const fn forward(stage: &Stage) -> Option<Step> {
    match stage {
        Stage::Filed | Stage::Returned => Some(Step::Triage),
        Stage::Triaged => Some(Step::Dispatch),
        Stage::Dispatched { .. } => Some(Step::Claim),
        Stage::Claimed(_) | Stage::Rework(_) => Some(Step::Complete),
        Stage::Completed(_) => Some(Step::Verify),
        Stage::Suspended { .. } => Some(Step::Resume),
        Stage::Pooled { .. } | Stage::InReview(_) => None,
        Stage::Rejected | Stage::Merged | Stage::Withdrawn | Stage::Closed(_) => None,
    }
}

fn voters(case: Option<&Case>) -> Vec<PersonId> {
    case.map(|case| case.signers.clone()).unwrap_or_default()
}

impl World {
    /// All requests that were filed.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.states.requests.values().filter_map(|state| match state {
            ServiceRequest::Filed(case) => Some(&**case),
            ServiceRequest::Absent => None,
        })
    }

    pub fn case(&self, name: &str) -> Option<&Case> {
        match self.states.requests.get(&request(name))? {
            ServiceRequest::Filed(case) => Some(case),
            ServiceRequest::Absent => None,
        }
    }
}
