//! R3, R28: which units suit a request, and in which order.

use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::category::Category;
use crate::ids::GridSlug;
use crate::testing::{category, registered, request, unit};
use crate::unit::{Match, Standing, best_match, rank};

const FIRE: &str = "城乡建设/安全生产/事故处理";
const SAFETY: &str = "城乡建设/安全生产";
const CITY: &str = "城乡建设";

/// A unit with its categories, grids, capacity, and the number of requests it works on.
fn standing(slug: &str, categories: &[&str], grids: &[&str], capacity: Option<u32>, load: u32) -> Standing {
    let load = (0..load).map(|nth| request(&nth.to_string())).collect();
    let categories = categories.iter().map(|name| category(name)).collect();
    Standing { categories, grids: grids.iter().map(|slug| grid(slug)).collect(), capacity, load, ..plain(slug) }
}

fn plain(slug: &str) -> Standing {
    registered(slug, None).standing().clone()
}

fn grid(slug: &str) -> GridSlug {
    slug.parse().unwrap()
}

fn ranked(units: &[Standing], about: Option<&str>, place: Option<&str>) -> Vec<String> {
    let (about, place) = (about.map(category), place.map(grid));
    let units: Vec<&Standing> = units.iter().collect();
    rank(&units, about.as_ref(), place.as_ref()).into_iter().map(|of| of.unit.to_string()).collect()
}

#[test]
fn r3_the_narrowest_category_comes_first() {
    let units = [
        standing("anything", &[], &[], None, 0),
        standing("city", &[CITY], &[], None, 0),
        standing("fire", &[CITY, FIRE], &[], Some(1), 0),
        standing("safety", &[SAFETY], &[], None, 0),
        standing("farms", &["农村农业"], &[], None, 0),
    ];
    assert_eq!(ranked(&units, Some(FIRE), None), ["fire", "safety", "city", "anything"]);
    assert_eq!(ranked(&units, Some(CITY), None), ["city", "fire", "anything"], "a narrower one alone does not hold it");
    assert_eq!(ranked(&units, None, None), ["anything"], "what is not known suits only who takes anything");
}

#[test]
fn r3_then_whoever_names_the_grid() {
    let units = [
        standing("everywhere", &[], &[], None, 0),
        standing("first", &[], &["g1", "g2"], Some(1), 0),
        standing("third", &[], &["g3"], None, 0),
    ];
    assert_eq!(ranked(&units, None, Some("g1")), ["first", "everywhere"]);
    assert_eq!(ranked(&units, None, None), ["everywhere"]);
}

#[test]
fn r3_then_the_most_free_places_and_who_has_none_is_left_out() {
    let units = [
        standing("full", &[], &[], Some(2), 2),
        standing("one", &[], &[], Some(3), 2),
        standing("five", &[], &[], Some(5), 0),
        standing("busy", &[], &[], None, 9),
        standing("idle", &[], &[], None, 1),
        standing("also-one", &[], &[], Some(1), 0),
    ];
    assert_eq!(ranked(&units, None, None), ["idle", "busy", "five", "also-one", "one"]);
}

#[test]
fn a_match_says_why() {
    let units = [standing("fire", &[SAFETY], &["g1"], Some(3), 1)];
    let about = category(FIRE);
    let units: Vec<&Standing> = units.iter().collect();
    let why = Match { unit: unit("fire"), category_depth: 2, in_grid: true, free: Some(2), load: 1 };
    assert_eq!(rank(&units, Some(&about), Some(&grid("g1"))), [why]);
}

#[test]
fn where_nobody_suits_there_is_no_match() {
    assert_eq!(best_match(&[], None, None), None);
    let full = standing("full", &[], &[], Some(0), 0);
    assert_eq!(best_match(&[&full], None, None), None);
}

fn standings() -> impl Strategy<Value = Vec<Standing>> {
    let one = (
        subsequence(vec![CITY, SAFETY, FIRE, "农村农业"], 0..3),
        subsequence(vec!["g1", "g2"], 0..2),
        prop::option::of(0u32..4),
        0u32..4,
    );
    prop::collection::vec(one, 0..8).prop_map(|units| {
        let units = units.into_iter().enumerate().map(|(nth, (categories, grids, capacity, load))| {
            standing(&format!("unit-{nth}"), &categories, &grids, capacity, load)
        });
        units.collect()
    })
}

proptest! {
    #[test]
    fn r3_whoever_is_ranked_suits_and_the_order_of_the_list_does_not_matter(
        units in standings(),
        about in prop::option::of(prop::sample::select(vec![CITY, SAFETY, FIRE])),
        place in prop::option::of(prop::sample::select(vec!["g1", "g2"])),
    ) {
        let names = ranked(&units, about, place);
        let about: Option<Category> = about.map(category);
        for unit in &units {
            let takes = unit.categories.is_empty()
                || about.as_ref().is_some_and(|of| of.ancestry().any(|above| unit.categories.contains(&above)));
            let works_there = unit.grids.is_empty() || place.is_some_and(|place| unit.grids.contains(&grid(place)));
            let suits = unit.has_room() && takes && works_there;
            prop_assert_eq!(names.contains(&unit.unit.to_string()), suits, "{:?}", unit);
        }
        let backwards: Vec<Standing> = units.iter().rev().cloned().collect();
        prop_assert_eq!(ranked(&backwards, about.as_ref().map(Category::as_str), place), names);
    }
}
