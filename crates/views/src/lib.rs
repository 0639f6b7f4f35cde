//! Folds records into tables that answer what screens ask, and can be rebuilt from nothing.
//!
//! Each node has its own files: rows and position change in one transaction, and only the next position is
//! taken. Nothing here decides anything: a projection never issues a command.

mod answer;
mod ask;
mod error;
mod views;

pub use answer::{
    Answers, AttachmentView, BallotReason, Board, Change, Changes, CommunityView, Day, ExtensionView, ExternalView,
    GridFigures, GridView, Interval, LedgerRow, Lights, LocationView, Model, ModelStatus, NearbyRow, OpenPage, OpenRow,
    Rate, RatesRow, RatingsView, RequestRow, RequestView, RequesterView, RoundView, Running, SignerVia, SignerView,
    State, SuspendedView, TimelineItem, TimelineStream, UnitFigures, UnitView, UnknownState,
};
pub use ask::{
    BadCursor, By, Cursor, Filter, LIMIT_DEFAULT, LIMIT_MAX, Page, RateRows, RatesQuery, Side, Sight, Which,
};
pub use error::{Lagging, ViewsError};
pub use views::{LoggedEvent, Views};
