//! A question about an honour as the API writes it.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A community's opinion of a unit, and what came of it. Anybody may read it.
#[derive(Serialize, ToSchema)]
#[schema(as = Honour)]
#[allow(dead_code)]
pub(super) struct Shape {
    id: Uuid,
    community: String,
    unit: String,
    /// What the honour is called.
    honour: String,
    /// Requests filed from here on stand in the figures,
    from: Timestamp,
    /// and before here.
    to: Timestamp,
    /// `asked`, `answered`, `proposed` or `dropped`.
    state: String,
    asked_at: Timestamp,
    /// `supports`, `reserved` or `opposes`; `null` until the community has answered.
    opinion: Option<String>,
    opinion_reason: Option<String>,
    figures: Option<FiguresShape>,
    answered_at: Option<Timestamp>,
    /// Why it was proposed against the opinion, or not at all.
    settled_reason: Option<String>,
    settled_at: Option<Timestamp>,
    /// Of its last event in the log.
    position: u64,
}

/// The unit's figures as they stood when its community answered: the rates of R27, for the requests that it led.
#[derive(Serialize, ToSchema)]
#[schema(as = HonourFigures)]
#[allow(dead_code)]
struct FiguresShape {
    /// Of the log: all up to it counts, and nothing after it.
    position: u64,
    resolution: ShareShape,
    satisfaction: ShareShape,
    on_time: ShareShape,
    rework: ShareShape,
    without_unreasonable: WithoutUnreasonableShape,
    without_appealed: WithoutAppealedShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = HonourShare)]
#[allow(dead_code)]
struct ShareShape {
    numerator: u64,
    denominator: u64,
}

/// The same without what was ruled beyond law or reason (R6b).
#[derive(Serialize, ToSchema)]
#[schema(as = HonourWithoutUnreasonable)]
#[allow(dead_code)]
struct WithoutUnreasonableShape {
    /// How many requests are left out.
    requests: u64,
    resolution: ShareShape,
    satisfaction: ShareShape,
    on_time: ShareShape,
    rework: ShareShape,
}

/// The same without ballots whose appeal was upheld (R19a).
#[derive(Serialize, ToSchema)]
#[schema(as = HonourWithoutAppealed)]
#[allow(dead_code)]
struct WithoutAppealedShape {
    /// How many ballots are left out.
    ballots: u64,
    satisfaction: ShareShape,
}
