//! Whether a sentence says back what the customer said.

use std::collections::BTreeSet;

use crate::text::tokens::fold;

/// Words too common to tell anything.
const COMMON: &[&str] = &[
    "the", "a", "an", "and", "or", "to", "of", "in", "on", "at", "is", "was", "it", "that", "this",
    "you", "your", "i", "me", "my", "we", "so", "as", "if", "for", "with", "be", "are", "have",
    "has", "had", "do", "did", "not", "what", "there", "they", "she", "he", "her", "him", "from",
];
const COMMON_HAN: &str = "的了是我您你们这那就也都不没有在和跟一个吗吧呢啊";

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What a text is about: pairs of Han characters, and words of other scripts.
fn contents(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let mut out = BTreeSet::new();
    let chars: Vec<char> = folded.chars().collect();
    for pair in chars.windows(2) {
        if let [a, b] = pair
            && is_han(*a)
            && is_han(*b)
            && !(COMMON_HAN.contains(*a) || COMMON_HAN.contains(*b))
        {
            out.insert([*a, *b].iter().collect());
        }
    }
    for word in folded.split(|c: char| !c.is_alphanumeric() || is_han(c)) {
        if word.len() > 2 && !COMMON.contains(&word) {
            out.insert(word.to_owned());
        }
    }
    out
}

/// How many pieces of meaning of a sentence are the customer's, and of how many.
pub(in crate::sim) fn shared(sentence: &str, said: &[String]) -> (usize, usize) {
    let own = contents(sentence);
    let mut theirs = BTreeSet::new();
    for words in said {
        theirs.append(&mut contents(words));
    }
    (own.intersection(&theirs).count(), own.len())
}

/// How many pieces of meaning two texts have in common.
pub(super) fn common(a: &str, b: &str) -> usize {
    contents(a).intersection(&contents(b)).count()
}
