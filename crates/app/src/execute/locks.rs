//! Who works on the same stream waits in line, so that crowds don't run into conflicts again and again.

use std::hash::{DefaultHasher, Hash, Hasher};

use sandan_log::StreamName;
use tokio::sync::{Mutex, MutexGuard};

/// Streams share so many locks. More would only cost memory: a stripe is held for microseconds.
const STRIPES: usize = 1_024;

/// One async lock for each stripe of streams.
pub(crate) struct Locks(Box<[Mutex<()>]>);

/// The stripes of the streams that a command is known to touch, in the order in which they are locked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stripes(Vec<usize>);

impl Stripes {
    /// Always sorted: whoever takes several takes them in the same order, so nobody waits in a circle.
    pub fn add(&mut self, stream: &StreamName) {
        let stripe = stripe(stream);
        if let Err(place) = self.0.binary_search(&stripe) {
            self.0.insert(place, stripe);
        }
    }
}

impl Locks {
    pub fn new() -> Self {
        Self((0..STRIPES).map(|_| Mutex::new(())).collect())
    }

    pub async fn lock(&self, stripes: &Stripes) -> Vec<MutexGuard<'_, ()>> {
        let mut guards = Vec::with_capacity(stripes.0.len());
        for stripe in &stripes.0 {
            guards.push(self.0[*stripe].lock().await);
        }
        guards
    }
}

fn stripe(stream: &StreamName) -> usize {
    let mut hasher = DefaultHasher::new();
    stream.hash(&mut hasher);
    // The remainder is below STRIPES, so it fits.
    (hasher.finish() % STRIPES as u64) as usize
}
