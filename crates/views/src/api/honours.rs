//! Honours (R24), and the figures that go with a community's opinion.

use sandan_domain::honour::{Figures, Question, WithoutAppealed, WithoutUnreasonable};
use sandan_domain::{CommunityId, HonourId};

use crate::query::{self, Scope};
use crate::store::read_head;
use crate::views::Answer;
use crate::{By, HonourView, RatesQuery, RatesRow, Sight, Views};

impl Views {
    /// Questions of a community and those below, or of all: anybody may see them.
    pub async fn honours(&self, community: Option<&CommunityId>) -> Answer<Vec<HonourView>> {
        let community = community.cloned();
        self.ask(move |tables| {
            let scope = Scope::of(tables, &Sight::All, community.as_ref())?;
            query::honours(tables, &scope)
        })
        .await
    }

    pub async fn honour(&self, id: HonourId) -> Answer<Option<HonourView>> {
        self.ask(move |tables| query::honour(tables, id)).await
    }

    /// The unit's figures of the period as they stand now; all zero where it did nothing.
    pub async fn figures_of(&self, question: &Question) -> Answer<Figures> {
        let Question { community, unit, from, to } = question.clone();
        self.ask(move |tables| {
            let scope = Scope::of(tables, &Sight::All, Some(&community))?;
            let by_unit =
                RatesQuery { community: Some(community.clone()), from: Some(from), to: Some(to), by: Some(By::Unit) };
            let rows = query::rates(tables, &scope, &by_unit)?;
            let is_its = |row: &RatesRow| {
                row.community.as_ref() == Some(&community) && row.group.as_deref() == Some(unit.as_str())
            };
            let row = rows.into_iter().find(is_its).unwrap_or_default();
            Ok(figures(&row, read_head(tables)?.position))
        })
        .await
    }
}

fn figures(row: &RatesRow, position: u64) -> Figures {
    let without = &row.without_unreasonable;
    Figures {
        position,
        resolution: row.resolution.share(),
        satisfaction: row.satisfaction.share(),
        on_time: row.on_time.share(),
        rework: row.rework.share(),
        without_unreasonable: WithoutUnreasonable {
            requests: without.requests,
            resolution: without.resolution.share(),
            satisfaction: without.satisfaction.share(),
            on_time: without.on_time.share(),
            rework: without.rework.share(),
        },
        without_appealed: WithoutAppealed {
            ballots: row.without_appealed.ballots,
            satisfaction: row.without_appealed.satisfaction.share(),
        },
    }
}
