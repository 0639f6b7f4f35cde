//! Tokens, ballots and the count (R21, R22).

use super::*;
use crate::evaluation::{Admission, Event, Reason, Rejection, Verdict, Why};
use crate::testing::request;

#[test]
fn voting_opens_after_the_lots_with_time_to_write_ballots_in_between() {
    let at_times = |drawing: &str, voting: &str| {
        let Command::Open(terms) = open() else { unreachable!() };
        Command::Open(Terms { drawing_until: at(drawing), voting_until: at(voting), ..terms })
    };
    announced(2).when(open()).then_refused(Rejection::NotDrawn);
    let drawn = announced(2).done(sign_up(1)).done(admit(1)).at("2026-11-10 08:00").done(lots());
    let late = at_times("2026-11-10 08:00", "2026-11-10 10:00");
    drawn.clone().when(late).then_refused_as("evaluation-drawing-in-the-past");
    let together = at_times("2026-11-10 10:00", "2026-11-10 10:00");
    drawn.clone().when(together).then_refused_as("evaluation-voting-ends-too-early");
    drawn.clone().when(token(1, "a")).then_refused(Rejection::NotOpen);
    drawn.done(open()).when(open()).then_refused(Rejection::OpenedBefore);
}

#[test]
fn the_same_blinded_serial_is_signed_again_and_another_never() {
    let past = announced(2).voting(2).done(token(1, "a"));
    past.clone().when(token(1, "a")).then_nothing();
    past.clone().when(token(1, "b")).then_refused(Rejection::TokenDrawn);
    past.clone().when(token(9, "a")).then_refused(Rejection::NotInElectorate);
    let later = past.at("2026-11-10 09:00");
    later.clone().when(token(2, "b")).then_refused_as("evaluation-drawing-over");
    // The answer may have got lost on its way.
    later.clone().when(token(1, "a")).then_nothing();
    later.at("2026-11-10 10:00").when(token(1, "a")).then_refused_as("evaluation-voting-over");
}

#[test]
fn no_ballot_is_written_while_somebody_may_still_draw_a_token() {
    let one = || record(vec![ballot("t1", Rating::Satisfied)]);
    let past = announced(2).voting(2).done(token(1, "a"));
    past.clone().when(one()).then_refused(Rejection::DrawingGoesOn);
    past.clone().done(token(2, "b")).when(one()).then_granted();
    past.clone().done(end(Phase::Drawing)).when(one()).then_granted();
    past.at("2026-11-10 09:00").when(one()).then_granted();
}

#[test]
fn a_few_ballots_wait_for_more_until_the_vote_is_over() {
    let past = (1..=6).fold(announced(8).voting(8), |past, nth| past.done(token(nth, &nth.to_string())));
    let is_due = |waiting, local: &str| past.poll().batch_is_due(waiting, at(local));
    let (drawing, voting, over) = ("2026-11-10 08:59", "2026-11-10 09:00", "2026-11-10 10:00");
    assert_eq!([0, 1, 4, 5, 6].map(|waiting| is_due(waiting, drawing)), [false; 5]);
    assert_eq!([0, 1, 4, 5, 6].map(|waiting| is_due(waiting, voting)), [false, false, false, true, true]);
    assert_eq!([0, 1, 4, 5, 6].map(|waiting| is_due(waiting, over)), [false, true, true, true, true]);
}

#[test]
fn a_ballot_is_final_and_counts_once_whoever_sends_it_again() {
    let past = announced(2).voting(2).done(token(1, "a")).done(token(2, "b"));
    let ballot = |rating| ballot("t1", rating);
    let past = past.done(record(vec![ballot(Rating::Satisfied), ballot(Rating::VeryDissatisfied)]));
    assert_eq!(past.poll().ballots.len(), 1);
    past.clone().when(record(vec![ballot(Rating::Satisfied)])).then_nothing();
    let admit = |rating| crate::evaluation::admit(past.session(), &ballot(rating), past.now);
    assert_eq!(admit(Rating::Satisfied), Ok(Admission::Recorded));
    assert_eq!(admit(Rating::Dissatisfied), Err(Rejection::TokenUsed));
}

#[test]
fn ballots_are_written_in_the_order_of_their_hashes() {
    let past = (1..=3).fold(announced(3).voting(3), |past, nth| past.done(token(nth, &nth.to_string())));
    let came = ["t3", "t1", "t2"].map(|token| ballot(token, Rating::Satisfied)).to_vec();
    let past = past.done(record(came));
    let Some(Event::BallotsCast(cast)) = past.events.last() else { panic!("no ballots were written") };
    let order: Vec<&str> = cast.ballots.iter().map(|ballot| ballot.token.as_str()).collect();
    assert_eq!(order, ["t1", "t2", "t3"]);
}

#[test]
fn bad_ballots_are_refused_each_for_its_own_reason() {
    let past = announced(2).voting(2).done(token(1, "a")).done(token(2, "b"));
    let good = ballot("t1", Rating::Satisfied);
    let admit = |ballot: &Ballot, local: &str| crate::evaluation::admit(past.session(), ballot, at(local));
    let with = |answers: Vec<Answer>| Ballot { token: "t1".to_owned(), answers };
    let answer = good.answers[0].clone();
    assert_eq!(admit(&good, "2026-11-10 08:30"), Ok(Admission::New));
    assert_eq!(admit(&with(vec![]), "2026-11-10 08:30"), Err(Rejection::Blank));
    let strange = Answer { subject: slug("library"), ..answer.clone() };
    let unknown = Rejection::UnknownSubject { subject: slug("library") };
    assert_eq!(admit(&with(vec![strange]), "2026-11-10 08:30"), Err(unknown));
    let twice = Rejection::AnswerTwice { subject: slug("parks") };
    assert_eq!(admit(&with(vec![answer.clone(), answer]), "2026-11-10 08:30"), Err(twice));
    let unasked = Answer { reasons: vec![Reason::Slow], ..good.answers[0].clone() };
    let refused = Rejection::ReasonUnasked { subject: slug("parks") };
    assert_eq!(admit(&with(vec![unasked]), "2026-11-10 08:30"), Err(refused));
    let asked = Answer { rating: Rating::Dissatisfied, reasons: vec![Reason::Slow], ..good.answers[0].clone() };
    assert_eq!(admit(&with(vec![asked]), "2026-11-10 08:30"), Ok(Admission::New));
    let over = Rejection::VotingOver { until: at("2026-11-10 10:00") };
    assert_eq!(admit(&good, "2026-11-10 10:00"), Err(over));
    let early = announced(2);
    assert_eq!(crate::evaluation::admit(early.session(), &good, early.now), Err(Rejection::NotOpen));
}

#[test]
fn r21_answers_on_whom_fewer_than_five_rated_are_not_published() {
    let past = (1..=6).fold(announced(6).voting(6), |past, nth| past.done(token(nth, &nth.to_string())));
    // Six rate the parks, four of them the water too.
    let both = |nth: u32| {
        let parks = ballot(&format!("t{nth}"), Rating::Satisfied);
        let water = Answer { subject: slug("water"), rating: Rating::Dissatisfied, reasons: Vec::new() };
        let answers = parks.answers.into_iter().chain((nth <= 4).then_some(water)).collect();
        Ballot { token: parks.token, answers }
    };
    let past = past.done(record((1..=6).map(both).collect()));
    assert!(!past.session().shows_answers(), "nothing before the count");
    let past = past.at("2026-11-10 10:01").done(count());
    let session = past.session();
    assert!(session.shows_answers());
    assert_eq!(session.kept_back().map(|subject| subject.id.as_str()).collect::<Vec<_>>(), ["water"]);
    for answers in past.poll().ballots.values() {
        let shown: Vec<_> = session.published(answers).unwrap().map(|answer| answer.subject.as_str()).collect();
        assert_eq!(shown, ["parks"]);
    }
}

#[test]
fn there_are_never_more_ballots_than_tokens() {
    let past = announced(2).voting(2).done(token(1, "a")).done(end(Phase::Drawing));
    let two = record(vec![ballot("t1", Rating::Satisfied), ballot("t2", Rating::Satisfied)]);
    past.when(two).then_refused(Rejection::MoreBallotsThanTokens { ballots: 2, tokens: 1 });
}

#[test]
fn the_count_comes_once_after_every_node_could_hand_over_its_ballots() {
    let past = announced(2).voting(2).done(token(1, "a")).done(end(Phase::Voting));
    let waiting = past.clone().when(count()).then_refused_as("evaluation-not-counted-yet");
    assert!(matches!(waiting, crate::Rejection::Evaluation(Rejection::NotCountedYet { .. })));
    // Taken in time, and written now.
    let past = past.done(record(vec![ballot("t1", Rating::Dissatisfied)])).after(Poll::COUNTED_AFTER).done(count());
    let results = past.session().results().unwrap();
    assert_eq!((results[0].valid, results[0].dissatisfied, results[0].verdict), (1, 1, Verdict::PutRight));
    assert_eq!(results[1].verdict, Verdict::Unrated);
    past.clone().when(count()).then_refused(Rejection::ClosedBefore);
    past.when(record(vec![])).then_refused(Rejection::ClosedBefore);
}

#[test]
fn a_vote_without_any_ballot_closes_with_everything_unrated() {
    let past = announced(2).voting(2).done(end(Phase::Voting)).after(Poll::COUNTED_AFTER).done(count());
    assert!(past.session().results().unwrap().iter().all(|result| result.verdict == Verdict::Unrated));
}

#[test]
fn a_request_is_sent_back_once_by_a_session_that_is_closed() {
    let send = || {
        Command::SendBack(crate::evaluation::Sender {
            request: request("lamp"),
            filer: person("wang"),
            why: Why::NotDone,
            note: Some(text("the lamp is dark again")),
        })
    };
    let past = announced(2).voting(2);
    past.clone().when(send()).then_refused(Rejection::NotClosed);
    let closed = past.done(end(Phase::Voting)).after(Poll::COUNTED_AFTER).done(count()).done(send());
    closed.when(send()).then_refused(Rejection::SentBackBefore);
}
