//! The reasons that a dissatisfied resident can pick from: a list as data, in both languages.
//!
//! Events keep the codes. A code that leaves the list one day stays readable in them; it can only no longer be picked.

use std::sync::LazyLock;

use crate::category::Language;

const TABLE: &str = include_str!("../../data/ballot-reasons.csv");

/// What a reason finds fault with (R20 keeps the two apart).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Work,
    Dispatch,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub code: &'static str,
    pub about: About,
    zh: &'static str,
    en: &'static str,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Reason>> = LazyLock::new(|| TABLE.lines().skip(1).filter_map(read).collect());
        &ALL
    }

    pub fn find(code: &str) -> Option<&'static Self> {
        Self::all().iter().find(|reason| reason.code == code)
    }

    pub const fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

fn read(line: &'static str) -> Option<Reason> {
    let mut fields = line.split(',');
    let (code, about) = (fields.next()?, fields.next()?);
    let about = if about == "dispatch" { About::Dispatch } else { About::Work };
    Some(Reason { code, about, zh: fields.next()?, en: fields.next()? })
}
