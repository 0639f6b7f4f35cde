//! A sentence for each kind of event, in the visitor's language. The words are `locales/*/events.ftl`, by the
//! event's type: `event-request-filed`.

use fluent_templates::fluent_bundle::FluentValue;
use sandan_domain::category::Language;
use sandan_views::TimelineItem;
use serde_json::Value;

use crate::texts;

/// What happened, and the words that go with it.
pub(in crate::api) fn sentence(item: &TimelineItem, language: Language) -> String {
    let args = args(&item.data, language);
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
    let told = texts::find(language, &key(item), &args).unwrap_or_else(|| item.kind.clone());
    match item.text.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => {
            texts::text_with(language, "timeline-with-words", &[("told", told.into()), ("words", words.into())])
        }
        None => told,
    }
}

/// Some events are told apart by what they say.
fn key(item: &TimelineItem) -> String {
    let kind = item.kind.strip_prefix("sandan.").unwrap_or(&item.kind);
    let word = |field: &str, otherwise: &str| {
        let word = item.data.get(field).and_then(Value::as_str).unwrap_or(otherwise).to_owned();
        format!("event-{}-{word}", kind.replace('.', "-"))
    };
    match kind {
        "request.dispatched" if item.data.get("fallback") == Some(&Value::Bool(true)) => {
            "event-request-dispatched-fallback".to_owned()
        }
        "request.dispatched" => word("to", "units"),
        "request.closed" if item.data.get("project").is_some() => "event-request-closed-project".to_owned(),
        "request.closed" => word("closing", "satisfied"),
        "request.verified" if item.data.get("confirmed") == Some(&Value::Bool(false)) => {
            "event-request-verified-not".to_owned()
        }
        "review.appeal_decided" if item.data.get("upheld") == Some(&Value::Bool(true)) => {
            "event-review-appeal_decided-upheld".to_owned()
        }
        "review.appeal_decided" => "event-review-appeal_decided-refused".to_owned(),
        "review.closed" => word("outcome", "passed"),
        "review.rated" => "timeline-rated".to_owned(),
        kind => format!("event-{}", kind.replace('.', "-")),
    }
}

/// What the sentences may name. Every argument is always there: Fluent prints the name of one that is not.
fn args(data: &Value, language: Language) -> Vec<(&'static str, String)> {
    let at = |path: &str| data.pointer(path).map(plain).unwrap_or_default();
    let word = |family: &str, path: &str| {
        let word = at(path);
        texts::find(language, &format!("{family}-{word}"), &[]).unwrap_or(word)
    };
    let unit = ["/unit", "/lead", "/by/unit", "/holder/unit"].iter().map(|path| at(path)).find(|unit| !unit.is_empty());
    vec![
        ("unit", unit.unwrap_or_else(|| texts::text(language, "holder-desk"))),
        ("number", at("/number")),
        ("round", at("/round")),
        ("nth", at("/nth")),
        ("level", word("level", "/level")),
        ("cause", word("anew", "/cause")),
        ("rating", word("rating", "/rating")),
    ]
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every event that a timeline can show.
    fn kinds() -> impl Iterator<Item = &'static str> {
        use sandan_domain::{request, review, unit};
        let names = [request::Event::NAMES, review::Event::NAMES, unit::Event::NAMES];
        let told = names.into_iter().flatten().map(|(name, _)| *name);
        // What a unit offers is about no request.
        told.filter(|name| !name.starts_with("sandan.unit.") && !name.contains(".load_"))
    }

    fn item(kind: &str, data: Value, text: Option<&str>) -> TimelineItem {
        TimelineItem {
            position: 1,
            id: uuid::Uuid::nil(),
            kind: kind.to_owned(),
            time: jiff::Timestamp::UNIX_EPOCH,
            recorded: jiff::Timestamp::UNIX_EPOCH,
            actor: "system".to_owned(),
            stream: sandan_views::TimelineStream::Request,
            text: text.map(str::to_owned),
            data,
        }
    }

    #[test]
    fn every_event_has_a_sentence_in_every_language() {
        for kind in kinds() {
            for language in [Language::Zh, Language::En] {
                let told = sentence(&item(kind, Value::Null, None), language);
                assert!(!told.contains("sandan.") && !told.contains('{'), "{kind} in {language:?}: {told}");
                let is_chinese = told.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert_eq!(is_chinese, language == Language::Zh, "{kind}: {told}");
            }
        }
    }

    #[test]
    fn a_sentence_names_what_the_event_says() {
        let rated =
            item("sandan.review.rated", serde_json::json!({"round": 2, "rating": "very_dissatisfied"}), Some("没修"));
        assert_eq!(sentence(&rated, Language::En), "Rated in round 2: Very dissatisfied: 没修");
        assert_eq!(sentence(&rated, Language::Zh), "第 2 轮评单：非常不满意：没修");
        let order = serde_json::json!({"holder": {"unit": "roads"}, "level": "branch"});
        let order = item("sandan.request.supervised", order, None);
        assert_eq!(sentence(&order, Language::En), "A supervision order went to roads");
        let sent = serde_json::json!({"to": "units", "lead": "roads", "fallback": true});
        let sent = item("sandan.request.dispatched", sent, None);
        assert_eq!(sentence(&sent, Language::En), "Nobody claimed it: dispatched to the best match, roads");
        let reminded = item("sandan.request.reminded", serde_json::json!({"nth": 2}), None);
        assert_eq!(sentence(&reminded, Language::En), "Reminder no. 2 was sent");
    }
}
