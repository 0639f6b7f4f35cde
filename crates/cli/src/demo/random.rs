//! Chance that is the same on every machine and in every version: SplitMix64 (Steele, Lea and Flood, 2014).

pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` up to and without `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(1).unsigned_abs();
        low.saturating_add_unsigned(self.next() % width)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: i64) -> bool {
        self.between(0, 100) < share
    }

    /// One of several; there must be one.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        let count = i64::try_from(among.len()).unwrap_or(i64::MAX);
        &among[usize::try_from(self.between(0, count)).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_chance_within_its_bounds() {
        let draw = |seed| (0..100).map(|_| Random::new(seed).between(-3, 4)).collect::<Vec<_>>();
        assert_eq!(draw(7), draw(7));
        let mut random = Random::new(1);
        assert!((0..1_000).map(|_| random.between(-3, 4)).all(|drawn| (-3..4).contains(&drawn)));
    }
}
