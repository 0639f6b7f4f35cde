//! `/digests`: asks the read models as they stood at the period's end.

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use jiff::civil::Date;
use sandan_domain::category::Taxonomy;
use sandan_domain::{CommunityId, Flaw, InputError};
use sandan_views::{By, Digest, DigestFigure, DigestGroup, DigestKind, DigestQuery, RequestRow, Views};

use super::board::community;
use super::digest_rows::{of_figure, of_group, of_rate};
use super::names::Names;
use super::show;
use crate::pages::digest::{Count, DigestPage, Figure, GroupRow, Grouping};
use crate::pages::fields::address;
use crate::pages::line::Choice;
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::{Problem, input_error};

pub(super) const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Lines of a list on the page; the workbook has more.
const LINES: usize = 100;

/// What is asked, and what is answered.
struct Asked {
    query: DigestQuery,
    digest: Digest,
    views: Views,
}

/// Which digest is asked for, and the read models that tell it.
pub(super) struct Told {
    pub query: DigestQuery,
    pub views: Views,
}

pub(crate) async fn show(visit: Visit) -> Answer {
    let Asked { query, digest, .. } = ask(&visit).await?;
    let (t, calendar) = (visit.t, visit.calendar());
    let all = visit.site.views.communities(&visit.sight().await?).await?;
    let rows = digest.filed.iter().chain(&digest.overdue).chain(&digest.oldest).map(|row: &RequestRow| &row.community);
    let names = Names::of(&visit.site.views, rows).await?;
    let slug = query.community.as_ref().map(CommunityId::as_str);
    let stood = calendar.as_of(digest.as_of);
    let to = |date: Date| here("/digests", query.kind, date, slug);
    let lines = |rows: &[RequestRow]| show::lines(&rows[..rows.len().min(LINES)], &names, &stood);
    let next = query.kind.after(query.date);
    let today = calendar.now.to_zoned(calendar.zone.clone()).date();
    let more = usize::try_from(digest.figures.filed).unwrap_or(usize::MAX).saturating_sub(LINES);
    page(&DigestPage {
        t,
        shell: visit.shell(t.of("digest", query.kind.name())),
        heading: t.of("digest", query.kind.name()),
        period: days((digest.first, digest.last), t),
        community: slug.map(|slug| named(&all, slug)),
        as_of: calendar.moment(digest.as_of.min(calendar.now)).text,
        is_over: digest.to <= calendar.now,
        kinds: DigestKind::ALL
            .map(|kind| Choice::new(kind.name(), t.of("digest", kind.name())).chosen(query.kind.name()))
            .to_vec(),
        communities: show::communities(&all, query.community.as_ref()),
        date: query.date.to_string(),
        previous: to(query.kind.before(query.date)),
        next: (next <= today).then(|| to(next)),
        sheet: here("/digests/sheet", query.kind, query.date, slug),
        figures: figures(&query, &digest, t),
        rates: show::rates(&digest.rates, visit.t, |which, side| Some(of_rate(&query, which, side))),
        groups: groups(&query, &digest, t),
        filed: lines(&digest.filed),
        filed_more: (more > 0).then(|| of_figure(&query, DigestFigure::Filed, false)),
        overdue: lines(&digest.overdue),
        oldest: lines(&digest.oldest),
    })
}

/// The workbook, under the office's name for it.
pub(crate) async fn sheet(visit: Visit) -> Answer {
    let Asked { query, digest, views } = ask(&visit).await?;
    let name = format!("sandan-{}-{}.xlsx", query.kind.name(), digest.first);
    let zone = visit.calendar().zone;
    let value = views.named(&digest).await?;
    let writing = tokio::task::spawn_blocking(move || {
        let mut file = sandan_sheets::digest(&value, &zone)?;
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes)?;
        Ok::<_, sandan_sheets::SheetError>(bytes)
    });
    let bytes = writing.await.map_err(failed)?.map_err(failed)?;
    let headers = [
        (CONTENT_TYPE, WORKBOOK.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn failed(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a digest could not be written");
    sandan_app::Refusal::Failed(format!("write the digest: {error}")).into()
}

/// What is not given is the last whole day. What can't be read is refused: another period would be told for it.
pub(super) async fn told(visit: &Visit) -> Result<Told, Problem> {
    visit.permit_section("/board")?;
    let community = community(visit).await?;
    let calendar = visit.calendar();
    let given = |name| visit.query.get(name).filter(|text| !text.trim().is_empty());
    let kind = match given("kind") {
        Some(kind) => {
            kind.parse().map_err(|_| Problem::no_such_word("kind", &DigestKind::ALL.map(DigestKind::name)))?
        }
        None => DigestKind::Daily,
    };
    let date = match given("date") {
        Some(date) => date.trim().parse().map_err(|_| no_such_date(date))?,
        None => kind.last_whole(&calendar.now.to_zoned(calendar.zone.clone())),
    };
    let query = DigestQuery { kind, community, date };
    let views = visit.site.views.as_of(visit.site.views.digest_is_due(&query)).await?;
    Ok(Told { query, views })
}

fn no_such_date(date: &str) -> Problem {
    Problem::field("date", "malformed", input_error(&InputError::malformed(Flaw::of_date(date))))
}

async fn ask(visit: &Visit) -> Result<Asked, Problem> {
    let Told { query, views } = told(visit).await?;
    let digest = views.digest(&visit.sight().await?, &query).await?;
    Ok(Asked { query, digest, views })
}

pub(super) fn here(path: &str, kind: DigestKind, date: Date, community: Option<&str>) -> String {
    let date = date.to_string();
    address(path, &[("kind", Some(kind.name())), ("date", Some(&date)), ("community", community)])
}

/// A period's days, in words.
pub(super) fn days((first, last): (Date, Date), t: Texts) -> String {
    if first == last { first.to_string() } else { t.a2("digest-days", "first", first, "last", last) }
}

fn named(all: &[sandan_views::CommunityView], slug: &str) -> String {
    let known = all.iter().find(|view| view.slug.as_str() == slug);
    known.map_or_else(|| slug.to_owned(), |view| view.name.clone())
}

fn figures(query: &DigestQuery, digest: &Digest, t: Texts) -> Vec<Figure> {
    let figure = |figure: DigestFigure| Figure {
        label: t.of("digest", figure.name()),
        count: count(digest.figures.of(figure), || of_figure(query, figure, false)),
        before: (!figure.is_of_the_end()).then(|| count(digest.before.of(figure), || of_figure(query, figure, true))),
    };
    DigestFigure::ALL.map(figure).to_vec()
}

fn count(count: u64, href: impl FnOnce() -> String) -> Count {
    Count { count, href: (count > 0).then(href) }
}

/// Each kind begins with the grouping that its readers look for.
fn groups(query: &DigestQuery, digest: &Digest, t: Texts) -> Vec<Grouping> {
    let grouping = |by: By, groups: &[DigestGroup]| Grouping {
        name: by.name(),
        heads: DigestFigure::ALL.map(|figure| t.of("digest", figure.name())).to_vec(),
        rows: groups.iter().map(|group| row(query, by, group, t)).collect(),
    };
    let category = grouping(By::Category, &digest.by_category);
    let unit = grouping(By::Unit, &digest.by_unit);
    let grid = grouping(By::Grid, &digest.by_grid);
    let channel = grouping(By::Channel, &digest.by_channel);
    match digest.kind {
        DigestKind::Daily => vec![channel, category, grid, unit],
        DigestKind::Weekly => vec![category, unit, grid, channel],
        DigestKind::Monthly => vec![unit, category, grid, channel],
    }
}

fn row(query: &DigestQuery, by: By, group: &DigestGroup, t: Texts) -> GroupRow {
    let figures = &group.figures;
    let counts = DigestFigure::ALL.map(|figure| count(figures.of(figure), || of_group(query, figure, by, group)));
    let label = match (by, &group.name, &group.group) {
        (_, _, None) => t.s("digest-none-of"),
        (_, Some(name), _) => name.clone(),
        (by, None, Some(group)) => word(by, group, t),
    };
    GroupRow { label, counts: counts.to_vec() }
}

/// A group that is no place, as people call it.
pub(super) fn word(by: By, group: &str, t: Texts) -> String {
    let known = match by {
        By::Channel => t.try_of("channel", group),
        By::Category => Taxonomy::national().find(group).map(|known| show::category(&known, t)),
        By::Unit | By::Grid => None,
    };
    known.unwrap_or_else(|| group.to_owned())
}
