//! One telephone, many ways to write it down.

/// China's country code, with the two ways to dial it.
const COUNTRY: &str = "86";
const DIALLED_COUNTRY: &str = "0086";

/// The digits that tell one telephone from another: country code 86 (after `+` or `00`) and leading zeros are
/// dropped, since `+86 10 …` and `010 …` ring at the same desk. Empty if there is no digit.
///
/// Doing it twice changes nothing.
pub fn phone_digits(text: &str) -> String {
    let mut digits = String::with_capacity(text.len().min(24));
    let mut plus = false;
    for c in text.chars().map(narrow) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if c == '+' && digits.is_empty() {
            plus = true;
        }
    }
    let mut rest = digits.as_str();
    if plus {
        rest = without(rest, COUNTRY);
    }
    while let shorter = without(rest, DIALLED_COUNTRY)
        && shorter.len() < rest.len()
    {
        rest = shorter;
    }
    let bare = rest.trim_start_matches('0');
    if bare.is_empty() { rest } else { bare }.to_owned()
}

/// What stands after the prefix, unless that is nothing.
fn without<'a>(digits: &'a str, prefix: &str) -> &'a str {
    digits.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(digits)
}

/// Full-width forms as Chinese keyboards make them (`１`, `＋`) become ASCII.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::phone_digits;

    #[test]
    fn the_same_telephone_is_the_same_however_it_is_written() {
        let written = [
            ("13800138000", "13800138000"),
            ("138 0013 8000", "13800138000"),
            ("138-0013-8000", "13800138000"),
            ("+86 138 0013 8000", "13800138000"),
            ("(+86)138-0013-8000", "13800138000"),
            ("0086 13800138000", "13800138000"),
            ("１３８００１３８０００", "13800138000"),
            ("＋８６　１３８００１３８０００", "13800138000"),
            ("010-8888 8888", "1088888888"),
            ("+86 10 8888 8888", "1088888888"),
            ("8613800138000", "8613800138000"),
            ("+1 212 555 0100", "12125550100"),
            ("001 212 555 0100", "12125550100"),
            ("+86", "86"),
            ("0086", "86"),
            ("000", "000"),
            ("不详", ""),
            ("", ""),
        ];
        for (text, digits) in written {
            assert_eq!(phone_digits(text), digits, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_digits_that_stay_as_they_are(text in "\\PC{0,40}|[+0-9 ()-]{0,20}|[+086]{0,12}") {
            let once = phone_digits(&text);
            prop_assert!(once.bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(phone_digits(&once), once);
        }

        #[test]
        fn blanks_and_country_code_make_no_difference(number in "[1-9][0-9]{5,11}", gap in 1usize..5) {
            let spaced = format!("{} {}", &number[..gap], &number[gap..]);
            prop_assert_eq!(phone_digits(&spaced), &*number);
            prop_assert_eq!(phone_digits(&format!("+86 {spaced}")), &*number);
            prop_assert_eq!(phone_digits(&format!("0086{spaced}")), &*number);
        }
    }
}
