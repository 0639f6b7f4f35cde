//! A community (社区) comes in.

use sandan_domain::community::Command;
use sandan_domain::{CommunityId, InputError, NoSuch, limits};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::{Caller, Scope};
use crate::execute::{Identity, Order, Wish};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// `slug` and `name` are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Found {
    pub slug: Option<String>,
    pub name: Option<String>,
    /// The community above.
    pub parent: Option<String>,
}

/// Something of the organisation was founded, added, registered or revised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Founded {
    pub slug: String,
}

/// The slug as it was given: the same body gives the same answer.
pub(super) fn founded(slug: Option<&str>) -> Founded {
    Founded { slug: slug.unwrap_or_default().trim().to_owned() }
}

impl App {
    /// Founds a community.
    pub async fn found_community(&self, by: &Caller, input: Found) -> Answer<Founded> {
        let identity = admit(by, Action::Found, &input)?;
        let receipt = self.once(&identity, self.found_new(by, &identity, &input)).await?;
        Ok(receipt.map(|_| founded(input.slug.as_deref())))
    }

    async fn found_new(&self, by: &Caller, identity: &Identity, input: &Found) -> Done {
        let mut form = Form::default();
        let parent: Option<CommunityId> = form.parsed("parent", input.parent.as_deref());
        self.below(by, &mut form, parent.as_ref()).await?;
        let community: Option<CommunityId> = form.required_parsed("slug", input.slug.as_deref());
        let name = form.required_line("name", input.name.as_deref(), limits::NAME);
        form.check()?;
        let community = checked(community)?;
        let command = Command::Found { community: community.clone(), name: checked(name)?, parent };
        let wish = Wish::Community(community.clone(), command);
        Ok(self.execute(&Order::new(by, Action::Found, identity, community, wish)).await?)
    }

    /// Whoever is limited to a community founds only below it.
    async fn below(&self, by: &Caller, form: &mut Form, parent: Option<&CommunityId>) -> Result<(), Refusal> {
        match (parent, &by.scope) {
            (None, Scope::All) => Ok(()),
            (None, Scope::Community(own)) => {
                Err(Refusal::forbidden(format!("you are limited to {own}: name it or one below it as the parent")))
            }
            (Some(parent), _) => match self.found_place(parent).await? {
                Some(_) => self.in_scope(by, parent).await,
                None => {
                    form.error("parent", InputError::unknown(NoSuch::community(parent)));
                    Ok(())
                }
            },
        }
    }
}
