//! Random lives of requests: whatever the rules allow, in an order that a seed repeats.

use jiff::SignedDuration;
use sandan_domain::request::{
    Applicant, Channel, Command, Destination, External, File, Import, PastAnswer, Photo, Place, Stage, Team,
    TriageDecision, Urgency,
};
use sandan_domain::review::Rating;
use sandan_domain::{Actor, AttachmentId, EvaluationId, PersonId, RequestId, RequestNumber, UnitId};

use crate::world::{Wish, World, category, desk, id, staff, text};

pub const COMMUNITIES: [&str; 4] = ["town", "river", "hill", "far"];
pub const UNITS: [&str; 3] = ["water", "power", "police"];
pub const GRIDS: [&str; 2] = ["east", "west"];
pub const CATEGORIES: [&str; 4] = ["城乡建设/安全生产/事故处理", "城乡建设/安全生产", "劳动和社会保障", "城乡建设副"];
pub const CHANNELS: [Channel; 4] = [Channel::Web, Channel::Hotline, Channel::GridVisit, Channel::Partner];
const WORDS: [&str; 8] = ["路灯不亮", "ＡＢＣ路 12号", "Water pipe", "漏水 很久了!", "ß Straße", "垃圾", "123", "ｶﾞｽ"];

impl World {
    /// A town with two communities, and one elsewhere; units and grids with the same slugs in each.
    pub async fn settle(&mut self) {
        self.found("town", None).await;
        self.found("river", Some("town")).await;
        self.found("hill", Some("town")).await;
        self.found("far", None).await;
        for community in COMMUNITIES {
            for grid in GRIDS {
                self.add_grid(community, grid).await;
            }
            for unit in UNITS {
                let capacity = (unit == "police").then_some(3);
                self.register(community, unit, capacity).await;
            }
        }
    }

    /// So many steps; refused ones count too.
    pub async fn live(&mut self, steps: usize) {
        for _ in 0..steps {
            if self.chance.one_in(3) {
                let minutes = self.chance.below(30 * 60) as i64;
                self.pass(SignedDuration::from_mins(minutes));
                self.keep_promises().await;
            }
            if self.filed.len() < 4 || self.chance.one_in(6) {
                self.somebody_files().await;
            } else {
                let places = self.filed.len().min(40);
                let request = self.filed[self.filed.len() - 1 - self.chance.below(places)].0;
                self.something_happens_to(request).await;
            }
        }
    }

    pub fn words(&mut self) -> String {
        let count = 1 + self.chance.below(4);
        let words: Vec<&str> = (0..count).map(|_| self.chance.of(&WORDS)).collect();
        words.join(self.chance.of(&["", " ", "，"]))
    }

    pub async fn somebody_files(&mut self) -> RequestId {
        let file = self.some_file();
        if !self.chance.one_in(6) {
            return self.files(file).await;
        }
        let filed = self.now().checked_sub(SignedDuration::from_hours(24 * 40)).unwrap();
        let words = self.words();
        let completed = filed.checked_add(SignedDuration::from_hours(self.chance.below(800) as i64)).unwrap();
        let answer = (!self.chance.one_in(3)).then(|| PastAnswer { completed, answer: text(&words) });
        let external = External { id: self.chance.next().to_string(), likes: Some(3), against: None };
        let file = File { external: Some(external), ..file };
        let request = RequestId(self.chance.uuid());
        let import = Command::Import(Box::new(Import { file, filed, answer }));
        self.wish(Wish::Request(request, import), desk()).await.unwrap();
        request
    }

    fn some_file(&mut self) -> File {
        let (description, title) = (self.words(), self.words());
        let community = self.chance.of(&COMMUNITIES);
        let place = (!self.chance.one_in(3)).then(|| Place {
            grid: (!self.chance.one_in(4)).then(|| id(self.chance.of(&GRIDS))),
            address: Some(text("和平路 3 号")),
            spot: Some((31.25, 121.5)),
        });
        File {
            number: RequestNumber::new(self.filed.len() as u32 * 7 + 3),
            channel: self.chance.of(&CHANNELS),
            urgency: self.chance.of(&[Urgency::Normal, Urgency::Urgent]),
            category: (!self.chance.one_in(4)).then(|| category(self.chance.of(&CATEGORIES))),
            title: self.chance.one_in(2).then(|| text(&title)),
            place,
            ..self.plain(community, &description)
        }
    }

    pub async fn something_happens_to(&mut self, request: RequestId) {
        let Some(case) = self.case(request).cloned() else { return };
        let words = text(&self.words());
        if matches!(case.stage, Stage::InReview(_)) || (case.round > 1 && self.chance.one_in(3)) {
            let person = self.chance.of(&case.signers);
            let rating = if self.chance.one_in(2) { Rating::Dissatisfied } else { self.chance.of(&Rating::ALL) };
            _ = self.rates(request, person, rating).await;
            return;
        }
        let unit = match case.stage.team() {
            Some((holder, _)) => holder.unit().cloned(),
            None => None,
        };
        let unit: UnitId = unit.unwrap_or_else(|| id(self.chance.of(&UNITS)));
        let staff = staff(unit.as_str());
        let step = if self.chance.one_in(3) { self.chance.below(24) } else { next_step(&case.stage) };
        let (command, actor) = match step {
            0 | 1 if matches!(case.stage, Stage::Claimed(_) | Stage::Dispatched { .. }) => {
                (Command::Return { unit, reason: words.clone(), basis: words }, staff)
            }
            0..=2 => (Command::Triage(self.some_triage(request)), desk()),
            3..=5 => (Command::Dispatch { target: self.some_target(), note: Some(words) }, desk()),
            6..=8 => (Command::Claim { unit }, staff),
            9 | 10 => {
                let solved = !self.chance.one_in(4);
                (Command::Complete { unit, answer: words.clone(), solved, unsolved_reason: Some(words) }, staff)
            }
            11 => (Command::Progress { unit, note: words }, staff),
            12 => (Command::Verify { confirmed: !self.chance.one_in(4), note: None }, desk()),
            13 => {
                let review_on = self.now().checked_add(SignedDuration::from_hours(100)).unwrap();
                (Command::Suspend { reason: words, review_on }, desk())
            }
            14 => (Command::Resume, desk()),
            15 if self.chance.one_in(3) => (Command::Withdraw { reason: None }, desk()),
            15 => (Command::Rule { unit: Some(unit), reason: Some(words) }, desk()),
            16 => {
                let until = case.due.at.checked_add(SignedDuration::from_hours(50)).unwrap();
                (
                    Command::Extend { reason: Some(words), until: Some(until) },
                    if self.chance.one_in(2) { staff } else { desk() },
                )
            }
            17 => (Command::CloseDissatisfied { reason: words }, desk()),
            18 => {
                let photo = Photo {
                    attachment: AttachmentId(self.chance.uuid()),
                    hash: "00".repeat(32),
                    media_type: "image/jpeg".to_owned(),
                    bytes: 17,
                    captured: None,
                };
                (Command::Attach(photo), staff)
            }
            19 if matches!(case.stage, Stage::Closed(_)) && self.chance.one_in(3) => {
                (Command::SendBack { evaluation: EvaluationId(self.chance.uuid()) }, Actor::System)
            }
            // What timers wish, in their time or not.
            20 => (Command::MarkOverdue, Actor::System),
            21 => (Command::Escalate, Actor::System),
            22 => (Command::Remind, Actor::System),
            23 => (Command::FallBack { unit: self.chance.one_in(2).then_some(unit) }, Actor::System),
            _ => {
                let person = PersonId(self.chance.uuid());
                (Command::CoSign(Applicant { person, name: Some(words), phone: None, email: None }), desk())
            }
        };
        _ = self.does(request, command, actor).await;
    }

    fn some_triage(&mut self, request: RequestId) -> TriageDecision {
        match self.chance.below(8) {
            0 => TriageDecision::Reject { reason: text("不属于本社区") },
            1 => {
                let into = self.filed[self.chance.below(self.filed.len())].0;
                let into = if into == request { self.filed[0].0 } else { into };
                TriageDecision::Merge { into, reason: None }
            }
            _ => TriageDecision::Accept {
                category: self.chance.one_in(3).then(|| category(self.chance.of(&CATEGORIES))),
                urgency: None,
                reason: None,
                public_title: self.chance.one_in(2).then(|| text("公开标题")),
            },
        }
    }

    fn some_target(&mut self) -> Destination {
        if self.chance.one_in(3) {
            return Destination::Pool { slots: 1 + self.chance.below(2) as u32 };
        }
        let lead = id(self.chance.of(&UNITS));
        let other: UnitId = id(self.chance.of(&UNITS));
        let assisting = if other == lead { Vec::new() } else { vec![other] };
        Destination::Units(Team { lead, assisting })
    }
}

/// What moves a request in this stage on: a number of the match above.
fn next_step(stage: &Stage) -> usize {
    match stage {
        Stage::Filed | Stage::Returned => 2,
        Stage::Triaged => 3,
        Stage::Dispatched { .. } | Stage::Pooled { .. } => 6,
        Stage::Claimed(_) | Stage::Rework(_) => 9,
        Stage::Completed(_) => 12,
        Stage::Suspended { .. } => 14,
        _ => 19,
    }
}
