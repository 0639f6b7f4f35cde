//! The pages' words, in the visitor's language. What residents and staff wrote is never translated.

use std::fmt::Display;

use fluent_templates::fluent_bundle::FluentValue;
use sandan_domain::category::Language;

use crate::texts::{find, text, text_with};

/// Looks texts up by key. Short names, since templates are full of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    pub language: Language,
}

impl Texts {
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// For the `lang` attribute.
    pub const fn tag(&self) -> &'static str {
        match self.language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        }
    }

    pub const fn is_chinese(&self) -> bool {
        matches!(self.language, Language::Zh)
    }

    /// The plain text of `key`.
    pub fn s(&self, key: &str) -> String {
        text(self.language, key)
    }

    /// A text with one argument.
    pub fn a(&self, key: &str, name: &'static str, value: impl Display) -> String {
        text_with(self.language, key, &[(name, FluentValue::from(value.to_string()))])
    }

    /// A text with two arguments.
    pub fn a2(
        &self,
        key: &str,
        first: &'static str,
        value: impl Display,
        second: &'static str,
        other: impl Display,
    ) -> String {
        let values = [(first, FluentValue::from(value.to_string())), (second, FluentValue::from(other.to_string()))];
        text_with(self.language, key, &values)
    }

    /// A text about a number `n`, which decides on singular and plural.
    pub fn n(&self, key: &str, n: impl Display) -> String {
        let n = n.to_string();
        text_with(self.language, key, &[("n", FluentValue::try_number(&n))])
    }

    /// A text that speaks of nothing in particular: dots stand for its arguments.
    pub fn with_dots(&self, key: &str, arguments: &[&'static str]) -> String {
        let dots: Vec<_> = arguments.iter().map(|name| (*name, FluentValue::from("…"))).collect();
        text_with(self.language, key, &dots)
    }

    /// One of a family of texts: `of("state", "in_review")` is `state-in_review`.
    pub fn of(&self, family: &str, name: &str) -> String {
        self.s(&key_of(family, name))
    }

    /// The same, `None` where the family has no such member.
    pub fn try_of(&self, family: &str, name: &str) -> Option<String> {
        find(self.language, &key_of(family, name), &[])
    }
}

fn key_of(family: &str, name: &str) -> String {
    format!("{family}-{}", name.replace('.', "-"))
}
