//! The community that the stories play in, and who works there.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::{Load, Wish};
use crate::cluster::Cluster;

pub const COMMUNITY: &str = "lakeside";
pub const UNITS: [&str; 4] = ["power", "property", "roads", "water"];
/// So much that nobody is refused for it: capacity has tests of its own.
const CAPACITY: u32 = 100_000;

/// Tokens by who holds them: `dispatcher`, `unit:power`, …
pub struct Staff(BTreeMap<String, String>);

impl Staff {
    /// An operator makes the community and the tokens, on the cluster's database.
    pub async fn hire(cluster: &Cluster) -> Result<Self> {
        cluster.operator(&["community", "add", COMMUNITY, "湖滨社区"]).await?;
        let mut tokens = BTreeMap::new();
        for role in ["administrator", "dispatcher", "hotline", "supervisor"] {
            tokens.insert(role.to_owned(), token(cluster, &["--role", role]).await?);
        }
        for unit in UNITS {
            let further = ["--role", "unit", "--unit", unit, "--community", COMMUNITY];
            tokens.insert(format!("unit:{unit}"), token(cluster, &further).await?);
        }
        Ok(Self(tokens))
    }

    /// `None`: a resident.
    pub fn token(&self, caller: &str) -> Option<&str> {
        self.0.get(caller).map(String::as_str)
    }
}

async fn token(cluster: &Cluster, further: &[&str]) -> Result<String> {
    let arguments: Vec<_> = ["token", "create"].iter().chain(further).copied().collect();
    let answer = cluster.operator(&arguments).await?;
    answer["token"].as_str().map(str::to_owned).context("a token was made but not printed")
}

impl Load {
    /// The units, by way of the API.
    pub(super) async fn organise(&self) -> Result<()> {
        for unit in UNITS {
            let body = json!({"slug": unit, "community": COMMUNITY, "name": unit, "capacity": CAPACITY});
            let path = "/api/v1/units".to_owned();
            let event = "sandan.unit.registered";
            let (caller, stream, permitted) = ("administrator".to_owned(), None, true);
            let token = self.staff.token(&caller).map(str::to_owned);
            let wish = Wish { caller, token, path, body, event, stream, permitted };
            let answer = self.send(wish).await?.context("nobody answers")?;
            ensure!(answer.is_yes(), "the unit {unit} was refused: {}", answer.body);
        }
        Ok(())
    }
}
