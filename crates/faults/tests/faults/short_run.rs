//! A fault run of about a minute: each kind of thing that breaks, once, on real servers.

use std::time::Duration;

use sandan_faults::cluster::Options;
use sandan_faults::nemesis::{Fault, HOLDER, Step};
use sandan_faults::run::Run;

const SEED: u64 = 20_261_126;
/// Leaves this test out.
const WITHOUT: &str = "SANDAN_TEST_WITHOUT_FAULTS";

/// What is broken, and for how many seconds at least. Where a node's jobs are to move it lasts until they have.
const STEPS: [(Fault, u64); 7] = [
    (Fault::NodeKilled(HOLDER), 0),
    (Fault::AllNatsKilled, 2),
    (Fault::NodePaused(HOLDER), 0),
    (Fault::PrimaryKilled, 1),
    (Fault::NatsRolledBack, 0),
    (Fault::StandbyPromoted, 1),
    (Fault::NodeCutOff(HOLDER), 0),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    if std::env::var_os(WITHOUT).is_some() {
        eprintln!("left out: {WITHOUT} is set");
        return;
    }
    let plan = STEPS.into_iter().map(|(fault, seconds)| Step {
        rest: Duration::from_secs(1),
        faults: vec![fault],
        hold: Duration::from_secs(seconds),
    });
    let cluster = Options { binary: None, links: true };
    let run = Run { seed: SEED, time: None, clients: 4, cluster, plan };
    let report = run.execute(&|line| eprintln!("{line}")).await.unwrap();
    eprintln!("{report}");
    assert!(report.verdict.is_kept(), "{report}");
    assert_eq!(report.faults.len(), STEPS.len());
    // That it was a run at all: work was done, reviews crossed 30 %, jobs moved, and history has a new part.
    assert!(report.verdict.acknowledged > 50 && report.verdict.crossed > 0, "{report}");
    assert!(report.verdict.messages.is_some_and(|messages| messages == report.verdict.records), "{report}");
    for because in ["killed", "paused", "cut off"] {
        assert!(report.moves.iter().any(|moved| moved.because == because), "{because}: {report}");
    }
    assert_eq!(report.generations, 2, "{report}");
}
