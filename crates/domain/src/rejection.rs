//! The rules say no. A rejection is an answer for people, not a failure of the program.

#[cfg(test)]
mod tests;

use crate::{callback, community, evaluation, honour, policy, project, request, review, scoring, unit};

/// Why a command is refused, by the aggregate whose rule forbids it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error(transparent)]
    Request(#[from] request::Rejection),
    #[error(transparent)]
    Review(#[from] review::Rejection),
    #[error(transparent)]
    Unit(#[from] unit::Rejection),
    #[error(transparent)]
    Community(#[from] community::Rejection),
    #[error(transparent)]
    Policy(#[from] policy::Rejection),
    #[error(transparent)]
    Callback(#[from] callback::Rejection),
    #[error(transparent)]
    Evaluation(#[from] evaluation::Rejection),
    #[error(transparent)]
    Project(#[from] project::Rejection),
    #[error(transparent)]
    Honour(#[from] honour::Rejection),
    #[error(transparent)]
    Scoring(#[from] scoring::Rejection),
}

/// What kind of "no" it is: the edge chooses its status code by this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// This actor may not, whatever the state.
    Forbidden,
    /// Nothing by that name.
    NotFound,
    /// Not in this state, or not any more.
    Conflict,
    /// The content of one field can't stand.
    Input { field: &'static str },
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::Request(rejection) => rejection.class(),
            Self::Review(rejection) => rejection.class(),
            Self::Unit(rejection) => rejection.class(),
            Self::Community(rejection) => rejection.class(),
            Self::Policy(rejection) => rejection.class(),
            Self::Callback(rejection) => rejection.class(),
            Self::Evaluation(rejection) => rejection.class(),
            Self::Project(rejection) => rejection.class(),
            Self::Honour(rejection) => rejection.class(),
            Self::Scoring(rejection) => rejection.class(),
        }
    }

    /// Of a request's refused step: the state, and the steps that it permits.
    pub fn standing(&self) -> Option<(&'static str, &[&'static str])> {
        match self {
            Self::Request(rejection) => rejection.standing(),
            Self::Review(_)
            | Self::Unit(_)
            | Self::Community(_)
            | Self::Policy(_)
            | Self::Callback(_)
            | Self::Evaluation(_)
            | Self::Project(_)
            | Self::Honour(_)
            | Self::Scoring(_) => None,
        }
    }

    /// A stable word for the rejection: translations and problem types hang on it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Request(rejection) => rejection.code(),
            Self::Review(rejection) => rejection.code(),
            Self::Unit(rejection) => rejection.code(),
            Self::Community(rejection) => rejection.code(),
            Self::Policy(rejection) => rejection.code(),
            Self::Callback(rejection) => rejection.code(),
            Self::Evaluation(rejection) => rejection.code(),
            Self::Project(rejection) => rejection.code(),
            Self::Honour(rejection) => rejection.code(),
            Self::Scoring(rejection) => rejection.code(),
        }
    }
}
