//! Finding in the case library beside a draft: by the ticket's item and by words, typed or heard (mission AN6).
//!
//! "Case" only in this sense. The internal text never leaves through here as something to send: the two texts stand apart.

use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::text::tokens::fold;

use super::content::{CaseEntry, Content};
use super::listened::joined;
use super::propose::Facts;
use super::read;

/// An entry of the case library that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The entry's stable name.
    pub id: String,
    /// The items it is for, its own first.
    pub items: Vec<ItemId>,
    /// What it is about.
    pub title: String,
    /// The standard handling, for staff only.
    pub internal: String,
    /// What a customer may be told or sent.
    pub share: String,
    /// The words that found it.
    pub evidence: Vec<String>,
}

/// How many are worth a glance.
const MOST: usize = 8;
/// What the ticket's own item counts, an item the words only point to, one word of the entry, and a typed word in its texts.
const ITEM: u32 = 40;
const POINTS: u32 = 15;
const WORD: u32 = 12;
const TYPED: u32 = 20;

/// The entries for this ticket, best first; with words typed by the agent, only those that hold them. Nothing that expired.
#[must_use]
pub fn search(
    content: &Content,
    facts: &Facts,
    typed: &str,
    today: jiff::civil::Date,
    lang: Lang,
) -> Vec<Case> {
    let reading = facts.reading(content);
    let heard = fold(&joined(&facts.words));
    let typed: Vec<String> = typed.split_whitespace().map(fold).collect();
    let mut found: Vec<(u32, usize, Case)> = Vec::new();
    for (place, entry) in content.library.iter().enumerate() {
        if today > entry.expires {
            continue;
        }
        let (of_typed, mut evidence) = typed_score(entry, &typed);
        if !typed.is_empty() && of_typed == 0 {
            continue;
        }
        let spoken = entry
            .words
            .iter()
            .filter(|w| heard.contains(fold(w).as_str()));
        let before = evidence.len();
        for word in spoken {
            if !evidence.contains(word) {
                evidence.push(word.clone());
            }
        }
        let words = u32::try_from(evidence.len() - before).unwrap_or(0);
        let of_item = item_score(entry, facts, &reading);
        let score = of_typed + of_item + words * WORD;
        // One weak word alone finds nothing.
        if score > WORD {
            found.push((score, place, told(entry, lang, evidence)));
        }
    }
    found.sort_by_key(|(score, place, _)| (std::cmp::Reverse(*score), *place));
    found.into_iter().take(MOST).map(|(.., c)| c).collect()
}

fn item_score(entry: &CaseEntry, facts: &Facts, reading: &read::Reading) -> u32 {
    let mut best = 0;
    for (at, item) in entry.items.iter().enumerate() {
        let mut fit = 0;
        if facts.ticket.item.as_ref() == Some(item) {
            fit = ITEM;
        } else if let Some(p) = reading.ranked.iter().find(|p| p.item == *item) {
            fit = POINTS + u32::from(p.confidence) / 5;
        }
        // The entry of the item itself goes before one that also serves it.
        best = best.max(if at == 0 { fit } else { fit * 2 / 3 });
    }
    best
}

/// What the typed words find: each must stand somewhere in the entry.
fn typed_score(entry: &CaseEntry, typed: &[String]) -> (u32, Vec<String>) {
    let all = [
        &entry.title.zh,
        &entry.title.en,
        &entry.internal.zh,
        &entry.internal.en,
        &entry.share.zh,
        &entry.share.en,
    ];
    let texts: Vec<String> = all.iter().map(|t| fold(t)).collect();
    let words: Vec<String> = entry.words.iter().map(|w| fold(w)).collect();
    let (mut score, mut evidence) = (0, Vec::new());
    for word in typed {
        let named = words.iter().any(|w| w.contains(word.as_str()));
        let id = entry.items.iter().any(|i| fold(i.as_str()) == *word);
        let stands = texts.iter().any(|t| t.contains(word.as_str()));
        if !named && !id && !stands {
            return (0, Vec::new());
        }
        score += if named || id { TYPED } else { TYPED / 2 };
        evidence.push(word.clone());
    }
    (score, evidence)
}

fn told(entry: &CaseEntry, lang: Lang, evidence: Vec<String>) -> Case {
    Case {
        id: entry.id.clone(),
        items: entry.items.clone(),
        title: entry.title.get(lang).to_owned(),
        internal: entry.internal.get(lang).to_owned(),
        share: entry.share.get(lang).to_owned(),
        evidence,
    }
}
