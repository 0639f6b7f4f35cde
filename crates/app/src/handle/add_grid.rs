//! A community gets a grid (网格).

use sandan_domain::community::Command;
use sandan_domain::{CommunityId, GridSlug, limits};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish};
use crate::form::{Form, checked};
use crate::handle::found::{Founded, founded};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

/// `slug`, `community` and `name` are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AddGrid {
    pub slug: Option<String>,
    pub community: Option<String>,
    pub name: Option<String>,
    /// 网格长: who answers for it.
    pub lead: Option<String>,
}

impl App {
    /// Adds a grid to a community.
    pub async fn add_grid(&self, by: &Caller, input: AddGrid) -> Answer<Founded> {
        let identity = admit(by, Action::AddGrid, &input)?;
        let receipt = self.once(&identity, self.add_grid_new(by, &identity, &input)).await?;
        Ok(receipt.map(|_| founded(input.slug.as_deref())))
    }

    async fn add_grid_new(&self, by: &Caller, identity: &Identity, input: &AddGrid) -> Done {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let grid: Option<GridSlug> = form.required_parsed("slug", input.slug.as_deref());
        let name = form.required_line("name", input.name.as_deref(), limits::NAME);
        let lead = form.line("lead", input.lead.as_deref(), limits::NAME);
        form.check()?;
        let community = checked(community)?;
        let command = Command::AddGrid { grid: checked(grid)?, name: checked(name)?, lead };
        let wish = Wish::Community(community.clone(), command);
        Ok(self.execute(&Order::new(by, Action::AddGrid, identity, community, wish)).await?)
    }
}
