//! One request with all that belongs to it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use sandan_domain::{AttachmentId, CommunityId, Level, PersonId, ProjectId, RequestId};

use super::rows::{optional_time, owner, position, rows, slug, units};
use super::{Answer, Scope};
use crate::answer::{
    Answers, AppealView, AttachmentView, BallotReason, ByVia, ExtensionView, ExternalView, Interval, LocationView,
    RatingsView, RequestRow, RequestView, RequesterView, RoundView, SignerView, State, SupervisionView, SuspendedView,
};
use crate::ask::{Cursor, Sight};
use crate::fold::{
    BURST, UNREASONABLE, UNREASONABLE_REFUSED, UNREASONABLE_SAID, ballot_via_of, ground_of, level_of, outcome_of,
    rating_of, time, via_of,
};

/// `None` if there is none, or not in sight.
pub(crate) fn request(
    connection: &Connection,
    sight: &Sight,
    id: RequestId,
    now: Timestamp,
) -> Answer<Option<RequestView>> {
    let Some(seq) = seq_of(connection, sight, id)? else { return Ok(None) };
    let row = rows(connection, &[Cursor { key: 0, seq }], now)?.pop();
    row.map(|row| view(connection, seq, row)).transpose()
}

/// The request's number in the tables, if it is in sight.
pub(super) fn seq_of(connection: &Connection, sight: &Sight, id: RequestId) -> Answer<Option<i64>> {
    let scope = Scope::of(connection, sight, None)?;
    let sql = "SELECT seq, community FROM request WHERE id = ?";
    let found = connection.prepare_cached(sql)?.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.filter(|(_, community)| scope.includes(*community)).map(|(seq, _)| seq))
}

pub(crate) fn community_of(connection: &Connection, id: RequestId) -> Answer<Option<CommunityId>> {
    let sql = "SELECT c.slug FROM request r JOIN community c ON c.code = r.community WHERE r.id = ?";
    Ok(connection.prepare_cached(sql)?.query_row([id.0], |row| slug(row, 0)).optional()?)
}

fn view(connection: &Connection, seq: i64, row: RequestRow) -> Answer<RequestView> {
    let rounds = rounds(connection, seq)?;
    let sql = "SELECT w.description, w.name, w.phone, w.address, w.lat, w.lng, w.answer, w.unsolved_reason,
                      w.ended_reason, w.external_id, w.likes, w.against, r.suspended, r.review_on,
                      w.suspended_reason, r.asked_until, r.extended, r.supervised, r.escalated, r.facts, s.project
               FROM request r JOIN words w ON w.seq = r.seq LEFT JOIN served s ON s.seq = r.seq WHERE r.seq = ?";
    let (units, reasons, attachments) =
        (units(connection, seq)?, reasons(connection, seq)?, attachments_of(connection, seq)?);
    Ok(connection.prepare_cached(sql)?.query_row([seq], |words| {
        Ok(RequestView {
            id: row.id,
            number: row.number,
            community: row.community,
            state: row.state,
            round: row.round,
            unit: row.unit,
            units,
            owner: row.owner,
            open_slots: row.open_slots,
            channel: row.channel,
            category: row.category,
            urgency: row.urgency,
            title: row.title,
            public_title: row.public_title,
            description: words.get(0)?,
            requester: RequesterView { name: words.get(1)?, phone: words.get(2)? },
            location: LocationView { address: words.get(3)?, grid: row.grid, lat: words.get(4)?, lng: words.get(5)? },
            filed_at: row.filed_at,
            triaged_at: row.triaged_at,
            dispatched_at: row.dispatched_at,
            claimed_at: row.claimed_at,
            completed_at: row.completed_at,
            closed_at: row.closed_at,
            due_at: row.due_at,
            light: row.light,
            overdue: row.overdue,
            solved: row.solved,
            answer: words.get(6)?,
            unsolved_reason: words.get(7)?,
            ended_reason: words.get(8)?,
            returns: row.returns,
            reworks: row.reworks,
            closing: row.closing,
            merged_into: row.merged_into,
            project: words.get::<_, Option<uuid::Uuid>>(20)?.map(ProjectId),
            co_signers: row.co_signers,
            ratings: ratings(rounds.last()),
            rounds,
            unreasonable: unreasonable(words.get(19)?),
            burst: words.get::<_, i64>(19)? & BURST != 0,
            reasons,
            external: external(words)?,
            suspended: suspended(words)?,
            extension: ExtensionView { asked_until: optional_time(words, 15)?, granted: words.get(16)? },
            supervision: supervision(words)?,
            escalated: level(words)?,
            attachments,
            position: row.position,
        })
    })?)
}

const fn unreasonable(facts: i64) -> Option<&'static str> {
    if facts & UNREASONABLE != 0 {
        Some("upheld")
    } else if facts & UNREASONABLE_REFUSED != 0 {
        Some("refused")
    } else if facts & UNREASONABLE_SAID != 0 {
        Some("proposed")
    } else {
        None
    }
}

fn external(words: &Row<'_>) -> rusqlite::Result<Option<ExternalView>> {
    let Some(id) = words.get(9)? else { return Ok(None) };
    Ok(Some(ExternalView { id, likes: words.get(10)?, against: words.get(11)? }))
}

fn supervision(words: &Row<'_>) -> rusqlite::Result<Option<SupervisionView>> {
    let Some(due_at) = optional_time(words, 17)? else { return Ok(None) };
    Ok(Some(SupervisionView { due_at, level: level(words)? }))
}

fn level(words: &Row<'_>) -> rusqlite::Result<Option<Level>> {
    Ok(words.get::<_, Option<i64>>(18)?.map(level_of))
}

fn suspended(words: &Row<'_>) -> rusqlite::Result<Option<SuspendedView>> {
    let (Some(since), Some(review_on)) = (optional_time(words, 12)?, optional_time(words, 13)?) else {
        return Ok(None);
    };
    Ok(Some(SuspendedView { since, review_on, reason: words.get(14)? }))
}

fn ratings(last: Option<&RoundView>) -> RatingsView {
    let Some(round) = last else { return RatingsView::default() };
    let satisfied = round.valid - round.dissatisfied;
    RatingsView {
        round: Some(round.round),
        electorate: round.electorate,
        valid: round.valid,
        satisfied,
        dissatisfied: round.dissatisfied,
        rate: (round.valid > 0).then(|| f64::from(satisfied) / f64::from(round.valid)),
        answers: round.answers,
        dispatch_wrong: round.dispatch_wrong,
        by_channel: round.by_channel,
        closes_at: Some(round.closes_at),
        closed_at: round.closed_at,
        outcome: round.outcome,
    }
}

fn rounds(connection: &Connection, seq: i64) -> Answer<Vec<RoundView>> {
    let sql = "SELECT nth, electorate, opened_at, closes_at, closed_at, outcome, dispatch_wrong, answer0, answer1,
                      answer2, answer3, answer4 FROM round WHERE seq = ? ORDER BY nth";
    let mut statement = connection.prepare_cached(sql)?;
    let rounds = statement.query_map([seq], |row| {
        let answers = Answers {
            very_satisfied: row.get(7)?,
            satisfied: row.get(8)?,
            basically_satisfied: row.get(9)?,
            dissatisfied: row.get(10)?,
            very_dissatisfied: row.get(11)?,
        };
        Ok(RoundView {
            round: row.get(0)?,
            electorate: row.get(1)?,
            valid: answers.valid(),
            dissatisfied: answers.dissatisfied_in_all(),
            answers,
            dispatch_wrong: row.get(6)?,
            by_channel: ByVia::default(),
            opened_at: time(row.get(2)?),
            closes_at: time(row.get(3)?),
            closed_at: optional_time(row, 4)?,
            outcome: row.get::<_, Option<i64>>(5)?.map(outcome_of),
        })
    })?;
    let mut rounds: Vec<RoundView> = rounds.collect::<Result<_, _>>()?;
    let sql = "SELECT round, via, count(*) FROM ballot WHERE seq = ? GROUP BY 1, 2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut ways = statement.query([seq])?;
    while let Some(way) = ways.next()? {
        let nth: u32 = way.get(0)?;
        if let Some(round) = rounds.iter_mut().find(|round| round.round == nth) {
            round.by_channel.add(ballot_via_of(way.get(1)?), way.get(2)?);
        }
    }
    Ok(rounds)
}

/// In an order that follows from the answers alone.
fn reasons(connection: &Connection, seq: i64) -> Answer<Vec<BallotReason>> {
    let sql = "SELECT round, rating, reason, dispatch_wrong, name, reasons, remedy, appeal, ground, appeal_reason
               FROM ballot WHERE seq = ? AND rating >= 3 ORDER BY round, rating, reason, dispatch_wrong";
    let mut statement = connection.prepare_cached(sql)?;
    let reasons = statement.query_map([seq], |row| {
        let rating = rating_of(row.get(1)?);
        let reasons: String = row.get(5)?;
        Ok(BallotReason {
            round: row.get(0)?,
            rating,
            reason: row.get(2)?,
            dispatch_wrong: row.get(3)?,
            ballot: row.get(4)?,
            reasons: reasons.split_whitespace().map(str::to_owned).collect(),
            remedy: row.get(6)?,
            appeal: appeal(row)?,
        })
    })?;
    Ok(reasons.collect::<Result<_, _>>()?)
}

fn appeal(row: &Row<'_>) -> rusqlite::Result<Option<AppealView>> {
    let Some(standing) = row.get::<_, Option<i64>>(7)? else { return Ok(None) };
    let upheld = match standing {
        0 => None,
        ruling => Some(ruling == 1),
    };
    let ground = ground_of(row.get::<_, Option<i64>>(8)?.unwrap_or_default());
    Ok(Some(AppealView { ground, reason: row.get(9)?, upheld }))
}

pub(crate) fn attachments_of(connection: &Connection, seq: i64) -> Answer<Vec<AttachmentView>> {
    let sql = "SELECT id, hash, media_type, bytes, captured_at, attached_at, actor FROM attachment
               WHERE seq = ? ORDER BY nth";
    let mut statement = connection.prepare_cached(sql)?;
    let attachments = statement.query_map([seq], |row| {
        Ok(AttachmentView {
            id: AttachmentId(row.get(0)?),
            hash: row.get(1)?,
            media_type: row.get(2)?,
            bytes: position(row, 3)?,
            captured_at: optional_time(row, 4)?,
            attached_at: time(row.get(5)?),
            actor: row.get(6)?,
        })
    })?;
    Ok(attachments.collect::<Result<_, _>>()?)
}

pub(crate) fn signers(connection: &Connection, sight: &Sight, id: RequestId) -> Answer<Vec<SignerView>> {
    let Some(seq) = seq_of(connection, sight, id)? else { return Ok(Vec::new()) };
    let sql = "SELECT person, name, phone, via, joined_at FROM signer WHERE seq = ? ORDER BY nth";
    let mut statement = connection.prepare_cached(sql)?;
    let signers = statement.query_map([seq], |row| {
        Ok(SignerView {
            person: PersonId(row.get(0)?),
            name: row.get(1)?,
            phone: row.get(2)?,
            via: via_of(row.get(3)?),
            joined_at: time(row.get(4)?),
        })
    })?;
    Ok(signers.collect::<Result<_, _>>()?)
}

/// Moments in which neither state nor owner changed belong to the stretch before.
pub(crate) fn intervals(connection: &Connection, sight: &Sight, id: RequestId) -> Answer<Vec<Interval>> {
    let Some(seq) = seq_of(connection, sight, id)? else { return Ok(Vec::new()) };
    let sql = "SELECT m.position, m.occurred, m.recorded, m.state, m.owner, u.slug
               FROM moment m LEFT JOIN unit u ON u.code = m.owner WHERE m.seq = ? ORDER BY m.position";
    let mut statement = connection.prepare_cached(sql)?;
    let moments = statement.query_map([seq], |row| {
        Ok(Interval {
            state: State::of_code(row.get(3)?).unwrap_or(State::Filed),
            owner: owner(row, 4)?,
            from_position: position(row, 0)?,
            from: time(row.get(1)?),
            from_recorded: time(row.get(2)?),
            to_position: None,
            to: None,
            to_recorded: None,
        })
    })?;
    let mut intervals: Vec<Interval> = Vec::new();
    for moment in moments {
        let moment = moment?;
        if let Some(last) = intervals.last_mut() {
            if last.state == moment.state && last.owner == moment.owner {
                continue;
            }
            last.to_position = Some(moment.from_position);
            last.to = Some(moment.from);
            last.to_recorded = Some(moment.from_recorded);
        }
        intervals.push(moment);
    }
    Ok(intervals)
}
