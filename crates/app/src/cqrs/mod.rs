//! The vocabulary of cqrs-es over our pure deciders.
//!
//! The orphan rule bars a direct impl, so two generic newtypes carry it: [`Cqrs`] is an aggregate, [`Recorded`]
//! its event. [`LogStore`] is the single-stream view of the log as an event store. The unit of work in
//! `execute/` decides, folds and encodes through the same functions; it does not use cqrs-es' own `execute`,
//! which drops the receipt, nor its stores, which are too weak for a log with one order.

mod aggregate;
mod fold;
mod kind;
mod store;
#[cfg(test)]
mod tests;

pub use aggregate::{Cqrs, OwnedFacts, Recorded};
pub use kind::{Catalogued, Kind};
pub use store::{LogStore, Snapshot};

pub use fold::FoldError;
pub(crate) use fold::{apply, fold, fold_on};
pub(crate) use kind::AnyState;
