//! Programs that tests bring along: from the folder that `tests/run` fills, or from the path.

use std::path::{Path, PathBuf};

/// Names the folder where the tools are, instead of `target/tools/bin`.
const FOLDER: &str = "SANDAN_TEST_TOOLS";

/// The program `name`, or its bare name for the system to look up.
pub fn tool(name: &str) -> PathBuf {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    let folders = folder.into_iter().chain(built_in());
    folders.map(|folder| folder.join(name)).find(|path| path.exists()).unwrap_or_else(|| Path::new(name).to_owned())
}

/// A port that is free now.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("the port").port()
}

/// `target/tools/bin`, from the place of the running test.
fn built_in() -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let target = test.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "target"))?;
    Some(target.join("tools/bin"))
}
