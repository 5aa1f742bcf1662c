//! Who the customer of a draft is: the item, the need under it, the mood, the conduct; and the invented person.

use super::stock::Stock;
use super::{Case, Line, NoDraft, Speaker};
use crate::coach::content::Need;
use crate::coach::read::{Fix, Hint};
use crate::coach::{Coach, Reading};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::sim::names::{Outside, Psychology};

/// Numbers by the feeling of the opening, calm to furious: anger, trust, face, patience in seconds (`FORMAT.md`).
const BY_FEELING: [(u32, u32, u32, u32); 4] = [
    (40, 45, 50, 360),
    (50, 40, 45, 340),
    (65, 34, 40, 320),
    (76, 30, 35, 300),
];
/// Telephone numbers that nobody has begin so.
const NUMBERS: &str = "1990000";

/// An invented customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Person {
    zh: String,
    en: String,
    pub(super) phone: String,
    /// Of whatever has a number: an order, an account.
    pub(super) number: String,
}

impl Person {
    /// By the ticket's seed: the same ticket gives the same person, and the person says nothing of the ticket.
    pub(super) fn invented(stock: &Stock, seed: u64) -> Self {
        let count = u64::try_from(stock.surnames_zh.len()).unwrap_or(1).max(1);
        let at = usize::try_from(seed % count).unwrap_or(0);
        let (zh, en) = if (seed / count).is_multiple_of(2) {
            ("女士", "Ms")
        } else {
            ("先生", "Mr")
        };
        let family = |list: &[String]| list.get(at).cloned().unwrap_or_default();
        Self {
            zh: format!("{}{zh}", family(&stock.surnames_zh)),
            en: format!("{en} {}", family(&stock.surnames_en)),
            phone: format!("{NUMBERS}{:04}", (seed >> 20) % 10_000),
            // Shorter than any real one, and sayable.
            number: format!("60{:04}", (seed >> 40) % 10_000),
        }
    }

    pub(super) fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The last digits of the telephone.
    pub(super) fn last4(&self) -> &str {
        self.phone.get(NUMBERS.len()..).unwrap_or_default()
    }
}

/// What the case says of its customer.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Profile {
    pub(super) item: ItemId,
    /// What answers the need.
    pub(super) fix: Need,
    /// Its name in `needs.toml`.
    pub(super) need: &'static str,
    pub(super) psychology: Psychology,
    /// In tenths.
    pub(super) irritability: u32,
    pub(super) talkativeness: u32,
    pub(super) entitlement: u32,
    pub(super) outside: Outside,
    pub(super) abuses: bool,
    pub(super) anger: u32,
    pub(super) trust: u32,
    pub(super) clarity: u32,
    pub(super) face: u32,
    /// Seconds.
    pub(super) patience: u32,
}

impl Profile {
    /// From the masked lines of the case.
    pub(super) fn of(
        coach: &Coach,
        case: &Case,
        lines: &[Line],
        lang: Lang,
        taxonomy: &Taxonomy,
    ) -> Result<Self, NoDraft> {
        let said: Vec<&str> = lines
            .iter()
            .filter(|l| l.who == Speaker::Customer)
            .map(|l| l.text.as_str())
            .collect();
        let readings: Vec<Reading> = said.iter().map(|t| coach.read(t)).collect();
        let opening = readings.first().ok_or(NoDraft::NoWords)?;
        let read = readings.iter().find_map(|r| r.item.as_ref());
        let item = case
            .item
            .clone()
            .filter(|i| taxonomy.item(i).is_some())
            .or_else(|| read.map(|p| p.item.clone()))
            .ok_or(NoDraft::NoItem)?;
        let (need, fix) = need(coach, &item, &readings);
        let hints = |wanted: Hint| -> usize {
            let all = readings.iter().flat_map(|r| &r.conduct);
            all.filter(|(h, _)| *h == wanted).count()
        };
        let class = class_of(&item);
        let at = usize::from(opening.emotion.min(3));
        let (anger, trust, face, patience) = BY_FEELING[at];
        let angry = readings.iter().filter(|r| r.emotion >= 2).count();
        let demands = hints(Hint::BeyondRule) + hints(Hint::Goodwill) + hints(Hint::Clause);
        let tenths = |n: usize, most: u32| u32::try_from(n).unwrap_or(most).min(most);
        let words: usize = said.iter().map(|t| t.chars().count()).sum();
        let one = if lang == Lang::Zh { 25 } else { 90 };
        Ok(Self {
            fix,
            need,
            psychology: psychology(&hints),
            irritability: 9 + tenths(angry, 3),
            talkativeness: 3 + tenths(words / said.len().max(1) / one, 3),
            entitlement: 2 + 2 * tenths(demands, 3),
            outside: outside(&said, hints(Hint::Pressure) > 0),
            abuses: hints(Hint::Abuse) > 0,
            anger,
            // Whoever was told wrong trusts less; whoever has waited waits less; whoever holds the thing knows more.
            trust: trust - if class == "C" { 3 } else { 0 },
            clarity: if class == "B" { 12 } else { 8 },
            face,
            patience: patience - if class == "A" { 30 } else { 0 },
            item,
        })
    }

    /// The class of the item: `A`, `B` or `C`.
    pub(super) fn class(&self) -> &'static str {
        class_of(&self.item)
    }
}

fn class_of(item: &ItemId) -> &'static str {
    match item.as_str().chars().next() {
        Some('B') => "B",
        Some('C') => "C",
        _ => "A",
    }
}

/// The need: what the reader heard, the openest words first; else what the playbook says of the item.
fn need(coach: &Coach, item: &ItemId, readings: &[Reading]) -> (&'static str, Need) {
    use crate::coach::read::NeedState;
    let stated = |r: &&crate::coach::read::NeedGuess| r.state == NeedState::Stated;
    let guesses = || readings.iter().filter_map(|r| r.need.as_ref());
    if let Some(guess) = guesses().find(stated).or_else(|| guesses().next()) {
        let fix = match guess.fix {
            Fix::Cause => Need::Cause,
            Fix::Fix => Need::Fix,
            Fix::Goal => Need::Goal,
            Fix::Respect => Need::Respect,
            Fix::Money => Need::Money,
            Fix::Safety => Need::Safety,
        };
        return (guess.need, fix);
    }
    let entries = &coach.content().entries;
    let own = entries.iter().find(|e| e.items.first() == Some(item));
    match own.map_or(Need::Cause, |e| e.need) {
        Need::Cause => ("explanation", Need::Cause),
        Need::Fix => ("fix_it", Need::Fix),
        Need::Goal => ("certainty", Need::Goal),
        Need::Respect => ("respect", Need::Respect),
        Need::Money => ("money_back", Need::Money),
        Need::Safety => ("safety", Need::Safety),
    }
}

/// The conduct that was met more than once; once is no conduct.
fn psychology(hints: &dyn Fn(Hint) -> usize) -> Psychology {
    let of = [
        (
            hints(Hint::BeyondRule) + hints(Hint::Rank),
            Psychology::Privilege,
        ),
        (hints(Hint::Goodwill), Psychology::Greed),
        (hints(Hint::Clause), Psychology::Contempt),
    ];
    let most = of.into_iter().max_by_key(|(n, _)| *n);
    most.filter(|(n, _)| *n >= 2)
        .map_or(Psychology::None, |(_, p)| p)
}

fn outside(said: &[&str], pressed: bool) -> Outside {
    if !pressed {
        return Outside::None;
    }
    let has = |words: &[&str]| {
        said.iter().any(|t| {
            let low = t.to_lowercase();
            words.iter().any(|w| low.contains(w))
        })
    };
    if has(&["法院", "起诉", "律师", "court", "lawyer", "sue "]) {
        Outside::Court
    } else if has(&[
        "曝光",
        "网上",
        "微博",
        "记者",
        "媒体",
        "抖音",
        "media",
        "press",
        "online",
        "newspaper",
        "post this",
    ]) {
        Outside::Media
    } else {
        Outside::Regulator
    }
}
