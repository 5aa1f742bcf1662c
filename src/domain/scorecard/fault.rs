//! What is wrong with a card, all of it, each with its line: both languages, every level, names that stand once.

use serde::Deserialize;
use toml::Spanned;

use super::card::{Card, LEVELS};
use super::marks::CriticalClass;
use crate::domain::calendar::SourceText;

/// One thing wrong with a card.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}:{line}: {rule}: {what}", file = Card::FILE)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The rule, as the locale files name it (`check-<rule>`).
    pub rule: &'static str,
    /// What it is about.
    pub what: String,
    /// Where that belongs.
    pub of: String,
}

impl Fault {
    /// A text that is no TOML of this shape.
    pub(super) fn toml(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        Self {
            line: source(text).line_of(at),
            rule: "card-toml",
            what: error.message().to_owned(),
            of: String::new(),
        }
    }
}

const fn source(text: &str) -> SourceText<'_> {
    SourceText {
        file: Card::FILE,
        text,
    }
}

/// The names and places of what a card holds; the rest is read by [`Card`] itself.
#[derive(Deserialize)]
struct Places {
    critical: Vec<Spanned<Named>>,
    item: Vec<Spanned<Named>>,
}

#[derive(Deserialize)]
struct Named {
    id: Spanned<String>,
}

/// Everything wrong with the text of a card; nothing when it can be used.
#[must_use]
pub fn check(text: &str) -> Vec<Fault> {
    let card: Card = match toml::from_str(text) {
        Ok(card) => card,
        Err(error) => return vec![Fault::toml(text, &error)],
    };
    let places: Places = match toml::from_str(text) {
        Ok(places) => places,
        Err(error) => return vec![Fault::toml(text, &error)],
    };
    let mut report = Report {
        text,
        out: Vec::new(),
    };
    let ids: Vec<&Spanned<String>> = places
        .critical
        .iter()
        .chain(&places.item)
        .map(|n| &n.get_ref().id)
        .collect();
    names(&ids, &mut report);
    for (critical, place) in card.criticals.iter().zip(&places.critical) {
        let at = place.get_ref().id.span().start;
        let words = [
            ("zh", &critical.zh),
            ("en", &critical.en),
            ("look_zh", &critical.look_zh),
            ("look_en", &critical.look_en),
        ];
        report.written(at, &critical.id, &words);
    }
    for (item, place) in card.items.iter().zip(&places.item) {
        let at = place.get_ref().id.span().start;
        let words = [("zh", &item.zh), ("en", &item.en), ("drill", &item.drill)];
        report.written(at, &item.id, &words);
        report.levels(at, &item.id, "levels_zh", &item.levels_zh);
        report.levels(at, &item.id, "levels_en", &item.levels_en);
    }
    for class in CriticalClass::ALL {
        if !card.criticals.iter().any(|c| c.class == *class) {
            report.add(0, "card-class", class.as_str(), "");
        }
    }
    numbers(&card, &mut report);
    report.out
}

/// Names are words of small letters and stand once on the whole card.
fn names(ids: &[&Spanned<String>], report: &mut Report<'_>) {
    for (at, id) in ids.iter().enumerate() {
        let (place, name) = (id.span().start, id.get_ref());
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if name.is_empty() || name.len() > 32 || !plain {
            report.add(place, "card-id", name, "");
        }
        let earlier = ids.get(..at).unwrap_or_default();
        if earlier.iter().any(|other| other.get_ref() == name) {
            report.add(place, "card-twice", name, "");
        }
    }
}

/// Numbers that leave a procedure: thousandths up to a thousand, and at least one of what is counted.
fn numbers(card: &Card, report: &mut Report<'_>) {
    let (s, c) = (card.sampling, card.calibration);
    let thousandths = [
        ("random", i64::from(s.random)),
        ("second", i64::from(s.second)),
        ("within", i64::from(c.within)),
        ("kappa", i64::from(c.kappa)),
    ];
    let counts = [
        ("version", i64::from(card.version)),
        ("each", i64::from(s.each)),
        ("week", i64::from(c.week)),
        ("days", i64::from(card.appeal.days)),
    ];
    let bad = thousandths
        .into_iter()
        .filter(|(_, n)| !(0..=1000).contains(n))
        .chain(
            counts
                .into_iter()
                .filter(|(_, n)| !(1..=100_000).contains(n)),
        );
    for (name, _) in bad {
        let at = report
            .text
            .find(&format!("\n{name} "))
            .map_or(0, |at| at + 1);
        report.add(at, "card-number", name, "");
    }
}

struct Report<'a> {
    text: &'a str,
    out: Vec<Fault>,
}

impl Report<'_> {
    fn add(&mut self, at: usize, rule: &'static str, what: &str, of: &str) {
        self.out.push(Fault {
            line: source(self.text).line_of(at),
            rule,
            what: what.to_owned(),
            of: of.to_owned(),
        });
    }

    fn written(&mut self, at: usize, of: &str, words: &[(&str, &String)]) {
        for (name, _) in words.iter().filter(|(_, text)| text.trim().is_empty()) {
            self.add(at, "card-empty", name, of);
        }
    }

    fn levels(&mut self, at: usize, of: &str, name: &str, levels: &[String]) {
        if levels.len() != LEVELS {
            self.add(at, "card-levels", name, of);
        }
        for (level, anchor) in levels.iter().enumerate() {
            if anchor.trim().is_empty() {
                self.add(at, "card-empty", &format!("{name}[{level}]"), of);
            }
            let earlier = levels.get(..level).unwrap_or_default();
            if earlier.contains(anchor) {
                self.add(at, "card-same", &format!("{name}[{level}]"), of);
            }
        }
    }
}
