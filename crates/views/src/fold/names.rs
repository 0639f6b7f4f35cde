//! Codes of communities, grids, units and categories: given out once, kept in the tables, and known by heart.

use std::collections::HashMap;

use rusqlite::Connection;
use sandan_domain::{Category, CommunityId, GridSlug, UnitId};
use uuid::Uuid;

use crate::ViewsError;

#[derive(Debug, Default)]
pub(super) struct Names {
    communities: HashMap<String, i64>,
    grids: HashMap<(i64, String), i64>,
    units: HashMap<(i64, String), i64>,
    /// Units by the id of their stream.
    streams: HashMap<Uuid, i64>,
    categories: HashMap<String, i64>,
}

impl Names {
    pub fn load(connection: &Connection) -> Result<Self, ViewsError> {
        let mut names = Self {
            communities: pairs(connection, "SELECT slug, code FROM community")?,
            grids: in_community(connection, "SELECT community, slug, code FROM grid")?,
            units: in_community(connection, "SELECT community, slug, code FROM unit")?,
            streams: HashMap::new(),
            categories: pairs(connection, "SELECT path, code FROM category")?,
        };
        names.streams = names.unit_streams();
        Ok(names)
    }

    pub fn community(&mut self, connection: &Connection, slug: &CommunityId) -> Result<i64, ViewsError> {
        if let Some(code) = self.communities.get(slug.as_str()) {
            return Ok(*code);
        }
        connection.execute("INSERT INTO community (slug) VALUES (?)", [slug.as_str()])?;
        let code = connection.last_insert_rowid();
        self.communities.insert(slug.as_str().to_owned(), code);
        Ok(code)
    }

    pub fn grid(&mut self, connection: &Connection, community: i64, slug: &GridSlug) -> Result<i64, ViewsError> {
        let key = (community, slug.as_str().to_owned());
        if let Some(code) = self.grids.get(&key) {
            return Ok(*code);
        }
        connection.execute("INSERT INTO grid (community, slug) VALUES (?, ?)", (community, slug.as_str()))?;
        let code = connection.last_insert_rowid();
        self.grids.insert(key, code);
        Ok(code)
    }

    pub fn unit(
        &mut self,
        connection: &Connection,
        community: i64,
        of: &CommunityId,
        slug: &UnitId,
    ) -> Result<i64, ViewsError> {
        let key = (community, slug.as_str().to_owned());
        if let Some(code) = self.units.get(&key) {
            return Ok(*code);
        }
        connection.execute("INSERT INTO unit (community, slug) VALUES (?, ?)", (community, slug.as_str()))?;
        let code = connection.last_insert_rowid();
        self.units.insert(key, code);
        self.streams.insert(slug.stream_id(of), code);
        Ok(code)
    }

    pub fn unit_of_stream(&self, stream: Uuid) -> Option<i64> {
        self.streams.get(&stream).copied()
    }

    pub fn category(&mut self, connection: &Connection, category: &Category) -> Result<i64, ViewsError> {
        if let Some(code) = self.categories.get(category.as_str()) {
            return Ok(*code);
        }
        connection.execute("INSERT INTO category (path) VALUES (?)", [category.as_str()])?;
        let code = connection.last_insert_rowid();
        self.categories.insert(category.as_str().to_owned(), code);
        Ok(code)
    }

    fn unit_streams(&self) -> HashMap<Uuid, i64> {
        let slugs: HashMap<i64, CommunityId> =
            self.communities.iter().filter_map(|(slug, code)| Some((*code, slug.parse().ok()?))).collect();
        let stream = |((community, slug), code): (&(i64, String), &i64)| {
            let unit: UnitId = slug.parse().ok()?;
            Some((unit.stream_id(slugs.get(community)?), *code))
        };
        self.units.iter().filter_map(stream).collect()
    }
}

fn pairs(connection: &Connection, sql: &str) -> Result<HashMap<String, i64>, ViewsError> {
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn in_community(connection: &Connection, sql: &str) -> Result<HashMap<(i64, String), i64>, ViewsError> {
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
