//! Tests of time limits: tables for what people expect, and properties against a simulator.

mod calendar;
mod due;
mod explained;
mod light;
mod limit;
pub(crate) mod naive;
mod office;
mod policy;
mod properties;
mod resumed;
pub(crate) mod towns;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::Policy;

/// The instant of a local date and time of the policy's zone.
fn at(policy: &Policy, local: &str) -> Timestamp {
    let local: DateTime = local.parse().unwrap();
    local.to_zoned(policy.zone.clone()).unwrap().timestamp()
}

/// The local date and time of an instant in the policy's zone.
fn local(policy: &Policy, at: Timestamp) -> String {
    policy.zone.to_datetime(at).to_string()
}
