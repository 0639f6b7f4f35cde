//! Stories of one or two requests each. Nobody else touches a story's requests, so its teller knows what the rules
//! permit next; where wishes race, it knows how many may win.

use anyhow::Result;
use futures::future::join_all;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use uuid::Uuid;

use super::figures::one_more;
use super::{Answer, COMMUNITY, Load, UNITS, Wish};
use crate::check::promise::{CLAIMED, ONCE, READ};

/// Residents who file again and again, by phone.
const REGULARS: u32 = 12;

/// Draws stories and tells them, one after the other.
pub(super) struct Teller<'a> {
    pub load: &'a Load,
    pub random: StdRng,
}

/// Somebody with a vote: the code, and the request that it was given for.
#[derive(Clone, Debug)]
pub(super) struct Voter {
    pub request: Uuid,
    pub code: String,
}

/// A request of the story.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub id: Uuid,
    pub voters: Vec<Voter>,
    /// As far as its teller has seen it go.
    pub position: u64,
    pub unit: &'static str,
}

/// A story that goes no further: a wish had no answer, or another one than the rules say.
#[derive(Debug)]
pub(super) struct Broken;

pub(super) type Told<T = ()> = Result<T, Broken>;

impl<'a> Teller<'a> {
    pub fn new(load: &'a Load, random: StdRng) -> Self {
        Self { load, random }
    }

    pub async fn story(&mut self) -> Told {
        let regular = self.random.random_bool(0.3);
        let mut case = self.file(regular).await?;
        match self.random.random_range(0..20) {
            0 => {
                self.step(
                    &mut case,
                    "dispatcher",
                    "triage",
                    "rejected",
                    json!({"decision": "reject", "reason": "不属于本社区"}),
                )
                .await?
            }
            1 | 2 => self.withdrawn(&mut case).await?,
            3 | 4 => self.merged(&mut case).await?,
            _ => self.worked_on(&mut case).await?,
        }
        one_more(&self.load.figures.stories);
        Ok(())
    }

    async fn withdrawn(&mut self, case: &mut Case) -> Told {
        if self.random.random_bool(0.5) {
            self.step(case, "dispatcher", "triage", "triaged", json!({"decision": "accept"})).await?;
        }
        let code = case.voters[0].code.clone();
        self.step(case, "resident", "withdraw", "withdrawn", json!({"tracking_code": code, "reason": "已解决"})).await
    }

    /// Two requests become one, with the voters of both.
    async fn merged(&mut self, case: &mut Case) -> Told {
        // Nobody regular: the same person twice would have one vote.
        let mut other = self.file(false).await?;
        let into = json!({"decision": "merge", "into": case.id, "reason": "同一件事"});
        self.step(&mut other, "dispatcher", "triage", "merged", into).await?;
        case.position = case.position.max(other.position);
        case.voters.append(&mut other.voters);
        self.worked_on(case).await
    }

    async fn worked_on(&mut self, case: &mut Case) -> Told {
        for _ in 0..*[0, 0, 1, 2, 3, 9, 12].choose(&mut self.random).unwrap_or(&0) {
            self.co_sign(case).await?;
        }
        self.triage(case).await?;
        if self.random.random_bool(0.1) {
            let reason = json!({"reason": "等材料", "review_on": day_after(30)});
            self.step(case, "supervisor", "suspend", "suspended", reason).await?;
            self.step(case, "supervisor", "resume", "resumed", json!({})).await?;
        }
        self.hand_over(case).await?;
        if self.random.random_bool(0.15) {
            let caller = unit_name(case.unit);
            let why = json!({"reason": "不归我们管", "basis": "职责清单第三条"});
            self.step(case, &caller, "return", "returned", why).await?;
            self.triage(case).await?;
            self.hand_over(case).await?;
        }
        self.work(case).await?;
        if self.vote(case).await? == "rework" && self.random.random_bool(0.8) {
            self.work(case).await?;
            self.vote(case).await?;
        }
        Ok(())
    }

    async fn work(&mut self, case: &mut Case) -> Told {
        let caller = unit_name(case.unit);
        for _ in 0..self.random.random_range(0..3) {
            self.step(case, &caller, "progress", "progressed", json!({"note": "已派人"})).await?;
        }
        let done = match self.random.random_bool(0.9) {
            true => json!({"answer": "已处理", "solved": true}),
            false => json!({"answer": "无法处理", "solved": false, "unsolved_reason": "缺备件"}),
        };
        let times = if self.random.random_bool(0.1) { 2 } else { 1 };
        self.once_of(times, case, &caller, ("complete", "completed"), &done).await
    }

    async fn triage(&mut self, case: &mut Case) -> Told {
        let times = if self.random.random_bool(0.1) { 2 } else { 1 };
        self.once_of(times, case, "dispatcher", ("triage", "triaged"), &json!({"decision": "accept"})).await
    }

    /// To a unit, to several, or to the pool, and claimed.
    async fn hand_over(&mut self, case: &mut Case) -> Told {
        let mut units = UNITS;
        rand::seq::SliceRandom::shuffle(&mut units[..], &mut self.random);
        case.unit = units[0];
        let way = self.random.random_range(0..4);
        let slots = self.random.random_range(1..=2);
        let body = match way {
            0 => json!({"unit": units[0]}),
            1 => json!({"units": units[..2], "note": "请尽快"}),
            _ => json!({"pool": true, "slots": slots}),
        };
        self.step(case, "dispatcher", "dispatch", "dispatched", body).await?;
        if way < 2 {
            return self.step(case, &unit_name(units[0]), "claim", "claimed", json!({})).await;
        }
        let claims =
            units.iter().map(|unit| self.wish(case, &unit_name(unit), "claim", "claimed", json!({})).contested());
        let won = self.race(claims.collect(), case).await?;
        if won != slots {
            self.load.saw(CLAIMED, format!("request {}: {won} claims were accepted for {slots} slots", case.id));
        }
        let seen = self.look(case).await?;
        let lead = UNITS.into_iter().find(|unit| seen["unit"] == *unit);
        case.unit = lead.ok_or_else(|| {
            self.load.saw(READ, format!("request {} shows unit {} after its claims", case.id, seen["unit"]));
            Broken
        })?;
        Ok(())
    }

    async fn file(&mut self, regular: bool) -> Told<Case> {
        let phone = regular.then(|| format!("1380000{:04}", self.random.random_range(0..REGULARS)));
        let caller = if self.random.random_bool(0.5) { "hotline" } else { "resident" };
        let body = json!({
            "community": COMMUNITY, "channel": caller.replace("resident", "web"),
            "title": "楼道", "description": "楼道灯不亮，晚上看不见", "requester": {"name": "王芳", "phone": phone},
        });
        let wish = Wish {
            caller: caller.to_owned(),
            token: self.load.staff.token(caller).map(str::to_owned),
            path: "/api/v1/requests".to_owned(),
            body,
            event: "sandan.request.filed",
            stream: None,
            permitted: true,
        };
        let answer = self.accepted(wish).await?;
        let (Some(id), Some(code), Some(position)) = (answer.id(), answer.code(), answer.position()) else {
            return Err(Broken);
        };
        let unit = UNITS[0];
        Ok(Case { id, voters: vec![Voter { request: id, code }], position, unit })
    }

    async fn co_sign(&mut self, case: &mut Case) -> Told {
        let body = json!({"name": "李明"});
        let wish = self.wish(case, "resident", "co-signers", "co_signed", body);
        let answer = self.accepted(wish).await?;
        case.heard(&answer);
        case.voters.push(Voter { request: case.id, code: answer.code().ok_or(Broken)? });
        Ok(())
    }

    /// A step that nobody else can come between, and sometimes a look at it through another node.
    pub async fn step(&mut self, case: &mut Case, caller: &str, step: &str, event: &str, body: Value) -> Told {
        let answer = self.accepted(self.wish(case, caller, step, event, body)).await?;
        case.heard(&answer);
        if self.random.random_bool(0.2) {
            let seen = self.look(case).await?;
            if seen["state"].as_str() != answer.state() {
                let (told, shown) = (answer.state().unwrap_or_default(), &seen["state"]);
                let what =
                    format!("request {} is {shown} after {}, where {step} left it {told}", case.id, case.position);
                self.load.saw(READ, what);
            }
        }
        Ok(())
    }

    /// The same wish several times at once, under keys of their own: one of them is accepted.
    async fn once_of(&mut self, times: usize, case: &mut Case, caller: &str, what: (&str, &str), body: &Value) -> Told {
        if times == 1 {
            return self.step(case, caller, what.0, what.1, body.clone()).await;
        }
        let wishes = (0..times).map(|_| self.wish(case, caller, what.0, what.1, body.clone()).contested());
        match self.race(wishes.collect(), case).await? {
            1 => Ok(()),
            won => {
                self.load
                    .saw(ONCE, format!("request {}: {won} of {times} wishes to {} were accepted", case.id, what.0));
                Err(Broken)
            }
        }
    }

    /// Sends all at once; says how many were accepted.
    pub async fn race(&self, wishes: Vec<Wish>, case: &mut Case) -> Told<usize> {
        let mut won = 0;
        for answer in join_all(wishes.into_iter().map(|wish| self.load.send(wish))).await {
            let answer = answer.map_err(broken)?.ok_or(Broken)?;
            won += usize::from(answer.is_yes());
            case.heard(&answer);
        }
        Ok(won)
    }

    /// The request as any node shows it now.
    pub async fn look(&self, case: &Case) -> Told<Value> {
        self.load.read(case.id, case.position).await.ok_or(Broken)
    }

    /// Sends what the rules permit. A refusal is in the journal, and breaks the story.
    async fn accepted(&self, wish: Wish) -> Told<Answer> {
        match self.load.send(wish).await.map_err(broken)? {
            Some(answer) if answer.is_yes() => Ok(answer),
            _ => Err(Broken),
        }
    }

    pub fn wish(&self, case: &Case, caller: &str, step: &str, event: &str, body: Value) -> Wish {
        Wish {
            caller: caller.to_owned(),
            token: self.load.staff.token(caller).map(str::to_owned),
            path: format!("/api/v1/requests/{}/{step}", case.id),
            body,
            event: event_of(event),
            stream: Some(case.id),
            permitted: true,
        }
    }
}

impl Case {
    fn heard(&mut self, answer: &Answer) {
        self.position = self.position.max(answer.position().unwrap_or_default());
    }
}

fn unit_name(unit: &str) -> String {
    format!("unit:{unit}")
}

/// The whole names of the events that steps write.
fn event_of(event: &str) -> &'static str {
    match event {
        "co_signed" => "sandan.request.co_signed",
        "triaged" => "sandan.request.triaged",
        "rejected" => "sandan.request.rejected",
        "merged" => "sandan.request.merged",
        "dispatched" => "sandan.request.dispatched",
        "claimed" => "sandan.request.claimed",
        "returned" => "sandan.request.returned",
        "progressed" => "sandan.request.progressed",
        "completed" => "sandan.request.completed",
        "suspended" => "sandan.request.suspended",
        "resumed" => "sandan.request.resumed",
        "withdrawn" => "sandan.request.withdrawn",
        _ => "sandan.review.rated",
    }
}

/// A date so many days from now.
fn day_after(days: i64) -> String {
    let today = jiff::Zoned::now().date();
    today.saturating_add(jiff::Span::new().days(days)).to_string()
}

/// The journal can't be written: nothing that follows could be judged.
fn broken(error: anyhow::Error) -> Broken {
    eprintln!("{error:#}");
    Broken
}
