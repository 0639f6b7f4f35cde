//! Evaluations with ballots without a name (R17, R21, R22, R25), from the announcement to the count.

mod adversary;
mod appraisals;
mod bad_input;
mod crowd;
mod cycle;
pub mod hall;
mod restarts;
mod sent_back;
