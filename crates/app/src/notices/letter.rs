//! A notice in words: what it says in Chinese and in English, filled in from the history.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_domain::honour::Opinion;
use sandan_domain::request::{Closing, Event, Target};
use sandan_domain::{Level, PersonId, Personal, Private};
use serde::Serialize;

use crate::app::App;
use crate::notices::story::{About, Story};
use crate::notices::story_of_honour::HonourStory;
use crate::notices::story_of_request::RequestStory;
use crate::notices::story_of_vote::{Key, VoteStory};
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
    /// Of a request.
    pub number: Option<String>,
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
    /// What a vote is on, or an honour is called, in Chinese and in English.
    pub title: [String; 2],
    pub unit: String,
    pub due: String,
    /// When a vote ends.
    pub until: String,
    pub url: String,
    /// The answer, or the reason.
    pub said: String,
    pub nth: String,
    pub closing: Option<Closing>,
    pub opinion: Option<Opinion>,
    /// The level that an order or an escalation is of, and who answers there.
    pub level: Option<Level>,
    pub lead: String,
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
        let zone = &self.zone_of(&story.community).await?;
        let mut facts = Facts { url: self.link(story, kind, to, public_url), ..Facts::default() };
        let mut said = match &story.about {
            About::Request(story) => of_request(&mut facts, story, kind, zone),
            About::Vote(story) => of_vote(&mut facts, story, zone),
            About::Honour(story) => of_honour(&mut facts, story),
        };
        if let Ok(unit) = facts.unit.parse() {
            facts.unit = self.unit_name(&story.community, &unit).await?;
        }
        if facts.level == Some(Level::Grid)
            && let About::Request(RequestStory { grid: Some(grid), .. }) = &story.about
        {
            let place = self.found_place(&story.community).await?;
            facts.lead = place.and_then(|mut place| place.leads.remove(grid)).unwrap_or_default();
        }
        self.open_words(&mut said).await?;
        if let Some(said) = said.as_ref().and_then(Private::text) {
            said.clone_into(&mut facts.said);
        }
        let [zh, en] = words::of(kind, &facts);
        let number = Some(facts.number).filter(|number| !number.is_empty());
        Ok(Letter { zh, en, url: facts.url, number })
    }

    /// Where to read more, or what to do.
    fn link(&self, story: &Story, kind: Kind, to: &Audience, public_url: &str) -> String {
        let vault = &self.0.vault;
        let path = match (&story.about, to) {
            (About::Request(story), Audience::Resident(person)) => {
                format!("r/{}", vault.tracking_code(story.request, *person))
            }
            (About::Request(_), Audience::Supervisors | Audience::Proposers) => "board".to_owned(),
            // What waits to be decided stands there together; a rework waits for nobody in particular.
            (About::Request(_), Audience::Oversight) if kind != Kind::ThirdRework => "oversight".to_owned(),
            (About::Request(story), Audience::Unit(_) | Audience::Desk | Audience::Oversight) => {
                format!("requests/{}", story.request)
            }
            (About::Vote(story), _) if kind == Kind::VoteCalledOff => format!("evaluations/{}", story.evaluation),
            (About::Vote(story), Audience::Resident(person)) => {
                // What stands behind the hash sign a browser keeps to itself: no server and no proxy sees it.
                let code = story.voter(*person).map(|voter| match voter.key {
                    Key::Request(request) => vault.tracking_code(request, *person),
                    Key::Voter(evaluation) => vault.voter_code(evaluation, *person),
                });
                let code = code.map(|code| format!("#{code}")).unwrap_or_default();
                format!("evaluations/{}/vote{code}", story.evaluation)
            }
            (About::Vote(story), _) => format!("evaluations/{}", story.evaluation),
            (About::Honour(story), _) => format!("honours/{}", story.honour),
        };
        format!("{public_url}/{path}")
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

/// Answers with what is said with the notice, if it is sealed.
fn of_request(facts: &mut Facts, story: &RequestStory, kind: Kind, zone: &TimeZone) -> Option<Private> {
    let said = filled(facts, story, zone);
    if kind == Kind::ThirdRework {
        facts.nth = story.reworks().to_string();
    }
    if let Some(unit) = &story.appellant {
        facts.unit = unit.to_string();
    }
    said
}

fn of_vote(facts: &mut Facts, story: &VoteStory, zone: &TimeZone) -> Option<Private> {
    facts.title = story.title();
    facts.said = story.answer.as_deref().or(story.session.called_off()).unwrap_or_default().to_owned();
    if let Some(poll) = story.poll() {
        facts.due = day(poll.drawing_until, zone);
        facts.until = day(poll.voting_until, zone);
    }
    None
}

fn of_honour(facts: &mut Facts, story: &HonourStory) -> Option<Private> {
    facts.title = [format!("“{}”", story.asked.honour), format!("“{}”", story.asked.honour)];
    facts.unit = story.asked.unit.to_string();
    if let Some(answered) = &story.answered {
        facts.opinion = Some(answered.opinion);
        facts.said.clone_from(&answered.reason);
    }
    None
}

/// Takes the newest of each from the history; answers with the answer or reason that goes with the last event.
fn filled(facts: &mut Facts, story: &RequestStory, zone: &TimeZone) -> Option<Private> {
    let mut said = None;
    for event in &story.events {
        match event {
            Event::Filed(filed) => {
                facts.number = filed.number.to_string();
                facts.due = day(filed.due.at, zone);
            }
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
            Event::Escalated(escalated) => facts.level = Some(escalated.level),
            Event::BurstFlagged(burst) => facts.nth = burst.joiners.to_string(),
            Event::UnreasonableProposed(proposed) => facts.unit = proposed.unit.to_string(),
            Event::Supervised(order) => {
                facts.due = day(order.due.at, zone);
                facts.level = order.level;
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
        let mut texts = vec![requester.name.clone(), requester.phone.clone(), requester.email.clone()];
        self.open_words(&mut texts).await?;
        let mut texts = texts.into_iter().map(|text| text.as_ref().and_then(Private::text).map(str::to_owned));
        let mut next = || texts.next().flatten();
        Ok(Contact { name: next(), phone: next(), email: next() })
    }
}
