//! 回访 (R18): the seed is committed to before a period, the sample drawn after it, and its calls recorded.

use std::sync::Arc;

use sandan_domain::callback::{Callback, Callbacks, Command, Commitment, Outcome as CallOutcomes};
use sandan_domain::lots::hash_of;
use sandan_domain::review::{CallOutcome, Rating};
use sandan_domain::{CallbackId, CommunityId, Flaw, InputError, NoSuch, RequestId};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::cqrs::Kind;
use crate::execute::{Identity, Order, Wish, callback_stream};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// The largest sample.
const SIZE_MAX: i64 = 1_000;

/// All are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CommitCallbacks {
    pub community: Option<String>,
    /// An instant, or a date, whose midnight begins it.
    pub from: Option<String>,
    /// Not included.
    pub to: Option<String>,
    pub size: Option<i64>,
}

/// What came of a call.
#[derive(Clone, Default, Serialize)]
pub struct CallBack {
    /// Required.
    pub request: Option<String>,
    /// As of the call list; required.
    pub outcome: Option<String>,
    /// What they would have answered. It is no ballot.
    pub answer: Option<String>,
    pub note: Option<String>,
}

/// The call-backs that a command was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Committed {
    pub id: CallbackId,
}

impl App {
    /// Commits to a seed. It is nobody's to choose: it follows from the master key and the period.
    pub async fn commit_callbacks(&self, by: &Caller, input: CommitCallbacks) -> Answer<Committed> {
        let identity = admit(by, Action::Sample, &input)?;
        let mut form = Form::default();
        let mut beginning = |field: &str, text: &Option<String>| {
            let text = form.required(field, text.as_deref())?;
            form.beginning(field, Some(text), &self.0.policy)
        };
        let (from, to) = (beginning("from", &input.from), beginning("to", &input.to));
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let size = input.size.filter(|size| (1..=SIZE_MAX).contains(size)).and_then(|size| u32::try_from(size).ok());
        if size.is_none() {
            form.error("size", InputError::OutOfRange { min: 1, max: SIZE_MAX });
        }
        form.check()?;
        let (community, from, to) = (checked(community)?, checked(from)?, checked(to)?);
        let id = community.callback_id(from, to);
        let command = Command::Commit {
            community: community.clone(),
            from,
            to,
            size: checked(size)?,
            hash: hash_of(&self.seed(id)),
        };
        let work = self.of_the_callbacks(by, Action::Sample, &identity, (id, community), command);
        Ok(self.once(&identity, work).await?.map(|_| Committed { id }))
    }

    /// Reveals the seed and draws the sample from what closed unrated in the period.
    pub async fn draw_callbacks(&self, by: &Caller, id: CallbackId) -> Answer<Committed> {
        let identity = admit(by, Action::Sample, &id)?;
        let work = async {
            let commitment = self.commitment(by, id).await?;
            let (community, command) = self.draw_of(id, commitment).await?;
            self.of_the_callbacks(by, Action::Sample, &identity, (id, community), command).await
        };
        Ok(self.once(&identity, work).await?.map(|_| Committed { id }))
    }

    /// Records what came of calling somebody back.
    pub async fn call_back(&self, by: &Caller, id: CallbackId, input: CallBack) -> Answer<Committed> {
        let identity = admit(by, Action::Call, &(id, &input))?;
        let work = async {
            let community = self.commitment(by, id).await?.community;
            let mut form = Form::default();
            let request = form.required("request", input.request.as_deref());
            let request = request.and_then(|text| {
                let id = Uuid::try_parse(text.trim()).map(RequestId);
                form.keep("request", id.map_err(|_| InputError::unknown(NoSuch::request(text))))
            });
            let words = CallOutcome::ALL.map(|outcome| (outcome.name(), outcome));
            let outcome = form.required_word("outcome", input.outcome.as_deref(), &words);
            let ratings = Rating::ALL.map(|rating| (rating.name(), rating));
            let answer = form.word("answer", input.answer.as_deref(), &ratings);
            if answer.is_some() && outcome.is_some_and(|outcome| outcome != CallOutcome::Reached) {
                form.error("answer", InputError::malformed(Flaw::goes_with("outcome: reached")));
            }
            let note = form.reason("note", input.note.as_deref());
            form.check()?;
            let (request, outcome) = (checked(request)?, checked(outcome)?);
            // The words of a call are the resident's whose request it is.
            let owner = self.case(request).await?.filer;
            let outcome = CallOutcomes { outcome, answer, note: note.map(|note| note.of(owner)) };
            let command = Command::Call { request, outcome };
            self.of_the_callbacks(by, Action::Call, &identity, (id, community), command).await
        };
        Ok(self.once(&identity, work).await?.map(|_| Committed { id }))
    }

    /// The draw of a commitment, with the seed and what closed unrated in the period.
    pub(crate) async fn draw_of(
        &self,
        id: CallbackId,
        commitment: Commitment,
    ) -> Result<(CommunityId, Command), Refusal> {
        let Commitment { community, from, to, .. } = commitment;
        let candidates = self.closed_unrated(&community, (from, to)).await?;
        Ok((community, Command::Draw { seed: self.seed(id), candidates }))
    }

    fn seed(&self, id: CallbackId) -> String {
        self.0.vault.seed(&format!("callback/{id}"))
    }

    /// A period's call-backs as they stand.
    pub async fn callbacks(&self, id: CallbackId) -> Result<Arc<Callback>, Refusal> {
        let state = self.0.states.fresh::<Callbacks>(&callback_stream(id)).await?.state;
        Callbacks::take_down(&state).filter(|found| found.commitment().is_some()).cloned().ok_or(Refusal::NotFound)
    }

    /// The commitment, which must lie in the caller's scope.
    pub(crate) async fn commitment(&self, by: &Caller, id: CallbackId) -> Result<Commitment, Refusal> {
        let commitment = self.callbacks(id).await?.commitment().cloned().ok_or(Refusal::NotFound)?;
        self.in_scope(by, &commitment.community).await?;
        Ok(commitment)
    }

    async fn of_the_callbacks(
        &self,
        by: &Caller,
        action: Action,
        identity: &Identity,
        (id, community): (CallbackId, CommunityId),
        command: Command,
    ) -> Done {
        let wish = Wish::Callback(community.clone(), id, command);
        Ok(self.execute(&Order::new(by, action, identity, community, wish)).await?)
    }
}
