//! 派单: to units or to the pool (R1, R3, R8).

use sandan_domain::request::{Case, Command, Destination, Team};
use sandan_domain::{Flaw, InputError, RequestId, UnitId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked, present};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// Most units that a request can be opened to, or sent to.
const UNITS_MAX: u32 = 100;
/// The ways to say where it goes.
const WAYS: &str = "unit, units, pool";

/// Where it goes: one of `unit`, `units` and `pool`.
#[derive(Clone, Default, Serialize)]
pub struct Dispatch {
    pub unit: Option<String>,
    /// The first leads, the others assist (R1).
    pub units: Option<Vec<String>>,
    pub pool: Option<bool>,
    /// How many may claim it; 1 unless told otherwise.
    pub slots: Option<u32>,
    pub note: Option<String>,
}

impl App {
    /// Dispatches a request.
    pub async fn dispatch(&self, by: &Caller, id: RequestId, input: Dispatch) -> Answer<Changed> {
        let identity = admit(by, Action::Dispatch, &(id, &input))?;
        Ok(changed(self.once(&identity, self.dispatch_new(by, &identity, id, &input)).await?))
    }

    async fn dispatch_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Dispatch) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let target = self.destination(&mut form, &case, input).await?;
        let note = form.reason("note", input.note.as_deref());
        form.check()?;
        let command = Command::Dispatch { target: checked(target)?, note };
        self.change(by, Action::Dispatch, identity, (id, &case), command).await
    }

    async fn destination(
        &self,
        form: &mut Form,
        case: &Case,
        input: &Dispatch,
    ) -> Result<Option<Destination>, Refusal> {
        let pool = input.pool.unwrap_or(false);
        if input.slots.is_some() && !pool {
            form.error("slots", InputError::malformed(Flaw::goes_with("pool")));
        }
        match (present(input.unit.as_deref()), &input.units, pool) {
            (Some(unit), None, false) => {
                let lead = self.unit_named(form, "unit", Some(&case.community), Some(unit)).await?;
                Ok(lead.map(|lead| Destination::Units(Team { lead, assisting: Vec::new() })))
            }
            (None, Some(units), false) => self.team(form, case, units).await,
            (None, None, true) => Ok(slots(form, input.slots)),
            (None, None, false) => {
                form.error("unit", InputError::malformed(Flaw::OneOf { fields: WAYS.to_owned() }));
                Ok(None)
            }
            _ => {
                form.error("unit", InputError::malformed(Flaw::GoesAlone { fields: WAYS.to_owned() }));
                Ok(None)
            }
        }
    }

    async fn team(&self, form: &mut Form, case: &Case, names: &[String]) -> Result<Option<Destination>, Refusal> {
        let max = i64::from(UNITS_MAX);
        if names.is_empty() || names.len() > UNITS_MAX as usize {
            form.error("units", InputError::OutOfRange { min: 1, max });
            return Ok(None);
        }
        let mut units: Vec<UnitId> = Vec::new();
        for name in names {
            let Some(unit) = self.unit_named(form, "units", Some(&case.community), Some(name)).await? else { continue };
            if units.contains(&unit) {
                form.error("units", InputError::malformed(Flaw::Twice { what: unit.to_string() }));
            }
            units.push(unit);
        }
        let mut units = units.into_iter();
        Ok(units.next().map(|lead| Destination::Units(Team { lead, assisting: units.collect() })))
    }
}

fn slots(form: &mut Form, slots: Option<u32>) -> Option<Destination> {
    let slots = slots.unwrap_or(1);
    if (1..=UNITS_MAX).contains(&slots) {
        return Some(Destination::Pool { slots });
    }
    form.error("slots", InputError::OutOfRange { min: 1, max: i64::from(UNITS_MAX) });
    None
}
