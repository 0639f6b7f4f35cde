//! The timeline in plain sentences. What may be said depends on who reads (R21): nobody is named, a unit never
//! sees whose ballot it was, and a resident sees no other resident's words.

use sandan_domain::{CommunityId, PersonId};
use sandan_views::TimelineItem;
use serde_json::Value;

use super::names::Names;
use crate::pages::line::{Entry, Quote};
use crate::pages::moment::Calendar;
use crate::pages::texts::Texts;

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Staff,
    Unit,
    Resident(PersonId),
}

/// Words of an event that people read, in their order.
const WORDS: [&str; 6] = ["reason", "remedy", "basis", "note", "answer", "unsolved_reason"];
/// Events that only keep the books, or say again what the one beside them says.
const SILENT: [&str; 3] = ["sandan.unit.load_taken", "sandan.unit.load_released", "sandan.review.opened"];

pub(crate) struct Teller<'a> {
    pub reader: Reader,
    pub community: &'a CommunityId,
    pub names: &'a Names,
    pub calendar: &'a Calendar,
}

impl Teller<'_> {
    /// Newest last, as it happened.
    pub fn tell(&self, items: &[TimelineItem]) -> Vec<Entry> {
        items.iter().filter(|item| !SILENT.contains(&item.kind.as_str())).map(|item| self.entry(item)).collect()
    }

    fn entry(&self, item: &TimelineItem) -> Entry {
        Entry {
            at: self.calendar.moment(item.time),
            who: self.who(&item.actor),
            sentence: self.sentence(item),
            quotes: if self.may_read(item) { self.quotes(&item.data) } else { Vec::new() },
            tone: tone(&item.kind),
        }
    }

    /// The role, or the unit: never a person.
    fn who(&self, actor: &str) -> Option<String> {
        let (role, rest) = actor.split_once(':').unwrap_or((actor, ""));
        if role == "unit" {
            return Some(self.names.unit_of(self.community, rest));
        }
        self.t().try_of("role", role)
    }

    fn t(&self) -> Texts {
        self.calendar.t
    }

    fn sentence(&self, item: &TimelineItem) -> String {
        let (t, kind) = (self.t(), item.kind.strip_prefix("sandan.").unwrap_or(&item.kind));
        let key = format!("event-{}", kind.replace('.', "-"));
        let word = |field: &str| text(&item.data, field).unwrap_or_default();
        match kind {
            "request.filed" => t.a(&key, "number", word("number")),
            "request.dispatched" if item.data.get("fallback") == Some(&Value::Bool(true)) => {
                t.a(&format!("{key}-fallback"), "unit", self.unit(&item.data))
            }
            "request.dispatched" => t.a(&format!("{key}-{}", word("to")), "unit", self.unit(&item.data)),
            "request.claimed"
            | "request.returned"
            | "request.completed"
            | "request.extension_asked"
            | "request.unreasonable_proposed"
            | "review.appealed"
            | "request.supervised" => t.a(&key, "unit", self.unit(&item.data)),
            "request.reminded" => t.a(&key, "nth", number(&item.data, "nth")),
            "request.review_opened" | "request.rework_ordered" => t.a(&key, "round", number(&item.data, "round")),
            "request.escalated" => t.a(&key, "level", t.of("level", word("level"))),
            "request.rescheduled" => t.a(&key, "cause", t.of("anew", word("cause"))),
            "request.closed" if item.data.get("project").is_some() => t.s("event-request-closed-project"),
            "request.closed" => t.s(&format!("{key}-{}", word("closing"))),
            "review.rated" if self.reader == Reader::Staff => format!("{}{}", t.s(&key), self.marks(&item.data)),
            "review.appeal_decided" if item.data.get("upheld") == Some(&Value::Bool(true)) => {
                t.s(&format!("{key}-upheld"))
            }
            "review.appeal_decided" => t.s(&format!("{key}-refused")),
            "review.closed" => t.s(&format!("{key}-{}", word("outcome"))),
            "request.verified" if item.data.get("confirmed") == Some(&Value::Bool(false)) => t.s(&format!("{key}-not")),
            _ => t.try_of("event", kind).unwrap_or_else(|| t.a("event-other", "kind", kind)),
        }
    }

    /// How a ballot came in, where not by the resident themselves on a page, and whether it took an earlier one's place.
    fn marks(&self, data: &Value) -> String {
        let t = self.t();
        let via = text(data, "via").filter(|via| *via != "web").and_then(|via| t.try_of("via", via));
        let of = |field: &str, key: &str| (data.get(field) == Some(&Value::Bool(true))).then(|| t.s(key));
        let marks = [via, of("changed", "ballot-was-changed"), of("late", "ballot-was-late")];
        let marks: Vec<String> = marks.into_iter().flatten().collect();
        if marks.is_empty() { String::new() } else { t.a("ballot-marks", "marks", marks.join(" · ")) }
    }

    /// The unit that an event names, or the desk.
    fn unit(&self, data: &Value) -> String {
        let at = ["/unit", "/lead", "/by/unit", "/holder/unit"].iter().find_map(|path| data.pointer(path)?.as_str());
        at.map_or_else(|| self.t().s("holder-desk"), |unit| self.names.unit_of(self.community, unit))
    }

    /// A ballot's reason is for the desk, and for whoever cast it; units read reasons without their moment.
    fn may_read(&self, item: &TimelineItem) -> bool {
        match (item.kind.as_str(), self.reader) {
            ("sandan.review.rated", Reader::Unit) => false,
            ("sandan.review.called", reader) => reader == Reader::Staff,
            ("sandan.review.appealed" | "sandan.review.appeal_decided", Reader::Resident(person)) => {
                is_of(item, person)
            }
            ("sandan.review.rated" | "sandan.request.withdrawn", Reader::Resident(person)) => is_of(item, person),
            ("sandan.request.dispatched" | "sandan.request.triaged", Reader::Resident(_)) => false,
            _ => true,
        }
    }

    fn quotes(&self, data: &Value) -> Vec<Quote> {
        let quote = |field: &&str| {
            let words = text(data, field)?;
            Some(Quote { label: self.t().of("quote", field), text: words.to_owned() })
        };
        WORDS.iter().filter_map(quote).collect()
    }
}

/// Whether the event is this person's own.
pub(crate) fn is_of(item: &TimelineItem, person: PersonId) -> bool {
    text(&item.data, "person") == Some(person.to_string().as_str()) || item.actor == format!("resident:{person}")
}

fn text<'a>(data: &'a Value, field: &str) -> Option<&'a str> {
    data.get(field)?.as_str().filter(|text| !text.trim().is_empty())
}

pub(crate) fn number(data: &Value, field: &str) -> u64 {
    data.get(field).and_then(Value::as_u64).unwrap_or_default()
}

fn tone(kind: &str) -> &'static str {
    match kind.rsplit('.').next().unwrap_or_default() {
        "overdue" | "supervised" | "escalated" | "burst_flagged" | "rejected" | "rework_ordered" => "bad",
        "returned" | "suspended" | "reminded" | "unclaimed" | "invited" | "extension_asked" => "warn",
        "attached" | "rated" | "review_opened" | "resumed" => "quiet",
        _ => "plain",
    }
}
