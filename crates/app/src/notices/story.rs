//! What a notice is made from: the request's history up to the event, read from the log. Texts stay sealed until
//! somebody opens them to send.

use sandan_domain::ids::derive;
use sandan_domain::request::{Case, Event, Request, Requester, ServiceRequest};
use sandan_domain::{CommunityId, Decider, PersonId, RequestId, UnitId, review};
use sandan_log::{Record, StreamName};
use uuid::Uuid;

use crate::app::App;
use crate::cqrs::Kind as _;
use crate::execute::request_stream;
use crate::notices::told::{self, Notice};
use crate::refusal::Refusal;

/// Records that are read at once.
const BATCH: usize = 512;

/// A request up to an event about it, and what is told about that.
pub(super) struct Story {
    pub request: RequestId,
    pub community: CommunityId,
    /// The request's events, the one in question included if it is one of these.
    pub events: Vec<Event>,
    pub notices: Vec<Notice>,
    /// Of an appeal: the unit.
    pub appellant: Option<UnitId>,
}

impl App {
    /// `None`: nobody is told of such an event, or it belongs to a past that was imported.
    pub(super) async fn story(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        match record.stream.kind.as_ref() {
            Request::KIND => self.story_of_request(record).await,
            review::Review::KIND => self.story_of_review(record).await,
            _ => Ok(None),
        }
    }

    async fn story_of_request(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        let (events, commands) = self.told_until(&record.stream, record.position).await?;
        let Some((event, past)) = events.split_last() else { return Ok(None) };
        // An import appends the whole past of a request at once; later steps are of today.
        if let Some(Event::Filed(filed)) = events.first()
            && filed.external.is_some()
            && commands.first() == Some(&record.command)
        {
            return Ok(None);
        }
        let before = folded(past);
        let mut after = before.clone();
        Request::evolve(&mut after, event);
        let ServiceRequest::Filed(after) = after else { return Ok(None) };
        let before = match &before {
            ServiceRequest::Filed(case) => Some(&**case),
            ServiceRequest::Absent => None,
        };
        let notices = told::of_request(past, before, event, &after);
        let Case { community, .. } = *after;
        Ok(Some(Story { request: RequestId(record.stream.id), community, events, notices, appellant: None }))
    }

    async fn story_of_review(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        let event = review::Review::decode(&record.kind, record.schema, &record.body);
        let event = event.map_err(|error| unreadable(record, &error))?;
        let notices = told::of_review(&event);
        if notices.is_empty() {
            return Ok(None);
        }
        let request = RequestId(record.stream.id);
        let (events, _) = self.told_until(&request_stream(request), record.position).await?;
        let ServiceRequest::Filed(case) = folded(&events) else { return Ok(None) };
        let appellant = match event {
            review::Event::Appealed(appealed) => Some(appealed.unit),
            _ => None,
        };
        Ok(Some(Story { request, community: case.community, events, notices, appellant }))
    }

    /// Events of a stream up to a position, and the command of each.
    async fn told_until(&self, stream: &StreamName, until: u64) -> Result<(Vec<Event>, Vec<Uuid>), Refusal> {
        let (mut events, mut commands, mut version) = (Vec::new(), Vec::new(), 0);
        loop {
            let records = self.0.log.read_stream(stream, version, BATCH).await?;
            let full = records.len() == BATCH;
            for record in records {
                if record.position > until {
                    return Ok((events, commands));
                }
                version = record.version;
                let event = Request::decode(&record.kind, record.schema, &record.body);
                events.push(event.map_err(|error| unreadable(&record, &error))?);
                commands.push(record.command);
            }
            if !full {
                return Ok((events, commands));
            }
        }
    }
}

impl Story {
    /// How often it went back.
    pub fn reworks(&self) -> usize {
        self.events.iter().filter(|event| matches!(event, Event::ReworkOrdered(_))).count()
    }

    /// How the person said to be reached; sealed.
    pub fn requester(&self, person: PersonId) -> Option<Requester> {
        // Whoever filed or joined twice is reached as they said last.
        self.events.iter().rev().find_map(|event| match event {
            Event::Filed(filed) if filed.requester.person == person => Some(filed.requester.clone()),
            Event::CoSigned(joined) if joined.signer.person == person => Some(joined.signer.clone()),
            _ => None,
        })
    }
}

/// The id of the `nth` notice about a record: the same whenever it is worked out.
pub(super) fn notice_id(record: &Record, nth: usize) -> Uuid {
    derive(record.id, &format!("notice/{nth}"))
}

fn folded(events: &[Event]) -> ServiceRequest {
    let mut state = ServiceRequest::default();
    events.iter().for_each(|event| Request::evolve(&mut state, event));
    state
}

fn unreadable(record: &Record, error: &dyn std::error::Error) -> Refusal {
    Refusal::Failed(format!("read position {}: {error}", record.position))
}
