//! Checking what came in, so that all fields that can't stand are found together.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sandan_domain::category::Taxonomy;
use sandan_domain::time::{Limit, Policy};
use sandan_domain::{Category, Flaw, InputError, NoSuch, Text, limits};

use crate::refusal::{FieldError, Refusal};

/// Collects field errors; [`Form::check`] at the end says whether there were any.
#[derive(Debug, Default)]
pub(crate) struct Form {
    errors: Vec<FieldError>,
}

impl Form {
    pub fn error(&mut self, field: &str, error: InputError) {
        self.errors.push(FieldError { field: field.to_owned(), error });
    }

    /// Takes in what was wrong with a part, under the part's name.
    pub fn part(&mut self, name: &str, part: Self) {
        let within = |FieldError { field, error }| FieldError { field: format!("{name}.{field}"), error };
        self.errors.extend(part.errors.into_iter().map(within));
    }

    /// Refuses if anything was wrong.
    pub fn check(self) -> Result<(), Refusal> {
        if self.errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.errors)) }
    }

    /// Keeps the value, or the error under the field's name.
    pub fn keep<T>(&mut self, field: &str, value: Result<T, InputError>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                self.error(field, error);
                None
            }
        }
    }

    /// An optional text of one line; blank counts as absent.
    pub fn line(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<Text> {
        let text = present(text)?;
        self.keep(field, Text::line(text, max))
    }

    /// An optional text in which line breaks are allowed.
    pub fn lines(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<Text> {
        let text = present(text)?;
        self.keep(field, Text::lines(text, max))
    }

    pub fn required_line(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<Text> {
        self.keep(field, Text::line(text.unwrap_or_default(), max))
    }

    pub fn required_lines(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<Text> {
        self.keep(field, Text::lines(text.unwrap_or_default(), max))
    }

    /// A reason or a note.
    pub fn reason(&mut self, field: &str, text: Option<&str>) -> Option<Text> {
        self.lines(field, text, limits::REASON)
    }

    pub fn required_reason(&mut self, field: &str, text: Option<&str>) -> Option<Text> {
        self.required_lines(field, text, limits::REASON)
    }

    /// An optional name that must parse, such as a slug.
    pub fn parsed<T: std::str::FromStr<Err = InputError>>(&mut self, field: &str, text: Option<&str>) -> Option<T> {
        let text = present(text)?;
        self.keep(field, text.trim().parse())
    }

    pub fn required_parsed<T: std::str::FromStr<Err = InputError>>(
        &mut self,
        field: &str,
        text: Option<&str>,
    ) -> Option<T> {
        let text = self.required(field, text)?;
        self.keep(field, text.trim().parse())
    }

    /// A text that must be there, whatever it is.
    pub fn required<'a>(&mut self, field: &str, text: Option<&'a str>) -> Option<&'a str> {
        let text = present(text);
        if text.is_none() {
            self.error(field, InputError::Missing);
        }
        text
    }

    /// An optional word out of a list.
    pub fn word<T: Copy>(&mut self, field: &str, text: Option<&str>, words: &[(&str, T)]) -> Option<T> {
        let text = present(text)?.trim();
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.error(field, InputError::unknown(NoSuch::Word { words }));
        }
        found
    }

    /// A word out of a list, that must be there.
    pub fn required_word<T: Copy>(&mut self, field: &str, text: Option<&str>, words: &[(&str, T)]) -> Option<T> {
        let text = self.required(field, text)?;
        self.word(field, Some(text), words)
    }

    /// A category of the national taxonomy, by path or name in either language.
    pub fn category(&mut self, field: &str, text: Option<&str>) -> Option<Category> {
        let text = present(text)?;
        let found = Taxonomy::national().find(text.trim());
        if found.is_none() {
            self.error(field, InputError::unknown(NoSuch::Category));
        }
        found
    }

    /// An optional telephone number: 5 to 20 digits, with blanks, `+`, `-` and brackets between them.
    pub fn phone(&mut self, field: &str, text: Option<&str>) -> Option<Text> {
        let phone = self.line(field, text, limits::PHONE)?;
        let digits: String = phone.as_str().chars().filter(|c| !is_between_digits(*c)).collect();
        let is_phone = (5..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_phone {
            self.error(field, InputError::malformed(Flaw::Phone));
            return None;
        }
        Some(phone)
    }

    /// The same, that must be there.
    pub fn required_phone(&mut self, field: &str, text: Option<&str>) -> Option<Text> {
        let text = self.required(field, text)?;
        self.phone(field, Some(text))
    }

    /// An optional number from `min` to `max`.
    pub fn number<T: TryFrom<i64> + Into<i64>>(
        &mut self,
        field: &str,
        number: Option<i64>,
        (min, max): (T, T),
    ) -> Option<T> {
        let (number, min, max) = (number?, min.into(), max.into());
        let fits = T::try_from(number).ok().filter(|_| (min..=max).contains(&number));
        self.keep(field, fits.ok_or(InputError::OutOfRange { min, max }))
    }

    /// The same, that must be there.
    pub fn required_number<T: TryFrom<i64> + Into<i64>>(
        &mut self,
        field: &str,
        number: Option<i64>,
        bounds: (T, T),
    ) -> Option<T> {
        if number.is_none() {
            self.error(field, InputError::Missing);
        }
        self.number(field, number, bounds)
    }

    /// An optional e-mail address.
    pub fn email(&mut self, field: &str, text: Option<&str>) -> Option<Text> {
        let email = self.line(field, text.map(str::trim), limits::EMAIL)?;
        if !is_email(email.as_str()) {
            self.error(field, InputError::malformed(Flaw::Email));
            return None;
        }
        Some(email)
    }

    /// An instant, or a date: the midnight that ends it, in the policy's zone.
    pub fn instant(&mut self, field: &str, text: Option<&str>, policy: &Policy) -> Option<Timestamp> {
        self.instant_or(field, text, |date| midnight(date.tomorrow().ok()?, policy))
    }

    /// The same, that must be there.
    pub fn required_instant(&mut self, field: &str, text: Option<&str>, policy: &Policy) -> Option<Timestamp> {
        let text = self.required(field, text)?;
        self.instant(field, Some(text), policy)
    }

    /// An instant, or a date: the midnight that begins it, in the policy's zone.
    pub fn beginning(&mut self, field: &str, text: Option<&str>, policy: &Policy) -> Option<Timestamp> {
        self.instant_or(field, text, |date| midnight(date, policy))
    }

    fn instant_or(
        &mut self,
        field: &str,
        text: Option<&str>,
        of_date: impl FnOnce(Date) -> Option<Timestamp>,
    ) -> Option<Timestamp> {
        let text = present(text)?.trim();
        let instant = text.parse::<Timestamp>().ok().or_else(|| of_date(text.parse().ok()?));
        if instant.is_none() {
            // A date that the calendar has, but whose end no clock has, is too far, not malformed.
            let flaw = match (Flaw::of_date(text), text.parse::<Date>()) {
                (Flaw::NoSuchDay { .. }, Ok(last)) => Flaw::TooLate { last: last.to_string() },
                (Flaw::NoSuchDay { text }, Err(_)) => Flaw::NoSuchDay { text },
                _ => Flaw::Instant,
            };
            self.error(field, InputError::malformed(flaw));
        }
        instant
    }
}

/// Blank counts as absent.
pub(crate) fn present(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

impl Form {
    /// A time that lies so far ahead that it must be a slip of the pen: a limit can't be longer either.
    pub fn near(&mut self, field: &str, at: Option<Timestamp>, now: Timestamp) {
        let last =
            now.checked_add(SignedDuration::from_hours(24 * i64::from(Limit::DAYS_MAX))).unwrap_or(Timestamp::MAX);
        if at.is_some_and(|at| at > last) {
            let (days, last) = (Limit::DAYS_MAX.to_string(), last.strftime("%Y-%m-%d").to_string());
            self.error(field, InputError::malformed(Flaw::TooFar { days, last }));
        }
    }
}

/// One address, without a name around it.
pub(crate) fn is_email(text: &str) -> bool {
    text.len() <= limits::EMAIL && text.parse::<lettre::Address>().is_ok()
}

fn is_between_digits(c: char) -> bool {
    c.is_whitespace() || matches!(c, '+' | '-' | '(' | ')')
}

fn midnight(date: Date, policy: &Policy) -> Option<Timestamp> {
    Some(date.to_zoned(policy.zone.clone()).ok()?.timestamp())
}

/// What a checked form must hold: a field that [`Form::check`] let pass is there.
pub(crate) fn checked<T>(value: Option<T>) -> Result<T, Refusal> {
    value.ok_or_else(|| Refusal::Failed("check a form: a required field was let pass".to_owned()))
}
