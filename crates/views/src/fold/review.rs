//! Events of reviews: rounds, ballots and their figures. Ballots of every round count in the rates, late ones too.

use rusqlite::OptionalExtension;
use sandan_domain::review::{Called, Closed, Event, Opened, Rated, Rating};
use sandan_log::Record;

use super::batch::Batch;
use super::entry::Entry;
use super::filing::text;
use super::time::{int, micros};
use super::watch::ballot_of;
use super::{Coded, Fault, REVIEWED, rating_of};
use crate::answer::TimelineStream;

/// Places in the call list that one event can take.
const PLACES: usize = 100_000;

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
            Event::Called(called) => self.called(&entry, record, called)?,
            Event::Appealed(appealed) => self.appealed(&entry, appealed, record)?,
            Event::AppealDecided(decided) => self.ruled_appeal(&mut entry, decided)?,
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
        self.list_calls(entry, record, opened)?;
        (entry.row.electorate, entry.row.valid, entry.row.dissatisfied) = (electorate, 0, 0);
        Ok(())
    }

    /// R18: whom no channel reaches goes on the hotline's list when the round opens.
    fn list_calls(&self, entry: &Entry, record: &Record, opened: &Opened) -> Result<(), Fault> {
        let reached = "SELECT reached FROM signer WHERE seq = ? AND person = ?";
        let mut reached = self.sql.prepare_cached(reached)?;
        let sql =
            "INSERT OR REPLACE INTO call (id, community, seq, person, round, closes_at) VALUES (?, ?, ?, ?, ?, ?)";
        let mut list = self.sql.prepare_cached(sql)?;
        for (nth, person) in opened.electorate.iter().enumerate().take(PLACES) {
            let is_reached: Option<bool> = reached.query_row((entry.row.seq, person.0), |row| row.get(0)).optional()?;
            if is_reached != Some(true) {
                let id = int(record.position) * int(PLACES as u64) + int(nth as u64);
                let (community, closes_at) = (entry.row.community, micros(opened.closes_at));
                list.execute((id, community, entry.row.seq, person.0, opened.round, closes_at))?;
            }
        }
        Ok(())
    }

    fn called(&self, entry: &Entry, record: &Record, called: &Called) -> Result<(), Fault> {
        let sql = "UPDATE call SET calls = calls + 1, outcome = ?, called_at = ? WHERE seq = ? AND person = ?";
        let (outcome, called_at) = (called.outcome.code(), micros(record.occurred));
        self.sql.prepare_cached(sql)?.execute((outcome, called_at, entry.row.seq, called.person.0))?;
        Ok(())
    }

    /// One person has one ballot a round: the last one cast counts (R14).
    fn rate(&mut self, entry: &mut Entry, rated: &Rated) -> Result<(), Fault> {
        let earlier = self.earlier(entry, rated)?;
        let sql = "INSERT OR REPLACE INTO ballot 
                       (seq, round, person, rating, dispatch_wrong, late, reason, remedy, reasons, via, name)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.sql.prepare_cached(sql)?.execute((
            entry.row.seq,
            rated.round,
            rated.person.0,
            rated.rating.code(),
            rated.dispatch_wrong,
            rated.late,
            text(rated.reason.as_ref()),
            text(rated.remedy.as_ref()),
            rated.reasons.join(" "),
            rated.via.code(),
            ballot_of(entry, rated.round, rated.person),
        ))?;
        let sql = "DELETE FROM call WHERE seq = ? AND person = ?";
        self.sql.prepare_cached(sql)?.execute((entry.row.seq, rated.person.0))?;
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
        self.sql.prepare_cached("DELETE FROM call WHERE seq = ?")?.execute([entry.row.seq])?;
        self.sql.prepare_cached(sql)?.execute((closed_at, closed.outcome.code(), entry.row.seq, closed.round))?;
        Ok(())
    }
}
