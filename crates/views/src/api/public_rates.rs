//! Rates of all time for the public page. Anybody can ask for them, and their cost grows with the requests: so
//! they are worked out by one asker at a time, and dear ones are kept for a while.

use std::collections::HashMap;
use std::time::Instant;

use sandan_domain::CommunityId;
use tokio::sync::Mutex;

use crate::query::{self, Scope};
use crate::views::Answer;
use crate::{RatesQuery, RatesRow, Sight, Views};

/// What took a second to work out is shown for so many seconds: one part in a hundred of a processor.
const KEPT_PER_COST: u32 = 100;
/// What took less is worked out each time.
const DEAR_IN_MILLIS: u128 = 20;

/// Dear rates by community, with the instant up to which they are shown.
#[derive(Default)]
pub(crate) struct PublicRates(Mutex<HashMap<Option<CommunityId>, (Instant, RatesRow)>>);

impl Views {
    pub(super) async fn public_rates(&self, community: Option<&CommunityId>) -> Answer<RatesRow> {
        let community = community.cloned();
        let mut kept = self.0.public_rates.0.lock().await;
        kept.retain(|_, (until, _)| *until > Instant::now());
        if let Some((_, rates)) = kept.get(&community) {
            return Ok(rates.clone());
        }
        let (begun, of) = (Instant::now(), community.clone());
        let working_out = self.ask(move |tables| {
            let scope = Scope::of(tables, &Sight::All, of.as_ref())?;
            Ok(query::rates(tables, &scope, &RatesQuery::default())?.pop().unwrap_or_default())
        });
        let rates = working_out.await?;
        let cost = begun.elapsed();
        if cost.as_millis() >= DEAR_IN_MILLIS {
            kept.insert(community, (Instant::now() + cost * KEPT_PER_COST, rates.clone()));
        }
        Ok(rates)
    }
}
