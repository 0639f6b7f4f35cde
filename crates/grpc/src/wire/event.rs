//! An event of the log, as the caller may see it.

use sandan_views::LoggedEvent;

use super::time::time;
use crate::v1::Event;

pub(crate) fn event(logged: LoggedEvent) -> Event {
    let dataschema = logged.dataschema();
    let LoggedEvent { record, data } = logged;
    Event {
        id: record.id.to_string(),
        source: LoggedEvent::SOURCE.to_owned(),
        specversion: "1.0".to_owned(),
        r#type: record.kind,
        subject: record.stream.to_string(),
        time: Some(time(record.occurred)),
        datacontenttype: "application/json".to_owned(),
        dataschema,
        data: data.to_string().into_bytes(),
        position: record.position,
        version: record.version,
        generation: record.generation,
        recordedtime: Some(time(record.recorded)),
        correlationid: record.correlation.to_string(),
        causationid: record.causation.map(|causation| causation.to_string()),
        actor: record.actor,
        community: record.community,
    }
}
