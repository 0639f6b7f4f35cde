//! The figures that go with a community's opinion of a unit (R24): the read models', as page and API write them down.

use sandan_app::Refusal;
use sandan_domain::HonourId;
use sandan_domain::honour::Figures;

use crate::problem::Problem;
use crate::site::Site;

/// The unit's figures of the question's period as they stand now.
pub async fn figures(site: &Site, id: HonourId) -> Result<Figures, Problem> {
    let honour = site.app.honour(id).await?;
    let question = honour.question().ok_or(Refusal::NotFound)?;
    Ok(site.views.figures_of(question).await?)
}
