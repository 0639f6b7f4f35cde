//! Copies of the read models for nodes that come later: taken beside the running model, sealed, kept where all nodes
//! reach them, and gone on from instead of folding the log from its beginning.
//!
//! A copy is a model's file as it stood at one position. Whoever takes it up compares that position with the log, and
//! feeds it from there as any other file: there is one way to make a row of an event. A copy holds words of residents
//! in clear, so it leaves the node compressed and sealed under a key that follows from the master key.

mod adopt;
mod label;
mod pack;
mod shelf;
mod take;

pub(crate) use adopt::adopt;
pub use label::Label;
pub use shelf::{Shelf, ShelfError};

use sandan_log::{Head, Log};

use crate::ViewsError;
use crate::store::Kind;

/// Whether the log has this very record.
async fn is_in_log(log: &dyn Log, head: &Head) -> Result<bool, ViewsError> {
    let records = log.read(head.position.saturating_sub(1), 1).await?;
    let is_it = |record: &sandan_log::Record| {
        (record.position, record.generation, record.hash) == (head.position, head.generation, head.hash)
    };
    Ok(records.first().is_some_and(is_it))
}

/// The copies of this model that this program can read, the newest first.
async fn of_kind(shelf: &dyn Shelf, kind: &Kind) -> Result<Vec<Label>, ShelfError> {
    let names = shelf.list().await?;
    let labels = names.iter().filter_map(|name| Label::parse(name));
    let mut labels: Vec<Label> = labels.filter(|label| label.is_of(kind.prefix, kind.version)).collect();
    labels.sort_by_key(|label| std::cmp::Reverse((label.head.generation, label.head.position)));
    Ok(labels)
}
