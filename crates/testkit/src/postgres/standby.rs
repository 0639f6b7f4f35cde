//! A second server that follows the first, and can take over.

use std::thread;
use std::time::{Duration, Instant};

use super::process::Server;
use super::{Postgres, files};

/// How the standby calls itself.
const NAME: &str = "standby";
const PATIENCE: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_millis(20);

impl Postgres {
    /// A copy of this cluster that follows it. From now on this one commits only what the copy has.
    pub fn synchronous_standby(&self) -> Self {
        let standby = self.standby();
        self.sql("postgres", &format!("ALTER SYSTEM SET synchronous_standby_names = '{NAME}'"));
        self.sql("postgres", "SELECT pg_reload_conf()");
        self.wait_for("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1");
        standby
    }

    /// A copy of this cluster that follows it, as far behind as it happens to be.
    pub fn standby(&self) -> Self {
        let folder = files::new_folder();
        let mut copy = files::ordinary("pg_basebackup", folder.path());
        let from = format!("host=127.0.0.1 port={} user=postgres application_name={NAME}", self.port());
        copy.args(["-d", &from, "-R", "-X", "stream", "-c", "fast", "--no-sync", "-D"]).arg(folder.path().join("data"));
        files::succeed(&mut copy);
        let server = Server::start(folder, self.server.settings.clone());
        let standby = Self::of(server);
        self.wait_for("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'", "1");
        standby
    }

    /// Stops following: from now on it takes writes, and its history is its own.
    pub fn promote(&self) {
        self.sql("postgres", "SELECT pg_promote()");
        self.wait_for("SELECT pg_is_in_recovery()", "f");
    }

    /// The database of that name on whichever of the two takes writes.
    pub fn url_with(&self, other: &Self, database: &str) -> String {
        let (one, two) = (self.port(), other.port());
        let hosts = format!("127.0.0.1:{one},127.0.0.1:{two}");
        format!("postgres://postgres@{hosts}/{database}?target_session_attrs=read-write")
    }

    /// Waits until a question gets that answer.
    pub fn wait_for(&self, question: &str, answer: &str) {
        self.wait_for_database("postgres", question, answer);
    }

    /// The same, asked in a database that may not be there yet.
    pub fn wait_for_database(&self, database: &str, question: &str, answer: &str) {
        let begun = Instant::now();
        loop {
            let given = self.try_sql(database, question);
            if given.as_deref() == Ok(answer) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{question}: {given:?}, not {answer}");
            thread::sleep(EVERY);
        }
    }
}
