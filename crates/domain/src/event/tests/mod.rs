//! The catalogue: one stored body for each name and schema number, read and written for ever.

mod fixtures;
mod private_words;
mod stored;
