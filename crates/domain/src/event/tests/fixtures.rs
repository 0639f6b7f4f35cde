//! The stored bodies in `crates/domain/fixtures`, one file each: `<event name>.<schema number>.json`, and
//! `<event name>.<schema number>+<what was added>.json` for fields that came later.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::Event;
use crate::private::{Personal, Private};

/// A stored body with its name and schema number.
pub(super) struct Fixture {
    pub name: String,
    pub schema: u16,
    pub body: String,
}

impl Fixture {
    pub fn event(&self) -> Event {
        Event::decode(&self.name, self.schema, self.body.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// All of them, by name.
pub(super) fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut fixtures: Vec<Fixture> = fs::read_dir(folder).unwrap().map(|file| read(&file.unwrap().path())).collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

fn read(path: &Path) -> Fixture {
    let file = path.file_name().unwrap().to_str().unwrap();
    let (name, schema) = file.strip_suffix(".json").and_then(|stem| stem.rsplit_once('.')).unwrap();
    let schema = schema.split('+').next().unwrap();
    Fixture { name: name.to_owned(), schema: schema.parse().unwrap(), body: fs::read_to_string(path).unwrap() }
}

/// The private texts of an event, in order.
pub(super) fn private_texts(event: &Event) -> Vec<Private> {
    let mut texts = Vec::new();
    event.clone().each_private(&mut |text| texts.push(text.clone()));
    texts
}
