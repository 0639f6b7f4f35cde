//! What a fault run leaves behind, and the judgement on it.
//!
//! A [`journal`] says what clients wished and were told, the [`evidence`] is everything that can be read afterwards, and
//! [`check`] compares: nothing that was acknowledged is lost, nothing is done twice. Judging needs no cluster: the checker
//! is tested on evidence that was damaged on purpose.

pub mod check;
pub mod evidence;
pub mod journal;
