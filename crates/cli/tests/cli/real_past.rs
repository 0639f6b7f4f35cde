//! On real answered messages, where they are at hand, the on-time figures are those worked out here once more.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{Timestamp, tz};
use serde_json::Value;

use crate::place::Place;

/// No verdict on speed.
const PATIENCE: Duration = Duration::from_secs(120);
/// R8.
const DAYS: usize = 15;

/// Where `tests/import` finds them, too.
fn answered() -> PathBuf {
    let data = std::env::var_os("SANDAN_REAL_DATA").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    data.unwrap_or_else(beside).join("answered.csv")
}

fn exceptions() -> HashMap<Date, bool> {
    let table = include_str!("../../../domain/data/calendar-cn.csv");
    let row = |row: &str| (row[..10].parse().unwrap(), row[11..].starts_with("work"));
    table.lines().skip(1).map(row).collect()
}

/// Day by day, without the program.
fn is_on_time(submitted: Timestamp, replied: Timestamp, exceptions: &HashMap<Date, bool>) -> bool {
    let shanghai = tz::TimeZone::fixed(tz::offset(8));
    let mut day = shanghai.to_datetime(submitted).date();
    let mut counted = 0;
    while counted < DAYS {
        day = day.tomorrow().unwrap();
        let weekday = day.weekday().to_monday_one_offset();
        counted += usize::from(exceptions.get(&day).copied().unwrap_or(weekday <= 5));
    }
    shanghai.to_datetime(replied).date() <= day
}

#[test]
fn the_on_time_figures_of_real_messages_are_those_worked_out_apart() {
    let file = answered();
    let Ok(text) = std::fs::read(&file) else {
        eprintln!("{} is not there: nothing to compare", file.display());
        return;
    };
    let exceptions = exceptions();
    let mut reader = csv::Reader::from_reader(&text[..]);
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name).unwrap();
    let (submitted, replied) = (column("submitted_at"), column("replied_at"));
    let (mut answered, mut on_time) = (0_u64, 0_u64);
    for row in reader.records() {
        let row = row.unwrap();
        answered += 1;
        on_time += u64::from(is_on_time(row[submitted].parse().unwrap(), row[replied].parse().unwrap(), &exceptions));
    }
    let mut place = Place::with_community();
    assert_eq!(place.import(file.to_str().unwrap())["added"], answered);
    let token = place.json(&["token", "create", "--role", "supervisor"])["token"].as_str().unwrap().to_owned();
    let position = place.json(&["log", "stat"])["position"].to_string();
    let server = place.serve();
    // The read models may need longer than one answer waits for them.
    let begun = Instant::now();
    let answer = loop {
        let answer = server.get(&format!("/api/v1/rates?community=lakeside&after={position}"), &token);
        if !answer.starts_with("HTTP/1.1 503") {
            break answer;
        }
        assert!(begun.elapsed() < PATIENCE, "{answer}");
    };
    let rates: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!((&rates["on_time"]["numerator"], &rates["on_time"]["denominator"]), (&on_time.into(), &answered.into()));
    assert!(on_time > 0 && on_time < answered, "{on_time} of {answered}: the comparison says something");
}
