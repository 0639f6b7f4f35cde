//! The story of a request, and of its review.

use sandan_domain::request::{Case, Event, Request, Requester, ServiceRequest};
use sandan_domain::{Decider, GridSlug, PersonId, RequestId, UnitId, review};
use sandan_log::Record;

use crate::app::App;
use crate::cqrs::Kind;
use crate::execute::request_stream;
use crate::notices::story::{About, Story, folded, unreadable};
use crate::notices::told;
use crate::refusal::Refusal;

/// A request up to an event about it.
pub(super) struct RequestStory {
    pub request: RequestId,
    pub grid: Option<GridSlug>,
    /// The request's events, the one in question included if it is one of these.
    pub events: Vec<Event>,
    /// Of an appeal: the unit.
    pub appellant: Option<UnitId>,
}

impl App {
    pub(super) async fn story_of_request(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        let (events, commands) = self.told_until::<Request>(&record.stream, record.position).await?;
        let Some((event, past)) = events.split_last() else { return Ok(None) };
        // An import appends the whole past of a request at once; later steps are of today.
        if let Some(Event::Filed(filed)) = events.first()
            && filed.external.is_some()
            && commands.first() == Some(&record.command)
        {
            return Ok(None);
        }
        let before = folded::<Request>(past);
        let mut after = before.clone();
        Request::evolve(&mut after, event);
        let ServiceRequest::Filed(after) = after else { return Ok(None) };
        let before = match &before {
            ServiceRequest::Filed(case) => Some(&**case),
            ServiceRequest::Absent => None,
        };
        let notices = told::of_request(past, before, event, &after);
        let Case { community, grid, .. } = *after;
        let about = RequestStory { request: RequestId(record.stream.id), grid, events, appellant: None };
        Ok(Some(Story { community, about: About::Request(about), notices }))
    }

    pub(super) async fn story_of_review(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        let event = review::Review::decode(&record.kind, record.schema, &record.body);
        let event = event.map_err(|error| unreadable(record, &error))?;
        let notices = told::of_review(&event);
        if notices.is_empty() {
            return Ok(None);
        }
        let request = RequestId(record.stream.id);
        let (events, _) = self.told_until::<Request>(&request_stream(request), record.position).await?;
        let ServiceRequest::Filed(case) = folded::<Request>(&events) else { return Ok(None) };
        let appellant = match event {
            review::Event::Appealed(appealed) => Some(appealed.unit),
            _ => None,
        };
        let Case { community, grid, .. } = *case;
        let about = About::Request(RequestStory { request, grid, events, appellant });
        Ok(Some(Story { community, about, notices }))
    }
}

impl RequestStory {
    /// How often it went back.
    pub fn reworks(&self) -> usize {
        self.events.iter().filter(|event| matches!(event, Event::ReworkOrdered(_))).count()
    }

    /// How the person said to be reached; sealed.
    pub fn requester(&self, person: PersonId) -> Option<&Requester> {
        requesters(&self.events).find(|requester| requester.person == person)
    }
}

/// All who filed or joined, the last first: whoever did so twice is reached as they said last.
pub(super) fn requesters(events: &[Event]) -> impl Iterator<Item = &Requester> {
    events.iter().rev().filter_map(|event| match event {
        Event::Filed(filed) => Some(&filed.requester),
        Event::CoSigned(joined) => Some(&joined.signer),
        _ => None,
    })
}
