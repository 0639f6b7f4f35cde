//! Which communities somebody may see.

use sandan_domain::CommunityId;

/// Made by [`crate::Views::sight_of`] from a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    All,
    /// These and no others: the ones below are named too.
    Set(Vec<CommunityId>),
}

impl Sight {
    pub fn includes(&self, community: &CommunityId) -> bool {
        match self {
            Self::All => true,
            Self::Set(set) => set.contains(community),
        }
    }
}
