//! The hands that a request passed through, in the visitor's language.

use sandan_domain::RequestId;
use sandan_domain::request::{Capacity, Hand, HandsTold, Holder, Spell};
use sandan_views::RequestView;

use super::names::Names;
use crate::pages::hands::{HandRow, HandsSum, HandsTale};
use crate::pages::visit::Visit;
use crate::problem::Problem;

pub(crate) async fn tale(visit: &Visit, view: &RequestView, names: &Names) -> Result<HandsTale, Problem> {
    let RequestView { id, community, .. } = view;
    let HandsTold { items, totals, total } = told(visit, *id).await?;
    let who = |holder: &Holder| {
        let unit = holder.unit().map(|unit| names.unit(community, unit));
        unit.unwrap_or_else(|| visit.t.s("holder-desk"))
    };
    let sum = |who, spell: Spell| HandsSum { who, hours: hours(spell.seconds), working: hours(spell.working_seconds) };
    Ok(HandsTale {
        rows: items.iter().map(|(hand, spell)| row(visit, who(&hand.holder), hand, *spell)).collect(),
        totals: totals.iter().map(|(holder, spell)| sum(who(holder), *spell)).collect(),
        total: sum(visit.t.s("hands-total"), total),
    })
}

async fn told(visit: &Visit, id: RequestId) -> Result<HandsTold, Problem> {
    Ok(visit.site.app.hands(id).await?)
}

fn row(visit: &Visit, who: String, hand: &Hand, spell: Spell) -> HandRow {
    let (t, calendar) = (visit.t, visit.calendar());
    let role = t.of("hand", capacity(hand.capacity));
    HandRow {
        who,
        role: if hand.suspended { format!("{role} · {}", t.of("state", "suspended")) } else { role },
        from: calendar.moment(hand.from).text,
        to: hand.to.map_or_else(|| t.s("hands-now"), |to| calendar.moment(to).text),
        hours: hours(spell.seconds),
        working: hours(spell.working_seconds),
    }
}

fn hours(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 3_600, seconds % 3_600 / 60)
}

const fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Desk => "desk",
        Capacity::DutyDesk => "duty-desk",
        Capacity::Pool => "pool",
        Capacity::Committee => "committee",
        Capacity::Unit => "unit",
        Capacity::Verification => "verification",
        Capacity::Review => "review",
    }
}
