//! Holding a lease, and doing its job only meanwhile.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use sandan_log::{Fence, Lease, Log, LogError};
use tokio::time::{Instant, sleep, timeout_at};

/// How long a lease lasts; a node that dies is replaced after at most that long and a look.
pub const JOB_LEASE: Duration = Duration::from_secs(5);

/// The jobs as one running program takes part in them. Cheap to clone.
#[derive(Clone)]
pub struct Jobs {
    log: Arc<dyn Log>,
    /// A name that no other running program has.
    holder: String,
    lease: Duration,
}

/// A lease with the instant until which it may be relied on, by this machine's own steady clock.
struct Held {
    lease: Lease,
    until: Instant,
}

impl Jobs {
    /// `holder` must be another for every running program: a node's name with something random.
    pub fn new(log: Arc<dyn Log>, holder: impl Into<String>) -> Self {
        Self::lasting(log, holder, JOB_LEASE)
    }

    /// The same with another length of leases.
    pub fn lasting(log: Arc<dyn Log>, holder: impl Into<String>, lease: Duration) -> Self {
        Self { log, holder: holder.into(), lease }
    }

    /// Does `work` whenever this program has the lease of `job`, until `shutdown` is done; then lets go of it.
    ///
    /// `work` gets the fence for its appends. It is dropped where it stands when the lease is lost, and begun anew
    /// when it comes back, so each of its steps must be whole.
    pub async fn run<W>(&self, job: &'static str, shutdown: impl Future<Output = ()> + Send, work: impl Fn(Fence) -> W)
    where
        W: Future<Output = ()> + Send,
    {
        let mut shutdown = pin!(shutdown);
        loop {
            let held = tokio::select! {
                biased;
                () = &mut shutdown => return,
                held = self.wait_for(job) => held,
            };
            tracing::info!(job, fence = held.lease.fence, "this node has the job");
            let gauge = metrics::gauge!("sandan_jobs_held", "job" => job);
            gauge.set(1.0);
            let lease = held.lease.clone();
            let is_over = tokio::select! {
                biased;
                () = &mut shutdown => true,
                () = self.keep(held) => false,
                () = work(lease.fence()) => true,
            };
            gauge.set(0.0);
            if is_over {
                return self.let_go(&lease).await;
            }
            tracing::warn!(job, "this node has lost the job");
        }
    }

    /// Returns once this program has the lease.
    async fn wait_for(&self, job: &str) -> Held {
        loop {
            match self.take(job).await {
                Ok(Some(held)) => return held,
                Ok(None) => {}
                Err(error) => tracing::debug!(job, %error, "can't ask for a lease"),
            }
            sleep(self.lease / 5).await;
        }
    }

    /// The time is counted from before the question, so that the store never thinks less of the lease than we do.
    async fn take(&self, job: &str) -> Result<Option<Held>, LogError> {
        let asked = Instant::now();
        let lease = self.log.lease(job, &self.holder, self.lease).await?;
        Ok(lease.map(|lease| Held { lease, until: asked + self.lease }))
    }

    /// Renews the lease for as long as it can be, and returns when it is lost.
    async fn keep(&self, mut held: Held) {
        loop {
            sleep(self.lease / 3).await;
            // Who slept longer than the lease, with the whole machine perhaps, has lost it without asking.
            if Instant::now() >= held.until {
                return;
            }
            match timeout_at(held.until, self.take(&held.lease.job)).await {
                Ok(Ok(Some(renewed))) if renewed.lease.fence == held.lease.fence => held = renewed,
                Ok(Ok(_)) | Err(_) => return,
                Ok(Err(error)) => tracing::debug!(job = held.lease.job, %error, "can't renew a lease"),
            }
        }
    }

    async fn let_go(&self, lease: &Lease) {
        if let Err(error) = self.log.release(lease).await {
            tracing::debug!(job = lease.job, %error, "a lease is left to lapse");
        }
    }
}
