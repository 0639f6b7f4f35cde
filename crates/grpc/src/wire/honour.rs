//! A question about an honour, and the figures that were written down with the answer.

use sandan_domain::Share;
use sandan_domain::honour::{Figures, WithoutAppealed, WithoutUnreasonable};
use sandan_views::HonourView;

use super::time::time;
use super::words::{named, number};
use crate::v1;

pub(crate) fn shown(view: HonourView) -> v1::Honour {
    v1::Honour {
        id: view.id.to_string(),
        community: view.community.to_string(),
        unit: view.unit.to_string(),
        honour: view.honour,
        from: Some(time(view.from)),
        to: Some(time(view.to)),
        state: named::<v1::honour::State>(view.state.name()),
        asked_at: Some(time(view.asked_at)),
        opinion: view.opinion.map_or(0, |opinion| number::<v1::Opinion>(&opinion)),
        opinion_reason: view.opinion_reason,
        figures: view.figures.map(figures),
        answered_at: view.answered_at.map(time),
        settled_reason: view.settled_reason,
        settled_at: view.settled_at.map(time),
        position: view.position,
    }
}

fn figures(figures: Figures) -> v1::HonourFigures {
    let Figures { position, resolution, satisfaction, on_time, rework, without_unreasonable, without_appealed } =
        figures;
    v1::HonourFigures {
        position,
        resolution: share(resolution),
        satisfaction: share(satisfaction),
        on_time: share(on_time),
        rework: share(rework),
        without_unreasonable: Some(unreasonable(without_unreasonable)),
        without_appealed: Some(appealed(without_appealed)),
    }
}

fn unreasonable(without: WithoutUnreasonable) -> v1::HonourWithoutUnreasonable {
    let WithoutUnreasonable { requests, resolution, satisfaction, on_time, rework } = without;
    v1::HonourWithoutUnreasonable {
        requests,
        resolution: share(resolution),
        satisfaction: share(satisfaction),
        on_time: share(on_time),
        rework: share(rework),
    }
}

fn appealed(without: WithoutAppealed) -> v1::HonourWithoutAppealed {
    v1::HonourWithoutAppealed { ballots: without.ballots, satisfaction: share(without.satisfaction) }
}

const fn share(share: Share) -> Option<v1::HonourShare> {
    Some(v1::HonourShare { numerator: share.numerator, denominator: share.denominator })
}
