//! A private Postgres: a cluster of its own in a folder of its own, on a free port, run as an ordinary user.
//!
//! It ends with the value, and with the test's process if that ends first. Its folder goes with it.

mod files;
mod hold;
mod process;
mod run;
mod standby;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

pub use hold::Held;
use process::Server;
use uuid::Uuid;

/// A running Postgres.
pub struct Postgres {
    server: Server,
    /// Made here: they go with the value.
    databases: Mutex<Vec<String>>,
}

/// The cluster that the tests of one process share, while one of them uses it.
static SHARED: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());

impl Postgres {
    /// A new cluster that does not wait for the disk: as fast as tests want it.
    pub fn start() -> Self {
        Self::start_with(&["fsync=off", "full_page_writes=off"])
    }

    /// A new cluster that speaks to nobody but through TLS, with this certificate and its key (PEM).
    pub fn encrypted(certificate: &str, key: &str) -> Self {
        let mut postgres = Self::start();
        let rules = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n";
        let files = [("server.crt", certificate), ("server.key", key), ("pg_hba.conf", rules)];
        files::write_private(postgres.folder(), &files);
        postgres.restart_with(&["ssl=on"]);
        postgres
    }

    /// A new cluster that syncs what it commits.
    pub fn durable() -> Self {
        Self::start_with(&[] as &[&str])
    }

    /// A new cluster with these settings (`name=value`) on top of those of a test.
    pub fn start_with(settings: &[impl AsRef<str>]) -> Self {
        let settings = settings.iter().map(|setting| setting.as_ref().to_owned()).collect();
        Self::of(Server::start(files::new_cluster(), settings))
    }

    fn of(server: Server) -> Self {
        Self { server, databases: Mutex::default() }
    }

    /// The cluster that tests share, each in a database of its own: all of a run of nextest, which starts a process for
    /// each test, or all of this process. It ends with the run, or with the last one that uses it.
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let started = Arc::new(run::server().map_or_else(Self::start, Self::of));
            *shared = Arc::downgrade(&started);
            started
        })
    }

    /// The maintenance database, as its superuser.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// A database's address, as the superuser.
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.server.port)
    }

    /// Makes an empty database and returns its address.
    pub fn database(&self) -> String {
        let name = format!("test_{}", Uuid::new_v4().simple());
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0"));
        self.databases().push(name.clone());
        self.url_of(&name)
    }

    fn databases(&self) -> MutexGuard<'_, Vec<String>> {
        self.databases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a statement answers, one row a line, columns with `|` between them.
    pub fn sql(&self, database: &str, statement: &str) -> String {
        self.try_sql(database, statement).unwrap_or_else(|error| panic!("{statement}: {error}"))
    }

    /// The same, for statements that may fail.
    pub fn try_sql(&self, database: &str, statement: &str) -> Result<String, String> {
        let url = self.url_of(database);
        let arguments = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", &url, "-c", statement];
        let output = files::tool("psql").args(arguments).output().expect("run psql");
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// Keeps everybody else from the table until the answer is dropped: whoever asks it waits.
    pub fn hold(&self, url: &str, table: &str) -> Held {
        Held::take(url, table)
    }

    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// The postmaster, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.server.pid()
    }

    /// What the server has written to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.server.folder().join("log")).unwrap_or_default()
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.server.folder()
    }

    /// Ends the postmaster without any warning, as a loss of power would. Its children follow by themselves.
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Ends it in order, without waiting for clients to leave.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Starts again on the same files and the same port; stops it before if it runs.
    pub fn restart(&mut self) {
        self.server.stop();
        self.server.run();
    }

    /// Starts again with further settings.
    pub fn restart_with(&mut self, settings: &[&str]) {
        self.server.stop();
        self.server.settings.extend(settings.iter().map(|setting| (*setting).to_owned()));
        self.server.run();
    }
}

impl Drop for Postgres {
    /// A cluster that others go on using keeps nothing of this test.
    fn drop(&mut self) {
        if self.server.is_lent() {
            for name in self.databases().drain(..) {
                _ = self.try_sql("postgres", &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}
