//! Reading a scenario's file: what could not be played is refused, with file, entry and remedy.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Card, Demand, Exemplars, HiddenNeed, Known, Persona, Review, Saying, Scenario, ScriptedAgent,
    Start, StormEvent, ToldBy, Trap,
};
use crate::coach::BadContent;
use crate::coach::content::{Band, Both, File, Need};
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::{Channel, Tier};
use crate::sim::names::{Act, AgentKind, Outside, Psychology, Situation, StormKind, TrapKind};
use crate::sim::points::Points;

/// The highest level.
const TOP_LEVEL: u8 = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    version: u32,
    title_zh: String,
    title_en: String,
    item: String,
    channel: String,
    psychology: String,
    minutes: u32,
    levels: Vec<u8>,
    persona: RawPersona,
    start: RawStart,
    need: RawNeed,
    #[serde(default)]
    ladder: Vec<RawDemand>,
    say: Vec<RawSaying>,
    #[serde(default)]
    fact: Vec<RawFact>,
    card: RawCard,
    #[serde(default)]
    exemplar: Vec<RawExemplar>,
    #[serde(default)]
    storm: Vec<RawStorm>,
    #[serde(default)]
    trap: Vec<RawTrap>,
    agent: Vec<RawAgent>,
    review: RawReview,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPersona {
    irritability: f64,
    talkativeness: f64,
    literacy: f64,
    entitlement: f64,
    outside: String,
    abuse_at: Option<f64>,
    #[serde(default)]
    vulnerable: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStart {
    anger: f64,
    trust: f64,
    clarity: f64,
    face: f64,
    patience: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNeed {
    fix: String,
    name: String,
    zh: String,
    en: String,
    direct: String,
    #[serde(default)]
    meets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDemand {
    demand_zh: String,
    demand_en: String,
    lines: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSaying {
    when: String,
    band: Option<String>,
    after: Option<String>,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    id: String,
    asked_zh: Vec<String>,
    asked_en: Vec<String>,
    told: Option<String>,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCard {
    name_zh: String,
    name_en: String,
    tier: String,
    phone: String,
    #[serde(default)]
    history: Vec<Pair>,
    #[serde(default)]
    values: BTreeMap<String, Pair>,
    cause: Option<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExemplar {
    act: String,
    zh: Vec<String>,
    en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStorm {
    at: u32,
    kind: String,
    #[serde(default)]
    seconds: u32,
    level: u8,
    zh: String,
    en: String,
    #[serde(default)]
    scenario: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrap {
    id: String,
    kind: String,
    #[serde(default)]
    rule: String,
    act: Option<String>,
    critical: bool,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgent {
    kind: String,
    turns: Vec<Pair>,
    lesson_zh: String,
    lesson_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReview {
    author: String,
    state: String,
    notes: String,
}

/// What every check needs: the file that is spoken of.
struct Cx<'a> {
    file: &'a File<'a>,
}

impl Cx<'_> {
    /// One of a closed list.
    fn word<T>(
        &self,
        entry: &str,
        key: &str,
        name: &str,
        found: Option<T>,
        known: impl Iterator<Item = &'static str>,
    ) -> Result<T, BadContent> {
        found.ok_or_else(|| {
            let known: Vec<&str> = known.collect();
            self.file.bad(
                entry,
                format!("{key} = \"{name}\" is not known here"),
                format!("write one of: {}", known.join(" ")),
            )
        })
    }

    fn act(&self, entry: &str, key: &str, name: &str) -> Result<Act, BadContent> {
        let known = Act::ALL.iter().map(|a| a.as_str());
        self.word(entry, key, name, Act::from_name(name), known)
    }

    /// A text that must stand in both languages.
    fn both(&self, entry: &str, zh: String, en: String) -> Result<Both, BadContent> {
        for (lang, text) in [("zh", &zh), ("en", &en)] {
            if text.trim().is_empty() {
                let what = format!("its {lang} is empty");
                let remedy = "write the text in both languages";
                return Err(self.file.bad(entry, what, remedy));
            }
        }
        Ok(Both { zh, en })
    }

    fn pair(&self, entry: &str, pair: Pair) -> Result<Both, BadContent> {
        self.both(entry, pair.zh, pair.en)
    }

    fn pairs(&self, entry: &str, pairs: Vec<Pair>) -> Result<Vec<Both>, BadContent> {
        pairs.into_iter().map(|p| self.pair(entry, p)).collect()
    }

    /// A number within bounds, in thousandths.
    fn number(
        &self,
        entry: &str,
        key: &str,
        value: f64,
        from: f64,
        to: f64,
    ) -> Result<Points, BadContent> {
        if (from..=to).contains(&value) {
            return Ok(Points::of(value));
        }
        Err(self.file.bad(
            entry,
            format!("{key} = {value} is out of bounds"),
            format!("write a number from {from} to {to}"),
        ))
    }

    fn level(&self, entry: &str, level: u8) -> Result<u8, BadContent> {
        if level <= TOP_LEVEL {
            return Ok(level);
        }
        Err(self.file.bad(
            entry,
            format!("there is no level {level}"),
            "write a level from 0 to 5",
        ))
    }
}

pub(super) fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<Scenario, BadContent> {
    let raw: Raw = file.read()?;
    let cx = Cx { file };
    let item = ItemId(raw.item.clone());
    if taxonomy.item(&item).is_none() {
        let what = format!("the item {} does not exist", raw.item);
        return Err(file.bad("item", what, "write an item of taxonomy.toml"));
    }
    let stem = file
        .name
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".toml");
    if !raw.id.eq_ignore_ascii_case(stem) {
        let what = format!("the id {} is not the file's name", raw.id);
        return Err(file.bad("id", what, "name the file after the id, in small letters"));
    }
    let mut levels = raw.levels;
    levels.sort_unstable();
    levels.dedup();
    for level in &levels {
        cx.level("levels", *level)?;
    }
    let psychologies = Psychology::ALL.iter().map(|p| p.as_str());
    let psychology = Psychology::from_name(&raw.psychology);
    let channels = Channel::ALL.iter().map(|c| c.as_str());
    let channel = Channel::from_name(&raw.channel);
    let digest = Sha256::digest(file.text.as_bytes());
    Ok(Scenario {
        version: raw.version,
        fingerprint: digest.iter().take(8).map(|b| format!("{b:02x}")).collect(),
        title: cx.both("title", raw.title_zh, raw.title_en)?,
        item,
        channel: cx.word("channel", "channel", &raw.channel, channel, channels)?,
        psychology: cx.word(
            "psychology",
            "psychology",
            &raw.psychology,
            psychology,
            psychologies,
        )?,
        minutes: raw.minutes,
        levels,
        persona: persona(&cx, &raw.persona)?,
        start: start(&cx, &raw.start)?,
        need: need(&cx, raw.need)?,
        ladder: ladder(&cx, raw.ladder)?,
        sayings: sayings(&cx, raw.say)?,
        facts: facts(&cx, raw.fact)?,
        card: card(&cx, raw.card)?,
        exemplars: exemplars(&cx, raw.exemplar)?,
        storm: storm(&cx, raw.storm)?,
        traps: traps(&cx, raw.trap)?,
        agents: agents(&cx, raw.agent)?,
        review: review(&cx, raw.review)?,
        id: raw.id,
    })
}

fn persona(cx: &Cx<'_>, raw: &RawPersona) -> Result<Persona, BadContent> {
    let of = "persona";
    let number = |key, value, from, to| cx.number(of, key, value, from, to);
    let outside = Outside::from_name(&raw.outside);
    let known = Outside::ALL.iter().map(|o| o.as_str());
    Ok(Persona {
        irritability: number("irritability", raw.irritability, 0.5, 2.0)?,
        talkativeness: number("talkativeness", raw.talkativeness, 0.0, 1.0)?,
        literacy: number("literacy", raw.literacy, 0.0, 1.0)?,
        entitlement: number("entitlement", raw.entitlement, 0.0, 1.0)?,
        outside: cx.word(of, "outside", &raw.outside, outside, known)?,
        abuse_at: match raw.abuse_at {
            Some(at) => Some(number("abuse_at", at, 0.0, 100.0)?),
            None => None,
        },
        vulnerable: raw.vulnerable,
    })
}

fn start(cx: &Cx<'_>, raw: &RawStart) -> Result<Start, BadContent> {
    let number = |key, value, to| cx.number("start", key, value, 0.0, to);
    Ok(Start {
        anger: number("anger", raw.anger, 100.0)?,
        trust: number("trust", raw.trust, 100.0)?,
        clarity: number("clarity", raw.clarity, 100.0)?,
        face: number("face", raw.face, 100.0)?,
        patience: cx.number("start", "patience", raw.patience, 30.0, 3_600.0)?,
    })
}

fn need(cx: &Cx<'_>, raw: RawNeed) -> Result<HiddenNeed, BadContent> {
    let fix = Need::ALL.iter().copied().find(|n| n.as_str() == raw.fix);
    let fixes = Need::ALL.iter().map(|n| n.as_str());
    Ok(HiddenNeed {
        fix: cx.word("need", "fix", &raw.fix, fix, fixes)?,
        name: raw.name,
        words: cx.both("need", raw.zh, raw.en)?,
        direct: cx.act("need", "direct", &raw.direct)?,
        meets: raw
            .meets
            .iter()
            .map(|act| cx.act("need", "meets", act))
            .collect::<Result<_, _>>()?,
    })
}

fn ladder(cx: &Cx<'_>, raw: Vec<RawDemand>) -> Result<Vec<Demand>, BadContent> {
    let mut out = Vec::with_capacity(raw.len());
    for (at, step) in raw.into_iter().enumerate() {
        let entry = format!("ladder {}", at + 1);
        if step.lines.is_empty() {
            let remedy = "write at least one line = { zh = \"…\", en = \"…\" }";
            return Err(cx.file.bad(entry, "it has no lines", remedy));
        }
        out.push(Demand {
            demand: cx.both(&entry, step.demand_zh, step.demand_en)?,
            lines: cx.pairs(&entry, step.lines)?,
        });
    }
    Ok(out)
}

fn sayings(cx: &Cx<'_>, raw: Vec<RawSaying>) -> Result<Vec<Saying>, BadContent> {
    let mut out = Vec::with_capacity(raw.len());
    for (at, say) in raw.into_iter().enumerate() {
        let entry = format!("say {} ({})", at + 1, say.zh);
        let when = Situation::from_name(&say.when);
        let situations = Situation::ALL.iter().map(|s| s.as_str());
        let band = match &say.band {
            None => None,
            Some(name) => {
                let band = Band::ALL.iter().copied().find(|b| b.as_str() == name);
                let bands = Band::ALL.iter().map(|b| b.as_str());
                Some(cx.word(&entry, "band", name, band, bands)?)
            }
        };
        let after = say.after.as_ref();
        out.push(Saying {
            when: cx.word(&entry, "when", &say.when, when, situations)?,
            band,
            after: after.map(|a| cx.act(&entry, "after", a)).transpose()?,
            text: cx.both(&entry, say.zh, say.en)?,
        });
    }
    let opens = out.iter().any(|s| s.when == Situation::Opening);
    if !opens {
        let remedy = "write a [[say]] with when = \"opening\"";
        return Err(cx.file.bad("say", "nobody opens the contact", remedy));
    }
    Ok(out)
}

fn facts(cx: &Cx<'_>, raw: Vec<RawFact>) -> Result<Vec<Known>, BadContent> {
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
        let empty = |words: &[String]| words.is_empty() || words.iter().any(|w| w.trim().is_empty());
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

fn card(cx: &Cx<'_>, raw: RawCard) -> Result<Card, BadContent> {
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
        let remedy = "write an invented number, such as 130 0000 5678";
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

fn exemplars(cx: &Cx<'_>, raw: Vec<RawExemplar>) -> Result<Vec<Exemplars>, BadContent> {
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

fn storm(cx: &Cx<'_>, raw: Vec<RawStorm>) -> Result<Vec<StormEvent>, BadContent> {
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

fn traps(cx: &Cx<'_>, raw: Vec<RawTrap>) -> Result<Vec<Trap>, BadContent> {
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

fn agents(cx: &Cx<'_>, raw: Vec<RawAgent>) -> Result<Vec<ScriptedAgent>, BadContent> {
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

fn review(cx: &Cx<'_>, raw: RawReview) -> Result<Review, BadContent> {
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
