//! The questions, as methods of [`crate::Views`].

mod digest;
mod events;
mod figures;
mod honours;
mod lists;
mod live;
mod one;
mod organisation;
mod public;
mod public_rates;
mod reviews;
mod search;

pub use digest::DIGEST_ROWS_MAX;
pub use events::LoggedEvent;
pub use one::Suspensions;
pub(crate) use public_rates::PublicRates;
