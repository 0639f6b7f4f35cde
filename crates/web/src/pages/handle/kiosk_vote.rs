//! `/kiosk/vote/{id}`: from the kiosk to a vote without a name (R21). What is kept of the voter is the browser's part
//! (`static/kiosk.js`): nothing once they are done or leave.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use sandan_domain::evaluation::{Poll, Session, Stage};
use sandan_domain::{CommunityId, EvaluationId};
use uuid::Uuid;

use super::evaluation_view::title;
use super::kiosk::Place;
use crate::lookup;
use crate::pages::fields::address;
use crate::pages::kiosk::{KioskVotePage, VoteLink};
use crate::pages::line::Choice;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

/// Longer than elsewhere: several are rated, and a token that was drawn is given up with the page.
const IDLE_SECONDS: u32 = 180;

pub(crate) async fn show(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let id = EvaluationId(id);
    let session = visit.site.app.evaluation(id).await?;
    let place = Place::of(&visit).await?;
    let Some(poll) = open(&session, visit.calendar().now) else {
        return Ok(Redirect::to(&place.start).into_response());
    };
    let subjects = session.subjects.iter().map(|subject| Choice::new(subject.id.as_str(), subject.name.clone()));
    page(&KioskVotePage {
        t: visit.t,
        shell: visit.shell(visit.t.s("kiosk-vote")),
        here: link(id, place.slug()),
        start: place.start,
        idle_seconds: IDLE_SECONDS,
        community: place.community.map(|view| view.name),
        id: id.to_string(),
        title: title(visit.t, &session),
        public_key: poll.public_key.clone(),
        fingerprint: poll.fingerprint.clone(),
        subjects: subjects.collect(),
    })
}

/// The votes that are open in the kiosk's community.
pub(super) async fn open_in(visit: &Visit, community: Option<&CommunityId>) -> Result<Vec<VoteLink>, Problem> {
    let Some(community) = community else { return Ok(Vec::new()) };
    let now = visit.calendar().now;
    let sessions = visit.site.app.evaluations(community).await?;
    let sessions = sessions.into_iter().filter(|(_, session)| open(session, now).is_some());
    let link = |(id, session): (EvaluationId, Box<Session>)| VoteLink {
        href: link(id, Some(community)),
        label: title(visit.t, &session),
    };
    Ok(sessions.map(link).collect())
}

/// Where the holder of an evaluation's code votes now. The code goes behind the hash sign, which no server sees.
pub(super) async fn booth_of(visit: &Visit, code: &str) -> Result<Option<String>, Problem> {
    let Some(id) = lookup::evaluation_of(&visit.site, &visit.who, code).await? else { return Ok(None) };
    let session = visit.site.app.evaluation(id).await?;
    let community = visit.sent.get("community").and_then(|slug| slug.parse().ok());
    let is_open = open(&session, visit.calendar().now).is_some();
    Ok(is_open.then(|| format!("{}#{code}", link(id, community.as_ref()))))
}

fn link(id: EvaluationId, community: Option<&CommunityId>) -> String {
    address(&format!("/kiosk/vote/{id}"), &[("community", community.map(CommunityId::as_str))])
}

fn open(session: &Session, now: jiff::Timestamp) -> Option<&Poll> {
    match &session.stage {
        Stage::Voting(_, poll) if !poll.voting_is_over(now) => Some(poll),
        _ => None,
    }
}
