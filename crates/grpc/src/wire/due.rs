//! A due time, opened.

use sandan_app::DueExplained;
use sandan_domain::time::{Ground, Item, Source};
use sandan_views::Suspensions;

use super::time::time;
use super::words::number;
use crate::v1;

pub(crate) fn due(told: DueExplained, pauses: &Suspensions) -> v1::ExplainDueResponse {
    let DueExplained { due, standing, suspended_since, overdue, explanation, .. } = told;
    let plain = v1::ExplainDueResponse {
        due_at: Some(time(due.at)),
        started_at: Some(time(due.started)),
        limit: due.limit.to_string(),
        standing: number::<v1::explain_due_response::Standing>(&standing),
        suspended_since: suspended_since.map(time),
        overdue,
        ..Default::default()
    };
    let Some(open) = explanation else { return plain };
    v1::ExplainDueResponse {
        rule: Some(open.rule.name().to_owned()),
        rule_number: Some(open.rule.number().to_owned()),
        class: open.class,
        policy: Some(source(open.policy)),
        calendar: Some(source(open.calendar)),
        years_missing: open.years_missing.into_iter().map(i32::from).collect(),
        items: open.items.into_iter().map(|one| item(one, pauses)).collect(),
        ..plain
    }
}

fn source(Source { community, version, name }: Source) -> v1::DueSource {
    v1::DueSource { community: community.map(|slug| slug.to_string()), version, name }
}

fn item(item: Item, pauses: &Suspensions) -> v1::DueItem {
    let Item { from, to, counted, ground, name, days, seconds } = item;
    let why = (ground == Ground::Paused).then(|| pauses.reason_before(to)).flatten();
    v1::DueItem {
        from: Some(time(from)),
        to: Some(time(to)),
        counted,
        ground: number::<v1::due_item::Ground>(&ground),
        name: name.or(why),
        days,
        seconds,
    }
}
