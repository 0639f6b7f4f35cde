//! 研判: the desk accepts, rejects with a reason, or merges into an earlier request (R5, R7).

use bytes::Bytes;
use sandan_domain::request::{Case, Command, TriageDecision};
use sandan_domain::{Flaw, InputError, NoSuch, RequestId, limits};
use sandan_log::RowChange;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish, request_stream};
use crate::form::{Form, checked};
use crate::handle::file_form::URGENCIES;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::look_up::MERGED;
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// What the desk decides.
#[derive(Clone, Default, Serialize)]
pub struct Triage {
    /// `accept`, `reject` or `merge`.
    pub decision: Option<String>,
    /// Required to reject.
    pub reason: Option<String>,
    /// The request that survives; required to merge.
    pub into: Option<String>,
    pub category: Option<String>,
    pub urgency: Option<String>,
    /// The desk's own words, the only ones shown in public (R5).
    pub public_title: Option<String>,
}

#[derive(Clone, Copy)]
enum Kind {
    Accept,
    Reject,
    Merge,
}

const DECISIONS: [(&str, Kind); 3] = [("accept", Kind::Accept), ("reject", Kind::Reject), ("merge", Kind::Merge)];

impl App {
    /// Triages a request.
    pub async fn triage(&self, by: &Caller, id: RequestId, input: Triage) -> Answer<Changed> {
        let identity = admit(by, Action::Triage, &(id, &input))?;
        Ok(changed(self.once(&identity, self.triage_new(by, &identity, id, &input)).await?))
    }

    async fn triage_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Triage) -> Done {
        let case = self.reach(by, id).await?;
        let decision = self.decision(id, &case, input).await?;
        let into = match &decision {
            TriageDecision::Merge { into, .. } => Some(*into),
            TriageDecision::Accept { .. } | TriageDecision::Reject { .. } => None,
        };
        let wish = Wish::Request(id, Command::Triage(decision));
        let mut order = Order::new(by, Action::Triage, identity, case.community.clone(), wish);
        if let Some(into) = into {
            order.rows.push(merged_row(id, into));
            order.touches.push(request_stream(into));
        }
        Ok(self.execute(&order).await?)
    }

    async fn decision(&self, id: RequestId, case: &Case, input: &Triage) -> Result<TriageDecision, Refusal> {
        let mut form = Form::default();
        let kind = form.required_word("decision", input.decision.as_deref(), &DECISIONS);
        let category = form.category("category", input.category.as_deref());
        let urgency = form.word("urgency", input.urgency.as_deref(), &URGENCIES);
        let public_title = form.line("public_title", input.public_title.as_deref(), limits::TITLE);
        let reason = match kind {
            Some(Kind::Reject) => form.required_reason("reason", input.reason.as_deref()),
            _ => form.reason("reason", input.reason.as_deref()),
        };
        let into = match kind {
            Some(Kind::Merge) => self.survivor(&mut form, id, case, input.into.as_deref()).await?,
            _ => None,
        };
        form.check()?;
        Ok(match checked(kind)? {
            Kind::Accept => TriageDecision::Accept { category, urgency, reason, public_title },
            Kind::Reject => TriageDecision::Reject { reason: checked(reason)? },
            Kind::Merge => TriageDecision::Merge { into: checked(into)?, reason },
        })
    }

    /// The request to merge into: another one of the same community.
    async fn survivor(
        &self,
        form: &mut Form,
        id: RequestId,
        case: &Case,
        text: Option<&str>,
    ) -> Result<Option<RequestId>, Refusal> {
        let Some(text) = form.required("into", text) else { return Ok(None) };
        let unknown = || InputError::unknown(NoSuch::RequestHere);
        let Ok(into) = text.trim().parse::<Uuid>().map(RequestId) else {
            form.error("into", unknown());
            return Ok(None);
        };
        if into == id {
            form.error("into", InputError::malformed(Flaw::Itself));
            return Ok(None);
        }
        match self.case(into).await {
            Ok(other) if other.community == case.community => return Ok(Some(into)),
            Ok(_) | Err(Refusal::NotFound) => form.error("into", unknown()),
            Err(refusal) => return Err(refusal),
        }
        Ok(None)
    }
}

/// Leads from the merged request to the one that survives, for votes and codes to follow.
fn merged_row(from: RequestId, into: RequestId) -> RowChange {
    let bytes = |id: RequestId| Bytes::copy_from_slice(id.0.as_bytes());
    RowChange::Put { space: MERGED, key: bytes(from), value: bytes(into) }
}
