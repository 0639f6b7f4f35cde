//! Numbers as people read them out, and get them wrong.

use proptest::prelude::*;

use super::RequestNumber;

/// All serials of these tests: the ends, and some spread over the middle.
fn serials() -> impl Iterator<Item = u32> {
    [0, 1, 9, 99_999_999].into_iter().chain((0..200).map(|nth| nth * 498_731 % RequestNumber::COUNT))
}

#[test]
fn a_number_is_eight_digits_and_a_check_digit() {
    assert_eq!(RequestNumber::new(1).to_string(), "000000013");
    // Damm's own example: the check digit of 572 is 4.
    assert_eq!(RequestNumber::new(572).to_string(), "000005724");
    assert_eq!(RequestNumber::new(RequestNumber::COUNT), RequestNumber::new(0));
}

#[test]
fn every_single_wrong_digit_is_caught() {
    for number in serials().map(RequestNumber::new) {
        let digits = number.to_string().into_bytes();
        for place in 0..digits.len() {
            for wrong in (b'0'..=b'9').filter(|digit| *digit != digits[place]) {
                let mut misread = digits.clone();
                misread[place] = wrong;
                let misread = String::from_utf8(misread).unwrap();
                assert!(misread.parse::<RequestNumber>().is_err(), "{misread} for {number}");
            }
        }
    }
}

#[test]
fn every_swap_of_neighbours_is_caught() {
    for number in serials().map(RequestNumber::new) {
        let digits = number.to_string().into_bytes();
        for place in 1..digits.len() {
            let mut swapped = digits.clone();
            swapped.swap(place - 1, place);
            let swapped = String::from_utf8(swapped).unwrap();
            let is_the_same = swapped == number.to_string();
            assert_eq!(swapped.parse::<RequestNumber>().is_ok(), is_the_same, "{swapped} for {number}");
        }
    }
}

#[test]
fn blanks_and_hyphens_between_the_digits_are_allowed() {
    for text in ["000 005 724", "000-005-724", " 000005724\n", "0000　05724"] {
        assert_eq!(text.parse(), Ok(RequestNumber::new(572)), "{text:?}");
    }
}

#[test]
fn anything_else_is_no_number() {
    for text in ["", "00000572", "0000005724", "00000572x", "５７２４", "+00005724", "000005725"] {
        let error = text.parse::<RequestNumber>().unwrap_err();
        assert_eq!(error.to_string(), "is not a request number: nine digits, the last of them a check digit");
    }
}

proptest! {
    #[test]
    fn a_number_is_read_as_it_is_written(serial in any::<u32>()) {
        let number = RequestNumber::new(serial);
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        let stored = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(&stored, &format!("\"{number}\""));
        prop_assert_eq!(serde_json::from_str::<RequestNumber>(&stored).unwrap(), number);
    }

    #[test]
    fn reading_is_total_and_one_of_ten_nine_digit_texts_is_a_number(text in ".*", serial in "[0-9]{8}") {
        let _ = text.parse::<RequestNumber>();
        let valid = (0..10).filter(|check| format!("{serial}{check}").parse::<RequestNumber>().is_ok());
        prop_assert_eq!(valid.count(), 1);
    }
}
