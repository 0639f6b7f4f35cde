//! The cluster of plain processes that `deploy/local-cluster` starts on free ports, in a folder of its own.
//!
//! Whatever happens to the run, the cluster comes down: when this is dropped, and where there is no time for that, by
//! the guard that the script leaves behind. Only processes that the script recorded are ever touched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/local-cluster");

/// What is to be started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The program; otherwise the one that cargo built beside this one.
    pub binary: Option<PathBuf>,
    /// A proxy between each node and its services, that can be cut.
    pub links: bool,
}

/// A running cluster.
pub struct Cluster {
    folder: PathBuf,
    /// `None` once the folder is to stay.
    temporary: Option<TempDir>,
    binary: PathBuf,
}

/// What the script knows, as far as it matters here.
#[derive(Clone, Debug, Deserialize)]
pub struct Known {
    pub database: String,
    pub nats: String,
    pub primary: String,
    pub nodes: Vec<Node>,
    members: BTreeMap<String, Member>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Node {
    pub name: String,
    pub url: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Member {
    process: Option<Process>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Process {
    pid: u32,
}

impl Known {
    /// The process of a member, if it was started and not ended since.
    pub fn pid(&self, member: &str) -> Option<u32> {
        Some(self.members.get(member)?.process?.pid)
    }
}

impl Cluster {
    /// Starts three nodes, three NATS servers, a Postgres and its synchronous standby, and waits until they serve.
    pub async fn up(options: &Options) -> Result<Self> {
        let binary = options.binary.clone().map_or_else(built_beside, Ok)?;
        let temporary = tempfile::Builder::new().prefix("sandan-faults-").tempdir().context("make a folder")?;
        let cluster = Self { folder: temporary.path().to_owned(), temporary: Some(temporary), binary };
        let owner = std::process::id().to_string();
        let program = cluster.binary.to_string_lossy().into_owned();
        let links = options.links.then_some("--links");
        let arguments = ["--binary", &program, "--owner", &owner].into_iter().chain(links);
        match cluster.order("up", &arguments.collect::<Vec<_>>()).await {
            Ok(()) => Ok(cluster),
            Err(error) => Err(error.context(format!("what was said is in {}", cluster.keep().display()))),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A node's data folder.
    pub fn data(&self, node: &str) -> PathBuf {
        self.folder.join(node)
    }

    /// What the members said, by name.
    pub fn said(&self, member: &str) -> Result<String> {
        let path = self.folder.join(format!("{member}.log"));
        let bytes = std::fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub fn known(&self) -> Result<Known> {
        let bytes = std::fs::read(self.folder.join("cluster.json")).context("read what is known of the cluster")?;
        serde_json::from_slice(&bytes).context("what is known of the cluster")
    }

    /// `local-cluster COMMAND FOLDER ARGUMENTS`, which must succeed.
    pub async fn order(&self, command: &str, arguments: &[&str]) -> Result<()> {
        let mut order = self.command(command, arguments);
        let done = tokio::task::spawn_blocking(move || order.output()).await?.context("run local-cluster")?;
        ensure!(done.status.success(), "local-cluster {command} {}: {}", arguments.join(" "), words(&done));
        Ok(())
    }

    /// An operator's command, with `--json`, on the cluster's database.
    pub async fn operator(&self, arguments: &[&str]) -> Result<Value> {
        self.operator_in("operator", arguments).await
    }

    /// The same in a data folder of this name, which no server uses.
    pub async fn operator_in(&self, data: &str, arguments: &[&str]) -> Result<Value> {
        let mut order = self.program(data)?;
        order.args(arguments).arg("--json");
        let done = tokio::task::spawn_blocking(move || order.output()).await?.context("run sandan")?;
        ensure!(done.status.success(), "sandan {}: {}", arguments.join(" "), words(&done));
        serde_json::from_slice(&done.stdout).with_context(|| format!("what sandan {} printed", arguments.join(" ")))
    }

    /// The address goes through the environment, where `ps` does not show its password.
    fn program(&self, data: &str) -> Result<Command> {
        let mut command = Command::new(&self.binary);
        command.env("SANDAN_DATABASE", self.known()?.database).env("SANDAN_DATA", self.data(data)).stdin(Stdio::null());
        Ok(command)
    }

    /// Ends everything but leaves the folder where it is, for whoever wants to know why.
    pub fn keep(mut self) -> PathBuf {
        if let Some(temporary) = self.temporary.take() {
            _ = temporary.keep();
        }
        self.folder.clone()
    }

    fn command(&self, command: &str, arguments: &[&str]) -> Command {
        let mut order = Command::new(SCRIPT);
        order.arg(command).arg(&self.folder).args(arguments).stdin(Stdio::null());
        // Ctrl-C is for this program: a script that it hits in the middle would leave things half done.
        std::os::unix::process::CommandExt::process_group(&mut order, 0);
        order
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if !self.folder.join("cluster.json").exists() {
            return;
        }
        match self.command("down", &[]).output() {
            Ok(done) if done.status.success() => {}
            Ok(done) => eprintln!("the cluster in {} is not down: {}", self.folder.display(), words(&done)),
            Err(error) => eprintln!("the cluster in {} is not down: {error}", self.folder.display()),
        }
    }
}

fn words(done: &Output) -> String {
    let both = [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
    both.join(" ").trim().to_owned()
}

/// The program as cargo builds it: beside this one, or beside the folder of the tests.
fn built_beside() -> Result<PathBuf> {
    let own = std::env::current_exe().context("where this program is")?;
    let found = own.ancestors().skip(1).take(2).map(|folder| folder.join("sandan")).find(|path| path.is_file());
    match found {
        Some(binary) => Ok(binary),
        None => bail!("there is no sandan beside {}: build the workspace first, or use --binary", own.display()),
    }
}
