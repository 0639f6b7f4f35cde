//! The story of a question about an honour (R24): all of it is public.

use sandan_domain::HonourId;
use sandan_domain::honour::{Answered, Asked, Event, Honours};
use sandan_log::Record;

use crate::app::App;
use crate::notices::story::{About, Story};
use crate::notices::told;
use crate::refusal::Refusal;

/// A question up to an event about it.
pub(super) struct HonourStory {
    pub honour: HonourId,
    pub asked: Asked,
    pub answered: Option<Answered>,
}

impl App {
    /// `None`: nobody is told of such an event.
    pub(super) async fn story_of_honour(&self, record: &Record) -> Result<Option<Story>, Refusal> {
        let (events, _) = self.told_until::<Honours>(&record.stream, record.position).await?;
        let (Some(Event::Asked(asked)), Some(event)) = (events.first(), events.last()) else { return Ok(None) };
        let notices = told::of_honour(event);
        if notices.is_empty() {
            return Ok(None);
        }
        let answered = match event {
            Event::Answered(answered) => Some(answered.clone()),
            Event::Asked(_) | Event::Proposed(_) | Event::Dropped(_) => None,
        };
        let (community, asked) = (asked.community.clone(), asked.clone());
        let about = About::Honour(Box::new(HonourStory { honour: HonourId(record.stream.id), asked, answered }));
        Ok(Some(Story { community, about, notices }))
    }
}
