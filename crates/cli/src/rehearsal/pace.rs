//! What `--clock` says: where time starts, and how fast it runs.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::{Timestamp, tz};

/// Slower than a thousandth nothing would happen, faster than a million a century would pass in an hour.
const SPEEDS: RangeInclusive<f64> = 0.001..=1_000_000.0;
/// Outside, it is a slip of the pen: there is no calendar for it.
const YEARS: RangeInclusive<i16> = 2000..=2199;

/// Two of them are the same if they mean the same, however they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    pub start: Timestamp,
    /// How many of the program's seconds pass in one of the machine's.
    pub speed: f64,
}

impl FromStr for Pace {
    /// What is wrong, to stand behind the setting's name.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (start, speed) = text.rsplit_once(',').ok_or("has no comma between start and speed")?;
        let instant: Timestamp = start.trim().parse().map_err(|_| format!("{start:?} is no instant with its zone"))?;
        if !YEARS.contains(&tz::offset(8).to_datetime(instant).year()) {
            return Err(format!("{start:?} is not between the years {} and {}", YEARS.start(), YEARS.end()));
        }
        let number: f64 = speed.trim().parse().map_err(|_| format!("{speed:?} is no speed"))?;
        if !SPEEDS.contains(&number) {
            return Err(format!("the speed {speed:?} is not between {} and {}", SPEEDS.start(), SPEEDS.end()));
        }
        Ok(Self { start: instant, speed: number })
    }
}

/// As the flag takes it, in Beijing time.
impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.start.display_with_offset(tz::offset(8)), self.speed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, &str>) {
        match (text.parse::<Pace>(), expected) {
            (Ok(pace), Ok(expected)) => {
                assert_eq!(pace.to_string(), expected, "{text}");
                assert_eq!(expected.parse(), Ok(pace), "what is printed can be given back");
            }
            (Err(wrong), Err(expected)) => assert!(wrong.contains(expected), "{text}: {wrong}"),
            (pace, _) => panic!("{text}: {pace:?}"),
        }
    }

    #[test]
    fn a_clock_is_an_instant_and_a_speed() {
        check("2026-11-02T08:00:00+08:00,3600", Ok("2026-11-02T08:00:00+08:00,3600"));
        check("2026-11-02T00:00:00Z,3600.0", Ok("2026-11-02T08:00:00+08:00,3600"));
        check(" 2026-11-02T08:00+08:00 , 0.5 ", Ok("2026-11-02T08:00:00+08:00,0.5"));
        check("2026-11-02T08:00:00+08:00,1e6", Ok("2026-11-02T08:00:00+08:00,1000000"));
        check("2026-11-02T08:00:00+08:00,0.001", Ok("2026-11-02T08:00:00+08:00,0.001"));
    }

    #[test]
    fn anything_else_is_refused_with_what_is_wrong() {
        check("", Err("no comma"));
        check("2026-11-02T08:00:00+08:00", Err("no comma"));
        check("2026-11-02T08:00:00,3600", Err("no instant with its zone"));
        check("2026-11-02,3600", Err("no instant"));
        check("tomorrow,3600", Err("no instant"));
        check("1926-11-02T08:00:00+08:00,1", Err("between the years 2000 and 2199"));
        check("9999-12-30T08:00:00+08:00,1", Err("between the years 2000 and 2199"));
        check("2026-11-02T08:00:00+08:00,fast", Err("no speed"));
        for speed in ["0", "-1", "0.0009", "1000001", "inf", "NaN"] {
            check(&format!("2026-11-02T08:00:00+08:00,{speed}"), Err("between 0.001 and 1000000"));
        }
    }
}
