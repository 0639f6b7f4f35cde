//! What can be wished of a question about an honour.

use jiff::Timestamp;

use crate::honour::event::Opinion;
use crate::honour::figures::Figures;
use crate::ids::{CommunityId, UnitId};
use crate::input::Text;

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Whoever thinks of proposing the unit asks its community first. The period's figures go with the answer.
    Ask { community: CommunityId, unit: UnitId, honour: Text, from: Timestamp, to: Timestamp },
    /// The committee says what the community thinks of it.
    Answer { opinion: Opinion, reason: Text, figures: Box<Figures> },
    /// The unit is proposed. Against the community's opinion that needs a reason.
    Propose { reason: Option<Text> },
    /// It is not proposed after all.
    Drop { reason: Text },
}
