//! Speaks protobuf (`proto/`) with the same commands and queries as the HTTP API, on the same port.
//!
//! Wire types are generated from `proto/` and converted here, at the edge; no rule is decided here. Before a message is
//! looked at, the [`gate`] has said who calls, whether they may, and how often; then an adapter of a few lines asks the
//! application. What a refusal is, who is counted at the door and what is hidden from whom are the application's and the
//! read models' business, as they are for HTTP.

mod ask;
mod evaluations;
mod events;
mod gate;
mod honours;
mod list;
pub mod method;
mod node;
mod organisation;
mod policies;
mod problem;
mod projects;
mod requests;
mod reviews;
mod router;
mod scores;
mod wire;

pub use method::METHODS;
pub use node::{Client, Parts, Settings};
pub use router::router;

/// Generated from `proto/sandan/v1`.
#[allow(clippy::all, clippy::unwrap_used, unused_qualifications, missing_debug_implementations)]
pub mod v1 {
    tonic::include_proto!("sandan.v1");
}

/// All of `proto/` with its comments, as `google.protobuf.FileDescriptorSet`.
pub const DESCRIPTORS: &[u8] = tonic::include_file_descriptor_set!("sandan");
