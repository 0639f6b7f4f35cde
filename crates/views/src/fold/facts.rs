//! What the rates count of a request (R27), as bits of one number, so that an index answers them alone.

/// The first answer of the desk came before the limit of R7.
pub(crate) const RESPONDED: i64 = 1;
/// Completed at least once.
pub(crate) const COMPLETED: i64 = 2;
/// Closed as solved, and not against the residents (R19).
pub(crate) const SOLVED: i64 = 4;
/// The first completion came before its limit (R8).
pub(crate) const ON_TIME: i64 = 8;
/// Reworked at least once.
pub(crate) const REWORKED: i64 = 16;
/// At least one ballot.
pub(crate) const REVIEWED: i64 = 32;
/// Upheld: beyond law or reason (R6b). Rates are shown without it too.
pub(crate) const UNREASONABLE: i64 = 128;
/// Said by a unit, and not decided yet.
pub(crate) const UNREASONABLE_SAID: i64 = 256;
/// Said, and refused.
pub(crate) const UNREASONABLE_REFUSED: i64 = 512;
/// A burst of joiners was flagged (R14).
pub(crate) const BURST: i64 = 1024;
/// The desk has answered, in time or not: only the first answer counts.
pub(super) const ANSWERED: i64 = 64;
