//! One cluster for all the processes of a run of nextest, which starts one for each test.
//!
//! Whoever needs it first starts it, under a keeper that belongs to nobody's test: a shell that waits for the end of the
//! run, then ends the server and removes its files.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::files;
use super::process::{Server, command, free_port, is_ready, log};

/// Set by nextest, another one for each run.
const RUN: &str = "NEXTEST_RUN_ID";
/// How long a start may take. Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(60);

/// `$1` is the process that the run is, `$2` and `$3` are folders to remove after it, and the rest is the server.
const KEEPER: &str = "
    run=$1 cluster=$2 mark=$3; shift 3
    \"$@\" & server=$!
    while kill -0 $server && grep -q '^State:[[:space:]]*[^ZX]' /proc/$run/status; do sleep 0.2; done 2>/dev/null
    kill -INT $server 2>/dev/null; wait $server
    rm -rf \"$cluster\" \"$mark\"";

/// The run's server, started if this is the first to ask. None outside a run.
pub(super) fn server() -> Option<Server> {
    let run = std::env::var(RUN).ok().filter(|run| !run.is_empty())?;
    let mark = files::build().join(format!("postgres-run-{run}"));
    fs::create_dir_all(&mark).expect("make a folder for the run");
    let lock = File::create(mark.join("lock")).expect("make the run's lock");
    lock.lock().expect("take the run's lock");
    let (cluster, port) = known(&mark).unwrap_or_else(|| start(&mark));
    Some(Server::lent(cluster, port))
}

/// What the first one wrote down.
fn known(mark: &Path) -> Option<(PathBuf, u16)> {
    let said = fs::read_to_string(mark.join("server")).ok()?;
    let (port, cluster) = said.split_once(' ')?;
    Some((PathBuf::from(cluster), port.parse().ok()?))
}

#[expect(clippy::zombie_processes, reason = "the keeper goes on after this process, on purpose")]
fn start(mark: &Path) -> (PathBuf, u16) {
    let begun = Instant::now();
    let cluster = files::new_cluster().keep();
    let port = free_port();
    let settings = ["fsync=off", "full_page_writes=off"].map(str::to_owned);
    let server = command(&cluster, port, &settings);
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper", &std::os::unix::process::parent_id().to_string()]);
    keeper.arg(&cluster).arg(mark).arg(server.get_program()).args(server.get_args()).current_dir(&cluster);
    let out = log(&cluster);
    let errors = out.try_clone().expect("a second handle of the log");
    keeper.stdin(Stdio::null()).stdout(out).stderr(errors);
    // What ends the test's group is not meant for the others' server.
    std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
    let mut keeper = keeper.spawn().expect("start a shell");
    while !is_ready(&cluster) {
        let ended = keeper.try_wait().expect("look at the keeper");
        assert!(ended.is_none() && begun.elapsed() < PATIENCE, "postgres does not start: see {}", cluster.display());
        std::thread::sleep(Duration::from_millis(10));
    }
    let part = mark.join("server.part");
    fs::write(&part, format!("{port} {}", cluster.display())).expect("write the server down");
    fs::rename(part, mark.join("server")).expect("write the server down");
    (cluster, port)
}
