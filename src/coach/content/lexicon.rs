//! Lexicons: the phrases that the reader and the lint look for, made into two scanners.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::playbook::Entry;
use super::{BadContent, File, Sources};
use crate::coach::folded::Scanner;
use crate::coach::signals::Risk;
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::Act;

/// What a phrase in a customer's words stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::coach) enum Heard {
    /// Speaks for an item (place in `Content::items`) with weight 1 to 3.
    Item(usize, u8),
    /// Speaks for a playbook entry (place in `Content::entries`).
    Entry(usize),
    /// Anger, 1 to 3.
    Anger(u8),
    /// A risk.
    Risk(Risk),
    /// Turns the next words round.
    Negation,
    /// Raises what follows.
    Intensifier,
    /// A longer word in which a word of anger or risk is none.
    Harmless,
}

/// What a phrase in our own words stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::coach) enum Spoken {
    /// Makes an act likely.
    Act(Act),
    /// Takes the customer's side; specific or generic is seen from the sentence.
    Ack,
    /// A formula that names nothing.
    AckFormula,
    /// A future deed of ours.
    Deed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemsFile {
    item: Vec<ItemWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemWords {
    id: String,
    zh: Vec<Weighted>,
    en: Vec<Weighted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weighted {
    w: String,
    s: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    zh: Vec<String>,
    en: Vec<String>,
    #[serde(default, rename = "except_zh")]
    _except_zh: Vec<String>,
    #[serde(default, rename = "except_en")]
    _except_en: Vec<String>,
}

impl Words {
    fn all(self) -> impl Iterator<Item = String> {
        self.zh.into_iter().chain(self.en)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Graded {
    s: u8,
    w: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anger {
    zh: Vec<Graded>,
    en: Vec<Graded>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignalsFile {
    // Read so that the file is checked whole; their rules have lists of their own.
    #[serde(rename = "vague_time")]
    _vague_time: Words,
    #[serde(rename = "busy_excuse")]
    _busy_excuse: Words,
    risk: BTreeMap<String, Words>,
    anger: Anger,
    negation: Words,
    intensifier: Words,
    repeat: Words,
    rejects: Words,
    compensation: Words,
    churn: Words,
    asks_why: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToneFile {
    harmless: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActsFile {
    act: Vec<ActCues>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActCues {
    id: String,
    zh: Vec<String>,
    en: Vec<String>,
}

fn scanner<T: Copy>(file: &File<'_>, phrases: Vec<(String, T)>) -> Result<Scanner<T>, BadContent> {
    if phrases.iter().any(|(text, _)| text.trim().is_empty()) {
        return Err(file.bad(
            "words",
            "an empty phrase",
            "remove it: it would match everywhere",
        ));
    }
    Scanner::new(phrases)
        .map_err(|e| file.bad("words", e.to_string(), "shorten the list of phrases"))
}

fn grade(file: &File<'_>, entry: &str, s: u8) -> Result<u8, BadContent> {
    if (1..=3).contains(&s) {
        Ok(s)
    } else {
        Err(file.bad(entry, format!("s = {s}"), "a weight is 1, 2 or 3"))
    }
}

/// The items of the lexicon and the scanner for customers' words.
pub(super) fn heard(
    sources: &Sources<'_>,
    taxonomy: &Taxonomy,
    entries: &[Entry],
) -> Result<(Vec<ItemId>, Scanner<Heard>), BadContent> {
    let mut phrases = Vec::new();
    let items = item_words(sources, taxonomy, &mut phrases)?;
    for (place, entry) in entries.iter().enumerate() {
        phrases.extend(entry.words.iter().map(|w| (w.clone(), Heard::Entry(place))));
    }
    let file = &sources.signals;
    let signals: SignalsFile = file.read()?;
    for graded in signals.anger.zh.into_iter().chain(signals.anger.en) {
        let s = grade(file, "anger", graded.s)?;
        phrases.extend(graded.w.into_iter().map(|w| (w, Heard::Anger(s))));
    }
    for (name, words) in signals.risk {
        let risk = match name.as_str() {
            "regulator" => Risk::Regulator,
            "media" => Risk::Media,
            "legal" => Risk::Legal,
            "safety" => Risk::Safety,
            _ => {
                return Err(file.bad(
                    format!("risk.{name}"),
                    "this risk is not known",
                    "write one of: regulator, media, legal, safety",
                ));
            }
        };
        phrases.extend(words.all().map(|w| (w, Heard::Risk(risk))));
    }
    for (words, risk) in [
        (signals.repeat, Risk::Repeat),
        (signals.rejects, Risk::Rejects),
        (signals.compensation, Risk::Compensation),
        (signals.churn, Risk::Churn),
        (signals.asks_why, Risk::AsksWhy),
    ] {
        phrases.extend(words.all().map(|w| (w, Heard::Risk(risk))));
    }
    let tone: ToneFile = sources.tone.read()?;
    for (words, tag) in [
        (signals.negation, Heard::Negation),
        (signals.intensifier, Heard::Intensifier),
        (tone.harmless, Heard::Harmless),
    ] {
        phrases.extend(words.all().map(|w| (w, tag)));
    }
    Ok((items, scanner(file, phrases)?))
}

fn item_words(
    sources: &Sources<'_>,
    taxonomy: &Taxonomy,
    phrases: &mut Vec<(String, Heard)>,
) -> Result<Vec<ItemId>, BadContent> {
    let file = &sources.items;
    let lexicon: ItemsFile = file.read()?;
    let mut items = Vec::new();
    for words in lexicon.item {
        if !taxonomy.items.iter().any(|i| i.id.as_str() == words.id) {
            return Err(file.bad(
                words.id,
                "the taxonomy has no such item",
                "use an id of taxonomy.toml",
            ));
        }
        if words.zh.is_empty() || words.en.is_empty() {
            return Err(file.bad(
                words.id,
                "words of one language are missing",
                "add zh and en",
            ));
        }
        for weighted in words.zh.into_iter().chain(words.en) {
            let s = grade(file, &words.id, weighted.s)?;
            phrases.push((weighted.w, Heard::Item(items.len(), s)));
        }
        items.push(ItemId(words.id));
    }
    if let Some(item) = taxonomy.items.iter().find(|i| !items.contains(&i.id)) {
        return Err(file.bad(
            item.id.as_str(),
            "no words point to this item",
            "add an [[item]]",
        ));
    }
    Ok(items)
}

/// The scanner for our own words.
pub(super) fn spoken(sources: &Sources<'_>) -> Result<Scanner<Spoken>, BadContent> {
    let mut phrases = Vec::new();
    let file = &sources.acts;
    let acts: ActsFile = file.read()?;
    for cues in acts.act {
        let tag = match cues.id.as_str() {
            "ack" => Spoken::Ack,
            "ack_generic" => Spoken::AckFormula,
            "commit" => Spoken::Deed,
            // Moves that no response step knows; the coach's next form scores them.
            "paraphrase" | "thanks" | "process_only" | "policy_shield" | "transfer_cold" => {
                continue;
            }
            other => Spoken::Act(Act::from_name(other).ok_or_else(|| {
                file.bad(other, "this act is not known", "use a name of the act list")
            })?),
        };
        phrases.extend(cues.zh.into_iter().chain(cues.en).map(|w| (w, tag)));
    }
    scanner(file, phrases)
}
