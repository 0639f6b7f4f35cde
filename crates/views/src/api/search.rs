//! Lists of requests that contain a text: the search gives candidates, the tables say which of them fit.

use crate::query::{self, Scope};
use crate::search::find;
use crate::views::Answer;
use crate::{Cursor, Filter, Sight, Views};

/// Candidates asked for at first; each further time twice as many.
const CANDIDATES_FIRST: usize = 200;
const CANDIDATES_MAX: usize = 20_000;
/// With more communities than this the tables alone say which fit.
const COMMUNITIES_MAX: usize = 64;

impl Views {
    /// At most `limit` keys, and whether there are more.
    pub(super) async fn containing(
        &self,
        part: &str,
        sight: &Sight,
        filter: &Filter,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<(Vec<Cursor>, bool)> {
        let communities = self.communities_of(sight, filter).await?;
        let (mut below, mut candidates) = (cursor.map_or(i64::MAX, |cursor| cursor.seq), CANDIDATES_FIRST);
        let mut keys = Vec::new();
        loop {
            let (part, among) = (part.to_owned(), communities.clone());
            let finding = self.0.search.pool().run(move |index| {
                let among = among.as_ref().map(|slugs| slugs.iter().map(String::as_str).collect::<Vec<_>>());
                find(index, &part, among.as_deref(), below, candidates)
            });
            let found = finding.await?;
            let (sight, filter) = (sight.clone(), filter.clone());
            let fitting = self.ask(move |tables| {
                let scope = Scope::of(tables, &sight, filter.community.as_ref())?;
                query::among(tables, &scope, &filter, &found.seqs)
            });
            keys.extend(fitting.await?.into_iter().map(|seq| Cursor { key: seq, seq }));
            match found.below {
                Some(next) if keys.len() <= limit => below = next,
                _ => break,
            }
            candidates = (candidates * 2).min(CANDIDATES_MAX);
        }
        let more = keys.len() > limit;
        keys.truncate(limit);
        Ok((keys, more))
    }

    /// Slugs to look in; `None`: everywhere.
    async fn communities_of(&self, sight: &Sight, filter: &Filter) -> Answer<Option<Vec<String>>> {
        let below = match &filter.community {
            Some(community) => self.sight_of(Some(community)).await?,
            None => sight.clone(),
        };
        let Sight::Set(set) = below else { return Ok(None) };
        let seen = set.iter().filter(|community| sight.includes(community));
        let slugs: Vec<String> = seen.map(ToString::to_string).collect();
        // An empty list is no question that FTS5 understands; the tables find nothing in it either.
        Ok(Some(slugs).filter(|slugs| (1..=COMMUNITIES_MAX).contains(&slugs.len())))
    }
}
