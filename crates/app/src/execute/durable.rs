//! Whether what a state rests on is in the log yet.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sandan_log::Fate;
use tokio::sync::SetOnce;

/// Whether the append that led to a state is known to be in the log.
#[derive(Clone)]
pub(crate) enum Durable {
    Yes,
    /// Under way, until it is said whether it succeeded.
    Soon {
        done: Arc<SetOnce<bool>>,
        line: Line,
        fate: Fate,
    },
}

/// A line of states, each built on the one before while that was under way. Where one fails, all behind it are void.
#[derive(Clone, Default)]
pub(crate) struct Line(Arc<AtomicBool>);

impl Line {
    pub fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }
}

impl Durable {
    /// Waits until the append is settled, one way or the other.
    pub async fn settled(&self) {
        if let Self::Soon { done, .. } = self {
            done.wait().await;
        }
    }

    pub fn is_sure(&self) -> bool {
        match self {
            Self::Yes => true,
            Self::Soon { done, .. } => is_done(done),
        }
    }

    /// The line that a state built on this one belongs to: the same, unless this one is sure.
    pub fn line(&self) -> Line {
        match self {
            Self::Soon { done, line, .. } if !is_done(done) => line.clone(),
            _ => Line::default(),
        }
    }

    /// The append that must succeed first, unless that is sure.
    pub fn hoped_for(&self) -> Option<Fate> {
        match self {
            Self::Soon { done, fate, .. } if !is_done(done) => Some(fate.clone()),
            _ => None,
        }
    }

    /// Nothing will come of it.
    pub fn is_void(&self) -> bool {
        match self {
            Self::Yes => false,
            // The log knows first, then whoever waited for it, and those behind them.
            Self::Soon { done, line, fate } => (line.0.load(Ordering::Acquire) || fate.is_void()) && !is_done(done),
        }
    }
}

fn is_done(done: &SetOnce<bool>) -> bool {
    done.get().is_some_and(|done| *done)
}
