//! Time policies at work: which holds where, open limits worked out anew when that changes, and due times opened.

mod book;
mod explain;
mod open;
mod preview;
mod published;
mod work;
mod work_order;

pub use explain::{DueExplained, Standing};
pub use preview::Preview;
pub use published::{CalendarsView, PoliciesView, PolicyView, WorkView};

pub(crate) use book::Book;
pub(crate) use open::rows_of;
