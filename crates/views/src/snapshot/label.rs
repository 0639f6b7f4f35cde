//! What is written on a copy: of which model and version it is, where it stands, and the hash of its bytes. So a copy
//! that does not fit is never fetched.

use std::fmt;

use data_encoding::HEXLOWER;
use sandan_log::{Hash, Head};

/// The name of a copy: `views-3/00000000000000012345-1-<hash of the record>-<hash of the bytes>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// `views-`, as the files are called.
    pub model: String,
    /// Of the tables and of how events change them.
    pub version: i32,
    /// The last record in it.
    pub head: Head,
    /// SHA-256 of the sealed bytes.
    pub digest: [u8; 32],
}

impl Label {
    pub fn parse(name: &str) -> Option<Self> {
        let (folder, rest) = name.split_once('/')?;
        let (model, version) = folder.rsplit_once('-')?;
        let mut parts = rest.split('-');
        let mut next = || parts.next();
        let (position, generation, hash, digest) = (next()?, next()?, next()?, next()?);
        let head =
            Head { position: position.parse().ok()?, generation: generation.parse().ok()?, hash: Hash(hex(hash)?) };
        let label = Self { model: format!("{model}-"), version: version.parse().ok()?, head, digest: hex(digest)? };
        // What is not written as this program writes it is none of its own.
        (label.to_string() == name).then_some(label)
    }

    pub(crate) fn is_of(&self, model: &str, version: i32) -> bool {
        (self.model.as_str(), self.version) == (model, version)
    }

    /// What the copy is sealed for: one that is called otherwise can't be opened.
    pub(super) fn purpose(model: &str, version: i32, head: &Head) -> String {
        format!("{model}{version}/{:020}-{}-{}", head.position, head.generation, HEXLOWER.encode(&head.hash.0))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let purpose = Self::purpose(&self.model, self.version, &self.head);
        write!(f, "{purpose}-{}", HEXLOWER.encode(&self.digest))
    }
}

fn hex(text: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_read_as_it_was_written_and_nothing_else_is_one() {
        let head = Head { position: 12_345, generation: 2, hash: Hash([7; 32]) };
        let label = Label { model: "views-".to_owned(), version: 3, head, digest: [9; 32] };
        let name = label.to_string();
        assert!(name.starts_with("views-3/00000000000000012345-2-0707"), "{name}");
        assert_eq!(Label::parse(&name), Some(label));
        for other in ["", "views-3", "views-3/1-2", &name.to_uppercase(), &format!("{name}-1"), &name[1..]] {
            assert!(Label::parse(other).is_none_or(|label| label.model != "views-"), "{other}");
        }
    }
}
