//! Everything that an operator can ask of the data, by name.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Reporter;
use crate::commands::{
    backup, calendar, community, explain, export, health, import, key, log, notices, policy, token, user, views,
};
use crate::wiring::Engine;

/// One wish, as it crosses the socket.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", content = "with", rename_all = "snake_case")]
pub enum Operation {
    Backup(backup::Wish),
    CalendarPublish(calendar::Publish),
    CommunityAdd(community::Add),
    Explain(explain::Wish),
    Export(export::Wish),
    Health,
    Import(import::Wish),
    KeyExport(key::Export),
    LogStat,
    LogTail(log::Tail),
    LogVerify,
    PolicyPublish(policy::Publish),
    PolicyShow(policy::Show),
    NoticesAdd(notices::Add),
    NoticesList,
    NoticesPing(notices::One),
    NoticesRemove(notices::One),
    NoticesReplay(notices::Replay),
    NoticesRetry(notices::Retry),
    NoticesRotate(notices::One),
    TokenCreate(token::Create),
    TokenList,
    TokenRevoke(token::Revoke),
    UserAdd(user::Add),
    UserDisable(user::Named),
    UserEmail(user::Email),
    UserList,
    UserPassword(user::NewPassword),
    ViewsRebuild,
    ViewsStatus,
}

impl Operation {
    /// The command's name, for messages.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Backup(_) => "backup",
            Self::CalendarPublish(_) => "calendar publish",
            Self::CommunityAdd(_) => "community add",
            Self::Explain(_) => "explain",
            Self::Export(_) => "export",
            Self::Health => "check",
            Self::Import(_) => "import",
            Self::KeyExport(_) => "key export",
            Self::LogStat => "log stat",
            Self::LogTail(_) => "log tail",
            Self::LogVerify => "log verify",
            Self::PolicyPublish(_) => "policy publish",
            Self::PolicyShow(_) => "policy show",
            Self::NoticesAdd(_) => "notices add",
            Self::NoticesList => "notices list",
            Self::NoticesPing(_) => "notices ping",
            Self::NoticesRemove(_) => "notices remove",
            Self::NoticesReplay(_) => "notices replay",
            Self::NoticesRetry(_) => "notices retry",
            Self::NoticesRotate(_) => "notices rotate",
            Self::TokenCreate(_) => "token create",
            Self::TokenList => "token list",
            Self::TokenRevoke(_) => "token revoke",
            Self::UserAdd(_) => "user add",
            Self::UserDisable(_) => "user disable",
            Self::UserEmail(_) => "user email",
            Self::UserList => "user list",
            Self::UserPassword(_) => "user password",
            Self::ViewsRebuild => "views rebuild",
            Self::ViewsStatus => "views status",
        }
    }

    /// Whether it makes sense in a data folder that is not there yet.
    pub const fn may_begin(&self) -> bool {
        matches!(self, Self::CommunityAdd(_) | Self::TokenCreate(_) | Self::UserAdd(_))
    }

    /// Does it. The answer is what `--json` prints.
    pub async fn run(self, engine: &Engine, to: &Reporter) -> Result<Value> {
        match self {
            Self::Backup(wish) => backup::run(wish, engine, to).await,
            Self::CalendarPublish(wish) => calendar::publish(wish, engine).await,
            Self::CommunityAdd(wish) => community::add(wish, engine).await,
            Self::Explain(wish) => explain::run(wish, engine).await,
            Self::Export(wish) => export::run(wish, engine, to).await,
            Self::Health => health::run(engine).await,
            Self::Import(wish) => import::run(wish, engine, to).await,
            Self::KeyExport(wish) => key::export(wish, engine, to).await,
            Self::LogStat => log::stat(engine).await,
            Self::LogTail(wish) => log::tail(wish, engine, to).await,
            Self::LogVerify => log::verify(engine).await,
            Self::PolicyPublish(wish) => policy::publish(wish, engine).await,
            Self::PolicyShow(wish) => policy::show(wish, engine).await,
            Self::NoticesAdd(wish) => notices::add(wish, engine).await,
            Self::NoticesList => notices::list(engine).await,
            Self::NoticesPing(wish) => notices::ping(wish, engine).await,
            Self::NoticesRemove(wish) => notices::remove(wish, engine).await,
            Self::NoticesReplay(wish) => notices::replay(wish, engine).await,
            Self::NoticesRetry(wish) => notices::retry(wish, engine).await,
            Self::NoticesRotate(wish) => notices::rotate(wish, engine).await,
            Self::TokenCreate(wish) => token::create(wish, engine).await,
            Self::TokenList => token::list(engine).await,
            Self::TokenRevoke(wish) => token::revoke(wish, engine).await,
            Self::UserAdd(wish) => user::add(wish, engine).await,
            Self::UserDisable(wish) => user::disable(wish, engine).await,
            Self::UserEmail(wish) => user::email_of(wish, engine).await,
            Self::UserList => user::list(engine).await,
            Self::UserPassword(wish) => user::password_of(wish, engine).await,
            Self::ViewsRebuild => views::rebuild(engine, to).await,
            Self::ViewsStatus => views::status(engine).await,
        }
    }
}
