//! One file a command: what comes in, and the way from there to an order.
//!
//! Each answers in the same order: who may, whether it came before, the tracking code, whether the thing exists,
//! whose it is, the fields (all together), and last the state, which the domain judges.

mod add_grid;
mod appeal;
mod attach;
mod call;
mod claim;
mod close;
mod co_sign;
mod complete;
mod dispatch;
mod enter_ballot;
mod extend;
mod file;
mod file_form;
mod files;
mod found;
mod give_back;
mod import;
mod members;
mod on_the_request;
mod once;
mod photo;
mod progress;
mod publish_calendar;
mod publish_policy;
mod rate;
mod register_unit;
mod resume;
mod rule;
mod suspend;
mod terms;
mod triage;
mod unreasonable;
mod verify;
mod withdraw;

pub use add_grid::AddGrid;
pub use appeal::{Appeal, DecideAppeal};
pub use attach::{Attach, Attached};
pub use call::Call;
pub use close::Close;
pub use co_sign::{CoSign, Joined};
pub use complete::Complete;
pub use dispatch::Dispatch;
pub use enter_ballot::EnterBallot;
pub use extend::Extend;
pub use file::{FileRequest, Filed};
pub use files::{SAMPLE_POLICY, parse_days};
pub use found::{Found, Founded};
pub use give_back::Return;
pub use import::{ImportRow, Imported};
pub use members::{KeepMember, KeptMember};
pub use once::Changed;
pub use progress::Progress;
pub use publish_calendar::PublishCalendar;
pub use publish_policy::{PublishPolicy, Published};
pub use rate::Rate;
pub use register_unit::{RegisterUnit, ResourceLine};
pub use rule::Rule;
pub use suspend::Suspend;
pub use terms::{ClassInput, DayInput, SessionInput, TermsInput};
pub use triage::Triage;
pub use unreasonable::{DecideUnreasonable, ProposeUnreasonable};
pub use verify::Verify;
pub use withdraw::Withdraw;
