//! Why something is refused to a community.

use crate::ids::{CommunityId, GridSlug};
use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there is no such community")]
    NotFound,
    #[error("there is a community {0} already")]
    FoundedBefore(CommunityId),
    #[error("there is a grid {0} in this community already")]
    GridAddedBefore(GridSlug),
    #[error("a community can't be its own parent")]
    OwnParent,
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound => Class::Input { field: "community" },
            Self::FoundedBefore(_) | Self::GridAddedBefore(_) => Class::Input { field: "slug" },
            Self::OwnParent => Class::Input { field: "parent" },
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "community-not-found",
            Self::FoundedBefore(_) => "community-founded-before",
            Self::GridAddedBefore(_) => "grid-added-before",
            Self::OwnParent => "own-parent",
        }
    }
}
