//! Lexicons: the phrases that the reader and the lint look for, made into two scanners.

use serde::Deserialize;

use super::playbook::Entry;
use super::{BadContent, File, Sources};
use crate::coach::folded::Scanner;
use crate::coach::signals::{self, Cues, Says};
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::Act;

/// What a phrase in a customer's words stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::coach) enum Heard {
    /// Speaks for an item (place in `Content::items`) with weight 1 to 3.
    Item(usize, u8),
    /// Speaks for a playbook entry (place in `Content::entries`).
    Entry(usize),
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

pub(super) fn scanner<T: Copy>(
    file: &File<'_>,
    phrases: Vec<(String, T)>,
) -> Result<Scanner<T>, BadContent> {
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
    Ok((items, scanner(&sources.items, phrases)?))
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

/// The cues of feeling, risk and conduct.
pub(super) fn cues(sources: &Sources<'_>) -> Result<Cues<Says>, BadContent> {
    let files = [&sources.feeling, &sources.risk];
    let texts = files.map(|f| f.text);
    signals::compile(&texts).map_err(|bad| {
        let file = files.get(bad.file).copied().unwrap_or(&sources.feeling);
        file.bad(
            bad.entry,
            bad.what,
            "write it like its neighbours in the shipped file",
        )
    })
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
