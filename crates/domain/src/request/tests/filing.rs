//! R1, R2, R7: filing; R14: joining.

use super::{due, not_permitted};
use crate::private::Private;
use crate::request::{
    Channel, CoSigned, Command, Event, File, Filed, Holder, Place, Rejection, Request, Requester, Step, Urgency,
};
use crate::testing::{Past, at, attach, co_sign, file, filed, filing, given, person, text, withdraw, words};
use crate::time::Limit;

fn nothing() -> Past<Request> {
    Past::nothing()
}

fn file_with(change: impl FnOnce(&mut File)) -> Command {
    let mut filing = filing();
    change(&mut filing);
    Command::File(Box::new(filing))
}

fn as_filed(file: &File) -> Filed {
    Filed {
        community: file.community.clone(),
        number: file.number,
        channel: file.channel,
        urgency: file.urgency,
        category: None,
        title: Some(words("Street lamp")),
        description: words("The lamp before house 5 is out"),
        requester: Requester { person: person("wang"), name: Some(words("wang")), phone: None, email: None },
        location: None,
        external: None,
        due: due("2026-11-02 08:00", Limit::days(2), "2026-11-05 00:00"),
        on_duty: false,
    }
}

#[test]
fn r7_a_filed_request_is_to_be_triaged_within_two_days() {
    given(nothing()).when(file()).then([Event::Filed(as_filed(&filing()))]);
}

#[test]
fn r7_an_urgent_request_is_to_be_triaged_the_same_day() {
    let past = given(nothing()).when(file_with(|file| file.urgency = Urgency::Urgent)).then_granted();
    assert_eq!(past.case().due.at, at("2026-11-03 00:00"));
}

#[test]
fn r7_outside_office_hours_an_urgent_request_goes_to_the_duty_desk_at_once() {
    let check = |at: &str, on_duty: bool, limit: Limit, until: &str| {
        let past = given(nothing().at(at)).when(file_with(|file| file.urgency = Urgency::Urgent)).then_granted();
        assert_eq!(past.case().due, due(at, limit, until), "{at}");
        let Some(Event::Filed(filed)) = past.events.last() else { panic!("it was filed") };
        assert_eq!(filed.on_duty, on_duty, "{at}");
        assert_eq!(past.case().owner(), Some(Holder::Desk));
    };
    check("2026-11-02 10:00", false, Limit::days(0), "2026-11-03 00:00");
    check("2026-11-02 12:30", true, Limit::calendar_days(0), "2026-11-03 00:00");
    // A Saturday: the desk on duty has it the same day, not on Monday.
    check("2026-11-07 10:00", true, Limit::calendar_days(0), "2026-11-08 00:00");
    let past = given(nothing().at("2026-11-07 10:00")).when(file()).then_granted();
    assert!(matches!(past.events.last(), Some(Event::Filed(Filed { on_duty: false, .. }))), "only what is urgent");
}

#[test]
fn r2_the_channel_is_on_the_request_for_ever() {
    let past = given(nothing()).when(file_with(|file| file.channel = Channel::Hotline)).then_granted();
    assert!(matches!(&past.events[..], [Event::Filed(filed)] if filed.channel == Channel::Hotline));
}

#[test]
fn r1_from_filing_on_the_desk_answers_for_it() {
    assert_eq!(filed().case().owner(), Some(Holder::Desk));
}

#[test]
fn a_place_is_the_filers_own_secret() {
    let place = Place { grid: None, address: Some(text("house 5")), spot: Some((31.5, 104.25)) };
    let past = given(nothing()).when(file_with(|file| file.place = Some(place))).then_granted();
    let Event::Filed(filed) = &past.events[0] else { panic!("it was filed") };
    let location = filed.location.as_ref().unwrap();
    assert_eq!(location.address, Some(words("house 5")));
    assert_eq!(location.spot, Some(Private::new(person("wang"), "31.5,104.25")));
}

#[test]
fn a_wish_never_shows_a_residents_words_or_whereabouts() {
    let place = Place { grid: None, address: Some(text("house 5")), spot: Some((31.5, 104.25)) };
    let shown = format!("{:?}", file_with(|file| file.place = Some(place)));
    for secret in ["wang", "lamp", "house", "31.5", "104.25"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn what_was_filed_is_not_filed_again() {
    given(filed()).when(file()).then_refused(Rejection::FiledBefore);
}

#[test]
fn r5_a_co_signer_gets_a_vote_with_words_of_their_own() {
    let signer =
        Requester { person: person("li"), name: Some(Private::new(person("li"), "li")), phone: None, email: None };
    let at = Some(filed().now);
    let past = given(filed()).when(co_sign("li")).then([Event::CoSigned(CoSigned { signer, at })]);
    assert_eq!(past.case().signers, [person("wang"), person("li")]);
}

#[test]
fn r14_one_phone_joins_once() {
    let permitted = || filed().case().permitted_names();
    let refusal = || Rejection::JoinedAlready { state: "filed", permitted: permitted() };
    given(filed()).when(co_sign("wang")).then_refused(refusal());
    given(filed().done(co_sign("li"))).when(co_sign("li")).then_refused(refusal());
}

#[test]
fn nobody_joins_what_has_ended_nor_adds_a_photo() {
    let withdrawn = || filed().done(withdraw());
    given(withdrawn()).when(co_sign("li")).then_refused(not_permitted(Step::CoSign, "withdrawn", &[]));
    given(withdrawn()).when(attach()).then_refused(not_permitted(Step::Attach, "withdrawn", &[]));
}

#[test]
fn a_request_carries_twenty_photos() {
    let full = super::situations::with_20_photos();
    assert_eq!(full.case().attachments, 20);
    let permitted = full.case().permitted_names();
    assert!(!permitted.contains(&"attachments"));
    given(full).when(attach()).then_refused(Rejection::TooManyPhotos { max: 20, state: "filed", permitted });
}
