//! Authored ways to put an act, and which of them a piece of a line is like.

use serde::Deserialize;

use super::grams::Grams;
use crate::coach::BadContent;
use crate::coach::content::File;
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
    act: Act,
    lang: Lang,
    text: String,
    grams: Grams,
}

/// Exemplars, ready to be compared with.
#[derive(Debug, Default)]
pub struct Corpus {
    all: Vec<One>,
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
            out.add(one.act, Lang::Zh, &one.zh);
            out.add(one.act, Lang::En, &one.en);
        }
        Ok(out)
    }

    /// The corpus of a scenario.
    #[must_use]
    pub fn of(exemplars: &[Exemplars]) -> Self {
        let mut out = Self::default();
        for one in exemplars {
            out.add(one.act, Lang::Zh, &one.zh);
            out.add(one.act, Lang::En, &one.en);
        }
        out
    }

    fn add(&mut self, act: Act, lang: Lang, texts: &[String]) {
        for text in texts {
            // The time and the number are others each time.
            let bare = text.replace("{due}", " ").replace("{last4}", " 0000 ");
            self.all.push(One {
                act,
                lang,
                grams: Grams::of(&bare),
                text: text.clone(),
            });
        }
    }

    /// Every exemplar: act, language, words.
    pub fn texts(&self) -> impl Iterator<Item = (Act, Lang, &str)> {
        self.all.iter().map(|o| (o.act, o.lang, o.text.as_str()))
    }

    /// The acts that these words are like, with the cosine in thousandths, nearest first.
    #[must_use]
    pub fn like(&self, words: &str, lang: Lang) -> Vec<(Act, u32)> {
        let grams = Grams::of(words);
        let mut best: Vec<(Act, u32)> = Vec::new();
        for one in self.all.iter().filter(|o| o.lang == lang) {
            let like = one.grams.like(&grams);
            if like < SIMILAR {
                continue;
            }
            match best.iter_mut().find(|(act, _)| *act == one.act) {
                Some((_, held)) => *held = (*held).max(like),
                None => best.push((one.act, like)),
            }
        }
        best.sort_by_key(|(act, like)| (std::cmp::Reverse(*like), *act));
        let nearest = best.first().map_or(0, |(_, like)| *like);
        best.retain(|(_, like)| like + BESIDE >= nearest);
        best
    }
}
