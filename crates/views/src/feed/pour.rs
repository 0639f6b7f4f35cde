//! From the log into a writer, as fast as it goes: reading, opening and writing each have their own pace, with a
//! few pages between them.

use std::sync::Arc;

use sandan_log::{Log, LogError, Position, Record};
use sandan_vault::Vault;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::handle::lost;
use super::open;
use super::writer::Writer;
use crate::ViewsError;
use crate::fold::{Fault, Fold, Opened};

/// Records of a page, and so of a transaction.
const PAGE_RECORDS: usize = 4_096;
/// Pages between two that work on them.
const PAGES: usize = 2;

type Page = Result<(Vec<Opened>, Option<Fault>), ViewsError>;

/// Feeds the writer in `slot` until it stands at `upto`. `tell` hears each position that was reached.
///
/// The slot is empty while a page is written, and stays so if that never ends.
pub(super) async fn pour<F: Fold>(
    slot: &mut Option<Writer<F>>,
    (log, vault): (Arc<dyn Log>, Vault),
    upto: Position,
    mut tell: impl FnMut(Position),
) -> Result<(), Fault> {
    let Some(writer) = slot.as_ref() else { return Err(ViewsError::Closed.into()) };
    let mut pages = opened_pages(log, vault, writer.head.position, upto);
    while let Some(page) = pages.recv().await {
        let (opened, fault) = page?;
        let Some(mut writer) = slot.take() else { return Err(ViewsError::Closed.into()) };
        let applying = spawn_blocking(move || {
            let applied = writer.apply(&opened);
            (writer, applied)
        });
        let (writer, applied) = applying.await.map_err(lost)?;
        let position = writer.head.position;
        *slot = Some(writer);
        applied.and(fault.map_or(Ok(()), Err))?;
        tell(position);
    }
    Ok(())
}

fn opened_pages(log: Arc<dyn Log>, vault: Vault, after: Position, upto: Position) -> mpsc::Receiver<Page> {
    let (to_open, mut read) = mpsc::channel::<Result<Vec<Record>, LogError>>(PAGES);
    let (to_write, opened) = mpsc::channel(PAGES);
    tokio::spawn(async move {
        let mut after = after;
        while after < upto {
            let wanted = usize::try_from(upto - after).map_or(PAGE_RECORDS, |left| left.min(PAGE_RECORDS));
            let page = log.read(after, wanted).await;
            let last = page.as_ref().ok().and_then(|records| records.last().map(|record| record.position));
            // Whoever works on the pages may have stopped.
            let is_wanted = to_open.send(page).await.is_ok();
            match last {
                Some(last) if is_wanted => after = last,
                _ => return,
            }
        }
    });
    tokio::spawn(async move {
        while let Some(page) = read.recv().await {
            let page = match page {
                Ok(records) => open(&vault, &records).await,
                Err(error) => Err(error.into()),
            };
            if to_write.send(page).await.is_err() {
                return;
            }
        }
    });
    opened
}
