//! The hands that a request passed through, in the visitor's language.

use sandan_domain::request::{Hand, HandsTold, Holder, Spell};
use sandan_views::RequestView;

use super::names::Names;
use super::show;
use crate::pages::hands::{HandRow, HandsSum, HandsTale};
use crate::pages::moment::Calendar;
use crate::pages::visit::Visit;
use crate::problem::Problem;

pub(crate) async fn tale(
    visit: &Visit,
    view: &RequestView,
    names: &Names,
    calendar: &Calendar,
) -> Result<HandsTale, Problem> {
    let RequestView { id, community, .. } = view;
    let HandsTold { items, totals, total } = visit.site.app.hands(*id).await?;
    let who = |holder: &Holder| {
        let unit = holder.unit().map(|unit| names.unit(community, unit));
        unit.unwrap_or_else(|| visit.t.s("holder-desk"))
    };
    let sum = |who, spell: Spell| HandsSum { who, hours: hours(spell.seconds), working: hours(spell.working_seconds) };
    Ok(HandsTale {
        rows: items.iter().map(|(hand, spell)| row(calendar, who(&hand.holder), hand, *spell)).collect(),
        totals: totals.iter().map(|(holder, spell)| sum(who(holder), *spell)).collect(),
        total: sum(visit.t.s("hands-total"), total),
    })
}

fn row(calendar: &Calendar, who: String, hand: &Hand, spell: Spell) -> HandRow {
    let t = calendar.t;
    let role = t.of("hand", hand.capacity.name());
    HandRow {
        who,
        role: if hand.suspended { format!("{role} · {}", t.of("state", "suspended")) } else { role },
        from: calendar.moment(hand.from).text,
        to: hand.to.map_or_else(|| t.s("hands-now"), |to| calendar.moment(to).text),
        hours: hours(spell.seconds),
        working: hours(spell.working_seconds),
    }
}

/// To the minute.
fn hours(seconds: i64) -> String {
    show::hours(u64::try_from(seconds / 60).unwrap_or_default())
}
