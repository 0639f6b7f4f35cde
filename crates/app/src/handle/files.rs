//! Policies and calendars as files: TOML or JSON, and a table of days.

use sandan_domain::Flaw;
use sandan_domain::time::{Calendar, CalendarDay, CalendarError};

use crate::handle::terms::{DayInput, TermsInput};

/// The sample policy with four classes (R8), off until somebody publishes it.
pub const SAMPLE_POLICY: &str = include_str!("../../data/policy-four-classes.toml");

impl TermsInput {
    /// Reads a policy's file: JSON where it begins with a brace, else TOML. What is wrong is said with line and column.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| {
                let told = error.to_string();
                let detail = told.split(" at line ").next().unwrap_or_default();
                unreadable((error.line(), error.column()), detail)
            })
        } else {
            toml::from_str(text).map_err(|error| {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                unreadable((before.matches('\n').count() + 1, column), error.message())
            })
        }
    }
}

/// Reads a table of `date,kind,name`, where kind is `off` or `work`.
pub fn parse_days(text: &str) -> Result<Vec<DayInput>, Flaw> {
    let days = Calendar::parse_days(text).map_err(flaw)?;
    let input = |CalendarDay { date, worked, name }: CalendarDay| {
        let kind = if worked { "work" } else { "off" };
        DayInput { date: Some(date.to_string()), kind: Some(kind.to_owned()), name: Some(name) }
    };
    Ok(days.into_iter().map(input).collect())
}

fn unreadable((line, column): (usize, usize), detail: &str) -> Flaw {
    Flaw::Unreadable { line: line.to_string(), column: column.to_string(), detail: detail.trim().to_owned() }
}

fn flaw(error: CalendarError) -> Flaw {
    match error {
        CalendarError::Header => Flaw::TableHeader { header: "date,kind,name".to_owned() },
        CalendarError::Row { line } => Flaw::TableRow { line: line.to_string() },
        CalendarError::Date { line, text } => Flaw::TableDate { line: line.to_string(), text },
        CalendarError::Kind { line, text } => Flaw::TableKind { line: line.to_string(), text },
        CalendarError::Twice { line, date } => Flaw::TableTwice { line: line.to_string(), date: date.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::handle::terms::terms;

    #[test]
    fn the_sample_can_be_published() {
        let (mut form, input) = (Form::default(), TermsInput::parse(SAMPLE_POLICY).unwrap());
        let terms = terms(&mut form, &input);
        assert_eq!(form.check(), Ok(()));
        let limits: Vec<String> =
            terms.classes.iter().map(|class| class.limits.values().next().unwrap().to_string()).collect();
        assert_eq!(limits, ["2 hours", "24 hours", "15 days"]);
    }

    #[test]
    fn json_is_read_as_well_and_what_is_wrong_is_said_with_its_place() {
        let json = r#"{"name": "Ours", "limits": {"completion": "10 days"}}"#;
        assert_eq!(TermsInput::parse(json).unwrap().limits["completion"], "10 days");
        let check = |text: &str, said: &str| {
            let error = TermsInput::parse(text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        };
        check("name = \"Ours\"\nlunch = 1\n", "line 2");
        check("{\"lunch\": 1}", "lunch");
        check("name = ", "line 1");
    }

    #[test]
    fn a_table_of_days_is_read() {
        let days = parse_days("date,kind,name\n2027-01-01,off,元旦\n2027-01-03,work,元旦\n").unwrap();
        assert_eq!(days[1].kind.as_deref(), Some("work"));
        assert!(parse_days("2027-01-01,off,元旦\n").unwrap_err().to_string().contains("first line"));
    }
}
