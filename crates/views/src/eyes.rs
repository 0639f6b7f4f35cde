//! Through whose eyes an answer is seen, and what is kept from them (R21): a unit never learns who asked or who rated
//! what, and a resident learns nothing about the other residents.

use sandan_domain::PersonId;
use serde_json::Value;

use crate::{LoggedEvent, RequestView, RequesterView, TimelineItem};

/// Somebody who may look at a request; the edges say who.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// Of the house: everything.
    Staff,
    Unit,
    /// A resident of this request, and whether they filed it.
    Resident {
        person: PersonId,
        filed: bool,
    },
}

/// Keys of events that say who somebody is.
const PERSONAL: [&str; 7] = ["name", "phone", "person", "persons", "signers", "electorate", "barred"];
/// Keys of events with a resident's own words, or where they live.
const OWN_WORDS: [&str; 8] = ["reason", "reasons", "remedy", "note", "title", "description", "address", "spot"];

impl Eyes {
    /// The request as these eyes may see it.
    pub fn request(&self, mut view: RequestView) -> RequestView {
        match self {
            Self::Staff => {}
            Self::Unit => view.requester = RequesterView::default(),
            Self::Resident { filed, .. } => {
                view.reasons = Vec::new();
                if !filed {
                    // Anybody may join: a resident's own words are the public's as little as their name (R5).
                    (view.title, view.description) = (None, None);
                    view.requester = RequesterView::default();
                    view.location.address = None;
                    view.location.lat = None;
                    view.location.lng = None;
                }
            }
        }
        view
    }

    /// The line of a timeline as these eyes may see it.
    pub fn moment(&self, mut item: TimelineItem) -> TimelineItem {
        if self.hides_words(&item.kind, &item.data) {
            item.text = None;
        }
        self.mask(&item.kind, &mut item.actor, &mut item.data);
        item
    }

    /// The event as these eyes may see it.
    pub fn event(&self, mut event: LoggedEvent) -> LoggedEvent {
        self.mask(&event.record.kind, &mut event.record.actor, &mut event.data);
        event
    }

    fn mask(&self, kind: &str, actor: &mut String, data: &mut Value) {
        if self.sees_all(data) {
            return;
        }
        if self.hides_words(kind, data) {
            hide(data, &OWN_WORDS);
        }
        hide(data, &PERSONAL);
        if actor.starts_with("resident") {
            "resident".clone_into(actor);
        }
    }

    fn sees_all(&self, data: &Value) -> bool {
        match self {
            Self::Staff => true,
            Self::Unit => false,
            Self::Resident { person, .. } => is_about(data, *person),
        }
    }

    /// A resident reads the words of other residents as little as their names.
    fn hides_words(&self, kind: &str, data: &Value) -> bool {
        matches!(self, Self::Resident { .. }) && is_a_residents(kind) && !self.sees_all(data)
    }
}

/// Events whose words are a resident's own.
fn is_a_residents(kind: &str) -> bool {
    matches!(kind, "sandan.review.rated" | "sandan.review.called" | "sandan.request.filed" | "sandan.request.co_signed")
}

/// An event of this very person: who filed, who joined, who rated.
fn is_about(data: &Value, person: PersonId) -> bool {
    let person = person.to_string();
    let at = |path: &str| data.pointer(path).and_then(Value::as_str) == Some(person.as_str());
    at("/person") || at("/requester/person") || at("/signer/person")
}

/// Empties these keys, however deep they stand.
fn hide(data: &mut Value, keys: &[&str]) {
    match data {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                if keys.contains(&key.as_str()) { *value = Value::Null } else { hide(value, keys) }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, keys)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn hiding_reaches_every_depth() {
        let mut data = json!({"signer": {"name": "李", "phone": "1"}, "list": [{"person": "x", "at": 3}]});
        hide(&mut data, &PERSONAL);
        let expected = json!({"signer": {"name": null, "phone": null}, "list": [{"person": null, "at": 3}]});
        assert_eq!(data, expected);
    }

    #[test]
    fn a_resident_reads_their_own_words_and_nobody_elses() {
        let person = PersonId(Uuid::from_u128(7));
        let eyes = Eyes::Resident { person, filed: true };
        for (author, expected) in [(person, json!("why")), (PersonId(Uuid::nil()), Value::Null)] {
            let mut data = json!({"person": author, "reason": "why"});
            let mut actor = format!("resident:{author}");
            eyes.mask("sandan.review.rated", &mut actor, &mut data);
            assert_eq!(data["reason"], expected, "{author}");
            assert_eq!(actor == "resident", author != person);
        }
    }

    #[test]
    fn a_unit_reads_what_was_said_and_not_by_whom() {
        let mut data = json!({"person": Uuid::nil(), "reason": "why"});
        let mut actor = "resident:1".to_owned();
        Eyes::Unit.mask("sandan.review.rated", &mut actor, &mut data);
        assert_eq!((data, actor.as_str()), (json!({"person": null, "reason": "why"}), "resident"));
    }
}
