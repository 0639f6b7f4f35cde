//! What the residents of the demonstration ask for. Invented for it, every word.

mod home;
mod order;
mod people;
mod street;
mod surroundings;

/// One kind of request, and how it ends well.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// Path in the national taxonomy.
    pub category: &'static str,
    /// The unit that it belongs to.
    pub unit: &'static str,
    pub title: &'static str,
    /// `{幢}`, `{室}` and `{路}` are filled in.
    pub text: &'static str,
    pub answer: &'static str,
}

/// A short way to write one down.
const fn story(
    category: &'static str,
    unit: &'static str,
    title: &'static str,
    text: &'static str,
    answer: &'static str,
) -> Story {
    Story { category, unit, title, text, answer }
}

/// All of them, by subject.
pub fn all() -> Vec<Story> {
    [home::STORIES, street::STORIES, surroundings::STORIES, people::STORIES, order::STORIES].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sandan_domain::category::Taxonomy;

    use super::*;
    use crate::demo::place::UNITS;

    #[test]
    fn there_are_enough_and_each_can_be_filed_and_dispatched() {
        let stories = all();
        assert!(stories.len() >= 60, "{}", stories.len());
        for story in &stories {
            assert!(Taxonomy::national().find(story.category).is_some(), "{}", story.category);
            assert!(UNITS.iter().any(|unit| unit.slug == story.unit), "{}", story.unit);
        }
        let titles: BTreeSet<_> = stories.iter().map(|story| story.title).collect();
        assert_eq!(titles.len(), stories.len(), "no story is told twice");
    }
}
