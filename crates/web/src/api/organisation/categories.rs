//! What requests are about, by name in both languages.

use axum::response::Response;
use sandan_domain::Category;
use sandan_domain::category::{Language, Taxonomy};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List, PageQuery};
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
#[schema(as = Category)]
struct Shape {
    /// The Chinese names from the first level down: what answers name it by.
    path: String,
    /// Path of the category above.
    parent: Option<String>,
    name: Names,
}

/// On its last level.
#[derive(Serialize, ToSchema)]
#[schema(as = CategoryNames)]
struct Names {
    zh: String,
    en: String,
}

/// Lists categories, each level's before those below it.
#[utoipa::path(
    get,
    path = "/api/v1/categories",
    tag = "organisation",
    params(PageQuery),
    responses((status = 200, body = List<Shape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: PageQuery = ask.query()?;
    let limit = list::limit(query.limit.as_deref())?;
    let items = Taxonomy::national().all().map(shape).collect();
    list::page(items, |item: &Shape| item.path.clone(), query.cursor.as_deref(), limit)
}

fn shape(category: &Category) -> Shape {
    let name = |language| Taxonomy::national().name(category, language);
    Shape {
        path: category.to_string(),
        parent: category.parent().map(|parent| parent.to_string()),
        name: Names { zh: name(Language::Zh), en: name(Language::En) },
    }
}
