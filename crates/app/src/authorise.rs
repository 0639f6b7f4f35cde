//! Who may do what: one table. It decides before the state and before the rest of what was sent.

use sandan_domain::Role;

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal : $($role:ident)|+;)+) => {
        /// Everything that a caller can be allowed or refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$doc])* $action),+
        }

        impl Action {
            pub const ALL: &'static [Self] = &[$(Self::$action),+];

            /// The name in the API, in metrics and in messages.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name),+
                }
            }

            /// The roles that may.
            pub const fn roles(self) -> &'static [Role] {
                match self {
                    $(Self::$action => &[$(Role::$role),+]),+
                }
            }
        }
    };
}

actions! {
    // ---- residents' calls: anyone, and the tokens through which residents speak ----
    File = "file": Resident | Kiosk | Hotline | GridWorker;
    CoSign = "co-sign": Resident | Kiosk | Hotline | GridWorker;
    Rate = "rate": Resident | Kiosk | Hotline | GridWorker;
    /// A paper ballot, or one told on the telephone, written down by the staff.
    EnterBallot = "enter-ballot": Hotline | GridWorker | Dispatcher;
    /// Who is rung up, and what came of it (R18).
    Call = "call": Hotline | Dispatcher;
    Withdraw = "withdraw": Resident | Kiosk | Hotline | GridWorker;
    /// A resident with the tracking code, or a unit on the request.
    Attach = "attach": Resident | Kiosk | Hotline | GridWorker | Unit;
    /// For an evaluation (R22).
    Volunteer = "volunteer": Resident | Kiosk | Hotline | GridWorker;
    /// For an anonymous ballot (R21). Casting it is nobody's action: nobody is asked who they are.
    DrawToken = "draw-token": Resident | Kiosk | Hotline | GridWorker;
    /// For a project's review, beside those whose requests it serves (R14).
    Register = "register": Resident | Kiosk | Hotline | GridWorker;
    // ---- the desk ----
    Triage = "triage": Dispatcher;
    Dispatch = "dispatch": Dispatcher;
    Rule = "rule": Dispatcher;
    /// Announcing, screening, lots, opening, counting, sending back (R22, R25).
    RunEvaluation = "run-evaluation": Dispatcher;
    /// Opening a project, its requests and stages, finishing it (R29).
    RunProject = "run-project": Dispatcher;
    /// What the community thinks of honouring a unit (R24).
    GiveOpinion = "give-opinion": Dispatcher;
    /// Hours served, check-ins and commitments, with evidence (R23).
    EnterHours = "enter-hours": Dispatcher | GridWorker;
    // ---- units ----
    Claim = "claim": Unit;
    /// How the unit rates the community (R23).
    RateCommunity = "rate-community": Unit;
    Return = "return": Unit;
    Progress = "progress": Unit;
    Complete = "complete": Unit;
    /// R19a, R6b: said by a unit, decided by somebody independent, which the domain sees to.
    Appeal = "appeal": Unit;
    ProposeUnreasonable = "propose-unreasonable": Unit;
    // ---- watching over the work ----
    DecideAppeal = "decide-appeal": Supervisor | Oversight;
    DecideUnreasonable = "decide-unreasonable": Supervisor | Oversight;
    /// Commits to a seed, and draws the sample of those who are called back (R18).
    Sample = "sample": Supervisor | Oversight;
    /// Whoever is not the handler (R6a), which the domain sees to.
    Verify = "verify": Dispatcher | GridWorker | Unit | Supervisor | Oversight;
    /// Asks a community about a unit, and then proposes it for the honour (R24).
    ProposeHonour = "propose-honour": Supervisor;
    Suspend = "suspend": Supervisor;
    Resume = "resume": Supervisor;
    /// Asked by the unit, granted by the supervisor (R11).
    Extend = "extend": Unit | Supervisor;
    /// R19.
    Close = "close": Oversight;
    // ---- the organisation ----
    Found = "found-community": Administrator;
    AddGrid = "add-grid": Administrator;
    RegisterUnit = "register-unit": Administrator;
    ReviseUnit = "revise-unit": Administrator;
    /// Whose telephones are a unit's staff's (R14).
    KeepMembers = "keep-members": Administrator;
    /// Time policies and calendars.
    PublishPolicy = "publish-policy": Administrator;
    Import = "import": Administrator;
    /// Accounts and tokens.
    ManageAccounts = "manage-accounts": Administrator;
    /// Webhooks, and what waits in the outbox.
    ManageEndpoints = "manage-endpoints": Administrator;
    // ---- looking ----
    /// Requests with their texts, boards, rates, names of the organisation in full.
    See = "see": Hotline | GridWorker | Dispatcher | Unit | Supervisor | Oversight | Administrator;
    /// Metrics from another machine.
    Operate = "operate": Administrator;
}

/// Whether the role may take the action at all. The program itself may everything.
pub fn may(role: Role, action: Action) -> bool {
    role == Role::System || action.roles().contains(&role)
}

#[cfg(test)]
mod tests;
