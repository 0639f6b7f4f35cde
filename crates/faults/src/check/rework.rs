//! R16 from the ballots themselves: each round that crossed 30 % has exactly one rework, and no other has any.

use std::collections::{BTreeMap, HashMap};

use sandan_domain::review::{Rating, calls_for_rework};
use sandan_domain::{Event, request, review};
use sandan_log::Record;
use uuid::Uuid;

use super::Found;
use super::promise::{READABLE, REWORK};

/// A round as its ballots tell it.
#[derive(Default)]
struct Round {
    /// A later ballot of a person takes the place of the earlier; late ones undo nothing (R15).
    ballots: HashMap<String, Rating>,
    closed_at: Option<u64>,
    reworks: Vec<u64>,
}

/// Returns how many rounds crossed, and how many reworks there are.
pub(super) fn check(records: &[Record], found: &mut Found) -> (usize, usize) {
    let rounds = rounds(records, found);
    let (mut crossed, mut reworks) = (0, 0);
    for ((request, number), round) in &rounds {
        let valid = u32::try_from(round.ballots.len()).unwrap_or(u32::MAX);
        let dissatisfied = round.ballots.values().filter(|rating| rating.is_dissatisfied()).count();
        let dissatisfied = u32::try_from(dissatisfied).unwrap_or(u32::MAX);
        let wanted = usize::from(round.closed_at.is_some() && calls_for_rework(dissatisfied, valid));
        crossed += wanted;
        reworks += round.reworks.len();
        if round.reworks.len() != wanted {
            let closed = round.closed_at.map_or("is open".to_owned(), |at| format!("closed at position {at}"));
            let (figures, at) = (format!("{dissatisfied} of {valid}"), &round.reworks);
            found.add(
                REWORK,
                format!("request {request}, round {number} ({figures} dissatisfied, {closed}): reworks at {at:?}"),
            );
        }
    }
    (crossed, reworks)
}

fn rounds(records: &[Record], found: &mut Found) -> BTreeMap<(Uuid, u32), Round> {
    let mut rounds: BTreeMap<(Uuid, u32), Round> = BTreeMap::new();
    for record in records {
        let (id, at) = (record.stream.id, record.position);
        let event = match Event::decode(&record.kind, record.schema, &record.body) {
            Ok(event) => event,
            Err(error) => {
                found.add(READABLE, format!("position {at}: {error}"));
                continue;
            }
        };
        match event {
            Event::Review(review::Event::Opened(opened)) => _ = rounds.entry((id, opened.round)).or_default(),
            Event::Review(review::Event::Rated(rated)) if !rated.late => {
                let round = rounds.entry((id, rated.round)).or_default();
                round.ballots.insert(format!("{:?}", rated.person), rated.rating);
            }
            Event::Review(review::Event::Closed(closed)) => {
                rounds.entry((id, closed.round)).or_default().closed_at = Some(at);
            }
            // The rework that round 1 ordered begins round 2.
            Event::Request(request::Event::ReworkOrdered(ordered)) => {
                rounds.entry((id, ordered.round - 1)).or_default().reworks.push(at);
            }
            _ => {}
        }
    }
    rounds
}
