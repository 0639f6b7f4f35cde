//! Which units fit a request, best first, and why (R28). The dispatcher decides.

use sandan_domain::{Category, GridSlug};
use sandan_views::UnitView;

use crate::pages::case::{Ranked, Why};
use crate::pages::texts::Texts;

/// How a unit fits. Compared field by field in this order; `true` is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Fit {
    has_room: bool,
    /// Named for the category; then for anything; then not at all.
    category: Match,
    grid: bool,
    /// Places free; a unit that states no capacity takes as many as come, as in the domain's own ranking (R3).
    free: u32,
    /// Less work on hand is better.
    idle: std::cmp::Reverse<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Match {
    No,
    Anything,
    Named,
}

/// The units in order of fit, each with its reasons.
pub(crate) fn rank(units: &[UnitView], category: Option<&Category>, grid: Option<&GridSlug>, t: Texts) -> Vec<Ranked> {
    let mut fits: Vec<(Fit, &UnitView)> = units.iter().map(|unit| (fit(unit, category, grid), unit)).collect();
    fits.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.slug.cmp(&second.slug)));
    fits.into_iter().map(|(fit, unit)| ranked(fit, unit, grid.is_some(), t)).collect()
}

fn fit(unit: &UnitView, category: Option<&Category>, grid: Option<&GridSlug>) -> Fit {
    let free = unit.capacity.map_or(u32::MAX, |capacity| capacity.saturating_sub(unit.load));
    let named = category.is_some_and(|category| unit.categories.iter().any(|own| category.is_within(own)));
    Fit {
        has_room: unit.capacity.is_none_or(|capacity| unit.load < capacity),
        category: match (named, unit.categories.is_empty()) {
            (true, _) => Match::Named,
            (false, true) => Match::Anything,
            (false, false) => Match::No,
        },
        grid: unit.grids.is_empty() || grid.is_none_or(|grid| unit.grids.contains(grid)),
        free,
        idle: std::cmp::Reverse(unit.load),
    }
}

fn ranked(fit: Fit, unit: &UnitView, has_grid: bool, t: Texts) -> Ranked {
    let mut why = vec![match fit.category {
        Match::Named => good(t.s("why-category")),
        Match::Anything => Why { good: false, text: t.s("why-any-category") },
        Match::No => Why { good: false, text: t.s("why-other-category") },
    }];
    if has_grid && !unit.grids.is_empty() {
        why.push(if fit.grid { good(t.s("why-grid")) } else { Why { good: false, text: t.s("why-other-grid") } });
    }
    why.push(match (unit.capacity, fit.has_room) {
        (Some(_), true) => good(t.n("why-free", fit.free)),
        (Some(_), false) => Why { good: false, text: t.s("why-full") },
        (None, _) => Why { good: false, text: t.n("why-load", unit.load) },
    });
    Ranked { slug: unit.slug.to_string(), name: unit.name.clone(), why }
}

const fn good(text: String) -> Why {
    Why { good: true, text }
}

#[cfg(test)]
mod tests {
    use sandan_domain::category::{Language, Taxonomy};

    use super::*;

    fn unit(slug: &str, category: Option<&str>, grids: &[&str], capacity: Option<u32>, load: u32) -> UnitView {
        UnitView {
            slug: slug.parse().unwrap(),
            community: "xingfu".parse().unwrap(),
            name: slug.to_owned(),
            categories: category.map(|text| Taxonomy::national().find(text).unwrap()).into_iter().collect(),
            grids: grids.iter().map(|grid| grid.parse().unwrap()).collect(),
            resources: Vec::new(),
            capacity,
            load,
        }
    }

    fn order(units: &[UnitView]) -> Vec<String> {
        let category = Taxonomy::national().find("城乡建设/安全生产/事故处理").unwrap();
        let grid = "g1".parse().unwrap();
        let ranked = rank(units, Some(&category), Some(&grid), Texts::new(Language::Zh));
        ranked.into_iter().map(|unit| unit.slug).collect()
    }

    #[test]
    fn a_unit_named_for_the_category_comes_before_one_for_anything() {
        let units = [unit("any", None, &[], Some(9), 0), unit("named", Some("城乡建设"), &[], Some(2), 1)];
        assert_eq!(order(&units), ["named", "any"]);
    }

    #[test]
    fn a_full_unit_comes_last_however_well_it_fits() {
        let units = [unit("full", Some("城乡建设"), &["g1"], Some(1), 1), unit("other", Some("民政"), &[], None, 0)];
        assert_eq!(order(&units), ["other", "full"]);
    }

    #[test]
    fn of_equals_the_one_in_the_grid_and_with_more_room_comes_first() {
        let units = [
            unit("far", None, &["g2"], Some(9), 0),
            unit("near", None, &["g1"], Some(3), 2),
            unit("freer", None, &["g1"], Some(3), 1),
        ];
        assert_eq!(order(&units), ["freer", "near", "far"]);
    }
}
