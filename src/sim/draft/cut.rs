//! Cutting what people said into lines that can be said in one breath.

use crate::domain::lang::Lang;
use crate::sim::rules::lengths;

/// Han characters and English words of one line of a customer; the same as `balm check` allows.
const LONGEST: (usize, usize) = (60, 45);

/// Sentences with their ends.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    pieces(text, |c, next| match c {
        '。' | '！' | '？' | '；' | '!' | '?' | ';' => next.is_none_or(|n| !ends(n)),
        '.' => next.is_none_or(char::is_whitespace),
        _ => false,
    })
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

fn clauses(text: &str) -> Vec<&str> {
    pieces(text, |c, _| {
        matches!(c, '，' | ',' | '、' | ':' | '：') || ends(c)
    })
}

fn pieces(text: &str, last: impl Fn(char, Option<char>) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if last(c, text[end..].chars().next()) {
            out.push(text[start..end].trim());
            start = end;
        }
    }
    out.push(text[start..].trim());
    out.retain(|p| p.chars().any(char::is_alphanumeric));
    out
}

/// Whether a line can be said in one go.
pub(super) fn short(text: &str) -> bool {
    let (han, words) = lengths(text);
    han <= LONGEST.0 && words <= LONGEST.1
}

/// As many of the first sentences as can be said in one go; of a sentence that is too long, its first clauses.
pub(super) fn breath(text: &str, lang: Lang) -> String {
    let whole = gathered(&sentences(text), lang);
    if !whole.is_empty() {
        return whole;
    }
    let first = gathered(&clauses(text), lang);
    let mut out = first
        .trim_end_matches(['，', ',', '、', '：', ':'])
        .to_owned();
    if !out.is_empty() {
        out.push(if lang == Lang::Zh { '。' } else { '.' });
    }
    out
}

fn gathered(pieces: &[&str], lang: Lang) -> String {
    let mut out = String::new();
    for piece in pieces {
        let space = if lang == Lang::En && !out.is_empty() {
            " "
        } else {
            ""
        };
        let next = format!("{out}{space}{piece}");
        if !short(&next) {
            break;
        }
        out = next;
    }
    out
}

/// Whether a line is in this language at all, by `balm check`'s own measure.
pub(super) fn speaks(text: &str, lang: Lang) -> bool {
    let (han, words) = lengths(text);
    match lang {
        Lang::Zh => han > 0,
        Lang::En => han == 0 && words > 0,
    }
}
