//! The journal comes back as it was written.

use sandan_faults::journal::{Entry, Journal};

use crate::sample::run;

#[test]
fn entries_are_read_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let journal = Journal::create(&path).unwrap();
    let entries = run().journal;
    entries.iter().for_each(|entry| journal.write(entry).unwrap());
    assert_eq!(Journal::read(&path).unwrap(), entries);
    assert!(Journal::create(&path).is_err(), "a journal is never written over");
}

#[test]
fn a_command_that_was_begun_and_ended_is_one_and_one_that_never_ended_is_unanswered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let journal = Journal::create(&path).unwrap();
    let ended = run().journal;
    let begun = |entry: &Entry| Entry { status: None, position: None, tries: 0, ..entry.clone() };
    ended.iter().for_each(|entry| journal.write(&begun(entry)).unwrap());
    ended[..3].iter().rev().for_each(|entry| journal.write(entry).unwrap());
    let read = Journal::read(&path).unwrap();
    assert_eq!(read[..3], ended[..3]);
    assert!(read[3..].iter().all(|entry| entry.status.is_none()) && read.len() == ended.len());
}
