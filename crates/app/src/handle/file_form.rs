//! The form of a filing: everything that can't stand is found at once.

use sandan_domain::community::Place as Area;
use sandan_domain::request::{Channel, Place, Urgency};
use sandan_domain::{Category, CommunityId, GridSlug, InputError, NoSuch, Text, limits};

use crate::app::App;
use crate::caller::Caller;
use crate::form::{Form, checked};
use crate::handle::FileRequest;
use crate::refusal::Refusal;

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

/// The checked input, but for what is drawn.
pub(super) struct Draft {
    pub community: CommunityId,
    pub channel: Channel,
    pub urgency: Urgency,
    pub category: Option<Category>,
    pub title: Option<Text>,
    pub description: Text,
    pub name: Option<Text>,
    pub phone: Option<Text>,
    pub email: Option<Text>,
    pub place: Option<Place>,
}

impl App {
    pub(super) async fn draft(&self, by: &Caller, input: &FileRequest) -> Result<Draft, Refusal> {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        let place = self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let place = self.with_grid(place, input.grid.as_deref()).await?;
        let channel = form.word("channel", input.channel.as_deref(), &CHANNELS);
        let urgency = form.word("urgency", input.urgency.as_deref(), &URGENCIES);
        let category = form.category("category", input.category.as_deref());
        let title = form.lines("title", input.title.as_deref(), limits::TITLE);
        let description = form.required_lines("description", input.description.as_deref(), limits::BODY);
        let name = form.line("requester.name", input.name.as_deref(), limits::NAME);
        let phone = form.phone("requester.phone", input.phone.as_deref());
        let email = form.email("requester.email", input.email.as_deref());
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
            email,
            place: location,
        })
    }

    /// The community named in a form: out of scope refuses at once, an unknown one is an error of the form.
    pub(crate) async fn place_in_reach(
        &self,
        by: &Caller,
        form: &mut Form,
        community: Option<&CommunityId>,
    ) -> Result<Option<Area>, Refusal> {
        let Some(community) = community else { return Ok(None) };
        let place = self.found_place(community).await?;
        match place {
            Some(_) => self.in_scope(by, community).await?,
            None => form.error("community", InputError::unknown(NoSuch::community(&community))),
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
}

fn location(form: &mut Form, input: &FileRequest, place: Option<&Area>) -> Option<Place> {
    let address = form.line("location.address", input.address.as_deref(), limits::ADDRESS);
    let grid: Option<GridSlug> = form.parsed("location.grid", input.grid.as_deref());
    if let (Some(grid), Some(place)) = (&grid, place)
        && !place.grids.contains(grid)
    {
        form.error("location.grid", InputError::unknown(NoSuch::grid(&place.community, grid)));
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
