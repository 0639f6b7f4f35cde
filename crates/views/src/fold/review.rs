//! Events of reviews: rounds, ballots and their figures. Ballots of every round count in the rates, late ones too.

use rusqlite::OptionalExtension;
use sandan_domain::review::{Closed, Event, Opened, Rated, Rating};
use sandan_log::Record;

use super::batch::Batch;
use super::entry::Entry;
use super::filing::text;
use super::time::{int, micros};
use super::{Coded, Fault, REVIEWED, rating_of};
use crate::answer::TimelineStream;

/// A ballot as it counts.
#[derive(Clone, Copy)]
struct Ballot {
    rating: Rating,
    dispatch_wrong: bool,
}

impl Batch<'_> {
    /// A review has its request's id.
    pub(super) fn review(&mut self, record: &Record, event: &Event) -> Result<(), Fault> {
        let id = record.stream.id;
        let mut entry = self.take(id, record.position)?;
        match event {
            Event::Opened(opened) => self.open(&mut entry, record, opened)?,
            Event::Rated(rated) => self.rate(&mut entry, rated)?,
            // The timeline tells of it; no table hangs on it.
            Event::Invited(_) => {}
            Event::Closed(closed) => self.close_round(&entry, record, closed)?,
        }
        self.moment(&entry, record, TimelineStream::Review)?;
        self.changed(&mut entry, record)?;
        self.put(id, entry);
        Ok(())
    }

    fn open(&mut self, entry: &mut Entry, record: &Record, opened: &Opened) -> Result<(), Fault> {
        let electorate = int(opened.electorate.len() as u64);
        let sql = "INSERT OR REPLACE INTO round (seq, nth, electorate, opened_at, closes_at) VALUES (?, ?, ?, ?, ?)";
        let (opened_at, closes_at) = (micros(record.occurred), micros(opened.closes_at));
        self.sql.prepare_cached(sql)?.execute((entry.row.seq, opened.round, electorate, opened_at, closes_at))?;
        entry.row.review_round = Some(opened.round);
        (entry.row.electorate, entry.row.valid, entry.row.dissatisfied) = (electorate, 0, 0);
        Ok(())
    }

    /// One person has one ballot a round: the last one cast counts (R14).
    fn rate(&mut self, entry: &mut Entry, rated: &Rated) -> Result<(), Fault> {
        let earlier = self.earlier(entry, rated)?;
        let sql = "INSERT OR REPLACE INTO ballot (seq, round, person, rating, dispatch_wrong, late, reason)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        self.sql.prepare_cached(sql)?.execute((
            entry.row.seq,
            rated.round,
            rated.person.0,
            rated.rating.code(),
            rated.dispatch_wrong,
            rated.late,
            text(rated.reason.as_ref()),
        ))?;
        if let Some(earlier) = earlier {
            self.count(entry, rated.round, earlier, -1)?;
        }
        let ballot = Ballot { rating: rated.rating, dispatch_wrong: rated.dispatch_wrong };
        self.count(entry, rated.round, ballot, 1)?;
        entry.row.facts |= REVIEWED;
        Ok(())
    }

    fn earlier(&self, entry: &Entry, rated: &Rated) -> Result<Option<Ballot>, Fault> {
        let sql = "SELECT rating, dispatch_wrong FROM ballot WHERE seq = ? AND round = ? AND person = ?";
        let key = (entry.row.seq, rated.round, rated.person.0);
        let read = |row: &rusqlite::Row<'_>| Ok(Ballot { rating: rating_of(row.get(0)?), dispatch_wrong: row.get(1)? });
        Ok(self.sql.prepare_cached(sql)?.query_row(key, read).optional()?)
    }

    fn count(&self, entry: &mut Entry, round: u32, ballot: Ballot, by: i64) -> Result<(), Fault> {
        let code = ballot.rating.code();
        let sql = format!(
            "UPDATE round SET answer{code} = answer{code} + ?, dispatch_wrong = dispatch_wrong + ? WHERE seq = ? AND nth = ?"
        );
        let wrong = if ballot.dispatch_wrong { by } else { 0 };
        let row = &mut entry.row;
        self.sql.prepare_cached(&sql)?.execute((by, wrong, row.seq, round))?;
        let is_dissatisfied = ballot.rating.is_dissatisfied();
        row.ballots += by;
        row.satisfied += if is_dissatisfied { 0 } else { by };
        if row.review_round == Some(round) {
            row.valid += by;
            row.dissatisfied += if is_dissatisfied { by } else { 0 };
        }
        Ok(())
    }

    fn close_round(&self, entry: &Entry, record: &Record, closed: &Closed) -> Result<(), Fault> {
        let sql = "UPDATE round SET closed_at = ?, outcome = ? WHERE seq = ? AND nth = ?";
        let closed_at = micros(record.occurred);
        self.sql.prepare_cached(sql)?.execute((closed_at, closed.outcome.code(), entry.row.seq, closed.round))?;
        Ok(())
    }
}
