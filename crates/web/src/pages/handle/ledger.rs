//! `/ledger`: requests by filters, or the rows behind one number of the rates.

use jiff::Timestamp;
use jiff::civil::Date;
use sandan_domain::category::Taxonomy;
use sandan_domain::request::Channel;
use sandan_domain::time::Light;
use sandan_domain::{CommunityId, UnitId};
use sandan_views::{By, Cursor, Filter, Page, RateRows, RatesQuery, RequestRow, Side, Sight, State, Which};

use super::board::community;
use super::names::Names;
use super::period::Period;
use super::show;
use crate::pages::fields::address;
use crate::pages::form::Form;
use crate::pages::ledger::{About, LedgerPage};
use crate::pages::line::Choice;
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

const LINES: usize = 50;
/// The fields of an address that say which rows are shown.
const FIELDS: [&str; 17] = [
    "state",
    "community",
    "unit",
    "lead",
    "grid",
    "category",
    "channel",
    "light",
    "overdue",
    "open",
    "q",
    "from",
    "to",
    "rate",
    "side",
    "period",
    "without",
];
const LIGHTS: [&str; 3] = ["green", "yellow", "red"];

pub(crate) async fn show(visit: Visit) -> Answer {
    visit.permit_section("/ledger")?;
    let t = visit.t;
    let sight = visit.sight().await?;
    let community = community(&visit).await?;
    let cursor = visit.query.get("cursor").and_then(|cursor| cursor.parse().ok());
    let (rows, about) = match (behind(&visit, &community), lead(&visit, &community)) {
        (Some(behind), _) => {
            (visit.site.views.rate_rows(&sight, &behind, cursor, LINES).await?, Some(says(&behind, t)))
        }
        (None, Some((community, unit))) => {
            let rows = visit.site.views.led_by(&sight, &community, &unit, cursor, LINES).await?;
            (rows, Some(says_led(&visit, &sight, &community, &unit).await?))
        }
        (None, None) => (filtered(&visit, &sight, &community, cursor).await?, None),
    };
    let names = Names::of(&visit.site.views, rows.items.iter().map(|row| &row.community)).await?;
    let all = visit.site.views.communities(&sight).await?;
    let (units, grids) = places(&visit, &sight, &community, all.len()).await?;
    let next = rows.next_cursor.map(|next| next.to_string());
    let choices = |family: &str, names: &[&str]| -> Vec<Choice> {
        names.iter().map(|name| Choice::new(*name, t.of(family, name))).collect()
    };
    page(&LedgerPage {
        t,
        shell: visit.shell(t.s("ledger-title")),
        heading: t.s("ledger-title"),
        about: about.map(|text| About { text, href: "/ledger".to_owned(), back: t.s("ledger-all") }),
        filtered: FIELDS.iter().any(|field| visit.query.get(field).is_some()),
        form: FIELDS
            .iter()
            .fold(Form::empty("ledger"), |form, field| form.with(field, visit.query.get(field).unwrap_or_default())),
        communities: show::communities(&all, community.as_ref()),
        states: choices("state", &State::ALL.map(State::name)),
        lights: choices("light", &LIGHTS),
        units,
        grids,
        channels: choices("channel", &show::CHANNELS),
        categories: show::category_groups(t),
        lines: show::lines(&rows.items, &names, &visit.calendar()),
        first: cursor.map(|_| here(&visit, None)),
        next: next.map(|next| here(&visit, Some(&next))),
    })
}

/// The same rows from another place on.
fn here(visit: &Visit, cursor: Option<&str>) -> String {
    let fields = FIELDS.iter().map(|field| (*field, visit.query.get(field)));
    address("/ledger", &fields.chain([("cursor", cursor)]).collect::<Vec<_>>())
}

/// Where the rows stand that a unit's rate counts, from the first day to the last.
pub(super) fn of_rate(
    rate: &str,
    side: &str,
    community: &CommunityId,
    unit: &UnitId,
    (first, last): (Date, Date),
) -> String {
    let (first, last) = (first.to_string(), last.to_string());
    let fields = [
        ("rate", Some(rate)),
        ("side", Some(side)),
        ("community", Some(community.as_str())),
        ("unit", Some(unit.as_str())),
        ("from", Some(&*first)),
        ("to", Some(&*last)),
    ];
    address("/ledger", &fields)
}

/// The number of the rates that the address asks about.
fn behind(visit: &Visit, community: &Option<CommunityId>) -> Option<RateRows> {
    let which: Which = visit.query.get("rate")?.parse().ok()?;
    let side = if visit.query.is("side", "numerator") { Side::Numerator } else { Side::Denominator };
    // A page names a period, or its first and last day.
    let first = visit.query.get("from").and_then(|day| midnight(visit, day, false));
    let from = first.or_else(|| Period::named(visit.query.get("period"), &visit.calendar()).from);
    let to = visit.query.get("to").and_then(|day| midnight(visit, day, true));
    let group = visit.query.get("unit").map(str::to_owned);
    let query = RatesQuery { community: community.clone(), from, to, by: group.is_some().then_some(By::Unit) };
    let without = visit.query.get("without").and_then(|text| text.parse().ok());
    Some(RateRows { query, group, which, side, without })
}

/// In words.
pub(super) fn says(behind: &RateRows, t: Texts) -> String {
    let side = match behind.side {
        Side::Numerator => "numerator",
        Side::Denominator => "denominator",
    };
    t.a2("rate-rows", "rate", t.of("rate", behind.which.name()), "side", t.of("side", side))
}

/// The unit whose bar of the board the address asks about.
fn lead(visit: &Visit, community: &Option<CommunityId>) -> Option<(CommunityId, UnitId)> {
    Some((community.clone()?, visit.query.get("lead")?.parse().ok()?))
}

async fn says_led(visit: &Visit, sight: &Sight, community: &CommunityId, slug: &UnitId) -> Result<String, Problem> {
    let units = visit.site.views.units(sight, Some(community)).await?;
    let unit = units.into_iter().find(|unit| unit.community == *community && unit.slug == *slug);
    Ok(visit.t.a("lead-rows", "unit", unit.map_or_else(|| slug.to_string(), |unit| unit.name)))
}

/// A value that can't be read filters nothing: the form shows what was understood.
async fn filtered(
    visit: &Visit,
    sight: &Sight,
    community: &Option<CommunityId>,
    cursor: Option<Cursor>,
) -> Result<Page<RequestRow>, Problem> {
    let query = &visit.query;
    let truth = |name: &str| query.get(name).map(|value| value == "true");
    let filter = Filter {
        community: community.clone(),
        state: query.get("state").and_then(|state| state.parse().ok()),
        unit: query.get("unit").and_then(|unit| unit.parse().ok()),
        grid: query.get("grid").and_then(|grid| grid.parse().ok()),
        category: query.get("category").and_then(|text| Taxonomy::national().find(text)),
        channel: query.get("channel").and_then(channel),
        urgency: None,
        light: query.get("light").and_then(light),
        overdue: truth("overdue"),
        q: query.text("q"),
        from: query.get("from").and_then(|day| midnight(visit, day, false)),
        to: query.get("to").and_then(|day| midnight(visit, day, true)),
        open: truth("open"),
        number: None,
    };
    Ok(visit.site.views.requests(sight, &filter, cursor, LINES).await?)
}

fn channel(name: &str) -> Option<Channel> {
    let all = [
        Channel::Web,
        Channel::Kiosk,
        Channel::Hotline,
        Channel::Mailbox,
        Channel::Liaison,
        Channel::GridVisit,
        Channel::Partner,
    ];
    all.into_iter().find(|channel| show::channel(*channel) == name)
}

fn light(name: &str) -> Option<Light> {
    [Light::Green, Light::Yellow, Light::Red].into_iter().find(|light| show::light(*light) == name)
}

/// The midnight that begins a day, or the one that ends it.
fn midnight(visit: &Visit, day: &str, ends: bool) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let day = if ends { day.tomorrow().ok()? } else { day };
    Some(day.to_zoned(visit.calendar().zone).ok()?.timestamp())
}

/// Units and grids to choose from, where one community is meant: of many the slugs would be ambiguous.
async fn places(
    visit: &Visit,
    sight: &Sight,
    community: &Option<CommunityId>,
    communities: usize,
) -> Result<(Vec<Choice>, Vec<Choice>), Problem> {
    if community.is_none() && communities != 1 {
        return Ok(Default::default());
    }
    let units = visit.site.views.units(sight, community.as_ref()).await?;
    let grids = visit.site.views.grids(sight, community.as_ref()).await?;
    let units = units.into_iter().map(|unit| Choice::new(unit.slug.as_str(), unit.name));
    let grids = grids.into_iter().map(|grid| Choice::new(grid.slug.as_str(), grid.name));
    Ok((units.collect(), grids.collect()))
}
