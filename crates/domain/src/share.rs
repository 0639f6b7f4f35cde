//! So many of so many: a rate with both its numbers, as every rate is shown (R27).

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub numerator: u64,
    pub denominator: u64,
}

impl Share {
    /// In whole per mille, the half rounded up as in a workbook; but all is all, and none is none: what rounds to them
    /// stays beside them. Rules don't use it: they compare whole numbers (R16, R17). `None`: of nothing.
    pub fn per_mille(self) -> Option<u64> {
        let Self { numerator, denominator } = self;
        let rounded =
            (2_000 * u128::from(numerator) + u128::from(denominator)).checked_div(2 * u128::from(denominator))?;
        let rounded = u64::try_from(rounded).unwrap_or(u64::MAX);
        Some(match numerator {
            0 => 0,
            _ if numerator < denominator => rounded.clamp(1, 999),
            _ => rounded,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_but_never_to_all_or_none() {
        let per_mille = |numerator, denominator| Share { numerator, denominator }.per_mille();
        assert_eq!(per_mille(3, 7), Some(429));
        assert_eq!(per_mille(1, 2_000), Some(1));
        assert_eq!((per_mille(1, 100_000), per_mille(99_999, 100_000)), (Some(1), Some(999)));
        assert_eq!((per_mille(0, 5), per_mille(5, 5), per_mille(0, 0)), (Some(0), Some(1_000), None));
    }
}
