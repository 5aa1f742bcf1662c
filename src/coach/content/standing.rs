//! Lines that stand for every item: first words when the matter is not known yet, what belongs to every no, soft questions.

use serde::Deserialize;

use super::playbook::{self, Band, Both, PartKind};
use super::{BadContent, File, check_items};
use crate::coach::slots;
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::Act;
use crate::text::tokens::fold;

/// Why a soft question is put (mission AN8).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// The customer asks again what was asked before.
    Repeats,
    /// The customer hesitates.
    Hesitates,
}

/// What a standing line is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Said in place of a playbook entry while the matter is not known.
    AskFirst,
    /// Beside a no whose entry names no rights or no other way.
    Decline,
    /// In place of an entry's own question whether it suits, when that has a gap; `call` when a call was promised, to a
    /// customer whose number nobody knows.
    Confirm {
        /// Whether a call was promised.
        call: bool,
    },
    /// A soft question.
    Soft(Cue),
}

/// A line that stands for every item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StandingLine {
    /// Its stable name: `standing`, its use, its part and its place among those of the same use and part from 1.
    pub id: String,
    /// What it is for.
    pub standing: Standing,
    /// The part it plays.
    pub part: PartKind,
    /// The feeling it is meant for; only lines that empathize have one.
    pub band: Option<Band>,
    /// What the words do.
    pub acts: Vec<Act>,
    /// The words.
    pub text: Both,
}

/// What a complaint about one item may hide: words beside it that show another item is what hurts (mission HE1).
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Under {
    /// The item that is named.
    pub blamed: ItemId,
    /// The item that the words show.
    pub item: ItemId,
    /// The words, folded as they are compared.
    pub words: Vec<String>,
}

/// Everything that stands for every item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StandingContent {
    /// The lines.
    pub lines: Vec<StandingLine>,
    /// What complaints may hide.
    pub under: Vec<Under>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    line: Vec<RawLine>,
    #[serde(default)]
    under: Vec<Under>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Use {
    AskFirst,
    Decline,
    Confirm,
    ConfirmCall,
    Soft,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    r#use: Use,
    cue: Option<Cue>,
    part: String,
    band: Option<String>,
    acts: Vec<String>,
    zh: String,
    en: String,
}

pub(super) fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<StandingContent, BadContent> {
    let raw: Raw = file.read()?;
    let mut out: Vec<StandingLine> = Vec::with_capacity(raw.line.len());
    for line in raw.line {
        let part = playbook::part(&line.part, file, "line")?;
        let (standing, name) = match (line.r#use, line.cue) {
            (Use::AskFirst, None) => (Standing::AskFirst, "ask-first"),
            (Use::Decline, None) => (Standing::Decline, "decline"),
            (Use::Confirm, None) => (Standing::Confirm { call: false }, "confirm"),
            (Use::ConfirmCall, None) => (Standing::Confirm { call: true }, "confirm-call"),
            (Use::Soft, Some(cue)) => (Standing::Soft(cue), "soft"),
            _ => {
                return Err(file.bad(
                    line.zh,
                    "soft lines have a cue, others none",
                    "write cue = \"repeats\" or \"hesitates\" with use = \"soft\" only",
                ));
            }
        };
        let place = 1 + out
            .iter()
            .filter(|l| l.standing == standing && l.part == part)
            .count();
        let cue = line.cue.map_or("", |c| match c {
            Cue::Repeats => "-repeats",
            Cue::Hesitates => "-hesitates",
        });
        let id = format!("standing-{name}{cue}/{}/{place}", part.as_str());
        let band = line.band.map(|b| Band::read(&b, file, &id)).transpose()?;
        if band.is_some() != (part == PartKind::Empathize) {
            return Err(file.bad(
                id,
                "lines that empathize have a band, others none",
                "add or remove band",
            ));
        }
        let acts = acts_in(file, &id, &line.acts)?;
        let text = Both {
            zh: line.zh,
            en: line.en,
        };
        text.check(file, &id, "line")?;
        check_slots(file, &id, part, &text)?;
        out.push(StandingLine {
            id,
            standing,
            part,
            band,
            acts,
            text,
        });
    }
    check_whole(file, &out)?;
    let mut under = raw.under;
    for row in &mut under {
        for item in [&row.blamed, &row.item] {
            check_items(file, "under", std::slice::from_ref(item), taxonomy)?;
        }
        for word in &mut row.words {
            *word = fold(word);
        }
        if row.words.iter().any(String::is_empty) || row.words.is_empty() {
            return Err(file.bad(
                "under",
                format!(
                    "no words show {} under {}",
                    row.item.as_str(),
                    row.blamed.as_str()
                ),
                "write at least one word, none empty",
            ));
        }
    }
    Ok(StandingContent { lines: out, under })
}

fn acts_in(file: &File<'_>, id: &str, names: &[String]) -> Result<Vec<Act>, BadContent> {
    let act = |name: &String| {
        Act::from_name(name).ok_or_else(|| {
            file.bad(
                id,
                format!("\"{name}\" is no act"),
                "use a name of the act list, such as ask_open",
            )
        })
    };
    names.iter().map(act).collect()
}

fn check_slots(file: &File<'_>, id: &str, part: PartKind, text: &Both) -> Result<(), BadContent> {
    for words in [&text.zh, &text.en] {
        let names = slots::names(words).map_err(|what| {
            file.bad(id, what, format!("use one of: {}", slots::KNOWN.join(", ")))
        })?;
        let times = names.iter().filter(|n| n.starts_with("due.")).count();
        if times != usize::from(part == PartKind::Commit) {
            return Err(file.bad(
                id,
                format!("it names {times} times"),
                "a commitment names exactly one {due...}, other lines none",
            ));
        }
    }
    Ok(())
}

/// What the coach cannot do without: two lines a band and the steps of asking first, rights and another way beside a no, two
/// soft questions a cue.
fn check_whole(file: &File<'_>, lines: &[StandingLine]) -> Result<(), BadContent> {
    let count = |standing, part, band: Option<Band>| {
        lines
            .iter()
            .filter(|l| l.standing == standing && l.part == part)
            .filter(|l| band.is_none() || l.band == band)
            .count()
    };
    let first = Standing::AskFirst;
    let bands = [Band::Calm, Band::Annoyed, Band::Angry, Band::Furious];
    let enough = bands
        .iter()
        .all(|b| count(first, PartKind::Empathize, Some(*b)) >= 2)
        && [PartKind::Ask, PartKind::Commit, PartKind::Confirm]
            .iter()
            .all(|p| count(first, *p, None) >= 1)
        && [PartKind::Rights, PartKind::Options]
            .iter()
            .all(|p| count(Standing::Decline, *p, None) >= 1)
        && [true, false]
            .iter()
            .all(|c| count(Standing::Confirm { call: *c }, PartKind::Confirm, None) >= 1)
        && [Cue::Repeats, Cue::Hesitates]
            .iter()
            .all(|c| count(Standing::Soft(*c), PartKind::Ask, None) >= 2);
    if enough {
        return Ok(());
    }
    Err(file.bad(
        "the whole",
        "a line is missing that every item needs",
        "keep two empathize lines a band, ask, commit and confirm for ask_first, rights and options for decline, two soft lines a cue",
    ))
}
