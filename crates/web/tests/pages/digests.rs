//! Digests (R26): every number on the page opens into the rows that it counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::SignedDuration;
use sandan_app::Clock;
use sandan_domain::Role;
use sandan_log::MemoryLog;
use sandan_web::Settings;
use serde_json::json;

use crate::browser::{Browser, Shown};
use crate::house::House;

/// Addresses of rows on a page, with the number that stands there.
fn numbers(page: &Shown) -> Vec<(String, u64)> {
    let links = page.html.split("<a href=\"/digests/rows?").skip(1);
    let links = links.filter_map(|link| {
        let (query, rest) = link.split_once("\">")?;
        let number = rest.split('<').next()?.parse().ok()?;
        Some((format!("/digests/rows?{}", query.replace("&#38;", "&")), number))
    });
    links.collect()
}

fn rows(page: &Shown) -> u64 {
    page.html.matches("<td class=\"num nowrap\"><a href=\"/requests/").count() as u64
}

/// Three days: what the first brought, what was sent back and rated badly, and what is late since.
async fn town() -> (House, jiff::civil::Date) {
    let (clock, time) = Clock::manual("2026-11-02T09:00:00+08:00".parse().unwrap());
    let log = Arc::new(MemoryLog::with_clock(clock.as_fn()));
    let house = House::on(log, clock, Settings { writes_per_minute: 0, ..Settings::default() }).await;
    house.furnish().await;
    let (desk, water) = (house.dispatcher().await, house.unit("water").await);
    house.files("The wall leans").await;
    let back = house.files("The tap drips").await;
    for _ in 0..2 {
        house.step(&desk, &back.id, "triage", json!({"decision": "accept"})).await;
        house.step(&desk, &back.id, "dispatch", json!({"unit": "water"})).await;
        house.step(&water, &back.id, "return", json!({"reason": "Not ours", "basis": "List of duties"})).await;
    }
    let done = house.completed().await;
    let ballot = json!({"tracking_code": done.code, "rating": "dissatisfied", "reason": "It still drips"});
    house.step("", &done.id, "ratings", ballot).await;
    time.advance(SignedDuration::from_hours(72));
    house.site.app.keep_due_promises().await.unwrap();
    house.files("The lamp is dark").await;
    let last = house.completed().await;
    house.seen(last.position).await;
    (house, "2026-11-02".parse().unwrap())
}

#[tokio::test]
async fn every_number_of_a_digest_opens_into_the_rows_that_it_counts() {
    let (house, first) = town().await;
    let board = Browser::of(&house, house.token(Role::Supervisor, None, None).await);
    let mut met = BTreeSet::new();
    for digest in [
        format!("kind=daily&date={first}"),
        "kind=daily&date=2026-11-05".to_owned(),
        format!("kind=weekly&date={first}&community=a"),
        format!("kind=monthly&date={first}"),
        "kind=weekly&date=2026-11-09".to_owned(),
    ] {
        let page = board.opens(&format!("/digests?{digest}")).await;
        let numbers = numbers(page.is(200));
        let cells =
            page.html.matches("<td class=\"num\">").count() + page.html.matches("<td class=\"num dim\">").count();
        let plain = page.html.matches(">0</td>").count() + page.html.matches(">—</td>").count();
        let of_rates = numbers.iter().filter(|(path, _)| path.contains("rate=")).count();
        assert_eq!(numbers.len() - of_rates + plain, cells, "a number of {digest} without a way to its rows");
        for (path, number) in numbers {
            let shown = board.opens(&path).await;
            shown.is(200);
            let field = |name: &str| path.split(['?', '&']).find_map(|field| field.strip_prefix(name)).unwrap_or("");
            let (figure, rate) = (field("figure="), field("rate="));
            met.insert(if figure.is_empty() { rate.to_owned() } else { figure.to_owned() });
            match (figure, rate) {
                ("returns", _) => assert!((1..=number).contains(&rows(&shown)), "{path}: {number}"),
                (_, "satisfaction") => assert!(rows(&shown) <= number, "{path}: {number}"),
                _ => assert_eq!(rows(&shown), number, "{path}"),
            }
        }
    }
    for figure in ["filed", "triaged", "dispatched", "completed", "returns", "open", "overdue", "response", "rework"] {
        assert!(met.contains(figure), "no {figure} in {met:?}");
    }
    board.opens("/digests/rows?figure=nonsense").await.is(404);
    let other = Browser::of(&house, house.token(Role::Supervisor, None, Some("b")).await);
    let none = other.opens(&format!("/digests/rows?kind=monthly&date={first}&figure=filed")).await;
    assert_eq!(rows(none.is(200)), 0, "another community's are not shown");
}

#[tokio::test]
async fn a_past_digest_tells_lateness_as_it_stood_then() {
    let (house, first) = town().await;
    let board = Browser::of(&house, house.token(Role::Supervisor, None, None).await);
    board.opens("/ledger").await.is(200).says("超期 9 小时");
    board.opens(&format!("/digests?kind=daily&date={first}")).await.is(200).says("还剩").does_not_say("超期 9 小时");
    let rows = format!("/digests/rows?kind=daily&date={first}&figure=filed");
    board.opens(&rows).await.is(200).says("还剩").does_not_say("超期 9 小时");
}

#[tokio::test]
async fn a_period_that_nobody_can_read_is_refused_and_not_taken_for_another() {
    let (house, _) = town().await;
    let board = Browser::of(&house, house.token(Role::Supervisor, None, None).await);
    board.opens("/digests?kind=x&date=2026-11-02").await.is(422);
    board.opens("/digests?kind=daily&date=2026-02-30").await.is(422).says("没有这一天：2026-02-30");
    board.opens("/digests?kind=&date=").await.is(200);
}
