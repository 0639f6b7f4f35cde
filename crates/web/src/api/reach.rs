//! Whether a request is within a caller's reach: judged here only for calls whose body can't be read, and for
//! questions. Commands are judged by the application, in its own order.

use sandan_app::{Action, Refusal};
use sandan_domain::request::{Case, Rejection, ServiceRequest};
use sandan_domain::{CommunityId, RequestId};
use sandan_views::Sight;

use super::ask::Ask;
use crate::problem::Problem;

/// Refuses a caller for whom this request does not exist, is another community's, or is another unit's.
pub(super) async fn judge(ask: &Ask, action: Action, request: RequestId) -> Result<(), Problem> {
    // A code may stand in the body that can't be read: only one that stands elsewhere can be wrong here.
    let is_a_residents_photo = action == Action::Attach && ask.who.unit().is_none();
    if ask.code().is_some() && (is_a_residents_photo || matches!(action, Action::Withdraw | Action::Rate)) {
        ask.holder(request).await?;
    }
    let found = ask.site.app.request(request).await?;
    let ServiceRequest::Filed(case) = &*found else { return Err(Problem::not_found()) };
    ask.site.app.who_may_see(&ask.who.caller, &case.community).await?;
    Ok(with_the_unit(ask, action, case)?)
}

/// A unit's step is for those on the request.
fn with_the_unit(ask: &Ask, action: Action, case: &Case) -> Result<(), Refusal> {
    let is_the_teams = matches!(
        action,
        Action::Return
            | Action::Progress
            | Action::Complete
            | Action::Extend
            | Action::Appeal
            | Action::ProposeUnreasonable
    );
    let (Some(unit), Some((lead, assisting)), true) = (ask.who.unit(), case.stage.team(), is_the_teams) else {
        return Ok(());
    };
    if lead.unit() == Some(unit) || assisting.contains(unit) {
        return Ok(());
    }
    let (state, permitted) = (Some(case.stage.name()), case.permitted_names());
    Err(Refusal::Rejected { rejection: Rejection::NotYours.into(), state, permitted })
}

/// What the caller may see.
pub(super) async fn sight(ask: &Ask) -> Result<Sight, Problem> {
    let community = match ask.who.scope() {
        sandan_app::Scope::All => None,
        sandan_app::Scope::Community(community) => Some(community),
    };
    Ok(ask.site.views.sight_of(community).await?)
}

/// A community that a filter names: `422` where there is none of that name, `403` where it is another's.
pub(super) async fn community(ask: &Ask, slug: Option<&str>) -> Result<Option<CommunityId>, Problem> {
    let Some(slug) = slug else { return Ok(None) };
    let community: CommunityId = slug.parse().map_err(|error| Refusal::field("community", error))?;
    ask.site.app.who_may_see(&ask.who.caller, &community).await?;
    Ok(Some(community))
}
