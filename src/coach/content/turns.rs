//! Short moves of a customer within a conversation: yes, no, a question, hesitation.

use serde::Deserialize;

use super::lexicon::scanner;
use super::{BadContent, Sources};
use crate::coach::folded::Scanner;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Move {
    Yes,
    No,
    Neither,
    Asks,
    Hesitates,
}

/// What the moves are heard by.
#[derive(Debug)]
pub(in crate::coach) struct TurnWords {
    moves: Scanner<Move>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnsFile {
    yes: Words,
    no: Words,
    neither: Words,
    asks: Words,
    hesitates: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    zh: Vec<String>,
    en: Vec<String>,
}

impl TurnWords {
    pub(super) fn parse(sources: &Sources<'_>) -> Result<Self, BadContent> {
        let file: TurnsFile = sources.turns.read()?;
        let phrases = [
            (file.yes, Move::Yes),
            (file.no, Move::No),
            (file.neither, Move::Neither),
            (file.asks, Move::Asks),
            (file.hesitates, Move::Hesitates),
        ];
        let phrases = phrases
            .into_iter()
            .flat_map(|(w, m)| w.zh.into_iter().chain(w.en).map(move |w| (w, m)));
        let moves = scanner(&sources.turns, phrases.collect())?;
        Ok(Self { moves })
    }

    /// Yes or no at the beginning of folded text; the longer word decides (不是 before 是 would be heard otherwise).
    pub(in crate::coach) fn answer(&self, text: &str) -> Option<bool> {
        let start = text.len() - text.trim_start().len();
        let hits = self.moves.find(text);
        let first = hits.iter().filter(|h| h.at.start == start);
        let answers = first.filter(|h| matches!(h.tag, Move::Yes | Move::No | Move::Neither));
        let longest = answers.max_by_key(|h| (h.at.end, h.tag != Move::Yes))?;
        match longest.tag {
            Move::Yes => Some(true),
            Move::No => Some(false),
            _ => None,
        }
    }

    /// Whether folded text asks.
    pub(in crate::coach) fn asks(&self, text: &str) -> bool {
        self.moves.find(text).iter().any(|h| h.tag == Move::Asks)
    }

    /// Whether folded text hesitates.
    pub(in crate::coach) fn hesitates(&self, text: &str) -> bool {
        self.moves
            .find(text)
            .iter()
            .any(|h| h.tag == Move::Hesitates)
    }
}
