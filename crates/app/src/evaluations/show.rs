//! The words of volunteers and of what was sent back, which the state does not hold: read from the evaluation's own events.

use std::collections::BTreeMap;

use sandan_domain::evaluation::{Event, Screening};
use sandan_domain::{EvaluationId, PersonId, Private, RequestId};

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::cqrs::Kind;
use crate::execute::evaluation_stream;
use crate::refusal::Refusal;

/// Records that are read at once.
const BATCH: usize = 1_000;

/// A volunteer as the committee sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolunteerLine {
    pub person: PersonId,
    pub number: u32,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub screening: Screening,
    /// Of a refusal.
    pub reason: Option<String>,
    pub chosen: bool,
    /// They drew their token; of their ballot nothing is known.
    pub token: bool,
}

impl App {
    /// All volunteers, by number.
    pub async fn volunteers(&self, by: &Caller, id: EvaluationId) -> Result<Vec<VolunteerLine>, Refusal> {
        by.permit(Action::RunEvaluation)?;
        self.in_scope(by, &self.evaluation(id).await?.community).await?;
        self.lines(id, None).await
    }

    /// One of them, for whoever has their code.
    pub async fn volunteer(&self, id: EvaluationId, person: PersonId) -> Result<VolunteerLine, Refusal> {
        self.lines(id, Some(person)).await?.pop().ok_or(Refusal::NotFound)
    }

    /// What was noted of the requests that were sent back; nothing of whoever was forgotten.
    pub async fn notes(&self, id: EvaluationId) -> Result<BTreeMap<RequestId, String>, Refusal> {
        if self.evaluation(id).await?.sent_back.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut events = self.events_of(id, &["sandan.evaluation.sent_back"]).await?;
        self.unseal_words(&mut events).await?;
        let note = |event: &Event| match event {
            Event::SentBack(sent) => Some((sent.request, words(&sent.note)?)),
            _ => None,
        };
        Ok(events.iter().filter_map(note).collect())
    }

    /// Of the evaluation's own events those of these kinds, as they are sealed.
    async fn events_of(&self, id: EvaluationId, kinds: &[&str]) -> Result<Vec<Event>, Refusal> {
        let (mut events, mut after) = (Vec::new(), 0);
        loop {
            let records = self.0.log.read_stream(&evaluation_stream(id), after, BATCH).await?;
            after = records.last().map_or(after, |record| record.version);
            for record in records.iter().filter(|record| kinds.contains(&&*record.kind)) {
                let event = sandan_domain::evaluation::Evaluation::decode(&record.kind, record.schema, &record.body);
                events.push(event.map_err(|error| Refusal::Failed(format!("read an evaluation: {error}")))?);
            }
            if records.len() < BATCH {
                return Ok(events);
            }
        }
    }

    async fn unseal_words(&self, events: &mut [Event]) -> Result<(), Refusal> {
        let opened = self.0.vault.open(events).await;
        opened.map_err(|error| Refusal::Failed(format!("open the words of an evaluation: {error}")))?;
        Ok(())
    }

    async fn lines(&self, id: EvaluationId, only: Option<PersonId>) -> Result<Vec<VolunteerLine>, Refusal> {
        let session = self.evaluation(id).await?;
        let mut lines: Vec<VolunteerLine> = Vec::new();
        let mut events = self.events_of(id, &["sandan.evaluation.volunteered", "sandan.evaluation.screened"]).await?;
        events.retain(|event| only.is_none_or(|person| of(event) == Some(person)));
        self.unseal_words(&mut events).await?;
        events.iter().for_each(|event| take(&mut lines, event));
        for line in &mut lines {
            let volunteer = session.volunteers.get(&line.person);
            line.screening = volunteer.map_or(Screening::Waiting, |volunteer| volunteer.screening);
            line.chosen = session.lots().is_some_and(|lots| lots.chosen.binary_search(&line.number).is_ok());
            line.token = session.poll().is_some_and(|poll| poll.issued.contains_key(&line.person));
        }
        Ok(lines)
    }
}

const fn of(event: &Event) -> Option<PersonId> {
    match event {
        Event::Volunteered(joined) => Some(joined.person),
        Event::Screened(screened) => Some(screened.person),
        _ => None,
    }
}

fn words(text: &Option<Private>) -> Option<String> {
    text.as_ref().and_then(|text| text.text().map(str::to_owned))
}

fn take(lines: &mut Vec<VolunteerLine>, event: &Event) {
    match event {
        Event::Volunteered(joined) => lines.push(VolunteerLine {
            person: joined.person,
            number: joined.number,
            name: words(&joined.name),
            phone: words(&joined.phone),
            screening: Screening::Waiting,
            reason: None,
            chosen: false,
            token: false,
        }),
        Event::Screened(screened) => {
            if let Some(line) = lines.iter_mut().find(|line| line.person == screened.person) {
                line.reason = words(&screened.reason);
            }
        }
        _ => {}
    }
}
