//! Notices: people and other programs are told what happened, by mail and by webhooks (R9, R10, R11, R18, R24).
//!
//! A job follows the log from checkpoints that are rows of it. Each endpoint has a cursor of its own: what it is told
//! comes in the log's order, and one that fails stops no other. Letters are entries of an outbox: single messages, in
//! order for each recipient. Nothing here holds persons' words: they are opened at the moment of sending.
//!
//! A message may come twice, always under the same id, and is never lost. A projection can't send one: only this job
//! does, so that a rebuild fires nothing. A channel begins with what happens after it was switched on.

mod cursor;
mod dead;
mod endpoint;
mod failure;
mod feed;
mod guard;
mod hook;
mod job;
mod letter;
mod lines;
mod mail;
mod outbox;
mod post;
mod reseal;
mod retry;
mod rows;
mod send;
mod shown;
mod sign;
mod story;
mod story_of_honour;
mod story_of_request;
mod story_of_vote;
mod told;
mod unreached;
mod words;

pub use cursor::Cursor;
pub use dead::{Standing, Told};
pub use endpoint::{Endpoint, Feed, NewEndpoint};
pub use job::{Notices, Settings};
pub use outbox::{Entry, Way};
pub use post::Smtp;
pub use reseal::resealed;
pub use retry::Retry;
pub use shown::{Recipient, Shown};
pub use unreached::Unreached;
