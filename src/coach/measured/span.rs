//! A bare number of days or hours, or an hour of the clock, as `time` needs it where `domain::promise_time` finds no time.

use std::ops::Range;

use super::grammar::numbers;

/// How a span is written: what stands before the number, behind it, and at the end.
type Form = (&'static str, &'static str, &'static str);

/// Units by their words; the longer word first. An hour of the clock has no designator.
const UNITS: &[(&str, Option<Form>)] = &[
    ("个工作日", Some(("P", "D", "/wd"))),
    ("工作日", Some(("P", "D", "/wd"))),
    ("working day", Some(("P", "D", "/wd"))),
    ("business day", Some(("P", "D", "/wd"))),
    ("个自然日", Some(("P", "D", ""))),
    ("天", Some(("P", "D", ""))),
    // Alone it names a day of the month.
    ("日内", Some(("P", "D", ""))),
    ("日之内", Some(("P", "D", ""))),
    ("日以内", Some(("P", "D", ""))),
    ("day", Some(("P", "D", ""))),
    ("个小时", Some(("PT", "H", ""))),
    ("小时", Some(("PT", "H", ""))),
    ("hour", Some(("PT", "H", ""))),
    ("hr", Some(("PT", "H", ""))),
    ("分钟", Some(("PT", "M", ""))),
    ("min", Some(("PT", "M", ""))),
    ("个星期", Some(("P", "W", ""))),
    ("个礼拜", Some(("P", "W", ""))),
    ("星期", Some(("P", "W", ""))),
    ("周", Some(("P", "W", ""))),
    ("week", Some(("P", "W", ""))),
    ("个月", Some(("P", "M", ""))),
    ("month", Some(("P", "M", ""))),
    ("点", None),
];

/// Numbers in letters that stand before a unit.
const LETTERS: &[(&str, i64)] = &[
    ("一", 1),
    ("两", 2),
    ("二", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("十", 10),
    ("an", 1),
    ("a", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("ten", 10),
];

/// A number with its unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Span {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    count: i64,
    unit: Option<(&'static str, &'static str, &'static str)>,
}

impl Span {
    /// Whether it is a length, not an hour of the clock.
    pub(super) const fn is_length(&self) -> bool {
        self.unit.is_some()
    }

    /// As the labels write it.
    pub(super) fn notation(&self, masked: bool) -> String {
        let count = if masked {
            "#".to_owned()
        } else {
            self.count.to_string()
        };
        match self.unit {
            Some((lead, unit, working)) => format!("{lead}{count}{unit}{working}"),
            None if masked => "T#".to_owned(),
            None => format!("T{:02}:00", self.count),
        }
    }
}

/// The first number with a unit in a text.
pub(super) fn first(text: &str) -> Option<Span> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let digits = numbers(&lower).into_iter().filter_map(|at| {
        let count = lower.get(at.clone())?.parse().ok().or_else(|| {
            let word = lower.get(at.clone())?;
            LETTERS.iter().find(|(of, _)| *of == word).map(|(_, n)| *n)
        })?;
        Some((at, count))
    });
    let letters = LETTERS.iter().filter(|(word, _)| word.is_ascii());
    let words = letters.flat_map(|(word, count)| {
        lower.match_indices(word).filter_map(|(at, _)| {
            let glued = lower[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            (!glued).then_some((at..at + word.len(), *count))
        })
    });
    let mut spans: Vec<Span> = digits
        .chain(words)
        .filter_map(|(at, count)| {
            let rest = &lower[at.end..];
            let blanks = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let (word, unit) = UNITS
                .iter()
                .find(|(word, _)| rest[blanks..].starts_with(word))?;
            Some(Span {
                at: at.start..at.end + blanks + word.len(),
                count,
                unit: *unit,
            })
        })
        .collect();
    spans.sort_by_key(|span| span.at.start);
    spans.into_iter().next()
}
