//! Two-way scoring: what is entered, and the score sheet of a year (R23).

use sandan_app::{CheckIn, EnterCommitments, EnterHours, RateCommunity, Receipt, Refusal, Scored, StrikeOut};
use sandan_domain::scoring::{EntryFilter, Scorebook, Year};
use sandan_domain::{CommunityId, InputError};
use sandan_views::first_page;
use tonic::{Request, Response, Status};

use crate::ask::{Ask, answer};
use crate::list::{self, optional, required};
use crate::problem::Refused;
use crate::v1;
use crate::v1::scores_server::Scores;
use crate::wire::score;
use crate::wire::words::{text, word};

pub(crate) struct ScoresService;

type Answer<T> = Result<Response<T>, Status>;
type Entered = Answer<v1::ScoreEnteredResponse>;

#[tonic::async_trait]
impl Scores for ScoresService {
    async fn enter_hours(&self, request: Request<v1::EnterHoursRequest>) -> Entered {
        answer(request, |ask, sent: v1::EnterHoursRequest| async move {
            let v1::EnterHoursRequest { community, unit, phone, day, minutes, activity, evidence } = sent;
            let input = EnterHours {
                community: text(community),
                unit: text(unit),
                phone: text(phone),
                day: text(day),
                minutes,
                activity: text(activity),
                evidence: text(evidence),
            };
            entered(ask.app().enter_hours(&ask.wishes(), input).await)
        })
        .await
    }

    async fn check_in(&self, request: Request<v1::CheckInRequest>) -> Entered {
        answer(request, |ask, v1::CheckInRequest { community, unit, phone, day }| async move {
            let input = CheckIn { community: text(community), unit: text(unit), phone: text(phone), day: text(day) };
            entered(ask.app().check_in(&ask.wishes(), input).await)
        })
        .await
    }

    async fn strike_out(&self, request: Request<v1::StrikeOutRequest>) -> Entered {
        answer(request, |ask, v1::StrikeOutRequest { community, year, entry, reason }| async move {
            let input = StrikeOut { community: text(community), year, entry, reason: text(reason) };
            entered(ask.app().strike_out(&ask.wishes(), input).await)
        })
        .await
    }

    async fn enter_commitments(&self, request: Request<v1::EnterCommitmentsRequest>) -> Entered {
        answer(request, |ask, v1::EnterCommitmentsRequest { community, year, unit, due, kept, evidence }| async move {
            let (community, unit, evidence) = (text(community), text(unit), text(evidence));
            let input = EnterCommitments { community, year, unit, due, kept, evidence };
            entered(ask.app().enter_commitments(&ask.wishes(), input).await)
        })
        .await
    }

    async fn rate_community(&self, request: Request<v1::RateCommunityRequest>) -> Entered {
        answer(request, |ask, v1::RateCommunityRequest { community, year, dispatch, support, response }| async move {
            let [dispatch, support, response] = [dispatch, support, response].map(word::<v1::Rating>);
            let input = RateCommunity { community: text(community), year, dispatch, support, response };
            entered(ask.app().rate_community(&ask.wishes(), input).await)
        })
        .await
    }

    async fn get_scores(&self, request: Request<v1::GetScoresRequest>) -> Answer<v1::GetScoresResponse> {
        answer(request, |ask, v1::GetScoresRequest { community, year }| async move {
            let (community, year) = of(&ask, &community, year).await?;
            Ok(score::sheet(&community, &year))
        })
        .await
    }

    async fn list_score_entries(
        &self,
        request: Request<v1::ListScoreEntriesRequest>,
    ) -> Answer<v1::ListScoreEntriesResponse> {
        answer(request, |ask, sent: v1::ListScoreEntriesRequest| async move {
            let v1::ListScoreEntriesRequest { community, year, unit, member, cursor, limit } = sent;
            let (_, year) = of(&ask, &community, year).await?;
            let limit = list::limit(limit)?;
            let member = member.map(|member| usize::try_from(member).unwrap_or(usize::MAX));
            let which = EntryFilter { unit: optional("unit", &unit)?, member, before: list::number(&cursor)? };
            let rows = year.entries(&which).map(|(number, entry)| score::entry(&year, number, entry));
            let (items, next) = first_page(rows, limit, |last: &v1::ScoreEntry| last.entry.to_string());
            Ok(v1::ListScoreEntriesResponse { items, next_cursor: next.unwrap_or_default() })
        })
        .await
    }
}

/// The year that the caller asks about.
async fn of(ask: &Ask, community: &str, year: Option<i64>) -> Result<(CommunityId, Year), Refused> {
    let community: CommunityId = required("community", community)?;
    ask.app().who_may_see(&ask.caller, &community).await?;
    let (min, max) = Scorebook::YEARS;
    let fits = |year: i64| i16::try_from(year).ok().filter(|year| (min..=max).contains(year));
    let year = year.ok_or(InputError::Missing).and_then(|year| {
        let wrong = InputError::OutOfRange { min: min.into(), max: max.into() };
        fits(year).ok_or(wrong)
    });
    let year = year.map_err(|error| Refusal::field("year", error))?;
    let scored = ask.app().scored_year(&community, year).await?;
    let sight = ask.views().sight_of(ask.community()).await?;
    let units = ask.views().unit_shares(&sight, &community, (scored.from, scored.to)).await?;
    Ok((community, Year::new(year, scored.policy, scored.book, units)))
}

fn entered(answer: sandan_app::Answer<Scored>) -> Result<v1::ScoreEnteredResponse, Refused> {
    let Receipt { position, .. } = answer?;
    Ok(v1::ScoreEnteredResponse { position })
}
