//! A round of a review: all voters, in any order, some at once, some of them changing their minds.

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use serde_json::json;

use super::Wish;
use super::story::{Case, Teller, Told, Voter};
use crate::check::promise::{PERMITTED, READ};

const SATISFIED: [&str; 3] = ["very_satisfied", "satisfied", "basically_satisfied"];
const DISSATISFIED: [&str; 2] = ["dissatisfied", "very_dissatisfied"];
/// Ballots that are sent at once.
const AT_ONCE: usize = 4;

impl Teller<'_> {
    /// Casts every ballot once and says in which state that left the request. Those that come after rework was ordered
    /// are late, and are taken (R15).
    pub(super) async fn vote(&mut self, case: &mut Case) -> Told<String> {
        let (voters, no) = (case.voters.len(), self.dissatisfied(case.voters.len()));
        let mut ballots: Vec<(Voter, bool)> =
            case.voters.iter().cloned().enumerate().map(|(at, voter)| (voter, at < no)).collect();
        ballots.shuffle(&mut self.random);
        let mut changed = false;
        while !ballots.is_empty() {
            let now: Vec<_> = ballots.split_off(ballots.len().saturating_sub(self.random.random_range(1..=AT_ONCE)));
            let wishes: Vec<Wish> = now.iter().map(|(voter, no)| self.ballot(case, voter, *no)).collect();
            let sent = wishes.len();
            let taken = self.race(wishes, case).await?;
            if taken != sent {
                // Which of them was refused, and how, is in the journal.
                let what = format!("request {}: {taken} of {sent} ballots were taken", case.id);
                self.load.saw(PERMITTED, what);
            }
            if !ballots.is_empty() && self.random.random_bool(0.1) {
                // Taken while the round is open, refused afterwards.
                let (voter, no) = &now[0];
                let other = self.ballot(case, voter, !no).contested();
                changed |= self.race(vec![other], case).await? == 1;
            }
        }
        let state = self.look(case).await?["state"].as_str().unwrap_or_default().to_owned();
        let due = if 100 * no > 30 * voters { "rework" } else { "closed" };
        if !changed && state != due {
            let what = format!("request {} is {state} after {no} of {voters} were dissatisfied", case.id);
            self.load.saw(READ, what);
        }
        Ok(state)
    }

    /// How many say no: none, just not enough for rework, just enough, or any number.
    fn dissatisfied(&mut self, voters: usize) -> usize {
        let enough = voters * 30 / 100;
        match self.random.random_range(0..4) {
            0 => 0,
            1 => enough,
            2 => enough + 1,
            _ => self.random.random_range(0..=voters),
        }
    }

    fn ballot(&mut self, case: &Case, voter: &Voter, no: bool) -> Wish {
        let rating = pick(if no { &DISSATISFIED } else { &SATISFIED }, &mut self.random);
        let body = json!({"tracking_code": voter.code, "rating": rating, "reason": no.then_some("没修好")});
        let wish = self.wish(case, "resident", "ratings", "rated", body);
        // Whoever was merged votes by the code of the request that they filed (R5).
        Wish { path: format!("/api/v1/requests/{}/ratings", voter.request), ..wish }
    }
}

fn pick<'a>(words: &[&'a str], random: &mut StdRng) -> &'a str {
    words.choose(random).copied().unwrap_or_default()
}
