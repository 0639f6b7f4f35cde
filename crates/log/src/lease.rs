//! Jobs that one node does at a time: who has which, until when, and under which number.
//!
//! A lease alone is a hint: a node that was paused still believes in it. What makes a job safe with two holders
//! is the number, the *fence*: an append that carries one is refused once a newer was given out.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::record::Generation;
use crate::{AppendError, LogError};

/// The right to do a job until `expires`, by the store's clock.
///
/// A holder counts the time from before it asked, on a clock of its own that never jumps, and does not compare
/// `expires` with its own time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub job: String,
    /// Who has it: a name that no other running program has.
    pub holder: String,
    /// Greater than that of every lease of this job before.
    pub fence: u64,
    pub expires: Timestamp,
}

impl Lease {
    /// The condition that nobody has taken the job since.
    pub fn fence(&self) -> Fence {
        Fence { job: self.job.clone(), number: self.fence }
    }
}

/// A condition of an append: the job's newest lease is the one with this number. It need not be alive, as long
/// as nobody else has taken the job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    pub job: String,
    pub number: u64,
}

/// The least number of a lease in a generation. Leases whose end was lost in a fork had smaller ones.
pub(crate) fn first_fence(generation: Generation) -> u64 {
    (u64::from(generation) - 1) << 32
}

/// The leases of a log that only this program has open.
#[derive(Default)]
pub(crate) struct Leases(BTreeMap<String, Lease>);

impl Leases {
    /// What `holder` would get; `None` while somebody else has it. Nothing changes until it is kept.
    pub fn offer(&self, job: &str, holder: &str, ttl: Duration, generation: Generation) -> Option<Lease> {
        let now = Timestamp::now();
        let standing = self.0.get(job);
        let fence = match standing.filter(|lease| lease.expires > now) {
            Some(lease) if lease.holder == holder => lease.fence,
            Some(_) => return None,
            None => self.number(job).max(first_fence(generation)) + 1,
        };
        let expires = now.saturating_add(ttl).unwrap_or(Timestamp::MAX);
        Some(Lease { job: job.to_owned(), holder: holder.to_owned(), fence, expires })
    }

    pub fn keep(&mut self, lease: Lease) {
        self.0.insert(lease.job.clone(), lease);
    }

    /// Lets the lease lapse, if it is still the newest.
    pub fn release(&mut self, lease: &Lease) {
        if let Some(standing) = self.0.get_mut(&lease.job).filter(|standing| standing.fence == lease.fence) {
            standing.expires = Timestamp::MIN;
        }
    }

    /// All that are alive, by job.
    pub fn alive(&self) -> Vec<Lease> {
        let now = Timestamp::now();
        self.0.values().filter(|lease| lease.expires > now).cloned().collect()
    }

    /// A fork ends all leases.
    pub fn lapse(&mut self) {
        self.0.values_mut().for_each(|lease| lease.expires = Timestamp::MIN);
    }

    pub fn check(&self, fence: Option<&Fence>) -> Result<(), AppendError> {
        let Some(Fence { job, number }) = fence else { return Ok(()) };
        let actual = self.number(job);
        match actual == *number {
            true => Ok(()),
            false => Err(AppendError::Fenced { job: job.clone(), held: *number, actual }),
        }
    }

    /// The newest number of a job; 0 if it was never taken.
    pub fn number(&self, job: &str) -> u64 {
        self.0.get(job).map_or(0, |lease| lease.fence)
    }
}

/// The names that a store can keep.
pub(crate) fn check_names(job: &str, holder: &str) -> Result<(), LogError> {
    match job.is_empty() || holder.is_empty() || job.contains('\0') || holder.contains('\0') {
        true => Err(LogError::Storage("a lease needs the names of a job and of a holder".to_owned())),
        false => Ok(()),
    }
}
