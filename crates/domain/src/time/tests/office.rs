//! Office hours: which sessions make a day.

use jiff::civil::time;

use crate::time::{OfficeHours, OfficeHoursError, Session};

fn check(sessions: &[(i8, i8)], expected: Result<(), OfficeHoursError>) {
    let session = |(opens, closes): &(i8, i8)| Session { opens: time(*opens, 0, 0, 0), closes: time(*closes, 0, 0, 0) };
    let hours = OfficeHours::new(sessions.iter().map(session).collect());
    assert_eq!(hours.map(|_| ()), expected, "{sessions:?}");
}

#[test]
fn sessions_are_in_order_and_apart() {
    check(&[(9, 12), (13, 17)], Ok(()));
    check(&[(0, 23)], Ok(()));
    check(&[], Err(OfficeHoursError::None));
    check(&[(12, 9)], Err(OfficeHoursError::OutOfOrder));
    check(&[(9, 9)], Err(OfficeHoursError::OutOfOrder));
    check(&[(13, 17), (9, 12)], Err(OfficeHoursError::OutOfOrder));
    check(&[(9, 12), (12, 17)], Err(OfficeHoursError::OutOfOrder));
    check(&[(9, 13), (12, 17)], Err(OfficeHoursError::OutOfOrder));
}

#[test]
fn the_default_can_be_built() {
    assert_eq!(OfficeHours::new(OfficeHours::default().sessions().to_vec()), Ok(OfficeHours::default()));
}
