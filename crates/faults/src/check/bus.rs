//! The stream against the log: sequence = position, and the same bytes.

use sandan_bus::nats::Stored;
use sandan_log::Record;

use super::Found;
use super::promise::BUS;

pub(super) fn check(records: &[Record], stream: &[Stored], found: &mut Found) {
    if stream.len() != records.len() {
        let (last, head) = (stream.len(), records.len());
        found.add(BUS, format!("the stream ends at sequence {last}, the log at position {head}"));
    }
    for (sequence, (message, record)) in (1..).zip(stream.iter().zip(records)) {
        match message {
            Stored::Event(event) if **event == *record && record.position == sequence => {}
            Stored::Event(event) => {
                let (theirs, ours) = (event.position, record.position);
                let what = difference(event, record);
                found.add(BUS, format!("sequence {sequence} holds position {theirs}, the log {ours}: {what}"));
            }
            Stored::Foreign { subject, reason } => {
                found.add(BUS, format!("sequence {sequence} at {subject} is no event of ours: {reason}"));
            }
            Stored::Missing => found.add(BUS, format!("sequence {sequence} is missing")),
        }
    }
}

fn difference(event: &Record, record: &Record) -> String {
    match () {
        () if event.body != record.body => "another body".to_owned(),
        () if event.generation != record.generation => {
            format!("generation {}, not {}", event.generation, record.generation)
        }
        () if event.hash != record.hash => format!("hash {}, not {}", event.hash, record.hash),
        () => "another header".to_owned(),
    }
}
