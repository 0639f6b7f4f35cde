//! The catalogue of events: every name and schema number that was ever written, and how to read it.
//!
//! An event's name is `sandan.<stream kind>.<what happened>`. A change that only adds a field with a default
//! keeps its schema number; any other change gets the next one, and the old one an arm in the decoder.
//! `crates/domain/fixtures` holds one stored body for each name and number, for ever.

pub mod pattern;
#[cfg(test)]
mod tests;

use crate::private::{Personal, Private};
use crate::{callback, community, evaluation, honour, policy, project, request, review, scoring, unit};

/// Declares an aggregate's events: the enum, the names, and the way from and to stored bytes.
///
/// Each variant carries the struct of its own name.
macro_rules! events {
    ($(#[$doc:meta])* $prefix:literal: $($variant:ident = $name:literal $schema:literal),+ $(,)?) => {
        $(#[$doc])*
        #[allow(clippy::large_enum_variant, reason = "an event is decoded, applied and dropped; no list of them is kept")]
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub enum Event {
            $($variant($variant)),+
        }

        impl Event {
            /// Names and schema numbers, in the order of declaration.
            pub const NAMES: &'static [(&'static str, u16)] = &[$((concat!($prefix, ".", $name), $schema)),+];

            /// The event's name in the log and on the bus.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => concat!($prefix, ".", $name)),+
                }
            }

            /// Number of the schema that [`Event::encode`] writes.
            pub const fn schema(&self) -> u16 {
                match self {
                    $(Self::$variant(_) => $schema),+
                }
            }

            /// The body as JSON. Fails if a private text was not sealed before.
            pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self {
                    $(Self::$variant(body) => serde_json::to_vec(body)),+
                }
            }

            /// Reads a stored body; `None` if the name or the schema number is not of this aggregate.
            pub fn decode(name: &str, schema: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
                match (name, schema) {
                    $((concat!($prefix, ".", $name), $schema) => Some(serde_json::from_slice(body).map(Self::$variant)),)+
                    _ => None,
                }
            }
        }

        impl $crate::private::Personal for Event {
            fn each_private(&mut self, visit: &mut dyn FnMut(&mut $crate::private::Private)) {
                match self {
                    $(Self::$variant(body) => $crate::private::Personal::each_private(body, visit)),+
                }
            }
        }
    };
}

/// Says which fields of a struct are personal; those named are visited, in order.
macro_rules! personal {
    ($($type:ident { $($field:ident),* }),+ $(,)?) => {
        $(impl $crate::private::Personal for $type {
            #[allow(unused_variables)]
            fn each_private(&mut self, visit: &mut dyn FnMut(&mut $crate::private::Private)) {
                $($crate::private::Personal::each_private(&mut self.$field, visit);)*
            }
        })+
    };
}

pub(crate) use {events, personal};

/// A stored event can't be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// A newer program wrote it: stop, don't skip.
    #[error("unknown event {name} with schema {schema}; a newer version of the program may have written it")]
    Unknown { name: String, schema: u16 },
    #[error("decode the body of {name}")]
    Body {
        name: String,
        #[source]
        source: serde_json::Error,
    },
}

/// Declares the union of all aggregates' events.
macro_rules! aggregates {
    ($($variant:ident = $module:ident),+ $(,)?) => {
        /// Any event of any aggregate.
        #[allow(clippy::large_enum_variant, reason = "an event is decoded, applied and dropped; no list of them is kept")]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $($variant($module::Event)),+
        }

        impl Event {
            /// Name and schema number of every event there is.
            pub fn catalogue() -> impl Iterator<Item = (&'static str, u16)> {
                [$($module::Event::NAMES),+].into_iter().flatten().copied()
            }

            /// The name of every event there is.
            pub fn names() -> impl Iterator<Item = &'static str> {
                Self::catalogue().map(|(name, _)| name)
            }

            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(event) => event.name()),+
                }
            }

            pub const fn schema(&self) -> u16 {
                match self {
                    $(Self::$variant(event) => event.schema()),+
                }
            }

            /// The body as JSON. Fails if a private text was not sealed before.
            pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self {
                    $(Self::$variant(event) => event.encode()),+
                }
            }

            /// Reads a stored event of any aggregate. Its private texts are still sealed.
            pub fn decode(name: &str, schema: u16, body: &[u8]) -> Result<Self, DecodeError> {
                $(if let Some(event) = $module::Event::decode(name, schema, body) {
                    let event = event.map_err(|source| DecodeError::Body { name: name.to_owned(), source })?;
                    return Ok(Self::$variant(event));
                })+
                Err(DecodeError::Unknown { name: name.to_owned(), schema })
            }
        }

        impl Personal for Event {
            fn each_private(&mut self, visit: &mut dyn FnMut(&mut Private)) {
                match self {
                    $(Self::$variant(event) => event.each_private(visit)),+
                }
            }
        }
    };
}

aggregates! {
    Request = request,
    Review = review,
    Unit = unit,
    Community = community,
    Policy = policy,
    Callback = callback,
    Evaluation = evaluation,
    Project = project,
    Honour = honour,
    Scoring = scoring,
}
