//! Whether nodes are ready, by what they say of themselves.

use std::time::Duration;

use serde_json::Value;

use super::Load;
use crate::cluster::Node;

const PATIENCE: Duration = Duration::from_secs(5);

impl Load {
    /// The nodes that do not say that they are ready, with the bus, and why not.
    pub async fn not_ready(&self) -> Vec<String> {
        let mut lame = Vec::new();
        for node in &self.nodes {
            if let Err(why) = self.readiness(node).await.and_then(|said| ready(&said)) {
                lame.push(format!("{} ({why})", node.name));
            }
        }
        lame
    }

    /// What `/readyz` says.
    pub async fn readiness(&self, node: &Node) -> Result<Value, String> {
        let asked = self.http.get(format!("{}/readyz", node.url)).timeout(PATIENCE).send().await;
        let answer = asked.map_err(|_| "no answer".to_owned())?;
        answer.json().await.map_err(|error| error.to_string())
    }
}

fn ready(said: &Value) -> Result<(), String> {
    match said["status"].as_str() {
        Some("ready") => Ok(()),
        _ => Err(said.to_string()),
    }
}
