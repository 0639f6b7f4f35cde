//! R1: every open request has one owner, in every situation; what has ended has none.

use super::situations::situations;
use crate::request::Holder;
use crate::testing::unit;

#[test]
fn r1_an_open_request_has_one_owner_and_an_ended_one_none() {
    for (name, past) in situations() {
        let is_ended = ["rejected", "merged", "withdrawn", "closed"].contains(&past.case().stage.name());
        assert_eq!(past.case().stage.is_open(), !is_ended, "{name}");
        assert_eq!(past.case().owner().is_none(), is_ended, "{name}");
    }
}

#[test]
fn r1_whoever_leads_the_work_owns_it() {
    for (name, past) in situations() {
        let lead = match name {
            "dispatched" | "dispatched, ruled" | "suspended, dispatched" => "fire-brigade",
            "claimed" | "claimed, a slot open" | "claimed, ruled" | "claimed, extended" | "claimed, overdue" => {
                "fire-brigade"
            }
            "claimed, the town has it" | "suspended, overdue" => "fire-brigade",
            "rework" | "rework, ruled" | "third rework" => "fire-brigade",
            "suspended, claimed" | "suspended, rework" | "suspended, third rework" => "fire-brigade",
            "dispatched in rework" | "claimed in rework" => "water-works",
            _ => {
                let owner = past.case().owner();
                assert!(owner.is_none_or(|owner| owner == Holder::Desk), "{name}");
                continue;
            }
        };
        assert_eq!(past.case().owner(), Some(Holder::Unit(unit(lead))), "{name}");
    }
}
