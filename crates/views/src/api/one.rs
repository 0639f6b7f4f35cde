//! One request.

use jiff::Timestamp;
use sandan_domain::{CommunityId, RequestId};

use crate::query;
use crate::views::Answer;
use crate::{Cursor, Eyes, Interval, LIMIT_MAX, Page, RequestView, Sight, SignerView, TimelineItem, Views};

impl Views {
    /// Everything about a request; `None` if there is none, or not in sight.
    pub async fn request(&self, sight: &Sight, id: RequestId) -> Answer<Option<RequestView>> {
        let (sight, now) = (sight.clone(), self.now());
        self.ask(move |tables| query::request(tables, &sight, id, now)).await
    }

    /// Whose request it is, whoever asks.
    pub async fn community_of(&self, id: RequestId) -> Answer<Option<CommunityId>> {
        self.ask(move |tables| query::community_of(tables, id)).await
    }

    /// Every event about a request, of all streams, in order. Bodies are read from the log and opened now, so
    /// what was forgotten since is not in them.
    ///
    /// Bodies name persons by their ids, and ballots too: not for a unit or the public as they are (R21).
    pub async fn timeline(
        &self,
        sight: &Sight,
        id: RequestId,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<TimelineItem>> {
        let sight = sight.clone();
        let after = cursor.map_or(0, |cursor| u64::try_from(cursor.key).unwrap_or_default());
        let mut moments = self.ask(move |tables| query::moments(tables, &sight, id, after, limit + 1)).await?;
        let more = moments.len() > limit;
        moments.truncate(limit);
        let last = moments.last().map(|moment| Cursor { key: crate::fold::int(moment.position), seq: 0 });
        let records = query::bodies(&*self.0.parts.log, id.0, &moments).await?;
        let values = query::opened_values(&self.0.parts.vault, &records).await?;
        let items = records.into_iter().zip(values).zip(moments).map(|((record, (text, data)), moment)| TimelineItem {
            position: record.position,
            id: record.id,
            kind: record.kind,
            time: record.occurred,
            recorded: record.recorded,
            actor: record.actor,
            stream: moment.stream,
            text,
            data,
        });
        Ok(Page { items: items.collect(), next_cursor: last.filter(|_| more) })
    }

    /// Who had it and where it stood, from when to when.
    pub async fn intervals(&self, sight: &Sight, id: RequestId) -> Answer<Vec<Interval>> {
        let sight = sight.clone();
        self.ask(move |tables| query::intervals(tables, &sight, id)).await
    }

    /// When its clock was stopped and why, in order, as `eyes` may read it (R11).
    pub async fn suspensions(&self, sight: &Sight, eyes: Eyes, id: RequestId) -> Answer<Suspensions> {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let page = self.timeline(sight, id, cursor, LIMIT_MAX).await?;
            let stops = page.items.into_iter().filter(|item| item.kind == "sandan.request.suspended");
            found.extend(stops.map(|item| eyes.moment(item)).map(|item| {
                let reason = item.data.get("reason").and_then(|reason| reason.as_str());
                (item.time, reason.map(str::to_owned))
            }));
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(Suspensions(found));
            }
        }
    }

    /// Whose request it is, in the order they joined. Never for a unit or the public.
    pub async fn signers(&self, sight: &Sight, id: RequestId) -> Answer<Vec<SignerView>> {
        let sight = sight.clone();
        self.ask(move |tables| query::signers(tables, &sight, id)).await
    }
}

/// When the clock of a request was stopped, and why where that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspensions(Vec<(Timestamp, Option<String>)>);

impl Suspensions {
    /// Why the clock stood still before `to`: the last suspension that had begun by then.
    pub fn reason_before(&self, to: Timestamp) -> Option<String> {
        self.0.iter().rev().find(|(began, _)| *began < to)?.1.clone()
    }
}
