//! Where the clauses of a reply begin and end, and what is no language in it: names behind an at sign, addresses, signatures.

use std::ops::Range;

/// The text without masks of pictures, at-names and signatures; an address becomes the word `url`.
pub(super) fn cleaned(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let glued = out.ends_with(|c: char| c.is_ascii_alphanumeric());
        let upto = |stop: fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
        let skipped = if rest.starts_with("#e-s[") {
            Some((rest.find(']').map_or(rest.len(), |at| at + 1), ","))
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            Some((upto(|c| c.is_whitespace() || !c.is_ascii()), " url,"))
        } else if c == '@' && !glued {
            let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            Some((end.map_or(rest.len(), |at| at + 1), ","))
        } else if c == '^' {
            let end = rest[1..].find(|c: char| !c.is_alphabetic());
            Some((end.map_or(rest.len(), |at| at + 1), ";"))
        } else {
            None
        };
        let (length, instead) = skipped.unwrap_or((c.len_utf8(), ""));
        if skipped.is_none() {
            out.push(c);
        } else {
            out.push_str(instead);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The numbers of a text: digits, masked numbers, and Han numerals.
pub(in super::super) fn numbers(text: &str) -> Vec<Range<usize>> {
    const HAN: &str = "零一二两三四五六七八九十百千万半几";
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mask = ["[数字", "[金额"].iter().any(|open| rest.starts_with(open));
        let length = if mask {
            rest.find(']').map_or(c.len_utf8(), |close| close + 1)
        } else {
            c.len_utf8()
        };
        let range = at..at + length;
        if mask || c.is_ascii_digit() || HAN.contains(c) {
            match out.last_mut() {
                Some(last) if last.end == at => last.end = range.end,
                // 3.5 and 1,000 are one number.
                Some(last)
                    if last.end + 1 == at
                        && c.is_ascii_digit()
                        && matches!(text.get(last.end..at), Some("." | ",")) =>
                {
                    last.end = range.end;
                }
                _ => out.push(range.clone()),
            }
        }
        at = range.end;
    }
    out
}

/// The clauses of a text.
#[derive(Debug)]
pub(super) struct Clauses {
    /// Where stops stand, in order.
    stops: Vec<usize>,
    /// Where a clause begins, behind its leading words or before them, in order.
    starts: Vec<usize>,
    /// Where a clause ends in a question mark, and where the mark ends.
    asked: Vec<(usize, usize)>,
    length: usize,
}

impl Clauses {
    /// `leads` are the words that may stand before the begin of a clause.
    pub(super) fn new(text: &str, leads: &[Range<usize>]) -> Self {
        let mut stops = Vec::new();
        let mut asked = Vec::new();
        let mut starts = vec![behind_blanks(text, 0)];
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if is_stop(text, at, c) {
                stops.push(at);
                starts.push(behind_blanks(text, end));
                if c == '?' || c == '？' {
                    asked.push((at, end));
                }
            }
        }
        for lead in leads {
            // Hits come in order, so that one word after another is passed over.
            if starts.contains(&lead.start) {
                starts.push(behind_blanks(text, lead.end));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        Self {
            stops,
            starts,
            asked,
            length: text.len(),
        }
    }

    pub(super) fn starts(&self) -> &[usize] {
        &self.starts
    }

    pub(super) fn asked(&self) -> &[(usize, usize)] {
        &self.asked
    }

    pub(super) fn stop_between(&self, from: usize, to: usize) -> bool {
        let first = self.stops.partition_point(|stop| *stop < from);
        self.stops.get(first).is_some_and(|stop| *stop < to)
    }

    /// The end of the clause in which this place lies.
    pub(super) fn end_after(&self, at: usize) -> usize {
        let first = self.stops.partition_point(|stop| *stop < at);
        self.stops.get(first).copied().unwrap_or(self.length)
    }
}

fn behind_blanks(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let skip = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '*');
    from + (rest.len() - rest.trim_start_matches(skip).len())
}

fn is_stop(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).unwrap_or_default().chars().next_back();
    let after = text
        .get(at + c.len_utf8()..)
        .unwrap_or_default()
        .chars()
        .next();
    let within = |inside: fn(&char) -> bool| {
        before.as_ref().is_some_and(inside) && after.as_ref().is_some_and(inside)
    };
    match c {
        '。' | '!' | '?' | '！' | '？' | ';' | '；' | '，' | '\n' | '~' | '～' | '—' | '…'
        | '(' | ')' | '（' | '）' | '<' | '>' | '【' | '】' | '|' => true,
        '.' => !within(char::is_ascii_alphanumeric),
        ',' | ':' | '：' => !within(char::is_ascii_digit),
        // A hyphen joins, a dash stands free.
        '-' | '/' => before == Some(' '),
        // In Chinese a blank stands where a stop was left out.
        ' ' => within(|c| !c.is_ascii()),
        _ => false,
    }
}
