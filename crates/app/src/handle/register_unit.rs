//! A member unit (成员单位) joins, or changes what it offers (R3, R28).

use sandan_domain::community::Place;
use sandan_domain::unit::{Command, Profile, Resource, ResourceKind};
use sandan_domain::{Category, CommunityId, Flaw, GridSlug, InputError, NoSuch, UnitId, limits};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish};
use crate::form::{Form, checked};
use crate::handle::found::{Founded, founded};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;
use crate::units::unit_row;

/// The highest capacity that a unit can state.
const CAPACITY_MAX: u32 = 100_000;
/// Most lines of each list that a unit can have.
const LINES_MAX: usize = 500;

const RESOURCES: [(&str, ResourceKind); 5] = [
    ("people", ResourceKind::People),
    ("room", ResourceKind::Room),
    ("skill", ResourceKind::Skill),
    ("money", ResourceKind::Money),
    ("time", ResourceKind::Time),
];

/// `slug`, `community` and `name` are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RegisterUnit {
    pub slug: Option<String>,
    pub community: Option<String>,
    pub name: Option<String>,
    /// What it takes on; empty: anything.
    pub categories: Vec<String>,
    /// Where it works; empty: everywhere.
    pub grids: Vec<String>,
    /// Most requests at once; without, as many as come.
    pub capacity: Option<i64>,
    pub resources: Vec<ResourceLine>,
}

/// One line of the resource list (资源清单).
#[derive(Clone, Debug, Default, Serialize)]
pub struct ResourceLine {
    /// `people`, `room`, `skill`, `money` or `time`.
    pub kind: Option<String>,
    pub name: Option<String>,
}

impl App {
    /// Registers a unit.
    pub async fn register_unit(&self, by: &Caller, input: RegisterUnit) -> Answer<Founded> {
        let identity = admit(by, Action::RegisterUnit, &input)?;
        let receipt = self.once(&identity, self.unit_new(by, Action::RegisterUnit, &identity, &input)).await?;
        Ok(receipt.map(|_| founded(input.slug.as_deref())))
    }

    /// Replaces what a registered unit offers.
    pub async fn revise_unit(&self, by: &Caller, input: RegisterUnit) -> Answer<Founded> {
        let identity = admit(by, Action::ReviseUnit, &input)?;
        let receipt = self.once(&identity, self.unit_new(by, Action::ReviseUnit, &identity, &input)).await?;
        Ok(receipt.map(|_| founded(input.slug.as_deref())))
    }

    async fn unit_new(&self, by: &Caller, action: Action, identity: &Identity, input: &RegisterUnit) -> Done {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        let place = self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let unit: Option<UnitId> = form.required_parsed("slug", input.slug.as_deref());
        let profile = profile(&mut form, input, place.as_ref());
        form.check()?;
        let (community, unit, profile) = (checked(community)?, checked(unit)?, profile?);
        let command = match action {
            Action::ReviseUnit if !self.has_unit(&community, &unit).await? => return Err(Refusal::NotFound),
            Action::ReviseUnit => Command::Revise(profile),
            _ => Command::Register { community: community.clone(), unit: unit.clone(), profile },
        };
        let rows = vec![unit_row(&community, &unit)];
        let wish = Wish::Unit(community.clone(), unit, command);
        let order = Order { rows, ..Order::new(by, action, identity, community, wish) };
        Ok(self.execute(&order).await?)
    }
}

fn profile(form: &mut Form, input: &RegisterUnit, place: Option<&Place>) -> Result<Profile, Refusal> {
    let name = form.required_line("name", input.name.as_deref(), limits::NAME);
    let categories = categories(form, &input.categories);
    let grids = grids(form, &input.grids, place);
    let resources = resources(form, &input.resources);
    let capacity = form.number("capacity", input.capacity, (0, CAPACITY_MAX));
    Ok(Profile { name: checked(name)?, categories, grids, resources, capacity })
}

fn categories(form: &mut Form, names: &[String]) -> Vec<Category> {
    few(form, "categories", names.len());
    let mut categories: Vec<Category> = Vec::new();
    for name in names.iter().take(LINES_MAX) {
        match form.category("categories", Some(name)) {
            Some(category) if !categories.contains(&category) => categories.push(category),
            _ => {}
        }
    }
    categories
}

fn grids(form: &mut Form, names: &[String], place: Option<&Place>) -> Vec<GridSlug> {
    few(form, "grids", names.len());
    let mut grids: Vec<GridSlug> = Vec::new();
    for name in names.iter().take(LINES_MAX) {
        let Some(grid) = form.required_parsed::<GridSlug>("grids", Some(name)) else { continue };
        if let Some(place) = place.filter(|place| !place.grids.contains(&grid)) {
            form.error("grids", InputError::unknown(NoSuch::grid(&place.community, &grid)));
        } else if !grids.contains(&grid) {
            grids.push(grid);
        }
    }
    grids
}

fn resources(form: &mut Form, lines: &[ResourceLine]) -> Vec<Resource> {
    few(form, "resources", lines.len());
    let mut resources = Vec::new();
    for line in lines.iter().take(LINES_MAX) {
        let kind = form.required_word("resources.kind", line.kind.as_deref(), &RESOURCES);
        let name = form.required_line("resources.name", line.name.as_deref(), limits::NAME);
        if let (Some(kind), Some(name)) = (kind, name) {
            resources.push(Resource { kind, name: name.into_string() });
        }
    }
    resources
}

fn few(form: &mut Form, field: &str, count: usize) {
    if count > LINES_MAX {
        form.error(field, InputError::malformed(Flaw::lines(count, LINES_MAX)));
    }
}
