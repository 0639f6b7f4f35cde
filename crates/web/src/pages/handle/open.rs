//! `/open`: rates and closed requests for everybody, without a name or a quote (R37).

use sandan_domain::CommunityId;
use sandan_domain::request::Closing;
use sandan_views::{OpenRow, RatesQuery, Sight};

use super::names::Names;
use super::period::Period;
use super::show;
use crate::pages::fields::address;
use crate::pages::line::Tile;
use crate::pages::moment::Calendar;
use crate::pages::open::{ClosedLine, OpenPage};
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

const LINES: usize = 30;

pub(crate) async fn show(visit: Visit) -> Answer {
    let (t, views, calendar) = (visit.t, &visit.site.views, visit.calendar());
    let all = views.communities(&Sight::All).await?;
    let asked: Option<CommunityId> = visit.query.get("community").and_then(|slug| slug.parse().ok());
    let community = asked.filter(|slug| all.iter().any(|view| view.slug == *slug));
    let period = Period::named(visit.query.get("period"), &calendar);
    let cursor = visit.query.get("cursor").and_then(|cursor| cursor.parse().ok());
    let open = views.open_page(community.as_ref(), cursor, LINES).await?;
    let query = RatesQuery { community: community.clone(), from: period.from, to: None, by: None };
    let rates = views.rates(&Sight::All, &query).await?.into_iter().next().unwrap_or_default();
    let names = Names::of(views, open.items.iter().map(|row| &row.community)).await?;
    let slug = community.as_ref().map(CommunityId::as_str);
    let here = |cursor: Option<&str>| {
        address("/open", &[("community", slug), ("period", Some(period.name)), ("cursor", cursor)])
    };
    let next = open.next_cursor.map(|next| next.to_string());
    page(&OpenPage {
        t,
        shell: visit.shell(t.s("open-title")),
        communities: show::communities(&all, community.as_ref()),
        periods: period.choices(&calendar),
        rates: show::rates(&rates, visit.t, |_, _| None),
        tiles: vec![tile("open", t.s("open-open"), open.open), tile("closed", t.s("open-done"), open.closed)],
        closed: open.items.iter().map(|row| line(row, &names, &calendar)).collect(),
        first: cursor.map(|_| here(None)),
        next: next.map(|next| here(Some(&next))),
    })
}

fn tile(name: &str, label: String, count: u64) -> Tile {
    Tile { name: name.to_owned(), label, count, href: String::new(), tone: "" }
}

fn line(row: &OpenRow, names: &Names, calendar: &Calendar) -> ClosedLine {
    let t = calendar.t;
    let category = row.category.as_ref().map(|category| show::category(category, t));
    let grid = row.grid.as_ref().map(|grid| names.grid(&row.community, grid));
    let unit = row.unit.as_ref().map(|unit| names.unit(&row.community, unit));
    let days = row.closed_at.map(|closed| closed.duration_since(row.filed_at).as_hours() / 24);
    let closing = row.closing.unwrap_or(Closing::Unrated);
    ClosedLine {
        title: row.public_title.clone().or_else(|| category.clone()).unwrap_or_else(|| t.s("category-none")),
        about: [category, grid, unit].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        days: days.map(|days| t.n("open-days", days)).unwrap_or_default(),
        closing: t.of("closing", show::closing(closing)),
        good: closing == Closing::Satisfied,
    }
}

/// For crawlers: nothing under a code is theirs.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /r/\nDisallow: /requests/\nDisallow: /set-up/\n"
}

/// An address that leads nowhere.
pub(crate) async fn nowhere() -> Problem {
    Problem::not_found()
}
