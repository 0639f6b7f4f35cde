//! A table that nobody else can use for a while.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};

use super::files;

/// A session with a table locked; it ends with the value.
pub struct Held(Child);

impl Held {
    pub(super) fn take(url: &str, table: &str) -> Self {
        let mut command = files::tool("psql");
        command.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("run psql");
        let statements = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n");
        let input = child.stdin.as_mut().expect("its input");
        input.write_all(statements.as_bytes()).and_then(|()| input.flush()).expect("tell psql");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut said).expect("hear psql");
        assert_eq!(said.trim(), "held", "{table} is not held");
        Self(child)
    }
}

impl Drop for Held {
    /// The end of its input ends the session, and that its transaction.
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        _ = self.0.wait();
    }
}
