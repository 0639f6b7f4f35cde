//! From the database's answer about a batch to an answer for each of its callers.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use tokio_postgres::Client;
use uuid::Uuid;

use super::call::{Outcome, Refused, Stage};
use super::decode::{hash, micros, unsigned};
use super::gather::Batch;
use super::queue::Request;
use crate::claims::claims;
use crate::{Append, AppendError, Appended, Hash, Head, LogError};

/// Whom to tell what.
pub(super) type Answered = (Request, Result<Appended, AppendError>);

/// Commands that were accepted before, by id.
pub(super) type Commands = HashMap<Uuid, Known>;

/// What an accepted command left behind, with what it was accepted for.
pub(super) struct Known {
    fingerprint: Option<[u8; 32]>,
    receipt: Appended,
}

/// The commands of the batch that had been accepted before. They never change, so they may be asked for after the
/// batch; nothing is asked where there are none.
pub(super) async fn known(client: &Client, batch: &Batch, outcome: &Outcome) -> Result<Commands, LogError> {
    let refused = outcome.refused.iter().filter(|refused| refused.stage == Stage::Known);
    let ids: Vec<Uuid> = refused.map(|refused| batch.requests[refused.of].prepared.append.command.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "SELECT c.id, c.fingerprint, c.outcome, c.first, c.last, c.generation, c.recorded,
                      (SELECT e.hash FROM sandan.event e WHERE e.position = c.last)
               FROM unnest($1::uuid[]) AS asked (id) CROSS JOIN LATERAL (
                   SELECT * FROM sandan.command k WHERE k.id = asked.id OFFSET 0) c";
    let mut known = HashMap::new();
    for row in client.query(sql, &[&ids]).await? {
        let last = unsigned(row.try_get(4)?)?;
        let receipt = Appended {
            first: unsigned(row.try_get(3)?)?,
            last,
            generation: unsigned(row.try_get::<_, i32>(5)?.into())?,
            hash: row.try_get::<_, Option<&[u8]>>(7)?.map_or(Ok(Hash::ZERO), |bytes| hash(last, bytes))?,
            recorded: micros(last, row.try_get(6)?)?,
            replayed: true,
            outcome: row.try_get::<_, Vec<u8>>(2)?.into(),
        };
        let fingerprint = row.try_get::<_, Option<&[u8]>>(1)?;
        let fingerprint = fingerprint.map(|bytes| hash(last, bytes)).transpose()?.map(|fingerprint| fingerprint.0);
        known.insert(row.try_get(0)?, Known { fingerprint, receipt });
    }
    Ok(known)
}

/// Answers every caller whose append was looked at. The others, behind a refused one of their group, go back to
/// the front of `waiting`. Returns where the log stands with this batch.
pub(super) fn answer(
    batch: Batch,
    outcome: Outcome,
    known: &Commands,
    waiting: &mut VecDeque<Request>,
) -> (Head, Vec<Answered>) {
    let Outcome { mut before, recorded, hashes, refused, .. } = outcome;
    let mut refused = refused.into_iter().peekable();
    let mut stops: HashMap<usize, usize> = HashMap::new();
    let mut places = Places::default();
    let (mut answers, mut again) = (Vec::with_capacity(batch.requests.len()), Vec::new());
    for (index, request) in batch.requests.into_iter().enumerate() {
        let group = batch.groups[index];
        let why = refused.next_if(|refused| refused.of == index);
        let append = &request.prepared.append;
        let answer = match (stops.contains_key(&group), why) {
            (true, _) => None,
            (false, Some(why)) => {
                stops.insert(group, index);
                Some(refuse(append, &batch.roots[index], &places, why, known))
            }
            (false, None) => Some(Ok(accept(append, &mut before, hashes[index], recorded))),
        };
        places.pass(append, &batch.roots[index]);
        match answer {
            Some(answer) => answers.push((request, answer)),
            None => again.push(request),
        }
    }
    again.into_iter().rev().for_each(|request| waiting.push_front(request));
    (before, answers)
}

fn accept(append: &Append, head: &mut Head, hash: Hash, recorded: Timestamp) -> Appended {
    let before = head.position;
    head.position += append.events.len() as u64;
    head.hash = hash;
    Appended {
        first: head.position.min(before + 1),
        last: head.position,
        generation: head.generation,
        hash,
        recorded,
        replayed: false,
        outcome: append.command.outcome.clone(),
    }
}

/// Where the columns of the append at hand begin.
#[derive(Default)]
struct Places {
    memory: usize,
    expect: usize,
    claim: usize,
}

impl Places {
    fn pass(&mut self, append: &Append, roots: &[bool]) {
        self.memory += 1 + append.also.len();
        self.expect += roots.iter().filter(|root| **root).count();
        self.claim += claims(&append.rows).len();
    }
}

fn refuse(
    append: &Append,
    roots: &[bool],
    places: &Places,
    why: Refused,
    known: &Commands,
) -> Result<Appended, AppendError> {
    let Refused { stage, place, actual, value, .. } = why;
    let confused = || AppendError::Log(LogError::Storage("the database's answer fits no append".to_owned()));
    Err(match stage {
        Stage::Known => return replay(append, known.get(&append.command.id).ok_or_else(confused)?),
        Stage::AlsoKnown => {
            let id = append.also.get(place.wrapping_sub(places.memory + 1));
            AppendError::CommandReused(*id.ok_or_else(confused)?)
        }
        Stage::Fenced => {
            let fence = append.fence.as_ref().ok_or_else(confused)?;
            AppendError::Fenced { job: fence.job.clone(), held: fence.number, actual }
        }
        Stage::Forked => AppendError::Forked {
            known: append.generation.ok_or_else(confused)?,
            actual: u32::try_from(actual).map_err(|_| confused())?,
        },
        Stage::Conflict => {
            let mut asked = append.expect.iter().zip(roots).filter(|(_, root)| **root);
            let (expect, _) = asked.nth(place.wrapping_sub(places.expect)).ok_or_else(confused)?;
            AppendError::Conflict { stream: expect.stream.clone(), expected: expect.version, actual }
        }
        Stage::KeyTaken => {
            let claims = claims(&append.rows);
            let claim = claims.get(place.wrapping_sub(places.claim)).ok_or_else(confused)?;
            claim.taken(value.ok_or_else(confused)?)
        }
    })
}

fn replay(append: &Append, known: &Known) -> Result<Appended, AppendError> {
    match known.fingerprint.is_none_or(|fingerprint| fingerprint == append.command.fingerprint) {
        true => Ok(known.receipt.clone()),
        false => Err(AppendError::CommandReused(append.command.id)),
    }
}
