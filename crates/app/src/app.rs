//! The application: one handle, cheap to clone, over the log and what hangs on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sandan_domain::time::Policy;
use sandan_log::{Fence, Head, Log, LogError, Position};
use sandan_vault::Vault;
use tokio::sync::watch;

use crate::accounts::Accounts;
use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::evaluations::Urns;
use crate::execute::{Locks, States};
use crate::policies::Book;
use crate::promises::Alarm;

/// Everything that can be wished, behind one handle.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>, Option<Fence>);

/// What an application is made of.
pub struct Parts {
    pub log: Arc<dyn Log>,
    pub vault: Vault,
    pub policy: Arc<Policy>,
    /// The domain's time.
    pub clock: Clock,
    pub attachments: Arc<dyn Blobs>,
}

pub(crate) struct Inner {
    pub log: Arc<dyn Log>,
    pub vault: Vault,
    pub policy: Arc<Policy>,
    pub clock: Clock,
    pub blobs: Arc<dyn Blobs>,
    pub states: Arc<States>,
    pub locks: Locks,
    pub accounts: Accounts,
    /// The last position of the log, as far as this node has heard.
    pub head: watch::Receiver<Position>,
    /// Wakes whoever keeps promises.
    pub alarm: Alarm,
    /// Which policy holds where.
    pub book: Book,
    /// Ballots that wait to be written.
    pub urns: Urns,
    /// Whether webhooks may go to private networks.
    pub hooks_go_private: AtomicBool,
}

impl App {
    pub fn open(parts: Parts) -> Self {
        let Parts { log, vault, policy, clock, attachments } = parts;
        let inner = Inner {
            states: Arc::new(States::new(Arc::clone(&log))),
            locks: Locks::new(),
            accounts: Accounts::new(Arc::clone(&log)),
            head: log.watch(),
            alarm: Alarm::default(),
            book: Book::default(),
            urns: Urns::default(),
            hooks_go_private: AtomicBool::new(false),
            log,
            vault,
            policy,
            clock,
            blobs: attachments,
        };
        Self(Arc::new(inner), None)
    }

    /// Lets webhooks go to private networks and by plain HTTP: a setting of this node.
    pub fn let_webhooks_go_private(&self, may: bool) {
        self.0.hooks_go_private.store(may, Ordering::Relaxed);
    }

    /// The same application for a job: what it appends is refused once somebody else has the job.
    pub fn under(&self, fence: Fence) -> Self {
        Self(Arc::clone(&self.0), Some(fence))
    }

    pub(crate) fn fence(&self) -> Option<Fence> {
        self.1.clone()
    }

    /// Tokens, accounts and sessions.
    pub fn accounts(&self) -> &Accounts {
        &self.0.accounts
    }

    /// Asks the log on the ways that questions and commands take, its readers and its writer, where it stands.
    pub async fn probe(&self) -> Result<Head, LogError> {
        let head = self.0.log.head().await?;
        self.0.log.read(head.position.saturating_sub(1), 1).await?;
        self.0.log.leases().await?;
        Ok(head)
    }

    pub fn log(&self) -> &Arc<dyn Log> {
        &self.0.log
    }

    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// The standard: what holds where nobody published anything else, and the time zone of pages.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.0.policy
    }

    /// The domain's time.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Streams whose states are in memory. There is a most, so memory stops growing when it is reached.
    pub fn states_held(&self) -> usize {
        self.0.states.held()
    }

    /// The photos.
    pub fn attachments(&self) -> &Arc<dyn Blobs> {
        &self.0.blobs
    }
}
