//! Events of requests. State, owner and limit come from the domain's own `evolve`: no rule is written twice.

use rusqlite::OptionalExtension;
use sandan_domain::request::{
    Absorbed, Attached, Closed, Closing, Completed, Dispatched, Event, Merged, Request, Returned, ServiceRequest,
    Suspended, Target, Triaged,
};
use sandan_domain::time::Due;
use sandan_domain::{Decider, UnitId};
use sandan_log::Record;
use uuid::Uuid;

use super::batch::Batch;
use super::entry::Entry;
use super::facts::ANSWERED;
use super::figures::Figure;
use super::filing::{Joined, text};
use super::time::{int, micros};
use super::{COMPLETED, Coded, Fault, ON_TIME, RESPONDED, REWORKED, SOLVED};
use crate::answer::{SignerVia, TimelineStream};

impl Batch<'_> {
    pub(super) fn request(&mut self, record: &Record, event: &Event) -> Result<(), Fault> {
        let id = record.stream.id;
        let mut entry = match event {
            Event::Filed(filed) => self.file(record, event, filed)?,
            _ => self.changed_entry(record, event)?,
        };
        self.moment(&entry, record, TimelineStream::Request)?;
        self.changed(&mut entry, record)?;
        self.put(id, entry);
        Ok(())
    }

    fn changed_entry(&mut self, record: &Record, event: &Event) -> Result<Entry, Fault> {
        let mut entry = self.take(record.stream.id, record.position)?;
        let limit = match &entry.state {
            ServiceRequest::Filed(case) => Some(case.due.clone()),
            ServiceRequest::Absent => None,
        };
        Request::evolve(&mut entry.state, event);
        entry.evolved = true;
        self.note(&mut entry, record, event, limit.as_ref())?;
        entry.refresh(self.sql, self.names)?;
        Ok(entry)
    }

    /// What the rules forget and the screens ask for. `limit` is the one that ran before the event.
    fn note(&mut self, entry: &mut Entry, record: &Record, event: &Event, limit: Option<&Due>) -> Result<(), Fault> {
        let at = micros(record.occurred);
        let in_time = limit.is_some_and(|due| due.on_time(record.occurred));
        match event {
            Event::Filed(_)
            | Event::Ruled(_)
            | Event::Progressed(_)
            | Event::Verified(_)
            | Event::ReviewOpened(_)
            | Event::Reminded(_)
            | Event::Overdue(_)
            | Event::Supervised(_)
            | Event::Escalated(_)
            | Event::Unclaimed(_)
            | Event::ExtensionAsked(_)
            | Event::Extended(_)
            | Event::Rescheduled(_) => Ok(()),
            Event::CoSigned(joined) => {
                entry.row.signers += 1;
                let row = &entry.row;
                let place = Joined { seq: row.seq, nth: row.signers, via: SignerVia::CoSigned, at };
                Ok(place.write(self.sql, &joined.signer)?)
            }
            Event::BurstFlagged(flagged) => self.burst(entry, flagged, record),
            Event::UnreasonableProposed(proposed) => self.said_unreasonable(entry, proposed, record),
            Event::UnreasonableDecided(decided) => self.ruled_unreasonable(entry, decided.upheld),
            Event::Absorbed(absorbed) => self.absorb(entry, absorbed, at),
            Event::Triaged(triaged) => {
                answered(entry, in_time);
                self.triage(entry, triaged, at)
            }
            Event::Rejected(rejected) => {
                answered(entry, in_time);
                self.end(entry, at, rejected.reason.text())
            }
            Event::Merged(merged) => {
                answered(entry, in_time);
                self.merge(entry, merged, at)
            }
            Event::Dispatched(dispatched) => {
                answered(entry, in_time);
                dispatch(entry, dispatched, at);
                self.arrives(entry, dispatched, record)
            }
            Event::Claimed(_) => {
                entry.row.claimed_at = Some(at);
                entry.row.held_since.get_or_insert(at);
                Ok(())
            }
            Event::Returned(returned) => self.give_back(entry, returned, record, at),
            Event::Completed(completed) => {
                self.own_hours(entry, completed, record, limit)?;
                self.complete(entry, completed, record, in_time)
            }
            Event::ReworkOrdered(ordered) => {
                entry.row.facts |= REWORKED;
                entry.row.held_since = (!ordered.from_triage).then_some(at);
                if ordered.evaluation.is_some() {
                    // It was closed, and is open again (R22).
                    entry.row.closed_at = None;
                    entry.row.closing = None;
                    entry.row.facts &= !SOLVED;
                }
                Ok(())
            }
            Event::Suspended(suspended) => self.suspend(entry, suspended),
            Event::Resumed(_) => {
                entry.row.suspended = None;
                entry.row.review_on = None;
                self.say(entry, "suspended_reason", None)
            }
            Event::Withdrawn(withdrawn) => self.end(entry, at, text(withdrawn.reason.as_ref())),
            Event::Closed(closed) => self.close(entry, closed, at),
            Event::Attached(attached) => self.attach(entry, attached, record),
            Event::Served(served) => {
                let sql = "INSERT OR REPLACE INTO served (seq, project) VALUES (?, ?)";
                self.sql.prepare_cached(sql)?.execute((entry.row.seq, served.project.0))?;
                Ok(())
            }
        }
    }

    fn triage(&mut self, entry: &mut Entry, triaged: &Triaged, at: i64) -> Result<(), Fault> {
        entry.row.triaged_at.get_or_insert(at);
        entry.row.urgency = triaged.urgency.code();
        let category = triaged.category.as_ref().map(|category| self.names.category(self.sql, category));
        entry.row.category = category.transpose()?;
        match &triaged.public_title {
            Some(title) => self.say(entry, "public_title", Some(title)),
            None => Ok(()),
        }
    }

    fn merge(&mut self, entry: &mut Entry, merged: &Merged, at: i64) -> Result<(), Fault> {
        entry.row.merged_into = Some(merged.into.0);
        self.end(entry, at, text(merged.reason.as_ref()))
    }

    /// R5: the residents of the merged request join; name and phone are known from there.
    fn absorb(&mut self, entry: &mut Entry, absorbed: &Absorbed, at: i64) -> Result<(), Fault> {
        let from = self.seq_of(absorbed.from.0)?;
        let sql = "INSERT OR IGNORE INTO signer (seq, person, nth, via, name, phone, joined_at, reached)
                   SELECT ?1, ?2, ?3, ?4, max(name), max(phone), ?5, coalesce(max(reached), 0) FROM signer WHERE seq = ?6 AND person = ?2";
        let mut statement = self.sql.prepare_cached(sql)?;
        for person in &absorbed.signers {
            entry.row.signers += 1;
            let via = SignerVia::Merged.code();
            statement.execute((entry.row.seq, person.0, entry.row.signers, via, at, from))?;
        }
        Ok(())
    }

    fn give_back(&mut self, entry: &mut Entry, returned: &Returned, record: &Record, at: i64) -> Result<(), Fault> {
        let community = entry.row.community;
        let of = record.community.parse().map_err(|_| Fault::poison(record.position, "community without a slug"))?;
        let unit = self.names.unit(self.sql, community, &of, &returned.unit)?;
        let held = entry.row.held_since.take().map_or(0, |since| (at - since).max(0) / 1_000_000);
        self.figures.add(Figure::UnitReturns, community, unit, 1);
        self.figures.add(Figure::UnitLostSeconds, community, unit, held);
        self.figures.add(Figure::UnitHeldSeconds, community, unit, held);
        Ok(())
    }

    /// R4: what reaches a unit late is marked so.
    fn arrives(&mut self, entry: &Entry, dispatched: &Dispatched, record: &Record) -> Result<(), Fault> {
        let Target::Units(team) = &dispatched.target else { return Ok(()) };
        if dispatched.late_arrival {
            let unit = self.unit_named(entry, &team.lead, record)?;
            self.figures.add(Figure::UnitLate, entry.row.community, unit, 1);
        }
        Ok(())
    }

    /// R4: a unit's own on-time rate measures its own hours: from when it came to it, against the length of the limit.
    fn own_hours(
        &mut self,
        entry: &Entry,
        completed: &Completed,
        record: &Record,
        limit: Option<&Due>,
    ) -> Result<(), Fault> {
        let (Some(unit), Some(since), Some(limit)) = (completed.by.unit(), entry.row.held_since, limit) else {
            return Ok(());
        };
        let unit = self.unit_named(entry, unit, record)?;
        let (held, granted) = (micros(record.occurred) - since, micros(limit.at) - micros(limit.started));
        let community = entry.row.community;
        self.figures.add(Figure::UnitDone, community, unit, 1);
        self.figures.add(Figure::UnitOwnOnTime, community, unit, i64::from(held < granted));
        self.figures.add(Figure::UnitHeldSeconds, community, unit, held.max(0) / 1_000_000);
        Ok(())
    }

    pub(super) fn unit_named(&mut self, entry: &Entry, unit: &UnitId, record: &Record) -> Result<i64, Fault> {
        let of = record.community.parse().map_err(|_| Fault::poison(record.position, "community without a slug"))?;
        Ok(self.names.unit(self.sql, entry.row.community, &of, unit)?)
    }

    fn complete(
        &mut self,
        entry: &mut Entry,
        completed: &Completed,
        record: &Record,
        in_time: bool,
    ) -> Result<(), Fault> {
        let row = &mut entry.row;
        row.completed_at = Some(micros(record.occurred));
        row.solved = Some(completed.solved);
        if row.facts & COMPLETED == 0 {
            row.facts |= COMPLETED | if in_time { ON_TIME } else { 0 };
        }
        let of = record.community.parse().map_err(|_| Fault::poison(record.position, "community without a slug"))?;
        let unit = completed.by.unit().map(|unit| self.names.unit(self.sql, row.community, &of, unit));
        row.fact_unit = unit.transpose()?;
        let sql = "UPDATE words SET answer = ?, unsolved_reason = ? WHERE seq = ?";
        let (answer, reason) = (completed.answer.text(), text(completed.unsolved_reason.as_ref()));
        self.sql.prepare_cached(sql)?.execute((answer, reason, row.seq))?;
        Ok(())
    }

    fn suspend(&mut self, entry: &mut Entry, suspended: &Suspended) -> Result<(), Fault> {
        entry.row.suspended = Some(micros(suspended.since));
        entry.row.review_on = Some(micros(suspended.review_on));
        self.say(entry, "suspended_reason", suspended.reason.text())
    }

    fn close(&mut self, entry: &mut Entry, closed: &Closed, at: i64) -> Result<(), Fault> {
        entry.row.closing = Some(closed.closing.code());
        if entry.row.solved == Some(true) && closed.closing != Closing::Dissatisfied {
            entry.row.facts |= SOLVED;
        }
        self.end(entry, at, text(closed.reason.as_ref()))
    }

    fn attach(&mut self, entry: &mut Entry, attached: &Attached, record: &Record) -> Result<(), Fault> {
        let sql = "INSERT INTO attachment (seq, nth, id, hash, media_type, bytes, captured_at, attached_at, actor)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.sql.prepare_cached(sql)?.execute((
            entry.row.seq,
            int(record.version),
            attached.attachment.0,
            &attached.hash,
            &attached.media_type,
            int(attached.bytes),
            attached.captured.map(micros),
            micros(record.occurred),
            &record.actor,
        ))?;
        Ok(())
    }

    /// It ended: nobody owes anything any more. A suspension ends with it.
    fn end(&mut self, entry: &mut Entry, at: i64, reason: Option<&str>) -> Result<(), Fault> {
        entry.row.closed_at = Some(at);
        entry.row.suspended = None;
        entry.row.review_on = None;
        self.unwatch(entry)?;
        self.say(entry, "ended_reason", reason)
    }

    fn say(&self, entry: &Entry, column: &str, words: Option<&str>) -> Result<(), Fault> {
        let sql = format!("UPDATE words SET {column} = ? WHERE seq = ?");
        self.sql.prepare_cached(&sql)?.execute((words, entry.row.seq))?;
        Ok(())
    }

    fn seq_of(&self, id: Uuid) -> Result<Option<i64>, Fault> {
        if let Some(entry) = self.entry(id) {
            return Ok(Some(entry.row.seq));
        }
        let sql = "SELECT seq FROM request WHERE id = ?";
        Ok(self.sql.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }
}

/// R7: the desk's first answer counts, whatever it was.
fn answered(entry: &mut Entry, in_time: bool) {
    if entry.row.facts & ANSWERED == 0 {
        entry.row.facts |= ANSWERED | if in_time { RESPONDED } else { 0 };
    }
}

fn dispatch(entry: &mut Entry, dispatched: &Dispatched, at: i64) {
    entry.row.dispatched_at.get_or_insert(at);
    entry.row.held_since = match dispatched.target {
        Target::Units(_) => Some(at),
        Target::Pool { .. } | Target::Desk => None,
    };
}
