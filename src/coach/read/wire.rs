//! The reading on the wire: `balm coach read` takes and gives one JSON object a line. Pure; the command moves the lines.

use serde::{Deserialize, Serialize};

use crate::coach::content::Content;

use super::{Reading, Risk, read};

/// One message to read.
#[derive(Deserialize)]
struct Ask {
    id: serde_json::Value,
    text: String,
}

/// What is answered for one message.
#[derive(Serialize, Debug)]
struct Answer<'a> {
    id: serde_json::Value,
    is_complaint: bool,
    class: &'a str,
    /// The best item of a complaint, `unspecified` when it names none, `none` when it is no complaint.
    item: &'a str,
    /// Ranked, best first.
    items: Vec<&'a str>,
    /// Percent for the best item.
    confidence: u8,
    /// Whether the desk would ask instead of proposing the item.
    asks: bool,
    intensity: u8,
    risk: Vec<&'static str>,
    need: Option<&'static str>,
    evidence: Vec<Evidence<'a>>,
}

/// Words that gave a finding away, with what they gave away.
#[derive(Serialize, Debug)]
struct Evidence<'a> {
    of: &'a str,
    words: &'a str,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct BadLine {
    /// What is wrong, with the column where JSON breaks.
    pub what: String,
}

/// The name of a risk on the wire; `None` for what the wire's list does not have (safety, asking why).
#[must_use]
pub const fn risk_name(risk: Risk) -> Option<&'static str> {
    match risk {
        Risk::Regulator => Some("regulator"),
        Risk::Media => Some("media"),
        Risk::Legal => Some("legal"),
        Risk::Compensation => Some("compensation"),
        Risk::Rejects => Some("rejects_all"),
        Risk::Repeat => Some("repeat"),
        Risk::Churn => Some("churn"),
        Risk::Safety | Risk::AsksWhy => None,
    }
}

/// The class of an item, by its first letter: A service, B product, C communication.
fn class_of(item: &str) -> &'static str {
    match item.as_bytes().first() {
        Some(b'A') => "service",
        Some(b'B') => "product",
        Some(b'C') => "communication",
        _ => "none",
    }
}

/// Reads one line and gives the line to write.
///
/// # Errors
/// What is wrong with the line.
pub fn line(content: &Content, raw: &str) -> Result<String, BadLine> {
    let bad = |e: serde_json::Error| BadLine {
        what: e.to_string(),
    };
    let ask: Ask = serde_json::from_str(raw).map_err(bad)?;
    let reading = read(content, &ask.text);
    serde_json::to_string(&answer(ask.id, &ask.text, &reading)).map_err(bad)
}

fn answer<'a>(id: serde_json::Value, text: &'a str, reading: &'a Reading) -> Answer<'a> {
    let items: Vec<&str> = reading.ranked.iter().map(|p| p.item.as_str()).collect();
    let item = match (reading.complaint.yes, items.first()) {
        (false, _) => "none",
        (true, Some(best)) if !reading.unspecified => best,
        (true, _) => "unspecified",
    };
    let mut risk: Vec<&'static str> = reading
        .risks
        .iter()
        .filter_map(|(r, _)| risk_name(*r))
        .collect();
    risk.dedup();
    let mut evidence = Vec::new();
    let mut show = |of: &'a str, at: &std::ops::Range<usize>| {
        if let Some(words) = text.get(at.clone()) {
            evidence.push(Evidence { of, words });
        }
    };
    if let Some(proposal) = reading.ranked.first() {
        proposal
            .evidence
            .iter()
            .for_each(|at| show(proposal.item.as_str(), at));
    }
    reading.feeling.iter().for_each(|at| show("intensity", at));
    for (risk, at) in &reading.risks {
        show(risk.as_str(), at);
    }
    if let Some(need) = &reading.need {
        need.evidence.iter().for_each(|at| show(need.need, at));
    }
    Answer {
        id,
        is_complaint: reading.complaint.yes,
        class: class_of(item),
        item,
        items,
        confidence: reading.ranked.first().map_or(0, |p| p.confidence),
        asks: reading.item.is_none(),
        intensity: reading.emotion,
        risk,
        need: reading.need.as_ref().map(|n| n.need),
        evidence,
    }
}
