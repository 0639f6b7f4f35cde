//! `Community`.

use sandan_domain::community::{Command, Communities, Event, Founded, GridAdded, Rejection};

use super::{recorded, with, words};

fn founded() -> Event {
    Event::Founded(Founded { community: "elm".parse().unwrap(), name: "Elm".to_owned(), parent: None })
}

fn grid() -> Event {
    Event::GridAdded(GridAdded { grid: "g1".parse().unwrap(), name: "First".to_owned(), lead: None })
}

fn add_grid() -> Command {
    Command::AddGrid { grid: "g1".parse().unwrap(), name: words("First").unwrap(), lead: None }
}

#[test]
fn a_grid_is_added_once() {
    with::<Communities>().given(recorded::<Communities>([founded()])).when(add_grid()).then_expect_events(recorded::<
        Communities,
    >([
        grid(),
    ]));
    with::<Communities>()
        .given(recorded::<Communities>([founded(), grid()]))
        .when(add_grid())
        .then_expect_error(Rejection::GridAddedBefore("g1".parse().unwrap()).into());
}

#[test]
fn a_grid_needs_its_community() {
    with::<Communities>().given_no_previous_events().when(add_grid()).then_expect_error(Rejection::NotFound.into());
}
