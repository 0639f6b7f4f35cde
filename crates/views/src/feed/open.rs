//! Records become events with readable texts.

use sandan_domain::Event;
use sandan_log::Record;
use sandan_vault::Vault;

use crate::ViewsError;
use crate::fold::{Fault, Opened};

/// The events of `records` up to the first that can't be read, and why that one can't.
pub(crate) async fn open(vault: &Vault, records: &[Record]) -> Result<(Vec<Opened>, Option<Fault>), ViewsError> {
    let mut events = Vec::with_capacity(records.len());
    let mut fault = None;
    for record in records {
        match Event::decode(&record.kind, record.schema, &record.body) {
            Ok(event) => events.push(event),
            Err(error) => {
                fault = Some(Fault::poison(record.position, error.to_string()));
                break;
            }
        }
    }
    vault.open(&mut events).await.map_err(|error| ViewsError::Vault(error.to_string()))?;
    let opened = records.iter().zip(events).map(|(record, event)| Opened { record: record.clone(), event });
    Ok((opened.collect(), fault))
}
