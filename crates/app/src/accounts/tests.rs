//! Tokens, accounts and sessions, as their holders see them.

use std::sync::Arc;

use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use sandan_domain::{Actor, Role};
use sandan_log::{Log, MemoryLog};

use super::{AccountError, Accounts, NewToken, NewUser, SignInError};
use crate::caller::Scope;
use crate::clock::{Clock, ManualClock};

const PASSWORD: &str = "correct horse battery";

struct World {
    log: Arc<dyn Log>,
    accounts: Accounts,
    clock: ManualClock,
}

fn world() -> World {
    let (clock, hand) = Clock::manual("2026-03-02T09:00:00+08:00".parse::<Timestamp>().unwrap());
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    World { accounts: Accounts::with_clock(Arc::clone(&log), clock), log, clock: hand }
}

/// Another node, or the same after a restart.
fn again(world: &World) -> Accounts {
    let (clock, _) = Clock::manual(world.clock.now());
    Accounts::with_clock(Arc::clone(&world.log), clock)
}

fn token(role: Role) -> NewToken {
    NewToken { role, unit: None, community: None, expires: None }
}

fn user(name: &str) -> NewUser {
    let (role, password) = (Role::Dispatcher, PASSWORD.to_owned());
    NewUser { name: name.to_owned(), role, unit: None, community: None, password }
}

#[tokio::test]
async fn a_token_speaks_for_its_role_and_scope_on_every_node() {
    let world = world();
    let unit = Some("roads".parse().unwrap());
    let new = NewToken { unit, community: Some("elm".parse().unwrap()), ..token(Role::Unit) };
    let (secret, info) = world.accounts.create_token(new).await.unwrap();
    for accounts in [&world.accounts, &again(&world)] {
        let caller = accounts.authenticate(&secret).await.unwrap().unwrap();
        assert_eq!(caller.actor, Actor::Staff { role: Role::Unit, id: info.id, unit: info.unit.clone() });
        assert_eq!(caller.scope, Scope::Community("elm".parse().unwrap()));
    }
    assert_eq!(world.accounts.authenticate("sdn_nonsense").await.unwrap(), None);
    assert_eq!(world.accounts.authenticate("").await.unwrap(), None);
}

#[tokio::test]
async fn a_token_ends_after_its_time_or_when_it_is_revoked() {
    let world = world();
    let short = NewToken { expires: Some(SignedDuration::from_hours(1)), ..token(Role::Kiosk) };
    let (short, _) = world.accounts.create_token(short).await.unwrap();
    let (long, info) = world.accounts.create_token(token(Role::Supervisor)).await.unwrap();
    assert!(world.accounts.authenticate(&short).await.unwrap().is_some());
    world.clock.advance(SignedDuration::from_hours(1));
    assert!(world.accounts.authenticate(&short).await.unwrap().is_none());
    assert!(world.accounts.authenticate(&long).await.unwrap().is_some());
    world.accounts.revoke_token(info.id).await.unwrap();
    assert!(world.accounts.authenticate(&long).await.unwrap().is_none(), "at once");
    assert_eq!(world.accounts.list_tokens().await.unwrap().len(), 1);
}

#[tokio::test]
async fn no_secret_stands_in_the_log() {
    let world = world();
    let (secret, _) = world.accounts.create_token(token(Role::Kiosk)).await.unwrap();
    world.accounts.add_user(user("li")).await.unwrap();
    let session = world.accounts.sign_in("li", PASSWORD).await.unwrap();
    for space in ["token", "user", "session"] {
        for (key, value) in world.log.rows(space, None, 100).await.unwrap() {
            for secret in [secret.as_str(), PASSWORD, session.as_str()] {
                let stands = |bytes: &[u8]| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!stands(&key) && !stands(&value));
            }
        }
    }
    assert_eq!(format!("{session:?}"), "‹secret›");
}

#[tokio::test]
async fn a_unit_goes_with_the_role_of_a_unit_only() {
    let world = world();
    let without = world.accounts.create_token(token(Role::Unit)).await;
    assert!(matches!(without, Err(AccountError::Input { field: "unit", .. })));
    let with = NewToken { unit: Some("roads".parse().unwrap()), ..token(Role::Kiosk) };
    assert!(matches!(world.accounts.create_token(with).await, Err(AccountError::Input { field: "unit", .. })));
    let resident = world.accounts.create_token(token(Role::Resident)).await;
    assert!(matches!(resident, Err(AccountError::Input { field: "role", .. })));
}

#[tokio::test]
async fn signing_in_gives_a_session_that_ends_with_idleness_age_or_signing_out() {
    let world = world();
    world.accounts.add_user(user("Li Ming")).await.unwrap();
    let idle = world.accounts.sign_in(" li ming ", PASSWORD).await.unwrap();
    let session = world.accounts.session(idle.as_str()).await.unwrap().unwrap();
    assert_eq!((session.account.name.as_str(), session.caller.actor.role()), ("Li Ming", Role::Dispatcher));
    let busy = world.accounts.sign_in("li ming", PASSWORD).await.unwrap();
    for _ in 0..14 {
        world.clock.advance(SignedDuration::from_hours(11));
        assert!(world.accounts.session(busy.as_str()).await.unwrap().is_some());
    }
    assert!(world.accounts.session(idle.as_str()).await.unwrap().is_none(), "idle");
    world.clock.advance(SignedDuration::from_hours(11));
    assert!(world.accounts.session(busy.as_str()).await.unwrap().is_some(), "165 hours");
    world.clock.advance(SignedDuration::from_hours(3));
    assert!(world.accounts.session(busy.as_str()).await.unwrap().is_none(), "seven days in all");
    let out = world.accounts.sign_in("li ming", PASSWORD).await.unwrap();
    world.accounts.sign_out(out.as_str()).await.unwrap();
    assert!(world.accounts.session(out.as_str()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_so_is_whoever_used_the_old_password() {
    let world = world();
    for name in ["li", "wang"] {
        world.accounts.add_user(user(name)).await.unwrap();
    }
    let (li, wang) = (
        world.accounts.sign_in("li", PASSWORD).await.unwrap(),
        world.accounts.sign_in("wang", PASSWORD).await.unwrap(),
    );
    world.clock.advance(SignedDuration::from_secs(1));
    world.accounts.disable_user("li").await.unwrap();
    world.accounts.set_password("wang", "another password").await.unwrap();
    assert!(world.accounts.session(li.as_str()).await.unwrap().is_none());
    assert!(world.accounts.session(wang.as_str()).await.unwrap().is_none());
    assert_eq!(world.accounts.sign_in("li", PASSWORD).await, Err(SignInError::Disabled));
    assert_eq!(world.accounts.sign_in("li", "wrong password").await, Err(SignInError::Wrong));
    assert!(world.accounts.sign_in("wang", "another password").await.is_ok());
}

#[tokio::test]
async fn five_wrong_passwords_lock_an_account_out_also_after_a_restart() {
    let world = world();
    world.accounts.add_user(user("li")).await.unwrap();
    let tries = join_all((0..8).map(|_| world.accounts.sign_in("li", "wrong password"))).await;
    let wrong = tries.iter().filter(|answer| **answer == Err(SignInError::Wrong)).count();
    assert_eq!(wrong, 5, "tries at once are counted one by one");
    let until = world.clock.now() + SignedDuration::from_mins(15);
    let locked = Err(SignInError::LockedOut { until });
    assert_eq!(world.accounts.sign_in("li", PASSWORD).await, locked);
    assert_eq!(again(&world).sign_in("li", PASSWORD).await, locked);
    world.clock.set(until);
    assert!(world.accounts.sign_in("li", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_name_that_nobody_has_is_treated_like_any_other() {
    let world = world();
    for _ in 0..5 {
        assert_eq!(world.accounts.sign_in("nobody", "wrong password").await, Err(SignInError::Wrong));
    }
    let locked = world.accounts.sign_in("nobody", "wrong password").await;
    assert!(matches!(locked, Err(SignInError::LockedOut { .. })));
    assert!(world.log.rows("lockout", None, 10).await.unwrap().is_empty(), "and fills no table");
}

#[tokio::test]
async fn passwords_that_are_easily_guessed_are_refused_with_the_reason() {
    let world = world();
    let cases = ["", "short", "aaaaaaaaaaaa", "my name is li ming"];
    for password in cases {
        let new = NewUser { password: password.to_owned(), ..user("li ming") };
        let refused = world.accounts.add_user(new).await;
        assert!(matches!(refused, Err(AccountError::Input { field: "password", .. })), "{password:?}");
    }
    world.accounts.add_user(user("li")).await.unwrap();
    let twice = world.accounts.add_user(user("LI ")).await.unwrap_err();
    assert_eq!(twice.to_string(), "name is taken");
    assert!(matches!(world.accounts.disable_user("nobody").await, Err(AccountError::NotFound(_))));
}

#[tokio::test]
async fn the_set_up_link_works_once_and_only_while_there_is_no_administrator() {
    let world = world();
    let old = world.accounts.setup_secret().await.unwrap().unwrap();
    let link = world.accounts.setup_secret().await.unwrap().unwrap();
    let void = world.accounts.complete_setup(old.as_str(), "li", PASSWORD).await;
    assert_eq!(void, Err(AccountError::SetUpBefore), "a newer link was printed");
    let weak = world.accounts.complete_setup(link.as_str(), "li", "weak").await;
    assert!(matches!(weak, Err(AccountError::Input { field: "password", .. })), "a mistake doesn't use it up");
    let both = join_all(["li", "wang"].map(|name| world.accounts.complete_setup(link.as_str(), name, PASSWORD))).await;
    assert_eq!(both.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(world.accounts.setup_secret().await.unwrap().is_none());
}
