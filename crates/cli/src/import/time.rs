//! Times as people and spreadsheets write them. Without a zone of their own they are Beijing time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::tz::TimeZone;

/// Reads RFC 3339, `2019/2/14 20:00:00`, `2019-02-14 20:00`, `2019年2月14日 20时05分`, `2019.2.14`, and a date alone,
/// which is its first instant.
pub fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    at(civil(&plain(text))?, zone)
}

/// The instant of a spreadsheet's day number: days since the end of 1899, the fraction being the time of day.
pub fn of_serial(days: f64, zone: &TimeZone) -> Option<Timestamp> {
    // Outside, it is a figure and no date: 1954 to 2119.
    if !(20_000.0..80_000.0).contains(&days) {
        return None;
    }
    let seconds = jiff::SignedDuration::try_from_secs_f64((days * 86_400.0).round()).ok()?;
    at(date(1899, 12, 30).at(0, 0, 0, 0).checked_add(seconds).ok()?, zone)
}

fn at(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(time).ok()
}

/// `2019-2-14 20:5:30`, whatever stood between the figures.
fn plain(text: &str) -> String {
    let signs = text.trim().chars().map(|sign| match sign {
        '年' | '月' | '/' | '.' | '／' | '．' | '－' => '-',
        '时' | '点' | '分' | '：' => ':',
        '日' | '号' | 'T' | '\u{3000}' | '\u{a0}' => ' ',
        '秒' => ' ',
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
        other => other,
    });
    signs.collect()
}

fn civil(plain: &str) -> Option<DateTime> {
    let mut parts = plain.split_whitespace();
    let day = day(parts.next()?)?;
    let mut hours = 0;
    let mut clock = parts.next();
    if let Some(afternoon) = clock.and_then(half) {
        hours = afternoon;
        clock = parts.next();
    }
    let time = clock.map_or(Some(Time::midnight()), |clock| time(clock, hours))?;
    parts.next().is_none().then(|| day.to_datetime(time))
}

/// 上午 and 下午 stand before the time.
fn half(word: &str) -> Option<i8> {
    match word {
        "上午" | "AM" | "am" => Some(0),
        "下午" | "晚上" | "PM" | "pm" => Some(12),
        _ => None,
    }
}

fn day(text: &str) -> Option<Date> {
    let mut figures = text.split('-').map(|figure| figure.parse::<i16>().ok());
    let (year, month, day) = (figures.next()??, figures.next()??, figures.next()??);
    if figures.next().is_some() || !(1900..=2200).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn time(text: &str, afternoon: i8) -> Option<Time> {
    let mut figures = text.trim_end_matches(':').split(':');
    let hour: i8 = figures.next()?.parse().ok()?;
    let minute = figures.next()?.parse().ok()?;
    // Spreadsheets write fractions of a second that nobody meant.
    let second = figures.next().unwrap_or("0").split('-').next()?.parse().ok()?;
    let hour = if hour < 12 { hour + afternoon } else { hour };
    if figures.next().is_some() { None } else { Time::new(hour, minute, second, 0).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let expected = expected.map(|text| text.parse().unwrap());
        assert_eq!(parse(text, &zone), expected, "{text}");
    }

    #[test]
    fn times_are_read_as_they_are_written_in_offices() {
        let same = Some("2019-02-14T20:00:00+08:00");
        for text in [
            "2019-02-14T20:00:00+08:00",
            "2019-02-14T12:00:00Z",
            "2019/2/14 20:00:00",
            "2019-02-14 20:00",
            " 2019-2-14  20:00:00 ",
            "2019年2月14日 20时00分",
            "2019年2月14日20:00:00",
            "2019年2月14日 20时00分00秒",
            "2019.2.14 20:00:00",
            "2019/2/14 20:00:00.000",
            "2019-02-14T20:00:00",
            "２０１９／２／１４ ２０：００",
            "2019/2/14 下午 8:00",
        ] {
            check(text, same);
        }
        check("2019/2/14", Some("2019-02-14T00:00:00+08:00"));
    }

    #[test]
    fn what_is_no_time_is_not_guessed() {
        for text in ["", "昨天", "2019/13/1", "2019/2/30", "14/2/2019", "2019/2/14 25:00", "2019/2/14 8:00 x", "43510"]
        {
            check(text, None);
        }
    }

    #[test]
    fn day_numbers_of_spreadsheets_are_dates_in_their_range() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let expected = "2019-02-14T20:00:00+08:00".parse().ok();
        assert_eq!(of_serial(43_510.0 + 20.0 / 24.0, &zone), expected);
        assert_eq!(of_serial(7.0, &zone), None);
    }
}
