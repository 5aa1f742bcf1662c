//! What a language model may do with a customer's line: say it in other words, nothing else (method 3.5). Here are the question put
//! to it and the check of what it answers, both pure. The engine chose the line, and its state never depends on the answer; an
//! answer that adds anything is thrown away and the author's line is said.
//!
//! Not here: the endpoint (`client`), and when it is asked (`training`).

mod added;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::engine::State;
use super::scenario::Persona;
use super::voice::{Cue, band_of, degree};
use crate::coach::content::{BadContent, Content, File};
use crate::coach::read::read;
use crate::domain::lang::Lang;
use crate::text::SafeText;
use crate::text::mask_free;

/// Words added to a short line do not make it longer to the ear, characters.
const SLACK: usize = 8;
/// From these shares of the persona on, a manner is named; the middle of their ranges.
const MARKED: i64 = 600;
/// Below this literacy, long sentences are not understood (method 3.5), so they are not said either.
const SIMPLE: i64 = 500;

/// The words of one language: what the model is told, and what its answer is checked by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    system: String,
    line: String,
    mood: String,
    manner: String,
    plain: String,
    talkative: String,
    simple: String,
    entitled: String,
    old: String,
    moods: [String; 4],
    idioms: Vec<String>,
    times: Vec<String>,
    titles: Vec<String>,
}

/// How a model is asked and checked, in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrasing {
    zh: Words,
    en: Words,
}

/// A question to a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The rules it is held to.
    pub system: String,
    /// Line, mood, manner and acts, as JSON.
    pub user: String,
    /// The author's line.
    pub line: String,
    /// What the line is for; the answer must give it back.
    pub acts: Vec<String>,
    /// The line's language.
    pub lang: Lang,
}

/// Why an answer is thrown away. Stable names: the log counts them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// It is not of the form asked for.
    Form,
    /// It says that the line does something else.
    Acts,
    /// It is empty, of several paragraphs, or of another language.
    Empty,
    /// It is longer than the line.
    Long,
    /// It adds a number.
    Number,
    /// It adds a time.
    Time,
    /// It adds a name.
    Name,
    /// It holds something personal.
    Personal,
    /// It adds a threat, a danger or another risk that the coach would hear.
    Risk,
}

impl Refused {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Acts => "acts",
            Self::Empty => "empty",
            Self::Long => "long",
            Self::Number => "number",
            Self::Time => "time",
            Self::Name => "name",
            Self::Personal => "personal",
            Self::Risk => "risk",
        }
    }
}

/// What the model sends back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    line: String,
    acts: Vec<String>,
}

/// The form of the answer, as a JSON schema for endpoints that take one.
#[must_use]
pub fn schema() -> serde_json::Value {
    serde_json::json!({
        "type": "object",
        "properties": {
            "line": { "type": "string" },
            "acts": { "type": "array", "items": { "type": "string" } },
        },
        "required": ["line", "acts"],
        "additionalProperties": false,
    })
}

/// What a model is told of a line, beside the rules.
#[derive(Serialize)]
struct Told<'a> {
    line: &'a str,
    mood: &'a str,
    manner: String,
    acts: &'a [String],
}

impl Phrasing {
    /// The shipped words.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped() -> Result<Self, BadContent> {
        File {
            name: "sim/phrasing.toml",
            text: include_str!("../../assets/sim/phrasing.toml"),
        }
        .read()
    }

    const fn of(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The question for a line; none when the line holds something personal, which leaves this machine for no one.
    #[must_use]
    pub fn question(
        &self,
        line: &str,
        cues: &[Cue],
        state: &State,
        persona: &Persona,
        lang: Lang,
    ) -> Option<Question> {
        if line.trim().is_empty() || mask_free(line) != line {
            return None;
        }
        let words = self.of(lang);
        let acts: Vec<String> = cues.iter().map(name).collect();
        let mood = usize::from(degree(band_of(state)));
        let told = Told {
            line,
            mood: words.moods.get(mood).map_or("", String::as_str),
            manner: manner(words, persona),
            acts: &acts,
        };
        let user = serde_json::to_string(&told).ok()?;
        let keys = [
            ("\"line\":", &words.line),
            ("\"mood\":", &words.mood),
            ("\"manner\":", &words.manner),
        ];
        let legend: Vec<String> = keys.iter().map(|(k, v)| format!("{k} {v}")).collect();
        Some(Question {
            system: format!("{}\n{}", words.system.trim(), legend.join("; ")),
            user,
            line: line.to_owned(),
            acts,
            lang,
        })
    }

    /// The line in other words, when the answer keeps to the rules.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn accept(
        &self,
        content: &Content,
        question: &Question,
        answer: &str,
    ) -> Result<String, Refused> {
        let answer: Answer = serde_json::from_str(bare(answer)).map_err(|_| Refused::Form)?;
        if answer.acts != question.acts {
            return Err(Refused::Acts);
        }
        let line = SafeText::clean_line(answer.line.trim());
        let (line, own) = (line.as_str(), &question.line[..]);
        if line.is_empty() || answer.line.trim().contains('\n') || !same_script(own, line) {
            return Err(Refused::Empty);
        }
        if line.chars().count() > own.chars().count() + SLACK {
            return Err(Refused::Long);
        }
        let words = self.of(question.lang);
        added::check(words, question.lang, own, line)?;
        if mask_free(line) != line {
            return Err(Refused::Personal);
        }
        let (before, after) = (read(content, own), read(content, line));
        if after.risks.iter().any(|(risk, _)| !before.has(*risk)) {
            return Err(Refused::Risk);
        }
        Ok(line.to_owned())
    }
}

/// The stable name of what a piece of a line is for.
fn name(cue: &Cue) -> String {
    match cue {
        Cue::Situation(when) => when.as_str().to_owned(),
        Cue::Fact(_) => "fact".to_owned(),
        Cue::Demand(_) => "demand".to_owned(),
        Cue::Correction => "correction".to_owned(),
    }
}

fn manner(words: &Words, persona: &Persona) -> String {
    let all = [
        (persona.vulnerable, &words.old),
        (persona.literacy.0 < SIMPLE, &words.simple),
        (persona.talkativeness.0 > MARKED, &words.talkative),
        (persona.entitlement.0 > MARKED, &words.entitled),
    ];
    let named: Vec<&str> = all
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, w)| &w[..])
        .collect();
    if named.is_empty() {
        return words.plain.clone();
    }
    named.join("; ")
}

/// The object in an answer; many models put it between fences.
fn bare(answer: &str) -> &str {
    let answer = answer.trim();
    let inner = answer
        .strip_prefix("```json")
        .or(answer.strip_prefix("```"));
    inner
        .and_then(|rest| rest.strip_suffix("```"))
        .unwrap_or(answer)
        .trim()
}

/// Whether both are written mostly in Han characters, or both mostly not.
fn same_script(own: &str, line: &str) -> bool {
    let han = |text: &str| {
        let of = text.chars().filter(|c| c.is_alphabetic()).count();
        let han = text
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        han.count() * 2 > of
    };
    han(own) == han(line)
}
