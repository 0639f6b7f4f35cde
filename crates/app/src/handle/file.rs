//! 点单: a resident files a request (R1, R2, R7).

use rand::Rng;
use sandan_domain::request::{self, Applicant, Command};
use sandan_domain::{PersonId, RequestId, RequestNumber, Text};
use sandan_log::RowChange;
use sandan_vault::{TrackingCode, Vault};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Failure, Identity, Order, Outcome, Wish};
use crate::handle::file_form::Draft;
use crate::handle::once::{Done, admit};
use crate::look_up::{NUMBERS, number_key};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// How often another number is drawn when one is taken. With half of all numbers in use, all of these are taken
/// once in four thousand million requests.
const DRAWS_MAX: u32 = 32;

/// What a resident sends. `community` and `description` are required.
#[derive(Clone, Default, Serialize)]
pub struct FileRequest {
    pub community: Option<String>,
    /// `web` unless told otherwise; whoever may file may state any.
    pub channel: Option<String>,
    pub category: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub urgency: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub address: Option<String>,
    pub grid: Option<String>,
    /// Degrees (WGS 84); both or none.
    pub lat: Option<f64>,
    pub lng: Option<f64>,
}

/// A request was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub request: RequestId,
    pub number: RequestNumber,
    pub tracking: TrackingCode,
    pub state: String,
}

impl App {
    /// Files a request.
    pub async fn file(&self, by: &Caller, input: FileRequest) -> Answer<Filed> {
        let identity = admit(by, Action::File, &input)?;
        let receipt = self.once(&identity, self.file_new(by, &identity, &input)).await?;
        let outcome = &receipt.outcome;
        let (Some(request), Some(person), Some(number)) = (outcome.request, outcome.person, outcome.number) else {
            return Err(Refusal::Failed("read what a filed request was remembered by".to_owned()));
        };
        let tracking = self.0.vault.tracking_code(request, person);
        Ok(receipt.map(|outcome| Filed { request, number, tracking, state: outcome.state }))
    }

    async fn file_new(&self, by: &Caller, identity: &Identity, input: &FileRequest) -> Done {
        let draft = self.draft(by, input).await?;
        for _ in 0..DRAWS_MAX {
            let order = self.filing(by, identity, &draft);
            match self.execute(&order).await {
                Err(Failure::Taken { .. }) => {}
                other => return Ok(other?),
            }
        }
        Err(Refusal::Contended)
    }

    /// One order with a fresh id and a fresh number.
    fn filing(&self, by: &Caller, identity: &Identity, draft: &Draft) -> Order {
        let request = RequestId(Uuid::now_v7());
        let number = draw();
        let person = self.person(draft.phone.as_ref());
        let file = request::File {
            community: draft.community.clone(),
            number,
            channel: draft.channel,
            urgency: draft.urgency,
            category: draft.category.clone(),
            title: draft.title.clone(),
            description: draft.description.clone(),
            requester: Applicant {
                person,
                name: draft.name.clone(),
                phone: draft.phone.clone(),
                email: draft.email.clone(),
            },
            place: draft.place.clone(),
            external: None,
        };
        let wish = Wish::Request(request, Command::File(Box::new(file)));
        let mut order = Order::new(by, Action::File, identity, draft.community.clone(), wish);
        order.actor = by.actor_as(person);
        // Without a phone it is somebody new; with one they may have filed before.
        order.newcomer = draft.phone.is_none().then_some(person);
        order.rows = vec![number_row(number, request), self.tracking_claim(request, person)];
        order.outcome = Outcome { number: Some(number), person: Some(person), ..Outcome::of(request) };
        order
    }

    /// The person behind a telephone: the same phone, the same person. Without one, somebody new.
    pub(super) fn person(&self, phone: Option<&Text>) -> PersonId {
        match phone {
            Some(phone) => self.0.vault.person_of_phone(phone.as_str()),
            None => PersonId(Uuid::new_v4()),
        }
    }

    /// The row by which the person's tracking code is found.
    pub(super) fn tracking_claim(&self, request: RequestId, person: PersonId) -> RowChange {
        let (space, key) = self.0.vault.tracking_row(&self.0.vault.tracking_code(request, person));
        RowChange::Claim { space, key, value: Vault::tracking_value(request, person) }
    }
}

pub(super) fn number_row(number: RequestNumber, request: RequestId) -> RowChange {
    let value = bytes::Bytes::copy_from_slice(request.0.as_bytes());
    RowChange::Claim { space: NUMBERS, key: number_key(number), value }
}

pub(super) fn draw() -> RequestNumber {
    RequestNumber::new(rand::rng().next_u32())
}
