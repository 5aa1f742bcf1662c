//! The one search tokeniser: what the desk and the server put into an index, and what they ask of it.
//!
//! A text is folded (NFKC, lower case, traditional to simplified) and every Han character and Kana becomes a token
//! of its own; letters and digits make tokens by the run; everything else separates. A word of a query becomes a
//! phrase of neighbouring tokens, so that `退款` finds exactly the texts that contain 退款, at any length, without a
//! dictionary. Emoji and marks are not searchable.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::simplify::simplify;

/// Words of a query that are looked at; the rest is ignored.
const MAX_WORDS: usize = 32;

/// `text` in the form that is compared: NFKC (full width to half width, ligatures apart), lower case, traditional
/// to simplified. Marks without a letter of their own go. For matching only, never for drawing.
#[must_use]
pub fn fold(text: &str) -> String {
    fold_chars(text).collect()
}

fn fold_chars(text: &str) -> impl Iterator<Item = char> {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .map(simplify)
}

/// `text` as tokens with one blank between them: what is stored in a full-text index and searched in memory.
#[must_use]
pub fn index_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 4 / 3);
    let mut inside_word = false;
    for c in fold_chars(text) {
        if is_single(c) {
            blank(&mut out);
            out.push(c);
            inside_word = false;
        } else if c.is_alphanumeric() {
            if !inside_word {
                blank(&mut out);
            }
            out.push(c);
            inside_word = true;
        } else {
            inside_word = false;
        }
    }
    out
}

fn blank(out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
}

/// Whether `c` is a token by itself: Han and Kana, which are written without blanks.
fn is_single(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What was typed into a search box, parsed once and asked many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Phrases of tokens with one blank between; all must occur.
    phrases: Vec<String>,
    /// Whether the last phrase may end inside a word: its last token is Latin or a number still being typed.
    open: bool,
}

impl Query {
    /// Parses the text of a search box. `None` when it holds nothing that can be searched.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let phrases: Vec<String> = typed
            .split_whitespace()
            .map(index_text)
            .filter(|phrase| !phrase.is_empty())
            .take(MAX_WORDS)
            .collect();
        let open = !phrases.last()?.ends_with(is_single);
        Some(Self { phrases, open })
    }

    /// The query as an FTS5 `MATCH` string: each word a quoted phrase, all of them required, the open one a prefix.
    #[must_use]
    pub fn to_fts(&self) -> String {
        let mut out = String::new();
        for (at, phrase) in self.phrases.iter().enumerate() {
            if at > 0 {
                out.push_str(" AND ");
            }
            // No token holds a quotation mark; doubling them keeps the quoting right if that ever changes.
            out.push('"');
            out.push_str(&phrase.replace('"', "\"\""));
            out.push('"');
        }
        if self.open {
            out.push_str(" *");
        }
        out
    }

    /// Whether a text made by [`index_text`] holds every phrase. The same answer as the full-text index gives.
    #[must_use]
    pub fn matches(&self, index: &str) -> bool {
        let last = self.phrases.len().saturating_sub(1);
        self.phrases
            .iter()
            .enumerate()
            .all(|(at, phrase)| holds(index, phrase, self.open && at == last))
    }
}

/// Whether `phrase` occurs in `index` on token edges; an open one may end inside a token.
fn holds(index: &str, phrase: &str, open: bool) -> bool {
    index.match_indices(phrase).any(|(at, _)| {
        let before = index[..at]
            .bytes()
            .next_back()
            .is_none_or(|byte| byte == b' ');
        let after = open
            || index[at + phrase.len()..]
                .bytes()
                .next()
                .is_none_or(|byte| byte == b' ');
        before && after
    })
}

/// The FTS5 `MATCH` string for what was typed: `退款` becomes `"退 款"`, `iph 退` becomes `"iph" AND "退"`, a last
/// Latin word or number becomes a prefix (`"iph" *`). `None` when nothing in it can be searched.
#[must_use]
pub fn query_phrase(typed: &str) -> Option<String> {
    Query::parse(typed).map(|query| query.to_fts())
}

/// Whether a text made by [`index_text`] answers what was typed. A query with nothing to search matches everything.
/// Parses on every call: a filter over many rows uses [`Query`].
#[must_use]
pub fn matches(index: &str, typed: &str) -> bool {
    Query::parse(typed).is_none_or(|query| query.matches(index))
}

#[cfg(test)]
mod tests;
