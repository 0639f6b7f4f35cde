//! The score sheet of a year, and the rows behind its hours.

use std::collections::BTreeMap;

use sandan_domain::review::Rating;
use sandan_domain::scoring::{Aspect, Entry, Part, Sheet, UnitScore, Year, to_points};
use sandan_domain::{CommunityId, UnitId};

use super::count;
use super::policy::weights;
use super::words::named;
use crate::v1;

pub(crate) fn sheet(community: &CommunityId, year: &Year) -> v1::GetScoresResponse {
    v1::GetScoresResponse {
        community: community.to_string(),
        year: year.year.into(),
        policy: year.policy.version,
        policy_of: year.policy.of.as_ref().map(ToString::to_string),
        weights: Some(weights(*year.weights())),
        units: year.units.iter().map(|score| unit(year, score)).collect(),
        rated_by_units: Some(parts(&year.community)),
        ratings: year.book.ratings.iter().map(|(unit, answers)| rating(unit, answers)).collect(),
    }
}

fn unit(year: &Year, score: &UnitScore) -> v1::UnitScore {
    let members = (1..).zip(&score.members).map(|(number, member)| v1::ScoreMember {
        number,
        check_ins: member.check_ins,
        minutes: member.minutes,
        counted_minutes: member.counted(year.weights()),
    });
    v1::UnitScore {
        unit: score.unit.to_string(),
        sheet: Some(parts(&score.sheet)),
        members: members.collect(),
        evidence: year.book.commitments.get(&score.unit).map(|entered| entered.evidence.clone()),
    }
}

fn parts(sheet: &Sheet) -> v1::ScoreSheet {
    let part = |part: &Part| v1::ScorePart {
        name: part.name.to_owned(),
        weight: part.weight,
        numerator: part.share.numerator,
        denominator: part.share.denominator,
        points: part.points().map(to_points),
    };
    v1::ScoreSheet { score: sheet.score().map(to_points), parts: sheet.parts.iter().map(part).collect() }
}

fn rating(unit: &UnitId, answers: &BTreeMap<Aspect, Rating>) -> v1::CommunityRating {
    let of = |aspect| answers.get(&aspect).map_or(0, |rating| named::<v1::Rating>(rating.name()));
    let (dispatch, support, response) = (of(Aspect::Dispatch), of(Aspect::Support), of(Aspect::Response));
    v1::CommunityRating { unit: unit.to_string(), dispatch, support, response }
}

pub(crate) fn entry(year: &Year, number: usize, entry: &Entry) -> v1::ScoreEntry {
    let work = entry.work.as_ref();
    v1::ScoreEntry {
        entry: count(number),
        unit: entry.unit.to_string(),
        member: year.member_of(entry).map(count),
        day: entry.day.to_string(),
        minutes: work.map(|work| work.minutes),
        activity: work.map(|work| work.activity.clone()),
        evidence: work.map(|work| work.evidence.clone()),
        struck: entry.struck.clone(),
    }
}
