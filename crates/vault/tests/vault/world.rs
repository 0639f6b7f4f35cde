//! A log, a vault over it, and events that say something about persons.

use std::sync::Arc;

use sandan_domain::request::{self, CoSigned, Requester};
use sandan_domain::{Event, PersonId, Personal, Private};
use sandan_log::{Append, AppendError, Command, Log, MemoryLog, RowChange};
use sandan_vault::{MasterKey, Vault};
use uuid::Uuid;

pub const MASTER: [u8; 32] = [7; 32];

pub fn master() -> MasterKey {
    MasterKey::from_bytes(MASTER)
}

pub struct World {
    pub log: Arc<dyn Log>,
    pub vault: Vault,
}

impl World {
    pub fn new() -> Self {
        let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
        let vault = Vault::new(master(), log.clone());
        Self { log, vault }
    }

    /// A vault as after a restart: the same log and master key, nothing cached.
    pub fn restarted(&self) -> Vault {
        Vault::new(master(), self.log.clone())
    }

    pub async fn write(&self, rows: Vec<RowChange>) -> Result<(), AppendError> {
        let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Default::default() };
        self.log.append(Append { rows, ..Append::new(command) }).await.map(|_| ())
    }

    /// Seals the events and keeps the keys, as a command that succeeds does.
    pub async fn record(&self, mut events: Vec<Event>) -> Vec<Event> {
        let rows = self.vault.seal(&mut events).await.unwrap();
        self.write(rows.clone()).await.unwrap();
        self.vault.adopt(&rows);
        events
    }
}

pub fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// An event with a name and a telephone.
pub fn co_signed(person: PersonId, name: &str, phone: &str) -> Event {
    let (name, phone) = (Private::new(person, name), Private::new(person, phone));
    let signer = Requester { person, name: Some(name), phone: Some(phone), email: None };
    Event::Request(request::Event::CoSigned(CoSigned { signer, at: None }))
}

/// All private texts, in order: clear as they are, sealed ones in brackets.
pub fn texts(events: &mut [Event]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut note = |text: &mut Private| {
        texts.push(match text {
            Private::Clear { text, .. } => text.clone(),
            Private::Sealed(sealed) => format!("[{sealed}]"),
            Private::Forgotten => "forgotten".to_owned(),
        });
    };
    events.iter_mut().for_each(|event| event.each_private(&mut note));
    texts
}

/// What a vault reads in stored events.
pub async fn read(vault: &Vault, stored: &[Event]) -> Vec<String> {
    let mut events = stored.to_vec();
    vault.open(&mut events).await.unwrap();
    texts(&mut events)
}
