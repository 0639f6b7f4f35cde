//! What a notice is made from: the history up to the event, read from the log. Texts stay sealed until somebody opens
//! them to send.

use std::sync::{Arc, PoisonError};

use sandan_domain::evaluation::Evaluation;
use sandan_domain::honour::Honours;
use sandan_domain::ids::derive;
use sandan_domain::request::{Request, Requester};
use sandan_domain::{CommunityId, Decider, PersonId, RequestId, review};
use sandan_log::{Record, StreamName};
use uuid::Uuid;

use crate::app::App;
use crate::cqrs::Kind;
use crate::notices::job::Notices;
use crate::notices::story_of_honour::HonourStory;
use crate::notices::story_of_request::RequestStory;
use crate::notices::story_of_vote::VoteStory;
use crate::notices::told::Notice;
use crate::refusal::Refusal;

/// Records that are read at once.
const BATCH: usize = 512;

/// What led up to an event, and what is told about that.
pub(super) struct Story {
    pub community: CommunityId,
    pub about: About,
    pub notices: Vec<Notice>,
}

pub(super) enum About {
    Request(RequestStory),
    Vote(VoteStory),
    Honour(Box<HonourStory>),
}

impl App {
    /// `None`: nobody is told of such an event, or it belongs to a past that was imported.
    pub(super) async fn story(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        match record.stream.kind.as_ref() {
            Request::KIND => self.story_of_request(record).await,
            review::Review::KIND => self.story_of_review(record).await,
            Evaluation::KIND => self.story_of_vote(record).await,
            Honours::KIND => self.story_of_honour(record).await,
            _ => Ok(None),
        }
    }

    /// Events of a stream up to a position, and the command of each.
    pub(super) async fn told_until<K: Kind>(
        &self,
        stream: &StreamName,
        until: u64,
    ) -> Result<(Vec<K::Event>, Vec<Uuid>), Refusal> {
        let (mut events, mut commands, mut version) = (Vec::new(), Vec::new(), 0);
        loop {
            let records = self.0.log.read_stream(stream, version, BATCH).await?;
            let full = records.len() == BATCH;
            for record in records {
                if record.position > until {
                    return Ok((events, commands));
                }
                version = record.version;
                let event = K::decode(&record.kind, record.schema, &record.body);
                events.push(event.map_err(|error| unreadable(&record, &error))?);
                commands.push(record.command);
            }
            if !full {
                return Ok((events, commands));
            }
        }
    }
}

impl Notices {
    /// The same, kept until another is asked for: one event may be told to thousands, each with a letter of their own.
    pub(super) async fn story(&self, record: &Record) -> Result<Option<Arc<Story>>, Refusal> {
        let last = || self.inner.story.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, story)) = &*last()
            && *of == record.id
        {
            return Ok(Some(Arc::clone(story)));
        }
        let Some(story) = self.app.story(record).await?.map(Arc::new) else { return Ok(None) };
        *last() = Some((record.id, Arc::clone(&story)));
        Ok(Some(story))
    }
}

impl Story {
    /// The request that it is about.
    pub const fn request(&self) -> Option<RequestId> {
        match &self.about {
            About::Request(story) => Some(story.request),
            About::Vote(_) | About::Honour(_) => None,
        }
    }

    /// How the person said to be reached; sealed.
    pub fn requester(&self, person: PersonId) -> Option<&Requester> {
        match &self.about {
            About::Request(story) => story.requester(person),
            About::Vote(story) => story.voter(person).map(|voter| &voter.reached),
            About::Honour(_) => None,
        }
    }
}

/// The id of the `nth` notice about a record: the same whenever it is worked out.
pub(super) fn notice_id(record: &Record, nth: usize) -> Uuid {
    derive(record.id, &format!("notice/{nth}"))
}

/// What events make of nothing.
pub(super) fn folded<D: Decider>(events: &[D::Event]) -> D::State {
    let mut state = D::State::default();
    events.iter().for_each(|event| D::evolve(&mut state, event));
    state
}

pub(super) fn unreadable(record: &Record, error: &dyn std::error::Error) -> Refusal {
    Refusal::Failed(format!("read position {}: {error}", record.position))
}
