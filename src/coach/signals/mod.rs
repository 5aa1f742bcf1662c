//! What speaks in a customer's words beside their matter: feeling and risk, and the scope of negation that both need.
//!
//! Not here: items, needs and whether it is a complaint at all (`read`), and what to answer (`propose`).

use std::collections::BTreeSet;
use std::ops::Range;

use super::content::Heard;
use super::folded::{Folded, Hit};

/// What speaks in the words beside the complaint itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Risk {
    /// People may come to harm.
    Safety,
    /// The customer names a regulator or consumer association.
    Regulator,
    /// The customer names the press or the public.
    Media,
    /// The customer names lawyers, courts or the police.
    Legal,
    /// It was raised before.
    Repeat,
    /// What was offered, or the agent, is turned down.
    Rejects,
    /// Money beyond what was paid is asked for.
    Compensation,
    /// The customer speaks of leaving.
    Churn,
    /// The customer asks for the cause.
    AsksWhy,
}

impl Risk {
    /// The stable name, the key of its words in the locale files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Regulator => "regulator",
            Self::Media => "media",
            Self::Legal => "legal",
            Self::Repeat => "repeat",
            Self::Rejects => "rejects",
            Self::Compensation => "compensation",
            Self::Churn => "churn",
            Self::AsksWhy => "asks_why",
        }
    }
}

/// What the words of one message let hear.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Signals {
    /// 0 calm, 1 annoyed, 2 angry, 3 furious.
    pub emotion: u8,
    /// Where the feeling shows, byte ranges of the text as given.
    pub feeling: Vec<Range<usize>>,
    /// What else speaks in the words, each with where, most urgent first.
    pub risks: Vec<(Risk, Range<usize>)>,
}

/// Hears feeling and risk in folded text whose phrases were found before.
pub(super) fn signals(folded: &Folded, hits: &[Hit<Heard>]) -> Signals {
    let (emotion, feeling) = emotion(folded, hits);
    let mut risks: Vec<(Risk, Range<usize>)> = hits
        .iter()
        .filter_map(|h| match h.tag {
            Heard::Risk(risk) => Some((risk, folded.original(&h.at))),
            _ => None,
        })
        .collect();
    risks.sort_by_key(|(risk, at)| (*risk, at.start, at.end));
    risks.dedup();
    Signals {
        emotion,
        feeling,
        risks,
    }
}

/// Words that may stand between a negation and what it turns round.
const BETWEEN: &[&str] = &[
    "", "太", "很", "真", "是", "有", "会", "再", "要", "那么", "这么", "觉得", "感到", "特别",
    "怎么", "very", "so", "really", "that", "too", "at all", "been", "a", "feeling",
];

/// Whether a negation stands right before the words at `at`.
fn negated(folded: &Folded, hits: &[Hit<Heard>], at: &Range<usize>) -> bool {
    hits.iter()
        .filter(|h| h.tag == Heard::Negation && h.at.end <= at.start && at.start - h.at.end <= 24)
        .any(|h| BETWEEN.contains(&folded.text()[h.at.end..at.start].trim()))
}

/// Whether the words at `at` are named only to set them aside: 不是排队的问题.
pub(super) fn set_aside(folded: &Folded, at: &Range<usize>) -> bool {
    let before = folded.text()[..at.start].trim_end();
    [
        "不是",
        "不是因为",
        "并非",
        "跟",
        "not about",
        "isn't about",
        "not the",
    ]
    .iter()
    .any(|cue| before.ends_with(cue))
        && (!before.ends_with('跟') || folded.text()[at.end..].starts_with("无关"))
}

/// 0 to 3, and where it shows.
fn emotion(folded: &Folded, hits: &[Hit<Heard>]) -> (u8, Vec<Range<usize>>) {
    let mut phrases = BTreeSet::new();
    let (mut strongest, mut sum) = (0, 0);
    let mut feeling = Vec::new();
    for hit in hits {
        let Heard::Anger(s) = hit.tag else { continue };
        if negated(folded, hits, &hit.at) {
            continue;
        }
        feeling.push(folded.original(&hit.at));
        if phrases.insert(hit.phrase) {
            let raised = hits.iter().any(|h| {
                h.tag == Heard::Intensifier
                    && h.at.end <= hit.at.start
                    && folded.text()[h.at.end..hit.at.start].trim().is_empty()
            });
            strongest = strongest.max(s);
            sum += u32::from(s) + u32::from(raised);
        }
    }
    let repeat = hits.iter().any(|h| h.tag == Heard::Risk(Risk::Repeat));
    if sum > 0 && ["!!", "??", "?!"].iter().any(|m| folded.text().contains(m)) {
        sum += 1;
    }
    let level = match strongest {
        0 => u8::from(repeat),
        1 if sum >= 4 => 2,
        2 if sum >= 7 => 3,
        s => s,
    };
    feeling.sort_by_key(|r| (r.start, r.end));
    feeling.dedup();
    (level, feeling)
}
