//! The story of a vote without a name: who may take part, how each is reached, and with which code (R14, R18, R21).
//!
//! All of it is the register of the entitled. Who drew a token stands there; what became of it nobody knows, so nothing
//! here asks for it.

use std::collections::BTreeMap;

use sandan_domain::evaluation::{Evaluation, EvaluationSession, Event, Poll, Session};
use sandan_domain::project::{self, Projects};
use sandan_domain::request::{Request, Requester};
use sandan_domain::{EvaluationId, PersonId, ProjectId, RequestId};
use sandan_log::Record;

use crate::app::App;
use crate::execute::{project_stream, request_stream};
use crate::notices::story::{About, Story, folded};
use crate::notices::story_of_request::requesters;
use crate::notices::told;
use crate::projects::as_a_vote;
use crate::refusal::Refusal;

/// A vote up to an event about it.
pub(super) struct VoteStory {
    pub evaluation: EvaluationId,
    pub session: Box<Session>,
    /// What residents were told when a project was finished; public.
    pub answer: Option<String>,
    voters: BTreeMap<PersonId, Voter>,
}

/// Somebody who is entitled.
pub(super) struct Voter {
    /// Sealed.
    pub reached: Requester,
    pub key: Key,
}

/// What a voter's code is made from.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// The tracking code of a request that the project serves.
    Request(RequestId),
    /// The code that somebody got who signed up for the evaluation, or registered for the project.
    Voter(EvaluationId),
}

impl App {
    /// `None`: nobody is told of such an event.
    pub(super) async fn story_of_vote(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        // Of a vote nearly all events are tokens.
        if !told::TOLD_OF_A_VOTE.contains(&&*record.kind) {
            return Ok(None);
        }
        let (events, _) = self.told_until::<Evaluation>(&record.stream, record.position).await?;
        let EvaluationSession::Announced(session) = folded::<Evaluation>(&events) else { return Ok(None) };
        let Some(event) = events.last() else { return Ok(None) };
        let notices = told::of_vote(event, &session);
        let evaluation = EvaluationId(record.stream.id);
        let (answer, voters) = self.entitled(evaluation, &session, &events, record.position).await?;
        let community = session.community.clone();
        let about = About::Vote(VoteStory { evaluation, session, answer, voters });
        Ok(Some(Story { community, about, notices }))
    }

    /// All who may take part, and what residents were told of a project, from the vote's events up to a position.
    pub(super) async fn entitled(
        &self,
        id: EvaluationId,
        session: &Session,
        events: &[Event],
        until: u64,
    ) -> Result<(Option<String>, BTreeMap<PersonId, Voter>), Refusal> {
        match session.occasion.project() {
            Some((project, _)) => self.whose_it_is(project, until).await,
            None => Ok((None, volunteers(id, events))),
        }
    }

    /// What residents were told, and all who registered for a project or whose requests it serves.
    async fn whose_it_is(
        &self,
        id: ProjectId,
        until: u64,
    ) -> Result<(Option<String>, BTreeMap<PersonId, Voter>), Refusal> {
        let (events, _) = self.told_until::<Projects>(&project_stream(id), until).await?;
        let key = Key::Voter(as_a_vote(id));
        let registered = events.iter().filter_map(|event| match event {
            project::Event::Registered(joined) => {
                let project::Registered { person, name, phone, email } = joined.clone();
                Some((person, Voter { reached: Requester { person, name, phone, email }, key }))
            }
            _ => None,
        });
        let mut voters: BTreeMap<PersonId, Voter> = registered.collect();
        let project::Project::Opened(plan) = folded::<Projects>(&events) else { return Ok((None, voters)) };
        for request in plan.requests {
            let (events, _) = self.told_until::<Request>(&request_stream(request), until).await?;
            for requester in requesters(&events) {
                let voter = || Voter { reached: requester.clone(), key: Key::Request(request) };
                voters.entry(requester.person).or_insert_with(voter);
            }
        }
        Ok((plan.answer, voters))
    }
}

impl VoteStory {
    pub fn voter(&self, person: PersonId) -> Option<&Voter> {
        self.voters.get(&person)
    }

    pub fn poll(&self) -> Option<&Poll> {
        self.session.poll()
    }

    /// What is voted on, in Chinese and in English.
    pub fn title(&self) -> [String; 2] {
        let occasion = self.session.occasion;
        if occasion.project().is_some() {
            let name = self.session.subjects.first().map_or("", |subject| &subject.name);
            [format!("“{name}”"), format!("“{name}”")]
        } else if occasion.is_appraisal() {
            [format!(" {occasion} 年度双述双评"), format!("the appraisal of {occasion}")]
        } else {
            [format!(" {occasion} 季度评价例会"), format!("the quarterly session {occasion}")]
        }
    }
}

fn volunteers(id: EvaluationId, events: &[Event]) -> BTreeMap<PersonId, Voter> {
    let voter = |event: &Event| {
        let Event::Volunteered(joined) = event else { return None };
        let (person, name, phone) = (joined.person, joined.name.clone(), joined.phone.clone());
        let reached = Requester { person, name, phone, email: joined.email.clone() };
        Some((person, Voter { reached, key: Key::Voter(id) }))
    };
    events.iter().filter_map(voter).collect()
}
