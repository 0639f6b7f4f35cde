//! The score sheet as it is answered: every input with its numerator, its denominator and where its rows stand.

use std::collections::BTreeMap;

use sandan_domain::CommunityId;
use sandan_domain::scoring::{Entry, Member, Part, ScoreWeights, Sheet, UnitScore, Year, days_of, to_points};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::policies::WeightsShape;

#[derive(Serialize, ToSchema)]
#[schema(as = Scores)]
pub(super) struct Shape {
    community: String,
    year: i16,
    /// The policy's version whose weights hold.
    policy: u32,
    /// The community that published it; `null`: the standard.
    policy_of: Option<String>,
    weights: WeightsShape,
    /// The community rates its units.
    units: Vec<UnitShape>,
    /// The units rate the community.
    rated_by_units: SheetShape,
    /// How each unit answered, by aspect.
    ratings: BTreeMap<String, BTreeMap<&'static str, &'static str>>,
    /// The rows behind the hours, by number. In pages: `/api/v1/scores/entries`.
    entries: Vec<EntryShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ScoreSheet)]
struct SheetShape {
    /// Of 100, to two places; `null` where no part says anything.
    score: Option<f64>,
    parts: Vec<PartShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ScorePart)]
struct PartShape {
    /// `on_time`, `satisfaction`, `commitments`, `hours`; of the community `dispatch`, `support`, `response`.
    name: &'static str,
    weight: u32,
    /// Of hours: in minutes.
    numerator: u64,
    denominator: u64,
    /// Of 100, to two places; `null` without a denominator: the weights of the others stand for the whole then.
    points: Option<f64>,
    /// Address of the rows behind the denominator, where they are requests.
    rows: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = UnitScore)]
struct UnitShape {
    unit: String,
    #[serde(flatten)]
    sheet: SheetShape,
    members: Vec<MemberShape>,
    /// Of the commitments.
    evidence: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ScoreMember)]
struct MemberShape {
    /// Counts from 1 within the unit; nobody is named.
    number: usize,
    check_ins: u32,
    minutes: u32,
    /// What counts of them: up to the target, and nothing of a check-in.
    counted_minutes: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ScoreEntry)]
pub(super) struct EntryShape {
    /// Its number in the year.
    pub entry: usize,
    unit: String,
    /// Within the unit; `null` where everything of theirs was struck out.
    member: Option<usize>,
    day: String,
    /// `null`: the code was scanned, and nothing more is known.
    minutes: Option<u32>,
    activity: Option<String>,
    evidence: Option<String>,
    /// Why it counts no more.
    struck: Option<String>,
}

pub(super) fn shape(community: &CommunityId, year: &Year) -> Shape {
    let unit = |score: &UnitScore| UnitShape {
        unit: score.unit.to_string(),
        sheet: sheet(&score.sheet, |part| rows(community, year.year, score, part)),
        members: members(score, year.weights()),
        evidence: year.book.commitments.get(&score.unit).map(|entered| entered.evidence.clone()),
    };
    let ratings = year.book.ratings.iter().map(|(unit, ratings)| {
        let words = ratings.iter().map(|(aspect, rating)| (aspect.name(), rating.name())).collect();
        (unit.to_string(), words)
    });
    Shape {
        community: community.to_string(),
        year: year.year,
        policy: year.policy.version,
        policy_of: year.policy.of.as_ref().map(ToString::to_string),
        weights: WeightsShape::of(year.weights()),
        units: year.units.iter().map(unit).collect(),
        rated_by_units: sheet(&year.community, |_| None),
        ratings: ratings.collect(),
        entries: year.book.entries.iter().zip(1..).map(|(entry, number)| row(year, number, entry)).collect(),
    }
}

fn sheet(sheet: &Sheet, rows: impl Fn(&Part) -> Option<String>) -> SheetShape {
    let part = |part: &Part| PartShape {
        name: part.name,
        weight: part.weight,
        numerator: part.share.numerator,
        denominator: part.share.denominator,
        points: part.points().map(to_points),
        rows: rows(part),
    };
    SheetShape { score: sheet.score().map(to_points), parts: sheet.parts.iter().map(part).collect() }
}

fn rows(community: &CommunityId, year: i16, score: &UnitScore, part: &Part) -> Option<String> {
    let (first, next) = days_of(year);
    part.is_of_requests().then(|| {
        format!(
            "/api/v1/rates/rows?community={community}&from={first}&to={next}&by=unit&group={}&which={}",
            score.unit, part.name
        )
    })
}

fn members(score: &UnitScore, weights: &ScoreWeights) -> Vec<MemberShape> {
    let shape = |(number, member): (usize, &Member)| MemberShape {
        number,
        check_ins: member.check_ins,
        minutes: member.minutes,
        counted_minutes: member.counted(weights),
    };
    (1..).zip(&score.members).map(shape).collect()
}

pub(super) fn row(year: &Year, number: usize, entry: &Entry) -> EntryShape {
    EntryShape {
        entry: number,
        unit: entry.unit.to_string(),
        member: year.member_of(entry),
        day: entry.day.to_string(),
        minutes: entry.work.as_ref().map(|work| work.minutes),
        activity: entry.work.as_ref().map(|work| work.activity.clone()),
        evidence: entry.work.as_ref().map(|work| work.evidence.clone()),
        struck: entry.struck.clone(),
    }
}
