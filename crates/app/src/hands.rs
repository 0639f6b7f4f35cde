//! Who had a request, and for how long (R1).

use jiff::Timestamp;
use sandan_domain::RequestId;
use sandan_domain::request::{Event, Hands, HandsTold, Request};

use crate::app::App;
use crate::cqrs::{FoldError, Kind};
use crate::execute::{request_stream, unreadable};
use crate::refusal::Refusal;

/// Records that are read at once.
const BATCH: usize = 512;

impl App {
    /// All hands that it passed through up to now; working time by the policy that holds in its community now.
    pub async fn hands(&self, id: RequestId) -> Result<HandsTold, Refusal> {
        let mut hands = Hands::default();
        self.each_event(id, |event, at| hands.take(event, at)).await?;
        let now = self.0.clock.now();
        let community = hands.community().ok_or(Refusal::NotFound)?;
        let policy = self.policy_of(community, now).await?;
        Ok(hands.tell(now, &policy))
    }

    /// What happened to a request, in order, and when.
    pub(crate) async fn each_event(
        &self,
        id: RequestId,
        mut see: impl FnMut(&Event, Timestamp) + Send,
    ) -> Result<(), Refusal> {
        let (stream, mut after) = (request_stream(id), 0);
        loop {
            let records = self.0.log.read_stream(&stream, after, BATCH).await?;
            for record in &records {
                let event = Request::decode(&record.kind, record.schema, &record.body)
                    .map_err(|source| unreadable(FoldError::Decode { position: record.position, source }))?;
                see(&event, record.occurred);
                after = record.version;
            }
            if records.len() < BATCH {
                return Ok(());
            }
        }
    }
}
