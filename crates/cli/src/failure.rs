//! Errors that an operator meets, each with a code, what happened and what to do about it.
//!
//! Anything else that goes wrong travels as an ordinary `anyhow` error with its chain.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names a page, `docs/errors/<code>.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    AddressInUse,
    BackupBroken,
    ClockDiffers,
    ConfigInvalid,
    DiskFull,
    FolderInUse,
    FolderNotEmpty,
    FolderUnusable,
    ImportNotATable,
    ImportRefused,
    LogBroken,
    MasterKey,
    NotBuiltYet,
    Refused,
    UnknownCommunity,
    VersionMismatch,
    /// Without a page: the message says all there is.
    Failed,
}

impl Code {
    #[cfg(test)]
    pub const WITH_PAGE: [Self; 16] = [
        Self::AddressInUse,
        Self::BackupBroken,
        Self::ClockDiffers,
        Self::ConfigInvalid,
        Self::DiskFull,
        Self::FolderInUse,
        Self::FolderNotEmpty,
        Self::FolderUnusable,
        Self::ImportNotATable,
        Self::ImportRefused,
        Self::LogBroken,
        Self::MasterKey,
        Self::NotBuiltYet,
        Self::Refused,
        Self::UnknownCommunity,
        Self::VersionMismatch,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::AddressInUse => "address-in-use",
            Self::BackupBroken => "backup-broken",
            Self::ClockDiffers => "clock-differs",
            Self::ConfigInvalid => "config-invalid",
            Self::DiskFull => "disk-full",
            Self::FolderInUse => "folder-in-use",
            Self::FolderNotEmpty => "folder-not-empty",
            Self::FolderUnusable => "folder-unusable",
            Self::ImportNotATable => "import-not-a-table",
            Self::ImportRefused => "import-refused",
            Self::LogBroken => "log-broken",
            Self::MasterKey => "master-key",
            Self::NotBuiltYet => "not-built-yet",
            Self::Refused => "refused",
            Self::UnknownCommunity => "unknown-community",
            Self::VersionMismatch => "version-mismatch",
            Self::Failed => "failed",
        }
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
            None if is_disk_full(error) => Self::new(Code::DiskFull, format!("{error:#}"), DISK_FULL_MEND),
            None => Self::new(Code::Failed, format!("{error:#}"), ""),
        }
    }
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
        if self.code != Code::Failed {
            write!(f, "\n  more: docs/errors/{}.md", self.code.name())?;
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
