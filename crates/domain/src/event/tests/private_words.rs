//! Nobody's words are stored or shown unless they were sealed.

use super::fixtures::{fixtures, private_texts};
use crate::Event;
use crate::private::{Personal, Private};
use crate::testing::person;

const SECRET: &str = "李华 13800138000";

/// The event with its `nth` private text replaced.
fn with(event: &Event, nth: usize, text: &Private) -> Event {
    let mut changed = event.clone();
    let mut position = 0;
    changed.each_private(&mut |private| {
        if position == nth {
            *private = text.clone();
        }
        position += 1;
    });
    changed
}

#[test]
fn each_sealed_text_of_a_body_is_known_as_private() {
    let mut count = 0;
    for fixture in fixtures() {
        let sealed = fixture.body.matches("\"v1.").count();
        let texts = private_texts(&fixture.event());
        assert_eq!(texts.len(), sealed, "{}", fixture.name);
        assert!(texts.iter().all(|text| matches!(text, Private::Sealed(_))), "{}", fixture.name);
        count += sealed;
    }
    assert!(count > 20, "{count} private texts were seen");
}

#[test]
fn an_event_with_one_unsealed_or_forgotten_text_is_not_written() {
    for fixture in fixtures() {
        let event = fixture.event();
        for nth in 0..private_texts(&event).len() {
            let clear = Private::new(person("li"), SECRET);
            for text in [clear, Private::Forgotten] {
                let error = with(&event, nth, &text).encode().expect_err(&fixture.name);
                assert!(!error.to_string().contains(SECRET), "{error}");
            }
        }
    }
}

#[test]
fn debug_shows_neither_words_nor_what_they_are_sealed_as() {
    for fixture in fixtures() {
        let event = fixture.event();
        assert!(!format!("{event:?}{event:#?}").contains("v1."), "{}", fixture.name);
        for nth in 0..private_texts(&event).len() {
            let open = with(&event, nth, &Private::new(person("li"), SECRET));
            let shown = format!("{open:?}{open:#?}");
            assert!(!shown.contains("李华") && !shown.contains("13800138000"), "{}", fixture.name);
            assert!(shown.contains("‹private›"), "{}", fixture.name);
        }
    }
}

#[test]
fn only_an_open_text_can_be_read() {
    assert_eq!(Private::new(person("li"), SECRET).text(), Some(SECRET));
    assert_eq!(Private::Sealed("v1.x.y".to_owned()).text(), None);
    assert_eq!(Private::Forgotten.text(), None);
}
