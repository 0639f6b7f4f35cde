//! What of an event can be searched: everything people said about the request.
//!
//! Not the reasons of ballots: those are shown without names, and are no part of the request's own texts.

use sandan_domain::request::{Event, Filed, Requester};
use sandan_domain::{Personal, Private};

/// Calls `visit` with each text.
pub(super) fn each_text(event: &Event, visit: &mut dyn FnMut(&str)) {
    match event {
        Event::Filed(filed) => each_of_filing(filed, visit),
        Event::CoSigned(joined) => each_of_signer(&joined.signer, visit),
        Event::Triaged(triaged) => {
            triaged.public_title.iter().for_each(|title| visit(title));
            each_private(triaged.clone(), visit);
        }
        event => each_private(event.clone(), visit),
    }
}

fn each_of_filing(filed: &Filed, visit: &mut dyn FnMut(&str)) {
    let address = filed.location.as_ref().and_then(|location| location.address.as_ref());
    let texts = [filed.title.as_ref(), Some(&filed.description), address];
    texts.into_iter().flatten().filter_map(Private::text).for_each(&mut *visit);
    each_of_signer(&filed.requester, visit);
    visit(&filed.number.to_string());
    filed.external.iter().for_each(|external| visit(&external.id));
}

fn each_of_signer(signer: &Requester, visit: &mut dyn FnMut(&str)) {
    [&signer.name, &signer.phone].into_iter().flatten().filter_map(Private::text).for_each(visit);
}

fn each_private(mut event: impl Personal, visit: &mut dyn FnMut(&str)) {
    event.each_private(&mut |private| {
        if let Some(text) = private.text() {
            visit(text);
        }
    });
}
