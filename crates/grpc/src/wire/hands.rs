//! Who had a request, and for how long.

use sandan_domain::request::{Hand, HandsTold, Holder, Spell};

use super::time::time;
use super::words::number;
use crate::v1;

pub(crate) fn hands(told: HandsTold) -> v1::HandsResponse {
    let HandsTold { items, totals, total } = told;
    let sum = |(holder, sum)| v1::HandsTotal { owner: owner(&holder), spell: Some(spell(sum)) };
    v1::HandsResponse {
        items: items.into_iter().map(|(hand, took)| item(hand, took)).collect(),
        totals: totals.into_iter().map(sum).collect(),
        total: Some(spell(total)),
    }
}

fn item(hand: Hand, took: Spell) -> v1::Hand {
    let Hand { holder, capacity, suspended, from, to } = hand;
    v1::Hand {
        owner: owner(&holder),
        kind: number::<v1::Capacity>(&capacity),
        suspended,
        from: Some(time(from)),
        to: to.map(time),
        spell: Some(spell(took)),
    }
}

fn owner(holder: &Holder) -> String {
    holder.unit().map_or_else(|| "desk".to_owned(), ToString::to_string)
}

const fn spell(Spell { seconds, working_seconds }: Spell) -> v1::Spell {
    v1::Spell { seconds, working_seconds }
}
