//! Reading a scenario's file: what could not be played is refused, with file, entry and remedy.

use sha2::{Digest, Sha256};

use super::parts::{agents, card, exemplars, facts, review, storm, traps};
use super::raw::{Pair, Raw, RawDemand, RawNeed, RawPersona, RawSaying, RawStart};
use super::{Demand, HiddenNeed, Persona, Saying, Scenario, Start};
use crate::coach::BadContent;
use crate::coach::content::{Band, Both, File, Need};
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::Channel;
use crate::sim::names::{Act, Outside, Psychology, Situation};
use crate::sim::points::Points;

/// The highest level.
const TOP_LEVEL: u8 = 5;

/// What every check needs: the file that is spoken of.
pub(super) struct Cx<'a> {
    pub(super) file: &'a File<'a>,
}

impl Cx<'_> {
    /// One of a closed list.
    pub(super) fn word<T>(
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

    pub(super) fn act(&self, entry: &str, key: &str, name: &str) -> Result<Act, BadContent> {
        let known = Act::ALL.iter().map(|a| a.as_str());
        self.word(entry, key, name, Act::from_name(name), known)
    }

    /// A text that must stand in both languages.
    pub(super) fn both(&self, entry: &str, zh: String, en: String) -> Result<Both, BadContent> {
        for (lang, text) in [("zh", &zh), ("en", &en)] {
            if text.trim().is_empty() {
                let what = format!("its {lang} is empty");
                let remedy = "write the text in both languages";
                return Err(self.file.bad(entry, what, remedy));
            }
        }
        Ok(Both { zh, en })
    }

    pub(super) fn pair(&self, entry: &str, pair: Pair) -> Result<Both, BadContent> {
        self.both(entry, pair.zh, pair.en)
    }

    pub(super) fn pairs(&self, entry: &str, pairs: Vec<Pair>) -> Result<Vec<Both>, BadContent> {
        pairs.into_iter().map(|p| self.pair(entry, p)).collect()
    }

    /// A number within bounds, in thousandths.
    pub(super) fn number(
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

    pub(super) fn level(&self, entry: &str, level: u8) -> Result<u8, BadContent> {
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
