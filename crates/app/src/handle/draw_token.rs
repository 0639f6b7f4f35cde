//! A token is signed unseen for somebody who is entitled (R21).

use data_encoding::BASE64;
use sandan_booth::{KEY_BYTES, blinded_hash};
use sandan_domain::evaluation::{Command, Session};
use sandan_domain::{EvaluationId, Flaw, InputError, UnitId};

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Outcome};
use crate::form::{Form, checked};
use crate::receipt::Receipt;
use crate::refusal::Refusal;

/// Both are required.
#[derive(Clone, Default)]
pub struct DrawToken {
    /// The volunteer's own.
    pub code: Option<String>,
    /// Base 64 of the blinded serial.
    pub blinded: Option<String>,
}

/// What the issuer made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedToken {
    /// Base 64 of the blind signature.
    pub signature: String,
    /// By where its entitlement stands in the log.
    pub position: u64,
}

impl App {
    /// Signs a blinded serial, once its entitlement is in the log. The same one is signed again, another never: that is
    /// all the memory it needs, so no idempotency key is kept.
    pub async fn draw_token(&self, by: &Caller, id: EvaluationId, input: &DrawToken) -> Result<SignedToken, Refusal> {
        by.permit(Action::DrawToken)?;
        let person = self.volunteer_in(input.code.as_deref(), id).await?;
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let text = form.required("blinded", input.blinded.as_deref());
        let blinded = text.and_then(|text| form.keep("blinded", serial(text)));
        form.check()?;
        let blinded = checked(blinded)?;
        let works_for = self.employer(&session.community, &self.rated_units(&session).await?, person).await?;
        let command = Command::IssueToken { person, blinded: blinded_hash(&blinded), works_for };
        let mut order = self.evaluation_order(by, Action::DrawToken, &Identity::once(), (id, &session), command);
        order.actor = by.actor_as(person);
        // A serial that can't be signed must not use up the right to a token.
        let signature = self.sign(id, blinded.clone()).await?;
        let receipt: Receipt<Outcome> = self.execute(&order).await?;
        // Without a key at first and accepted all the same: voting began in between.
        let signature = match signature {
            None => self.sign(id, blinded).await?,
            signed => signed,
        };
        let signature = signature.ok_or_else(|| Refusal::Failed("find the key of an evaluation".to_owned()))?;
        Ok(SignedToken { signature: BASE64.encode(&signature), position: receipt.position })
    }

    /// The units whose work is rated: of a project the one that did it.
    async fn rated_units(&self, session: &Session) -> Result<Vec<UnitId>, Refusal> {
        match session.occasion.project() {
            Some((project, _)) => Ok(vec![self.project(project).await?.unit]),
            None => Ok(session.units()),
        }
    }
}

fn serial(text: &str) -> Result<Vec<u8>, InputError> {
    let bytes = BASE64.decode(text.trim().as_bytes()).ok().filter(|bytes| bytes.len() == KEY_BYTES);
    bytes.ok_or_else(|| InputError::malformed(Flaw::Key { bytes: KEY_BYTES.to_string() }))
}
