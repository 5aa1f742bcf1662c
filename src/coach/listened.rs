//! What was read in a customer's words, kept beside them so that each message is read once however many ask about it.
//!
//! Not here: reading itself (`read`), and who holds this between questions (the desk's state).

use super::content::Content;
use super::read::{Reading, read};

/// Readings of messages and of all of them together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listened {
    each: Vec<(String, Reading)>,
    whole: Option<(String, Reading)>,
}

impl Listened {
    /// Listens to these messages, oldest first; what `before` holds already is not read again.
    #[must_use]
    pub fn to(content: &Content, words: &[String], before: Option<&Self>) -> Self {
        let reading = |text: &str| {
            let known = before.and_then(|b| b.of(text)).cloned();
            known.unwrap_or_else(|| read(content, text))
        };
        let each: Vec<(String, Reading)> = words.iter().map(|w| (w.clone(), reading(w))).collect();
        let whole = match each.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            _ => {
                let whole = joined(words);
                let reading = reading(&whole);
                Some((whole, reading))
            }
        };
        Self { each, whole }
    }

    /// The reading of this text, if it was read.
    #[must_use]
    pub fn of(&self, text: &str) -> Option<&Reading> {
        let mut all = self.each.iter().chain(&self.whole);
        all.find(|(known, _)| known == text).map(|(_, r)| r)
    }
}

/// Messages as one text, as they are read together.
#[must_use]
pub fn joined(words: &[String]) -> String {
    words.join("\n")
}
