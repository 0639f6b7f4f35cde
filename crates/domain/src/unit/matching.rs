//! Which units suit a request: categories, grid and free capacity (R3), each match with its reasons (R28).

use std::cmp::Reverse;

use crate::category::Category;
use crate::ids::{GridSlug, UnitId};
use crate::unit::state::Standing;

/// A unit that could take the request, and why it stands where it stands in the ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub unit: UnitId,
    /// Levels of the narrowest of its categories that holds the request; 0: it takes anything.
    pub category_depth: usize,
    /// It names the request's grid; otherwise it works everywhere.
    pub in_grid: bool,
    /// Places left of its stated capacity; `None`: not stated, it takes as many as come.
    pub free: Option<u32>,
    /// Requests it works on.
    pub load: usize,
}

/// Those that suit, the best first: the narrowest category, then whoever names the grid, then the most free places
/// (whoever states no capacity takes as many as come, so that counts as most), then the least in hand, then by name.
///
/// A unit suits that has room, and takes on anything or this category or one above it, and works everywhere or in
/// this grid. What is not known of the request suits only units that don't ask.
pub fn rank(units: &[&Standing], category: Option<&Category>, grid: Option<&GridSlug>) -> Vec<Match> {
    let mut matches: Vec<Match> = units.iter().filter_map(|unit| suits(unit, category, grid)).collect();
    matches.sort_by(|one, other| place(one).cmp(&place(other)));
    matches
}

/// The first of [`rank`].
pub fn best_match(units: &[&Standing], category: Option<&Category>, grid: Option<&GridSlug>) -> Option<UnitId> {
    rank(units, category, grid).into_iter().next().map(|best| best.unit)
}

fn suits(standing: &Standing, category: Option<&Category>, grid: Option<&GridSlug>) -> Option<Match> {
    let in_grid = grid.is_some_and(|grid| standing.grids.contains(grid));
    if !standing.has_room() || !(standing.grids.is_empty() || in_grid) {
        return None;
    }
    let category_depth = category_depth(standing, category)?;
    let free = standing.capacity.map(|capacity| capacity.saturating_sub(count(standing)));
    Some(Match { unit: standing.unit.clone(), category_depth, in_grid, free, load: standing.load.len() })
}

fn category_depth(standing: &Standing, category: Option<&Category>) -> Option<usize> {
    if standing.categories.is_empty() {
        return Some(0);
    }
    let category = category?;
    standing.categories.iter().filter(|taken| category.is_within(taken)).map(Category::depth).max()
}

fn count(standing: &Standing) -> u32 {
    u32::try_from(standing.load.len()).unwrap_or(u32::MAX)
}

fn place(of: &Match) -> impl Ord + '_ {
    (Reverse(of.category_depth), Reverse(of.in_grid), Reverse(of.free.unwrap_or(u32::MAX)), of.load, &of.unit)
}
