//! What is promised, in the words of the report.

pub const THERE: &str = "an acknowledged command is in the log";
pub const ONCE: &str = "a command is in the log once";
pub const WISHED: &str = "nothing is in the log more often than it was wished";
pub const REFUSED: &str = "a refused command is not in the log";
pub const PERMITTED: &str = "what the rules permit is not refused";
pub const DENSE: &str = "positions are dense";
pub const VERSIONS: &str = "stream versions are dense";
pub const CHAIN: &str = "the chain verifies";
pub const READABLE: &str = "every event can be read";
pub const BUS: &str = "stream sequence = position with equal bytes";
pub const TABLES: &str = "a node's read models equal a fresh fold";
pub const REWORK: &str = "a review that crossed 30 % has exactly one rework for that round";
pub const CLAIMED: &str = "a pool item has no more claimers than were allowed";
pub const READ: &str = "a read after a position shows what was written there, on any node";
pub const SERVES: &str = "jobs move to another node, and all nodes serve again when a fault is over";
pub const PANIC: &str = "no node panics";

/// All of them, in the order of the report.
pub const ALL: [&str; 16] = [
    THERE, ONCE, WISHED, REFUSED, PERMITTED, DENSE, VERSIONS, CHAIN, READABLE, BUS, TABLES, REWORK, CLAIMED, READ,
    SERVES, PANIC,
];
