//! The draw of a period's call-backs, when it is over (R18): the seed and the list, as the log has them then.

use sandan_domain::callback;

use crate::app::App;
use crate::caller::Caller;
use crate::execute::Wish;
use crate::refusal::Refusal;

impl App {
    /// The wish that draws a sample has the seed and the list; any other is as it was.
    pub(super) async fn with_the_seed(&self, wish: Wish) -> Result<Wish, Refusal> {
        let Wish::Callback(_, id, callback::Command::Draw { .. }) = wish else { return Ok(wish) };
        let commitment = self.commitment(&Caller::system(), id).await?;
        let (community, draw) = self.draw_of(id, commitment).await?;
        Ok(Wish::Callback(community, id, draw))
    }
}
