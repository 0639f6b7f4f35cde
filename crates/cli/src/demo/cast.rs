//! Who lives and works there. The telephone numbers are of a range that nobody has.

use sandan_app::{Caller, Scope};
use sandan_domain::{Actor, CommunityId, Role, UnitId};
use uuid::Uuid;

use super::random::Random;

const FAMILY: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "谢", "韩",
];
const GIVEN: [&str; 30] = [
    "秀英", "桂兰", "建华", "国庆", "晓明", "丽娜", "志强", "淑珍", "海涛", "雪梅", "文博", "子涵", "玉兰", "永福",
    "春燕", "德胜", "思远", "佳怡", "宏伟", "凤霞", "俊杰", "美玲", "振东", "素芬", "一鸣", "婷婷", "长河", "巧云",
    "立军", "雨桐",
];

/// A resident.
#[derive(Clone)]
pub struct Resident {
    pub name: String,
    pub phone: String,
}

/// Draws a resident. Some file more than once.
pub fn resident(random: &mut Random) -> Resident {
    numbered(random.between(0, 1_400))
}

/// The resident of a number, always the same.
pub fn numbered(number: i64) -> Resident {
    let mut own = Random::new(number.unsigned_abs());
    let name = format!("{}{}", own.pick(&FAMILY), own.pick(&GIVEN));
    Resident { name, phone: format!("1380000{number:04}") }
}

/// Somebody of the staff, limited to a community.
pub fn staff(role: Role, community: &CommunityId, unit: Option<&str>) -> Caller {
    // One id for each post, so that the log shows the same hand.
    let unit: Option<UnitId> = unit.and_then(|unit| unit.parse().ok());
    let post = format!("{community}/{role}/{}", unit.as_ref().map_or("", UnitId::as_str));
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, post.as_bytes());
    let actor = Actor::Staff { role, id, unit };
    Caller::new(actor, Scope::Community(community.clone()), format!("demo:{post}"))
}

/// The desk, a device or the resident: through whom a channel's requests come in.
pub fn filer(channel: &str, community: &CommunityId) -> Caller {
    match channel {
        "kiosk" => staff(Role::Kiosk, community, None),
        "hotline" => staff(Role::Hotline, community, None),
        "grid_visit" => staff(Role::GridWorker, community, None),
        _ => Caller::resident(),
    }
}
