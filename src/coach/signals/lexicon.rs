//! What the signals listen for: cues read from data, each saying one thing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Risk;
use super::conduct::Hint;
use super::cues::{Builder, Cues};
use super::emotion::Kind;

/// What a cue says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::coach) enum Says {
    /// Feeling of a kind, with points.
    Feeling(Kind, i32),
    /// A risk.
    Risk(Risk),
    /// A hint of conduct.
    Hint(Hint),
    /// A mark of scope.
    Mark(Mark),
}

/// What changes the meaning of other words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::coach) enum Mark {
    /// Turns the next words round.
    Negation,
    /// A longer word in which a negation negates nothing that follows.
    NotNegation,
    /// Raises the next words.
    Intensifier,
    /// Others speak from here on.
    Reported,
    /// The customer speaks again.
    OwnVoice,
    /// Asked or supposed.
    Asked,
    /// Named only to be set aside.
    Aside,
    /// A longer word in which a word of feeling or risk is none.
    Harmless,
    /// A weak word of repetition.
    Again,
}

impl Says {
    /// Whether content names it so.
    pub(in crate::coach) fn named(self, name: &str) -> bool {
        match self {
            Self::Feeling(kind, _) => Kind::from_name(name) == Some(kind),
            other => Self::from_name(name, None) == Some(other),
        }
    }

    fn from_name(name: &str, points: Option<i32>) -> Option<Self> {
        let mark = |mark| Some(Self::Mark(mark));
        match name {
            "negation" => mark(Mark::Negation),
            "not_negation" => mark(Mark::NotNegation),
            "intensifier" => mark(Mark::Intensifier),
            "reported" => mark(Mark::Reported),
            "own_voice" => mark(Mark::OwnVoice),
            "asked" => mark(Mark::Asked),
            "aside" => mark(Mark::Aside),
            "harmless" => mark(Mark::Harmless),
            "again" => mark(Mark::Again),
            _ => match (Kind::from_name(name), points) {
                (Some(kind), Some(points)) => Some(Self::Feeling(kind, points)),
                (Some(_), None) => None,
                (None, _) => Risk::from_name(name)
                    .map(Self::Risk)
                    .or_else(|| Hint::from_name(name).map(Self::Hint)),
            },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    #[serde(default)]
    class: BTreeMap<String, Vec<String>>,
    cue: Vec<CueWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueWords {
    says: String,
    points: Option<i32>,
    zh: Vec<String>,
    en: Vec<String>,
}

/// Something wrong in a file of cues: which entry, what, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::coach) struct BadCue {
    /// The file, counted from 0 in the order given.
    pub(in crate::coach) file: usize,
    /// The entry.
    pub(in crate::coach) entry: String,
    /// What is wrong.
    pub(in crate::coach) what: String,
}

/// Compiles files of cues.
pub(in crate::coach) fn compile(files: &[&str]) -> Result<Cues<Says>, BadCue> {
    let mut builder = Builder::new();
    for (file, text) in files.iter().enumerate() {
        let bad = |entry: &str, what: String| BadCue {
            file,
            entry: entry.to_owned(),
            what,
        };
        let read: CueFile = toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start.min(text.len()));
            let line = 1 + text.as_bytes()[..at]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            bad(&format!("line {line}"), e.message().to_owned())
        })?;
        for (name, words) in &read.class {
            builder.note(name);
            words.iter().for_each(|w| builder.note(w));
            builder.class(name, words).map_err(|what| bad(name, what))?;
        }
        for cue in read.cue {
            let says = Says::from_name(&cue.says, cue.points).ok_or_else(|| {
                let what = "nothing is named so, or a kind of feeling without points";
                bad(&cue.says, what.to_owned())
            })?;
            if cue.zh.is_empty() || cue.en.is_empty() {
                return Err(bad(
                    &cue.says,
                    "words of one language are missing".to_owned(),
                ));
            }
            builder.note(&format!("{}:{:?}", cue.says, cue.points));
            for word in cue.zh.iter().chain(&cue.en) {
                builder.note(word);
                builder
                    .cue(word, says)
                    .map_err(|what| bad(&cue.says, what))?;
            }
        }
    }
    builder.build().map_err(|what| BadCue {
        file: 0,
        entry: "all".to_owned(),
        what,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_files_say_where() {
        let bad = |text: &str| compile(&[text]).err().map(|e| (e.entry, e.what));
        let cue = |says: &str, zh: &str| {
            format!("[[cue]]\nsays = \"{says}\"\nzh = [{zh}]\nen = [\"x\"]\n")
        };
        assert_eq!(bad(&cue("churn", "\"走\"")), None);
        for (text, entry) in [
            (cue("nothing", "\"走\""), "nothing"),
            (cue("mild", "\"走\""), "mild"),
            (cue("churn", ""), "churn"),
            (cue("churn", "\"\""), "churn"),
            (cue("churn", "\"{who} 走\""), "churn"),
            ("[[cue]]\nsays = 1\n".to_owned(), "line 2"),
        ] {
            assert_eq!(bad(&text).map(|(e, _)| e).as_deref(), Some(entry), "{text}");
        }
    }
}
