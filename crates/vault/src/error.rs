//! How keys can fail us. Words that can't be opened are no error: their owner is forgotten.

use std::io;
use std::path::PathBuf;

use sandan_domain::PersonId;
use sandan_log::{AppendError, LogError};

/// The vault could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("look keys up in the log")]
    Lookup(#[from] LogError),
    #[error("change keys in the log")]
    Append(#[from] AppendError),
    /// The whole log was written under another master key.
    #[error(
        "the master key is not the one that this log was written with; put the right key file back (from the backup \
         taken with the log) and start again"
    )]
    OtherMasterKey,
    /// Between an old and a new one: nothing may be sealed meanwhile.
    #[error("the master key is being replaced: finish it with `sandan key rotate`, and start again")]
    Changing,
    /// One person's key row is not readable with this master key.
    #[error("unwrap the key of person {0}: its row is damaged or was written under another master key")]
    Locked(PersonId),
    /// More than the cipher takes at once (256 GiB).
    #[error("seal a text: it is too long for the cipher")]
    TooLong,
}

/// The file with the master key is of no use.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    #[error("read the master key {path}")]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("create the master key {path}")]
    Create {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(
        "master key {path} has {actual} bytes, not {expected}; put the right file back from the backup, or, if nothing \
         was ever recorded with it, remove it and a new one is made"
    )]
    WrongSize { path: PathBuf, expected: usize, actual: u64 },
}
