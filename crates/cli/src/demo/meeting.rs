//! An evaluation of the demonstration: announced, volunteered for, screened, drawn, voted, counted (R22, R25). The
//! voters' side is what the page does in the browser, so that these ballots are as anonymous as any.

use anyhow::{Context, Result};
use data_encoding::BASE64;
use jiff::Timestamp;
use sandan_app::{
    Announce, AnswerInput, App, Caller, CastBallot, DrawToken, EndEvaluation, OpenEvaluation, Refusal, Screen,
    SendBack, SubjectInput, Volunteer,
};
use sandan_booth::{PublicKey, Token, Voter};
use sandan_domain::{CommunityId, EvaluationId, RequestId, Role};

use super::cast::{numbered, staff};
use super::random::Random;

const CRITERIA: &str =
    "年满十八周岁、在本社区居住半年以上；近一年内提出过诉求或参加过社区活动的优先；被评单位的工作人员不参加。";
const REFUSED: &str = "登记住址不在本社区，已告知向所在社区报名。";
/// The last ones who sign up are refused.
const REFUSALS: usize = 2;

/// Who is rated, and how well: so many of a hundred answers are satisfied.
pub struct Rated {
    pub id: &'static str,
    /// `None`: a unit.
    pub person: Option<(&'static str, &'static str)>,
    pub good: i64,
}

pub struct Meeting {
    pub community: CommunityId,
    pub occasion: String,
    pub subjects: &'static [Rated],
    pub volunteers: usize,
    pub places: i64,
    /// So many of those who were chosen vote.
    pub voters: usize,
    pub id: Option<EvaluationId>,
    /// Of the volunteers, by number from 1.
    codes: Vec<String>,
}

/// What happens at a meeting, each at its own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Announce {
        sign_up_until: Timestamp,
    },
    SignUp,
    Screen,
    /// The lots, and the opening of the vote.
    Open {
        drawing_until: Timestamp,
        voting_until: Timestamp,
    },
    /// All who vote do so, and the vote is ended.
    Vote,
    Count,
    SendBack,
}

impl Meeting {
    pub fn new(
        community: CommunityId,
        occasion: String,
        subjects: &'static [Rated],
        (volunteers, places, voters): (usize, i64, usize),
    ) -> Self {
        Self { community, occasion, subjects, volunteers, places, voters, id: None, codes: Vec::new() }
    }

    /// The code of somebody who may vote and has not.
    pub async fn code_to_try(&self, app: &App) -> Result<Option<&str>, Refusal> {
        Ok(self.chosen(app).await?.last().copied())
    }

    /// Takes a step. `closed` is a request that the session may send back.
    pub async fn act(&mut self, app: &App, random: &mut Random, step: Step, closed: Option<RequestId>) -> Result<()> {
        let desk = staff(Role::Dispatcher, &self.community, None);
        let Some(id) = self.id else {
            if let Step::Announce { sign_up_until } = step {
                self.id = Some(app.announce(&desk, self.announcement(sign_up_until)).await?.outcome.evaluation);
            }
            return Ok(());
        };
        match step {
            Step::Announce { .. } => {}
            Step::SignUp => self.sign_up(app, id).await?,
            Step::Screen => self.screen(app, id, &desk).await?,
            Step::Open { drawing_until, voting_until } => {
                app.draw_lots(&desk, id).await?;
                let until = |at: Timestamp| Some(at.to_string());
                let input = OpenEvaluation { drawing_until: until(drawing_until), voting_until: until(voting_until) };
                app.open_evaluation(&desk, id, input).await?;
            }
            Step::Vote => {
                self.vote(app, random, id).await?;
                let end = |phase: &str| EndEvaluation { phase: Some(phase.to_owned()) };
                app.end_evaluation(&desk, id, end("drawing")).await?;
                app.write_ballots().await?;
                app.end_evaluation(&desk, id, end("voting")).await?;
            }
            Step::Count => {
                app.close_evaluation(&desk, id).await?;
            }
            Step::SendBack => {
                let input = SendBack {
                    request: closed.map(|request| request.to_string()),
                    why: Some("not_done".to_owned()),
                    note: Some("评价例会现场反映：办结后一周又恢复原样，须重新研判办理。".to_owned()),
                };
                app.send_back(&desk, id, input).await?;
            }
        }
        Ok(())
    }

    fn announcement(&self, sign_up_until: Timestamp) -> Announce {
        let subject = |rated: &Rated| SubjectInput {
            id: Some(rated.id.to_owned()),
            kind: rated.person.map(|(kind, _)| kind.to_owned()),
            name: rated.person.map(|(_, name)| name.to_owned()),
        };
        Announce {
            community: Some(self.community.to_string()),
            occasion: Some(self.occasion.clone()),
            subjects: self.subjects.iter().map(subject).collect(),
            criteria: Some(CRITERIA.to_owned()),
            places: Some(self.places),
            sign_up_until: Some(sign_up_until.to_string()),
        }
    }

    async fn sign_up(&mut self, app: &App, id: EvaluationId) -> Result<(), Refusal> {
        for nth in 0..self.volunteers {
            let resident = numbered(i64::try_from(nth).unwrap_or_default() * 7 + 3);
            let input = Volunteer { name: Some(resident.name), phone: Some(resident.phone), ..Volunteer::default() };
            let code = app.sign_up(&Caller::resident(), id, input).await?.outcome.code;
            self.codes.push(code.to_string());
        }
        Ok(())
    }

    async fn screen(&self, app: &App, id: EvaluationId, desk: &Caller) -> Result<(), Refusal> {
        for number in 1..=self.volunteers {
            let admitted = number + REFUSALS <= self.volunteers;
            let reason = (!admitted).then(|| REFUSED.to_owned());
            let input = Screen { number: i64::try_from(number).ok(), admitted: Some(admitted), reason };
            app.screen(desk, id, input).await?;
        }
        Ok(())
    }

    /// Codes of those who were chosen, by number.
    async fn chosen(&self, app: &App) -> Result<Vec<&str>, Refusal> {
        let Some(id) = self.id else { return Ok(Vec::new()) };
        let session = app.evaluation(id).await?;
        let chosen = session.lots().map(|lots| lots.chosen.clone()).unwrap_or_default();
        let code = |number: u32| self.codes.get(usize::try_from(number).ok()?.checked_sub(1)?).map(String::as_str);
        Ok(chosen.into_iter().filter_map(code).collect())
    }

    async fn vote(&self, app: &App, random: &mut Random, id: EvaluationId) -> Result<()> {
        let session = app.evaluation(id).await?;
        let poll = session.poll().context("vote where no vote is open")?;
        let key = PublicKey::from_der(&BASE64.decode(poll.public_key.as_bytes())?)?;
        for code in self.chosen(app).await?.into_iter().take(self.voters) {
            let token = token(app, id, &key, code).await?;
            let ballot = self.ballot(random, &token);
            app.cast(id, &ballot).await?;
        }
        Ok(())
    }

    fn ballot(&self, random: &mut Random, token: &Token) -> CastBallot {
        let mut answers = Vec::new();
        for rated in self.subjects {
            let rating = if random.percent(rated.good) {
                *random.pick(&["very_satisfied", "satisfied", "satisfied", "basically_satisfied"])
            } else {
                *random.pick(&["dissatisfied", "dissatisfied", "very_dissatisfied"])
            };
            let reasons = if rating.contains("dissatisfied") { vec!["slow".to_owned()] } else { Vec::new() };
            answers.push(AnswerInput { subject: Some(rated.id.to_owned()), rating: Some(rating.to_owned()), reasons });
        }
        CastBallot { token: Some(token.to_text()), answers }
    }
}

/// A voter's own way to a token: made and blinded here, signed unseen there.
pub(super) async fn token(app: &App, id: EvaluationId, key: &PublicKey, code: &str) -> Result<Token> {
    let voter = Voter::new(id.0, key)?;
    let draw = DrawToken { code: Some(code.to_owned()), blinded: Some(BASE64.encode(voter.blinded())) };
    let signed = app.draw_token(&Caller::resident(), id, &draw).await?;
    Ok(voter.finish(&BASE64.decode(signed.signature.as_bytes())?)?)
}
