//! The volunteers with their words, which the state does not hold: read from the evaluation's own events.

use sandan_domain::evaluation::{Event, Screening};
use sandan_domain::{EvaluationId, PersonId, Private};

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

    async fn lines(&self, id: EvaluationId, only: Option<PersonId>) -> Result<Vec<VolunteerLine>, Refusal> {
        let session = self.evaluation(id).await?;
        let mut lines: Vec<VolunteerLine> = Vec::new();
        let mut after = 0;
        loop {
            let records = self.0.log.read_stream(&evaluation_stream(id), after, BATCH).await?;
            let full = records.len() == BATCH;
            after = records.last().map_or(after, |record| record.version);
            let mut events = Vec::new();
            for record in &records {
                // Who signs up is settled before anything is cast, so the rest need not be read.
                if matches!(&*record.kind, "sandan.evaluation.volunteered" | "sandan.evaluation.screened") {
                    let event =
                        sandan_domain::evaluation::Evaluation::decode(&record.kind, record.schema, &record.body);
                    events.push(event.map_err(|error| Refusal::Failed(format!("read a volunteer: {error}")))?);
                }
            }
            events.retain(|event| only.is_none_or(|person| of(event) == Some(person)));
            let opened = self.0.vault.open(&mut events).await;
            opened.map_err(|error| Refusal::Failed(format!("open a volunteer's words: {error}")))?;
            events.iter().for_each(|event| take(&mut lines, event));
            if !full {
                break;
            }
        }
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

fn take(lines: &mut Vec<VolunteerLine>, event: &Event) {
    let words = |text: &Option<Private>| text.as_ref().and_then(|text| text.text().map(str::to_owned));
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
