//! A node that goes on with a master key that is no longer the log's would seal words that nobody else can open: it ends.

use std::time::Duration;

use sandan_vault::VaultError;
use tokio::time::sleep;

use crate::failure::Failure;
use crate::wiring::{Engine, key};

/// How often is looked; each look is a row or two.
const LOOK: Duration = Duration::from_secs(5);

/// Returns when the key was replaced, having said so.
pub async fn until_replaced(engine: &Engine) {
    loop {
        sleep(LOOK).await;
        // While the log is away nothing is sealed.
        let checked = engine.app.vault().check_master().await;
        if let Err(error @ (VaultError::OtherMasterKey | VaultError::Changing)) = checked {
            let failure = Failure::of(&key::wrong(&engine.settings, &engine.store, &error));
            tracing::error!("{failure}");
            return;
        }
    }
}
