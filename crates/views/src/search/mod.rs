//! Full text: any part of the texts, in any script.
//!
//! One token for every character, so that a phrase is exactly a substring. Tokens for words would miss parts of
//! words, and Chinese has none between blanks.

mod find;
mod fold;
mod texts;
mod tokens;

pub(crate) use find::find;
pub(crate) use fold::SearchFold;
