//! Roles, actors and levels by their names.

use uuid::Uuid;

use super::{Actor, Level, Role};
use crate::testing::{desk, person, resident, staff_of};

#[test]
fn staff_roles_go_by_the_contracts_names() {
    let names: Vec<&str> = Role::STAFF.into_iter().map(Role::name).collect();
    let contract = "kiosk hotline grid-worker dispatcher unit supervisor oversight administrator";
    assert_eq!(names.join(" "), contract);
}

#[test]
fn a_role_is_read_and_stored_by_its_name() {
    for role in Role::STAFF {
        assert_eq!(role.name().parse(), Ok(role));
        assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{role}\""));
    }
}

#[test]
fn nobody_is_given_the_role_of_a_resident_or_of_the_program() {
    for name in ["resident", "system", "", "Unit", "grid_worker"] {
        let error = name.parse::<Role>().unwrap_err();
        assert!(error.to_string().contains("the roles are kiosk, hotline, grid-worker, dispatcher"), "{error}");
    }
}

#[test]
fn an_actor_is_written_down_by_role_and_id_never_by_name() {
    assert_eq!(resident("li").to_string(), format!("resident:{}", person("li")));
    assert_eq!(Actor::Resident(None).to_string(), "resident");
    assert_eq!(staff_of("fire-brigade").to_string(), "unit:fire-brigade");
    let id = Uuid::nil();
    let supervisor = Actor::Staff { role: Role::Supervisor, id, unit: None };
    assert_eq!(supervisor.to_string(), format!("supervisor:{id}"));
    assert_eq!(Actor::System.to_string(), "system");
}

#[test]
fn an_actor_has_a_role_and_staff_of_a_unit_its_unit() {
    assert_eq!(
        (resident("li").role(), desk().role(), Actor::System.role()),
        (Role::Resident, Role::Dispatcher, Role::System)
    );
    assert_eq!(staff_of("parks").unit().map(|unit| unit.as_str()), Some("parks"));
    assert_eq!((desk().unit(), resident("li").unit(), Actor::System.unit()), (None, None, None));
}

#[test]
fn r10_it_climbs_from_the_grid_to_the_town() {
    let climb: Vec<Level> = std::iter::successors(Some(Level::Grid), |level| level.above()).collect();
    assert_eq!(climb, [Level::Grid, Level::Branch, Level::Community, Level::Town]);
}
