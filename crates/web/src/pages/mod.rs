//! Pages for people. One page is one struct and one compiled template; a fragment has an address too.
//!
//! Everything works without scripts: forms are plain, a POST ends in a redirect, and a refused form comes back
//! with what was typed. With scripts, lists and figures fetch themselves anew when the live stream says so.

mod admin;
mod assets;
mod board;
mod case;
mod desk;
mod form;
mod home;
mod icons;
pub mod kiosk;
mod ledger;
mod line;
mod moment;
mod open;
mod problem;
mod request;
#[cfg(test)]
mod samples;
mod shell;
mod sign_in;
mod texts;
mod unit;

pub(crate) use admin::ADMIN_TABS;
pub(crate) use assets::asset;
pub(crate) use icons::icon;
pub(crate) use line::{light_icon, state_tone};
pub(crate) use request::RATINGS;
