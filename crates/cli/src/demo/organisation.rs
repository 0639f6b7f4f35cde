//! Founding the town: its communities, grids and units.

use sandan_app::{AddGrid, App, Caller, Found, Refusal, RegisterUnit, ResourceLine};

use super::place::{COMMUNITIES, GRIDS, MAIN, OTHER, UNITS, Unit};

pub async fn found(app: &App) -> Result<(), Refusal> {
    let by = Caller::system();
    for community in &COMMUNITIES {
        let parent = community.parent.map(str::to_owned);
        let found = Found { slug: Some(community.slug.to_owned()), name: Some(community.name.to_owned()), parent };
        app.found_community(&by, found).await?;
    }
    for grid in &GRIDS {
        let add = AddGrid {
            slug: Some(grid.slug.to_owned()),
            community: Some(grid.community.to_owned()),
            name: Some(grid.name.to_owned()),
            lead: Some(grid.lead.to_owned()),
        };
        app.add_grid(&by, add).await?;
    }
    for unit in &UNITS {
        app.register_unit(&by, register(unit, MAIN, "湖滨")).await?;
        app.register_unit(&by, register(unit, OTHER, "东园")).await?;
    }
    Ok(())
}

fn register(unit: &Unit, community: &str, prefix: &str) -> RegisterUnit {
    let resource =
        |(kind, name): &(&str, &str)| ResourceLine { kind: Some((*kind).to_owned()), name: Some((*name).to_owned()) };
    RegisterUnit {
        slug: Some(unit.slug.to_owned()),
        community: Some(community.to_owned()),
        name: Some(format!("{prefix}{}", unit.name)),
        categories: unit.categories.iter().map(|category| (*category).to_owned()).collect(),
        grids: Vec::new(),
        capacity: Some(unit.capacity),
        resources: unit.resources.iter().map(resource).collect(),
    }
}
