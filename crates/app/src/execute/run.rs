//! Carrying an order out: try, and try again where others were first.

use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use sandan_domain::{Decider, Event, Rejection, RequestId, policy, request};
use sandan_log::{AppendError, Position, StreamName};
use sandan_vault::PERSON_KEY;
use tracing::Instrument;

use crate::app::App;
use crate::cqrs::{AnyState, Kind};
use crate::execute::Outcome;
use crate::execute::locks::Stripes;
use crate::execute::order::{Failure, Order};
use crate::execute::plan::{Plan, Planner, Stop, Touched};
use crate::execute::replay::receipt;
use crate::execute::settle::{self, Hope};
use crate::execute::wish::{Wish, request_stream};
use crate::receipt::Receipt;
use crate::refusal::Refusal;

/// How often a command is decided anew because somebody else was first.
const ATTEMPTS_MAX: u32 = 8;

/// How one try ended, if not for good.
enum Again {
    /// Decide again, holding the locks of these streams as well.
    Conflict(Box<dyn Iterator<Item = StreamName> + Send>),
    Never(Failure),
}

impl App {
    /// Carries the order out, once, and returns when it is durable.
    pub(crate) async fn execute(&self, order: &Order) -> Result<Receipt<Outcome>, Failure> {
        let begun = Instant::now();
        // By the correlation, which the events carry, a trace is found again.
        let correlation = tracing::field::display(order.correlation);
        let span = tracing::debug_span!("command", command = order.name, correlation, result = tracing::field::Empty);
        let result = self.try_until_settled(order).instrument(span.clone()).await;
        let word = match &result {
            Ok(receipt) if receipt.replayed => "replayed",
            Ok(_) => "accepted",
            Err(Failure::Refused(refusal)) => refusal.code(),
            Err(Failure::Taken { .. }) => "taken",
        };
        span.record("result", word);
        metrics::counter!("sandan_commands_total", "command" => order.name, "result" => word).increment(1);
        metrics::histogram!("sandan_command_seconds", "command" => order.name).record(begun.elapsed().as_secs_f64());
        tracing::debug!(command = order.name, result = word, id = %order.identity.id, "command");
        result
    }

    async fn try_until_settled(&self, order: &Order) -> Result<Receipt<Outcome>, Failure> {
        let mut stripes = Stripes::default();
        stripes.add(&order.wish.stream());
        order.touches.iter().for_each(|stream| stripes.add(stream));
        for nth in 0..ATTEMPTS_MAX {
            match self.attempt(order, &stripes, nth == 0).await {
                Ok(receipt) => return Ok(receipt),
                Err(Again::Never(failure)) => return Err(failure),
                Err(Again::Conflict(streams)) => streams.for_each(|stream| stripes.add(&stream)),
            }
            metrics::counter!("sandan_command_retries_total", "command" => order.name).increment(1);
        }
        Err(Refusal::Contended.into())
    }

    /// One try. The first is `trusting`: what the order calls new is not looked up, for the append finds out.
    async fn attempt(&self, order: &Order, stripes: &Stripes, trusting: bool) -> Result<Receipt<Outcome>, Again> {
        let guards = self.0.locks.lock(stripes).await;
        let generation = self.0.log.generation();
        if self.0.states.enter(generation) {
            self.0.book.forget();
        }
        // What the first try was decided on came from memory: anything newer in the log counts against it, though nobody
        // has told this node of it yet. Later tries have read the log, and need not lose to whoever goes on writing.
        let head = if trusting { Position::MAX } else { *self.0.head.borrow() };
        let now = order.not_before.map_or(self.0.clock.now(), |earliest| earliest.max(self.0.clock.now()));
        let policy = self.policy_of(&order.community, now).await?;
        let mut planner = Planner::new(&self.0.states, &policy, now, trusting);
        let decided = planner.run(order.wish.clone(), order.actor.clone(), order.causation).await;
        let mut plan = planner.finish();
        match decided {
            Ok(()) => {}
            Err(Stop::Refused(refusal)) => return Err(refusal.into()),
            Err(Stop::Rejected(rejection)) => {
                drop(guards);
                return Err(self.rejected(order, &plan, rejection, head).await?);
            }
        }
        let outcome = self.outcome(order, &plan).await?;
        let newcomer = order.newcomer.filter(|_| trusting);
        let mut append = settle::append(&self.0.vault, order, &mut plan, &outcome, newcomer).await?;
        append.generation = Some(generation);
        append.fence = self.fence();
        let keys: Vec<_> = append.rows.clone();
        let timers = append.timers.clone();
        let fate = append.fate.clone();
        let span = tracing::debug_span!("append", events = append.events.len());
        let mut appending = self.0.log.append(append).instrument(span);
        // The first poll puts the append into the log's queue. Whoever decides next on the same streams comes
        // behind it there, so they may build on it before it is durable.
        let hope = Hope::publish(&self.0.states, &plan.touched, generation, fate);
        let appended = match futures::poll!(&mut appending) {
            Poll::Ready(appended) => appended,
            Poll::Pending => {
                drop(guards);
                appending.await
            }
        };
        let appended = appended.map_err(|error| self.refused(order, error))?;
        if !appended.replayed {
            hope.fulfil();
            self.0.vault.adopt(&keys);
            self.0.alarm.heard(&timers);
            if plan.touched.iter().any(|touched| touched.added > 0 && touched.stream.kind == policy::Policing::KIND) {
                self.0.book.forget();
                self.0.alarm.ring();
            }
        }
        Ok(receipt(appended, outcome))
    }

    /// The outcome with the request's state after the plan.
    async fn outcome(&self, order: &Order, plan: &Plan) -> Result<Outcome, Refusal> {
        let mut outcome = order.outcome.clone();
        outcome.version = plan.events.iter().find_map(|planned| published(&planned.event));
        if let Some(id) = order.about {
            let state = match find(&plan.touched, id) {
                Some(state) => state,
                None => self.0.states.newest::<request::Request>(&request_stream(id)).await?.state,
            };
            if let Some(case) = case(&state) {
                outcome.state = case.stage.name().to_owned();
            }
        }
        Ok(outcome)
    }

    /// A rule says no. It may say so only of what is in the log: what was decided on is checked first.
    async fn rejected(
        &self,
        order: &Order,
        plan: &Plan,
        rejection: Rejection,
        head: Position,
    ) -> Result<Again, Refusal> {
        let seen: Vec<_> = plan.touched.iter().map(|touched| (&touched.stream, touched.base.clone())).collect();
        if !self.0.states.confirm(&seen, head).await? {
            let streams: Vec<_> = plan.touched.iter().map(|touched| touched.stream.clone()).collect();
            return Ok(Again::Conflict(Box::new(streams.into_iter())));
        }
        let (state, permitted) = match rejection.standing() {
            Some((state, permitted)) => (Some(state), permitted.to_vec()),
            None => self.standing(order).await?,
        };
        Ok(Refusal::Rejected { rejection, state, permitted }.into())
    }

    /// The state of what the order is about and the steps that it permits, for whoever was refused.
    async fn standing(&self, order: &Order) -> Result<(Option<&'static str>, Vec<&'static str>), Refusal> {
        if let Some(id) = order.about {
            let entry = self.0.states.certain::<request::Request>(&request_stream(id)).await?;
            return Ok(case(&entry.state)
                .map_or_else(Default::default, |case| (Some(case.stage.name()), case.permitted_names())));
        }
        Ok(match &order.wish {
            Wish::Evaluation(id, _) => match self.evaluation(*id).await {
                Ok(session) => (Some(session.stage.name()), session.stage.permitted().to_vec()),
                Err(_) => Default::default(),
            },
            Wish::Project(id, _) => match self.project(*id).await {
                Ok(plan) => (Some(plan.phase.name()), plan.permitted()),
                Err(_) => Default::default(),
            },
            _ => Default::default(),
        })
    }

    fn refused(&self, order: &Order, error: AppendError) -> Again {
        match error {
            AppendError::Conflict { stream, actual, .. } => {
                self.0.states.drop_older(&stream, actual);
                Again::Conflict(Box::new(std::iter::once(stream)))
            }
            // Another command met the same person first; the next try finds the key.
            AppendError::KeyTaken { space, .. } if space == PERSON_KEY => Again::Conflict(Box::new(std::iter::empty())),
            AppendError::KeyTaken { space, .. } => Again::Never(Failure::Taken { space }),
            AppendError::CommandReused(id) if id == order.identity.id => Refusal::KeyReused.into(),
            AppendError::CommandReused(_) => Again::Conflict(Box::new(std::iter::empty())),
            AppendError::Unfounded => Again::Conflict(Box::new(std::iter::empty())),
            // The next try enters the new generation and reads everything anew.
            AppendError::Forked { .. } => Again::Conflict(Box::new(std::iter::empty())),
            AppendError::Fenced { .. } => Refusal::Unavailable(error.to_string()).into(),
            AppendError::Full { .. } => Refusal::Overloaded.into(),
            AppendError::Malformed(what) => {
                tracing::error!(command = order.name, what, "an append was malformed");
                Refusal::Failed(format!("append: {what}")).into()
            }
            AppendError::Log(error) => Refusal::from(error).into(),
        }
    }
}

impl From<Refusal> for Again {
    fn from(refusal: Refusal) -> Self {
        Self::Never(refusal.into())
    }
}

/// The version that an event publishes.
const fn published(event: &Event) -> Option<u32> {
    match event {
        Event::Policy(policy::Event::Published(published)) => Some(published.version),
        Event::Policy(policy::Event::CalendarPublished(published)) => Some(published.version),
        _ => None,
    }
}

fn find(touched: &[Touched], id: RequestId) -> Option<AnyState> {
    let stream = request_stream(id);
    touched.iter().find(|touched| touched.stream == stream).map(|touched| touched.state.clone())
}

fn case(state: &AnyState) -> Option<&request::Case> {
    match request::Request::take_down(state).map(Arc::as_ref) {
        Some(request::ServiceRequest::Filed(case)) => Some(case),
        _ => None,
    }
}
