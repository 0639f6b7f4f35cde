//! 回炉: the committee sends back what the session found to be filed but not really done, or dispatched perfunctorily
//! (R20, R22).

use crate::evaluation::command::Sender;
use crate::evaluation::decide::Decision;
use crate::evaluation::event::{Event, SentBack};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::{Session, Stage};

pub(super) fn decide(session: &Session, sender: Sender) -> Decision {
    let Sender { request, filer, why, note } = sender;
    if !matches!(session.stage, Stage::Closed(..)) {
        return Err(Rejection::NotClosed);
    }
    if session.sent_back.iter().any(|(sent, _)| *sent == request) {
        return Err(Rejection::SentBackBefore);
    }
    Ok(vec![Event::SentBack(SentBack { request, why, note: note.map(|note| note.of(filer)) })])
}
