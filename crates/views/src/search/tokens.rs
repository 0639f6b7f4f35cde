//! Texts as tokens: each character, after NFKC and in lower case, by its number in hexadecimal.
//!
//! All tokens begin with a letter that says what they are, and hold letters and digits only: the tokenizer of
//! FTS5 leaves them as they are and can't join two.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

/// Between two texts of a row, so that no phrase runs from one into the next.
const BORDER: &str = " b";

/// A text as it is compared: width and case of its letters don't matter.
///
/// Character by character: what a letter becomes must not hang on its neighbours, or a part of a text would
/// not be found in it.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().flat_map(char::to_lowercase)
}

/// Appends the tokens of a text.
pub(super) fn push_text(tokens: &mut String, text: &str) {
    push(tokens, text);
    tokens.push_str(BORDER);
}

/// Appends the token that says of which community a row is.
pub(super) fn push_community(tokens: &mut String, slug: &str) {
    tokens.push_str(" c");
    slug.bytes().for_each(|byte| _ = write!(tokens, "{byte:02x}"));
}

/// The question for all texts that contain `part`, in one of `communities` if given. `None`: nothing to look for.
pub(super) fn question(part: &str, communities: Option<&[&str]>) -> Option<String> {
    let mut phrase = String::new();
    push(&mut phrase, part);
    if phrase.is_empty() {
        return None;
    }
    let mut question = format!("\"{}\"", phrase.trim_start());
    if let Some(communities) = communities {
        let mut names = Vec::new();
        for slug in communities {
            let mut name = String::new();
            push_community(&mut name, slug);
            names.push(name.trim_start().to_owned());
        }
        _ = write!(question, " AND ({})", names.join(" OR "));
    }
    Some(question)
}

fn push(tokens: &mut String, text: &str) {
    tokens.reserve(text.len() * 3);
    for character in folded(text) {
        // Writing to a string can't fail.
        _ = write!(tokens, " x{:x}", u32::from(character));
    }
}
