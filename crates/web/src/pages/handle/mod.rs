//! What the pages do: extract, authorise, ask, answer. One file a page, and what several of them share.

pub(super) mod admin;
pub(super) mod board;
pub(super) mod callbacks;
pub(super) mod case;
pub(super) mod desk;
pub(super) mod digest;
pub(super) mod digest_rows;
mod due;
pub(super) mod evaluation;
mod evaluation_view;
mod hands;
pub(super) mod help;
pub(super) mod home;
mod honour_figures;
pub(super) mod honours;
pub(super) mod kiosk;
pub(super) mod kiosk_vote;
pub(super) mod ledger;
pub(super) mod members;
pub(super) mod minutes;
mod names;
pub(super) mod notices;
pub(super) mod open;
mod period;
mod policy;
pub(super) mod poster;
pub(super) mod project;
mod project_view;
mod publish;
mod rank;
pub(super) mod receipt;
pub(super) mod request;
pub(super) mod score;
mod score_rows;
mod show;
pub(super) mod sign_in;
pub(super) mod step;
mod tale;
pub(super) mod unit;
pub(super) mod watch;

#[cfg(test)]
pub(super) use show::reasons;
