//! The catalogue of events: every name and schema number that was ever written, and how to read it.
//!
//! An event's name is `sandan.<stream kind>.<what happened>`. A change that only adds a field with a default
//! keeps its schema number; any other change gets the next one, and the old one an arm in the decoder.
//! `crates/domain/fixtures` holds one stored body for each name and number, for ever.

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

/// Any event of any aggregate.
#[allow(clippy::large_enum_variant, reason = "an event is decoded, applied and dropped; no list of them is kept")]
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Request(request::Event),
    Review(review::Event),
    Unit(unit::Event),
    Community(community::Event),
    Policy(policy::Event),
    Callback(callback::Event),
    Evaluation(evaluation::Event),
    Project(project::Event),
    Honour(honour::Event),
    Scoring(scoring::Event),
}

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

impl Event {
    /// The name of every event there is.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let names = [
            request::Event::NAMES,
            review::Event::NAMES,
            unit::Event::NAMES,
            community::Event::NAMES,
            policy::Event::NAMES,
            callback::Event::NAMES,
            evaluation::Event::NAMES,
            project::Event::NAMES,
            honour::Event::NAMES,
            scoring::Event::NAMES,
        ];
        names.into_iter().flatten().map(|(name, _)| *name)
    }

    pub const fn name(&self) -> &'static str {
        match self {
            Self::Request(event) => event.name(),
            Self::Review(event) => event.name(),
            Self::Unit(event) => event.name(),
            Self::Community(event) => event.name(),
            Self::Policy(event) => event.name(),
            Self::Callback(event) => event.name(),
            Self::Evaluation(event) => event.name(),
            Self::Project(event) => event.name(),
            Self::Honour(event) => event.name(),
            Self::Scoring(event) => event.name(),
        }
    }

    pub const fn schema(&self) -> u16 {
        match self {
            Self::Request(event) => event.schema(),
            Self::Review(event) => event.schema(),
            Self::Unit(event) => event.schema(),
            Self::Community(event) => event.schema(),
            Self::Policy(event) => event.schema(),
            Self::Callback(event) => event.schema(),
            Self::Evaluation(event) => event.schema(),
            Self::Project(event) => event.schema(),
            Self::Honour(event) => event.schema(),
            Self::Scoring(event) => event.schema(),
        }
    }

    /// The body as JSON. Fails if a private text was not sealed before.
    pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Request(event) => event.encode(),
            Self::Review(event) => event.encode(),
            Self::Unit(event) => event.encode(),
            Self::Community(event) => event.encode(),
            Self::Policy(event) => event.encode(),
            Self::Callback(event) => event.encode(),
            Self::Evaluation(event) => event.encode(),
            Self::Project(event) => event.encode(),
            Self::Honour(event) => event.encode(),
            Self::Scoring(event) => event.encode(),
        }
    }

    /// Reads a stored event of any aggregate. Its private texts are still sealed.
    pub fn decode(name: &str, schema: u16, body: &[u8]) -> Result<Self, DecodeError> {
        let decoded = request::Event::decode(name, schema, body)
            .map(|event| event.map(Self::Request))
            .or_else(|| review::Event::decode(name, schema, body).map(|event| event.map(Self::Review)))
            .or_else(|| unit::Event::decode(name, schema, body).map(|event| event.map(Self::Unit)))
            .or_else(|| community::Event::decode(name, schema, body).map(|event| event.map(Self::Community)))
            .or_else(|| policy::Event::decode(name, schema, body).map(|event| event.map(Self::Policy)))
            .or_else(|| callback::Event::decode(name, schema, body).map(|event| event.map(Self::Callback)))
            .or_else(|| evaluation::Event::decode(name, schema, body).map(|event| event.map(Self::Evaluation)))
            .or_else(|| project::Event::decode(name, schema, body).map(|event| event.map(Self::Project)))
            .or_else(|| honour::Event::decode(name, schema, body).map(|event| event.map(Self::Honour)))
            .or_else(|| scoring::Event::decode(name, schema, body).map(|event| event.map(Self::Scoring)));
        match decoded {
            Some(event) => event.map_err(|source| DecodeError::Body { name: name.to_owned(), source }),
            None => Err(DecodeError::Unknown { name: name.to_owned(), schema }),
        }
    }
}

impl Personal for Event {
    fn each_private(&mut self, visit: &mut dyn FnMut(&mut Private)) {
        match self {
            Self::Request(event) => event.each_private(visit),
            Self::Review(event) => event.each_private(visit),
            Self::Unit(event) => event.each_private(visit),
            Self::Community(event) => event.each_private(visit),
            Self::Policy(event) => event.each_private(visit),
            Self::Callback(event) => event.each_private(visit),
            Self::Evaluation(event) => event.each_private(visit),
            Self::Project(event) => event.each_private(visit),
            Self::Honour(event) => event.each_private(visit),
            Self::Scoring(event) => event.each_private(visit),
        }
    }
}
