//! A notice in words: what it says in Chinese and in English, filled in from the request's history.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_domain::request::{Closing, Event, Target};
use sandan_domain::{PersonId, Personal, Private};
use serde::Serialize;

use crate::app::App;
use crate::notices::story::Story;
use crate::notices::told::{Audience, Kind};
use crate::notices::words;
use crate::refusal::Refusal;

/// A notice as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Letter {
    pub zh: Words,
    pub en: Words,
    /// Where to read more.
    pub url: String,
    pub number: String,
}

/// In one language: a line for the subject, and paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Words {
    pub subject: String,
    pub text: String,
}

/// What the words are filled with.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub number: String,
    pub unit: String,
    pub due: String,
    pub url: String,
    /// The answer, or the reason.
    pub said: String,
    pub nth: String,
    pub closing: Option<Closing>,
}

impl App {
    /// The words for one of a story's notices, with what is sealed opened.
    pub(super) async fn letter(
        &self,
        story: &Story,
        kind: Kind,
        to: &Audience,
        public_url: &str,
    ) -> Result<Letter, Refusal> {
        let zone = &self.0.policy.zone;
        let number = story.events.iter().find_map(|event| match event {
            Event::Filed(filed) => Some(filed.number.to_string()),
            _ => None,
        });
        let url = match to {
            Audience::Resident(person) => {
                format!("{public_url}/r/{}", self.0.vault.tracking_code(story.request, *person))
            }
            Audience::Unit(_) => format!("{public_url}/unit"),
            Audience::Desk => format!("{public_url}/requests/{}", story.request),
            Audience::Supervisors => format!("{public_url}/board"),
            // What waits to be decided stands there together; a rework waits for nobody in particular.
            Audience::Oversight if kind == Kind::ThirdRework => format!("{public_url}/requests/{}", story.request),
            Audience::Oversight => format!("{public_url}/oversight"),
        };
        let mut facts = Facts { number: number.clone().unwrap_or_default(), url, ..Facts::default() };
        let mut said = filled(&mut facts, story, zone);
        if kind == Kind::ThirdRework {
            facts.nth = story.reworks().to_string();
        }
        if let Some(unit) = &story.appellant {
            facts.unit = unit.to_string();
        }
        self.open_words(&mut said).await?;
        facts.said = said.as_ref().and_then(Private::text).unwrap_or_default().to_owned();
        let [zh, en] = words::of(kind, &facts);
        Ok(Letter { zh, en, url: facts.url, number: facts.number })
    }

    /// Opens what is sealed, in place.
    pub(super) async fn open_words<P: Personal + Default>(&self, sealed: &mut P) -> Result<(), Refusal> {
        let mut items = [std::mem::take(sealed)];
        let opened = self.0.vault.open(&mut items).await;
        let [item] = items;
        *sealed = item;
        opened.map_err(|error| Refusal::Unavailable(error.to_string()))
    }
}

/// Takes the newest of each from the history; answers with the answer or reason that goes with the last event.
fn filled(facts: &mut Facts, story: &Story, zone: &TimeZone) -> Option<Private> {
    let mut said = None;
    for event in &story.events {
        match event {
            Event::Filed(filed) => facts.due = day(filed.due.at, zone),
            Event::Dispatched(dispatched) => {
                facts.due = day(dispatched.due.at, zone);
                if let Target::Units(team) = &dispatched.target {
                    facts.unit = team.lead.to_string();
                }
                said = dispatched.note.clone();
            }
            Event::Claimed(claimed) if claimed.leads => facts.unit = claimed.unit.to_string(),
            Event::Extended(extended) => {
                facts.due = day(extended.due.at, zone);
                said = extended.reason.clone();
            }
            Event::Resumed(resumed) => facts.due = day(resumed.due.at, zone),
            Event::Rescheduled(anew) => facts.due = day(anew.due.at, zone),
            Event::ReworkOrdered(rework) => {
                facts.due = day(rework.due.at, zone);
                facts.nth = rework.round.to_string();
            }
            Event::Completed(completed) => said = Some(completed.answer.clone()),
            Event::Rejected(rejected) => said = Some(rejected.reason.clone()),
            Event::Merged(merged) => said = merged.reason.clone(),
            Event::Withdrawn(withdrawn) => said = withdrawn.reason.clone(),
            Event::Returned(returned) => said = Some(returned.reason.clone()),
            Event::Ruled(ruled) => said = ruled.reason.clone(),
            Event::BurstFlagged(burst) => facts.nth = burst.joiners.to_string(),
            Event::UnreasonableProposed(proposed) => facts.unit = proposed.unit.to_string(),
            Event::Supervised(order) => {
                facts.due = day(order.due.at, zone);
                if let Some(unit) = order.holder.unit() {
                    facts.unit = unit.to_string();
                }
            }
            Event::Closed(closed) => {
                facts.closing = Some(closed.closing);
                // The answer stands; a reason of the oversight board's stands above it.
                said = closed.reason.clone().or(said);
            }
            _ => {}
        }
    }
    said
}

/// To the minute, as people there read it.
fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// How somebody is reached, opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl App {
    /// How a resident of the story is reached. Empty if they are forgotten.
    pub(super) async fn contact(&self, story: &Story, person: PersonId) -> Result<Contact, Refusal> {
        let Some(requester) = story.requester(person) else { return Ok(Contact::default()) };
        let mut texts = vec![requester.name, requester.phone, requester.email];
        self.open_words(&mut texts).await?;
        let mut texts = texts.into_iter().map(|text| text.as_ref().and_then(Private::text).map(str::to_owned));
        let mut next = || texts.next().flatten();
        Ok(Contact { name: next(), phone: next(), email: next() })
    }
}
