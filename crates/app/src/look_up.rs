//! Finding a request: by id, by number, by tracking code. Exact, from the log's rows, never a read model.

use std::sync::Arc;

use sandan_domain::request::{Case, Request, ServiceRequest};
use sandan_domain::{PersonId, RequestId, RequestNumber};
use sandan_vault::{TrackingCode, Vault};
use uuid::Uuid;

use crate::app::App;
use crate::cqrs::{AnyState, Kind};
use crate::execute::request_stream;
use crate::refusal::Refusal;

/// Rows from a request's number to its id.
pub(crate) const NUMBERS: &str = "request_number";
/// Rows from a merged request to the one that survives it (R5).
pub(crate) const MERGED: &str = "merged";
/// Longest chain of requests merged one into the other that is followed.
const MERGES_MAX: usize = 100;

impl App {
    /// The request as the log has it; `NotFound` if there is none.
    pub async fn request(&self, id: RequestId) -> Result<Arc<ServiceRequest>, Refusal> {
        let entry = self.0.states.certain::<Request>(&request_stream(id)).await?;
        match Request::take_down(&entry.state) {
            Some(state) if **state != ServiceRequest::Absent => Ok(Arc::clone(state)),
            _ => Err(Refusal::NotFound),
        }
    }

    /// The request as the next command will find it, perhaps ahead of the log: good enough to let somebody pass,
    /// never to refuse or to show.
    pub(crate) async fn case(&self, id: RequestId) -> Result<Box<Case>, Refusal> {
        let entry = self.0.states.newest::<Request>(&request_stream(id)).await?;
        case_of(&entry.state)
    }

    /// The same after a look at the log, for whoever is about to refuse something.
    pub(crate) async fn fresh_case(&self, id: RequestId) -> Result<Box<Case>, Refusal> {
        let entry = self.0.states.fresh::<Request>(&request_stream(id)).await?;
        case_of(&entry.state)
    }

    /// The request and the person that a tracking code opens, however it was typed.
    pub async fn by_tracking_code(&self, text: &str) -> Result<(RequestId, PersonId), Refusal> {
        let code: TrackingCode = text.parse().map_err(|_| Refusal::NotFound)?;
        let (space, key) = self.0.vault.tracking_row(&code);
        let value = self.0.log.row(space, &key).await?.ok_or(Refusal::NotFound)?;
        Vault::parse_tracking_value(&value).ok_or(Refusal::NotFound)
    }

    /// The request with this number, as read out over the telephone.
    pub async fn by_number(&self, text: &str) -> Result<RequestId, Refusal> {
        let number: RequestNumber = text.parse().map_err(|_| Refusal::NotFound)?;
        let value = self.0.log.row(NUMBERS, &number_key(number)).await?.ok_or(Refusal::NotFound)?;
        Uuid::from_slice(&value).map(RequestId).map_err(|_| Refusal::NotFound)
    }

    /// The request that `id` is now part of: itself, or the end of its merges (R5).
    pub async fn surviving(&self, id: RequestId) -> Result<RequestId, Refusal> {
        let mut at = id;
        for _ in 0..MERGES_MAX {
            match self.0.log.row(MERGED, at.0.as_bytes()).await? {
                Some(into) => at = Uuid::from_slice(&into).map(RequestId).map_err(|_| Refusal::NotFound)?,
                None => break,
            }
        }
        Ok(at)
    }

    /// The person whose code opens this request or one that was merged into it (R5); else nothing is said about
    /// whether either exists.
    pub async fn opened_by(&self, code: &str, request: RequestId) -> Result<PersonId, Refusal> {
        let (found, person) = self.by_tracking_code(code).await?;
        if found == request || self.surviving(found).await? == request { Ok(person) } else { Err(Refusal::NotFound) }
    }

    /// The person that a code speaks for, on a request that the code opens or was merged into.
    pub(crate) async fn holder(&self, code: &str, id: RequestId) -> Result<PersonId, Refusal> {
        let (request, person) = self.by_tracking_code(code).await?;
        if request == id || self.surviving(request).await? == self.surviving(id).await? {
            Ok(person)
        } else {
            Err(Refusal::NotFound)
        }
    }
}

fn case_of(state: &AnyState) -> Result<Box<Case>, Refusal> {
    match Request::take_down(state).map(Arc::as_ref) {
        Some(ServiceRequest::Filed(case)) => Ok(case.clone()),
        _ => Err(Refusal::NotFound),
    }
}

pub(crate) fn number_key(number: RequestNumber) -> bytes::Bytes {
    number.to_string().into()
}
