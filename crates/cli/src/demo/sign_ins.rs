//! Who can sign in to the demonstration, and what to look at. Random passwords, in a file that only its owner
//! can read.

use anyhow::{Context, Result};
use sandan_app::accounts::NewUser;
use sandan_app::{App, accounts::AccountError};
use sandan_domain::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::place::{MAIN, OTHER, TOWN};
use crate::commands::user::random_password;
use crate::folder::{Folder, write_private};
use crate::output;

/// An account to be made, and the page that its holder begins with.
struct Post {
    name: &'static str,
    role: Role,
    unit: Option<&'static str>,
    community: Option<&'static str>,
    path: &'static str,
}

const fn post(name: &'static str, role: Role, community: Option<&'static str>, path: &'static str) -> Post {
    Post { name, role, unit: None, community, path }
}

const fn of_unit(unit: &'static str) -> Post {
    Post { name: unit, role: Role::Unit, unit: Some(unit), community: Some(MAIN), path: "/unit" }
}

const POSTS: [Post; 9] = [
    post("admin", Role::Administrator, None, "/admin"),
    post("supervisor", Role::Supervisor, Some(TOWN), "/board"),
    post("oversight", Role::Oversight, Some(TOWN), "/board"),
    post("dispatcher", Role::Dispatcher, Some(MAIN), "/desk"),
    post("dispatcher-dongyuan", Role::Dispatcher, Some(OTHER), "/desk"),
    of_unit("wuye"),
    of_unit("chengguan"),
    post("hotline", Role::Hotline, Some(MAIN), "/desk"),
    post("grid-worker", Role::GridWorker, Some(MAIN), "/desk"),
];

/// Pages that need no sign-in.
const OPEN: [(&str, &str); 3] = [("居民点单", "/"), ("自助终端", "/kiosk"), ("居务公开", "/open")];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIns {
    pub accounts: Vec<Account>,
    /// What to look at without signing in.
    pub samples: Vec<Sample>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    pub role: Role,
    pub unit: Option<String>,
    pub community: Option<String>,
    pub name: String,
    pub password: String,
    pub path: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sample {
    pub what: String,
    pub path: String,
}

impl SignIns {
    /// Makes the accounts, all at once: hashing a password takes its time on purpose.
    pub async fn make(app: &App, samples: Vec<Sample>) -> Result<Self> {
        let making = POSTS.iter().map(|post| make(app, post));
        let accounts = futures::future::try_join_all(making).await.context("make the demonstration's accounts")?;
        let open = OPEN.iter().map(|(what, path)| Sample { what: (*what).to_owned(), path: (*path).to_owned() });
        Ok(Self { accounts, samples: open.chain(samples).collect() })
    }

    /// From an earlier start; `None` where this is not a demonstration's folder.
    pub fn read(folder: &Folder) -> Result<Option<Self>> {
        let path = folder.demo_sign_ins();
        match std::fs::read(&path) {
            Ok(text) => Ok(Some(serde_json::from_slice(&text).with_context(|| format!("read {}", path.display()))?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("read {}", path.display())),
        }
    }

    pub fn write(&self, folder: &Folder) -> Result<()> {
        let path = folder.demo_sign_ins();
        let text = serde_json::to_vec_pretty(self)?;
        write_private(&path, &text).with_context(|| format!("write {}", path.display()))
    }

    /// For programs.
    pub fn with_urls(&self, url: &str) -> Value {
        let mut value = json!(self);
        for list in ["accounts", "samples"] {
            for entry in value[list].as_array_mut().into_iter().flatten() {
                let full = format!("{url}{}", entry["path"].as_str().unwrap_or_default());
                entry["url"] = json!(full);
            }
        }
        value
    }

    /// For people.
    pub fn table(&self, url: &str) -> String {
        let accounts = self.accounts.iter().map(|account| {
            let page = format!("{url}{}", account.path);
            vec![account.role.to_string(), page, account.name.clone(), account.password.clone()]
        });
        let samples = self.samples.iter().map(|sample| vec![sample.what.clone(), format!("{url}{}", sample.path)]);
        let rows: Vec<Vec<String>> = accounts.chain(samples).collect();
        output::table(&["role", "page", "name", "password"], &rows)
    }
}

async fn make(app: &App, post: &Post) -> Result<Account, AccountError> {
    let password = random_password();
    let new = NewUser {
        name: post.name.to_owned(),
        role: post.role,
        unit: post.unit.and_then(|unit| unit.parse().ok()),
        community: post.community.and_then(|community| community.parse().ok()),
        password: password.clone(),
    };
    app.accounts().add_user(new).await?;
    Ok(Account {
        role: post.role,
        unit: post.unit.map(str::to_owned),
        community: post.community.map(str::to_owned),
        name: post.name.to_owned(),
        password,
        path: post.path.to_owned(),
    })
}
