//! A community's year of two-way scoring (R23) for the API and for the pages: requests from the read models, the rest from
//! the log, weights from the policy.

use sandan_domain::CommunityId;
use sandan_domain::scoring::Year;
use sandan_views::Sight;

use crate::problem::Problem;
use crate::site::Site;

/// The year as it stands now.
pub(crate) async fn year(site: &Site, sight: &Sight, community: &CommunityId, year: i16) -> Result<Year, Problem> {
    let scored = site.app.scored_year(community, year).await?;
    let units = site.views.unit_shares(sight, community, (scored.from, scored.to)).await?;
    Ok(Year::new(year, scored.policy, scored.book, units))
}
