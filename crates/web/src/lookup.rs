//! From a tracking code to its request. Guessing is slowed down: failures are counted by client address.

use sandan_app::Refusal;
use sandan_domain::{PersonId, RequestId};

use crate::identity::Who;
use crate::problem::Problem;
use crate::site::Site;

/// The request and the person that a tracking code stands for. The pages use it too.
pub async fn by_code(site: &Site, who: &Who, code: &str) -> Result<(RequestId, PersonId), Problem> {
    before(site, who)?;
    match site.app.by_tracking_code(code).await {
        Err(Refusal::NotFound) => Err(failed(site, who)),
        found => Ok(found?),
    }
}

/// The person, if the code opens this request or one that was merged into it (R5); else nothing is said about
/// whether either exists.
pub async fn holder(site: &Site, who: &Who, code: Option<&str>, request: RequestId) -> Result<PersonId, Problem> {
    let Some(code) = code else { return Err(Problem::not_found()) };
    let (found, person) = by_code(site, who, code).await?;
    if found == request || site.app.surviving(found).await? == request { Ok(person) } else { Err(failed(site, who)) }
}

/// Whether this client may look anything up now. Tokens are not limited.
pub fn before(site: &Site, who: &Who) -> Result<(), Problem> {
    if who.is_recognised() { Ok(()) } else { Ok(site.failed_lookups.check(who.client)?) }
}

/// Counts a look-up that found nothing, and answers it.
pub fn failed(site: &Site, who: &Who) -> Problem {
    if !who.is_recognised() {
        // The one that fills the window is still answered as what it is.
        let _ = site.failed_lookups.take(who.client);
    }
    Problem::not_found()
}
