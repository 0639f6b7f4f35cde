//! What is wrong with the form of a field: each says what is allowed, in every language.
//!
//! The English is the API's, and follows a field's name; pages and answers in other languages find theirs by
//! [`Flaw::code`], with the arguments in it.

use super::table::texts;

texts! { Flaw
    "limit" Limit { units } => "must be a whole number and a unit, such as 15 days; units are {units}";
    "time-of-day" TimeOfDay => "must be a time of day, such as 09:00";
    "date" Date => "must be a date such as 2026-11-02";
    "no-such-day" NoSuchDay { text } => "is no day of the calendar: {text}";
    "instant" Instant => "must be a date such as 2026-11-02, or an instant such as 2026-11-02T08:00:00+08:00";
    "occasion" Occasion => "must be a quarter such as 2026-Q4, or a year such as 2026";
    "far-year" FarYear { min, max } => "must be of the years {min} to {max}";
    "phone" Phone => "must be 5 to 20 digits; blanks, +, - and brackets may stand between them";
    "email" Email => "must be an e-mail address such as wang@example.cn";
    "url" Url => "must be an address such as https://sms.example.cn/in";
    "url-scheme" UrlScheme => "must begin with https:// (or http:// on this machine)";
    "url-parts" UrlParts => "may hold neither a user, nor a password, nor a fragment";
    "url-plain" UrlPlain => "plain http goes to this machine only; use https, or allow it with --webhooks-allow-private";
    "url-private" UrlPrivate { host } => "{host} lies in a private network; allow that with --webhooks-allow-private";
    "photo" Photo => "must be a photo as JPEG, PNG or WebP";
    "key" Key { bytes } => "must be {bytes} bytes in base 64";
    "cursor" Cursor => "is not a cursor of this list";
    /// Of a list, as many as that are too many.
    "lines" Lines { count, max } => "has {count} lines; at most {max} are allowed";
    "bytes" Bytes { count, max } => "has {count} bytes; at most {max} are allowed";
    "more-than" MoreThan { max } => "is one more than {max}";
    "too-short" TooShort { length, min } => "has {length} characters; at least {min} are needed";
    "names-account" NamesAccount => "must not contain the account's name";
    "one-character" OneCharacter => "must not be one character over and over";
    "not-given" NotGiven => "can't be given to anybody";
    /// It has a sense only together with something else.
    "goes-with" GoesWith { what } => "goes with {what} only";
    "goes-alone" GoesAlone { fields } => "goes alone: give one of {fields}";
    "one-of" OneOf { fields } => "is required: give one of {fields}";
    "dissatisfied-only" DissatisfiedOnly => "goes along with a dissatisfied answer only (R20)";
    "person-and-phone" PersonAndPhone => "can't stand beside person: one of the two";
    "twice" Twice { what } => "names {what} twice";
    "itself" Itself => "names this request itself";
    "in-future" InFuture => "lies in the future";
    "before" Before { field } => "lies before {field}";
    "later" Later { than } => "must be later than the present deadline, {than}";
    /// R11: as far as a limit can reach.
    "too-far" TooFar { days, last } => "lies too far ahead: at most {days} days, up to {last}";
    "too-late" TooLate { last } => "lies beyond what can be counted: {last}";
    "beyond-the-log" BeyondTheLog { head } => "lies beyond the end of the log, {head}";
    "not-blinded" NotBlinded { bytes } => "is not a blinded serial of {bytes} bytes under this session's key";
    "token" Token { chars } => "is not a voting token of {chars} characters";
    "says-nothing" SaysNothing => "says nothing: name a limit, a class or office hours";
    "no-session" NoSession => "there must be at least one session";
    "sessions" Sessions => "a session must close after it opens, and before the next one opens";
    "weights" Weights { whole, sum } => "must make {whole} with the others of its score; they make {sum}";
    /// A file or a text that a program reads, with the place where it stops.
    "unreadable" Unreadable { line, column, detail } => "line {line}, column {column}: {detail}";
    "table-header" TableHeader { header } => "the first line must be \"{header}\"";
    "table-row" TableRow { line } => "line {line}: a row is a date, a kind and a name";
    "table-date" TableDate { line, text } => "line {line}: {text:?} is not a date";
    "table-kind" TableKind { line, text } => "line {line}: {text:?} is not a kind; the kinds are off and work";
    "table-twice" TableTwice { line, date } => "line {line}: {date} is listed twice";
}

impl Flaw {
    /// Of a list that is too long.
    pub fn lines(count: usize, max: usize) -> Self {
        Self::Lines { count: count.to_string(), max: max.to_string() }
    }

    pub fn goes_with(what: &str) -> Self {
        Self::GoesWith { what: what.to_owned() }
    }

    /// Of a text that is no date: the form is wrong, or there is no such day.
    pub fn of_date(text: &str) -> Self {
        let text = text.trim();
        let is_digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = text.split('-');
        let looks = [4, 2, 2].into_iter().all(|n| parts.next().is_some_and(|part| is_digits(part, n)));
        let is_one = looks && parts.next().is_none();
        if is_one { Self::NoSuchDay { text: text.to_owned() } } else { Self::Date }
    }
}
