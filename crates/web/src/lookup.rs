//! From a tracking code to its request. Guessing is slowed down: failures are counted by client address.

use sandan_app::Refusal;
use sandan_domain::{EvaluationId, PersonId, ProjectId, RequestId};

use crate::identity::Who;
use crate::problem::Problem;
use crate::site::Site;

/// The request and the person that a tracking code stands for. The pages use it too.
pub async fn by_code(site: &Site, who: &Who, code: &str) -> Result<(RequestId, PersonId), Problem> {
    before(site, who)?;
    told(site, who, site.app.by_tracking_code(code).await)
}

/// The person, if the code opens this request or one that was merged into it (R5); else nothing is said about
/// whether either exists.
pub async fn holder(site: &Site, who: &Who, code: Option<&str>, request: RequestId) -> Result<PersonId, Problem> {
    let Some(code) = code else { return Err(Problem::not_found()) };
    before(site, who)?;
    told(site, who, site.app.opened_by(code, request).await)
}

/// The volunteer of this evaluation that a code stands for.
pub async fn volunteer(site: &Site, who: &Who, code: Option<&str>, id: EvaluationId) -> Result<PersonId, Problem> {
    before(site, who)?;
    told(site, who, site.app.volunteer_in(code, id).await)
}

/// The evaluation that a volunteer's code is of, or the open review of the project that somebody registered for. That a code is none of these is not counted: it may be a request's.
pub async fn evaluation_of(site: &Site, who: &Who, code: &str) -> Result<Option<EvaluationId>, Problem> {
    before(site, who)?;
    match site.app.vote_of(code).await {
        Ok(id) => Ok(Some(id)),
        Err(Refusal::NotFound) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Somebody who registered for a project, by their code.
pub async fn registered(site: &Site, who: &Who, code: &str, id: ProjectId) -> Result<PersonId, Problem> {
    before(site, who)?;
    told(site, who, site.app.registered_by(code, id).await)
}

/// Whether this client may look anything up now. Tokens are not limited.
pub fn before(site: &Site, who: &Who) -> Result<(), Problem> {
    Ok(site.door.look_up(&who.caller, who.client)?)
}

/// Counts a look-up that found nothing, and answers it.
pub fn failed(site: &Site, who: &Who) -> Problem {
    site.door.found_nothing(&who.caller, who.client).into()
}

fn told<T>(site: &Site, who: &Who, found: Result<T, Refusal>) -> Result<T, Problem> {
    match found {
        Err(Refusal::NotFound) => Err(failed(site, who)),
        found => Ok(found?),
    }
}
