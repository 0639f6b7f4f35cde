//! The limits of a request, worked out from what they follow from: start, limit, pauses, extension (R11, R13).

use jiff::{SignedDuration, Timestamp};

use crate::request::state::{Case, Stage};
use crate::time::{Due, Explanation, Limit, LimitUnit, Pause, Policy, Rule, explain, put_off, until_the_stop};

/// All that runs on a request's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clocks {
    pub due: Due,
    pub remind_at: Option<Timestamp>,
    pub fallback_at: Option<Timestamp>,
    pub supervision: Option<Due>,
}

impl Stage {
    /// Whether nobody has triaged it yet.
    pub(super) fn awaits_first_triage(&self) -> bool {
        match self {
            Self::Filed => true,
            Self::Suspended { before, .. } => before.awaits_first_triage(),
            _ => false,
        }
    }
}

impl Case {
    /// Which limit is running on it.
    pub fn rule(&self, policy: &Policy) -> Rule {
        match (self.clock_of_work, self.round) {
            (false, _) => policy.triage_rule(self.urgency, self.due.started),
            (true, 1) => Rule::Completion,
            (true, _) => Rule::Rework,
        }
    }

    /// What the policy grants a request of its category and urgency.
    pub fn limit(&self, rule: Rule, policy: &Policy) -> Limit {
        policy.limit(rule, self.category.as_ref(), self.urgency)
    }

    /// How much time the running limit grants. Once it is triaged, that of triage stays as it was when it was answered.
    fn running_limit(&self, policy: &Policy) -> Limit {
        if self.clock_of_work || self.stage.awaits_first_triage() {
            self.limit(self.rule(policy), policy)
        } else {
            self.due.limit
        }
    }

    /// Opens its due time by this policy, with the pauses that are over. `None`: an older program did not write down
    /// what it follows from.
    pub fn explain(&self, policy: &Policy) -> Option<Explanation> {
        if self.is_fixed {
            return None;
        }
        let rule = self.rule(policy);
        let opened =
            explain((rule, self.running_limit(policy)), self.due.started, &self.pauses, self.extension, policy);
        let class = policy.class(rule, self.category.as_ref(), self.urgency).map(|class| class.name.clone());
        Some(Explanation { class, ..opened })
    }

    /// The same while the clock stands still (R11): what was counted until it stopped, and nothing after that.
    #[must_use]
    pub fn stopped(&self, told: Explanation, now: Timestamp, policy: &Policy) -> Explanation {
        /// Longer than any limit: the pause has no end yet.
        const ON_AND_ON: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);
        let Some(since) = self.stands_since().filter(|since| *since < told.due_at) else { return told };
        let to = now.max(told.due_at).checked_add(ON_AND_ON).unwrap_or(Timestamp::MAX);
        let pauses: Vec<Pause> = self.pauses.iter().copied().chain([Pause { from: since, to }]).collect();
        let stands = explain((told.rule, told.limit), told.started_at, &pauses, self.extension, policy);
        Explanation { items: until_the_stop(stands.items, since, now), ..told }
    }

    /// When its clock stopped, if it stands still.
    pub const fn stands_since(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Suspended { since, .. } => Some(since),
            _ => None,
        }
    }

    /// Works everything out anew, with one more pause where one has just ended. What had passed before `as_of` stays:
    /// a limit that was missed was missed (R10).
    pub(super) fn clocks(&self, ended: Option<Pause>, as_of: Timestamp, policy: &Policy) -> Clocks {
        let pauses: Vec<Pause> = self.pauses.iter().copied().chain(ended).collect();
        let passed = |at: Timestamp| at <= as_of;
        // Of what an older program did not explain only the end is known: it moves as a named instant does.
        let put_off = |at, unit| ended.map_or(at, |pause| put_off(at, unit, pause, policy));
        let unit = |rule| self.limit(rule, policy).unit;

        let due = if self.overdue || passed(self.due.at) {
            self.due.clone()
        } else if self.is_fixed {
            Due { at: put_off(self.due.at, self.due.limit.unit), ..self.due.clone() }
        } else {
            self.worked_out(&pauses, policy)
        };
        let remind_at = self.remind_at.map(|at| match self.remind_from {
            _ if passed(at) => at,
            Some(from) => self.next_reminder(from, &pauses, policy),
            None => put_off(at, unit(Rule::Reminder)),
        });
        let fallback_at = self.fallback_at.map(|at| match self.pooled_since {
            _ if passed(at) => at,
            Some(since) => self.since(since, Rule::PoolFallback, &pauses, policy).at,
            None => put_off(at, unit(Rule::PoolFallback)),
        });
        let supervision = self.supervision.as_ref().map(|order| match passed(order.at) {
            true => order.clone(),
            false => self.since(order.started, Rule::Supervision, &pauses, policy),
        });
        Clocks { due, remind_at, fallback_at, supervision }
    }

    fn worked_out(&self, pauses: &[Pause], policy: &Policy) -> Due {
        let due = Due::worked_out(self.due.started, self.running_limit(policy), pauses, policy);
        let unit: LimitUnit = due.limit.unit;
        let extended = self.extension.map(|extension| extension.reaches(unit, pauses, policy));
        Due { at: extended.map_or(due.at, |until| until.max(due.at)), ..due }
    }

    fn since(&self, start: Timestamp, rule: Rule, pauses: &[Pause], policy: &Policy) -> Due {
        Due::worked_out(start, self.limit(rule, policy), pauses, policy)
    }

    /// The first is counted as a limit is, the next from turn to turn (R9).
    fn next_reminder(&self, from: Timestamp, pauses: &[Pause], policy: &Policy) -> Timestamp {
        let limit = self.limit(Rule::Reminder, policy);
        match self.reminders {
            0 => Due::worked_out(from, limit, pauses, policy).at,
            _ => Due::next_turn(from, limit, pauses, policy),
        }
    }
}
