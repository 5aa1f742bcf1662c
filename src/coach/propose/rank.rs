//! How well an entry fits a ticket: item, need, feeling, the entry's own words, and what lies under a blamed manner.

use crate::coach::content::{Band, Content, Entry, Need, PartKind, Status};
use crate::coach::read::{self, Reading, Risk};

use super::Facts;

/// What an item counts that a person confirmed; one only proposed; all others count their confidence (0 to 95).
const CONFIRMED: u32 = 200;
const PROPOSED: u32 = 90;
/// What the need under the words counts.
const NEED: u32 = 30;
/// What an entry counts whose words show that the item named first is not what hurts (mission HE1).
const UNDERNEATH: u32 = 70;
/// What one word of the entry itself counts, and how many do.
const WORD: u32 = 8;
const WORDS: usize = 4;
/// What a line for just this feeling counts.
const FEELING: u32 = 6;
/// People before everything.
const SAFETY: u32 = 400;

/// What is known of the customer when entries are ranked.
pub(super) struct Heard<'a> {
    /// The reading of all their latest words.
    pub(super) reading: &'a Reading,
    /// The band of their feeling now.
    pub(super) band: Band,
    /// The entries whose own words occur, each with how many.
    pub(super) words: Vec<(usize, usize)>,
    /// What would answer the need under the words, if it shows.
    pub(super) need: Option<Need>,
}

impl<'a> Heard<'a> {
    pub(super) fn new(content: &Content, reading: &'a Reading, band: Band, text: &str) -> Self {
        Self {
            reading,
            band,
            words: read::entry_words(content, text),
            need: wanted(reading),
        }
    }
}

/// What would answer the need that shows in the words.
pub(super) fn wanted(reading: &Reading) -> Option<Need> {
    if reading.has(Risk::Safety) {
        return Some(Need::Safety);
    }
    if reading.has(Risk::AsksWhy) {
        return Some(Need::Cause);
    }
    reading.has(Risk::Compensation).then_some(Need::Money)
}

/// The entries that may be suggested, best first, as places in the content.
pub(super) fn ranked(
    content: &Content,
    facts: &Facts,
    heard: &Heard<'_>,
    today: jiff::civil::Date,
) -> Vec<usize> {
    let mut scored: Vec<(u32, usize)> = content
        .entries
        .iter()
        .enumerate()
        .filter(|(_, e)| e.status == Status::Approved && !e.expired(today))
        .map(|(place, e)| (score(facts, heard, e, place), place))
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
    scored.into_iter().map(|(_, place)| place).collect()
}

/// How well an entry fits: an item a person confirmed outweighs a proposed one, that one what the words say now; need, feeling
/// and words of the entry decide between entries of one item. The entry whose first item it is goes before one that also serves it.
fn score(facts: &Facts, heard: &Heard<'_>, entry: &Entry, place: usize) -> u32 {
    let own = heard
        .words
        .iter()
        .find(|(e, _)| *e == place)
        .map_or(0, |(_, n)| *n);
    let (mut score, mut in_passing) = (0, false);
    for (at, item) in entry.items.iter().enumerate() {
        let mut fit = 0;
        if facts.ticket.item.as_ref() == Some(item) {
            fit += if facts.ticket.item_confirmed {
                CONFIRMED
            } else {
                PROPOSED
            };
        }
        if let Some(read) = heard.reading.ranked.iter().find(|p| p.item == *item) {
            fit += u32::from(read.confidence);
        }
        if at > 0 {
            fit = fit * 9 / 10;
        }
        if fit > score {
            (score, in_passing) = (fit, at > 0);
        }
    }
    if score == 0 && own == 0 {
        return 0;
    }
    score += u32::try_from(own.min(WORDS)).unwrap_or(0) * WORD;
    if in_passing && own > 0 && entry.need == Need::Cause {
        // A clerk is blamed and the entry's own words show the wait: the cause of the wait is what was never asked.
        score += UNDERNEATH;
    }
    if heard.need == Some(entry.need) {
        score += NEED;
    }
    let fits_feeling = |l: &crate::coach::content::Line| {
        l.part == PartKind::Empathize && l.band == Some(heard.band)
    };
    if entry.lines.iter().any(fits_feeling) {
        score += FEELING;
    }
    if entry.need == Need::Safety && heard.reading.has(Risk::Safety) {
        score += SAFETY;
    }
    score
}
