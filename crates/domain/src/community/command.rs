//! What can be wished of a community.

use crate::ids::{CommunityId, GridSlug};
use crate::input::Text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Found { community: CommunityId, name: Text, parent: Option<CommunityId> },
    AddGrid { grid: GridSlug, name: Text, lead: Option<Text> },
}
