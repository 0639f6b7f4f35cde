//! Gathers what is wrong with a query, so that every field that can't stand is named, not only the first.

use crate::problem::{FieldProblem, Problem};

#[derive(Default)]
pub(in crate::api) struct Faults(Vec<FieldProblem>);

impl Faults {
    /// What was read, or nothing where it can't stand, which is noted.
    pub fn note<T: Default>(&mut self, read: Result<T, Problem>) -> T {
        read.unwrap_or_else(|problem| {
            self.0.extend_from_slice(&problem.errors);
            T::default()
        })
    }

    /// `value`, if nothing was noted.
    pub fn or<T>(self, value: T) -> Result<T, Problem> {
        if self.0.is_empty() { Ok(value) } else { Err(Problem::fields(self.0)) }
    }
}
