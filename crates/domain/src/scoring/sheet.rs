//! The score sheet: every input with its numerator and denominator, and what comes of them (R23). In whole numbers.

use std::collections::BTreeMap;

use crate::ids::{PersonId, UnitId};
use crate::scoring::event::Aspect;
use crate::scoring::state::{Entry, Scorebook};
use crate::scoring::weights::ScoreWeights;
use crate::share::Share;

/// One input of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// `on_time`, `satisfaction`, `commitments`, `hours`; `dispatch`, `support`, `response`.
    pub name: &'static str,
    pub weight: u32,
    pub share: Share,
}

impl Part {
    /// Whether requests are counted: it has rows in the ledger then.
    pub fn is_of_requests(&self) -> bool {
        matches!(self.name, "on_time" | "satisfaction")
    }

    /// In hundredths of a point of 100, rounded; `None` where there is nothing to divide by.
    pub fn points(&self) -> Option<u64> {
        let Share { numerator, denominator } = self.share;
        (denominator > 0).then(|| divided(10_000 * numerator, denominator))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub parts: Vec<Part>,
}

impl Sheet {
    /// In hundredths of a point of 100, rounded: each part by its weight. A part without a denominator says nothing, and
    /// the weights of the others stand for the whole; without any there is no score.
    pub fn score(&self) -> Option<u64> {
        let known = self.parts.iter().filter_map(|part| Some((u64::from(part.weight), part.points()?)));
        let (weight, sum) = known.fold((0, 0), |(all, sum), (weight, points)| (all + weight, sum + weight * points));
        (weight > 0).then(|| divided(sum, weight))
    }
}

/// Hundredths of a point as points to two places, for programs to read.
pub fn to_points(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

/// Rounded to the nearest, halves up.
const fn divided(numerator: u64, denominator: u64) -> u64 {
    (2 * numerator + denominator) / (2 * denominator)
}

/// Somebody who served for a unit, or only checked in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Member {
    pub check_ins: u32,
    /// Of confirmed work.
    pub minutes: u32,
}

impl Member {
    /// What counts of it: up to the target; a bare check-in is nothing (扫码打卡族).
    pub fn counted(&self, weights: &ScoreWeights) -> u64 {
        u64::from(self.minutes).min(target(weights))
    }
}

fn target(weights: &ScoreWeights) -> u64 {
    60 * u64::from(weights.target_hours)
}

/// A unit's people by what they did.
pub fn members(book: &Scorebook, unit: &UnitId) -> BTreeMap<PersonId, Member> {
    let mut members = BTreeMap::new();
    for Entry { person, work, .. } in book.standing().filter(|entry| entry.unit == *unit) {
        let member: &mut Member = members.entry(*person).or_default();
        match work {
            Some(work) => member.minutes = member.minutes.saturating_add(work.minutes),
            None => member.check_ins = member.check_ins.saturating_add(1),
        }
    }
    members
}

/// The community rates a unit: what it did on time, residents' satisfaction, commitments kept, hours served.
///
/// Hours: of everybody who was entered for the unit up to the target, of the target for each. Who only checked in is asked
/// for the target like everybody, and has nothing; a unit that nobody was entered for has none of one person's target.
pub fn unit_sheet(
    weights: &ScoreWeights,
    book: &Scorebook,
    unit: &UnitId,
    on_time: Share,
    satisfaction: Share,
) -> Sheet {
    let commitments = book.commitments.get(unit).map_or_else(Share::default, |entered| Share {
        numerator: entered.kept.into(),
        denominator: entered.due.into(),
    });
    let members = members(book, unit);
    let people = u64::try_from(members.len()).unwrap_or(u64::MAX).max(1);
    let hours = Share {
        numerator: members.values().map(|member| member.counted(weights)).sum(),
        denominator: people * target(weights),
    };
    let part = |name, weight, share| Part { name, weight, share };
    Sheet {
        parts: vec![
            part("on_time", weights.on_time, on_time),
            part("satisfaction", weights.satisfaction, satisfaction),
            part("commitments", weights.commitments, commitments),
            part("hours", weights.hours, hours),
        ],
    }
}

/// The units rate the community: of each aspect, satisfied answers of the units that answered.
pub fn community_sheet(weights: &ScoreWeights, book: &Scorebook) -> Sheet {
    let part = |(aspect, weight): (Aspect, u32)| {
        let answers = || book.ratings.values().filter_map(|ratings| ratings.get(&aspect).copied());
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let numerator = count(answers().filter(|rating| !rating.is_dissatisfied()).count());
        Part { name: aspect.name(), weight, share: Share { numerator, denominator: count(answers().count()) } }
    };
    let aspects = [
        (Aspect::Dispatch, weights.dispatch),
        (Aspect::Support, weights.support),
        (Aspect::Response, weights.response),
    ];
    Sheet { parts: aspects.into_iter().map(part).collect() }
}
