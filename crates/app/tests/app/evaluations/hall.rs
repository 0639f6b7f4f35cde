//! A hall in which an evaluation is held: the committee, its volunteers, and the urn.

use data_encoding::BASE64;
use jiff::SignedDuration;
use sandan_app::{
    Announce, AnswerInput, App, Caller, CastBallot, Casting, DrawToken, EndEvaluation, OpenEvaluation, Refusal, Screen,
    SignedToken, SubjectInput, Volunteer,
};
use sandan_booth::{PublicKey, Token, Voter};
use sandan_domain::evaluation::Session;
use sandan_domain::{EvaluationId, Role};

use crate::world::{World, staff, text};

pub struct Hall {
    pub id: EvaluationId,
    /// The codes of those who were chosen, by number.
    pub codes: Vec<String>,
}

impl Hall {
    /// An evaluation of the units `roads` and `water` in which so many vote, just opened.
    pub async fn open(world: &World, occasion: &str, voters: usize) -> Self {
        Self::with(world, occasion, units(), voters).await
    }

    pub async fn with(world: &World, occasion: &str, subjects: Vec<SubjectInput>, voters: usize) -> Self {
        let mut hall = Self::announced(world, occasion, subjects, voters).await;
        for nth in 0..voters {
            let signed_up = hall.signs_up(&world.app, nth).await.unwrap();
            hall.codes.push(signed_up);
            hall.admits(&world.app, nth + 1).await;
        }
        world.clock.advance(SignedDuration::from_hours(24 * 8));
        world.app.draw_lots(&staff(Role::Dispatcher), hall.id).await.unwrap();
        hall.opens(world).await;
        hall
    }

    pub async fn announced(world: &World, occasion: &str, subjects: Vec<SubjectInput>, places: usize) -> Self {
        let until = world.clock.now() + SignedDuration::from_hours(24 * 7);
        let announce = Announce {
            community: text("elm"),
            occasion: text(occasion),
            subjects,
            criteria: text("Lives here and is of age"),
            places: i64::try_from(places).ok(),
            sign_up_until: text(&until.to_string()),
        };
        let announced = world.app.announce(&staff(Role::Dispatcher), announce).await.unwrap();
        Self { id: announced.outcome.evaluation, codes: Vec::new() }
    }

    pub async fn signs_up(&self, app: &App, nth: usize) -> Result<String, Refusal> {
        let volunteer = Volunteer { name: text("A resident"), phone: text(&phone(nth)), ..Volunteer::default() };
        Ok(app.sign_up(&Caller::resident(), self.id, volunteer).await?.outcome.code.to_string())
    }

    pub async fn admits(&self, app: &App, number: usize) {
        let screen = Screen { number: i64::try_from(number).ok(), admitted: Some(true), reason: None };
        app.screen(&staff(Role::Dispatcher), self.id, screen).await.unwrap();
    }

    /// Tokens are drawn for an hour, and votes taken for another.
    pub async fn opens(&self, world: &World) {
        let after = |hours| text(&(world.clock.now() + SignedDuration::from_hours(hours)).to_string());
        let terms = OpenEvaluation { drawing_until: after(1), voting_until: after(2) };
        world.app.open_evaluation(&staff(Role::Dispatcher), self.id, terms).await.unwrap();
    }

    pub async fn session(&self, app: &App) -> Box<Session> {
        app.evaluation(self.id).await.unwrap()
    }

    pub async fn key(&self, app: &App) -> PublicKey {
        let session = self.session(app).await;
        PublicKey::from_der(&BASE64.decode(session.poll().unwrap().public_key.as_bytes()).unwrap()).unwrap()
    }

    pub async fn signs(&self, app: &App, code: &str, blinded: &[u8]) -> Result<SignedToken, Refusal> {
        let draw = DrawToken { code: text(code), blinded: text(&BASE64.encode(blinded)) };
        app.draw_token(&Caller::resident(), self.id, &draw).await
    }

    /// The whole way of the `nth` voter to their token.
    pub async fn draws(&self, app: &App, nth: usize) -> Token {
        let voter = Voter::new(self.id.0, &self.key(app).await).unwrap();
        let signed = self.signs(app, &self.codes[nth], voter.blinded()).await.unwrap();
        voter.finish(&BASE64.decode(signed.signature.as_bytes()).unwrap()).unwrap()
    }

    pub async fn casts(&self, app: &App, token: &Token, rating: &str) -> Result<Casting, Refusal> {
        app.cast(self.id, &ballot(&token.to_text(), rating)).await
    }

    pub async fn ends(&self, app: &App, phase: &str) {
        let end = EndEvaluation { phase: text(phase) };
        app.end_evaluation(&staff(Role::Dispatcher), self.id, end).await.unwrap();
    }

    /// Voting ends, and the ballots are counted.
    pub async fn counts(&self, world: &World) -> Box<Session> {
        self.ends(&world.app, "voting").await;
        world.clock.advance(SignedDuration::from_secs(60));
        world.app.close_evaluation(&staff(Role::Dispatcher), self.id).await.unwrap();
        self.session(&world.app).await
    }
}

pub fn units() -> Vec<SubjectInput> {
    ["roads", "water"].map(|unit| SubjectInput { id: text(unit), ..SubjectInput::default() }).to_vec()
}

pub fn phone(nth: usize) -> String {
    format!("138{nth:08}")
}

pub fn ballot(token: &str, rating: &str) -> CastBallot {
    let answer = AnswerInput { subject: text("roads"), rating: text(rating), reasons: Vec::new() };
    CastBallot { token: text(token), answers: vec![answer] }
}
