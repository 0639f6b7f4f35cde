//! Whatever the order in which it is written, subscribed, listened and given up: everybody gets all.

use futures::FutureExt;
use proptest::prelude::*;
use sandan_bus::Subscription;
use sandan_log::Position;

use crate::subject::{Subject, check, listen};

#[derive(Clone, Debug)]
enum Step {
    Write(usize),
    /// Subscribes after a position that may lie beyond the last.
    Subscribe(Position),
    /// One of the subscribers takes what is there, or gives up.
    Poll(usize),
    /// One of the subscribers leaves and comes back where it stopped.
    Return(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1usize..700).prop_map(Step::Write),
        (0u64..40).prop_map(Step::Subscribe),
        any::<usize>().prop_map(Step::Poll),
        any::<usize>().prop_map(Step::Return),
    ]
}

/// A subscription and the position it has got to.
struct Listener(Subscription, Position);

impl Listener {
    fn poll(&mut self) {
        if let Some(batch) = self.0.next().now_or_never() {
            self.1 = check(&batch.unwrap(), self.1);
        }
    }
}

async fn play(steps: Vec<Step>) {
    let subject = Subject::new();
    let mut listeners: Vec<Listener> = Vec::new();
    let mut last = 0;
    for (command, step) in (0u128..).zip(steps) {
        let count = listeners.len().max(1);
        match step {
            Step::Write(events) => {
                subject.write(command, events).await;
                last += events as Position;
            }
            Step::Subscribe(after) => listeners.push(Listener(subject.bus.subscribe(after), after)),
            Step::Poll(at) => listeners.iter_mut().skip(at % count).take(1).for_each(Listener::poll),
            Step::Return(at) => {
                for Listener(subscription, position) in listeners.iter_mut().skip(at % count).take(1) {
                    *subscription = subject.bus.subscribe(*position);
                }
            }
        }
    }
    for Listener(mut subscription, position) in listeners {
        listen(&mut subscription, position, last.max(position)).await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everybody_gets_all_in_order(steps in prop::collection::vec(step(), 0..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(play(steps));
    }
}
