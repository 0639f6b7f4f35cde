//! How fast models are built and boards are answered, on whatever machine this is. Run on purpose:
//! `cargo test --release -p sandan-views -- --ignored --nocapture`.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sandan_domain::request::{Command, Destination, File, Place, Team, TriageDecision};
use sandan_domain::review::{self, Rating};
use sandan_domain::{Actor, PersonId, RequestId};
use sandan_log::{SqliteLog, SqliteOptions};
use sandan_views::{Filter, Model, RatesQuery, Sight, Views};

use crate::life::{CATEGORIES, COMMUNITIES, GRIDS, UNITS};
use crate::world::{Wish, World, category, desk, id, staff, text};

/// Requests that live their whole lives, and requests that are filed alone.
const LIVES: usize = 40_000;
const FILED: usize = 960_000;
/// Requests that take each step together: their events lie this far apart.
const TOGETHER: usize = 400;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; for a release build"]
async fn speed() {
    let folder = tempfile::tempdir().unwrap();
    let lives: usize = std::env::var("LIVES").map_or(LIVES, |lives| lives.parse().unwrap());
    let filed: usize = std::env::var("FILED").map_or(FILED, |filed| filed.parse().unwrap());
    let mut world = on_disk(folder.path()).await;
    world.settle().await;
    for _ in 0..lives / TOGETHER {
        live_together(&mut world).await;
    }
    let events = world.head().await;
    let views = Views::open(world.parts(folder.path())).await.unwrap();
    for model in Model::ALL {
        let begun = Instant::now();
        views.rebuild_one(model, |_| {}).await.unwrap();
        let per_second = events as f64 / begun.elapsed().as_secs_f64();
        println!("{}: {events} events of {lives} requests, {per_second:.0} events/s", model.name());
    }
    for _ in 0..filed / TOGETHER {
        file_together(&mut world).await;
    }
    let more = world.head().await - events;
    for model in Model::ALL {
        let begun = Instant::now();
        views.rebuild_one(model, |_| {}).await.unwrap();
        let took = begun.elapsed().as_secs_f64();
        println!("{}: {} events in {took:.1} s, {more} of them filings", model.name(), events + more);
    }
    questions(&views).await;
    for entry in std::fs::read_dir(folder.path()).unwrap().flatten() {
        println!("{:?}: {} MB", entry.file_name(), entry.metadata().unwrap().len() / 1_000_000);
    }
}

async fn questions(views: &Views) {
    let town = views.sight_of(Some(&id("town"))).await.unwrap();
    let river = Sight::Set(vec![id("river")]);
    for (name, sight) in [("all", &Sight::All), ("town", &town), ("river", &river)] {
        let mut times = Vec::new();
        for _ in 0..500 {
            let begun = Instant::now();
            views.board(sight).await.unwrap();
            times.push(begun.elapsed());
        }
        told(&format!("board {name}"), times);
        let query = RatesQuery::default();
        let begun = Instant::now();
        let rates = views.rates(sight, &query).await.unwrap();
        println!("rates {name}: {:?} over {} requests", begun.elapsed(), rates[0].response.denominator);
    }
    let filters = [
        ("all", Filter::default()),
        ("unit", Filter { unit: Some(id("water")), ..Filter::default() }),
        ("category", Filter { category: Some(category("城乡建设")), ..Filter::default() }),
        ("q 水", Filter { q: Some("水".to_owned()), ..Filter::default() }),
        ("q of one", Filter { q: Some("号楼17单元".to_owned()), ..Filter::default() }),
    ];
    for (name, filter) in filters {
        let mut times = Vec::new();
        for _ in 0..50 {
            let begun = Instant::now();
            views.requests(&Sight::All, &filter, None, 50).await.unwrap();
            times.push(begun.elapsed());
        }
        told(&format!("list {name}"), times);
    }
}

fn told(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{name}: p50 {:?}, p99 {:?}", at(50), at(99));
}

async fn on_disk(folder: &std::path::Path) -> World {
    let start: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
    let now = Arc::new(Mutex::new(start));
    let clock = {
        let now = now.clone();
        Arc::new(move || *now.lock().unwrap())
    };
    let log = SqliteLog::open(folder.join("log.sqlite"), SqliteOptions { clock, ..SqliteOptions::default() });
    World::on(Arc::new(log.await.unwrap()), now, 1)
}

fn some_file(world: &mut World) -> File {
    let nth = world.chance.below(100_000);
    let description = format!(
        "和平路{nth}号楼{}单元门口的自来水管漏水很久了，夜里路面结冰，老人出门不安全，请尽快派人来修。",
        nth % 40
    );
    let community = world.chance.of(&COMMUNITIES);
    File {
        category: Some(category(world.chance.of(&CATEGORIES))),
        title: Some(text("自来水管漏水")),
        place: Some(Place { grid: Some(id(world.chance.of(&GRIDS))), address: Some(text("和平路")), spot: None }),
        ..world.plain(community, &description)
    }
}

/// In the order of time, as the program's own are (version 7).
fn some_id(world: &mut World) -> RequestId {
    let millis = world.now().as_millisecond() as u64;
    RequestId(uuid::Uuid::from_u64_pair(millis << 16 | world.chance.next() >> 48, world.chance.next()))
}

fn filings(world: &mut World) -> Vec<(RequestId, PersonId, Wish)> {
    (0..TOGETHER)
        .map(|_| {
            let (file, request) = (some_file(world), some_id(world));
            let person = file.requester.person;
            (request, person, Wish::Request(request, Command::File(Box::new(file))))
        })
        .collect()
}

async fn file_together(world: &mut World) {
    world.pass(SignedDuration::from_secs(40));
    let wishes = filings(world).into_iter().map(|(_, _, wish)| (wish, desk())).collect();
    world.wish_all(wishes).await;
    world.standing.requests.clear();
    world.history.clear();
    world.filed.clear();
}

async fn live_together(world: &mut World) {
    world.pass(SignedDuration::from_mins(5));
    let filings = filings(world);
    let people: Vec<(RequestId, PersonId)> = filings.iter().map(|(request, person, _)| (*request, *person)).collect();
    world.wish_all(filings.into_iter().map(|(_, _, wish)| (wish, desk())).collect()).await;
    let accept = || TriageDecision::Accept {
        category: Some(category("劳动和社会保障")),
        urgency: None,
        reason: None,
        public_title: Some(text("水管漏水")),
    };
    step(world, &people, |request, _| Wish::Request(request, Command::Triage(accept()))).await;
    let target = || Destination::Units(Team { lead: id(UNITS[0]), assisting: Vec::new() });
    step(world, &people, |request, _| {
        Wish::Request(request, Command::Dispatch { target: target(), note: Some(text("请今天去看")) })
    })
    .await;
    step(world, &people, |request, _| Wish::Request(request, Command::Claim { unit: id(UNITS[0]) })).await;
    let answer = || text("已更换阀门，试压正常，路面冰已清除。");
    step(world, &people, |request, _| {
        let command = Command::Complete { unit: id(UNITS[0]), answer: answer(), solved: true, unsolved_reason: None };
        Wish::Request(request, command)
    })
    .await;
    step(world, &people, |request, person| {
        let command = review::Command::Rate(review::Vote::new(person, Rating::Satisfied));
        Wish::Review(request, command)
    })
    .await;
    world.standing.requests.clear();
    world.standing.reviews.clear();
    world.history.clear();
    world.filed.clear();
}

async fn step(world: &mut World, people: &[(RequestId, PersonId)], wish: impl Fn(RequestId, PersonId) -> Wish) {
    world.pass(SignedDuration::from_mins(7));
    let actor = |wish: &Wish| match wish {
        Wish::Request(_, Command::Claim { .. } | Command::Complete { .. }) => staff(UNITS[0]),
        Wish::Review(_, review::Command::Rate(vote)) => Actor::Resident(Some(vote.person)),
        _ => desk(),
    };
    let wishes = people.iter().map(|(request, person)| wish(*request, *person)).map(|wish| (actor(&wish), wish));
    world.wish_all(wishes.map(|(actor, wish)| (wish, actor)).collect()).await;
}
