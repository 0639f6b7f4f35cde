//! The description of the API: `/openapi.json`. It is made from the handlers, and `docs/openapi.json` is a copy
//! that a test compares.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Description, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, Modify, OpenApi};

use super::rates::RateGroup;
use crate::problem::Details;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "sandan",
        description = "File, dispatch, review (三单): residents' requests, from filing to sign-off.\n\n\
            Every POST takes `Idempotency-Key: <uuid>`; its answer carries `position`, and the header \
            `Sandan-Position`. A GET with `Sandan-After: <position>` or `?after=` answers once that position can be \
            seen, or `503` after 5 s. Lists are `{items, next_cursor}`. Times are RFC 3339, ids UUIDv7. Keys of an \
            answer are always there, `null` where empty. Unknown fields are refused.",
        license(name = "MIT OR Apache-2.0"),
        contact()
    ),
    components(schemas(Details, RateGroup)),
    modifiers(&Shared),
    tags(
        (name = "requests", description = "Service requests (需求)"),
        (name = "organisation", description = "Communities, grids, units, categories"),
        (name = "policies", description = "Time policies, calendars, and what they move"),
        (name = "notices", description = "Webhooks, and what is told to whom"),
        (name = "reviews", description = "Calls, appeals, ballots and their reasons"),
        (name = "evaluations", description = "Quarterly sessions and yearly appraisals, with ballots without a name"),
        (name = "scores", description = "Two-way scoring (双向打分): units by the community, the community by its units"),
        (name = "projects", description = "Several requests met by one piece of work, with an item review (一事一评)"),
        (name = "honours", description = "What communities think of honouring their units"),
        (name = "rates", description = "The three rates (三率) and their companions"),
        (name = "node", description = "How this node is")
    )
)]
pub(super) struct Api;

/// What many calls have in common.
struct Shared;

impl Modify for Shared {
    fn modify(&self, description: &mut Description) {
        let components = description.components.get_or_insert_default();
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("Of staff or a device; a signed-in page's cookie serves as well."));
        components.add_security_scheme("token", SecurityScheme::Http(token.build()));
        for (status, description) in REFUSALS {
            let problem = Content::new(Some(Ref::from_schema_name("Problem")));
            let response = ResponseBuilder::new().description(description).content("application/problem+json", problem);
            components.responses.insert(format!("Problem{status}"), response.build().into());
        }
    }
}

/// Everything that can be answered instead, as problem details.
pub(crate) struct Refused;

const REFUSALS: [(&str, &str); 11] = [
    ("400", "The body is not JSON"),
    ("401", "No token, or one that is not valid"),
    ("403", "This caller may not"),
    ("404", "Nothing by that name, or a wrong tracking code"),
    ("409", "The state does not permit the step; `state` and `permitted` say what it does"),
    ("413", "The body is too large"),
    ("415", "The body has another media type"),
    ("422", "Fields that can't stand; `errors` names each"),
    ("429", "Too often; `Retry-After` says when again"),
    ("500", "We failed"),
    ("503", "Not now; `Retry-After` says when again"),
];

impl IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::response::Response>> {
        let reference = |status: &str| RefOr::Ref(Ref::from_response_name(format!("Problem{status}")));
        REFUSALS.into_iter().map(|(status, _)| (status.to_owned(), reference(status))).collect()
    }
}

/// The description as it is served.
pub fn json() -> &'static str {
    static JSON: LazyLock<String> = LazyLock::new(|| {
        let text = super::routes().into_openapi().to_pretty_json();
        text.unwrap_or_default() + "\n"
    });
    &JSON
}

/// Shows this description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "node",
    responses((status = 200, content_type = "application/json", body = String)),
    security(())
)]
pub(super) async fn openapi() -> Response {
    // The same for everybody until the program changes.
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, json()).into_response()
}
