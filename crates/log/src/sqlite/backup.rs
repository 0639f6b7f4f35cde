//! A copy of the log that is known to be good: taken at one instant, checked, and only then given its name.

use std::fs;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{fault, file, read};
use crate::verify::Checker;
use crate::{LogError, Verified};

/// Records checked at a time.
const PAGE_RECORDS: usize = 1_000;

/// Copies the log behind `from` to the new file `to`.
pub(super) fn backup(from: &Connection, to: &Path) -> Result<Verified, LogError> {
    if to.exists() {
        return Err(LogError::Unusable(format!("{} exists already", to.display())));
    }
    let part = file::beside(to, ".part");
    let checked = copy(from, &part).and_then(|()| check(&part));
    let kept = checked.and_then(|verified| {
        fs::rename(&part, to).map_err(|error| fault::at(to, &error))?;
        file::sync_folder(to)?;
        Ok(verified)
    });
    if kept.is_err() {
        // The first error is what the operator must see.
        _ = fs::remove_file(&part);
    }
    kept
}

/// All pages in one step: the reading transaction keeps the source at one instant, and writers go on.
fn copy(from: &Connection, part: &Path) -> Result<(), LogError> {
    let empty = file::private().create(true).truncate(true).open(part);
    empty.map_err(|error| fault::at(part, &error))?;
    let mut copy = open(part)?;
    let step = Backup::new(from, &mut copy)?.step(-1)?;
    if step != StepResult::Done {
        return Err(LogError::Storage("the log is busy: the copy did not end".to_owned()));
    }
    // One file, with nothing beside it, is what an operator can move about.
    Ok(copy.pragma_update(None, "journal_mode", "delete")?)
}

fn check(part: &Path) -> Result<Verified, LogError> {
    let copy = open(part)?;
    let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(LogError::Storage(format!("the copy is damaged: {sound}")));
    }
    let mut checker = Checker::default();
    loop {
        let page = read::records(&copy, checker.head.position, PAGE_RECORDS)?;
        if page.is_empty() {
            return Ok(checker.finish());
        }
        for record in &page {
            checker.check(record).map_err(|bad| LogError::Damaged { position: bad.position, what: bad.what })?;
        }
    }
}

fn open(part: &Path) -> Result<Connection, LogError> {
    let flags = file::flags(OpenFlags::SQLITE_OPEN_READ_WRITE);
    Ok(Connection::open_with_flags(part, flags)?)
}
