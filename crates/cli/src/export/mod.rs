//! Tables and events for other programs and for spreadsheets, row by row in constant memory.

pub mod cloud_event;
mod digest;
mod events;
mod ledger;
mod period;
mod rates;
mod sheet;

pub use digest::digest;
pub use events::{Selection, events};
pub use ledger::ledger;
pub use period::Period;
pub use rates::rates;
pub use sheet::{Format, Sheet};
