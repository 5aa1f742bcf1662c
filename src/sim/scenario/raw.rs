//! The form of a scenario's file, before anything of it is checked.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) title_zh: String,
    pub(super) title_en: String,
    pub(super) item: String,
    pub(super) channel: String,
    pub(super) psychology: String,
    pub(super) minutes: u32,
    pub(super) levels: Vec<u8>,
    pub(super) persona: RawPersona,
    pub(super) start: RawStart,
    pub(super) need: RawNeed,
    #[serde(default)]
    pub(super) ladder: Vec<RawDemand>,
    pub(super) say: Vec<RawSaying>,
    #[serde(default)]
    pub(super) fact: Vec<RawFact>,
    pub(super) card: RawCard,
    #[serde(default)]
    pub(super) exemplar: Vec<RawExemplar>,
    #[serde(default)]
    pub(super) storm: Vec<RawStorm>,
    #[serde(default)]
    pub(super) trap: Vec<RawTrap>,
    pub(super) agent: Vec<RawAgent>,
    pub(super) review: RawReview,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPersona {
    pub(super) irritability: f64,
    pub(super) talkativeness: f64,
    pub(super) literacy: f64,
    pub(super) entitlement: f64,
    pub(super) outside: String,
    pub(super) abuse_at: Option<f64>,
    #[serde(default)]
    pub(super) vulnerable: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStart {
    pub(super) anger: f64,
    pub(super) trust: f64,
    pub(super) clarity: f64,
    pub(super) face: f64,
    pub(super) patience: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNeed {
    pub(super) fix: String,
    pub(super) name: String,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) direct: String,
    #[serde(default)]
    pub(super) meets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDemand {
    pub(super) demand_zh: String,
    pub(super) demand_en: String,
    pub(super) lines: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSaying {
    pub(super) when: String,
    pub(super) band: Option<String>,
    pub(super) after: Option<String>,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFact {
    pub(super) id: String,
    pub(super) asked_zh: Vec<String>,
    pub(super) asked_en: Vec<String>,
    pub(super) told: Option<String>,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCard {
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) tier: String,
    pub(super) phone: String,
    #[serde(default)]
    pub(super) history: Vec<Pair>,
    #[serde(default)]
    pub(super) values: BTreeMap<String, Pair>,
    pub(super) cause: Option<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExemplar {
    pub(super) act: String,
    pub(super) zh: Vec<String>,
    pub(super) en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStorm {
    pub(super) at: u32,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) seconds: u32,
    pub(super) level: u8,
    pub(super) zh: String,
    pub(super) en: String,
    #[serde(default)]
    pub(super) scenario: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrap {
    pub(super) id: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) rule: String,
    pub(super) act: Option<String>,
    pub(super) critical: bool,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAgent {
    pub(super) kind: String,
    pub(super) turns: Vec<Pair>,
    pub(super) lesson_zh: String,
    pub(super) lesson_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReview {
    pub(super) author: String,
    pub(super) state: String,
    pub(super) notes: String,
}
