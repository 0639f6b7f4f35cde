//! A unit's figures beside a community's opinion of it (R24): each share with both its numbers, what it is without what
//! was ruled out, and for the staff the rows behind it as they are now.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_domain::Share;
use sandan_domain::honour::Figures;
use sandan_views::HonourView;

use super::ledger;
use super::show;
use crate::pages::case::Way;
use crate::pages::line::RateTile;
use crate::pages::shell::is_for;
use crate::pages::visit::Visit;

pub(super) fn tiles(visit: &Visit, view: &HonourView, figures: &Figures) -> Vec<RateTile> {
    let t = visit.t;
    let (all, without) = (figures, &figures.without_unreasonable);
    let shares = [
        ("resolution", all.resolution, without.resolution),
        ("satisfaction", all.satisfaction, without.satisfaction),
        ("on_time", all.on_time, without.on_time),
        ("rework", all.rework, without.rework),
    ];
    let tile = |(name, share, without_unreasonable): (&'static str, Share, Share)| {
        let mut beside = Vec::new();
        let mut says = |label: String| beside.push(Way { href: String::new(), label });
        if without.requests > 0 {
            let rate = show::percent(without_unreasonable);
            says(t.a2("rate-without-unreasonable", "count", without.requests, "rate", rate));
        }
        if all.without_appealed.ballots > 0 && name == "satisfaction" {
            let rate = show::percent(all.without_appealed.satisfaction);
            says(t.a2("rate-without-appealed", "count", all.without_appealed.ballots, "rate", rate));
        }
        RateTile {
            name,
            numerator: share.numerator,
            denominator: share.denominator,
            numerator_href: rows(visit, view, name, "numerator"),
            denominator_href: rows(visit, view, name, "denominator"),
            beside,
        }
    };
    shares.map(tile).to_vec()
}

/// The rows, for whoever has the ledger and where the period is whole days.
fn rows(visit: &Visit, view: &HonourView, rate: &str, side: &str) -> Option<String> {
    if !is_for("/ledger", visit.who.role()) {
        return None;
    }
    let zone = visit.calendar().zone;
    let (from, to) = (midnight(view.from, &zone)?, midnight(view.to, &zone)?.yesterday().ok()?);
    Some(ledger::of_rate(rate, side, &view.community, &view.unit, (from, to)))
}

/// The day that begins at the instant.
fn midnight(at: Timestamp, zone: &TimeZone) -> Option<jiff::civil::Date> {
    let local = at.to_zoned(zone.clone());
    (local.time() == jiff::civil::Time::midnight()).then(|| local.date())
}
