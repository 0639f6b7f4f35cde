//! What requests are about: the national taxonomy of three levels, in Chinese and English.
//!
//! A category is known by its Chinese path. The log keeps categories for ever, so any stored path is a
//! [`Category`]; the [`Taxonomy`] says which ones can be chosen today and what they are called.

mod language;
mod node;
mod table;
mod taxonomy;
#[cfg(test)]
mod tests;

pub use language::Language;
pub use node::Category;
pub use table::TaxonomyError;
pub use taxonomy::Taxonomy;
