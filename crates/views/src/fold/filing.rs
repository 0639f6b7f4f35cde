//! 点单: the first event of a request makes its rows.

use rusqlite::Connection;
use sandan_domain::Private;
use sandan_domain::request::{Event, Filed, Location, Request, Requester, ServiceRequest};
use sandan_domain::{Decider, RequestNumber};
use sandan_log::Record;

use super::batch::Batch;
use super::entry::Entry;
use super::row::Row;
use super::time::{int, micros};
use super::{Coded, Fault};
use crate::ViewsError;
use crate::answer::{SignerVia, State};

impl Batch<'_> {
    pub(super) fn file(&mut self, record: &Record, event: &Event, filed: &Filed) -> Result<Entry, Fault> {
        let mut state = ServiceRequest::default();
        Request::evolve(&mut state, event);
        let community = self.names.community(self.sql, &filed.community)?;
        let category = filed.category.as_ref().map(|category| self.names.category(self.sql, category));
        let grid = filed.location.as_ref().and_then(|location| location.grid.as_ref());
        let grid = grid.map(|grid| self.names.grid(self.sql, community, grid)).transpose()?;
        let row = Row {
            community,
            channel: filed.channel.code(),
            grid,
            category: category.transpose()?,
            urgency: filed.urgency.code(),
            number: number(filed.number),
            ..new_row(record)
        };
        let mut entry = Entry { before: None, row, state, evolved: true };
        entry.refresh(self.sql, self.names)?;
        write_words(self.sql, entry.row.seq, filed)?;
        let joined = Joined { seq: entry.row.seq, nth: 1, via: SignerVia::Filed, at: micros(record.occurred) };
        joined.write(self.sql, &filed.requester)?;
        Ok(entry)
    }
}

/// Somebody joins a request.
pub(super) struct Joined {
    pub seq: i64,
    /// Counts from 1.
    pub nth: i64,
    pub via: SignerVia,
    pub at: i64,
}

impl Joined {
    pub fn write(&self, connection: &Connection, signer: &Requester) -> Result<(), ViewsError> {
        let sql = "INSERT OR IGNORE INTO signer (seq, person, nth, via, name, phone, joined_at, reached)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        connection.prepare_cached(sql)?.execute((
            self.seq,
            signer.person.0,
            self.nth,
            self.via.code(),
            text(signer.name.as_ref()),
            text(signer.phone.as_ref()),
            self.at,
            signer.email.is_some(),
        ))?;
        Ok(())
    }
}

/// The words, if they can be read.
pub(super) fn text(private: Option<&Private>) -> Option<&str> {
    private.and_then(Private::text)
}

fn write_words(connection: &Connection, seq: i64, filed: &Filed) -> Result<(), ViewsError> {
    let place = filed.location.as_ref();
    let (lat, lng) = place.and_then(spot).unzip();
    let external = filed.external.as_ref();
    let sql = "INSERT INTO words (seq, title, description, name, phone, address, lat, lng, external_id, likes, against)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute((
        seq,
        text(filed.title.as_ref()),
        filed.description.text(),
        text(filed.requester.name.as_ref()),
        text(filed.requester.phone.as_ref()),
        text(place.and_then(|place| place.address.as_ref())),
        lat,
        lng,
        external.map(|external| external.id.as_str()),
        external.and_then(|external| external.likes),
        external.and_then(|external| external.against),
    ))?;
    Ok(())
}

/// `latitude,longitude`, as the event has it.
fn spot(location: &Location) -> Option<(f64, f64)> {
    let (lat, lng) = text(location.spot.as_ref())?.split_once(',')?;
    Some((lat.parse().ok()?, lng.parse().ok()?))
}

/// Nine digits are a number to SQLite.
fn number(number: RequestNumber) -> i64 {
    number.to_string().parse().unwrap_or_default()
}

fn new_row(record: &Record) -> Row {
    Row {
        seq: int(record.position),
        id: record.stream.id,
        number: 0,
        community: 0,
        channel: 0,
        grid: None,
        filed_at: micros(record.occurred),
        state: State::Filed,
        category: None,
        alarm: None,
        pooled: false,
        next_light_at: None,
        facts: 0,
        fact_unit: None,
        ballots: 0,
        satisfied: 0,
        struck: 0,
        light: 0,
        overdue: false,
        round: 1,
        lead: None,
        units: Vec::new(),
        owner: Some(0),
        open_slots: 0,
        urgency: 0,
        triaged_at: None,
        dispatched_at: None,
        claimed_at: None,
        completed_at: None,
        closed_at: None,
        due_at: 0,
        due_started: None,
        suspended: None,
        review_on: None,
        asked_until: None,
        extended: false,
        solved: None,
        returns: 0,
        closing: None,
        merged_into: None,
        signers: 1,
        review_round: None,
        electorate: 0,
        valid: 0,
        dissatisfied: 0,
        held_since: None,
        supervised: None,
        escalated: None,
        position: int(record.position),
    }
}
