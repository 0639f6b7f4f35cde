//! Communities, grids and units.

use sandan_app::{AddGrid, Found, RegisterUnit, ResourceLine};
use sandan_domain::Role;

use crate::world::{World, fields, limited_to, staff, text};

#[tokio::test]
async fn slugs_are_taken_once() {
    let world = World::new().await;
    let admin = staff(Role::Administrator);
    let found = Found { slug: text("elm"), name: text("Again"), parent: None };
    let refused = world.app.found_community(&admin, found).await.unwrap_err();
    assert_eq!(refused.code(), "community-founded-before");
    let grid = AddGrid { slug: text("g1"), community: text("elm"), name: text("Again"), lead: None };
    assert_eq!(world.app.add_grid(&admin, grid).await.unwrap_err().code(), "grid-added-before");
}

#[tokio::test]
async fn what_a_unit_names_must_exist() {
    let world = World::new().await;
    let unit = RegisterUnit {
        slug: text("Not A Slug"),
        community: text("elm"),
        name: None,
        categories: vec!["no such thing".to_owned()],
        grids: vec!["g9".to_owned()],
        capacity: Some(100_001),
        resources: vec![ResourceLine { kind: text("dragons"), name: None }],
    };
    let wrong = fields(world.app.register_unit(&staff(Role::Administrator), unit).await);
    assert_eq!(wrong, ["slug", "name", "categories", "grids", "resources.kind", "resources.name", "capacity"]);
}

#[tokio::test]
async fn a_unit_can_be_revised_once_it_is_registered() {
    let world = World::new().await;
    let admin = staff(Role::Administrator);
    let unit = |slug: &str| RegisterUnit {
        slug: text(slug),
        community: text("elm"),
        name: text("Renamed"),
        grids: vec!["g1".to_owned()],
        capacity: Some(0),
        ..RegisterUnit::default()
    };
    let revised = world.app.revise_unit(&admin, unit("roads")).await.unwrap();
    assert_eq!(revised.outcome.slug, "roads");
    assert_eq!(world.app.revise_unit(&admin, unit("nobody")).await.unwrap_err().code(), "not-found");
}

#[tokio::test]
async fn an_administrator_of_one_community_founds_only_below_it() {
    let world = World::new().await;
    world.found("oak", None).await;
    let admin = limited_to(staff(Role::Administrator), "elm");
    let found = |slug: &str, parent| Found { slug: text(slug), name: text("New"), parent };
    assert_eq!(world.app.found_community(&admin, found("a", None)).await.unwrap_err().code(), "forbidden");
    assert_eq!(world.app.found_community(&admin, found("b", text("oak"))).await.unwrap_err().code(), "forbidden");
    world.app.found_community(&admin, found("c", text("elm"))).await.unwrap();
    let unknown = found("d", text("nowhere"));
    assert_eq!(fields(world.app.found_community(&staff(Role::Administrator), unknown).await), ["parent"]);
}
