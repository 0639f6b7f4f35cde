//! `/unit`: the pool, and a unit's own work.

use sandan_app::{Action, Refusal, Scope};
use sandan_domain::{CommunityId, UnitId};
use sandan_views::{RequestRow, Sight, State, UnitView};

use super::names::Names;
use super::show;
use crate::pages::line::Line;
use crate::pages::unit::{UnitPage, UnitWork};
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

/// A unit with its work.
struct Work {
    unit: UnitView,
    own: Vec<Line>,
    pool: Vec<Line>,
    waiting: Vec<Line>,
}

pub(crate) async fn show(visit: Visit) -> Answer {
    let Work { unit, own, pool, waiting } = work(&visit).await?;
    page(&UnitPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("nav-unit")).live(),
        full: unit.capacity.is_some_and(|capacity| unit.load >= capacity),
        unit: unit.name,
        load: unit.load,
        capacity: unit.capacity,
        own,
        pool,
        waiting,
    })
}

/// The lists alone.
pub(crate) async fn part(visit: Visit) -> Answer {
    let Work { own, pool, waiting, .. } = work(&visit).await?;
    page(&UnitWork { t: visit.t, own, pool, waiting })
}

async fn work(visit: &Visit) -> Result<Work, Problem> {
    visit.permit(Action::Claim)?;
    let unit = own_unit(visit).await?;
    let (views, calendar) = (&visit.site.views, visit.calendar());
    let mine = views.of_unit(&unit.community, &unit.slug).await?;
    let pool = views.pool(&unit.community).await?;
    let names = Names::of(views, std::iter::once(&unit.community)).await?;
    let (waiting, own): (Vec<RequestRow>, Vec<RequestRow>) =
        mine.into_iter().partition(|row| matches!(row.state, State::Completed | State::InReview));
    let mut pool = show::lines(&pool, &names, &calendar);
    pool.iter_mut().for_each(|line| line.claimable = true);
    let waiting = show::lines(&waiting, &names, &calendar);
    Ok(Work { own: to_claim(&own, &unit.slug, show::lines(&own, &names, &calendar)), pool, waiting, unit })
}

/// What was dispatched to this unit waits for its claim.
fn to_claim(rows: &[RequestRow], unit: &UnitId, mut lines: Vec<Line>) -> Vec<Line> {
    for (row, line) in rows.iter().zip(&mut lines) {
        line.claimable = row.state == State::Dispatched && row.unit.as_ref() == Some(unit);
    }
    lines
}

/// The unit whose staff this is. An account for all communities is taken for the first that has the unit.
async fn own_unit(visit: &Visit) -> Result<UnitView, Problem> {
    let nobodys = || Problem::from(Refusal::forbidden(visit.t.s("unit-unknown")));
    let slug = visit.who.unit().ok_or_else(nobodys)?;
    let community: Option<&CommunityId> = match visit.who.scope() {
        Scope::All => None,
        Scope::Community(community) => Some(community),
    };
    let units = visit.site.views.units(&Sight::All, community).await?;
    units.into_iter().find(|unit| unit.slug == *slug).ok_or_else(nobodys)
}
