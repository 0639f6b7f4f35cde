//! The explanation of a due time in the visitor's language.

use jiff::Timestamp;
use sandan_app::DueExplained;
use sandan_app::policies::Standing;
use sandan_domain::RequestId;
use sandan_domain::time::{Explanation, Ground, Item, Source, year_spans};

use super::policy;
use crate::pages::due::{DueRow, DueTale};
use crate::pages::moment::Calendar;
use crate::pages::visit::Visit;
use crate::problem::Problem;

/// `None`: nothing runs, or an older program did not write down what the due time follows from.
pub(crate) async fn tale(visit: &Visit, id: RequestId, calendar: &Calendar) -> Result<Option<DueTale>, Problem> {
    let told = visit.site.app.explain(id).await?;
    Ok(told
        .explanation
        .as_ref()
        .filter(|_| told.standing != Standing::Over)
        .map(|open| tell(visit, &told, open, calendar)))
}

fn tell(visit: &Visit, told: &DueExplained, open: &Explanation, calendar: &Calendar) -> DueTale {
    let t = visit.t;
    let rule = t.of("policy", &open.rule.name().replace('_', "-"));
    let rule = t.a2("due-rule", "rule", rule, "limit", policy::words(open.limit, t));
    let rule = open.class.as_ref().map_or(rule.clone(), |class| t.a2("due-class", "rule", &rule, "class", class));
    let sources = t.a2("due-sources", "policy", source(visit, &open.policy), "calendar", source(visit, &open.calendar));
    let stands = told.suspended_since.map(|since| t.a("due-stands", "when", calendar.moment(since).text));
    let missing = year_spans(&open.years_missing).into_iter().map(|years| t.a("due-year-missing", "year", years));
    // A place with another time zone than the pages' has it said.
    let name = calendar.zone.iana_name().filter(|_| calendar.zone != visit.calendar().zone);
    let zone = name.map(|name| t.a("due-zone", "zone", name));
    DueTale {
        rule,
        sources,
        rows: open.items.iter().map(|item| row(item, calendar)).collect(),
        notes: stands.into_iter().chain(missing).chain(zone).collect(),
    }
}

fn source(visit: &Visit, source: &Source) -> String {
    let name = match &source.community {
        Some(community) => format!("{} · {community}", source.name),
        None => source.name.clone(),
    };
    visit.t.a2("due-source", "name", name, "version", source.version)
}

fn row(item: &Item, calendar: &Calendar) -> DueRow {
    let t = calendar.t;
    let why = t.of("due", ground(item.ground));
    let counts = match (item.counted, item.days, item.seconds) {
        (true, days, _) if days > 0 => t.n("due-days", days),
        (true, _, seconds) if seconds > 0 => t.a("due-hours", "hours", hours(seconds)),
        (true, ..) if item.ground == Ground::Extension => t.s("due-granted"),
        (true, ..) => t.s("due-same-day"),
        (false, ..) => "—".to_owned(),
    };
    DueRow {
        from: at(calendar, item.from),
        to: at(calendar, item.to),
        why: item.name.as_ref().map_or(why.clone(), |name| format!("{why} · {name}")),
        counts,
        counted: item.counted,
    }
}

fn at(calendar: &Calendar, at: Timestamp) -> String {
    calendar.moment(at).text
}

fn hours(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 3_600, seconds % 3_600 / 60)
}

const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Running => "running",
        Ground::OfficeHours => "office",
        Ground::Day => "day",
        Ground::MakeUpDay => "make-up-day",
        Ground::Extension => "extension",
        Ground::StartDay => "start-day",
        Ground::Weekend => "weekend",
        Ground::Holiday => "holiday",
        Ground::OutsideOfficeHours => "closed",
        Ground::Paused => "paused",
    }
}
