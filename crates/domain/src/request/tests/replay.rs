//! What is in the log can be applied, in any order and however strange: nothing panics, and replaying gives the
//! same state.

use proptest::prelude::*;
use proptest::sample::Index;

use super::wishes::{history, wishes};
use crate::decider::Decider;
use crate::request::{Event, Request, ServiceRequest};

fn replay(events: &[Event]) -> ServiceRequest {
    let mut state = ServiceRequest::default();
    for event in events {
        Request::evolve(&mut state, event);
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn replaying_the_events_gives_the_live_state(wishes in wishes()) {
        let past = history(&wishes).pop().unwrap();
        prop_assert_eq!(replay(&past.events), past.state);
    }

    #[test]
    fn a_state_survives_being_stored(wishes in wishes()) {
        let past = history(&wishes).pop().unwrap();
        let stored = serde_json::to_string(&past.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<ServiceRequest>(&stored).unwrap(), past.state);
    }

    #[test]
    fn events_in_an_impossible_order_are_applied_all_the_same(
        wishes in wishes(), order in prop::collection::vec(any::<Index>(), 1..60),
    ) {
        let events = history(&wishes).pop().unwrap().events;
        let jumbled: Vec<Event> = order.iter().map(|index| index.get(&events).clone()).collect();
        if let ServiceRequest::Filed(case) = replay(&jumbled) {
            let _ = (case.permitted(), case.owner(), case.reworks(), case.stage.engaged());
        }
    }
}
