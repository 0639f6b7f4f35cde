//! 点单: a resident files a request (R1, R2, R7).

use rand::Rng;
use sandan_domain::community::Place as Area;
use sandan_domain::request::{self, Applicant, Channel, Command, Place, Urgency};
use sandan_domain::{CommunityId, GridSlug, InputError, PersonId, RequestId, RequestNumber, Text, limits};
use sandan_log::RowChange;
use sandan_vault::{TrackingCode, Vault};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Failure, Identity, Order, Outcome, Wish};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::look_up::{NUMBERS, number_key};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// How often another number is drawn when one is taken. With half of all numbers in use, all of these are taken
/// once in four thousand million requests.
const DRAWS_MAX: u32 = 32;

/// The channels, as the API names them.
pub(super) const CHANNELS: [(&str, Channel); 7] = [
    ("web", Channel::Web),
    ("kiosk", Channel::Kiosk),
    ("hotline", Channel::Hotline),
    ("mailbox", Channel::Mailbox),
    ("liaison", Channel::Liaison),
    ("grid_visit", Channel::GridVisit),
    ("partner", Channel::Partner),
];

pub(super) const URGENCIES: [(&str, Urgency); 2] = [("normal", Urgency::Normal), ("urgent", Urgency::Urgent)];

/// What a resident sends. `community` and `description` are required.
#[derive(Clone, Default, Serialize)]
pub struct FileRequest {
    pub community: Option<String>,
    /// `web` unless told otherwise; whoever may file may state any.
    pub channel: Option<String>,
    pub category: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub urgency: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub grid: Option<String>,
    /// Degrees (WGS 84); both or none.
    pub lat: Option<f64>,
    pub lng: Option<f64>,
}

/// A request was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub request: RequestId,
    pub number: RequestNumber,
    pub tracking: TrackingCode,
    pub state: String,
}

/// The checked input, but for what is drawn.
struct Draft {
    community: CommunityId,
    channel: Channel,
    urgency: Urgency,
    category: Option<sandan_domain::Category>,
    title: Option<Text>,
    description: Text,
    name: Option<Text>,
    phone: Option<Text>,
    place: Option<Place>,
}

impl App {
    /// Files a request.
    pub async fn file(&self, by: &Caller, input: FileRequest) -> Answer<Filed> {
        let identity = admit(by, Action::File, &input)?;
        let receipt = self.once(&identity, self.file_new(by, &identity, &input)).await?;
        let outcome = &receipt.outcome;
        let (Some(request), Some(person), Some(number)) = (outcome.request, outcome.person, outcome.number) else {
            return Err(Refusal::Failed("read what a filed request was remembered by".to_owned()));
        };
        let tracking = self.0.vault.tracking_code(request, person);
        Ok(receipt.map(|outcome| Filed { request, number, tracking, state: outcome.state }))
    }

    async fn file_new(&self, by: &Caller, identity: &Identity, input: &FileRequest) -> Done {
        let draft = self.draft(by, input).await?;
        for _ in 0..DRAWS_MAX {
            let order = self.filing(by, identity, &draft);
            match self.execute(&order).await {
                Err(Failure::Taken { .. }) => {}
                other => return Ok(other?),
            }
        }
        Err(Refusal::Contended)
    }

    async fn draft(&self, by: &Caller, input: &FileRequest) -> Result<Draft, Refusal> {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        let place = self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let place = self.with_grid(place, input.grid.as_deref()).await?;
        let channel = form.word("channel", input.channel.as_deref(), &CHANNELS);
        let urgency = form.word("urgency", input.urgency.as_deref(), &URGENCIES);
        let category = form.category("category", input.category.as_deref());
        let title = form.line("title", input.title.as_deref(), limits::TITLE);
        let description = form.required_lines("description", input.description.as_deref(), limits::BODY);
        let name = form.line("requester.name", input.name.as_deref(), limits::NAME);
        let phone = form.phone("requester.phone", input.phone.as_deref());
        let location = location(&mut form, input, place.as_ref());
        form.check()?;
        Ok(Draft {
            community: checked(community)?,
            channel: channel.unwrap_or_default(),
            urgency: urgency.unwrap_or_default(),
            category,
            title,
            description: checked(description)?,
            name,
            phone,
            place: location,
        })
    }

    /// The community named in a form: out of scope refuses at once, an unknown one is an error of the form.
    pub(super) async fn place_in_reach(
        &self,
        by: &Caller,
        form: &mut Form,
        community: Option<&CommunityId>,
    ) -> Result<Option<Area>, Refusal> {
        let Some(community) = community else { return Ok(None) };
        let place = self.found_place(community).await?;
        match place {
            Some(_) => self.in_scope(by, community).await?,
            None => form.error("community", InputError::Unknown(format!("names no community: {community}"))),
        }
        Ok(place)
    }

    /// The place as the log has it, where the one in memory lacks the grid: another node may have added it.
    async fn with_grid(&self, place: Option<Area>, grid: Option<&str>) -> Result<Option<Area>, Refusal> {
        match (place, grid.and_then(|grid| grid.trim().parse::<GridSlug>().ok())) {
            (Some(place), Some(grid)) if !place.grids.contains(&grid) => self.fresh_place(&place.community).await,
            (place, _) => Ok(place),
        }
    }

    /// One order with a fresh id and a fresh number.
    fn filing(&self, by: &Caller, identity: &Identity, draft: &Draft) -> Order {
        let request = RequestId(Uuid::now_v7());
        let number = draw();
        let person = self.person(draft.phone.as_ref());
        let file = request::File {
            community: draft.community.clone(),
            number,
            channel: draft.channel,
            urgency: draft.urgency,
            category: draft.category.clone(),
            title: draft.title.clone(),
            description: draft.description.clone(),
            requester: Applicant { person, name: draft.name.clone(), phone: draft.phone.clone() },
            place: draft.place.clone(),
            external: None,
        };
        let wish = Wish::Request(request, Command::File(Box::new(file)));
        let mut order = Order::new(by, Action::File, identity, draft.community.clone(), wish);
        order.actor = by.actor_as(person);
        order.rows = vec![number_row(number, request), self.tracking_claim(request, person)];
        order.outcome = Outcome { number: Some(number), person: Some(person), ..Outcome::of(request) };
        order
    }

    /// The person behind a telephone: the same phone, the same person. Without one, somebody new.
    pub(super) fn person(&self, phone: Option<&Text>) -> PersonId {
        match phone {
            Some(phone) => self.0.vault.person_of_phone(phone.as_str()),
            None => PersonId(Uuid::new_v4()),
        }
    }

    /// The row by which the person's tracking code is found.
    pub(super) fn tracking_claim(&self, request: RequestId, person: PersonId) -> RowChange {
        let (space, key) = self.0.vault.tracking_row(&self.0.vault.tracking_code(request, person));
        RowChange::Claim { space, key, value: Vault::tracking_value(request, person) }
    }
}

pub(super) fn number_row(number: RequestNumber, request: RequestId) -> RowChange {
    let value = bytes::Bytes::copy_from_slice(request.0.as_bytes());
    RowChange::Claim { space: NUMBERS, key: number_key(number), value }
}

pub(super) fn draw() -> RequestNumber {
    RequestNumber::new(rand::rng().next_u32())
}

fn location(form: &mut Form, input: &FileRequest, place: Option<&Area>) -> Option<Place> {
    let address = form.line("location.address", input.address.as_deref(), limits::ADDRESS);
    let grid: Option<GridSlug> = form.parsed("location.grid", input.grid.as_deref());
    if let (Some(grid), Some(place)) = (&grid, place)
        && !place.grids.contains(grid)
    {
        let error = format!("names no grid of {}: {grid}", place.community);
        form.error("location.grid", InputError::Unknown(error));
    }
    let spot = spot(form, input);
    (address.is_some() || grid.is_some() || spot.is_some()).then_some(Place { grid, address, spot })
}

fn spot(form: &mut Form, input: &FileRequest) -> Option<(f64, f64)> {
    let lat = degrees(form, "location.lat", input.lat, 90);
    let lng = degrees(form, "location.lng", input.lng, 180);
    match (input.lat, input.lng) {
        (Some(_), None) => form.error("location.lng", InputError::Missing),
        (None, Some(_)) => form.error("location.lat", InputError::Missing),
        _ => {}
    }
    lat.zip(lng)
}

fn degrees(form: &mut Form, field: &str, value: Option<f64>, most: i32) -> Option<f64> {
    let value = value?;
    if value.is_finite() && value.abs() <= f64::from(most) {
        return Some(value);
    }
    form.error(field, InputError::OutOfRange { min: i64::from(-most), max: i64::from(most) });
    None
}
