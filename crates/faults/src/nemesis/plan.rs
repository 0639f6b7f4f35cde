//! Which faults, in which order, for how long: from a seed.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::Fault;
use super::fault::HOLDER;

/// Longer than a lease lasts and is looked for, in milliseconds.
const LONGER_THAN_A_LEASE: std::ops::Range<u64> = 7_000..11_000;
const SHORT: std::ops::Range<u64> = 1_000..6_000;
/// Between two steps.
const REST: std::ops::Range<u64> = 1_000..4_000;
/// One step in so many hurts two parts at once.
const DOUBLE: f64 = 0.2;

/// What happens together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Before it begins.
    pub rest: Duration,
    pub faults: Vec<Fault>,
    /// Until it is mended.
    pub hold: Duration,
}

/// Deals all faults in a random order, and then again.
pub struct Plan {
    random: StdRng,
    deck: Vec<Fault>,
    links: bool,
}

impl Plan {
    /// `links`: nodes can be cut off from their services.
    pub fn new(seed: u64, links: bool) -> Self {
        Self { random: StdRng::seed_from_u64(seed), deck: Vec::new(), links }
    }

    fn draw(&mut self) -> Fault {
        if self.deck.is_empty() {
            self.deck = all(&mut self.random, self.links);
        }
        self.deck.pop().unwrap_or(Fault::AllNatsKilled)
    }

    fn millis(&mut self, range: std::ops::Range<u64>) -> Duration {
        Duration::from_millis(self.random.random_range(range))
    }
}

impl Iterator for Plan {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let first = self.draw();
        let mut faults = vec![first];
        if self.random.random_bool(DOUBLE)
            && let Some(second) = beside(first, &mut self.random)
        {
            faults.push(second);
        }
        let range = if first.hurts().is_some() { LONGER_THAN_A_LEASE } else { SHORT };
        Some(Step { rest: self.millis(REST), faults, hold: self.millis(range) })
    }
}

/// Every kind once, each node and server for some.
fn all(random: &mut StdRng, links: bool) -> Vec<Fault> {
    let mut number = || random.random_range(1..=3);
    let mut deck = vec![
        Fault::NodeKilled(HOLDER),
        Fault::NodeKilled(number()),
        Fault::NodePaused(HOLDER),
        Fault::NodePaused(number()),
        Fault::PrimaryKilled,
        Fault::StandbyKilled,
        Fault::StandbyPromoted,
        Fault::NatsKilled(1),
        Fault::NatsKilled(2),
        Fault::NatsKilled(3),
        Fault::NatsPaused(number()),
        Fault::AllNatsKilled,
        Fault::NatsRolledBack,
    ];
    if links {
        deck.push(Fault::NodeCutOff(HOLDER));
    }
    deck.shuffle(random);
    deck
}

/// A fault of another part, that leaves enough standing to go on.
fn beside(first: Fault, random: &mut StdRng) -> Option<Fault> {
    let number = random.random_range(1..=3);
    let (node, bus, database) = (Fault::NodeKilled(number), Fault::AllNatsKilled, Fault::PrimaryKilled);
    match first {
        Fault::NodeKilled(_) | Fault::NodePaused(_) | Fault::NodeCutOff(_) => {
            Some(if random.random_bool(0.5) { bus } else { database })
        }
        Fault::PrimaryKilled | Fault::StandbyPromoted => Some(if random.random_bool(0.5) { bus } else { node }),
        Fault::NatsKilled(_) | Fault::NatsPaused(_) | Fault::AllNatsKilled => {
            Some(if random.random_bool(0.5) { node } else { database })
        }
        // A rolled back store is to be filled again, a lost standby to be waited for.
        Fault::NatsRolledBack | Fault::StandbyKilled => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_plan_and_every_kind_of_fault() {
        let first = |seed| Plan::new(seed, true).take(14).collect::<Vec<_>>();
        assert_eq!(first(7), first(7));
        assert_ne!(first(7), first(8));
        let kinds: std::collections::HashSet<_> =
            first(7).iter().map(|step| std::mem::discriminant(&step.faults[0])).collect();
        assert_eq!(kinds.len(), 10);
    }

    #[test]
    fn a_node_stays_away_for_longer_than_its_lease() {
        let hurt = Plan::new(1, true).take(200).filter(|step| step.faults[0].hurts().is_some());
        assert!(hurt.into_iter().all(|step| step.hold >= Duration::from_secs(7)));
    }
}
