//! Errors that an operator meets, each with a code, what happened and what to do about it.
//!
//! Anything else that goes wrong travels as an ordinary `anyhow` error with its chain.

use std::fmt;

use sandan_log::{AppendError, LogError};
use serde::{Deserialize, Serialize};

/// Names a page, `docs/errors/<code>.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    AddressInUse,
    BackupBroken,
    BusRefused,
    BusStreamForeign,
    BusTooOld,
    BusUnreachable,
    ClockBack,
    ClockDiffers,
    ConfigInvalid,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseTls,
    DatabaseTooOld,
    DatabaseUnreachable,
    DiskFull,
    FolderInUse,
    FolderNotEmpty,
    FolderUnusable,
    ImportNotATable,
    ImportRefused,
    LogBroken,
    LogInUse,
    LogNewer,
    LogNotEmpty,
    MasterKey,
    Refused,
    UnknownCommunity,
    VersionMismatch,
    /// Without a page: the message says all there is.
    Failed,
}

impl Code {
    #[cfg(test)]
    pub const WITH_PAGE: [Self; 29] = [
        Self::AddressInUse,
        Self::BackupBroken,
        Self::BusRefused,
        Self::BusStreamForeign,
        Self::BusTooOld,
        Self::BusUnreachable,
        Self::ClockBack,
        Self::ClockDiffers,
        Self::ConfigInvalid,
        Self::DatabaseMissing,
        Self::DatabaseReadOnly,
        Self::DatabaseRefused,
        Self::DatabaseTls,
        Self::DatabaseTooOld,
        Self::DatabaseUnreachable,
        Self::DiskFull,
        Self::FolderInUse,
        Self::FolderNotEmpty,
        Self::FolderUnusable,
        Self::ImportNotATable,
        Self::ImportRefused,
        Self::LogBroken,
        Self::LogInUse,
        Self::LogNewer,
        Self::LogNotEmpty,
        Self::MasterKey,
        Self::Refused,
        Self::UnknownCommunity,
        Self::VersionMismatch,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::AddressInUse => "address-in-use",
            Self::BackupBroken => "backup-broken",
            Self::BusRefused => "bus-refused",
            Self::BusStreamForeign => "bus-stream-foreign",
            Self::BusTooOld => "bus-too-old",
            Self::BusUnreachable => "bus-unreachable",
            Self::ClockBack => "clock-back",
            Self::ClockDiffers => "clock-differs",
            Self::ConfigInvalid => "config-invalid",
            Self::DatabaseMissing => "database-missing",
            Self::DatabaseReadOnly => "database-read-only",
            Self::DatabaseRefused => "database-refused",
            Self::DatabaseTls => "database-tls",
            Self::DatabaseTooOld => "database-too-old",
            Self::DatabaseUnreachable => "database-unreachable",
            Self::DiskFull => "disk-full",
            Self::FolderInUse => "folder-in-use",
            Self::FolderNotEmpty => "folder-not-empty",
            Self::FolderUnusable => "folder-unusable",
            Self::ImportNotATable => "import-not-a-table",
            Self::ImportRefused => "import-refused",
            Self::LogBroken => "log-broken",
            Self::LogInUse => "log-in-use",
            Self::LogNewer => "log-newer",
            Self::LogNotEmpty => "log-not-empty",
            Self::MasterKey => "master-key",
            Self::Refused => "refused",
            Self::UnknownCommunity => "unknown-community",
            Self::VersionMismatch => "version-mismatch",
            Self::Failed => "failed",
        }
    }

    /// Where an operator reads on.
    pub fn page(self) -> Option<String> {
        (self != Self::Failed).then(|| format!("docs/errors/{}.md", self.name()))
    }
}

/// What went wrong and how to mend it; crosses the control socket as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: Code,
    pub message: String,
    /// A whole sentence for the operator; empty if there is nothing to advise.
    pub mend: String,
}

impl Failure {
    pub fn new(code: Code, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { code, message: message.into(), mend: mend.into() }
    }

    /// The failure that an error is, or a plain one that carries the error's whole chain.
    pub fn of(error: &anyhow::Error) -> Self {
        match error.downcast_ref::<Self>() {
            Some(failure) => failure.clone(),
            None if let Some(failure) = of_the_log(error) => failure,
            None if is_disk_full(error) => Self::new(Code::DiskFull, format!("{error:#}"), DISK_FULL_MEND),
            None => Self::new(Code::Failed, format!("{error:#}"), ""),
        }
    }
}

/// What the log's own failures mean to an operator, wherever in the chain they stand.
fn of_the_log(error: &anyhow::Error) -> Option<Failure> {
    let of_append = |error: &AppendError| match error {
        AppendError::Log(error) => Some(error.clone()),
        _ => None,
    };
    let failed = error
        .chain()
        .find_map(|cause| cause.downcast_ref().cloned().or_else(|| cause.downcast_ref().and_then(of_append)))?;
    let (code, mend) = match failed {
        LogError::DiskFull => (Code::DiskFull, DISK_FULL_MEND),
        LogError::Damaged { .. } => {
            (Code::LogBroken, "Restore the newest backup into an empty place: `sandan restore`.")
        }
        LogError::Newer { .. } => (Code::LogNewer, "Install the version of sandan that wrote it, or a newer one."),
        LogError::Unreachable(_) => (
            Code::DatabaseUnreachable,
            "Check that it runs and that --database names its host and port. Nodes that run wait for it by themselves.",
        ),
        LogError::Denied(_) => (
            Code::DatabaseRefused,
            "Check user and password in --database, and that the user owns the database: it makes the schema sandan.",
        ),
        LogError::NoDatabase(_) => (
            Code::DatabaseMissing,
            "Make it, owned by the user: CREATE DATABASE sandan OWNER sandan; or name the right one.",
        ),
        LogError::TooOld { .. } => (Code::DatabaseTooOld, "Move the database to a newer server."),
        LogError::ReadOnly(_) => (
            Code::DatabaseReadOnly,
            "Name the primary in --database, or both servers: postgres://a,b/sandan; or promote it.",
        ),
        LogError::NoTls(_) => {
            (Code::DatabaseTls, "Check the server's certificate, and sslmode and sslrootcert in --database.")
        }
        LogError::Closed | LogError::Unusable(_) | LogError::Storage(_) => return None,
    };
    Some(Failure::new(code, format!("{error:#}"), mend))
}

const DISK_FULL_MEND: &str =
    "Make room on the disk of the data folder, or on the one written to. What was confirmed is kept.";

/// The layers in between keep an error's words only, so that is what is looked for.
fn is_disk_full(error: &anyhow::Error) -> bool {
    const SAID_BY: [&str; 4] = ["disk is full", "no room left", "no room is left", "No space left on device"];
    let message = format!("{error:#}");
    SAID_BY.iter().any(|words| message.contains(words))
}

/// For standard error: what happened, what to do, where to read on.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == Code::Failed {
            write!(f, "error: {}", self.message)?;
        } else {
            write!(f, "error[{}]: {}", self.code.name(), self.message)?;
        }
        if !self.mend.is_empty() {
            write!(f, "\n  {}", self.mend)?;
        }
        if let Some(page) = self.code.page() {
            write!(f, "\n  more: {page}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_page_and_its_name_is_what_is_serialized() {
        for code in Code::WITH_PAGE {
            let page = format!("{}/../../docs/errors/{}.md", env!("CARGO_MANIFEST_DIR"), code.name());
            assert!(std::path::Path::new(&page).exists(), "{page} is missing");
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.name()));
        }
    }

    #[test]
    fn a_full_disk_is_told_with_the_way_out() {
        let failure = Failure::of(&anyhow::anyhow!("database or disk is full").context("open the read models"));
        assert_eq!((failure.code, failure.mend.as_str()), (Code::DiskFull, DISK_FULL_MEND));
        assert_eq!(Failure::of(&anyhow::anyhow!("disk of another kind")).code, Code::Failed);
    }

    #[test]
    fn a_failure_survives_being_wrapped() {
        let failure = Failure::new(Code::Refused, "no", "ask again");
        let wrapped = anyhow::Error::new(failure.clone());
        assert_eq!(Failure::of(&wrapped), failure);
        assert_eq!(Failure::of(&anyhow::anyhow!("inner").context("outer")).message, "outer: inner");
    }
}
