//! Telling the story: every step of every life in the order of time, and promises kept when they are due.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use anyhow::{Context, Result, anyhow};
use jiff::{SignedDuration, Timestamp};
use sandan_app::{App, ManualClock, Refusal};
use sandan_log::Log;

use super::act::Telling;
use super::agenda::Agenda;
use super::life::Life;
use super::organisation;
use super::plan::{self, DAYS};
use super::random::Random;
use super::sign_ins::Sample;

const SEED: u64 = 0x005a_0da1;
/// The organisation is there before the first request.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// When the clock must stand at first, for a story that ends at `end`.
pub fn beginning(end: Timestamp) -> Timestamp {
    end.checked_sub(SignedDuration::from_hours(24 * (DAYS + 1)) + BEFORE).unwrap_or(end)
}

/// Tells it all through the application, which runs on the clock that `hand` moves, up to `end`. Returns what a
/// visitor may look at first.
pub async fn tell(app: &App, log: &dyn Log, hand: &ManualClock, end: Timestamp) -> Result<Vec<Sample>> {
    organisation::found(app).await.map_err(unexpected)?;
    let mut random = Random::new(SEED);
    let lives = plan::lives(&mut random, &app.policy().zone, end);
    let mut tellings = lives.into_iter().map(Telling::new).collect::<Result<Vec<_>>>()?;
    let mut agenda = Agenda::new(&app.policy().zone, end)?;
    // Lives by their place; the agenda has none.
    let mut next: BinaryHeap<Reverse<(Timestamp, Option<usize>)>> = BinaryHeap::new();
    next.extend(agenda.next().map(|at| Reverse((at, None))));
    for (place, telling) in tellings.iter().enumerate() {
        next.extend(telling.next().map(|at| Reverse((at, Some(place)))));
    }
    while let Some(Reverse((at, place))) = next.pop() {
        if at > end {
            continue;
        }
        keep_promises_until(app, log, hand, at).await?;
        hand.set(at);
        let Some(place) = place else {
            agenda.act(app, &tellings).await.context("hold what is on the demonstration's agenda")?;
            next.extend(agenda.next().map(|at| Reverse((at, None))));
            continue;
        };
        let into = survivor(&tellings, place);
        let telling = &mut tellings[place];
        match telling.act(app, &mut random, into).await {
            Ok(()) => next.extend(telling.next().map(|at| Reverse((at, Some(place))))),
            // The rules have the last word: a story that they don't allow ends here.
            Err(Refusal::Rejected { rejection, .. }) => tracing::debug!(%rejection, "a story ended early"),
            Err(refusal) => return Err(unexpected(refusal)),
        }
    }
    keep_promises_until(app, log, hand, end).await?;
    hand.set(end);
    let mut samples = samples(app, &tellings).await?;
    samples.extend(agenda.samples(app).await.map_err(unexpected)?);
    Ok(samples)
}

/// Lets every timer fire at its own time.
async fn keep_promises_until(app: &App, log: &dyn Log, hand: &ManualClock, until: Timestamp) -> Result<()> {
    while let Some(due) = log.next_timer().await?.filter(|due| *due <= until) {
        hand.set(due.max(hand.now()));
        app.keep_due_promises().await.map_err(unexpected)?;
    }
    Ok(())
}

/// The request about the same that was there before: what a duplicate is merged into.
fn survivor(tellings: &[Telling], place: usize) -> Option<sandan_domain::RequestId> {
    let Life { story, community, .. } = &tellings[place].life;
    let earlier = tellings[..place].iter().rev();
    let same = |other: &&Telling| other.life.story.title == story.title && other.life.community == *community;
    earlier.clone().find(same).and_then(|telling| telling.request)
}

/// A request to rate, and one that is being worked on.
async fn samples(app: &App, tellings: &[Telling]) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for (state, what) in
        [("in_review", "评单：给一件办结的需求打分"), ("claimed", "办理中的需求"), ("rework", "回炉中的需求")]
    {
        for telling in tellings.iter().rev() {
            if let Some(code) = telling.code_to_try(app, state).await.map_err(unexpected)? {
                samples.push(Sample { what: what.to_owned(), path: format!("/r/{code}") });
                break;
            }
        }
    }
    Ok(samples)
}

fn unexpected(refusal: Refusal) -> anyhow::Error {
    anyhow!("the demonstration could not be made: {refusal}")
}
