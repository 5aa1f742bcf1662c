//! The building blocks of generated texts, from `assets/generate/phrases.toml`.

use serde::Deserialize;

use super::{BadDemo, Scribe};
use crate::domain::taxonomy::ItemId;

const FILE: &str = "assets/generate/phrases.toml";

/// The blocks of one language.
#[derive(Debug, Deserialize)]
pub(super) struct Language {
    openings: Vec<String>,
    pub(super) followups: Vec<String>,
    pub(super) replies: Vec<String>,
    pub(super) closings: Vec<String>,
    products: Vec<String>,
    places: Vec<String>,
    times: Vec<String>,
    surnames: Vec<String>,
    given: Vec<String>,
    trouble: Vec<Trouble>,
}

#[derive(Debug, Deserialize)]
struct Trouble {
    item: String,
    texts: Vec<String>,
}

/// The building blocks.
#[derive(Debug, Deserialize)]
pub(super) struct Phrases {
    zh: Language,
    en: Language,
}

impl Phrases {
    /// The blocks that ship with balm.
    pub(super) fn shipped() -> Result<Self, BadDemo> {
        toml::from_str(include_str!("../../assets/generate/phrases.toml"))
            .map_err(|e| BadDemo::new(FILE, e))
    }

    fn language(&self, english: bool) -> &Language {
        if english { &self.en } else { &self.zh }
    }

    /// A first message and the item it is about.
    pub(super) fn opening(&self, rng: &mut Scribe, english: bool) -> (String, ItemId) {
        let language = self.language(english);
        let opening = rng
            .pick(&language.openings)
            .map_or("", String::as_str)
            .to_owned();
        let Some(trouble) = rng.pick(&language.trouble) else {
            return (opening, ItemId::from("A1"));
        };
        let words = rng
            .pick(&trouble.texts)
            .map_or("", String::as_str)
            .to_owned();
        let joined = if english {
            format!("{opening} {words}")
        } else {
            format!("{opening}{words}")
        };
        (
            fill(&joined, language, rng),
            ItemId::from(trouble.item.as_str()),
        )
    }

    /// A line of one kind.
    pub(super) fn line(
        &self,
        rng: &mut Scribe,
        english: bool,
        of: fn(&Language) -> &Vec<String>,
    ) -> String {
        let language = self.language(english);
        let text = rng.pick(of(language)).map_or("", String::as_str).to_owned();
        fill(&text, language, rng)
    }

    /// A person's name.
    pub(super) fn name(&self, rng: &mut Scribe, english: bool) -> String {
        let language = self.language(english);
        let family = rng
            .pick(&language.surnames)
            .map_or("", String::as_str)
            .to_owned();
        let given = rng
            .pick(&language.given)
            .map_or("", String::as_str)
            .to_owned();
        if english {
            format!("{given} {family}")
        } else {
            format!("{family}{given}")
        }
    }
}

fn fill(text: &str, language: &Language, rng: &mut Scribe) -> String {
    let mut out = text.to_owned();
    for (slot, from) in [
        ("{product}", &language.products),
        ("{place}", &language.places),
        ("{time}", &language.times),
    ] {
        if out.contains(slot) {
            let word = rng.pick(from).map_or("", String::as_str);
            out = out.replace(slot, word);
        }
    }
    if out.contains("{days}") {
        out = out.replace("{days}", &(2 + rng.below(59)).to_string());
    }
    if out.contains("{amount}") {
        out = out.replace("{amount}", &(9 + rng.below(1990)).to_string());
    }
    out
}
