//! An evaluation is announced (R22, R25), and the seed of its lots committed to.

use data_encoding::HEXLOWER;
use sandan_domain::evaluation::{Announcement, Command, Occasion, Rejection, Session, Subject, SubjectKind};
use sandan_domain::lots::hash_of;
use sandan_domain::{CommunityId, EvaluationId, Flaw, InputError, NoSuch, Slug, limits};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::evaluations::{EVALUATIONS, listing};
use crate::execute::{Failure, Identity, Order, Outcome, Wish};
use crate::form::{Form, checked, present};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// The most places that can be stated.
const PLACES_MAX: u32 = 20_000;

/// All fields are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Announce {
    pub community: Option<String>,
    /// `2026-Q4`, or `2026` for a year's appraisal.
    pub occasion: Option<String>,
    pub subjects: Vec<SubjectInput>,
    /// By which volunteers are screened.
    pub criteria: Option<String>,
    /// How many vote at most.
    pub places: Option<i64>,
    /// An instant, or a date: the midnight that ends it.
    pub sign_up_until: Option<String>,
}

/// `id` is required; `kind` is `unit` where nothing else is said, and `name` then what the unit is called.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SubjectInput {
    pub id: Option<String>,
    pub kind: Option<String>,
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedAs {
    pub evaluation: EvaluationId,
}

impl App {
    /// Announces an evaluation. There is one of each occasion in a community.
    pub async fn announce(&self, by: &Caller, input: Announce) -> Answer<AnnouncedAs> {
        let identity = admit(by, Action::RunEvaluation, &input)?;
        let receipt = self.once(&identity, self.announce_new(by, &identity, &input)).await?;
        let evaluation = receipt.outcome.evaluation;
        let evaluation = evaluation.ok_or_else(|| Refusal::Failed("read what an evaluation is called".to_owned()))?;
        Ok(receipt.map(|_| AnnouncedAs { evaluation }))
    }

    /// This year, the last or the next: a slip of the pen would stand there for ever.
    fn is_near(&self, form: &mut Form, occasion: Occasion) -> bool {
        let (Occasion::Quarter { year, .. } | Occasion::Year { year }) = occasion else { return true };
        let this = i64::from(self.0.clock.now().to_zoned(self.0.policy.zone.clone()).year());
        let (min, max) = (this - 1, this + 1);
        let is_near = (min..=max).contains(&i64::from(year));
        if !is_near {
            form.error("occasion", InputError::malformed(Flaw::FarYear { min: min.to_string(), max: max.to_string() }));
        }
        is_near
    }

    async fn announce_new(&self, by: &Caller, identity: &Identity, input: &Announce) -> Done {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let occasion: Option<Occasion> = form.required_parsed("occasion", input.occasion.as_deref());
        let occasion = occasion.filter(|occasion| self.is_near(&mut form, *occasion));
        let subjects = self.subjects(&mut form, community.as_ref(), &input.subjects).await?;
        let criteria = form.required_lines("criteria", input.criteria.as_deref(), limits::BODY);
        let places = form.required_number("places", input.places, (1, PLACES_MAX));
        let until = form.required_instant("sign_up_until", input.sign_up_until.as_deref(), &self.0.policy);
        form.near("sign_up_until", until, self.0.clock.now());
        form.check()?;
        let (community, occasion) = (checked(community)?, checked(occasion)?);
        let id = EvaluationId(Uuid::now_v7());
        let seed = HEXLOWER.encode(&rand::random::<[u8; 32]>());
        let announcement = Announcement {
            community: community.clone(),
            occasion,
            subjects,
            criteria: checked(criteria)?,
            places: checked(places)?,
            sign_up_until: checked(until)?,
            seed_hash: hash_of(&seed),
        };
        let wish = Wish::Evaluation(id, Command::Announce(Box::new(announcement)));
        let mut order = Order::new(by, Action::RunEvaluation, identity, community.clone(), wish);
        order.rows = vec![listing(&community, occasion, id), self.seed_row(id, &seed)?];
        order.outcome = Outcome { evaluation: Some(id), ..Outcome::default() };
        self.execute(&order).await.map_err(|failure| match failure {
            Failure::Taken { space: EVALUATIONS } => crate::evaluations::refused(Rejection::AnnouncedBefore),
            failure => failure.into(),
        })
    }

    async fn subjects(
        &self,
        form: &mut Form,
        community: Option<&CommunityId>,
        inputs: &[SubjectInput],
    ) -> Result<Vec<Subject>, Refusal> {
        if inputs.is_empty() {
            form.error("subjects", InputError::Missing);
        }
        let mut subjects = Vec::new();
        for (nth, input) in inputs.iter().take(Session::SUBJECTS_MAX + 1).enumerate() {
            let field = |name: &str| format!("subjects[{nth}].{name}");
            let id: Option<Slug> = form.required_parsed(&field("id"), input.id.as_deref());
            let words = SubjectKind::ANNOUNCED.map(|kind| (kind.name(), kind));
            let kind = match present(input.kind.as_deref()) {
                Some(word) => form.word(&field("kind"), Some(word), &words),
                None => Some(SubjectKind::Unit),
            };
            let name = form.line(&field("name"), input.name.as_deref(), limits::NAME);
            let (Some(id), Some(kind)) = (id, kind) else { continue };
            let mut known = None;
            if let (SubjectKind::Unit, Some(community)) = (kind, community) {
                known = self.known_unit(community, &sandan_domain::UnitId(id.clone())).await?;
                if known.is_none() {
                    form.error(&field("id"), InputError::unknown(NoSuch::unit(community, &id)));
                }
            }
            let name = name.map(sandan_domain::Text::into_string).or(known.filter(|name| !name.is_empty()));
            let name = name.unwrap_or_else(|| id.to_string());
            subjects.push(Subject { id, kind, name });
        }
        Ok(subjects)
    }
}
