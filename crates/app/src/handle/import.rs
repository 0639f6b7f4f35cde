//! Requests from another system: filed there, and perhaps answered there.

use std::collections::HashSet;

use bytes::Bytes;
use futures::StreamExt;
use jiff::Timestamp;
use sandan_domain::request::{self, Applicant, Channel, Command, External, PastAnswer, Urgency};
use sandan_domain::{CommunityId, Flaw, InputError, PersonId, RequestId, Text, limits};
use sandan_log::RowChange;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Failure, Identity, Order, Wish};
use crate::form::{Form, checked, present};
use crate::handle::file::{draw, number_row};
use crate::refusal::Refusal;

/// Rows whose appends are under way at once, so that many share a commit.
const IN_FLIGHT_MAX: usize = 512;
/// Rows whose accounts are looked up with one question.
const CHUNK_ROWS: usize = 2_048;
/// As for filing: how often another number is drawn.
const DRAWS_MAX: u32 = 32;
/// Rows from a community's external id to the request.
const EXTERNAL: &str = "external";

/// One row, as it stood in the file.
#[derive(Clone, Default)]
pub struct ImportRow {
    pub community: String,
    /// Unique in the community: the same row twice adds nothing.
    pub external_id: String,
    /// The other system's account, if it says one.
    pub user: String,
    pub subject: String,
    pub body: String,
    pub submitted_at: Timestamp,
    pub category: Option<String>,
    /// Figures, never ballots.
    pub likes: Option<u32>,
    pub against: Option<u32>,
    /// When it was answered, and how.
    pub reply: Option<(Timestamp, String)>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    New(RequestId),
    /// It came before.
    Known,
}

/// A checked row.
struct Past {
    community: CommunityId,
    external: External,
    person: PersonId,
    category: Option<sandan_domain::Category>,
    title: Option<Text>,
    description: Text,
    filed: Timestamp,
    answer: Option<PastAnswer>,
}

impl App {
    /// Imports the rows, each for itself: the answers stand in the rows' order.
    pub async fn import(&self, by: &Caller, rows: Vec<ImportRow>) -> Vec<Result<Imported, Refusal>> {
        if let Err(refusal) = by.permit(Action::Import) {
            return rows.iter().map(|_| Err(refusal.clone())).collect();
        }
        let mut answers = Vec::with_capacity(rows.len());
        for chunk in rows.chunks(CHUNK_ROWS) {
            answers.extend(self.import_chunk(by, chunk).await);
        }
        answers
    }

    /// One question to the log for all accounts of the chunk, then a row each.
    async fn import_chunk(&self, by: &Caller, rows: &[ImportRow]) -> Vec<Result<Imported, Refusal>> {
        let checked = futures::stream::iter(rows).then(|row| self.past(by, row)).collect::<Vec<_>>().await;
        let persons: Vec<PersonId> = checked.iter().flatten().map(|past| past.person).collect();
        // Where it can't be said who is new, each row asks for itself.
        let strangers = self.0.vault.strangers(&persons).await.unwrap_or_default();
        let rows = futures::stream::iter(checked);
        rows.map(|past| self.import_row(by, past, &strangers)).buffered(IN_FLIGHT_MAX).collect().await
    }

    async fn import_row(
        &self,
        by: &Caller,
        past: Result<Past, Refusal>,
        strangers: &HashSet<PersonId>,
    ) -> Result<Imported, Refusal> {
        let past = past?;
        for _ in 0..DRAWS_MAX {
            let (request, mut order) = importing(by, &past)?;
            order.newcomer = strangers.get(&past.person).copied();
            match self.execute(&order).await {
                Ok(_) => return Ok(Imported::New(request)),
                Err(Failure::Taken { space: EXTERNAL }) => return Ok(Imported::Known),
                Err(Failure::Taken { .. }) => {}
                Err(Failure::Refused(refusal)) => return Err(refusal),
            }
        }
        Err(Refusal::Contended)
    }

    async fn past(&self, by: &Caller, row: &ImportRow) -> Result<Past, Refusal> {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", Some(&row.community));
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let id = form.required_line("message_id", Some(&row.external_id), limits::EXTERNAL_ID);
        let title = form.line("subject", Some(&row.subject), limits::TITLE);
        let description = form.required_lines("body", Some(&row.body), limits::BODY);
        let category = form.category("category", row.category.as_deref());
        if row.submitted_at > self.0.clock.now() {
            form.error("submitted_at", InputError::malformed(Flaw::InFuture));
        }
        let answer = self.answer(&mut form, row);
        form.check()?;
        let community = checked(community)?;
        let person = match present(Some(&row.user)) {
            Some(user) => self.0.vault.person_of_account(&community, user.trim()),
            None => PersonId(Uuid::new_v4()),
        };
        let external = External { id: checked(id)?.into_string(), likes: row.likes, against: row.against };
        let (description, filed) = (checked(description)?, row.submitted_at);
        Ok(Past { community, external, person, category, title, description, filed, answer })
    }

    fn answer(&self, form: &mut Form, row: &ImportRow) -> Option<PastAnswer> {
        let (completed, text) = row.reply.as_ref()?;
        let answer = form.required_lines("reply", Some(text), limits::BODY);
        if *completed < row.submitted_at {
            form.error("replied_at", InputError::malformed(Flaw::Before { field: "submitted_at".to_owned() }));
        }
        if *completed > self.0.clock.now() {
            form.error("replied_at", InputError::malformed(Flaw::InFuture));
        }
        Some(PastAnswer { completed: *completed, answer: answer? })
    }
}

fn importing(by: &Caller, past: &Past) -> Result<(RequestId, Order), Refusal> {
    let request = RequestId(Uuid::now_v7());
    let number = draw();
    let file = request::File {
        community: past.community.clone(),
        number,
        channel: Channel::Mailbox,
        urgency: Urgency::Normal,
        category: past.category.clone(),
        title: past.title.clone(),
        description: past.description.clone(),
        requester: Applicant { person: past.person, name: None, phone: None, email: None },
        place: None,
        external: Some(past.external.clone()),
    };
    let import = request::Import { file, filed: past.filed, answer: past.answer.clone() };
    let wish = Wish::Request(request, Command::Import(Box::new(import)));
    let anonymous = Caller { idempotency: None, ..by.clone() };
    let identity = Identity::of(&anonymous, Action::Import, &())?;
    let mut order = Order::new(by, Action::Import, &identity, past.community.clone(), wish);
    order.rows = vec![external_row(past, request), number_row(number, request)];
    Ok((request, order))
}

fn external_row(past: &Past, request: RequestId) -> RowChange {
    let key = Bytes::from(format!("{}/{}", past.community, past.external.id));
    RowChange::Claim { space: EXTERNAL, key, value: Bytes::copy_from_slice(request.0.as_bytes()) }
}
