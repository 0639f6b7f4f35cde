//! The API as programs see it: every call goes through the whole router.

#![allow(clippy::unwrap_used)]

mod authorisation;
mod bad_input;
mod description;
mod honours;
mod house;
mod idempotency;
mod life;
mod limits;
mod lists;
mod live;
mod node;
mod organisation;
mod photos;
mod privacy;
mod projects;
mod reviews;
mod scores;
mod webhooks;
