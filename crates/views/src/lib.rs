//! Folds records into tables that answer what screens ask, and can be rebuilt from nothing.
//!
//! Each node has its own files: rows and position change in one transaction, and only the next position is
//! taken. Nothing here decides anything: a projection never issues a command.
//!
//! The way in is `feed` (bus and log) and `fold` (what an event makes of the tables); the way out is `api` (the
//! questions) and `query` (their SQL). Full text is a model of its own, `search`, so that the rest is rebuilt
//! fast.

mod answer;
mod api;
mod ask;
mod error;
mod eyes;
mod feed;
mod fold;
mod past;
mod query;
mod search;
mod snapshot;
mod store;
mod views;

pub use answer::{
    Answers, AppealView, AttachmentView, BallotFigures, BallotReason, Board, ByVia, CallFigures, CallRow, CallbackCall,
    CallbackView, Change, Changes, CommunityFigures, CommunityView, Day, Digest, DigestFigures, DigestGroup,
    ExtensionView, ExternalView, GridFigures, GridView, HonourState, HonourView, Interval, LedgerRow, Lights,
    LocationView, Model, ModelStatus, NearbyRow, OpenPage, OpenRow, Rate, RatesRow, RatingsView, ReasonFigures,
    RequestRow, RequestView, RequesterView, RoundView, Running, SignerVia, SignerView, State, SupervisionView,
    SuspendedView, TimelineItem, TimelineStream, UnitFigures, UnitView, UnknownState, ViaFigures, WatchRow, Watched,
    WithoutAppealed, WithoutUnreasonable,
};
pub use api::{DIGEST_ROWS_MAX, LoggedEvent, Suspensions};
pub use ask::{
    BadCursor, By, Cursor, DigestFigure, DigestKind, DigestPart, DigestQuery, DigestRows, Filter, LIMIT_DEFAULT,
    LIMIT_MAX, Page, RateRows, RatesQuery, Side, Sight, Which, Without, first_page, page_at_hand,
};
pub use error::{Lagging, ViewsError};
pub use eyes::Eyes;
pub use feed::{Now, Parts, Progress};
pub use snapshot::{Label, Shelf, ShelfError};
pub use store::dump;
pub use views::Views;
