//! What a field names and there is not: each says what there is, or whose it is, in every language.
//!
//! The English is the API's, and follows a field's name; pages and answers in other languages find theirs by
//! [`NoSuch::code`], with the arguments in it.

use super::table::texts;

texts! { NoSuch
    "word" Word { words } => "must be one of {words}";
    "category" Category => "is not a known category";
    "community" Community { name } => "names no community: {name}";
    "unit" Unit { community, name } => "names no unit of {community}: {name}";
    "grid" Grid { community, name } => "names no grid of {community}: {name}";
    "request" Request { name } => "names no request: {name}";
    "request-here" RequestHere => "names no request of this community";
    /// There is one, of another community.
    "request-elsewhere" RequestElsewhere { community } => "is a request of {community}";
    "requester" Requester => "names nobody who filed or joined this request";
    "listed" Listed => "names nobody of the list";
    "ballot" Ballot => "names no ballot of the round that ended last; those of earlier rounds can't be appealed any more";
    "reason" Reason { word, reasons } => "has {word:?}; the reasons are {reasons}";
    "zone" Zone => "names no time zone; one is Asia/Shanghai";
    "rule" Rule { rules } => "names no rule; the rules are {rules}";
    "event" Event { name } => "names no event: {name}";
    "account" Account { name } => "names no account: {name}";
}

impl NoSuch {
    pub fn community(name: &(impl ToString + ?Sized)) -> Self {
        Self::Community { name: name.to_string() }
    }

    pub fn unit(community: &impl ToString, name: &impl ToString) -> Self {
        Self::Unit { community: community.to_string(), name: name.to_string() }
    }

    pub fn grid(community: &impl ToString, name: &impl ToString) -> Self {
        Self::Grid { community: community.to_string(), name: name.to_string() }
    }

    pub fn request(name: &str) -> Self {
        Self::Request { name: name.to_owned() }
    }

    /// Of a request of another community.
    pub fn elsewhere(community: &impl ToString) -> Self {
        Self::RequestElsewhere { community: community.to_string() }
    }
}
