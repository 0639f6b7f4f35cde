//! What each event makes of the tables. Everything here runs inside the transaction that also moves the
//! position.

mod apply;
mod batch;
mod callback;
mod code;
mod community;
mod entry;
mod facts;
mod figures;
mod filing;
mod honour;
mod light;
mod main;
mod names;
mod request;
mod review;
mod row;
mod time;
mod unit;
mod watch;

use jiff::Timestamp;
use rusqlite::Connection;
use sandan_domain::Event;
use sandan_log::Record;

use crate::ViewsError;
use crate::answer::Model;
use crate::feed::Context;
use crate::store::Kind;

pub(crate) use apply::Fault;
pub(crate) use code::{
    Coded, ballot_via_of, call_of, channel_of, closing_of, ground_of, level_of, opinion_of, outcome_of, rating_of,
    stream_of, urgency_of, via_of, watched_of,
};
pub(crate) use facts::{
    BURST, COMPLETED, ON_TIME, RESPONDED, REVIEWED, REWORKED, SOLVED, UNREASONABLE, UNREASONABLE_REFUSED,
    UNREASONABLE_SAID,
};
pub(crate) use figures::{Figure, day_number};
pub(crate) use light::{Limits, shown};
pub(crate) use main::MainFold;
pub(crate) use time::{int, micros, time};

/// A record of the log with its event, the texts opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub record: Record,
    pub event: Event,
}

/// A model: tables and how events change them.
pub(crate) trait Fold: Send + Sized + 'static {
    const MODEL: Model;
    const KIND: &'static Kind;

    /// Takes up what the tables hold.
    fn load(connection: &Connection, context: &Context) -> Result<Self, ViewsError>;

    /// Changes the tables, in order. A failure is undone by the caller, who then loads anew.
    fn apply(&mut self, connection: &Connection, batch: &[Opened]) -> Result<(), Fault>;

    /// Changes what time alone changes; says how much that was.
    fn tick(&mut self, _: &Connection, _: Timestamp) -> Result<usize, Fault> {
        Ok(0)
    }

    /// When time alone will change something next.
    fn next_tick(&self, _: &Connection) -> Result<Option<Timestamp>, ViewsError> {
        Ok(None)
    }

    /// Whose words may be in the tables.
    fn persons(connection: &Connection) -> Result<Vec<sandan_domain::PersonId>, ViewsError>;

    /// Removes the words of a person whose key is gone.
    fn forget(&mut self, connection: &Connection, person: sandan_domain::PersonId) -> Result<(), ViewsError>;
}
