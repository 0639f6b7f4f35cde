//! A cluster under load and under faults, and the judgement on what is left behind.
//!
//! A [`run`] starts the cluster of `deploy/local-cluster`, lets clients ([`load`]) work on it while the [`nemesis`]
//! breaks one part after another, and reads everything afterwards ([`collect`]). A [`journal`] says what clients wished
//! and were told, the [`evidence`] is everything that can be read, and [`check`] compares: nothing that was acknowledged
//! is lost, nothing is done twice. Judging needs no cluster: the checker is tested on evidence that was damaged on
//! purpose. A [`soak`] is the same load without faults, with an eye on the nodes' memory.

pub mod check;
pub mod cluster;
pub mod collect;
pub mod evidence;
pub mod journal;
pub mod leases;
pub mod load;
pub mod nemesis;
pub mod report;
pub mod run;
pub mod soak;
