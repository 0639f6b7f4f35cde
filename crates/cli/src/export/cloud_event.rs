//! An event in the one envelope that everybody outside sees: CloudEvents 1.0 in JSON.

use sandan_log::Record;
use serde_json::{Value, json};

/// Who says so.
const SOURCE: &str = "/sandan";

/// The envelope around `data`. Times are in UTC.
pub fn of(record: &Record, data: Value) -> Value {
    json!({
        "specversion": "1.0",
        "id": record.id,
        "source": SOURCE,
        "type": record.kind,
        "subject": record.stream.to_string(),
        "time": record.occurred,
        "datacontenttype": "application/json",
        "dataschema": format!("urn:{}:{}", record.kind.replace('.', ":"), record.schema),
        "position": record.position,
        "version": record.version,
        "generation": record.generation,
        "recordedtime": record.recorded,
        "correlationid": record.correlation,
        "causationid": record.causation,
        "actor": record.actor,
        "community": record.community,
        "data": data,
    })
}

#[cfg(test)]
mod tests {
    use sandan_log::{Hash, StreamName};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_attribute_of_the_contract_is_there() {
        let record = Record {
            position: 3,
            generation: 1,
            stream: StreamName::new("request", Uuid::nil()),
            version: 2,
            id: Uuid::nil(),
            kind: "sandan.request.filed".to_owned(),
            schema: 1,
            community: "lakeside".to_owned(),
            occurred: "2026-01-01T00:00:00Z".parse().unwrap(),
            recorded: "2026-01-01T00:00:01Z".parse().unwrap(),
            command: Uuid::nil(),
            correlation: Uuid::nil(),
            causation: None,
            actor: "resident".to_owned(),
            body: bytes::Bytes::from_static(b"{}"),
            hash: Hash::ZERO,
        };
        let event = of(&record, json!({}));
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["dataschema"], "urn:sandan:request:filed:1");
        assert_eq!(event["causationid"], Value::Null);
        for name in ["id", "source", "type", "subject", "time", "position", "version", "generation", "recordedtime"] {
            assert!(!event[name].is_null(), "{name}");
        }
    }
}
