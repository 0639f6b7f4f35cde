//! A community and its grids.

use crate::community::{Command, Communities, Community, Event, Founded, GridAdded, Rejection};
use crate::testing::{Past, community, given, text};

fn unfounded() -> Past<Communities> {
    Past::nothing()
}

fn found(parent: Option<&str>) -> Command {
    let parent = parent.map(|slug| slug.parse().unwrap());
    Command::Found { community: community(), name: text("港口社区"), parent }
}

fn add_grid(slug: &str) -> Command {
    Command::AddGrid { grid: slug.parse().unwrap(), name: text("第一网格"), lead: Some(text("Zhao")) }
}

#[test]
fn a_community_is_founded_below_its_town() {
    let founded =
        Founded { community: community(), name: "港口社区".to_owned(), parent: Some("town".parse().unwrap()) };
    given(unfounded()).when(found(Some("town"))).then([Event::Founded(founded)]);
}

#[test]
fn a_slug_is_taken_once() {
    given(unfounded().done(found(None))).when(found(None)).then_refused(Rejection::FoundedBefore(community()));
}

#[test]
fn nobody_is_their_own_parent() {
    given(unfounded()).when(found(Some("harbour"))).then_refused(Rejection::OwnParent);
}

#[test]
fn a_grid_has_a_name_a_lead_and_a_slug_of_its_own() {
    let grid: crate::GridSlug = "grid-1".parse().unwrap();
    let added = GridAdded { grid: grid.clone(), name: "第一网格".to_owned(), lead: Some("Zhao".to_owned()) };
    let past = given(unfounded().done(found(None))).when(add_grid("grid-1")).then([Event::GridAdded(added)]);
    let Community::Founded(place) = &past.state else { panic!("it was founded") };
    assert!(place.grids.contains(&grid));
    given(past.clone()).when(add_grid("grid-1")).then_refused(Rejection::GridAddedBefore(grid));
    given(past).when(add_grid("grid-2")).then_granted();
}

#[test]
fn without_a_community_there_is_no_grid() {
    given(unfounded()).when(add_grid("grid-1")).then_refused(Rejection::NotFound);
}
