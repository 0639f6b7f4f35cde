//! What can be done to a cluster, and how it is undone.

use std::fmt;

use anyhow::Result;

use crate::cluster::Cluster;
use crate::leases::Leases;

const NATS: [&str; 3] = ["nats-1", "nats-2", "nats-3"];

/// In place of a node's number: the one that has the relay just then, and most likely other jobs too.
pub const HOLDER: u8 = 0;

/// Nodes and servers are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    NodeKilled(u8),
    /// It stands still, its connections stay open.
    NodePaused(u8),
    /// It runs, but reaches neither the database nor the bus.
    NodeCutOff(u8),
    PrimaryKilled,
    /// Commands wait: the primary confirms nothing that the standby does not have.
    StandbyKilled,
    /// The primary dies for good and the standby takes over; the old one comes back as its standby.
    StandbyPromoted,
    NatsKilled(u8),
    NatsPaused(u8),
    AllNatsKilled,
    /// All servers die and come back with older stores.
    NatsRolledBack,
}

/// An order to `local-cluster` that undoes a fault.
#[derive(Clone, Debug)]
pub struct Mend {
    pub order: &'static str,
    pub names: Vec<String>,
}

impl Fault {
    /// Copies of the NATS servers' stores, to be rolled back to.
    pub async fn snapshot(cluster: &Cluster) -> Result<()> {
        cluster.order("snapshot", &NATS).await
    }

    /// The same with the number of the node that is meant.
    pub fn resolved(self, leases: &Leases) -> Self {
        let known = |node| if node == HOLDER { leases.holder("relay").unwrap_or(1) } else { node };
        match self {
            Self::NodeKilled(node) => Self::NodeKilled(known(node)),
            Self::NodePaused(node) => Self::NodePaused(known(node)),
            Self::NodeCutOff(node) => Self::NodeCutOff(known(node)),
            other => other,
        }
    }

    /// The node whose jobs are to move, and what happens to it.
    pub fn hurts(&self) -> Option<(String, &'static str)> {
        match self {
            Self::NodeKilled(node) => Some((format!("node-{node}"), "killed")),
            Self::NodePaused(node) => Some((format!("node-{node}"), "paused")),
            Self::NodeCutOff(node) => Some((format!("node-{node}"), "cut off")),
            _ => None,
        }
    }

    /// Leases can't move meanwhile.
    pub fn hurts_the_database(&self) -> bool {
        matches!(self, Self::PrimaryKilled | Self::StandbyKilled | Self::StandbyPromoted)
    }

    /// Does it; says what undoes it.
    pub async fn inject(&self, cluster: &Cluster) -> Result<Vec<Mend>> {
        let primary = cluster.known()?.primary;
        let standby = if primary == "postgres" { "standby" } else { "postgres" };
        match self {
            Self::NodeKilled(node) => killed(cluster, &[&format!("node-{node}")]).await,
            Self::NodePaused(node) => paused(cluster, &format!("node-{node}")).await,
            Self::NodeCutOff(node) => paused(cluster, &format!("link-{node}")).await,
            Self::PrimaryKilled => killed(cluster, &[&primary]).await,
            Self::StandbyKilled => killed(cluster, &[standby]).await,
            Self::StandbyPromoted => {
                cluster.order("promote", &[]).await?;
                Ok(vec![mend("start", &[&primary])])
            }
            Self::NatsKilled(server) => killed(cluster, &[NATS[usize::from(*server) - 1]]).await,
            Self::NatsPaused(server) => paused(cluster, NATS[usize::from(*server) - 1]).await,
            Self::AllNatsKilled => killed(cluster, &NATS).await,
            Self::NatsRolledBack => {
                cluster.order("rollback", &NATS).await?;
                Ok(vec![mend("wait", &NATS)])
            }
        }
    }
}

impl Mend {
    pub fn is_of_the_database(&self) -> bool {
        self.names.iter().any(|name| matches!(&name[..], "postgres" | "standby"))
    }
}

async fn killed(cluster: &Cluster, names: &[&str]) -> Result<Vec<Mend>> {
    cluster.order("kill", names).await?;
    // Started together and only then waited for: one NATS server alone never is healthy.
    Ok(vec![mend("start", names), mend("wait", names)])
}

async fn paused(cluster: &Cluster, name: &str) -> Result<Vec<Mend>> {
    cluster.order("pause", &[name]).await?;
    Ok(vec![mend("resume", &[name])])
}

fn mend(order: &'static str, names: &[&str]) -> Mend {
    Mend { order, names: names.iter().map(|name| (*name).to_owned()).collect() }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NodeKilled(node) => write!(f, "node-{node} is killed"),
            Self::NodePaused(node) => write!(f, "node-{node} is paused"),
            Self::NodeCutOff(node) => write!(f, "node-{node} is cut off from database and bus"),
            Self::PrimaryKilled => f.write_str("the database's primary is killed"),
            Self::StandbyKilled => f.write_str("the database's standby is killed"),
            Self::StandbyPromoted => f.write_str("the primary is killed and the standby promoted"),
            Self::NatsKilled(server) => write!(f, "nats-{server} is killed"),
            Self::NatsPaused(server) => write!(f, "nats-{server} is paused"),
            Self::AllNatsKilled => f.write_str("all NATS servers are killed"),
            Self::NatsRolledBack => f.write_str("all NATS servers are killed and come back with older stores"),
        }
    }
}
