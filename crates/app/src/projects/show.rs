//! Those who registered, with their words, which the state does not hold: read from the project's own events.

use sandan_domain::project::{Event, Projects};
use sandan_domain::{PersonId, Private, ProjectId};

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::cqrs::Kind;
use crate::execute::project_stream;
use crate::refusal::Refusal;

/// Records that are read at once.
const BATCH: usize = 1_000;

/// Somebody who registered, as the committee sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredLine {
    pub person: PersonId,
    pub name: Option<String>,
    pub phone: Option<String>,
    /// They drew their token in the round that is voted on; of their ballot nothing is known (R21).
    pub token: bool,
}

impl App {
    /// All who registered, in the order in which they came.
    pub async fn registered(&self, by: &Caller, id: ProjectId) -> Result<Vec<RegisteredLine>, Refusal> {
        by.permit(Action::RunProject)?;
        let plan = self.project(id).await?;
        self.in_scope(by, &plan.community).await?;
        let vote = match plan.review() {
            Some(review) => Some(self.evaluation(review).await?),
            None => None,
        };
        let poll = vote.as_ref().and_then(|vote| vote.poll());
        let drew = |person: PersonId| poll.is_some_and(|poll| poll.issued.contains_key(&person));
        let mut lines = Vec::new();
        let mut after = 0;
        loop {
            let records = self.0.log.read_stream(&project_stream(id), after, BATCH).await?;
            let full = records.len() == BATCH;
            after = records.last().map_or(after, |record| record.version);
            let mut events = Vec::new();
            for record in records.iter().filter(|record| &*record.kind == "sandan.project.registered") {
                let event = Projects::decode(&record.kind, record.schema, &record.body);
                events.push(event.map_err(|error| Refusal::Failed(format!("read a registration: {error}")))?);
            }
            let opened = self.0.vault.open(&mut events).await;
            opened.map_err(|error| Refusal::Failed(format!("open a resident's words: {error}")))?;
            lines.extend(events.iter().filter_map(|event| line(event, drew)));
            if !full {
                return Ok(lines);
            }
        }
    }
}

fn line(event: &Event, drew: impl Fn(PersonId) -> bool) -> Option<RegisteredLine> {
    let Event::Registered(registered) = event else { return None };
    let words = |text: &Option<Private>| text.as_ref().and_then(|text| text.text().map(str::to_owned));
    Some(RegisteredLine {
        person: registered.person,
        name: words(&registered.name),
        phone: words(&registered.phone),
        token: drew(registered.person),
    })
}
