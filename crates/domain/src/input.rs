//! Checked input: texts within their limits and without control characters.

mod flaw;
mod no_such;
mod table;
#[cfg(test)]
mod tests;

pub use flaw::Flaw;
pub use no_such::NoSuch;

use crate::ids::PersonId;
use crate::private::Private;

/// The limits of the fields, in characters.
pub mod limits {
    pub const NAME: usize = 100;
    pub const PHONE: usize = 40;
    pub const EMAIL: usize = 254;
    pub const TITLE: usize = 200;
    pub const ADDRESS: usize = 200;
    pub const REASON: usize = 2_000;
    pub const BODY: usize = 20_000;
    pub const EXTERNAL_ID: usize = 100;
}

/// What is wrong with one field. The texts are the API's; the pages translate by [`InputError::code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    #[error("is required")]
    Missing,
    #[error("has {actual} characters; at most {max} are allowed")]
    TooLong { max: usize, actual: usize },
    #[error("contains a control character")]
    ControlCharacter,
    #[error("must be 1 to 64 characters of a-z, 0-9 and -, not beginning or ending with -")]
    NotASlug,
    #[error("{0}")]
    Unknown(Box<NoSuch>),
    #[error("must lie in the future")]
    NotInFuture,
    #[error("must be between {min} and {max}")]
    OutOfRange { min: i64, max: i64 },
    #[error("{0}")]
    Malformed(Box<Flaw>),
    #[error("is taken")]
    Taken,
}

impl InputError {
    /// Of a wrong form; [`Flaw`] says what is allowed.
    pub fn malformed(flaw: Flaw) -> Self {
        Self::Malformed(Box::new(flaw))
    }

    /// Of a name that nothing has; [`NoSuch`] says what there is.
    pub fn unknown(no_such: NoSuch) -> Self {
        Self::Unknown(Box::new(no_such))
    }

    /// A stable word for the error, for translations and for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotASlug => "not_a_slug",
            Self::Unknown(_) => "unknown",
            Self::NotInFuture => "not_in_future",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Malformed(_) => "malformed",
            Self::Taken => "taken",
        }
    }
}

/// A text that was checked: trimmed, not empty, within its limit, without control characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Checks a text of one line of at most `max` characters.
    pub fn line(text: &str, max: usize) -> Result<Self, InputError> {
        Self::checked(text, max, |c| c.is_control())
    }

    /// Checks a text of at most `max` characters; line breaks and tabs are allowed.
    pub fn lines(text: &str, max: usize) -> Result<Self, InputError> {
        Self::checked(text, max, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    }

    fn checked(text: &str, max: usize, forbidden: impl Fn(char) -> bool) -> Result<Self, InputError> {
        let text = text.trim();
        let actual = text.chars().count();
        if text.is_empty() {
            Err(InputError::Missing)
        } else if actual > max {
            Err(InputError::TooLong { max, actual })
        } else if text.chars().any(forbidden) {
            Err(InputError::ControlCharacter)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as words of `owner`, sealed wherever they are stored.
    pub fn of(self, owner: PersonId) -> Private {
        Private::new(owner, self.0)
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// Texts are mostly personal: print the length only.
impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "‹{} characters›", self.0.chars().count())
    }
}
