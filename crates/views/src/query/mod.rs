//! Questions to the tables, one file each.

mod ballots;
mod board;
mod callbacks;
mod calls;
mod changes;
mod conditions;
mod digest;
mod drive;
mod groups;
mod honours;
mod keys;
mod opened;
mod organisation;
mod rates;
mod request;
mod rows;
mod scope;
mod timeline;
mod works;

pub(crate) use ballots::ballots;
pub(crate) use board::{board, by_state};
pub(crate) use callbacks::{callback, callback_calls, callbacks};
pub(crate) use calls::{calls, watched};
pub(crate) use changes::changes;
pub(crate) use digest::{Span, digest_rows, figures as digest_figures, groups as digest_groups};
pub(crate) use honours::{honour, honours};
pub(crate) use keys::{Keys, Order, among, keys};
pub(crate) use opened::{bodies, opened_values};
pub(crate) use organisation::{communities, grids, sight_of, units};
pub(crate) use rates::{rate_rows, rates};
pub(crate) use request::{community_of, intervals, request, signers};
pub(crate) use rows::{ledger_rows, page_of, rows};
pub(crate) use scope::Scope;
pub(crate) use timeline::{Moment, moments};
pub(crate) use works::{of_unit, pool, unit_in};

type Answer<T> = Result<T, crate::ViewsError>;
