//! A type for each kind of id, so that a unit can't be passed where a request is meant.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::input::InputError;

/// Namespace of the ids that are derived from slugs.
const ORGANISATION: Uuid = Uuid::from_u128(0x7a1f_0c3e_55d2_4b6b_9a60_0a51_7a5d_a001);

/// An id that follows from another and a name: the same each time, and close to `base` in order of time, so that
/// rows kept by it are written side by side. (Version 8: the first 48 bits are those of `base`, the rest is a hash.)
pub fn derive(base: Uuid, name: &str) -> Uuid {
    let mut bytes = Uuid::new_v5(&base, name.as_bytes()).into_bytes();
    bytes[..6].copy_from_slice(&base.as_bytes()[..6]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

uuid_id! {
    /// A service request (需求). Its review's stream carries the same id.
    RequestId
}
uuid_id! {
    /// A person, without saying who: the key under which their words are sealed hangs on it.
    PersonId
}
uuid_id! {
    /// An evaluation: a quarterly session, a yearly appraisal, or the review of a project.
    EvaluationId
}
uuid_id! {
    /// A project (项目).
    ProjectId
}
uuid_id! {
    /// A photo or document that belongs to a request.
    AttachmentId
}

uuid_id! {
    /// One period's call-backs (回访) of a community.
    CallbackId
}

uuid_id! {
    /// One question about an honour (评先评优) of a unit.
    HonourId
}

/// A short name for an address bar: `a-z 0-9 -`, 1 to 64 characters, no hyphen at either end.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The longest slug, in characters.
    pub const LENGTH_MAX: usize = 64;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        let fits = (1..=Self::LENGTH_MAX).contains(&text.len());
        let letters = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if fits && letters && !text.starts_with('-') && !text.ends_with('-') {
            Ok(Self(text.to_owned()))
        } else {
            Err(InputError::NotASlug)
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = InputError;

    fn try_from(text: String) -> Result<Self, InputError> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Slug);

        impl $name {
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl FromStr for $name {
            type Err = InputError;

            fn from_str(text: &str) -> Result<Self, InputError> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

slug_id! {
    /// A community (社区), by its slug, which is unique everywhere.
    CommunityId
}
slug_id! {
    /// A member unit (成员单位), by its slug, which is unique in its community.
    UnitId
}
slug_id! {
    /// A grid (网格), by its slug, which is unique in its community.
    GridSlug
}

impl CommunityId {
    /// Id of the community's stream. It follows from the slug, so that a slug is taken once for certain.
    pub fn stream_id(&self) -> Uuid {
        Uuid::new_v5(&ORGANISATION, format!("community/{self}").as_bytes())
    }

    /// Of the call-backs of a period: it follows from both, so that a period is committed to once for certain.
    pub fn callback_id(&self, from: jiff::Timestamp, to: jiff::Timestamp) -> CallbackId {
        CallbackId(Uuid::new_v5(&ORGANISATION, format!("callback/{self}/{from}/{to}").as_bytes()))
    }

    /// Of the question about an honour: it follows from all that is asked, so that it is asked once for certain.
    pub fn honour_id(&self, unit: &UnitId, honour: &str, from: jiff::Timestamp, to: jiff::Timestamp) -> HonourId {
        HonourId(Uuid::new_v5(&ORGANISATION, format!("honour/{self}/{unit}/{from}/{to}/{honour}").as_bytes()))
    }

    /// Id of the stream of a year of its two-way scoring.
    pub fn scoring_stream_id(&self, year: i16) -> Uuid {
        Uuid::new_v5(&ORGANISATION, format!("scoring/{self}/{year}").as_bytes())
    }

    /// Id of the stream of its time policies and calendars.
    pub fn policy_stream_id(&self) -> Uuid {
        Uuid::new_v5(&ORGANISATION, format!("policy/{self}").as_bytes())
    }
}

impl UnitId {
    /// Id of the unit's stream: it follows from the community's and the unit's slug.
    pub fn stream_id(&self, community: &CommunityId) -> Uuid {
        Uuid::new_v5(&ORGANISATION, format!("unit/{community}/{self}").as_bytes())
    }
}
