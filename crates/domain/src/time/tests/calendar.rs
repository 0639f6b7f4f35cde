//! The national calendar, and the reading of calendars.

use jiff::civil::date;

use crate::time::{Calendar, CalendarError};

const CHINA: &str = include_str!("../../../data/calendar-cn.csv");

#[test]
fn a_changed_table_gets_a_new_version() {
    let sum = CHINA.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    assert_eq!((Calendar::china().version(), sum), (1, 3_924_155_743));
}

#[test]
fn it_covers_2010_to_2026() {
    let covered: Vec<i16> = (2000..2100).filter(|year| Calendar::china().covers(*year)).collect();
    assert_eq!(covered, (2010..=2026).collect::<Vec<i16>>());
}

#[test]
fn weekdays_are_off_and_weekends_worked_as_announced() {
    let check = |year, month, day, expected: bool| {
        let date = date(year, month, day);
        assert_eq!(Calendar::china().is_working_day(date), expected, "{date}");
    };
    check(2026, 2, 13, true);
    check(2026, 2, 14, true);
    check(2026, 2, 15, false);
    check(2026, 2, 16, false);
    check(2026, 2, 23, false);
    check(2026, 2, 24, true);
    check(2026, 2, 28, true);
    check(2026, 9, 20, true);
    check(2026, 10, 7, false);
    check(2026, 10, 8, true);
    check(2026, 10, 10, true);
    check(2026, 10, 11, false);
    check(2011, 12, 31, true);
    check(2030, 10, 1, true);
    check(2030, 10, 5, false);
}

#[test]
fn a_day_knows_its_occasion() {
    assert_eq!(Calendar::china().occasion(date(2026, 2, 16)), Some("Spring Festival"));
    assert_eq!(Calendar::china().occasion(date(2026, 2, 14)), Some("Spring Festival"));
    assert_eq!(Calendar::china().occasion(date(2026, 2, 13)), None);
}

#[test]
fn only_exceptions_are_listed() {
    for row in CHINA.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let date: jiff::civil::Date = fields[0].parse().unwrap();
        let is_weekend = date.weekday().to_monday_one_offset() > 5;
        assert_eq!(is_weekend, fields[1] == "work", "{row}");
    }
}

#[test]
fn bad_tables_are_refused() {
    let check = |rows: &str, expected: CalendarError| {
        assert_eq!(Calendar::parse(1, &format!("date,kind,name\n{rows}")), Err(expected));
    };
    let text = |text: &str| text.to_owned();
    assert_eq!(Calendar::parse(1, ""), Err(CalendarError::Header));
    assert_eq!(Calendar::parse(1, "date,kind\n"), Err(CalendarError::Header));
    check("2026-01-01,off\n", CalendarError::Row { line: 2 });
    check("2026-01-01,off,a,b\n", CalendarError::Row { line: 2 });
    check("2026-01-01,free,a\n", CalendarError::Kind { line: 2, text: text("free") });
    check("2026-02-30,off,a\n", CalendarError::Date { line: 2, text: text("2026-02-30") });
    let date = date(2026, 1, 1);
    check("2026-01-01,off,a\n2026-01-01,work,a\n", CalendarError::Twice { line: 3, date });
}

#[test]
fn a_calendar_without_exceptions_has_weekends_only() {
    let calendar = Calendar::parse(7, "date,kind,name\n").unwrap();
    assert_eq!(calendar.version(), 7);
    assert!(calendar.is_working_day(date(2026, 10, 1)));
    assert!(!calendar.is_working_day(date(2026, 10, 10)));
    assert!(!calendar.covers(2026));
}

#[test]
fn a_year_that_is_missing_is_said_so_two_months_before_it_begins() {
    let missing = |month, day| Calendar::china().missing_soon(date(2026, month, day));
    assert_eq!(missing(11, 1), [0_i16; 0]);
    assert_eq!(missing(11, 2), [2027]);
    assert_eq!(missing(12, 31), [2027]);
    assert_eq!(Calendar::china().missing_soon(date(2027, 12, 1)), [2027, 2028], "and for as long as it lasts");
}
