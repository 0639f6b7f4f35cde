//! Who and what appears in tests: by name, always the same.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

use crate::category::{Category, Taxonomy};
use crate::ids::{CommunityId, PersonId, RequestId, UnitId};
use crate::input::Text;
use crate::people::{Actor, Role};
use crate::private::Private;
use crate::time::Policy;

pub(crate) fn policy() -> Policy {
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::standard);
    POLICY.clone()
}

/// The instant of a local time such as `2026-11-02 08:00`.
pub(crate) fn at(local: &str) -> Timestamp {
    let local: DateTime = local.parse().unwrap();
    local.to_zoned(policy().zone).unwrap().timestamp()
}

pub(crate) fn person(name: &str) -> PersonId {
    PersonId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()))
}

pub(crate) fn request(name: &str) -> RequestId {
    RequestId(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
}

pub(crate) fn unit(slug: &str) -> UnitId {
    slug.parse().unwrap()
}

pub(crate) fn community() -> CommunityId {
    "harbour".parse().unwrap()
}

pub(crate) fn category(name: &str) -> Category {
    Taxonomy::national().find(name).unwrap_or_else(|| panic!("{name} is a national category"))
}

pub(crate) fn text(words: &str) -> Text {
    Text::lines(words, 2_000).unwrap()
}

/// Words of the resident who files in these tests.
pub(crate) fn words(words: &str) -> Private {
    Private::new(person("wang"), words)
}

pub(crate) fn desk() -> Actor {
    staff(Role::Dispatcher, None)
}

pub(crate) fn supervisor() -> Actor {
    staff(Role::Supervisor, None)
}

pub(crate) fn oversight() -> Actor {
    staff(Role::Oversight, None)
}

pub(crate) fn staff_of(slug: &str) -> Actor {
    staff(Role::Unit, Some(unit(slug)))
}

pub(crate) fn resident(name: &str) -> Actor {
    Actor::Resident(Some(person(name)))
}

fn staff(role: Role, unit: Option<UnitId>) -> Actor {
    Actor::Staff { role, id: Uuid::new_v5(&Uuid::NAMESPACE_DNS, role.name().as_bytes()), unit }
}
