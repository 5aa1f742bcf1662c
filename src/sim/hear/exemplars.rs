//! Authored ways to put an act, and which of them a piece of a line is like.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::grams::{Gram, Grams};
use crate::coach::BadContent;
use crate::coach::content::{Content, File};
use crate::domain::lang::Lang;
use crate::sim::names::Act;
use crate::sim::scenario::Exemplars;

/// From which cosine on, in thousandths, a piece is like an exemplar (method 3.5).
pub const SIMILAR: u32 = 550;
/// A piece may be like several acts when they are about as near as the nearest, in thousandths.
const BESIDE: u32 = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorpusFile {
    exemplar: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    act: Act,
    zh: Vec<String>,
    en: Vec<String>,
}

#[derive(Debug)]
struct One {
    acts: Vec<Act>,
    lang: Lang,
    text: String,
    grams: Grams,
}

/// Exemplars, ready to be compared with.
#[derive(Debug, Default)]
pub struct Corpus {
    all: Vec<One>,
    /// By n-gram: which exemplars hold it, and how often.
    index: BTreeMap<Gram, Vec<(usize, u64)>>,
}

impl Corpus {
    /// The corpus of a file.
    ///
    /// # Errors
    /// When the file has another form or a text is empty.
    pub fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        let raw: CorpusFile = file.read()?;
        let mut out = Self::default();
        for one in raw.exemplar {
            let empty = one.zh.iter().chain(&one.en).any(|t| t.trim().is_empty());
            if empty || one.zh.is_empty() || one.en.is_empty() {
                let what = "an exemplar is missing in one language";
                return Err(file.bad(one.act.as_str(), what, "write it in both languages"));
            }
            out.add(&[one.act], Lang::Zh, &one.zh);
            out.add(&[one.act], Lang::En, &one.en);
        }
        Ok(out)
    }

    /// The corpus of a scenario.
    #[must_use]
    pub fn of(exemplars: &[Exemplars]) -> Self {
        let mut out = Self::default();
        for one in exemplars {
            out.add(&[one.act], Lang::Zh, &one.zh);
            out.add(&[one.act], Lang::En, &one.en);
        }
        out
    }

    /// The corpus of the playbooks' own lines: what the desk proposes must do what it is for. `but` leaves one entry out.
    #[must_use]
    pub fn of_playbooks(content: &Content, but: Option<&str>) -> Self {
        let mut out = Self::default();
        for entry in content.entries.iter().filter(|e| Some(&e.id[..]) != but) {
            for line in &entry.lines {
                let acts: Vec<Act> = line.acts.iter().map(|a| super::of_live(*a)).collect();
                // Who promises a deed by a time owns it; that is one act for a customer, as in words that are no line.
                let own = acts.len() > 1 && acts.contains(&Act::CommitConcrete);
                let acts: Vec<Act> = acts
                    .into_iter()
                    .filter(|a| !(own && *a == Act::Own))
                    .collect();
                for lang in [Lang::Zh, Lang::En] {
                    out.add(&acts, lang, &[bare(line.text.get(lang))]);
                }
            }
        }
        out
    }

    fn add(&mut self, acts: &[Act], lang: Lang, texts: &[String]) {
        for text in texts {
            // The time and the number are others each time.
            let words = text.replace("{due}", " ").replace("{last4}", " 0000 ");
            let grams = Grams::of(&words);
            for (gram, count) in grams.counts() {
                self.index
                    .entry(*gram)
                    .or_default()
                    .push((self.all.len(), *count));
            }
            self.all.push(One {
                acts: acts.to_vec(),
                lang,
                grams,
                text: text.clone(),
            });
        }
    }

    /// Every exemplar: acts, language, words.
    pub fn texts(&self) -> impl Iterator<Item = (&[Act], Lang, &str)> {
        self.all
            .iter()
            .map(|o| (&o.acts[..], o.lang, o.text.as_str()))
    }

    /// The acts that these words are like, with the cosine in thousandths, nearest first.
    #[must_use]
    pub fn like(&self, words: &str, lang: Lang) -> Vec<(Act, u32)> {
        let grams = Grams::of(words);
        let mut dots: BTreeMap<usize, u64> = BTreeMap::new();
        for (gram, count) in grams.counts() {
            for (at, theirs) in self.index.get(gram).into_iter().flatten() {
                *dots.entry(*at).or_insert(0) += count * theirs;
            }
        }
        let mut best: Vec<(Act, u32)> = Vec::new();
        for (at, dot) in dots {
            let Some(one) = self.all.get(at).filter(|o| o.lang == lang) else {
                continue;
            };
            let like = grams.cosine(&one.grams, dot);
            if like < SIMILAR {
                continue;
            }
            for act in &one.acts {
                match best.iter_mut().find(|(a, _)| a == act) {
                    Some((_, held)) => *held = (*held).max(like),
                    None => best.push((*act, like)),
                }
            }
        }
        best.sort_by_key(|(act, like)| (std::cmp::Reverse(*like), *act));
        let nearest = best.first().map_or(0, |(_, like)| *like);
        best.retain(|(_, like)| like + BESIDE >= nearest);
        best
    }
}

/// A playbook line without its slots.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}
