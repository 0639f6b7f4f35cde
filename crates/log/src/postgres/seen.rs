//! What this node knows of where the log stands, for everybody to see. Others append too, so the database may be
//! ahead of it, but never behind, but for a fork.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::{Generation, Head, Position};

pub(super) struct Seen {
    head: Mutex<Head>,
    pub position: watch::Sender<Position>,
}

impl Seen {
    pub fn new(head: Head) -> Self {
        Self { position: watch::Sender::new(head.position), head: Mutex::new(head) }
    }

    pub fn generation(&self) -> Generation {
        self.guard().generation
    }

    /// Answers arrive out of order: one that is older than what is known is dropped. In a newer generation the
    /// position may be a smaller one. Whether it was news.
    pub fn publish(&self, head: Head) -> bool {
        let mut known = self.guard();
        if (head.generation, head.position) <= (known.generation, known.position) {
            return false;
        }
        if head.generation > known.generation {
            tracing::warn!(
                before = known.generation,
                generation = head.generation,
                known = known.position,
                head = head.position,
                "the log's history forked: what lies beyond its head is not in it"
            );
        }
        *known = head;
        // Told under the lock, so that positions are told in order.
        let position = head.position;
        self.position.send_if_modified(|told| std::mem::replace(told, position) != position);
        true
    }

    fn guard(&self) -> MutexGuard<'_, Head> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hash;

    #[test]
    fn positions_go_forward_and_back_only_over_a_fork() {
        let at = |generation, position| Head { position, generation, hash: Hash::ZERO };
        let seen = Seen::new(at(1, 5));
        let mut watcher = seen.position.subscribe();
        for (head, told) in [(at(1, 7), 7), (at(1, 6), 7), (at(2, 4), 4), (at(1, 9), 4), (at(2, 5), 5)] {
            seen.publish(head);
            assert_eq!(*watcher.borrow_and_update(), told, "{head:?}");
        }
        seen.publish(at(3, 5));
        assert!(!watcher.has_changed().unwrap());
        assert_eq!(seen.generation(), 3);
    }
}
