//! Each damage is found, and named with its place.

use sandan_bus::nats::Stored;
use sandan_faults::check::{check, promise};
use sandan_faults::evidence::{Evidence, Seen};

use crate::sample::{append, ballot, claim, pool, rehash, restream, rework, run};

/// The promises that a damage breaks, in order, each once.
#[track_caller]
fn damage(change: impl FnOnce(&mut Evidence), expected: &[(&str, &str)]) {
    let mut evidence = run();
    change(&mut evidence);
    let violations = check(&evidence).violations;
    for (promise, what) in expected {
        let is_named = violations.iter().any(|found| found.promise.contains(promise) && found.what.contains(what));
        assert!(is_named, "{promise:?} with {what:?} is not in {violations:#?}");
    }
    let others = violations.iter().filter(|found| !expected.iter().any(|(promise, _)| found.promise.contains(promise)));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&_>::new(), "other promises than {expected:?}");
}

#[test]
fn what_is_whole_is_kept_and_counted() {
    let verdict = check(&run());
    assert_eq!(verdict.violations, []);
    assert_eq!((verdict.commands, verdict.acknowledged, verdict.refused), (6, 5, 1));
    assert_eq!((verdict.records, verdict.streams, verdict.messages), (8, 2, Some(8)));
    assert_eq!((verdict.crossed, verdict.reworks), (1, 1));
}

#[test]
fn a_missing_position() {
    let lose = |evidence: &mut Evidence| {
        evidence.records.remove(1);
        restream(evidence);
    };
    let places = [
        ("positions are dense", "position 3 follows 1"),
        ("stream versions", "position 3"),
        ("chain", "position 3"),
        ("acknowledged command is in the log", "00000000-0000-0000-0000-000000000012"),
        ("sequence = position", "sequence 2"),
    ];
    damage(lose, &places);
}

#[test]
fn a_command_that_ran_twice() {
    let double = |evidence: &mut Evidence| {
        let body = serde_json::from_slice(&evidence.records[1].body).unwrap();
        append(&mut evidence.records, 2, &[("sandan.request.progressed", body)]);
        restream(evidence);
    };
    let places = [("in the log once", "position 2 and again position 9"), ("more often", "2 are there, 1 were wished")];
    damage(double, &places);
}

#[test]
fn a_command_that_ran_twice_under_another_id() {
    let double = |evidence: &mut Evidence| {
        let body = serde_json::from_slice(&evidence.records[1].body).unwrap();
        append(&mut evidence.records, 77, &[("sandan.request.progressed", body)]);
        restream(evidence);
    };
    damage(double, &[("more often than it was wished", "key 00000000-0000-0000-0000-000000000012")]);
}

#[test]
fn records_that_changed_places() {
    let swap = |evidence: &mut Evidence| {
        evidence.records.swap(0, 1);
        let (first, second) = (evidence.records[1].position, evidence.records[0].position);
        (evidence.records[0].position, evidence.records[1].position) = (first, second);
        restream(evidence);
    };
    let places = [
        ("stream versions", "position 1"),
        ("chain", "position 1"),
        ("acknowledged command is in the log", "no sandan.request.filed at position 1"),
    ];
    damage(swap, &places);
}

#[test]
fn a_broken_hash() {
    let break_it = |evidence: &mut Evidence| {
        evidence.records[4].hash.0[0] ^= 1;
        restream(evidence);
    };
    damage(break_it, &[("chain verifies", "position 5: hash is")]);
}

#[test]
fn a_changed_body() {
    let change = |evidence: &mut Evidence| {
        let (_, body) = ballot(1, "very_satisfied");
        evidence.records[4].body = serde_json::to_vec(&body).unwrap().into();
        restream(evidence);
    };
    damage(change, &[("chain verifies", "position 5")]);
}

#[test]
fn a_second_rework() {
    let again = |evidence: &mut Evidence| {
        append(&mut evidence.records, 6, &[rework(2)]);
        restream(evidence);
    };
    damage(again, &[("exactly one rework", "reworks at [8, 9]")]);
}

#[test]
fn a_rework_that_never_came() {
    let forget = |evidence: &mut Evidence| {
        evidence.records.truncate(7);
        // Whoever cast the ballot was told of position 7 then.
        evidence.journal[4].position = Some(7);
        restream(evidence);
    };
    damage(forget, &[("exactly one rework", "closed at position 7): reworks at []")]);
}

#[test]
fn an_acknowledged_command_that_is_not_in_the_log() {
    let lose = |evidence: &mut Evidence| {
        evidence.records.truncate(5);
        restream(evidence);
    };
    let places = [("acknowledged command is in the log", "acknowledged at position 8, which is not there")];
    damage(lose, &places);
}

#[test]
fn two_keys_that_one_command_answered() {
    let confuse = |evidence: &mut Evidence| evidence.journal[4].position = Some(5);
    damage(confuse, &[("in the log once", "keys 00000000-0000-0000-0000-000000000014 and")]);
}

#[test]
fn a_refused_command_that_was_done() {
    let refuse = |evidence: &mut Evidence| {
        evidence.journal[1].status = Some(409);
        evidence.journal[1].position = None;
    };
    damage(refuse, &[("refused command is not in the log", "key 00000000-0000-0000-0000-000000000012")]);
}

#[test]
fn an_unanswered_command_may_be_in_the_log_or_not() {
    let forget = |evidence: &mut Evidence| {
        evidence.journal[1].status = None;
        evidence.journal[1].position = None;
        evidence.journal[5].status = None;
    };
    damage(forget, &[]);
}

#[test]
fn a_message_with_another_body() {
    let change = |evidence: &mut Evidence| {
        let Some(Stored::Event(event)) = evidence.stream.as_mut().map(|stream| &mut stream[2]) else { unreachable!() };
        event.body = "{}".into();
    };
    damage(change, &[("sequence = position", "sequence 3 holds position 3, the log 3: another body")]);
}

#[test]
fn messages_that_are_missing_foreign_or_not_yet_there() {
    let change = |evidence: &mut Evidence| {
        let stream = evidence.stream.as_mut().unwrap();
        stream[1] = Stored::Missing;
        stream[3] = Stored::Foreign { subject: "sandan.events.x".to_owned(), reason: "no header".to_owned() };
        stream.pop();
    };
    let places = [
        ("sequence = position", "sequence 2 is missing"),
        ("sequence = position", "sequence 4 at sandan.events.x"),
        ("sequence = position", "the stream ends at sequence 7, the log at position 8"),
    ];
    damage(change, &places);
}

#[test]
fn a_row_of_one_node_that_was_altered() {
    let alter = |evidence: &mut Evidence| evidence.nodes[1].1[1] = "round: [Integer(1), Integer(3)]".to_owned();
    let places = [
        ("equal a fresh fold", "node-2 lacks round: [Integer(1), Integer(2)]"),
        ("equal a fresh fold", "node-2 has alone round: [Integer(1), Integer(3)]"),
    ];
    damage(alter, &places);
}

#[test]
fn an_event_twice() {
    let twice = |evidence: &mut Evidence| {
        evidence.records[7].id = evidence.records[0].id;
        rehash(&mut evidence.records);
        restream(evidence);
    };
    damage(twice, &[("in the log once", "position 8")]);
}

#[test]
fn a_pool_item_that_more_claimed_than_were_allowed() {
    let crowd = |evidence: &mut Evidence| {
        // A claim that was refused, of the same request.
        evidence.journal.pop();
        append(&mut evidence.records, 91, &[pool(2)]);
        append(&mut evidence.records, 92, &[claim("power", true)]);
        append(&mut evidence.records, 93, &[claim("property", false)]);
        append(&mut evidence.records, 94, &[claim("roads", false)]);
        append(&mut evidence.records, 95, &[pool(1)]);
        append(&mut evidence.records, 96, &[claim("power", true)]);
        restream(evidence);
    };
    damage(crowd, &[("no more claimers", "position 9 for 2: 1 lead, claims at [10, 11, 12]")]);
}

#[test]
fn a_pool_item_that_two_lead() {
    let race = |evidence: &mut Evidence| {
        evidence.journal.pop();
        append(&mut evidence.records, 91, &[pool(2)]);
        append(&mut evidence.records, 92, &[claim("power", true)]);
        append(&mut evidence.records, 93, &[claim("roads", true)]);
        restream(evidence);
    };
    damage(race, &[("no more claimers", "position 9 for 2: 2 lead")]);
}

#[test]
fn a_wish_that_was_refused_though_the_rules_permit_it() {
    let refuse = |evidence: &mut Evidence| evidence.journal[5].permitted = true;
    damage(refuse, &[("permit is not refused", "was answered 409 at try 1")]);
}

#[test]
fn what_was_seen_while_it_ran() {
    let see = |evidence: &mut Evidence| {
        evidence.seen.push(Seen { promise: promise::PANIC, what: "node-1: thread panicked".to_owned() });
    };
    damage(see, &[("no node panics", "node-1")]);
}

#[test]
fn many_violations_are_counted_and_some_are_named() {
    let mut evidence = run();
    evidence.nodes[0].1 = (0..50).map(|row| format!("request: [{row}]")).collect();
    let verdict = check(&evidence);
    assert_eq!(verdict.violations.len(), 20);
    assert_eq!(verdict.unnamed, 32);
    assert!(!verdict.is_kept());
}
