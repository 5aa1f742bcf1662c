//! How well an entry fits a ticket: item, need, feeling, the entry's own words, and what lies under a blamed manner.

use crate::coach::content::{Band, Content, Entry, Need, PartKind, Status, Under};
use crate::coach::read::{self, Fix, NeedState, Reading, Risk};

use super::Facts;
use crate::domain::taxonomy::ItemId;
use crate::text::tokens::fold;

/// What an item counts that a person confirmed; one only proposed; all others count their confidence (0 to 95).
const CONFIRMED: u32 = 200;
const PROPOSED: u32 = 90;
/// What the need under the words counts.
const NEED: u32 = 30;
/// What an entry counts for the item that the words show under a blamed one (mission HE1).
const UNDERNEATH: u32 = 90;
/// Readings less sure than this, in percent, are noise.
const NOISE: u8 = 12;
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
    /// What the words show under the item that is blamed.
    pub(super) under: Vec<&'a Under>,
    /// What would answer the need under the words, if it shows.
    pub(super) need: Option<(Need, u32)>,
}

impl<'a> Heard<'a> {
    pub(super) fn new(
        content: &'a Content,
        facts: &Facts,
        reading: &'a Reading,
        band: Band,
        text: &str,
    ) -> Self {
        let named = facts.ticket.item.as_ref();
        let named = named.or_else(|| reading.ranked.first().map(|p| &p.item));
        let words = fold(text);
        let shows = |u: &&Under| {
            named == Some(&u.blamed) && u.words.iter().any(|w| words.contains(w.as_str()))
        };
        Self {
            under: content.under.iter().filter(shows).collect(),
            reading,
            band,
            words: read::entry_words(content, text),
            need: wanted(reading),
        }
    }
}

/// What would answer the need that shows in the words, and how much that counts: less the less sure the reader is.
pub(super) fn wanted(reading: &Reading) -> Option<(Need, u32)> {
    if reading.has(Risk::Safety) {
        return Some((Need::Safety, NEED));
    }
    if let Some(guess) = &reading.need {
        let sure = match guess.state {
            NeedState::Stated => 100,
            NeedState::Suspected => u32::from(guess.confidence),
        };
        return Some((need_of(guess.fix), NEED * sure / 100));
    }
    reading.has(Risk::AsksWhy).then_some((Need::Cause, NEED))
}

const fn need_of(fix: Fix) -> Need {
    match fix {
        Fix::Cause => Need::Cause,
        Fix::Fix => Need::Fix,
        Fix::Goal => Need::Goal,
        Fix::Respect => Need::Respect,
        Fix::Money => Need::Money,
        Fix::Safety => Need::Safety,
    }
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

/// What speaks for an item: a person's word, and what the customer's words say now.
fn fit(facts: &Facts, heard: &Heard<'_>, item: &ItemId) -> u32 {
    let mut fit = 0;
    if facts.ticket.item.as_ref() == Some(item) {
        fit += if facts.ticket.item_confirmed {
            CONFIRMED
        } else {
            PROPOSED
        };
    }
    let mut ranked = heard.reading.ranked.iter();
    let read = ranked.find(|p| p.item == *item && p.confidence >= NOISE);
    fit + read.map_or(0, |p| u32::from(p.confidence))
}

/// How well an entry fits: an item a person confirmed outweighs a proposed one, that one what the words say now; need, feeling
/// and words of the entry decide between entries of one item. The entry whose first item it is goes before one that also serves it.
fn score(facts: &Facts, heard: &Heard<'_>, entry: &Entry, place: usize) -> u32 {
    let own = heard
        .words
        .iter()
        .find(|(e, _)| *e == place)
        .map_or(0, |(_, n)| *n);
    let mut score = 0;
    for (at, item) in entry.items.iter().enumerate() {
        let mut fit = fit(facts, heard, item);
        if at > 0 {
            fit = fit * 9 / 10;
        } else if let Some(under) = heard.under.iter().find(|u| u.item == *item) {
            // A clerk is blamed and the words beside it show the wait: the line that answers the wait goes first.
            fit = fit.max(self::fit(facts, heard, &under.blamed) * 9 / 10) + UNDERNEATH;
        }
        score = score.max(fit);
    }
    if score == 0 && own == 0 {
        return 0;
    }
    score += u32::try_from(own.min(WORDS)).unwrap_or(0) * WORD;
    if let Some((need, counts)) = heard.need
        && need == entry.need
    {
        score += counts;
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
