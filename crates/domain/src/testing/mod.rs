//! Given, when, then: tests of decisions that read as sentences.
//!
//! What is given are wishes that were granted, not hand-made states: whatever a test starts from can be reached.

mod given;
mod people;
mod requests;
mod reviews;
mod rightful;
mod units;
mod world;

pub(crate) use given::{Past, given};
pub(crate) use people::{
    at, category, community, desk, oversight, person, policy, request, resident, staff_of, supervisor, text, unit,
    words,
};
pub(crate) use requests::*;
pub(crate) use reviews::*;
pub(crate) use rightful::rightful;
pub(crate) use units::*;
pub(crate) use world::{Happening, States, World};

/// Pairs every case of an enum with its name and samples, in one place: a case that is added without them does not
/// compile, and one that is added with them is tested with all the others.
macro_rules! listing {
    ($(#[$doc:meta])* $names:ident($kind:ty) -> $samples:ident: $sample:ty;
     $($pattern:pat => $name:literal: $value:expr),+ $(,)?) => {
        $(#[$doc])*
        fn $names(case: &$kind) -> &'static str {
            match case {
                $($pattern => $name),+
            }
        }

        /// One entry a case, in the order of the list.
        fn $samples() -> Vec<(&'static str, $sample)> {
            vec![$(($name, $value)),+]
        }
    };
}

pub(crate) use listing;
