//! `/board`, `/board/wall` and their figures: kept in the read models, never counted here.

use sandan_domain::CommunityId;
use sandan_views::{Board, CommunityFigures, RatesQuery, RatesRow, RequestRow, Sight, UnitFigures};

use super::names::Names;
use super::period::Period;
use super::show;
use crate::pages::board::{Bar, BoardFigures, BoardPage, Chart, Figures, UnitLine, WallFigures, WallPage};
use crate::pages::fields::address;
use crate::pages::line::Tile;
use crate::pages::moment::{Calendar, Moment};
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

/// Longest list of bars.
const BARS: usize = 12;

pub(crate) async fn show(visit: Visit) -> Answer {
    visit.permit_section("/board")?;
    let calendar = visit.calendar();
    let all = visit.site.views.communities(&visit.sight().await?).await?;
    let community = community(&visit).await?;
    let period = Period::named(visit.query.get("period"), &calendar);
    page(&BoardPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("board-title")).live(),
        community: community.as_ref().map(|community| show::community_name(&all, community)),
        communities: show::communities(&all, community.as_ref()),
        periods: period.choices(&calendar),
        refresh: same(&visit, "/board/figures"),
        wall: same(&visit, "/board/wall"),
        figures: figures(&visit).await?,
    })
}

/// The figures alone.
pub(crate) async fn part(visit: Visit) -> Answer {
    visit.permit_section("/board")?;
    page(&BoardFigures { t: visit.t, figures: figures(&visit).await? })
}

/// For a screen on the wall.
pub(crate) async fn wall(visit: Visit) -> Answer {
    visit.permit_section("/board")?;
    let all = visit.site.views.communities(&visit.sight().await?).await?;
    let community = community(&visit).await?;
    page(&WallPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("wall-title")).live(),
        community: community.as_ref().map(|community| show::community_name(&all, community)),
        refresh: same(&visit, "/board/wall/figures"),
        at: now(&visit),
        figures: figures(&visit).await?,
    })
}

/// The wall's figures alone.
pub(crate) async fn wall_part(visit: Visit) -> Answer {
    visit.permit_section("/board")?;
    page(&WallFigures { t: visit.t, at: now(&visit), figures: figures(&visit).await? })
}

/// The visitor's community and period at another address.
fn same(visit: &Visit, path: &str) -> String {
    address(path, &["community", "period"].map(|name| (name, visit.query.get(name))))
}

fn now(visit: &Visit) -> Moment {
    let calendar = visit.calendar();
    calendar.moment(calendar.now)
}

/// The community that an address names, if the visitor may see it.
pub(super) async fn community(visit: &Visit) -> Result<Option<CommunityId>, Problem> {
    let Some(slug) = visit.query.get("community") else { return Ok(None) };
    let community: CommunityId = slug.parse().map_err(|_| Problem::not_found())?;
    visit.site.app.who_may_see(&visit.who.caller, &community).await?;
    Ok(Some(community))
}

async fn figures(visit: &Visit) -> Result<Figures, Problem> {
    let (views, calendar) = (&visit.site.views, visit.calendar());
    let community = community(visit).await?;
    let sight = match &community {
        Some(community) => views.sight_of(Some(community)).await?,
        None => visit.sight().await?,
    };
    let period = Period::named(visit.query.get("period"), &calendar);
    let board = views.board(&sight).await?;
    let names = Names::of(views, board.red.iter().chain(&board.newest).map(|row: &RequestRow| &row.community)).await?;
    let slug = community.as_ref().map(CommunityId::as_str);
    let rates = rates(visit, &sight, community.clone(), &period).await?;
    Ok(Figures {
        period: period.label(&calendar),
        tiles: tiles(&board, slug, &calendar),
        red: show::lines(&board.red, &names, &calendar),
        rates: show::rates(&rates, visit.t, |which, side| Some(rows(which.name(), side, slug, period.name))),
        charts: vec![by_state(&board, slug, &calendar), by_unit(&board), by_grid(&board)],
        units: board.by_unit.iter().take(BARS).map(unit_line).collect(),
        communities: by_community(&board),
        newest: show::lines(&board.newest, &names, &calendar),
    })
}

/// Where the rows behind a rate's number stand.
fn rows(which: &str, side: &str, community: Option<&str>, period: &str) -> String {
    let fields = [("rate", Some(which)), ("side", Some(side)), ("community", community), ("period", Some(period))];
    address("/ledger", &fields)
}

async fn rates(
    visit: &Visit,
    sight: &Sight,
    community: Option<CommunityId>,
    period: &Period,
) -> Result<RatesRow, Problem> {
    let query = RatesQuery { community, from: period.from, to: None, by: None };
    Ok(visit.site.views.rates(sight, &query).await?.into_iter().next().unwrap_or_default())
}

fn tiles(board: &Board, community: Option<&str>, calendar: &Calendar) -> Vec<Tile> {
    let t = calendar.t;
    let today = board.today.date.to_string();
    let tile = |name: &str, label: String, count, tone, fields: &[(&str, Option<&str>)]| Tile {
        name: name.to_owned(),
        label,
        count,
        href: address("/ledger", &[fields, &[("community", community)]].concat()),
        tone,
    };
    let open = ("open", Some("true"));
    let light =
        |name: &'static str, count| tile(name, t.of("light", name), count, name, &[("light", Some(name)), open]);
    let alarm = if board.overdue > 0 { "red" } else { "" };
    vec![
        tile("open", t.s("board-open"), board.open, "", &[open]),
        light("red", board.by_light.red),
        light("yellow", board.by_light.yellow),
        light("green", board.by_light.green),
        tile("overdue", t.s("board-overdue"), board.overdue, alarm, &[("overdue", Some("true")), open]),
        tile("filed", t.s("board-filed-today"), board.today.filed, "", &[("from", Some(&today))]),
    ]
}

fn chart(name: &'static str, mut bars: Vec<Bar>) -> Chart {
    bars.truncate(BARS);
    Chart { name, bars: drawn(bars) }
}

/// Bars relative to the longest.
fn drawn(mut bars: Vec<Bar>) -> Vec<Bar> {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    for bar in &mut bars {
        let of_most = |count: u64| (count * 100).checked_div(most).unwrap_or(0);
        let (red, yellow) = (of_most(bar.red_width), of_most(bar.yellow_width));
        bar.width = of_most(bar.count);
        bar.red_width = red;
        bar.yellow_width = red + yellow;
    }
    bars
}

/// A bar before it is drawn: its parts are counts still.
fn bar(label: String, href: String, count: u64, yellow: u64, red: u64) -> Bar {
    Bar { label, href, count, width: 0, yellow_width: yellow, red_width: red }
}

fn by_state(board: &Board, community: Option<&str>, calendar: &Calendar) -> Chart {
    let open = board.by_state.iter().filter(|(state, count)| state.is_open() && *count > 0);
    let href = |state: &str| address("/ledger", &[("state", Some(state)), ("community", community)]);
    let bars = open.map(|(state, count)| bar(calendar.t.of("state", state.name()), href(state.name()), *count, 0, 0));
    chart("state", bars.collect())
}

fn by_unit(board: &Board) -> Chart {
    let bars = board.by_unit.iter().map(|unit| {
        let label = unit.name.clone().unwrap_or_else(|| unit.unit.to_string());
        let href = of_place("lead", unit.unit.as_str(), &unit.community);
        bar(label, href, unit.open, unit.lights.yellow, unit.lights.red)
    });
    chart("unit", bars.collect())
}

fn unit_line(unit: &UnitFigures) -> UnitLine {
    UnitLine {
        name: unit.name.clone().unwrap_or_else(|| unit.unit.to_string()),
        href: of_place("lead", unit.unit.as_str(), &unit.community),
        own_on_time: format!("{} / {}", unit.own_on_time, unit.done),
        held_in_hours: unit.held_in_hours,
        returns: unit.returns,
        lost_in_hours: unit.lost_in_hours,
        late_arrivals: unit.late_arrivals,
    }
}

fn by_grid(board: &Board) -> Chart {
    let bars = board.by_grid.iter().map(|grid| {
        let label = grid.name.clone().unwrap_or_else(|| grid.grid.to_string());
        let href = of_place("grid", grid.grid.as_str(), &grid.community);
        bar(label, href, grid.open, grid.lights.yellow, grid.lights.red)
    });
    chart("grid", bars.collect())
}

fn by_community(board: &Board) -> Vec<Bar> {
    if board.by_community.len() < 2 {
        return Vec::new();
    }
    let of = |figures: &CommunityFigures| {
        let slug = figures.community.as_str();
        let label = figures.name.clone().unwrap_or_else(|| slug.to_owned());
        let href = address("/board", &[("community", Some(slug))]);
        bar(label, href, figures.open, figures.lights.yellow, figures.lights.red)
    };
    drawn(board.by_community.iter().map(of).collect())
}

fn of_place(kind: &str, slug: &str, community: &CommunityId) -> String {
    address("/ledger", &[(kind, Some(slug)), ("community", Some(community.as_str())), ("open", Some("true"))])
}
