//! The parts of a scenario's file that lie beside the customer's own lines: facts, card, exemplars, storm, traps, agents.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::Cx;
use super::raw::{RawAgent, RawCard, RawExemplar, RawFact, RawReview, RawStorm, RawTrap};
use super::{Card, Exemplars, Known, Review, ScriptedAgent, StormEvent, ToldBy, Trap};
use crate::coach::BadContent;
use crate::domain::vocabulary::Tier;
use crate::sim::names::{AgentKind, StormKind, TrapKind};

pub(super) fn facts(cx: &Cx<'_>, raw: Vec<RawFact>) -> Result<Vec<Known>, BadContent> {
    let mut out: Vec<Known> = Vec::with_capacity(raw.len());
    for fact in raw {
        let entry = format!("fact {}", fact.id);
        if out.iter().any(|f| f.id == fact.id) {
            let remedy = "give one of them another id";
            return Err(cx.file.bad(entry, "the id stands twice", remedy));
        }
        let told = match fact.told.as_deref() {
            None => ToldBy::Nobody,
            Some("opening") => ToldBy::Opening,
            Some("card") => ToldBy::Card,
            Some(other) => {
                let what = format!("told = \"{other}\" is not known here");
                let remedy = "write opening or card, or leave it out";
                return Err(cx.file.bad(entry, what, remedy));
            }
        };
        let empty =
            |words: &[String]| words.is_empty() || words.iter().any(|w| w.trim().is_empty());
        if empty(&fact.asked_zh) || empty(&fact.asked_en) {
            let what = "nobody could ask for it in one of the languages";
            let remedy = "write the words of questions in asked_zh and asked_en";
            return Err(cx.file.bad(entry, what, remedy));
        }
        out.push(Known {
            text: cx.both(&entry, fact.zh, fact.en)?,
            id: fact.id,
            asked_zh: fact.asked_zh,
            asked_en: fact.asked_en,
            told,
        });
    }
    Ok(out)
}

pub(super) fn card(cx: &Cx<'_>, raw: RawCard) -> Result<Card, BadContent> {
    let tier = Tier::from_name(&raw.tier);
    let tiers = Tier::ALL.iter().map(|t| t.as_str());
    let mut values = BTreeMap::new();
    for (slot, pair) in raw.values {
        let entry = format!("card.values {slot}");
        if !crate::coach::slots::KNOWN.contains(&slot.as_str()) {
            let what = "no playbook has a slot of this name";
            let remedy = format!("write one of: {}", crate::coach::slots::KNOWN.join(" "));
            return Err(cx.file.bad(entry, what, remedy));
        }
        values.insert(slot, cx.pair(&entry, pair)?);
    }
    let digits = raw.phone.chars().filter(char::is_ascii_digit).count();
    if digits < 4 {
        let remedy = "write an invented number, such as 19900005678";
        return Err(cx.file.bad("card", "phone has too few digits", remedy));
    }
    Ok(Card {
        name: cx.both("card", raw.name_zh, raw.name_en)?,
        tier: cx.word("card", "tier", &raw.tier, tier, tiers)?,
        phone: raw.phone,
        history: cx.pairs("card.history", raw.history)?,
        values,
        cause: match raw.cause {
            Some(pair) => Some(cx.pair("card.cause", pair)?),
            None => None,
        },
    })
}

pub(super) fn exemplars(cx: &Cx<'_>, raw: Vec<RawExemplar>) -> Result<Vec<Exemplars>, BadContent> {
    raw.into_iter()
        .map(|one| {
            let entry = format!("exemplar {}", one.act);
            let empty = one.zh.iter().chain(&one.en).any(|t| t.trim().is_empty());
            if empty || one.zh.is_empty() || one.en.is_empty() {
                let remedy = "write at least one in each language, and no empty one";
                return Err(cx.file.bad(entry, "an exemplar is missing", remedy));
            }
            Ok(Exemplars {
                act: cx.act(&entry, "act", &one.act)?,
                zh: one.zh,
                en: one.en,
            })
        })
        .collect()
}

pub(super) fn storm(cx: &Cx<'_>, raw: Vec<RawStorm>) -> Result<Vec<StormEvent>, BadContent> {
    let mut out = Vec::with_capacity(raw.len());
    for event in raw {
        let entry = format!("storm at {}", event.at);
        let kind = StormKind::from_name(&event.kind);
        let kinds = StormKind::ALL.iter().map(|k| k.as_str());
        let kind = cx.word(&entry, "kind", &event.kind, kind, kinds)?;
        if kind == StormKind::SecondCaller && event.scenario.is_empty() {
            let remedy = "write scenario = \"SIM-…\"";
            return Err(cx.file.bad(entry, "nobody is the second caller", remedy));
        }
        out.push(StormEvent {
            at: event.at,
            kind,
            seconds: event.seconds,
            level: cx.level(&entry, event.level)?,
            text: cx.both(&entry, event.zh, event.en)?,
            scenario: event.scenario,
        });
    }
    out.sort_by_key(|e| e.at);
    Ok(out)
}

pub(super) fn traps(cx: &Cx<'_>, raw: Vec<RawTrap>) -> Result<Vec<Trap>, BadContent> {
    let mut ids = BTreeSet::new();
    let mut out = Vec::with_capacity(raw.len());
    for trap in raw {
        let entry = format!("trap {}", trap.id);
        if !ids.insert(trap.id.clone()) {
            let remedy = "give one of them another id";
            return Err(cx.file.bad(entry, "the id stands twice", remedy));
        }
        let kind = TrapKind::from_name(&trap.kind);
        let kinds = TrapKind::ALL.iter().map(|k| k.as_str());
        let kind = cx.word(&entry, "kind", &trap.kind, kind, kinds)?;
        let act = match &trap.act {
            Some(act) => Some(cx.act(&entry, "act", act)?),
            None => None,
        };
        if kind == TrapKind::Rule && crate::coach::lint::rule(&trap.rule).is_none() {
            let remedy = "write the id of a lint rule, such as rule = \"LAW-04\"";
            return Err(cx.file.bad(entry, "there is no such rule", remedy));
        }
        if kind != TrapKind::Rule && act.is_none() {
            let remedy = "write act = \"…\"";
            return Err(cx.file.bad(entry, "it names no act", remedy));
        }
        out.push(Trap {
            why: cx.both(&entry, trap.zh, trap.en)?,
            id: trap.id,
            kind,
            rule: trap.rule,
            act,
            critical: trap.critical,
        });
    }
    Ok(out)
}

pub(super) fn agents(cx: &Cx<'_>, raw: Vec<RawAgent>) -> Result<Vec<ScriptedAgent>, BadContent> {
    let mut out: Vec<ScriptedAgent> = Vec::with_capacity(raw.len());
    for agent in raw {
        let entry = format!("agent {}", agent.kind);
        let kind = AgentKind::from_name(&agent.kind);
        let kinds = AgentKind::ALL.iter().map(|k| k.as_str());
        out.push(ScriptedAgent {
            kind: cx.word(&entry, "kind", &agent.kind, kind, kinds)?,
            turns: cx.pairs(&entry, agent.turns)?,
            lesson: cx.both(&entry, agent.lesson_zh, agent.lesson_en)?,
        });
    }
    for kind in AgentKind::ALL {
        if out.iter().filter(|a| a.kind == *kind).count() != 1 {
            return Err(cx.file.bad(
                format!("agent {}", kind.as_str()),
                "the lesson needs each of the three agents once",
                "write one [[agent]] of each kind",
            ));
        }
    }
    Ok(out)
}

pub(super) fn review(cx: &Cx<'_>, raw: RawReview) -> Result<Review, BadContent> {
    let approved = match raw.state.as_str() {
        "approved" => true,
        "draft" => false,
        other => {
            let what = format!("state = \"{other}\" is not known here");
            return Err(cx.file.bad("review", what, "write draft or approved"));
        }
    };
    Ok(Review {
        author: raw.author,
        approved,
        notes: raw.notes,
    })
}
