//! The word lists as one scanner.

use serde::Deserialize;

use crate::coach::content::{BadContent, File};
use crate::coach::folded::{Hit, Scanner};

/// What a word speaks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Group {
    Empathy,
    Vague,
    Money,
    Step,
    /// A verb that asks for a step at the beginning of a clause.
    Imperative,
    /// A deed of ours behind "we'll".
    Deed,
    Pleasantry,
    Deflect,
    /// That something cannot be done.
    Cannot,
    /// A word that sends somebody.
    Sends,
    /// Somebody else.
    Party,
    /// The customer is meant.
    You,
    /// We are meant.
    We,
    /// Money beside it is not promised.
    Unpromised,
    /// A word that sets a day into the future.
    Ahead,
    /// A word beside a time that is no time of a happening.
    NoTime,
}

/// What a phrase stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tag {
    pub group: Group,
    pub points: i32,
    /// A longer phrase in which a word of the group is none.
    pub harmless: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    empathy: List,
    vague_time: List,
    money: List,
    next_step: List,
    imperative: List,
    deed: List,
    unpromised: List,
    elsewhere: Elsewhere,
    pleasantry: List,
    deflect: Deflect,
    ahead: List,
    no_time: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    zh: Vec<String>,
    en: Vec<String>,
    #[serde(default)]
    except_zh: Vec<String>,
    #[serde(default)]
    except_en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deflect {
    strong_zh: Vec<String>,
    weak_zh: Vec<String>,
    cannot_zh: Vec<String>,
    strong_en: Vec<String>,
    weak_en: Vec<String>,
    cannot_en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    sends_zh: Vec<String>,
    party_zh: Vec<String>,
    you_zh: Vec<String>,
    we_zh: Vec<String>,
    sends_en: Vec<String>,
    party_en: Vec<String>,
}

/// The scanner over all lists.
#[derive(Debug)]
pub(super) struct Words {
    scanner: Scanner<Tag>,
}

impl Words {
    pub(super) fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        let lists: WordsFile = file.read()?;
        let mut phrases = Vec::new();
        for (list, group) in [
            (lists.empathy, Group::Empathy),
            (lists.vague_time, Group::Vague),
            (lists.money, Group::Money),
            (lists.next_step, Group::Step),
            (lists.imperative, Group::Imperative),
            (lists.deed, Group::Deed),
            (lists.unpromised, Group::Unpromised),
            (lists.pleasantry, Group::Pleasantry),
            (lists.ahead, Group::Ahead),
            (lists.no_time, Group::NoTime),
        ] {
            let tag = |harmless| Tag {
                group,
                points: 1,
                harmless,
            };
            let words = list.zh.into_iter().chain(list.en);
            phrases.extend(words.map(|word| (word, tag(false))));
            let except = list.except_zh.into_iter().chain(list.except_en);
            phrases.extend(except.map(|word| (word, tag(true))));
        }
        let (deflect, elsewhere) = (lists.deflect, lists.elsewhere);
        for (list, group, points) in [
            (deflect.strong_zh, Group::Deflect, 2),
            (deflect.strong_en, Group::Deflect, 2),
            (deflect.weak_zh, Group::Deflect, 1),
            (deflect.weak_en, Group::Deflect, 1),
            (deflect.cannot_zh, Group::Cannot, 1),
            (deflect.cannot_en, Group::Cannot, 1),
            (elsewhere.sends_zh, Group::Sends, 1),
            (elsewhere.sends_en, Group::Sends, 1),
            (elsewhere.party_zh, Group::Party, 1),
            (elsewhere.party_en, Group::Party, 1),
            (elsewhere.you_zh, Group::You, 1),
            (elsewhere.we_zh, Group::We, 1),
        ] {
            let tag = Tag {
                group,
                points,
                harmless: false,
            };
            phrases.extend(list.into_iter().map(|word| (word, tag)));
        }
        if phrases.iter().any(|(word, _)| word.trim().is_empty()) {
            return Err(file.bad(
                "words",
                "an empty phrase",
                "remove it: it would match everywhere",
            ));
        }
        let scanner = Scanner::new(phrases)
            .map_err(|e| file.bad("words", e.to_string(), "shorten the list of phrases"))?;
        Ok(Self { scanner })
    }

    pub(super) fn find(&self, text: &str) -> Vec<Hit<Tag>> {
        self.scanner.find(text)
    }
}
