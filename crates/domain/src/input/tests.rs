//! Texts as people send them.

use proptest::prelude::*;

use super::{Flaw, InputError, NoSuch, Text, limits};
use crate::private::Private;
use crate::testing::person;

#[test]
fn limits_count_characters_not_bytes() {
    assert!(Text::line(&"民".repeat(200), limits::TITLE).is_ok());
    let error = Text::line(&"民".repeat(201), limits::TITLE).unwrap_err();
    assert_eq!(error, InputError::TooLong { max: 200, actual: 201 });
    assert_eq!(error.to_string(), "has 201 characters; at most 200 are allowed");
    assert!(Text::lines(&"🔥".repeat(20_000), limits::BODY).is_ok());
}

#[test]
fn blanks_around_a_text_do_not_count() {
    assert_eq!(Text::line("  lamp \n", 4).unwrap().as_str(), "lamp");
    assert_eq!(Text::line("　路灯　", 2).unwrap().as_str(), "路灯");
}

#[test]
fn nothing_but_blanks_is_missing() {
    for text in ["", " ", "\n\t", "\u{3000}"] {
        assert_eq!(Text::line(text, 10), Err(InputError::Missing), "{text:?}");
        assert_eq!(Text::lines(text, 10), Err(InputError::Missing), "{text:?}");
    }
}

#[test]
fn line_breaks_and_tabs_stand_in_texts_of_several_lines_only() {
    for text in ["a\nb", "a\r\nb", "a\tb"] {
        assert_eq!(Text::lines(text, 10).unwrap().as_str(), text);
        assert_eq!(Text::line(text, 10), Err(InputError::ControlCharacter), "{text:?}");
    }
}

#[test]
fn no_text_carries_another_control_character() {
    for control in ('\u{0}'..='\u{9f}').filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let text = format!("a{control}b");
        assert_eq!(Text::line(&text, 10), Err(InputError::ControlCharacter), "{text:?}");
        assert_eq!(Text::lines(&text, 10), Err(InputError::ControlCharacter), "{text:?}");
    }
}

#[test]
fn a_text_shows_its_length_and_nothing_else() {
    assert_eq!(format!("{:?}", Text::line("李华", 10).unwrap()), "‹2 characters›");
}

#[test]
fn a_text_becomes_the_words_of_its_owner() {
    let words = Text::line("dark", 10).unwrap().of(person("li"));
    assert_eq!(words, Private::Clear { owner: person("li"), text: "dark".to_owned() });
}

#[test]
fn every_error_has_a_word_of_its_own() {
    let errors = [
        InputError::Missing,
        InputError::TooLong { max: 1, actual: 2 },
        InputError::ControlCharacter,
        InputError::NotASlug,
        InputError::unknown(NoSuch::Category),
        InputError::NotInFuture,
        InputError::OutOfRange { min: 1, max: 2 },
        InputError::malformed(Flaw::Date),
        InputError::Taken,
    ];
    let words: std::collections::BTreeSet<&str> = errors.iter().map(InputError::code).collect();
    assert_eq!(words.len(), errors.len());
}

proptest! {
    #[test]
    fn what_passes_is_trimmed_not_empty_and_within_its_limit(text in "(?s).{0,30}", max in 0usize..30) {
        for (passed, is_line) in [(Text::line(&text, max), true), (Text::lines(&text, max), false)] {
            let Ok(passed) = passed else { continue };
            let passed = passed.as_str();
            prop_assert_eq!(passed, text.trim());
            prop_assert!((1..=max).contains(&passed.chars().count()));
            let may = |c: char| !c.is_control() || (!is_line && matches!(c, '\n' | '\r' | '\t'));
            prop_assert!(passed.chars().all(may));
        }
    }
}
