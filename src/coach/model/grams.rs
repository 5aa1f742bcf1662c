//! A text as hashed n-grams: Han characters in runs of one to four, Latin words alone and in pairs, and pieces of three to
//! five letters inside a word. Numbers, masks, mentions and links stand for their kind, never for themselves, so that the
//! model learns no telephone number and no name.

use std::ops::Range;

/// Units looked at in one text; what a complaint is about is said before that.
const MAX_UNITS: usize = 1_500;

/// One n-gram of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::coach) struct Gram {
    /// Its hash, the key of the model.
    pub(in crate::coach) key: u32,
    /// Where it stands, bytes of the folded text.
    pub(in crate::coach) at: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Joins n-grams with its neighbours.
    Han,
    /// A Latin word.
    Word,
    /// A number, a mask, a mark: joins, but alone it says little.
    Sign,
    /// Ends a run.
    Break,
}

#[derive(Debug)]
struct Unit {
    kind: Kind,
    hash: u64,
    at: Range<usize>,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a over a word of 64 bits.
const fn mix(hash: u64, value: u64) -> u64 {
    let h = (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    h ^ (h >> 29)
}

/// The upper half of the well-stirred hash.
const fn key(hash: u64) -> u32 {
    let h = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (h >> 32) as u32
}

/// The hash of a named mark, apart from all n-grams.
pub(in crate::coach) fn named(name: &str) -> u32 {
    key(name
        .bytes()
        .fold(SEED ^ 0x7777, |h, b| mix(h, u64::from(b))))
}

fn word_hash(word: &str) -> u64 {
    word.bytes().fold(SEED, |h, b| mix(h, u64::from(b)))
}

fn sign(name: &str, at: Range<usize>) -> Unit {
    Unit {
        kind: Kind::Sign,
        hash: word_hash(name) ^ 0x5157,
        at,
    }
}

const fn pause(at: Range<usize>) -> Unit {
    Unit {
        kind: Kind::Break,
        hash: 0,
        at,
    }
}

/// The n-grams of folded text, in reading order, repetitions included.
pub(in crate::coach) fn grams(text: &str) -> Vec<Gram> {
    let units = units(text);
    let mut out = Vec::with_capacity(units.len() * 4);
    for (i, first) in units.iter().enumerate() {
        if first.kind == Kind::Word {
            letters(text, first, &mut out);
        }
        let mut hash = SEED;
        let mut latin = 0;
        for (n, unit) in units.iter().skip(i).take(4).enumerate() {
            if unit.kind == Kind::Break {
                break;
            }
            latin += usize::from(unit.kind == Kind::Word);
            if latin > 2 || (latin == 2 && n > 1) {
                break;
            }
            hash = mix(hash, unit.hash);
            if !(n == 0 && unit.kind == Kind::Sign && unit.hash == sign("0", 0..0).hash) {
                out.push(Gram {
                    key: key(hash),
                    at: first.at.start..unit.at.end,
                });
            }
        }
    }
    out
}

/// Pieces of three to five letters inside a word, with its ends marked.
fn letters(text: &str, word: &Unit, out: &mut Vec<Gram>) {
    let bytes = text[word.at.clone()].as_bytes();
    if bytes.len() < 4 || bytes.len() > 24 {
        return;
    }
    let marked: Vec<u8> = [b"^", bytes, b"$"].concat();
    for n in 3..=5 {
        for window in marked.windows(n) {
            let hash = window
                .iter()
                .fold(SEED ^ 0x33, |h, b| mix(h, u64::from(*b)));
            out.push(Gram {
                key: key(hash),
                at: word.at.clone(),
            });
        }
    }
}

fn units(text: &str) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if out.len() >= MAX_UNITS {
            break;
        }
        let rest = &text[at..];
        let (unit, len) = one(rest, c, at);
        out.extend(unit);
        at += len.max(c.len_utf8());
    }
    out
}

/// The unit that begins `rest`, and how many bytes it takes.
fn one(rest: &str, c: char, at: usize) -> (Option<Unit>, usize) {
    let run = |take: fn(char) -> bool| rest.find(|c: char| !take(c)).unwrap_or(rest.len());
    match c {
        '[' => mask(rest, at),
        '#' if rest.starts_with("#e-s") => {
            let len = 4 + mask(&rest[4..], at).1;
            (Some(sign("emoji", at..at + len)), len)
        }
        '@' => mention(rest, at),
        'h' if rest.starts_with("http") => {
            let len = run(|c| c.is_ascii() && !c.is_whitespace());
            (Some(pause(at..at + len)), len)
        }
        '&' if rest.starts_with("&nbsp;") => (None, 6),
        _ if c.is_ascii_digit() => {
            let len = run(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | ','));
            let len = rest[..len].trim_end_matches(['.', ':', ',']).len();
            (Some(sign("0", at..at + len)), len)
        }
        _ if c.is_ascii_alphabetic() => {
            let len = run(|c| c.is_ascii_alphabetic() || c == '\'');
            let word = Unit {
                kind: Kind::Word,
                hash: word_hash(&rest[..len]),
                at: at..at + len,
            };
            (Some(word), len)
        }
        '!' | '?' => {
            let len = run(|c| matches!(c, '!' | '?'));
            let name = match (len, rest[..len].contains('?'), rest[..len].contains('!')) {
                (_, true, true) => "?!",
                (1, true, _) => "?",
                (1, _, _) => "!",
                (_, true, _) => "??",
                _ => "!!",
            };
            (Some(sign(name, at..at + len)), len)
        }
        _ if c.is_whitespace() => (None, c.len_utf8()),
        _ if c.is_alphanumeric() || u32::from(c) >= 0x1_F000 => {
            let unit = Unit {
                kind: Kind::Han,
                hash: u64::from(u32::from(c)),
                at: at..at + c.len_utf8(),
            };
            (Some(unit), c.len_utf8())
        }
        _ => (Some(pause(at..at + c.len_utf8())), c.len_utf8()),
    }
}

/// A masked value, `[数字x]` or `[orderid_10]`: numbers, sums and dates are one kind, the rest another.
fn mask(rest: &str, at: usize) -> (Option<Unit>, usize) {
    let Some(end) = rest
        .find(']')
        .filter(|end| *end <= 60 && rest.starts_with('['))
    else {
        return (Some(pause(at..at + 1)), 1);
    };
    let inner = &rest[1..end];
    let number = ["数字", "金额", "日期", "时间"]
        .iter()
        .any(|w| inner.starts_with(w));
    let name = if number { "0" } else { "mask" };
    (Some(sign(name, at..at + end + 1)), end + 1)
}

/// A mention. Of a Latin handle the words stay, because they name the trade; a Chinese one is only a pause, or every 客服 in
/// a handle would speak of manners.
fn mention(rest: &str, at: usize) -> (Option<Unit>, usize) {
    let len = mention_len(rest);
    let handle = rest[1..len].trim_matches(|c: char| !c.is_ascii_alphabetic());
    if handle.is_ascii() && handle.len() > 2 {
        let start = at + 1 + rest[1..len].find(handle).unwrap_or(0);
        let word = Unit {
            kind: Kind::Word,
            hash: word_hash(handle),
            at: start..start + handle.len(),
        };
        return (Some(word), len);
    }
    (Some(pause(at..at + len)), len)
}

/// How many bytes a mention at the start of `rest` takes, the sign included.
pub(in crate::coach) fn mention_len(rest: &str) -> usize {
    let body = &rest[1.min(rest.len())..];
    let end = body
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '·')))
        .unwrap_or(body.len());
    1 + end
}
