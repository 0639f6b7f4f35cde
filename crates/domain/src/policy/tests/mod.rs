//! What is published, when it holds, and what a community inherits.

mod force;
mod publish;

use super::{Command, Policies, Policing, Terms};
use crate::testing::{Past, community};
use crate::time::{Limit, Rule};

fn terms(limits: &[(Rule, Limit)]) -> Terms {
    Terms { name: "Ours".to_owned(), limits: limits.iter().copied().collect(), ..Terms::default() }
}

fn publish(limits: &[(Rule, Limit)], from: Option<&str>) -> Command {
    let from = from.map(crate::testing::at);
    Command::Publish { community: community(), terms: Box::new(terms(limits)), from }
}

fn nothing() -> Past<Policing> {
    Past::nothing()
}

fn published(limits: &[(Rule, Limit)]) -> Policies {
    nothing().done(publish(limits, None)).state
}
