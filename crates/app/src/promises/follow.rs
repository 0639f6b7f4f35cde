//! Following the log for reactions that were not folded into the append of their event: an older node may have
//! written it, or a later version of the rules lets more follow.
//!
//! The command ids follow from event and place, and an append that carried its reactions out names them, so that
//! doing it again finds them remembered and does nothing.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use sandan_domain::process::Reaction;
use sandan_domain::{Decider, request, review};
use sandan_log::{Position, Record, RowChange, TimerChange};
use tokio::select;

use crate::app::App;
use crate::cqrs::{Kind, apply, fold};
use crate::execute::{Failure, Followup, Identity, Wish, is_followed, reaction_id, timer, unreadable};
use crate::refusal::Refusal;

/// The row that says how far the log was followed.
const CHECKPOINTS: &str = "checkpoint";
const REACTIONS: &[u8] = b"reactions";
/// Records that are read at once.
const BATCH: usize = 1_000;
/// Records after which the checkpoint is moved, busy or not.
const CHECKPOINT_EVERY: u64 = 1_000;
/// How long it may rest behind when nothing happens.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_secs(2);

impl App {
    /// Follows the log until `shutdown` is done. Two of them at once do no harm.
    pub async fn follow_reactions(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let mut head = self.0.log.watch();
        loop {
            let wait = match self.catch_up_reactions(CHECKPOINT_EVERY).await {
                Ok(()) => CHECKPOINT_AFTER,
                Err(refusal) => {
                    tracing::warn!(%refusal, "reactions can't be followed for now");
                    PAUSE
                }
            };
            // Reactions are folded into their events almost always, so there is no hurry.
            select! {
                () = &mut shutdown => return,
                () = tokio::time::sleep(wait) => {}
            }
            select! {
                () = &mut shutdown => return,
                changed = head.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Carries out what nobody did, up to the end of the log, and moves the checkpoint.
    pub async fn catch_up_reactions(&self, checkpoint_every: u64) -> Result<(), Refusal> {
        let mut at = self.checkpoint().await?;
        let mut saved = at;
        loop {
            let records = self.0.log.read(at, BATCH).await?;
            let full = records.len() == BATCH;
            for record in &records {
                if is_followed(&record.kind) {
                    self.make_good(record).await?;
                }
                at = record.position;
            }
            if at > saved && (!full || at - saved >= checkpoint_every) {
                self.save_checkpoint(at).await?;
                saved = at;
            }
            if !full {
                return Ok(());
            }
        }
    }

    async fn make_good(&self, record: &Record) -> Result<(), Refusal> {
        for (nth, reaction) in self.reactions_to(record).await?.into_iter().enumerate() {
            match reaction.into() {
                Followup::Wish(wish) => {
                    let identity = Identity::derived(reaction_id(record.id, nth));
                    if self.replay(&identity).await?.is_none() {
                        self.react(record, identity, *wish).await?;
                    }
                }
                // Keeping a promise whose round is over does nothing, so it may be made again.
                Followup::Promise(promise, due) => {
                    self.note(Vec::new(), vec![TimerChange::Set(timer(&promise, due)?)]).await?;
                }
                Followup::Release(_) => {}
            }
        }
        Ok(())
    }

    async fn react(&self, record: &Record, identity: Identity, wish: Wish) -> Result<(), Refusal> {
        let mut order = self.own_order("react", identity, wish, record.id).await?;
        order.correlation = record.correlation;
        match self.execute(&order).await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(refusal)) if refusal.is_passing() => Err(refusal),
            Err(Failure::Taken { .. }) => Err(Refusal::Contended),
            Err(Failure::Refused(refusal)) => {
                tracing::warn!(position = record.position, %refusal, "a reaction was refused and is left out");
                Ok(())
            }
        }
    }

    /// What follows from a stored event, by the state of its stream at that time.
    async fn reactions_to(&self, record: &Record) -> Result<Vec<Reaction>, Refusal> {
        match record.stream.kind.as_ref() {
            request::Request::KIND => self.reactions_of::<request::Request>(record).await,
            review::Review::KIND => self.reactions_of::<review::Review>(record).await,
            _ => Ok(Vec::new()),
        }
    }

    async fn reactions_of<K: Kind>(&self, record: &Record) -> Result<Vec<Reaction>, Refusal> {
        let before = record.version - 1;
        let (before, _) = fold::<K>(&*self.0.log, &record.stream, before).await.map_err(unreadable)?;
        let mut after = before.clone();
        apply::<K>(&mut after, record).map_err(unreadable)?;
        let event = K::decode(&record.kind, record.schema, &record.body);
        let event = event.map_err(|error| Refusal::Failed(format!("read position {}: {error}", record.position)))?;
        Ok(K::reactions(record.stream.id, &before, &event, &after))
    }

    async fn checkpoint(&self) -> Result<Position, Refusal> {
        let row = self.0.log.row(CHECKPOINTS, REACTIONS).await?;
        let bytes = row.and_then(|row| <[u8; 8]>::try_from(&row[..]).ok());
        Ok(bytes.map_or(0, Position::from_be_bytes))
    }

    async fn save_checkpoint(&self, at: Position) -> Result<(), Refusal> {
        let value = Bytes::copy_from_slice(&at.to_be_bytes());
        let row = RowChange::Put { space: CHECKPOINTS, key: Bytes::from_static(REACTIONS), value };
        self.note(vec![row], Vec::new()).await
    }
}
