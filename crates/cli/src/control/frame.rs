//! What comes back while an operation runs. Over the socket each frame is one line of JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;

/// One piece of an operation's answer; the last one is `Done` or `Failed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Frame {
    Progress(Progress),
    /// For people, on standard error.
    Note {
        text: String,
    },
    /// One of many results, such as a line of `log tail`.
    Item {
        value: Value,
    },
    /// A piece of a file.
    Chunk {
        #[serde(with = "base64")]
        bytes: Vec<u8>,
    },
    Done {
        value: Value,
    },
    Failed(Failure),
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub done: u64,
    /// `None`: nobody knows.
    pub total: Option<u64>,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Bytes,
    Rows,
    Events,
    Requests,
    Photos,
}

mod base64 {
    use data_encoding::BASE64;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text.as_bytes()).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Code;

    #[test]
    fn frames_survive_the_socket_on_one_line_each() {
        let progress = Progress { done: 1, total: None, unit: Unit::Rows };
        let frames = [
            Frame::Progress(progress),
            Frame::Note { text: "two\nlines".to_owned() },
            Frame::Chunk { bytes: vec![0, 10, 255] },
            Frame::Done { value: serde_json::json!({"rows": 1}) },
            Frame::Failed(Failure::new(Code::Refused, "no", "")),
        ];
        for frame in frames {
            let line = serde_json::to_string(&frame).unwrap();
            assert!(!line.contains('\n'));
            assert_eq!(serde_json::from_str::<Frame>(&line).unwrap(), frame);
        }
    }
}
