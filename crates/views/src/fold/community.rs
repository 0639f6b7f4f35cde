//! Events of communities: their names, what they belong to, their grids.

use sandan_domain::CommunityId;
use sandan_domain::community::{Event, Founded, GridAdded};
use sandan_log::Record;

use super::Fault;
use super::batch::Batch;

impl Batch<'_> {
    pub(super) fn community(&mut self, record: &Record, event: &Event) -> Result<(), Fault> {
        match event {
            Event::Founded(founded) => self.found(founded),
            Event::GridAdded(added) => self.add_grid(record, added),
        }
    }

    fn found(&mut self, founded: &Founded) -> Result<(), Fault> {
        let parent = founded.parent.as_ref().map(|parent| self.names.community(self.sql, parent)).transpose()?;
        let code = self.names.community(self.sql, &founded.community)?;
        let sql = "UPDATE community SET name = ?, parent = ? WHERE code = ?";
        self.sql.prepare_cached(sql)?.execute((&founded.name, parent, code))?;
        Ok(())
    }

    fn add_grid(&mut self, record: &Record, added: &GridAdded) -> Result<(), Fault> {
        let slug: CommunityId =
            record.community.parse().map_err(|_| Fault::poison(record.position, "community without a slug"))?;
        let community = self.names.community(self.sql, &slug)?;
        let grid = self.names.grid(self.sql, community, &added.grid)?;
        let sql = "UPDATE grid SET name = ?, lead = ? WHERE code = ?";
        self.sql.prepare_cached(sql)?.execute((&added.name, &added.lead, grid))?;
        Ok(())
    }
}
