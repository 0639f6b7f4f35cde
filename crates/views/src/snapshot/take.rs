//! Taking a copy beside the running model.

use std::path::PathBuf;
use std::time::Instant;

use sandan_log::Head;
use tokio::task::spawn_blocking;

use super::{Label, Shelf, is_in_log, of_kind, pack};
use crate::ViewsError;
use crate::feed::Handle;
use crate::fold::Fold;
use crate::store::{Scratch, copy, read_head};

/// Copies of a model that are kept: whoever fetches the one before the last still finds it.
const KEPT: usize = 2;

impl<F: Fold> Handle<F> {
    /// Takes a copy if the model is at least `every` events beyond the newest one that fits the log, and removes those
    /// that it makes old.
    pub(crate) async fn keep_a_copy(&self, shelf: &dyn Shelf, every: u64) -> Result<Option<Label>, ViewsError> {
        let (begun, log) = (Instant::now(), self.context().log.clone());
        let position = *self.position().borrow();
        let known = self.newest(shelf).await?.map_or(0, |newest| newest.head.position);
        if position == 0 || position.saturating_sub(known) < every.max(1) {
            return Ok(None);
        }
        let scratch = Scratch::new(&self.context().folder, F::KIND, "copy")?;
        let sealed = Scratch::new(&self.context().folder, F::KIND, "sealed")?;
        let head = self.copy_to(scratch.path.clone()).await?;
        if !is_in_log(&*log, &head).await? {
            return Ok(None);
        }
        let (vault, purpose) = (self.context().vault.clone(), Label::purpose(F::KIND.prefix, F::KIND.version, &head));
        let packing = spawn_blocking(move || {
            let digest = pack::pack(&vault, &purpose, &scratch.path, &sealed.path)?;
            Ok::<_, std::io::Error>((digest, sealed))
        });
        let (digest, sealed) = packing.await.map_err(lost)?.map_err(|error| ViewsError::Storage(error.to_string()))?;
        let label = Label { model: F::KIND.prefix.to_owned(), version: F::KIND.version, head, digest };
        shelf.put(&label.to_string(), &sealed.path).await?;
        let bytes = std::fs::metadata(&sealed.path).map_or(0, |metadata| metadata.len());
        let model = F::MODEL.name();
        metrics::gauge!("sandan_snapshot_position", "model" => model).set(head.position as f64);
        metrics::gauge!("sandan_snapshot_bytes", "model" => model).set(bytes as f64);
        metrics::histogram!("sandan_snapshot_seconds", "model" => model).record(begun.elapsed());
        tracing::info!(model, position = head.position, bytes, "a copy of the read model is kept for other nodes");
        self.remove_old(shelf).await?;
        Ok(Some(label))
    }

    async fn newest(&self, shelf: &dyn Shelf) -> Result<Option<Label>, ViewsError> {
        for label in of_kind(shelf, F::KIND).await? {
            if is_in_log(&*self.context().log, &label.head).await? {
                return Ok(Some(label));
            }
        }
        Ok(None)
    }

    /// One state of the file; writers go on meanwhile.
    async fn copy_to(&self, path: PathBuf) -> Result<Head, ViewsError> {
        self.pool()
            .run(move |connection| {
                let head = read_head(connection)?;
                copy(connection, &path)?;
                Ok(head)
            })
            .await
    }

    /// All but the newest that fit the log, and what versions before this one left behind.
    async fn remove_old(&self, shelf: &dyn Shelf) -> Result<(), ViewsError> {
        let mut kept = 0;
        for label in of_kind(shelf, F::KIND).await? {
            if kept < KEPT && is_in_log(&*self.context().log, &label.head).await? {
                kept += 1;
            } else {
                shelf.remove(&label.to_string()).await?;
            }
        }
        for name in shelf.list().await? {
            let label = Label::parse(&name);
            if label.is_some_and(|label| label.model == F::KIND.prefix && label.version < F::KIND.version) {
                shelf.remove(&name).await?;
            }
        }
        Ok(())
    }
}

fn lost(error: tokio::task::JoinError) -> ViewsError {
    ViewsError::Storage(format!("a task of the read models was lost: {error}"))
}
