//! A photo, by the resident with the code or by a unit on the request (R6).

use bytes::Bytes;
use sandan_domain::request::{Case, Command, Photo};
use sandan_domain::{Actor, AttachmentId, Flaw, InputError, RequestId};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::blobs::BlobError;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish};
use crate::handle::on_the_request::Who;
use crate::handle::once::{Done, admit};
use crate::handle::photo;
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// Largest photo, in bytes.
const BYTES_MAX: usize = 10 * 1_024 * 1_024;

#[derive(Clone, Default, Serialize)]
pub struct Attach {
    /// A resident's key; a unit needs none.
    pub tracking_code: Option<String>,
    #[serde(serialize_with = "digest")]
    pub bytes: Bytes,
    /// What the sender says it is. What counts is what the bytes are.
    pub media_type: Option<String>,
}

/// A photo was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attached {
    pub attachment: AttachmentId,
    pub state: String,
}

impl App {
    /// Adds a photo, without the data that the camera wrote into it.
    pub async fn attach(&self, by: &Caller, id: RequestId, input: Attach) -> Answer<Attached> {
        let identity = admit(by, Action::Attach, &(id, &input))?;
        let receipt = self.once(&identity, self.attach_new(by, &identity, id, &input)).await?;
        let attachment = receipt.outcome.attachment;
        let attachment = attachment.ok_or_else(|| Refusal::Failed("read what a photo was remembered by".to_owned()))?;
        Ok(receipt.map(|outcome| Attached { attachment, state: outcome.state }))
    }

    async fn attach_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Attach) -> Done {
        let (actor, case) = self.sender(by, id, input.tracking_code.as_deref()).await?;
        let photo = self.keep_photo(input.bytes.clone()).await?;
        let attachment = photo.attachment;
        let wish = Wish::Request(id, Command::Attach(photo));
        let mut order = Order::new(by, Action::Attach, identity, case.community.clone(), wish);
        order.actor = actor;
        order.outcome = Outcome { attachment: Some(attachment), ..Outcome::of(id) };
        Ok(self.execute(&order).await?)
    }

    async fn sender(&self, by: &Caller, id: RequestId, code: Option<&str>) -> Result<(Actor, Box<Case>), Refusal> {
        if by.actor.unit().is_some() {
            let case = self.reach(by, id).await?;
            self.on_the_request(by, (id, &case), Who::TeamOfNow).await?;
            return Ok((by.actor.clone(), case));
        }
        let person = self.holder(code.unwrap_or_default(), id).await?;
        Ok((by.actor_as(person), self.reach(by, id).await?))
    }

    /// Strips the photo and keeps it before anything says that it is there.
    async fn keep_photo(&self, bytes: Bytes) -> Result<Photo, Refusal> {
        if bytes.len() > BYTES_MAX {
            let flaw = Flaw::Bytes { count: bytes.len().to_string(), max: BYTES_MAX.to_string() };
            return Err(Refusal::field("photo", InputError::malformed(flaw)));
        }
        let policy = self.0.policy.clone();
        let stripped = tokio::task::spawn_blocking(move || photo::strip(bytes, &policy.zone)).await;
        let stripped = stripped.map_err(|error| Refusal::Failed(format!("read a photo: {error}")))?;
        let photo::Stripped { bytes, media_type, captured } =
            stripped.map_err(|error| Refusal::field("photo", error))?;
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
        let length = bytes.len() as u64;
        self.0.blobs.put(&hash, bytes).await.map_err(|error| {
            tracing::error!(%error, "a photo could not be kept");
            match &error {
                BlobError::NoRoom => Refusal::DiskFull,
                BlobError::Failed(_) | BlobError::Damaged { .. } => {
                    Refusal::Unavailable(format!("keep a photo: {error}"))
                }
            }
        })?;
        let attachment = AttachmentId(Uuid::now_v7());
        Ok(Photo { attachment, hash, media_type: media_type.to_owned(), bytes: length, captured })
    }
}

/// Ten megabytes need not be written out to know whether they are the same.
fn digest<S: Serializer>(bytes: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&Sha256::digest(bytes))
}
