//! Going on from a copy where the folder has no read model, before anything is opened.

use std::path::Path;

use sandan_vault::Vault;
use tokio::task::spawn_blocking;

use super::{Label, Shelf, is_in_log, of_kind, pack};
use crate::ViewsError;
use crate::feed::Parts;
use crate::fold::Fold;
use crate::store::{Scratch, is_begun, open_known, path_of, read_head};

/// Copies that are tried before the log is folded from its beginning.
const TRIES: usize = 3;
/// Persons who are looked up at a time.
const PERSONS: usize = 1_000;

/// Puts the newest copy that fits where the model's first file will be looked for; says why not, where none does.
/// The position it stands at, if there is one.
///
/// Nothing that is wrong with a copy is more than a reason to do without it.
pub(crate) async fn adopt<F: Fold>(parts: &Parts, shelf: &dyn Shelf) -> Result<Option<u64>, ViewsError> {
    if is_begun(&parts.folder, F::KIND)? {
        return Ok(None);
    }
    let model = F::MODEL.name();
    let labels = match of_kind(shelf, F::KIND).await {
        Ok(labels) => labels,
        Err(error) => {
            tracing::warn!(model, %error, "copies of the read model can't be listed: folding the log instead");
            return Ok(None);
        }
    };
    for label in labels.iter().take(TRIES) {
        let (position, generation) = (label.head.position, label.head.generation);
        match take_up::<F>(parts, shelf, label).await {
            Ok(()) => {
                tracing::info!(model, position, generation, "the read model goes on from a copy");
                metrics::counter!("sandan_snapshots_taken_up_total", "model" => model, "result" => "fits").increment(1);
                return Ok(Some(position));
            }
            Err(why) => {
                metrics::counter!("sandan_snapshots_taken_up_total", "model" => model, "result" => "refused")
                    .increment(1);
                tracing::warn!(model, position, generation, why, "a copy of the read model is of no use");
            }
        }
    }
    if parts.log.head().await?.position > 0 {
        tracing::info!(
            model,
            copies = labels.len(),
            "no copy of the read model fits: folding the log from its beginning"
        );
    }
    Ok(None)
}

async fn take_up<F: Fold>(parts: &Parts, shelf: &dyn Shelf, label: &Label) -> Result<(), String> {
    // Told apart for whoever reads why.
    let head = parts.log.head().await.map_err(text)?;
    if label.head.position > head.position {
        return Err(format!("it stands beyond the log, which ends at {}", head.position));
    }
    if !is_in_log(&*parts.log, &label.head).await.map_err(text)? {
        return Err("the log has another past".to_owned());
    }
    let fetched = Scratch::new(&parts.folder, F::KIND, "fetched").map_err(text)?;
    let opened = Scratch::new(&parts.folder, F::KIND, "opened").map_err(text)?;
    pack::create(&fetched.path).map_err(text)?;
    shelf.get(&label.to_string(), &fetched.path).await.map_err(text)?;
    let (parts, label) = (parts.clone(), label.clone());
    let opening =
        spawn_blocking(move || open::<F>(&parts, &label, &fetched.path, &opened.path).map(|()| (parts, opened)));
    let (parts, opened) = opening.await.map_err(text)??;
    forget_strangers::<F>(&parts, &opened.path).await.map_err(text)?;
    std::fs::rename(&opened.path, path_of(&parts.folder, F::KIND, 1, false)).map_err(text)
}

/// The bytes, the seal, the kind of file, and where it stands: all as the label says.
fn open<F: Fold>(parts: &Parts, label: &Label, fetched: &Path, opened: &Path) -> Result<(), String> {
    if pack::digest(fetched).map_err(text)? != label.digest {
        return Err("its bytes are damaged".to_owned());
    }
    let purpose = Label::purpose(&label.model, label.version, &label.head);
    pack::unpack(&parts.vault, &purpose, fetched, opened).map_err(text)?;
    let connection = open_known(opened, F::KIND).map_err(text)?.ok_or("it is no read model of this version")?;
    match read_head(&connection).map_err(text)? == label.head {
        true => settle(connection).map_err(text),
        false => Err("it stands elsewhere than its label says".to_owned()),
    }
}

/// The copy may be older than the deletion of a person's key. Who has none left loses the words here too.
async fn forget_strangers<F: Fold>(parts: &Parts, path: &Path) -> Result<(), ViewsError> {
    let Some(connection) = open_known(path, F::KIND)? else { return Err(ViewsError::Closed) };
    let persons = F::persons(&connection)?;
    settle(connection)?;
    let strangers = strangers(&parts.vault, &persons).await?;
    let Some(connection) = open_known(path, F::KIND)? else { return Err(ViewsError::Closed) };
    let mut fold = F::load(&connection, parts)?;
    let transaction = connection.unchecked_transaction()?;
    strangers.into_iter().try_for_each(|person| fold.forget(&transaction, person))?;
    transaction.commit()?;
    settle(connection)
}

async fn strangers(
    vault: &Vault,
    persons: &[sandan_domain::PersonId],
) -> Result<Vec<sandan_domain::PersonId>, ViewsError> {
    let mut strangers = Vec::new();
    for page in persons.chunks(PERSONS) {
        let found = vault.strangers(page).await.map_err(|error| ViewsError::Vault(error.to_string()))?;
        strangers.extend(found);
    }
    Ok(strangers)
}

/// One file again, with nothing beside it that a rename would leave behind.
fn settle(connection: rusqlite::Connection) -> Result<(), ViewsError> {
    connection.pragma_update(None, "journal_mode", "delete")?;
    connection.close().map_err(|(_, error)| error.into())
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
