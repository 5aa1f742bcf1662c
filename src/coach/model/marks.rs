//! What the model sees of a text: its n-grams, and the marks that need no learning of words, above all which topics of
//! `lexicon/topics.toml` are touched, and which two of them in one sentence, and what the signals heard.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::coach::content::{Content, Topic};
use crate::coach::folded::{Folded, Hit, sentences};
use crate::coach::signals::Signals;

use super::grams::{self, Gram, mention_len};

/// Topics of one sentence that are paired; a sentence that touches more says nothing by pairs.
const MAX_PAIRED: usize = 10;

/// Points from which a kind of feeling counts as said strongly.
const MUCH: i32 = 60;

/// Degrees of heat to a step.
const HEAT_STEP: u8 = 12;

/// A text as the model sees it.
#[derive(Clone, Debug, Default)]
pub(in crate::coach) struct Features {
    /// The n-grams with their places in the folded text, for evidence.
    pub(in crate::coach) grams: Vec<Gram>,
    /// Their keys, each once, in order.
    pub(in crate::coach) keys: Vec<u32>,
    /// The keys of the marks, each once, in order.
    pub(in crate::coach) marks: Vec<u32>,
    /// The keys of what the signals heard, each once, in order.
    pub(in crate::coach) heard: Vec<u32>,
    /// The topics touched, with where in the folded text.
    pub(in crate::coach) topics: Vec<(usize, Range<usize>)>,
}

impl Features {
    /// The groups of keys; each is weighed by its own length, so that many n-grams do not drown few marks.
    pub(in crate::coach) fn groups(&self) -> [&[u32]; 3] {
        [&self.keys, &self.marks, &self.heard]
    }
}

/// Sees a text. `original` is the text that `folded` was made from: capitals show only there.
pub(in crate::coach) fn features(
    content: &Content,
    folded: &Folded,
    original: &str,
    signals: &Signals,
) -> Features {
    let text = folded.text();
    let grams = grams::grams(text);
    let mut keys: Vec<u32> = grams.iter().map(|g| g.key).collect();
    keys.sort_unstable();
    keys.dedup();
    let topics = topics(content, text);
    let mut names: BTreeSet<u32> = BTreeSet::new();
    for (topic, _) in &topics {
        names.extend(content.topics.get(*topic).map(|t| t.key));
    }
    for sentence in sentences(text) {
        pairs(content, &topics, &sentence, &mut names);
    }
    shape(text, original, &mut names);
    Features {
        grams,
        keys,
        marks: names.into_iter().collect(),
        heard: heard(signals),
        topics,
    }
}

/// What the signals heard: kinds of feeling, in two strengths, the heat by steps, risks, hints and weak words of repetition.
fn heard(signals: &Signals) -> Vec<u32> {
    let mut names: BTreeSet<u32> = BTreeSet::new();
    for part in signals.features.iter().filter(|p| p.points != 0) {
        names.insert(grams::named(&format!("h:{}", part.name)));
        if part.points.abs() >= MUCH {
            names.insert(grams::named(&format!("h:{}+", part.name)));
        }
    }
    for step in 1..=signals.heat / HEAT_STEP {
        names.insert(grams::named(&format!("heat:{step}")));
    }
    for (risk, _) in &signals.risks {
        names.insert(grams::named(&format!("r:{}", risk.as_str())));
    }
    for (hint, _) in &signals.hints {
        names.insert(grams::named(&format!("c:{}", hint.as_str())));
    }
    if !signals.again.is_empty() {
        names.insert(grams::named("again"));
    }
    if signals.again.len() > 1 {
        names.insert(grams::named("again+"));
    }
    names.into_iter().collect()
}

/// The key of a topic.
pub(in crate::coach) fn topic_key(id: &str) -> u32 {
    grams::named(&format!("t:{id}"))
}

/// Topics by the longest words: a hit inside a longer one does not count, and in a mention only a trade does.
fn topics(content: &Content, text: &str) -> Vec<(usize, Range<usize>)> {
    let mut hits: Vec<Hit<usize>> = content.topic_words.find(text);
    hits.sort_by_key(|h| (h.at.start, std::cmp::Reverse(h.at.end)));
    let mentions: Vec<Range<usize>> = text
        .match_indices('@')
        .map(|(at, _)| at..at + mention_len(&text[at..]))
        .collect();
    let mut out: Vec<(usize, Range<usize>)> = Vec::with_capacity(hits.len());
    let mut widest: Range<usize> = 0..0;
    for hit in hits {
        let inside = hit.at.end <= widest.end && hit.at != widest;
        let trade = content.topics.get(hit.tag).is_some_and(|t| t.trade);
        let mentioned = mentions
            .iter()
            .any(|m| m.start <= hit.at.start && hit.at.end <= m.end);
        if inside || (mentioned && !trade) {
            continue;
        }
        if hit.at.end > widest.end {
            widest = hit.at.clone();
        }
        out.push((hit.tag, hit.at));
    }
    out
}

fn pairs(
    content: &Content,
    topics: &[(usize, Range<usize>)],
    sentence: &Range<usize>,
    names: &mut BTreeSet<u32>,
) {
    let inside: BTreeSet<usize> = topics
        .iter()
        .filter(|(_, at)| sentence.start <= at.start && at.end <= sentence.end)
        .map(|(topic, _)| *topic)
        .collect();
    if inside.len() > MAX_PAIRED {
        return;
    }
    let ids: Vec<&Topic> = inside
        .iter()
        .filter_map(|t| content.topics.get(*t))
        .collect();
    for (i, a) in ids.iter().enumerate() {
        for b in ids.iter().skip(i + 1) {
            names.insert(grams::named(&format!("p:{}+{}", a.id, b.id)));
        }
    }
}

/// Length, marks, capitals, language.
fn shape(text: &str, original: &str, names: &mut BTreeSet<u32>) {
    let han = text
        .chars()
        .filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        .count();
    let letters = original.chars().filter(char::is_ascii_alphabetic).count();
    let zh = han * 3 >= letters;
    names.insert(grams::named(if zh { "lang:zh" } else { "lang:en" }));
    let length = if zh { han } else { letters / 3 };
    let size = match length {
        0..=3 => "0",
        4..=8 => "1",
        9..=18 => "2",
        19..=40 => "3",
        41..=90 => "4",
        _ => "5",
    };
    names.insert(grams::named(&format!("size:{size}")));
    let asks = text.contains('?')
        || ["吗", "么", "呢"]
            .iter()
            .any(|w| text.trim_end().ends_with(w));
    if asks {
        names.insert(grams::named("asks"));
    }
    let loud = text.matches('!').count();
    if loud > 0 {
        names.insert(grams::named(if loud > 2 { "loud:3" } else { "loud:1" }));
    }
    let capitals = original.split(|c: char| !c.is_ascii_alphabetic());
    let shouted = capitals
        .filter(|w| w.len() > 3 && w.bytes().all(|b| b.is_ascii_uppercase()))
        .count();
    if shouted > 1 {
        names.insert(grams::named("shouts"));
    }
}
