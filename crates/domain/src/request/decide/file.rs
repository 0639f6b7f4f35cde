//! 点单: a resident files a request (R1, R2, R7).

use crate::decider::Facts;
use crate::ids::PersonId;
use crate::private::Private;
use crate::request::command::{Applicant, File, Place};
use crate::request::event::{Event, Filed, Location, Requester};
use crate::time::{Due, Rule};

pub(super) fn filed(file: File, facts: &Facts<'_>) -> Event {
    let filer = file.requester.person;
    let rule = facts.policy.triage_rule(file.urgency, facts.now);
    let limit = facts.policy.limit(rule, file.category.as_ref(), file.urgency);
    Event::Filed(Filed {
        community: file.community,
        number: file.number,
        channel: file.channel,
        urgency: file.urgency,
        category: file.category,
        title: file.title.map(|title| title.of(filer)),
        description: file.description.of(filer),
        requester: requester(file.requester),
        location: file.place.map(|place| location(place, filer)),
        external: file.external,
        due: Due::from(facts.now, limit, facts.policy),
        on_duty: rule == Rule::TriageDuty,
    })
}

pub(super) fn requester(applicant: Applicant) -> Requester {
    let Applicant { person, name, phone, email } = applicant;
    let sealed_later = |text: Option<crate::Text>| text.map(|text| text.of(person));
    Requester { person, name: sealed_later(name), phone: sealed_later(phone), email: sealed_later(email) }
}

fn location(place: Place, filer: PersonId) -> Location {
    Location {
        grid: place.grid,
        address: place.address.map(|address| address.of(filer)),
        spot: place.spot.map(|(latitude, longitude)| Private::new(filer, format!("{latitude},{longitude}"))),
    }
}
