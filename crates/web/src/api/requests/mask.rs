//! Who looks at a request, and what is kept from them (R21): a unit never learns who asked or who rated what, and
//! a resident learns nothing about the other residents.

use sandan_app::Action;
use sandan_domain::request::ServiceRequest;
use sandan_domain::{PersonId, RequestId};
use sandan_views::{RequestView, RequesterView, Sight, TimelineItem};
use serde_json::Value;

use crate::api::ask::Ask;
use crate::api::reach;
use crate::problem::Problem;

/// Somebody who may look.
pub(super) struct Audience {
    pub sight: Sight,
    eyes: Eyes,
}

enum Eyes {
    Staff,
    Unit,
    /// A resident of this request, and whether they filed it.
    Resident {
        person: PersonId,
        filed: bool,
    },
}

/// Keys of events that say who somebody is.
const PERSONAL: [&str; 6] = ["name", "phone", "person", "persons", "signers", "electorate"];

impl Audience {
    /// Who asks, if they may see this request: staff in their communities, anybody else by tracking code.
    pub async fn of(ask: &Ask, id: RequestId) -> Result<Self, Problem> {
        if !ask.who.may(Action::See) {
            return Self::resident(ask, id).await;
        }
        let sight = reach::sight(ask).await?;
        if let Some(community) = ask.site.views.community_of(id).await? {
            ask.site.app.who_may_see(&ask.who.caller, &community).await?;
        }
        let eyes = if ask.who.unit().is_some() { Eyes::Unit } else { Eyes::Staff };
        Ok(Self { sight, eyes })
    }

    async fn resident(ask: &Ask, id: RequestId) -> Result<Self, Problem> {
        let person = ask.holder(id).await?;
        let filed = match &*ask.site.app.request(id).await? {
            ServiceRequest::Filed(case) => case.filer == person,
            ServiceRequest::Absent => false,
        };
        Ok(Self { sight: Sight::All, eyes: Eyes::Resident { person, filed } })
    }

    /// The request as this audience may see it.
    pub fn show(&self, mut view: RequestView) -> RequestView {
        match self.eyes {
            Eyes::Staff => {}
            Eyes::Unit => view.requester = RequesterView::default(),
            Eyes::Resident { filed, .. } => {
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

    /// The event as this audience may see it.
    pub fn show_event(&self, mut item: TimelineItem) -> TimelineItem {
        let own = match &self.eyes {
            Eyes::Staff => return item,
            Eyes::Unit => false,
            Eyes::Resident { person, .. } => is_about(&item.data, *person),
        };
        if own {
            return item;
        }
        let words_of_others = matches!(self.eyes, Eyes::Resident { .. }) && is_a_residents(&item.kind);
        if words_of_others {
            item.text = None;
            hide(&mut item.data, &["reason", "title", "description", "address", "spot"]);
        }
        hide(&mut item.data, &PERSONAL);
        if item.actor.starts_with("resident") {
            "resident".clone_into(&mut item.actor);
        }
        item
    }
}

/// Events whose words are a resident's own.
fn is_a_residents(kind: &str) -> bool {
    matches!(kind, "sandan.review.rated" | "sandan.request.filed" | "sandan.request.co_signed")
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
    use super::*;

    #[test]
    fn hiding_reaches_every_depth() {
        let mut data = serde_json::json!({"signer": {"name": "李", "phone": "1"}, "list": [{"person": "x", "at": 3}]});
        hide(&mut data, &PERSONAL);
        let expected =
            serde_json::json!({"signer": {"name": null, "phone": null}, "list": [{"person": null, "at": 3}]});
        assert_eq!(data, expected);
    }
}
