//! What is hashed, byte for byte. These hashes stand in logs that exist: they may never change.

#![allow(clippy::unwrap_used, reason = "a test: a panic is its verdict")]

use sandan_log::conformance::{stream, uuid};
use sandan_log::{Hash, Header, StreamName, digest, link};

fn header(stream: &StreamName) -> Header<'_> {
    Header {
        stream,
        version: 2,
        id: uuid(3),
        kind: "sandan.request.filed",
        schema: 1,
        community: "sonnenhang",
        occurred: "2026-03-01T08:00:00.123456Z".parse().unwrap(),
        command: uuid(4),
        correlation: uuid(5),
        causation: None,
        actor: "resident:7",
    }
}

#[test]
fn a_digest_is_the_same_for_ever() {
    let digest = digest(&header(&stream(1)), b"body");
    assert_eq!(digest.to_string(), "a2f3b3f8fff7e3b50ef359ee65fe6e3b8541828a1e1999593a01aa143856f682");
}

#[test]
fn a_link_is_the_same_for_ever() {
    let recorded = "2026-03-01T08:00:01Z".parse().unwrap();
    let hash = link(&Hash([1; 32]), 9, recorded, &Hash([2; 32]));
    assert_eq!(hash.to_string(), "a25803478864a5008fc66aded617bd8641594bb17e2ce895b2a877e6ab2a21ca");
}

#[test]
fn bytes_that_move_to_the_next_field_change_the_digest() {
    let name = stream(1);
    let plain = header(&name);
    let fields = [
        (Header { kind: "ab", community: "c", ..plain }, Header { kind: "a", community: "bc", ..plain }),
        (Header { actor: "", ..plain }, Header { community: "", ..plain }),
        (Header { causation: Some(uuid(0)), ..plain }, plain),
    ];
    for (one, other) in fields {
        assert_ne!(digest(&one, b""), digest(&other, b""));
    }
    let one = digest(&Header { actor: "a", ..plain }, b"bc");
    assert_ne!(one, digest(&Header { actor: "ab", ..plain }, b"c"));
}

#[test]
fn a_hash_is_written_as_hexadecimal_digits() {
    let hash = digest(&header(&stream(1)), b"body");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    let json = serde_json::to_string(&hash).unwrap();
    assert_eq!(json, format!("\"{hash}\""));
    assert_eq!(serde_json::from_str::<Hash>(&json).unwrap(), hash);
    for text in ["", "00", &"0".repeat(63), &"g".repeat(64), &"0".repeat(66), &"ä".repeat(32), &"+f".repeat(32)] {
        assert!(text.parse::<Hash>().is_err(), "{text}");
    }
}
