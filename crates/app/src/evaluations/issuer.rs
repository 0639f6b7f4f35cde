//! Signing with an evaluation's key, which is unsealed when it is first needed.

use std::sync::Arc;

use data_encoding::BASE64;
use sandan_booth::{BoothError, Issuer, KEY_BYTES};
use sandan_domain::{EvaluationId, Flaw, InputError};
use sandan_log::RowChange;
use tokio::task::spawn_blocking;

use crate::app::App;
use crate::refusal::Refusal;

/// The key that signs a vote's tokens.
pub(crate) struct VotingKey {
    /// Base 64 of its DER.
    pub public: String,
    pub fingerprint: String,
    /// The sealed rest of it.
    pub row: RowChange,
}

impl App {
    /// A new key for a vote. It takes a moment, so it is made aside.
    pub(crate) async fn new_key(&self, id: EvaluationId) -> Result<VotingKey, Refusal> {
        let issuer = aside(Issuer::generate).await?.map_err(failed)?;
        let public = issuer.public();
        Ok(VotingKey {
            public: BASE64.encode(&public.to_der().map_err(failed)?),
            fingerprint: public.fingerprint().map_err(failed)?,
            row: self.key_row(id, &issuer.to_der().map_err(failed)?)?,
        })
    }

    /// Signs a blinded serial whose entitlement is in the log. The same one gives the same answer. `None` where there is no
    /// key: before the vote, and after its count.
    pub(crate) async fn sign(&self, id: EvaluationId, blinded: Vec<u8>) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(issuer) = self.issuer(id).await? else { return Ok(None) };
        let signed = aside(move || issuer.sign(&blinded)).await?;
        signed.map(Some).map_err(|error| match error {
            BoothError::NotBlinded => {
                Refusal::field("blinded", InputError::malformed(Flaw::NotBlinded { bytes: KEY_BYTES.to_string() }))
            }
            error => failed(error),
        })
    }

    async fn issuer(&self, id: EvaluationId) -> Result<Option<Arc<Issuer>>, Refusal> {
        if let Some(issuer) = self.0.urns.issuer(id) {
            return Ok(Some(issuer));
        }
        let Some(der) = self.key(id).await? else { return Ok(None) };
        let issuer = Arc::new(Issuer::from_der(&der).map_err(failed)?);
        self.0.urns.keep_issuer(id, Arc::clone(&issuer));
        Ok(Some(issuer))
    }
}

fn failed(error: BoothError) -> Refusal {
    Refusal::Failed(format!("use the key of an evaluation: {error}"))
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    spawn_blocking(work).await.map_err(|error| Refusal::Failed(format!("work with a key: {error}")))
}
