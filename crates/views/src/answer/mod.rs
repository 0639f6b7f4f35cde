//! What the read models answer: plain structs, ready to be written as JSON. Every key is always there.

mod board;
mod callback;
mod digest;
mod honour;
mod live;
mod organisation;
mod rates;
mod request;
mod review;
mod row;
mod state;
mod status;
mod timeline;

pub use board::{Board, CommunityFigures, Day, GridFigures, Lights, UnitFigures};
pub use callback::{CallFigures, CallbackCall, CallbackView};
pub use digest::{Digest, DigestFigures, DigestGroup};
pub use honour::{HonourState, HonourView};
pub use live::{Change, Changes};
pub use organisation::{CommunityView, GridView, UnitView};
pub use rates::{Rate, RatesRow, WithoutAppealed, WithoutUnreasonable};
pub use request::{
    AttachmentView, ExtensionView, ExternalView, Interval, LocationView, RequestView, RequesterView, SignerVia,
    SignerView, SupervisionView, SuspendedView,
};
pub use review::{
    Answers, AppealView, BallotFigures, BallotReason, ByVia, CallRow, RatingsView, ReasonFigures, RoundView,
    ViaFigures, WatchRow, Watched,
};
pub use row::{LedgerRow, NearbyRow, OpenPage, OpenRow, RequestRow};
pub use state::{State, UnknownState};
pub use status::{Model, ModelStatus, Running};
pub use timeline::{TimelineItem, TimelineStream};
