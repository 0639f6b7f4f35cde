//! Every method: who may call it, and its twin of the HTTP API.
//!
//! A command's idempotency key belongs to the twin's path. So the same wish with the same key has one effect, whichever
//! way it comes, and again the other way.

use sandan_app::Action;

/// One method of the services.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// `/service/method`
    pub path: &'static str,
    /// Who may, before anything else is looked at. `None`: whoever has the tracking code may, too.
    pub action: Option<Action>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes something. The path of the same call over HTTP, `{id}` being the request's.
    Command { twin: &'static str },
    /// Answers once, when the read models have got to where the caller wants them.
    Question,
    /// Answers until the caller has enough.
    Stream,
}

const fn command(path: &'static str, action: Action, twin: &'static str) -> Method {
    Method { path, action: Some(action), kind: Kind::Command { twin } }
}

const fn question(path: &'static str, action: Action) -> Method {
    Method { path, action: Some(action), kind: Kind::Question }
}

/// Open to anybody, or to whoever has the tracking code.
const fn open(path: &'static str) -> Method {
    Method { path, action: None, kind: Kind::Question }
}

/// All that need to know who calls. Health and reflection are open to everybody.
pub const METHODS: [Method; 78] = [
    command("/sandan.v1.Requests/File", Action::File, "/api/v1/requests"),
    open("/sandan.v1.Requests/Get"),
    open("/sandan.v1.Requests/Hands"),
    open("/sandan.v1.Requests/ExplainDue"),
    command("/sandan.v1.Requests/CoSign", Action::CoSign, "/api/v1/requests/{id}/co-signers"),
    command("/sandan.v1.Requests/Rate", Action::Rate, "/api/v1/requests/{id}/ratings"),
    command("/sandan.v1.Requests/Withdraw", Action::Withdraw, "/api/v1/requests/{id}/withdraw"),
    command("/sandan.v1.Requests/Triage", Action::Triage, "/api/v1/requests/{id}/triage"),
    command("/sandan.v1.Requests/Dispatch", Action::Dispatch, "/api/v1/requests/{id}/dispatch"),
    command("/sandan.v1.Requests/Rule", Action::Rule, "/api/v1/requests/{id}/rule"),
    command("/sandan.v1.Requests/Claim", Action::Claim, "/api/v1/requests/{id}/claim"),
    command("/sandan.v1.Requests/Return", Action::Return, "/api/v1/requests/{id}/return"),
    command("/sandan.v1.Requests/Progress", Action::Progress, "/api/v1/requests/{id}/progress"),
    command("/sandan.v1.Requests/Complete", Action::Complete, "/api/v1/requests/{id}/complete"),
    command("/sandan.v1.Requests/Verify", Action::Verify, "/api/v1/requests/{id}/verify"),
    command("/sandan.v1.Requests/Suspend", Action::Suspend, "/api/v1/requests/{id}/suspend"),
    command("/sandan.v1.Requests/Resume", Action::Resume, "/api/v1/requests/{id}/resume"),
    command("/sandan.v1.Requests/Extend", Action::Extend, "/api/v1/requests/{id}/extend"),
    command("/sandan.v1.Requests/Close", Action::Close, "/api/v1/requests/{id}/close"),
    command("/sandan.v1.Reviews/EnterBallot", Action::EnterBallot, "/api/v1/requests/{id}/entered-ballots"),
    question("/sandan.v1.Reviews/ListCalls", Action::Call),
    command("/sandan.v1.Reviews/RecordCall", Action::Call, "/api/v1/requests/{id}/calls"),
    command("/sandan.v1.Reviews/Appeal", Action::Appeal, "/api/v1/requests/{id}/appeals"),
    command("/sandan.v1.Reviews/DecideAppeal", Action::DecideAppeal, "/api/v1/requests/{id}/appeal-decisions"),
    command(
        "/sandan.v1.Reviews/ProposeUnreasonable",
        Action::ProposeUnreasonable,
        "/api/v1/requests/{id}/unreasonable",
    ),
    command(
        "/sandan.v1.Reviews/DecideUnreasonable",
        Action::DecideUnreasonable,
        "/api/v1/requests/{id}/unreasonable-decision",
    ),
    question("/sandan.v1.Reviews/ListWatched", Action::DecideAppeal),
    command("/sandan.v1.Reviews/KeepMember", Action::KeepMembers, "/api/v1/unit-members"),
    question("/sandan.v1.Reviews/ListMembers", Action::KeepMembers),
    command("/sandan.v1.Reviews/CommitCallbacks", Action::Sample, "/api/v1/callbacks"),
    command("/sandan.v1.Reviews/DrawCallbacks", Action::Sample, "/api/v1/callbacks/{id}/draw"),
    command("/sandan.v1.Reviews/CallBack", Action::Call, "/api/v1/callbacks/{id}/calls"),
    open("/sandan.v1.Reviews/GetCallbacks"),
    command("/sandan.v1.Evaluations/AnnounceEvaluation", Action::RunEvaluation, "/api/v1/evaluations"),
    open("/sandan.v1.Evaluations/ListEvaluations"),
    open("/sandan.v1.Evaluations/GetEvaluation"),
    open("/sandan.v1.Evaluations/ListBallots"),
    command("/sandan.v1.Evaluations/SignUp", Action::Volunteer, "/api/v1/evaluations/{id}/volunteers"),
    question("/sandan.v1.Evaluations/ListVolunteers", Action::RunEvaluation),
    question("/sandan.v1.Evaluations/ListVoterCalls", Action::Call),
    open("/sandan.v1.Evaluations/GetVolunteer"),
    command("/sandan.v1.Evaluations/ScreenVolunteer", Action::RunEvaluation, "/api/v1/evaluations/{id}/screen"),
    command("/sandan.v1.Evaluations/DrawLots", Action::RunEvaluation, "/api/v1/evaluations/{id}/draw"),
    command("/sandan.v1.Evaluations/OpenEvaluation", Action::RunEvaluation, "/api/v1/evaluations/{id}/open"),
    command("/sandan.v1.Evaluations/EndEvaluation", Action::RunEvaluation, "/api/v1/evaluations/{id}/end"),
    command("/sandan.v1.Evaluations/CallOffEvaluation", Action::RunEvaluation, "/api/v1/evaluations/{id}/call-off"),
    command("/sandan.v1.Evaluations/CloseEvaluation", Action::RunEvaluation, "/api/v1/evaluations/{id}/close"),
    command("/sandan.v1.Evaluations/SendBack", Action::RunEvaluation, "/api/v1/evaluations/{id}/send-back"),
    command("/sandan.v1.Projects/OpenProject", Action::RunProject, "/api/v1/projects"),
    open("/sandan.v1.Projects/ListProjects"),
    open("/sandan.v1.Projects/GetProject"),
    command("/sandan.v1.Projects/AddRequest", Action::RunProject, "/api/v1/projects/{id}/requests"),
    command("/sandan.v1.Projects/MarkStageDone", Action::RunProject, "/api/v1/projects/{id}/stages"),
    command("/sandan.v1.Projects/RegisterForProject", Action::Register, "/api/v1/projects/{id}/registrations"),
    question("/sandan.v1.Projects/ListRegistered", Action::RunProject),
    command("/sandan.v1.Projects/FinishProject", Action::RunProject, "/api/v1/projects/{id}/finish"),
    command("/sandan.v1.Projects/CloseProject", Action::Close, "/api/v1/projects/{id}/close"),
    command("/sandan.v1.Honours/AskOpinion", Action::ProposeHonour, "/api/v1/honours"),
    command("/sandan.v1.Honours/GiveOpinion", Action::GiveOpinion, "/api/v1/honours/{id}/opinion"),
    command("/sandan.v1.Honours/ProposeHonour", Action::ProposeHonour, "/api/v1/honours/{id}/proposal"),
    command("/sandan.v1.Honours/DropHonour", Action::ProposeHonour, "/api/v1/honours/{id}/drop"),
    open("/sandan.v1.Honours/ListHonours"),
    open("/sandan.v1.Honours/GetHonour"),
    command("/sandan.v1.Scores/EnterHours", Action::EnterHours, "/api/v1/scores/hours"),
    command("/sandan.v1.Scores/CheckIn", Action::EnterHours, "/api/v1/scores/check-ins"),
    command("/sandan.v1.Scores/StrikeOut", Action::EnterHours, "/api/v1/scores/strike-outs"),
    command("/sandan.v1.Scores/EnterCommitments", Action::EnterHours, "/api/v1/scores/commitments"),
    command("/sandan.v1.Scores/RateCommunity", Action::RateCommunity, "/api/v1/scores/community-ratings"),
    question("/sandan.v1.Scores/GetScores", Action::See),
    question("/sandan.v1.Scores/ListScoreEntries", Action::See),
    command("/sandan.v1.Organisation/FoundCommunity", Action::Found, "/api/v1/communities"),
    command("/sandan.v1.Organisation/AddGrid", Action::AddGrid, "/api/v1/grids"),
    command("/sandan.v1.Organisation/RegisterUnit", Action::RegisterUnit, "/api/v1/units"),
    command("/sandan.v1.Policies/PublishPolicy", Action::PublishPolicy, "/api/v1/policies"),
    question("/sandan.v1.Policies/ListPolicies", Action::See),
    command("/sandan.v1.Policies/PublishCalendar", Action::PublishPolicy, "/api/v1/calendars"),
    question("/sandan.v1.Policies/GetCalendar", Action::See),
    Method { path: "/sandan.v1.Events/Follow", action: Some(Action::See), kind: Kind::Stream },
];

impl Method {
    pub(crate) fn of(path: &str) -> Option<Self> {
        METHODS.into_iter().find(|method| method.path == path)
    }
}
