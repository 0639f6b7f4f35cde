//! What follows from what: single reactions, two walks through the whole, and random histories of everything.

mod checks;
mod cycle;
mod hands;
mod histories;
mod limits;
mod loads;
mod promises;
mod wishes;
