//! Turns domain events into sealed bytes and back: a key per person, a master key over them.
//!
//! Every word that belongs to a person is sealed under that person's own key before it is written. The keys
//! are rows of the log, wrapped by the master key; whoever deletes a row has forgotten the person, while the
//! log stays whole. What follows from the master key alone (person ids, tracking codes) needs no storage.
//!
//! The way of a command through here:
//!
//! 1. [`Vault::seal`] seals the new events and answers with the key rows of persons seen for the first time.
//!    They belong in the same append as the events. Nothing of them is cached yet.
//! 2. The append succeeds: [`Vault::adopt`] may be told, which saves the next lookup and nothing else.
//! 3. The append fails: nothing is to be undone. If it failed with `KeyTaken` in [`PERSON_KEY`], another
//!    command met the same person first: decide again, seal the *new* events (those of the failed try are
//!    sealed under a key that nobody will ever have) and append again. The lookup now finds the row.
//!
//! Not here: who may read what. An opened text is readable to whoever holds it.

mod check;
mod error;
mod identity;
mod key;
mod keyring;
mod master;
mod owners;
mod person;
mod phone;
mod rotation;
mod sealed;
mod stream;
mod subkeys;
mod tracking;
mod vault;

pub use check::{is_begun, is_changing};
pub use error::{MasterKeyError, VaultError};
pub use keyring::PERSON_KEY;
pub use master::MasterKey;
pub use phone::phone_digits;
pub use rotation::{Begun, Rotation};
pub use stream::{Opening, Sealing};
pub use tracking::{NotATrackingCode, TRACKING, TrackingCode, VOTER};
pub use vault::Vault;
