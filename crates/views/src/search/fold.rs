//! Events become rows of tokens: one row an event, in the order of their requests' filing.

use rusqlite::{Connection, OptionalExtension};
use sandan_domain::{Event, PersonId, request};
use sandan_log::Record;
use uuid::Uuid;

use super::texts::each_text;
use super::tokens::{push_community, push_text};
use crate::ViewsError;
use crate::answer::Model;
use crate::feed::Context;
use crate::fold::{Fault, Fold, Opened, int};
use crate::store::{Kind, SEARCH};

/// A row's number: the request's `seq` above, the event's version below. A request has far fewer events.
pub(super) const VERSION_BITS: u32 = 20;

pub(crate) struct SearchFold {
    /// Kept between events: as long as the longest text so far.
    tokens: String,
}

impl Fold for SearchFold {
    const MODEL: Model = Model::Search;
    const KIND: &'static Kind = &SEARCH;

    fn load(connection: &Connection, _: &Context) -> Result<Self, ViewsError> {
        // Larger pieces in memory before they are written: fewer to be merged later.
        connection.execute("INSERT INTO texts (texts, rank) VALUES ('hashsize', 16777216)", [])?;
        Ok(Self { tokens: String::new() })
    }

    fn apply(&mut self, connection: &Connection, batch: &[Opened]) -> Result<(), Fault> {
        for opened in batch {
            if let Event::Request(event) = &opened.event {
                self.index(connection, &opened.record, event)?;
            }
        }
        Ok(())
    }

    fn persons(connection: &Connection) -> Result<Vec<PersonId>, ViewsError> {
        let mut statement = connection.prepare("SELECT DISTINCT filer FROM request")?;
        Ok(statement.query_map([], |row| row.get(0).map(PersonId))?.collect::<Result<_, _>>()?)
    }

    /// Rows of a person can't be told apart in an index without texts: those of the requests that the person
    /// filed go.
    fn forget(&mut self, connection: &Connection, person: PersonId) -> Result<(), ViewsError> {
        let sql = "SELECT seq FROM request WHERE filer = ?";
        let filed =
            connection.prepare(sql)?.query_map([person.0], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let mut delete = connection.prepare("DELETE FROM texts WHERE rowid BETWEEN ? AND ?")?;
        for seq in filed {
            delete.execute((seq << VERSION_BITS, (seq + 1) << VERSION_BITS))?;
        }
        Ok(())
    }
}

impl SearchFold {
    fn index(&mut self, connection: &Connection, record: &Record, event: &request::Event) -> Result<(), Fault> {
        if let request::Event::Filed(filed) = event {
            let sql = "INSERT INTO request (id, seq, filer, community) VALUES (?, ?, ?, ?)";
            let (seq, filer) = (int(record.position), filed.requester.person.0);
            connection.prepare_cached(sql)?.execute((record.stream.id, seq, filer, filed.community.as_str()))?;
        }
        self.tokens.clear();
        each_text(event, &mut |text| push_text(&mut self.tokens, text));
        if self.tokens.is_empty() {
            return Ok(());
        }
        push_community(&mut self.tokens, &record.community);
        let seq = seq(connection, record.stream.id)?
            .ok_or_else(|| Fault::poison(record.position, format!("request {} was never filed", record.stream.id)))?;
        let row = seq << VERSION_BITS | int(record.version).min((1 << VERSION_BITS) - 1);
        let sql = "INSERT INTO texts (rowid, tokens) VALUES (?, ?)";
        connection.prepare_cached(sql)?.execute((row, &self.tokens))?;
        Ok(())
    }
}

fn seq(connection: &Connection, id: Uuid) -> Result<Option<i64>, ViewsError> {
    let sql = "SELECT seq FROM request WHERE id = ?";
    Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}
