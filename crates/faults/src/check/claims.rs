//! R3 from the log itself: what was put in the pool is claimed by as many as the dispatcher allowed, and one of them
//! leads.

use std::collections::HashMap;

use sandan_domain::Event;
use sandan_domain::request::{self, Target};
use sandan_log::Record;
use uuid::Uuid;

use super::Found;
use super::promise::CLAIMED;

/// An item of the pool, since it was put there.
struct Pooled {
    at: u64,
    slots: u32,
    claims: Vec<u64>,
    leads: usize,
}

pub(super) fn check(records: &[Record], found: &mut Found) {
    let mut pool: HashMap<Uuid, Pooled> = HashMap::new();
    for record in records {
        let (id, at) = (record.stream.id, record.position);
        // What can't be read is told elsewhere.
        let Ok(Event::Request(event)) = Event::decode(&record.kind, record.schema, &record.body) else { continue };
        match event {
            request::Event::Dispatched(dispatched) => {
                let before = match dispatched.target {
                    Target::Pool { slots } => pool.insert(id, Pooled { at, slots, claims: Vec::new(), leads: 0 }),
                    Target::Units(_) | Target::Desk => pool.remove(&id),
                };
                before.into_iter().for_each(|pooled| judge(id, &pooled, found));
            }
            request::Event::Claimed(claimed) => {
                if let Some(pooled) = pool.get_mut(&id) {
                    pooled.claims.push(at);
                    pooled.leads += usize::from(claimed.leads);
                }
            }
            _ => {}
        }
    }
    let mut left: Vec<_> = pool.into_iter().collect();
    left.sort_unstable_by_key(|(_, pooled)| pooled.at);
    left.iter().for_each(|(id, pooled)| judge(*id, pooled, found));
}

fn judge(id: Uuid, pooled: &Pooled, found: &mut Found) {
    let Pooled { at, slots, claims, leads } = pooled;
    if claims.len() > *slots as usize || *leads > 1 {
        let what =
            format!("request {id}, put in the pool at position {at} for {slots}: {leads} lead, claims at {claims:?}");
        found.add(CLAIMED, what);
    }
}
