//! The live stream.

use crate::query;
use crate::views::Answer;
use crate::{Changes, Sight, Views};

impl Views {
    /// Events that changed requests in sight after a position, at most `limit`, in order.
    ///
    /// Every event about a request is one change, and its position the id to resume from: nothing is lost or
    /// repeated. What time alone changes is not here (see [`Views::lights`]).
    pub async fn changes(&self, after: u64, limit: usize, sight: &Sight) -> Answer<Changes> {
        let (sight, now) = (sight.clone(), self.now());
        self.ask(move |tables| query::changes(tables, after, limit.max(1), &sight, now)).await
    }
}
