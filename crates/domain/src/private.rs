//! Words that belong to a person: sealed before they are written, readable only while the person's key exists.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use crate::ids::PersonId;

/// A text that says something about a person.
///
/// It is `Clear` while the program works with it and `Sealed` wherever it is stored. Writing a clear one out is
/// an error, so that forgetting to seal can't leak; `Debug` prints a mask.
#[derive(Clone, PartialEq, Eq)]
pub enum Private {
    /// Readable, with the person under whose key it will be sealed.
    Clear { owner: PersonId, text: String },
    /// As stored. Only the vault can read it.
    Sealed(String),
    /// The person's key is gone, and with it the words.
    Forgotten,
}

impl Private {
    pub fn new(owner: PersonId, text: impl Into<String>) -> Self {
        Self::Clear { owner, text: text.into() }
    }

    /// The words, if they can be read.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Clear { text, .. } => Some(text),
            Self::Sealed(_) | Self::Forgotten => None,
        }
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Clear { .. } => "‹private›",
            Self::Sealed(_) => "‹sealed›",
            Self::Forgotten => "‹forgotten›",
        })
    }
}

impl Serialize for Private {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Sealed(sealed) => serializer.serialize_str(sealed),
            Self::Clear { .. } => Err(ser::Error::custom("a private text must be sealed before it is written")),
            Self::Forgotten => Err(ser::Error::custom("a forgotten text can't be written again")),
        }
    }
}

impl<'de> Deserialize<'de> for Private {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Sealed)
    }
}

/// Whatever carries private texts and can show them all, to be sealed or opened in place.
pub trait Personal {
    fn each_private(&mut self, visit: &mut dyn FnMut(&mut Private));
}

impl Personal for Private {
    fn each_private(&mut self, visit: &mut dyn FnMut(&mut Private)) {
        visit(self);
    }
}

impl<T: Personal> Personal for Option<T> {
    fn each_private(&mut self, visit: &mut dyn FnMut(&mut Private)) {
        if let Some(value) = self {
            value.each_private(visit);
        }
    }
}

impl<T: Personal> Personal for Vec<T> {
    fn each_private(&mut self, visit: &mut dyn FnMut(&mut Private)) {
        for value in self {
            value.each_private(visit);
        }
    }
}
