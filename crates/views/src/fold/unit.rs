//! Events of member units: what they offer, and what they carry.

use sandan_domain::RequestId;
use sandan_domain::unit::{Event, Registered, Revised};
use sandan_log::Record;
use serde::Serialize;

use super::Fault;
use super::batch::Batch;
use crate::ViewsError;
use crate::answer::TimelineStream;

impl Batch<'_> {
    pub(super) fn unit(&mut self, record: &Record, event: &Event) -> Result<(), Fault> {
        match event {
            Event::Registered(registered) => self.register(registered),
            Event::Revised(revised) => {
                let unit = self.unit_of(record)?;
                self.offer(unit, revised)
            }
            // Who works for it concerns the rounds that open, not the screens.
            Event::MemberAdded(_) | Event::MemberRemoved(_) => Ok(()),
            Event::LoadTaken(taken) => self.load(record, taken.request, 1),
            Event::LoadReleased(released) => self.load(record, released.request, -1),
        }
    }

    fn register(&mut self, registered: &Registered) -> Result<(), Fault> {
        let community = self.names.community(self.sql, &registered.community)?;
        let unit = self.names.unit(self.sql, community, &registered.community, &registered.unit)?;
        let Registered { name, categories, grids, resources, capacity, .. } = registered.clone();
        self.offer(unit, &Revised { name, categories, grids, resources, capacity })
    }

    fn offer(&self, unit: i64, offer: &Revised) -> Result<(), Fault> {
        let sql = "UPDATE unit SET name = ?, categories = ?, grids = ?, resources = ?, capacity = ? WHERE code = ?";
        let (categories, grids, resources) = (json(&offer.categories)?, json(&offer.grids)?, json(&offer.resources)?);
        self.sql.prepare_cached(sql)?.execute((&offer.name, categories, grids, resources, offer.capacity, unit))?;
        Ok(())
    }

    fn load(&mut self, record: &Record, request: RequestId, by: i64) -> Result<(), Fault> {
        let unit = self.unit_of(record)?;
        *self.loads.entry(unit).or_default() += by;
        let entry = self.take(request.0, record.position)?;
        self.moment(&entry, record, TimelineStream::Unit)?;
        self.put(request.0, entry);
        Ok(())
    }

    fn unit_of(&self, record: &Record) -> Result<i64, Fault> {
        let unit = self.names.unit_of_stream(record.stream.id);
        unit.ok_or_else(|| Fault::poison(record.position, format!("unit {} was never registered", record.stream.id)))
    }
}

fn json(value: &impl Serialize) -> Result<String, ViewsError> {
    serde_json::to_string(value).map_err(|error| ViewsError::Storage(error.to_string()))
}
