//! The tab *staff telephones* of `/admin`: whose telephones are a unit's staff's, so that they don't vote on its work (R14).

use sandan_app::{Action, KeepMember};
use sandan_domain::{CommunityId, UnitId};
use sandan_views::UnitView;

use super::admin::admin_page;
use crate::pages::admin::{MemberRow, MembersCard};
use crate::pages::fields::address;
use crate::pages::form::Form;
use crate::pages::line::Choice;
use crate::pages::visit::{Answer, Visit, on, with_status};
use crate::problem::Problem;

/// The tab, and on it the unit that was asked for, else the first.
pub(super) async fn card(
    visit: &Visit,
    units: &[UnitView],
    place: impl Fn(&CommunityId) -> String,
    refused: Option<&Form>,
) -> Result<Option<MembersCard>, Problem> {
    let sent = refused.map(|form| key(form.value("community"), form.value("unit")));
    let asked = sent.as_deref().or_else(|| visit.query.get("of"));
    let named = units.iter().find(|unit| asked.is_some_and(|asked| asked == key_of(unit)));
    let Some(unit) = named.or(units.first()) else { return Ok(None) };
    let members = visit.site.app.members(&visit.who.caller, &unit.community, &unit.slug).await?;
    let choice = |unit: &UnitView| Choice::new(key_of(unit), format!("{} · {}", place(&unit.community), unit.name));
    let row = |person: String| MemberRow { short: person.chars().take(8).collect(), person };
    Ok(Some(MembersCard {
        units: units.iter().map(choice).collect(),
        of: key_of(unit),
        community: unit.community.to_string(),
        unit: unit.slug.to_string(),
        name: unit.name.clone(),
        rows: members.into_iter().map(|person| row(person.to_string())).collect(),
    }))
}

fn key(community: &str, unit: &str) -> String {
    format!("{community}/{unit}")
}

fn key_of(unit: &UnitView) -> String {
    let (community, slug): (&CommunityId, &UnitId) = (&unit.community, &unit.slug);
    key(community.as_str(), slug.as_str())
}

/// Adds a telephone. The answer shows the list of its unit.
pub(super) async fn add(visit: &Visit, form: &Form) -> Result<(String, u64), Problem> {
    let (community, unit) = (form.given("community"), form.given("unit"));
    let here = here(form);
    let input = KeepMember { community, unit, phone: form.given("phone"), ..KeepMember::default() };
    let kept = visit.site.app.keep_member(&visit.caller(Action::KeepMembers, form), input).await?;
    Ok((here, kept.position))
}

pub(super) fn here(form: &Form) -> String {
    let of = key(form.value("community"), form.value("unit"));
    address("/admin", &[("tab", Some("members")), ("of", Some(of.as_str()))])
}

/// Takes one from the list.
pub(crate) async fn remove(visit: Visit) -> Answer {
    let form = visit.form("members");
    let input = KeepMember {
        community: form.given("community"),
        unit: form.given("unit"),
        phone: form.given("phone"),
        person: form.given("person"),
        leaves: Some(true),
    };
    match visit.site.app.keep_member(&visit.caller(Action::KeepMembers, &form), input).await {
        Ok(kept) => Ok(on(&here(&form), "saved", kept.position)),
        Err(refusal) => {
            let (status, form) = form.refuse(visit.t, refusal.into())?;
            with_status(status, &admin_page(&visit, "members", Some(("members", form))).await?)
        }
    }
}
