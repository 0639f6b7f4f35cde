//! Clients at work: stories of requests from filing to the last ballot, told on all nodes at once.
//!
//! Each wish has an idempotency key and is sent again, to another node, until somebody answers for good. What is drawn
//! (which story, how many voters, how they vote) follows from the seed; what the clock decides (which node, how long a
//! try may take) does not.

mod ask;
mod ballots;
mod figures;
mod ready;
mod staff;
mod story;
mod wish;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use figures::{Counts, Figures};
pub use staff::{COMMUNITY, Staff, UNITS};
pub use wish::{Answer, Wish};

use crate::cluster::{Cluster, Node};
use crate::evidence::Seen;
use crate::journal::Journal;
use story::Teller;

/// The name of what clients were told, in the cluster's folder.
const JOURNAL: &str = "journal.jsonl";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Phase {
    Working,
    /// No new stories; those that were begun go on.
    Ending,
    /// What has no answer gets none.
    Over,
}

/// What all clients share.
pub struct Load {
    nodes: Vec<Node>,
    staff: Staff,
    journal: Journal,
    http: reqwest::Client,
    pub figures: Figures,
    seen: Mutex<Vec<Seen>>,
    phase: watch::Sender<Phase>,
}

/// Clients at work.
pub struct Clients {
    pub load: Arc<Load>,
    tasks: JoinSet<()>,
}

impl Clients {
    /// Makes a community with its staff, and lets the clients begin.
    pub async fn start(cluster: &Cluster, seed: u64, clients: usize) -> Result<Self> {
        let nodes = cluster.known()?.nodes;
        let journal = Journal::create(&journal_of(cluster))?;
        let staff = Staff::hire(cluster).await?;
        let (phase, figures, seen) = (watch::Sender::new(Phase::Working), Figures::default(), Mutex::default());
        let load = Arc::new(Load { nodes, staff, journal, http: http()?, figures, seen, phase });
        load.organise().await?;
        let mut tasks = JoinSet::new();
        for number in 0..clients {
            let load = load.clone();
            // Each client draws for itself, so that none depends on how fast another is.
            let random = StdRng::seed_from_u64(seed.wrapping_mul(1_000).wrapping_add(number as u64));
            tasks.spawn(async move {
                let mut teller = Teller::new(&load, random);
                while *load.phase.borrow() == Phase::Working {
                    // A story without an end is one whose wishes got no answer; the journal tells of them.
                    _ = teller.story().await;
                }
            });
        }
        Ok(Self { load, tasks })
    }

    /// No new stories; the rest gets `patience` to come to an end.
    pub async fn end(mut self, patience: Duration) -> Result<Arc<Load>> {
        self.load.phase.send_replace(Phase::Ending);
        let all = async {
            while let Some(ended) = self.tasks.join_next().await {
                ended.context("a client")?;
            }
            Ok::<_, anyhow::Error>(())
        };
        if let Ok(ended) = tokio::time::timeout(patience, all).await {
            ended?;
        }
        self.load.phase.send_replace(Phase::Over);
        while let Some(ended) = self.tasks.join_next().await {
            ended.context("a client")?;
        }
        Ok(self.load)
    }
}

impl Load {
    /// A promise that a client saw broken.
    pub fn saw(&self, promise: &'static str, what: String) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(Seen { promise, what });
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    fn is_over(&self) -> bool {
        *self.phase.borrow() == Phase::Over
    }
}

/// A client for plain HTTP. TLS is not used here, but reqwest wants to know whose it would be.
fn http() -> Result<reqwest::Client> {
    // Somebody else may have been first.
    _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().connect_timeout(Duration::from_secs(2)).no_proxy();
    client.build().context("make an HTTP client")
}

/// Where the journal of a cluster is.
pub fn journal_of(cluster: &Cluster) -> PathBuf {
    cluster.folder().join(JOURNAL)
}
