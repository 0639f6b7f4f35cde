//! Events into letters: who has an e-mail address and is told something gets an entry in the outbox.

use sandan_domain::Role;
use sandan_domain::ids::derive;
use sandan_log::Position;
use uuid::Uuid;

use crate::accounts::UserInfo;
use crate::notices::cursor::Cursor;
use crate::notices::job::{Notices, Turn};
use crate::notices::outbox::{Entry, Way};
use crate::notices::rows::{self, OUTBOX, put};
use crate::notices::story::{Story, notice_id};
use crate::notices::told::Audience;
use crate::refusal::Refusal;

/// The checkpoint's name.
const MAIL: Uuid = Uuid::from_u128(0x6d61_696c_0000_8000_8000_0000_0000_0001);
/// Records of one turn.
const BATCH: usize = 500;
/// Records after which the checkpoint is written, though nobody was told anything.
const SAVE_EVERY: Position = 1_000;
/// Written in the checkpoint while mail is switched off.
const OFF: &str = "off";

impl Notices {
    /// One turn: looks through what happened, and moves the checkpoint in the append that writes the entries.
    pub(super) async fn follow_for_mail(&self) -> Result<Turn, Refusal> {
        let log = &**self.app.log();
        let stored = Cursor::load(log, MAIL).await?;
        let was_off = stored.as_ref().is_none_or(|cursor| cursor.last_error.as_deref() == Some(OFF));
        let mut cursor = stored.unwrap_or_else(|| Cursor::at(0));
        if self.inner.post.is_none() {
            if !was_off {
                cursor.last_error = Some(OFF.to_owned());
                cursor.save(&self.app, MAIL, Vec::new()).await?;
            }
            return Ok(Turn::Until(None));
        }
        if was_off {
            // What happened while nobody was to be told stays untold.
            cursor.moves_to(rows::head(log).await?, 0);
            cursor.last_error = None;
            cursor.save(&self.app, MAIL, Vec::new()).await?;
            return Ok(Turn::More);
        }
        let mut at = self.seen(MAIL, cursor.revision, cursor.position);
        let records = log.read(at, BATCH).await?;
        let (mut entries, mut staff) = (Vec::new(), None);
        for record in &records {
            at = record.position;
            let Some(story) = self.story(record).await? else { continue };
            for (nth, notice) in story.notices.iter().enumerate() {
                let id = notice_id(record, nth);
                for way in self.ways(&story, &notice.to, &mut staff).await? {
                    let name = match &way {
                        Way::MailToAccount(name) => format!("mail/{name}"),
                        _ => "mail".to_owned(),
                    };
                    let entry = Entry::new(derive(id, &name), way, record.position, nth);
                    entries.push(put(OUTBOX, &entry.key(), &entry)?);
                }
            }
        }
        if !entries.is_empty() || at >= cursor.position + SAVE_EVERY {
            cursor.moves_to(at, 0);
            cursor.save(&self.app, MAIL, entries).await?;
        } else if at > cursor.position {
            self.has_seen(MAIL, cursor.revision, at);
        }
        Ok(if records.len() == BATCH { Turn::More } else { Turn::Until(None) })
    }

    /// The mail boxes behind an audience.
    async fn ways(&self, story: &Story, to: &Audience, staff: &mut Option<Vec<UserInfo>>) -> Result<Vec<Way>, Refusal> {
        let app = &self.app;
        if let Audience::Resident(person) = to {
            let has_mail = story.requester(*person).is_some_and(|requester| requester.email.is_some());
            return Ok(has_mail.then_some(Way::MailToPerson(*person)).into_iter().collect());
        }
        let staff = match staff {
            Some(staff) => staff,
            None => {
                let users = app.accounts().list_users().await;
                let users = users.map_err(|error| Refusal::Unavailable(error.to_string()))?;
                staff.insert(users.into_iter().filter(|user| user.email.is_some() && !user.disabled).collect())
            }
        };
        let mut ways = Vec::new();
        for user in staff.iter() {
            let is_meant = match to {
                Audience::Unit(unit) => user.role == Role::Unit && user.unit.as_ref() == Some(unit),
                Audience::Desk => matches!(user.role, Role::Dispatcher | Role::Hotline),
                Audience::Supervisors => matches!(user.role, Role::Supervisor | Role::GridWorker),
                Audience::Proposers => user.role == Role::Supervisor,
                Audience::Oversight => user.role == Role::Oversight,
                Audience::Resident(_) => false,
            };
            if is_meant && app.lies_in(&story.community, user.community.as_ref()).await? {
                ways.push(Way::MailToAccount(user.name.clone()));
            }
        }
        Ok(ways)
    }
}
