//! What can be asked: who sees what, filters, pages.

mod at_hand;
mod cursor;
mod digest;
mod digest_rows;
mod filter;
mod page;
mod rates;
mod sight;

pub use at_hand::{first_page, page_at_hand};
pub use cursor::{BadCursor, Cursor};
pub use digest::{DigestKind, DigestQuery};
pub use digest_rows::{DigestFigure, DigestPart, DigestRows};
pub use filter::Filter;
pub use page::{LIMIT_DEFAULT, LIMIT_MAX, Page};
pub use rates::{By, RateRows, RatesQuery, Side, Which, Without};
pub use sight::Sight;
