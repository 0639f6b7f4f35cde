//! What a version of a policy says. What it leaves out is inherited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::policy::Burst;
use crate::scoring::ScoreWeights;
use crate::time::{Class, Limit, Rule, Session};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub name: String,
    /// Name of a time zone, such as `Asia/Shanghai`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Vec<Session>>,
    pub limits: BTreeMap<Rule, Limit>,
    pub classes: Vec<Class>,
    /// Categories whose completion somebody else confirms on site (R6a).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Vec<Category>>,
    /// What counts how much in two-way scoring (R23).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoring: Option<ScoreWeights>,
    /// When joiners are a burst (R14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<Burst>,
}
