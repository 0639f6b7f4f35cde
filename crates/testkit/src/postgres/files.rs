//! Postgres' programs, and the files of a new cluster.
//!
//! `initdb` takes most of a second, so it runs once: what it made is kept beside the tests' programs and copied.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Where the programs are, if not in Debian's place or on the path.
const PROGRAMS: &str = "SANDAN_TEST_POSTGRES";
const DEBIAN: &str = "/usr/lib/postgresql";

/// One of Postgres' programs, as the user of the test.
pub(super) fn tool(name: &str) -> Command {
    Command::new(program(name))
}

/// One of Postgres' programs as an ordinary user: as root it refuses to serve.
pub(super) fn ordinary(name: &str, folder: &Path) -> Command {
    let mut command = match is_root() {
        true => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
            command
        }
        false => Command::new("setpriv"),
    };
    // The server must not outlive a test that was killed.
    command.args(["--pdeathsig", "INT"]).arg(program(name)).current_dir(folder);
    command
}

/// A folder with a new cluster in `data`.
pub(super) fn new_cluster() -> TempDir {
    let folder = new_folder();
    let template = template();
    succeed(Command::new("cp").arg("-r").arg(&template).arg(folder.path().join("data")));
    give_away(folder.path());
    folder
}

/// An empty folder that the server's user owns.
pub(super) fn new_folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("sandan-postgres-").tempdir().expect("make a folder");
    give_away(folder.path());
    folder
}

/// Writes files of the server's own beside its data.
pub(super) fn write_private(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join("data").join(name);
        std::fs::write(&path, text).expect("write a file of the server's");
        succeed(Command::new("chmod").arg("0600").arg(&path));
    }
    give_away(folder);
}

/// Runs a command that must succeed.
pub(super) fn succeed(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Where the tests' programs are.
pub(super) fn build() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    test.ancestors().nth(2).expect("a test lies in target/<profile>/deps").to_owned()
}

/// What `initdb` made, once for all tests of this machine's build.
fn template() -> PathBuf {
    let build = build();
    let version = tool("postgres").arg("--version").output().expect("run postgres --version").stdout;
    let version = String::from_utf8_lossy(&version).split_whitespace().nth(2).expect("a version").to_owned();
    let template = build.join(format!("postgres-{version}"));
    if template.exists() {
        return template;
    }
    let made = new_folder();
    let data = made.path().join("data");
    let mut initdb = ordinary("initdb", made.path());
    initdb.arg("-D").arg(&data);
    succeed(initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]));
    // Two tests may be here at once: the name is given to a whole copy, by whoever is first.
    let own = build.join(format!("postgres-{version}.{}", std::process::id()));
    succeed(Command::new("cp").arg("-r").arg(&data).arg(&own));
    if std::fs::rename(&own, &template).is_err() {
        _ = std::fs::remove_dir_all(&own);
    }
    template
}

fn program(name: &str) -> PathBuf {
    if let Some(folder) = std::env::var_os(PROGRAMS) {
        return Path::new(&folder).join(name);
    }
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().filter_map(Result::ok);
    let versions = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    match versions.filter(|version| *version >= 15).max() {
        Some(version) => Path::new(DEBIAN).join(version.to_string()).join("bin").join(name),
        None => PathBuf::from(name),
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// The server's user must own its files, and nobody else may read them.
fn give_away(folder: &Path) {
    if is_root() {
        succeed(Command::new("chown").args(["-R", "postgres:"]).arg(folder));
    }
    let data = folder.join("data");
    if data.exists() {
        succeed(Command::new("chmod").arg("0700").arg(data));
    }
}
