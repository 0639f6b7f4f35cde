//! Turns an actor's wish into an authorised, idempotent, recorded decision, and keeps the promises that follow.
//!
//! [`App`] is the one door: a method a command (`handle/`), who may in one table ([`authorise`]), the unit of
//! work behind all of them (`execute/`), accounts and tokens ([`accounts`]), and the promises that fall due
//! ([`promises`]). It speaks neither HTTP nor SQL, and it never asks a read model.

pub mod accounts;
mod app;
pub mod authorise;
mod blobs;
mod caller;
mod chain;
mod clock;
pub mod cqrs;
mod door;
pub mod evaluations;
mod execute;
mod form;
pub mod handle;
mod hands;
pub mod jobs;
mod listed;
mod look_up;
pub mod notices;
mod places;
pub mod policies;
mod projects;
pub mod promises;
mod receipt;
mod refusal;
mod scores;
mod units;
mod unrated;

pub use app::{App, Parts};
pub use authorise::{Action, may};
pub use blobs::{BadPlace, BlobError, Blobs, FolderBlobs, MemoryBlobs, ObjectBlobs};
pub use caller::{Caller, Idempotency, Scope};
pub use chain::chain;
pub use clock::{Clock, ManualClock};
pub use door::Door;
pub use evaluations::{AnswerInput, BALLOTS_EVERY, CastBallot, Casting, VolunteerLine};
pub use handle::{
    AddGrid, AddRequest, Announce, AnnouncedAs, Appeal, AskOpinion, Attach, Attached, BurstInput, Call, CallBack,
    CallOff, Changed, CheckIn, ClassInput, Close, CoSign, CommitCallbacks, Committed, Complete, DayInput, DecideAppeal,
    DecideUnreasonable, Dispatch, DrawToken, EndEvaluation, EnterBallot, EnterCommitments, EnterHours, Evaluated,
    Extend, FileRequest, Filed, FinishProject, Found, Founded, GiveOpinion, Honoured, ImportRow, Imported, Joined,
    KeepMember, KeptMember, OpenEvaluation, OpenProject, Planned, Progress, ProposeUnreasonable, PublishCalendar,
    PublishPolicy, Published, Rate, RateCommunity, Register, RegisterUnit, Registered, ResourceLine, Return, Rule,
    SAMPLE_POLICY, Scored, ScoringInput, Screen, SendBack, SessionInput, SignedToken, StageDone, StageLine, StrikeOut,
    SubjectInput, Suspend, TermsInput, Triage, Verify, Volunteer, Volunteered, Withdraw, parse_days,
};
pub use jobs::{JOB_LEASE, Jobs};
pub use policies::{DueExplained, PoliciesView, Preview};
pub use projects::RegisteredLine;
pub use receipt::{Answer, Receipt};
pub use refusal::{Fault, FieldError, Refusal, Standing, Why};
pub use scores::ScoredYear;
