//! Numbers, times and names that stand in a line and not in the one it says in other words.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::{Refused, Words};
use crate::coach::lint::money::{ONES, TENS};
use crate::domain::lang::Lang;

/// Han numerals, with those that only counting uses.
const NUMERALS: &str = "零〇一二三四五六七八九十百千万亿两俩仨半几壹贰叁肆伍陆柒捌玖拾佰仟";
/// English words that count, beside the plain numbers.
const COUNTS: &[&str] = &[
    "hundred", "thousand", "million", "dozen", "half", "twice", "thrice", "first", "second",
    "third", "couple", "double", "quarter",
];

/// Refuses what the line adds.
pub(super) fn check(words: &Words, lang: Lang, own: &str, line: &str) -> Result<(), Refused> {
    let (own, line) = (folded(own, words), folded(line, words));
    if !numbers(&line, lang).is_subset(&numbers(&own, lang)) {
        return Err(Refused::Number);
    }
    if !times(&line, words, lang).is_subset(&times(&own, words, lang)) {
        return Err(Refused::Time);
    }
    let known = match lang {
        Lang::Zh => names(&own, words, lang),
        // A name that begins the line is one like any other word; inside the answer it shows.
        Lang::En => english(&own).collect(),
    };
    if !names(&line, words, lang).is_subset(&known) {
        return Err(Refused::Name);
    }
    Ok(())
}

/// One form of every character, without the words in which a numeral counts nothing.
fn folded(text: &str, words: &Words) -> String {
    let mut text: String = text.nfkc().collect();
    for idiom in &words.idioms {
        text = replace(&text, idiom);
    }
    text
}

/// Takes a word out, however its first letter is written.
fn replace(text: &str, word: &str) -> String {
    let mut out = text.replace(word, " ");
    let mut letters = word.chars();
    if let Some(first) = letters.next().filter(char::is_ascii_lowercase) {
        let capital = format!("{}{}", first.to_ascii_uppercase(), letters.as_str());
        out = out.replace(&capital, " ");
    }
    out
}

fn runs(text: &str, is: impl Fn(char) -> bool) -> BTreeSet<String> {
    let pieces = text.split(|c| !is(c)).filter(|p| !p.is_empty());
    pieces.map(str::to_owned).collect()
}

/// The words of an English text, small.
fn english(text: &str) -> impl Iterator<Item = String> + '_ {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    pieces.filter(|p| !p.is_empty()).map(str::to_lowercase)
}

fn numbers(text: &str, lang: Lang) -> BTreeSet<String> {
    let mut out = runs(text, |c| c.is_numeric() && !NUMERALS.contains(c));
    match lang {
        Lang::Zh => out.extend(runs(text, |c| NUMERALS.contains(c))),
        Lang::En => {
            let counts = |w: &String| [ONES, TENS, COUNTS].iter().any(|of| of.contains(&&w[..]));
            out.extend(english(text).filter(counts));
        }
    }
    out
}

fn times(text: &str, words: &Words, lang: Lang) -> BTreeSet<String> {
    match lang {
        Lang::Zh => {
            let said = words.times.iter().filter(|t| text.contains(&t[..]));
            said.cloned().collect()
        }
        Lang::En => {
            let single = |w: String| w.strip_suffix('s').map(str::to_owned).unwrap_or(w);
            let said = english(text).map(single);
            said.filter(|w| words.times.contains(w)).collect()
        }
    }
}

/// Names that a text shows as such: whoever has a title, Latin words between Han characters, English words that are written large
/// inside a sentence. A name that begins an English sentence is not told from another word.
fn names(text: &str, words: &Words, lang: Lang) -> BTreeSet<String> {
    match lang {
        Lang::Zh => {
            let mut out = runs(text, |c| c.is_ascii_alphabetic());
            for title in &words.titles {
                for (at, _) in text.match_indices(&title[..]) {
                    let before = text[..at].chars().next_back();
                    let who = before.filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
                    out.extend(who.map(|c| format!("{c}{title}")));
                }
            }
            out
        }
        Lang::En => {
            let mut out = BTreeSet::new();
            let mut begins = true;
            for piece in text.split_whitespace() {
                let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
                let own = word.split('\'').next().unwrap_or(word);
                let large = own.chars().next().is_some_and(char::is_uppercase);
                if large && !begins && own != "I" {
                    out.insert(own.to_lowercase());
                }
                if !word.is_empty() {
                    begins = piece.ends_with(['.', '!', '?', ':', '"']);
                }
            }
            out
        }
    }
}
