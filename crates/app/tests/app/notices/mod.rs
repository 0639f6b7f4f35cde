//! Notices to people and programs, against a real HTTP receiver and a real mail server that fail on purpose.

mod board;
mod duty;
mod honours;
mod mail;
pub mod receiver;
mod slow;
mod votes;
mod webhooks;

use std::time::Duration;

use jiff::SignedDuration;
use sandan_app::notices::{NewEndpoint, Notices, Retry, Settings, Smtp};
use sandan_app::{Caller, Clock, ManualClock};
use sandan_domain::Role;
use uuid::Uuid;

use crate::world::{World, staff, text};

/// Waits of ten seconds that a test moves over, and three tries.
pub fn job(world: &World, smtp: Option<Smtp>) -> (Notices, ManualClock) {
    let (clock, hand) = Clock::manual(crate::world::at(crate::world::MONDAY));
    let retry = Retry { attempts_max: 3, ..Retry::default() };
    let settings =
        Settings { smtp, retry, clock, answer_within: Duration::from_secs(2), ..Settings::new("http://here") };
    (Notices::new(world.app.clone(), settings).unwrap(), hand)
}

/// Past the longest wait after a first or second failure.
fn later(hand: &ManualClock) {
    hand.advance(SignedDuration::from_secs(25));
}

fn administrator() -> Caller {
    staff(Role::Administrator)
}

pub async fn endpoint(world: &World, url: &str, new: NewEndpoint) -> (Uuid, String) {
    let new = NewEndpoint { url: text(url), ..new };
    let (endpoint, secret) = world.app.add_endpoint(&administrator(), new).await.unwrap();
    (endpoint.id, secret)
}
