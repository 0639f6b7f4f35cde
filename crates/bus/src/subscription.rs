//! What a subscriber holds: a stream of batches.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::BoxStream;
use futures::{Stream, StreamExt};

use crate::Batch;

/// Batches of records, in order. Nothing is read ahead: what is not asked for takes no memory.
pub struct Subscription(BoxStream<'static, Batch>);

impl Subscription {
    /// Makes a subscription of any stream of batches. Once it has ended, it stays ended.
    pub fn new(batches: impl Stream<Item = Batch> + Send + 'static) -> Self {
        Self(batches.fuse().boxed())
    }

    /// The next batch, as soon as there is one; `None` once the bus or the log is closed.
    ///
    /// Giving up waiting loses nothing.
    pub async fn next(&mut self) -> Option<Batch> {
        self.0.next().await
    }
}

impl Stream for Subscription {
    type Item = Batch;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Batch>> {
        self.0.poll_next_unpin(context)
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}
