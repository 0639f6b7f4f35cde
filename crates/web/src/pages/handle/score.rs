//! `/scores`: the sheet is worked out for whoever looks, and every number opens into its rows.

use axum::extract::Path;
use sandan_app::{Action, CheckIn, EnterCommitments, EnterHours, RateCommunity, StrikeOut};
use sandan_domain::scoring::{Part, Scorebook, UnitScore, Year, days_of};
use sandan_domain::{CommunityId, Role};
use sandan_views::{CommunityView, Sight};

use super::score_rows::{entries, filter, people};
use super::{ledger, show};
use crate::pages::fields::address;
use crate::pages::form::Form;
use crate::pages::line::Choice;
use crate::pages::score::{EnterForms, PartCell, PartHead, ScoresPage, SheetView, UnitRow};
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;
use crate::scores::year;

const STEPS: [&str; 5] = ["hours", "check-in", "commitments", "strike-out", "rate"];

pub(crate) async fn show(visit: Visit) -> Answer {
    visit.permit_section("/scores")?;
    page(&scores_page(&visit, None).await?)
}

pub(crate) async fn take(Path(step): Path<String>, visit: Visit) -> Answer {
    visit.permit_section("/scores")?;
    let step = STEPS.into_iter().find(|known| *known == step).ok_or_else(Problem::not_found)?;
    let form = visit.form(step);
    let _place = visit.site.door.place()?;
    match run(&visit, step, &form).await {
        Ok(position) => {
            let (community, year) = asked(&visit);
            let year = year.to_string();
            let here = address("/scores", &[("community", community.as_deref()), ("year", Some(&year))]);
            Ok(on(&here, "saved", position))
        }
        Err(problem) => {
            let (status, form) = form.refuse(visit.t, problem)?;
            with_status(status, &scores_page(&visit, Some((step, form))).await?)
        }
    }
}

async fn run(visit: &Visit, step: &str, form: &Form) -> Result<u64, Problem> {
    let app = &visit.site.app;
    let caller = visit.caller(Action::EnterHours, form);
    let number = |name: &str| form.given(name).map(|text| text.trim().parse().unwrap_or(-1));
    let community = form.given("community");
    let done = match step {
        "hours" => {
            let input = EnterHours {
                community,
                unit: form.given("unit"),
                phone: form.given("phone"),
                day: form.given("day"),
                minutes: number("minutes"),
                activity: form.given("activity"),
                evidence: form.given("evidence"),
            };
            app.enter_hours(&caller, input).await?
        }
        "check-in" => {
            let (unit, phone, day) = (form.given("unit"), form.given("phone"), form.given("day"));
            app.check_in(&caller, CheckIn { community, unit, phone, day }).await?
        }
        "commitments" => {
            let input = EnterCommitments {
                community,
                year: number("year"),
                unit: form.given("unit"),
                due: number("due"),
                kept: number("kept"),
                evidence: form.given("evidence"),
            };
            app.enter_commitments(&caller, input).await?
        }
        "strike-out" => {
            let (year, entry, reason) = (number("year"), number("entry"), form.given("reason"));
            app.strike_out(&caller, StrikeOut { community, year, entry, reason }).await?
        }
        _ => {
            let input = RateCommunity {
                community,
                year: number("year"),
                dispatch: form.given("dispatch"),
                support: form.given("support"),
                response: form.given("response"),
            };
            app.rate_community(&caller, input).await?
        }
    };
    Ok(done.position)
}

/// Community and year, of the form or of the address; this year unless one is named.
fn asked(visit: &Visit) -> (Option<String>, i16) {
    let named = |name: &str| visit.sent.get(name).or_else(|| visit.query.get(name)).map(str::to_owned);
    let calendar = visit.calendar();
    let now = calendar.now.to_zoned(calendar.zone).year();
    let year = named("year").and_then(|year| year.trim().parse().ok()).filter(is_scored);
    (named("community"), year.unwrap_or(now))
}

async fn scores_page(visit: &Visit, refused: Option<(&'static str, Form)>) -> Result<ScoresPage, Problem> {
    let sight = visit.sight().await?;
    let all = visit.site.views.communities(&sight).await?;
    let (slug, nth) = asked(visit);
    let named = slug.and_then(|slug| all.iter().find(|view| view.slug.as_str() == slug));
    // Where there is one community there is nothing to choose.
    let community = named.or_else(|| all.first().filter(|_| all.len() == 1));
    let sheet = match community {
        Some(community) => Some(sheet(visit, &sight, community, nth, refused).await?),
        None => None,
    };
    Ok(ScoresPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("scores-title")),
        communities: show::communities(&all, community.map(|view| &view.slug)),
        year: nth,
        sheet,
    })
}

async fn sheet(
    visit: &Visit,
    sight: &Sight,
    community: &CommunityView,
    nth: i16,
    refused: Option<(&'static str, Form)>,
) -> Result<SheetView, Problem> {
    let t = visit.t;
    let scored = year(&visit.site, sight, &community.slug, nth).await?;
    let again = |step: &'static str| match &refused {
        Some((of, form)) if *of == step => form.clone(),
        _ => Form::empty(step),
    };
    let links = visit.who.role() != Role::Unit;
    let row = |score: &UnitScore| unit_row(&community.slug, &scored, score, links);
    let heads = scored.units.first().map(|score| score.sheet.parts.clone()).unwrap_or_default();
    let enter = visit.who.may(Action::EnterHours).then(|| EnterForms {
        hours: again("hours"),
        check_in: again("check-in"),
        commitments: again("commitments"),
        strike_out: again("strike-out"),
    });
    Ok(SheetView {
        community: community.slug.to_string(),
        name: community.name.clone(),
        policy: match &scored.policy.of {
            Some(of) => t.a2("scores-policy", "of", of, "version", scored.policy.version),
            None => t.s("scores-policy-standard"),
        },
        target_hours: scored.weights().target_hours,
        parts: heads.iter().map(|part| PartHead { name: part.name, weight: part.weight }).collect(),
        units: scored.units.iter().map(row).collect(),
        community_score: points(scored.community.score()),
        community_parts: scored.community.parts.iter().map(|part| cell(part, None)).collect(),
        people: people(visit, &community.slug, &scored),
        entries: entries(visit, &community.slug, &scored),
        filter: filter(visit, &community.slug, &scored),
        enter,
        rate: visit.who.may(Action::RateCommunity).then(|| again("rate")),
        choices: scored.units.iter().map(|score| Choice::new(score.unit.as_str(), &*score.name)).collect(),
    })
}

fn unit_row(community: &CommunityId, year: &Year, score: &UnitScore, links: bool) -> UnitRow {
    let (first, next) = days_of(year.year);
    let last = next.yesterday().unwrap_or(next);
    let rows = |part: &Part, side| ledger::of_rate(part.name, side, community, &score.unit, (first, last));
    let of_requests = |part: &Part| links && part.is_of_requests();
    let parts = score
        .sheet
        .parts
        .iter()
        .map(|part| cell(part, of_requests(part).then(|| (rows(part, "numerator"), rows(part, "denominator")))));
    UnitRow {
        name: score.name.clone(),
        score: points(score.sheet.score()),
        parts: parts.collect(),
        evidence: year.book.commitments.get(&score.unit).map(|entered| entered.evidence.clone()),
    }
}

fn cell(part: &Part, rows: Option<(String, String)>) -> PartCell {
    let count = |count: u64| if part.name == "hours" { show::hours(count) } else { count.to_string() };
    let (numerator_href, denominator_href) = rows.unzip();
    PartCell {
        name: part.name,
        weight: part.weight,
        numerator: count(part.share.numerator),
        denominator: count(part.share.denominator),
        numerator_href,
        denominator_href,
        points: points(part.points()),
    }
}

fn is_scored(year: &i16) -> bool {
    let (first, last) = Scorebook::YEARS;
    (first..=last).contains(year)
}

/// Hundredths of a point.
fn points(points: Option<u64>) -> String {
    points.map_or_else(|| "—".to_owned(), |points| format!("{}.{:02}", points / 100, points % 100))
}
