//! The organisation as it is answered. What a caller may not see is `null`.

use sandan_views::{CommunityView, GridView, Sight, UnitView};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = Community)]
pub(super) struct CommunityShape {
    pub slug: String,
    pub name: String,
    /// Slug of the community above. For the staff.
    parent: Option<String>,
}

impl CommunityShape {
    pub fn of(view: CommunityView, sight: &Sight) -> Self {
        let parent = view.parent.filter(|_| sight.includes(&view.slug));
        Self { slug: view.slug.to_string(), name: view.name, parent: parent.map(|parent| parent.to_string()) }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Grid)]
pub(super) struct GridShape {
    slug: String,
    community: String,
    name: String,
    /// 网格长. For the staff.
    lead: Option<String>,
}

impl GridShape {
    pub fn of(view: GridView, sight: &Sight) -> Self {
        let lead = view.lead.filter(|_| sight.includes(&view.community));
        Self { slug: view.slug.to_string(), community: view.community.to_string(), name: view.name, lead }
    }

    pub fn key(&self) -> String {
        format!("{}/{}", self.community, self.slug)
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Unit)]
pub(super) struct UnitShape {
    slug: String,
    community: String,
    name: String,
    /// What it takes on; empty: anything. For the staff, as all below.
    categories: Option<Vec<String>>,
    /// Where it works; empty: everywhere.
    grids: Option<Vec<String>>,
    #[schema(value_type = Option<Vec<super::units::ResourceBody>>)]
    resources: Option<Vec<sandan_domain::unit::Resource>>,
    /// Most requests that it works on at once.
    capacity: Option<u32>,
    /// Requests that it works on.
    load: Option<u32>,
}

impl UnitShape {
    pub fn of(view: UnitView, sight: &Sight) -> Self {
        let seen = sight.includes(&view.community);
        let texts = |slugs: Vec<String>| seen.then_some(slugs);
        Self {
            slug: view.slug.to_string(),
            community: view.community.to_string(),
            name: view.name,
            categories: texts(view.categories.iter().map(ToString::to_string).collect()),
            grids: texts(view.grids.iter().map(ToString::to_string).collect()),
            resources: seen.then_some(view.resources),
            capacity: view.capacity.filter(|_| seen),
            load: seen.then_some(view.load),
        }
    }

    pub fn key(&self) -> String {
        format!("{}/{}", self.community, self.slug)
    }
}
