//! Clients against the log: what was acknowledged is there exactly once, and nothing is there more often than it was
//! wished.
//!
//! A command's records share its id, which follows from caller, path and key, and are one append, so they stand side by
//! side. A command that ran twice under one id shows as two such groups; one that ran twice under two ids shows where
//! events of its kind in its stream are counted against the journal.

use std::collections::HashMap;

use sandan_log::Record;
use uuid::Uuid;

use super::Found;
use super::promise::{ONCE, PERMITTED, REFUSED, THERE, WISHED};
use crate::journal::Entry;

pub(super) fn check(journal: &[Entry], records: &[Record], found: &mut Found) {
    let places: HashMap<u64, usize> =
        records.iter().enumerate().map(|(index, record)| (record.position, index)).collect();
    appends_once(records, found);
    let mut told: HashMap<Uuid, &Entry> = HashMap::new();
    for entry in journal.iter().filter(|entry| entry.is_acknowledged()) {
        let named = format!("{} with key {} by {}", entry.path, entry.key, entry.caller);
        let Some(position) = entry.position else {
            found.add(THERE, format!("{named} was acknowledged without a position"));
            continue;
        };
        let Some(&index) = places.get(&position) else {
            found.add(THERE, format!("{named} was acknowledged at position {position}, which is not there"));
            continue;
        };
        let command = records[index].command;
        let is_its_own = |record: &&Record| {
            record.kind == entry.event && entry.stream.is_none_or(|stream| record.stream.id == stream)
        };
        if append_around(records, index).iter().filter(is_its_own).count() != 1 {
            let (event, kind) = (&entry.event, &records[index].kind);
            found.add(THERE, format!("{named}: no {event} at position {position} but {kind} by command {command}"));
        }
        if let Some(other) = told.insert(command, entry) {
            let both = format!("keys {} and {}", other.key, entry.key);
            found.add(ONCE, format!("{both} were acknowledged by one command {command} at position {position}"));
        }
    }
    not_more_than_wished(journal, records, found);
    for entry in journal.iter().filter(|entry| entry.permitted && entry.is_told_no()) {
        let (status, tries) = (entry.status.unwrap_or_default(), entry.tries);
        let (path, key, caller) = (&entry.path, entry.key, &entry.caller);
        found.add(PERMITTED, format!("{path} with key {key} by {caller} was answered {status} at try {tries}"));
    }
}

/// A command is one append: its records stand side by side and were recorded at one time.
fn appends_once(records: &[Record], found: &mut Found) {
    let mut last: HashMap<Uuid, u64> = HashMap::new();
    for record in records {
        let (at, command) = (record.position, record.command);
        if let Some(before) = last.insert(command, at)
            && before + 1 != at
        {
            found.add(ONCE, format!("command {command} wrote position {before} and again position {at}"));
        }
    }
}

/// The records of the append that the record at `index` belongs to.
fn append_around(records: &[Record], index: usize) -> &[Record] {
    let command = records[index].command;
    let before = records[..index].iter().rev().take_while(|record| record.command == command).count();
    let after = records[index..].iter().take_while(|record| record.command == command).count();
    &records[index - before..index + after]
}

/// For each kind of event and stream that clients wrote to: at least as many as were acknowledged, at most as many as
/// were wished and not surely refused. Kinds that the program writes by itself too are counted from below alone.
fn not_more_than_wished(journal: &[Entry], records: &[Record], found: &mut Found) {
    let mut wished: HashMap<(&str, Option<Uuid>), (u64, u64, &Entry)> = HashMap::new();
    for entry in journal {
        // Who files does not know the stream before the answer: all of them are counted together.
        let stream = entry.stream.filter(|_| !is_filed(&entry.event));
        let (least, most, _) = wished.entry((&entry.event, stream)).or_insert((0, 0, entry));
        *least += u64::from(entry.is_acknowledged());
        *most += u64::from(!entry.is_refused());
    }
    let mut written: HashMap<(&str, Option<Uuid>), u64> = HashMap::new();
    for record in records {
        let stream = Some(record.stream.id).filter(|_| !is_filed(&record.kind));
        *written.entry((&record.kind, stream)).or_default() += 1;
    }
    for ((event, stream), (least, most, entry)) in wished {
        let there = written.get(&(event, stream)).copied().unwrap_or_default();
        let named = format!("{event} of {}", stream.map_or("all requests".to_owned(), |stream| stream.to_string()));
        let like = format!("such as key {} for {}", entry.key, entry.path);
        if there < least {
            found.add(THERE, format!("{named}: {there} are there, {least} were acknowledged, {like}"));
        }
        if most == 0 && there > 0 && !is_automatic(event) {
            found.add(REFUSED, format!("{named}: {there} are there though it was refused, {like}"));
        } else if there > most && !is_automatic(event) {
            found.add(WISHED, format!("{named}: {there} are there, {most} were wished, {like}"));
        }
    }
}

/// The stream of what is made has no name before.
fn is_filed(event: &str) -> bool {
    matches!(event, "sandan.request.filed" | "sandan.unit.registered" | "sandan.community.founded")
        || event.starts_with("sandan.community.")
        || event.starts_with("sandan.unit.")
}

/// What the program writes without a client's wish as well: loads of units, the pool's fallback, ends of pauses.
fn is_automatic(event: &str) -> bool {
    event.starts_with("sandan.unit.") || matches!(event, "sandan.request.dispatched" | "sandan.request.resumed")
}
