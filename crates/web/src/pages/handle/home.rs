//! `/`, `/file`, `/join/{id}`: filing a request, or joining an open one.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sandan_app::{Action, CoSign, FileRequest};
use sandan_domain::category::Taxonomy;
use sandan_domain::request::ServiceRequest;
use sandan_domain::{Category, CommunityId, GridSlug, RequestId, Role};
use sandan_views::{NearbyRow, Sight};

use super::names::Names;
use super::show;
use crate::lookup;
use crate::pages::form::Form;
use crate::pages::home::{HomePage, JoinPage, Nearby, NearbyPart};
use crate::pages::line::Choice;
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;

/// Categories offered for what was typed.
const MATCHES_MAX: usize = 12;

pub(crate) async fn home(visit: Visit) -> Answer {
    let mut form = Form::empty("file");
    for field in ["community", "category", "grid"] {
        if let Some(value) = visit.query.get(field) {
            form = form.with(field, value);
        }
    }
    page(&home_page(&visit, form, Form::empty("follow")).await?)
}

async fn home_page(visit: &Visit, form: Form, follow: Form) -> Result<HomePage, Problem> {
    let views = &visit.site.views;
    let communities = views.communities(&Sight::All).await?;
    let chosen = match &communities[..] {
        [only] => Some(only.slug.clone()),
        _ => form.value("community").parse().ok(),
    };
    let grids = match &chosen {
        Some(community) => views.grids(&Sight::All, Some(community)).await?,
        None => Vec::new(),
    };
    Ok(HomePage {
        t: visit.t,
        shell: visit.shell(visit.t.s("nav-home")).live(),
        channel: channel(visit.who.role()),
        communities: show::communities(&communities, None),
        grids: grids.into_iter().map(|grid| Choice::new(grid.slug.as_str(), grid.name)).collect(),
        categories: show::category_groups(visit.t),
        matches: Vec::new(),
        nearby: Vec::new(),
        form,
        follow,
    })
}

/// How a wish reached somebody who files it for another (R2).
const fn channel(role: Role) -> Option<&'static str> {
    match role {
        Role::Hotline => Some("hotline"),
        Role::GridWorker => Some("grid_visit"),
        Role::Kiosk => Some("kiosk"),
        _ => None,
    }
}

pub(crate) async fn file(visit: Visit) -> Answer {
    let form = visit.form("file");
    let category = match category(&visit) {
        Ok(category) => category,
        Err(matches) => return ask_category(&visit, form, matches).await,
    };
    if !visit.sent.is("seen", "1") {
        let nearby = nearby_of(&visit, category.as_ref()).await?;
        if !nearby.is_empty() {
            // A fine category has no place in the list of two levels: it goes on as what was typed.
            let named = category.as_ref().map(|category| Taxonomy::national().path_name(category, visit.t.language));
            let form = form.with("wanted", named.unwrap_or_default());
            return page(&HomePage { nearby, ..home_page(&visit, form, Form::empty("follow")).await? });
        }
    }
    let _place = visit.site.door.place()?;
    let input = input(&form, category);
    match visit.site.app.file(&visit.caller(Action::File, &form), input).await {
        Ok(filed) => {
            let code = filed.outcome.tracking.to_string();
            Ok(on(&format!("/r/{code}/receipt"), "filed", filed.position))
        }
        Err(refusal) => {
            let (status, form) = form.refuse(visit.t, refusal.into())?;
            with_status(status, &home_page(&visit, form, Form::empty("follow")).await?)
        }
    }
}

pub(super) fn input(form: &Form, category: Option<Category>) -> FileRequest {
    FileRequest {
        community: form.given("community"),
        channel: form.given("channel"),
        category: category.map(|category| category.as_str().to_owned()),
        title: form.given("title"),
        description: form.given("description"),
        urgency: form.given("urgency"),
        name: form.given("name"),
        phone: form.given("phone"),
        email: form.given("email"),
        address: form.given("address"),
        grid: form.given("grid"),
        lat: None,
        lng: None,
    }
}

/// The category that was picked, typed or chosen, in this order; or what the typed one may mean.
fn category(visit: &Visit) -> Result<Option<Category>, Vec<Choice>> {
    let taxonomy = Taxonomy::national();
    if let Some(picked) = visit.sent.get("picked").and_then(|picked| taxonomy.find(picked)) {
        return Ok(Some(picked));
    }
    if let Some(typed) = visit.sent.get("wanted") {
        let found = taxonomy.find(typed).map(Some);
        return found.ok_or_else(|| show::categories_like(typed, visit.t, MATCHES_MAX));
    }
    Ok(visit.sent.get("category").and_then(|chosen| taxonomy.find(chosen)))
}

async fn ask_category(visit: &Visit, mut form: Form, matches: Vec<Choice>) -> Answer {
    if matches.is_empty() {
        form.complain("wanted", visit.t.s("no-such-category"));
    }
    form.banner = Some(visit.t.s("form-bad"));
    let page = HomePage { matches, ..home_page(visit, form, Form::empty("follow")).await? };
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Open requests of the same category nearby (R5).
async fn nearby_of(visit: &Visit, category: Option<&Category>) -> Result<Vec<Nearby>, Problem> {
    let (Some(category), Some(Ok(community))) = (category, visit.sent.get("community").map(str::parse)) else {
        return Ok(Vec::new());
    };
    let grid: Option<GridSlug> = visit.sent.get("grid").and_then(|grid| grid.parse().ok());
    nearby(visit, &community, Some(category), grid.as_ref()).await
}

async fn nearby(
    visit: &Visit,
    community: &CommunityId,
    category: Option<&Category>,
    grid: Option<&GridSlug>,
) -> Result<Vec<Nearby>, Problem> {
    let rows = visit.site.views.nearby(community, category, grid).await?;
    let names = Names::of(&visit.site.views, std::iter::once(community)).await?;
    Ok(rows.iter().map(|row| shown(visit, &names, community, row)).collect())
}

/// Category, grid, age and the desk's own words: nobody else's (R5).
fn shown(visit: &Visit, names: &Names, community: &CommunityId, row: &NearbyRow) -> Nearby {
    let t = visit.t;
    let category = row.category.as_ref().map(|category| Taxonomy::national().name(category, t.language));
    let days = visit.calendar().now.duration_since(row.filed_at).as_hours() / 24;
    let grid = row.grid.as_ref().map(|grid| names.grid(community, grid));
    let joined = t.n("near-co-signers", row.co_signers);
    let about = [category.clone(), grid, Some(t.n("age-days", days)), Some(joined)];
    Nearby {
        title: row.public_title.clone().or(category).unwrap_or_else(|| t.s("category-none")),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        href: format!("/join/{}", row.id),
    }
}

/// The open requests alone: `/nearby?community=…&category=…&grid=…`.
pub(crate) async fn nearby_part(visit: Visit) -> Answer {
    let Some(Ok(community)) = visit.query.get("community").map(str::parse) else { return Err(Problem::not_found()) };
    let category = visit.query.get("category").and_then(|text| Taxonomy::national().find(text));
    let grid: Option<GridSlug> = visit.query.get("grid").and_then(|grid| grid.parse().ok());
    let nearby = nearby(&visit, &community, category.as_ref(), grid.as_ref()).await?;
    page(&NearbyPart { t: visit.t, nearby })
}

/// Categories like what was typed, as options of a list.
pub(crate) async fn categories(visit: Visit) -> Response {
    let typed = visit.query.get("wanted").or_else(|| visit.query.get("category")).unwrap_or_default();
    let found = show::categories_like(typed, visit.t, MATCHES_MAX);
    // Names of the national table: nothing in them needs to be escaped.
    Html(found.iter().map(|choice| format!("<option value=\"{}\"></option>", choice.label)).collect::<String>())
        .into_response()
}

/// On to the request that a code opens; a wrong one is said at its field.
pub(crate) async fn follow(visit: Visit) -> Answer {
    let mut follow = visit.form("follow");
    let code = follow.value("code").to_owned();
    match lookup::by_code(&visit.site, &visit.who, &code).await {
        Ok(_) => Ok(Redirect::to(&format!("/r/{}", normal(&code))).into_response()),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => {
            if let Some(id) = lookup::evaluation_of(&visit.site, &visit.who, &code).await? {
                return Ok(Redirect::to(&format!("/evaluations/{id}/volunteer/{}", normal(&code))).into_response());
            }
            follow.complain("code", visit.t.s("follow-unknown"));
            with_status(problem.status, &home_page(&visit, Form::empty("file"), follow).await?)
        }
        Err(problem) => Err(problem),
    }
}

/// A code as it stands in addresses, however it was typed.
pub(crate) fn normal(code: &str) -> String {
    match code.parse::<sandan_vault::TrackingCode>() {
        Ok(code) => code.as_str().to_owned(),
        Err(_) => String::new(),
    }
}

pub(crate) async fn join(Path(id): Path<uuid::Uuid>, visit: Visit) -> Answer {
    page(&join_page(&visit, RequestId(id), Form::empty("join")).await?)
}

async fn join_page(visit: &Visit, id: RequestId, form: Form) -> Result<JoinPage, Problem> {
    let ServiceRequest::Filed(case) = &*visit.site.app.request(id).await? else { return Err(Problem::not_found()) };
    let view = visit.site.views.request(&Sight::All, id).await?.ok_or_else(Problem::not_found)?;
    if !case.stage.is_open() {
        return Err(Problem::not_found());
    }
    let names = Names::of(&visit.site.views, std::iter::once(&case.community)).await?;
    let row = NearbyRow {
        id,
        category: view.category,
        grid: view.location.grid,
        filed_at: view.filed_at,
        public_title: view.public_title,
        state: view.state,
        co_signers: view.co_signers,
    };
    let item = shown(visit, &names, &case.community, &row);
    Ok(JoinPage { t: visit.t, shell: visit.shell(visit.t.s("join-title")), item, form })
}

pub(crate) async fn join_send(Path(id): Path<uuid::Uuid>, visit: Visit) -> Answer {
    let form = visit.form("join");
    let _place = visit.site.door.place()?;
    let input = CoSign { name: form.given("name"), phone: form.given("phone"), email: form.given("email") };
    match visit.site.app.co_sign(&visit.caller(Action::CoSign, &form), RequestId(id), input).await {
        Ok(joined) => Ok(on(&format!("/r/{}/receipt", joined.outcome.tracking), "joined", joined.position)),
        Err(refusal) => {
            let (status, form) = form.refuse(visit.t, refusal.into())?;
            with_status(status, &join_page(&visit, RequestId(id), form).await?)
        }
    }
}
