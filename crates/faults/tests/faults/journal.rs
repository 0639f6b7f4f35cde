//! The journal comes back as it was written.

use sandan_faults::journal::Journal;

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
