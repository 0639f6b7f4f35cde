//! A project from its opening to its end: its requests, its people, and its rounds (R14, R16, R19, R29).

use data_encoding::BASE64;
use jiff::SignedDuration;
use sandan_app::{
    AddRequest, AnswerInput, Caller, CastBallot, Casting, Close, CoSign, EndEvaluation, FileRequest, FinishProject,
    KeepMember, OpenProject, Refusal, Register, StageDone, StageLine,
};
use sandan_booth::{PublicKey, Token, Voter};
use sandan_domain::evaluation::{SubjectKind, Verdict};
use sandan_domain::project::{Phase, Plan};
use sandan_domain::request::Closing;
use sandan_domain::{EvaluationId, ProjectId, RequestId, Role};

use crate::world::{World, a_request, at, fields, of_unit, staff, text};

/// A project of the unit `roads` that serves one request in work.
pub struct Site<'a> {
    world: &'a World,
    pub id: ProjectId,
    request: RequestId,
    /// Who may vote, the filer first.
    pub codes: Vec<String>,
}

pub fn phone(nth: usize) -> String {
    format!("137{nth:08}")
}

fn river_walk(request: RequestId) -> OpenProject {
    OpenProject {
        community: text("elm"),
        name: text("river-walk"),
        title: text("The river walk"),
        responsible: text("Wang, of the committee"),
        unit: text("roads"),
        requests: vec![request.to_string()],
        stages: vec![StageLine { name: text("Pave it"), due: text("2026-03-20") }],
    }
}

impl<'a> Site<'a> {
    /// One filed the request, and so many others registered.
    pub async fn opened(world: &'a World, registered: usize) -> Self {
        let filed = world.in_work("roads").await;
        let opened = world.app.open_project(&staff(Role::Dispatcher), river_walk(filed.request)).await.unwrap();
        let codes = vec![filed.tracking.to_string()];
        let mut site = Self { world, id: opened.outcome.project, request: filed.request, codes };
        for nth in 0..registered {
            let code = site.registers(nth).await.unwrap();
            site.codes.push(code);
        }
        site
    }

    /// The same with some of those who may vote alone.
    pub fn only(&self, voters: &[usize]) -> Self {
        let codes = voters.iter().map(|nth| self.codes[*nth].clone()).collect();
        Self { codes, ..*self }
    }

    pub async fn registers(&self, nth: usize) -> Result<String, Refusal> {
        let register = Register { name: text("A neighbour"), phone: text(&phone(nth)), ..Register::default() };
        Ok(self.world.app.register_for(&Caller::resident(), self.id, register).await?.outcome.code.to_string())
    }

    async fn plan(&self) -> Box<Plan> {
        self.world.app.project(self.id).await.unwrap()
    }

    pub async fn stage_done(&self) {
        let done = StageDone { stage: Some(1) };
        self.world.app.stage_done(&staff(Role::Dispatcher), self.id, done).await.unwrap();
    }

    pub async fn finishes(&self) -> EvaluationId {
        let finish = FinishProject { answer: text("The walk is paved"), ..FinishProject::default() };
        self.world.app.finish_project(&staff(Role::Dispatcher), self.id, finish).await.unwrap();
        self.plan().await.review().unwrap()
    }

    pub async fn draws(&self, vote: EvaluationId, code: &str) -> Result<Token, Refusal> {
        let session = self.world.app.evaluation(vote).await.unwrap();
        let der = BASE64.decode(session.poll().unwrap().public_key.as_bytes()).unwrap();
        let voter = Voter::new(vote.0, &PublicKey::from_der(&der).unwrap()).unwrap();
        let draw = sandan_app::DrawToken { code: text(code), blinded: text(&BASE64.encode(voter.blinded())) };
        let signed = self.world.app.draw_token(&Caller::resident(), vote, &draw).await?;
        Ok(voter.finish(&BASE64.decode(signed.signature.as_bytes()).unwrap()).unwrap())
    }

    /// All vote, the first so many dissatisfied.
    pub async fn votes(&self, vote: EvaluationId, dissatisfied: usize) {
        for (nth, code) in self.codes.iter().enumerate() {
            let token = self.draws(vote, code).await.unwrap().to_text();
            let rating = if nth < dissatisfied { "dissatisfied" } else { "basically_satisfied" };
            let answer = AnswerInput { subject: text("river-walk"), rating: text(rating), reasons: Vec::new() };
            let ballot = CastBallot { token: text(&token), answers: vec![answer] };
            assert_eq!(self.world.app.cast(vote, &ballot).await, Ok(Casting::Waiting));
        }
        self.world.app.write_ballots().await.unwrap();
    }

    /// The seventh day passes (R15), and the ballots are counted without anybody asking.
    pub async fn counted(&self, vote: EvaluationId) {
        let until = self.world.app.evaluation(vote).await.unwrap().poll().unwrap().counted_from();
        self.world.clock.set(until);
        self.world.app.keep_due_promises().await.unwrap();
        self.world.app.keep_due_promises().await.unwrap();
    }

    async fn round(&self, dissatisfied: usize) {
        let vote = self.finishes().await;
        self.votes(vote, dissatisfied).await;
        self.counted(vote).await;
    }

    async fn round_without_ballots(&self) {
        let vote = self.finishes().await;
        self.counted(vote).await;
    }
}

#[tokio::test]
async fn four_of_thirteen_send_a_project_back_and_three_of_ten_close_it_with_its_requests() {
    let world = World::new().await;
    let site = Site::opened(&world, 12).await;
    assert_eq!(world.case(site.request).await.project, Some(site.id));
    site.stage_done().await;
    let vote = site.finishes().await;
    let session = world.app.evaluation(vote).await.unwrap();
    assert_eq!(session.subjects[0].kind, SubjectKind::Project);
    let poll = session.poll().unwrap();
    // R15: on Wednesday the 11th midnight ends the seventh working day after Monday the 2nd.
    assert_eq!((poll.electorate.len(), poll.voting_until), (13, at("2026-03-12T00:00:00+08:00")));
    site.votes(vote, 4).await;
    world.clock.set(poll.voting_until);
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(site.plan().await.phase, Phase::InReview, "nodes still hand over their ballots");
    site.counted(vote).await;
    let plan = site.plan().await;
    let Phase::Rework(due) = &plan.phase else { panic!("4 of 13 is more than 30 %: {:?}", plan.phase) };
    // R12: seven working days from Thursday the 12th.
    assert_eq!((plan.round, due.at), (2, at("2026-03-24T00:00:00+08:00")));
    assert_eq!(world.state(site.request).await, "claimed", "the request waits for the project");
    let second = Site { codes: site.codes[..10].to_vec(), ..site };
    let vote = second.finishes().await;
    second.votes(vote, 3).await;
    second.counted(vote).await;
    let result = world.app.evaluation(vote).await.unwrap().results().unwrap()[0].clone();
    assert_eq!((result.valid, result.dissatisfied, result.verdict), (10, 3, Verdict::Passed));
    assert_eq!(second.plan().await.phase, Phase::Closed(Closing::Satisfied));
    assert_eq!(world.state(second.request).await, "closed");
    assert_eq!(world.count("sandan.project.rework_ordered").await, 1);
    assert_eq!(world.log.row("evaluation_key", vote.0.as_bytes()).await, Ok(None));
}

#[tokio::test]
async fn nobody_votes_and_the_project_closes_unrated() {
    let world = World::new().await;
    let site = Site::opened(&world, 1).await;
    site.stage_done().await;
    site.round_without_ballots().await;
    assert_eq!(site.plan().await.phase, Phase::Closed(Closing::Unrated));
    assert_eq!(world.state(site.request).await, "closed");
}

#[tokio::test]
async fn after_the_third_rework_the_oversight_board_alone_ends_it() {
    let world = World::new().await;
    let site = Site::opened(&world, 4).await;
    site.stage_done().await;
    let board = staff(Role::Oversight);
    let close = || Close { reason: text("The bank can't carry it") };
    for round in 1..=3 {
        let refused = world.app.close_project(&board, site.id, close()).await.unwrap_err();
        assert_eq!(refused.code(), "project-too-early-to-close", "before round {round}");
        site.round(2).await;
    }
    assert_eq!(site.plan().await.reworks(), 3);
    let desk = world.app.close_project(&staff(Role::Dispatcher), site.id, close()).await.unwrap_err();
    assert_eq!(desk.code(), "forbidden");
    world.app.close_project(&board, site.id, close()).await.unwrap();
    assert_eq!(site.plan().await.phase, Phase::Closed(Closing::Dissatisfied));
    assert_eq!(world.state(site.request).await, "closed");
}

#[tokio::test]
async fn nobody_of_the_unit_votes_and_no_phone_twice() {
    let world = World::new().await;
    let site = Site::opened(&world, 2).await;
    assert_eq!(site.registers(0).await.unwrap_err().code(), "project-registered-before");
    let own = Register { name: text("Li"), phone: text(&phone(7)), works_for: text("roads"), email: None };
    let own = world.app.register_for(&Caller::resident(), site.id, own).await.unwrap_err();
    assert_eq!(own.code(), "project-own-work");
    let unknown = Register { name: text("Li"), phone: text(&phone(7)), email: None, works_for: text("zzz") };
    assert_eq!(fields(world.app.register_for(&Caller::resident(), site.id, unknown).await), ["works_for"]);
    // Somebody who did not say so, and whose telephone the unit knows.
    let hidden = site.registers(8).await.unwrap();
    let (community, unit, phone_of_eight) = (text("elm"), text("roads"), text(&phone(8)));
    let member = KeepMember { community, unit, phone: phone_of_eight, ..KeepMember::default() };
    world.app.keep_member(&staff(Role::Administrator), member).await.unwrap();
    assert_eq!(site.registers(8).await.unwrap_err().code(), "project-own-work");
    let served = CoSign { phone: text(&phone(9)), ..CoSign::default() };
    let joined = world.app.co_sign(&Caller::resident(), site.request, served).await.unwrap().outcome;
    assert_eq!(site.registers(9).await.unwrap_err().code(), "project-votes-anyway");
    site.stage_done().await;
    let vote = site.finishes().await;
    assert_eq!(site.draws(vote, &hidden).await.unwrap_err().code(), "evaluation-own-work");
    site.draws(vote, &joined.tracking.to_string()).await.unwrap();
    assert_eq!(world.app.vote_of(&hidden).await, Ok(vote));
    // Who comes during the round votes in the next.
    let late = site.registers(10).await.unwrap();
    assert_eq!(site.draws(vote, &late).await.unwrap_err().code(), "evaluation-not-in-electorate");
    let stranger = world.files().await.tracking.to_string();
    assert_eq!(site.draws(vote, &stranger).await.unwrap_err().code(), "evaluation-not-in-electorate");
    assert_eq!(site.draws(vote, "0000000000000").await.unwrap_err().code(), "not-found");
}

#[tokio::test]
async fn a_vote_that_ends_early_is_counted_early_and_once() {
    let world = World::new().await;
    let site = Site::opened(&world, 9).await;
    site.stage_done().await;
    let vote = site.finishes().await;
    site.votes(vote, 4).await;
    let end = EndEvaluation { phase: text("voting") };
    world.app.end_evaluation(&staff(Role::Dispatcher), vote, end).await.unwrap();
    world.clock.advance(SignedDuration::from_secs(15));
    world.app.close_evaluation(&staff(Role::Dispatcher), vote).await.unwrap();
    assert_eq!(site.plan().await.round, 2);
    world.clock.advance(SignedDuration::from_hours(24 * 20));
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(world.count("sandan.project.rework_ordered").await, 1);
    assert_eq!(world.count("sandan.evaluation.closed").await, 1);
}

#[tokio::test]
async fn a_request_is_served_by_one_project_and_before_it_is_completed() {
    let world = World::new().await;
    let site = Site::opened(&world, 0).await;
    let desk = staff(Role::Dispatcher);
    let same = world.app.open_project(&desk, river_walk(world.files().await.request)).await.unwrap_err();
    assert_eq!(same.code(), "project-opened-before");
    let other = OpenProject { name: text("other"), ..river_walk(site.request) };
    assert_eq!(world.app.open_project(&desk, other).await.unwrap_err().code(), "served-by-another");
    assert_eq!(world.app.projects(&"elm".parse().unwrap()).await.unwrap().len(), 1, "nothing is half done");
    let (late, _) = world.in_review(0).await;
    let add = |request: RequestId| AddRequest { request: text(&request.to_string()) };
    let refused = world.app.add_request(&desk, site.id, add(late)).await.unwrap_err();
    assert_eq!(refused.code(), "too-late-to-serve");
    let open = world.files().await.request;
    world.app.add_request(&desk, site.id, add(open)).await.unwrap();
    assert_eq!(world.case(open).await.project, Some(site.id));
}

#[tokio::test]
async fn every_field_that_cannot_stand_is_named() {
    let world = World::new().await;
    let desk = staff(Role::Dispatcher);
    let empty = world.app.open_project(&desk, OpenProject { community: text("elm"), ..OpenProject::default() }).await;
    assert_eq!(fields(empty), ["name", "title", "responsible", "unit"]);
    world.found("oak", None).await;
    let elsewhere = FileRequest { community: text("oak"), ..a_request() };
    let elsewhere = world.app.file(&Caller::resident(), elsewhere).await.unwrap().outcome.request;
    let wrong = OpenProject {
        unit: text("nobody"),
        requests: vec!["no number".to_owned(), elsewhere.to_string()],
        stages: vec![StageLine { name: None, due: text("soon") }],
        ..river_walk(elsewhere)
    };
    let wrong = world.app.open_project(&desk, wrong).await;
    assert_eq!(fields(wrong), ["unit", "requests[0]", "requests[1]", "stages[0].name", "stages[0].due"]);
    let site = Site::opened(&world, 0).await;
    let nothing = world.app.finish_project(&desk, site.id, FinishProject::default()).await;
    assert_eq!(fields(nothing), ["answer"]);
    let early = FinishProject { answer: text("Done"), ..FinishProject::default() };
    let early = world.app.finish_project(&desk, site.id, early).await.unwrap_err();
    assert_eq!(early.code(), "project-stages-open");
    let beyond = world.app.stage_done(&desk, site.id, StageDone { stage: Some(51) }).await;
    assert_eq!(fields(beyond), ["stage"]);
    let resident = world.app.open_project(&Caller::resident(), river_walk(site.request)).await.unwrap_err();
    assert_eq!(resident.code(), "not-signed-in");
    let unit = world.app.stage_done(&of_unit("roads"), site.id, StageDone { stage: Some(1) }).await.unwrap_err();
    assert_eq!(unit.code(), "forbidden");
}
