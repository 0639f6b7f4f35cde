//! Why something is refused to an evaluation.

use jiff::Timestamp;

use crate::ids::Slug;
use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there is no such evaluation")]
    NotFound,
    #[error("this evaluation was announced before")]
    AnnouncedBefore,
    #[error("a ballot rates 1 to {max} subjects, each once")]
    Subjects { max: usize },
    #[error("a quarterly session rates units only (R22); people in office are rated in the year's appraisal (R25)")]
    NotAUnit { subject: Slug },
    #[error("there must be at least one place")]
    NoPlaces,
    #[error("signing up must end in the future: {until} lies before {now}")]
    SignUpInThePast { until: Timestamp, now: Timestamp },
    #[error("signing up ended at {until}")]
    SignUpOver { until: Timestamp },
    #[error("whoever has this telephone has signed up before; one phone signs up once")]
    VolunteeredBefore,
    #[error("{max} have signed up, and more are not taken")]
    SignUpFull { max: usize },
    /// R14: nobody of the unit that did the work.
    #[error("whoever works for {subject} can't rate it (R14)")]
    OwnWork { subject: Slug },
    #[error("nobody of this number has signed up")]
    NoSuchVolunteer,
    #[error("lots were drawn; who takes part is settled")]
    DrawnBefore,
    #[error("a refusal needs its reason (R22)")]
    ReasonNeeded,
    #[error("signing up goes on until {until}; lots are drawn afterwards")]
    SignUpGoesOn { until: Timestamp },
    #[error("{waiting} volunteers are not screened yet")]
    Unscreened { waiting: usize },
    #[error("no volunteer was admitted, so nobody can vote")]
    NobodyAdmitted,
    #[error("the seed is not the one that was committed to")]
    WrongSeed,
    #[error("voting opens after the lots are drawn")]
    NotDrawn,
    #[error("voting was opened before")]
    OpenedBefore,
    #[error("drawing tokens must end in the future, after {now}")]
    DrawingInThePast { now: Timestamp },
    #[error("voting must end after drawing tokens does, at {drawing_until}: ballots are written in between (R21)")]
    VotingEndsTooEarly { drawing_until: Timestamp },
    #[error("voting is not open yet")]
    NotOpen,
    #[error("tokens were drawn until {until}")]
    DrawingOver { until: Timestamp },
    /// R14: the electorate is fixed when voting opens.
    #[error("only those who were chosen can vote (R22)")]
    NotInElectorate,
    /// R21: the same blinded serial is signed again, another never.
    #[error("your token was drawn before; only the same browser can ask for it again (R21)")]
    TokenDrawn,
    #[error("voting ended at {until}")]
    VotingOver { until: Timestamp },
    #[error("this token is another evaluation's")]
    ForeignToken,
    #[error("this token was not signed by this evaluation")]
    FalseToken,
    /// R21: an anonymous ballot is final.
    #[error("this token was used; a ballot without a name is final (R21)")]
    TokenUsed,
    #[error("{subject} is not rated here")]
    UnknownSubject { subject: Slug },
    #[error("{subject} is rated twice")]
    AnswerTwice { subject: Slug },
    #[error("reasons go along with a dissatisfied answer only, which {subject} has not")]
    ReasonUnasked { subject: Slug },
    #[error("the ballot is blank: rate at least one")]
    Blank,
    #[error("ballots are written once nobody draws tokens any more (R21)")]
    DrawingGoesOn,
    #[error("{ballots} ballots can't come of {tokens} tokens")]
    MoreBallotsThanTokens { ballots: usize, tokens: usize },
    #[error("the ballots are counted from {from} on")]
    NotCountedYet { from: Timestamp },
    #[error("this evaluation is closed")]
    ClosedBefore,
    #[error("this evaluation was called off")]
    CalledOff,
    #[error("requests are sent back after the count")]
    NotClosed,
    #[error("this session has sent the request back before")]
    SentBackBefore,
    #[error("the request is {state}: only a closed one is sent back, an open one is still the desk's to correct")]
    RequestNotClosed { state: &'static str },
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound | Self::NoSuchVolunteer => Class::NotFound,
            Self::OwnWork { .. } | Self::NotInElectorate => Class::Forbidden,
            Self::Subjects { .. } | Self::NotAUnit { .. } => Class::Input { field: "subjects" },
            Self::NoPlaces => Class::Input { field: "places" },
            Self::SignUpInThePast { .. } => Class::Input { field: "sign_up_until" },
            Self::ReasonNeeded => Class::Input { field: "reason" },
            Self::DrawingInThePast { .. } => Class::Input { field: "drawing_until" },
            Self::VotingEndsTooEarly { .. } => Class::Input { field: "voting_until" },
            Self::ForeignToken | Self::FalseToken => Class::Input { field: "token" },
            Self::UnknownSubject { .. } | Self::AnswerTwice { .. } | Self::ReasonUnasked { .. } | Self::Blank => {
                Class::Input { field: "answers" }
            }
            Self::AnnouncedBefore
            | Self::SignUpOver { .. }
            | Self::VolunteeredBefore
            | Self::SignUpFull { .. }
            | Self::DrawnBefore
            | Self::SignUpGoesOn { .. }
            | Self::Unscreened { .. }
            | Self::NobodyAdmitted
            | Self::WrongSeed
            | Self::NotDrawn
            | Self::OpenedBefore
            | Self::NotOpen
            | Self::DrawingOver { .. }
            | Self::TokenDrawn
            | Self::VotingOver { .. }
            | Self::TokenUsed
            | Self::DrawingGoesOn
            | Self::MoreBallotsThanTokens { .. }
            | Self::NotCountedYet { .. }
            | Self::ClosedBefore
            | Self::CalledOff
            | Self::NotClosed
            | Self::SentBackBefore
            | Self::RequestNotClosed { .. } => Class::Conflict,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "evaluation-not-found",
            Self::AnnouncedBefore => "evaluation-announced-before",
            Self::Subjects { .. } => "evaluation-subjects",
            Self::NotAUnit { .. } => "evaluation-not-a-unit",
            Self::NoPlaces => "evaluation-no-places",
            Self::SignUpInThePast { .. } => "evaluation-sign-up-in-the-past",
            Self::SignUpOver { .. } => "evaluation-sign-up-over",
            Self::VolunteeredBefore => "evaluation-volunteered-before",
            Self::SignUpFull { .. } => "evaluation-sign-up-full",
            Self::OwnWork { .. } => "evaluation-own-work",
            Self::NoSuchVolunteer => "evaluation-no-such-volunteer",
            Self::DrawnBefore => "evaluation-drawn-before",
            Self::ReasonNeeded => "evaluation-reason-needed",
            Self::SignUpGoesOn { .. } => "evaluation-sign-up-goes-on",
            Self::Unscreened { .. } => "evaluation-unscreened",
            Self::NobodyAdmitted => "evaluation-nobody-admitted",
            Self::WrongSeed => "evaluation-wrong-seed",
            Self::NotDrawn => "evaluation-not-drawn",
            Self::OpenedBefore => "evaluation-opened-before",
            Self::DrawingInThePast { .. } => "evaluation-drawing-in-the-past",
            Self::VotingEndsTooEarly { .. } => "evaluation-voting-ends-too-early",
            Self::NotOpen => "evaluation-not-open",
            Self::DrawingOver { .. } => "evaluation-drawing-over",
            Self::NotInElectorate => "evaluation-not-in-electorate",
            Self::TokenDrawn => "evaluation-token-drawn",
            Self::VotingOver { .. } => "evaluation-voting-over",
            Self::ForeignToken => "evaluation-foreign-token",
            Self::FalseToken => "evaluation-false-token",
            Self::TokenUsed => "evaluation-token-used",
            Self::UnknownSubject { .. } => "evaluation-unknown-subject",
            Self::AnswerTwice { .. } => "evaluation-answer-twice",
            Self::ReasonUnasked { .. } => "evaluation-reason-unasked",
            Self::Blank => "evaluation-blank",
            Self::DrawingGoesOn => "evaluation-drawing-goes-on",
            Self::MoreBallotsThanTokens { .. } => "evaluation-more-ballots-than-tokens",
            Self::NotCountedYet { .. } => "evaluation-not-counted-yet",
            Self::ClosedBefore => "evaluation-closed-before",
            Self::CalledOff => "evaluation-called-off",
            Self::NotClosed => "evaluation-not-closed",
            Self::SentBackBefore => "evaluation-sent-back-before",
            Self::RequestNotClosed { .. } => "evaluation-request-not-closed",
        }
    }
}
