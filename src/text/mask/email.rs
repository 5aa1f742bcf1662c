//! E-mail addresses in running text.

use super::mask_email;
use crate::text::input::half_width;

/// Characters of an e-mail address before the sign that are looked at (RFC 5321 allows 64).
const MAX_LOCAL: usize = 64;

/// `text` with every e-mail address masked.
pub(super) fn mask_emails(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if half_width(c) != '@' || at < done {
            continue;
        }
        let local = tail_len(&text[done..at], |c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
        });
        let behind = &text[at + c.len_utf8()..];
        let domain = domain_len(behind);
        if local == 0 || domain == 0 {
            continue;
        }
        let end = at + c.len_utf8() + domain;
        out.push_str(&text[done..at - local]);
        out.push_str(&mask_email(&text[at - local..end]));
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

/// Bytes at the end of `head` whose half-width characters pass `test`.
fn tail_len(head: &str, test: impl Fn(char) -> bool) -> usize {
    head.chars()
        .rev()
        .take(MAX_LOCAL)
        .take_while(|c| test(ascii_form(*c)))
        .map(char::len_utf8)
        .sum()
}

/// Bytes of a domain with at least one dot and letters behind the last one; 0 when there is none.
fn domain_len(text: &str) -> usize {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut end = 0;
    let mut label = 0;
    let mut labels = 0;
    let mut letters = true;
    for (at, c) in text.char_indices().take(255) {
        let plain = ascii_form(c);
        if part(plain) {
            label += 1;
            letters &= plain.is_ascii_alphabetic();
            if labels > 0 && label >= 2 && letters {
                end = at + c.len_utf8();
            }
        } else if plain == '.' && label > 0 {
            labels += 1;
            label = 0;
            letters = true;
        } else {
            break;
        }
    }
    end
}

/// Full-width letters, digits and marks as ASCII; the Chinese full stop is not a dot here.
pub(super) fn ascii_form(c: char) -> char {
    if ('\u{ff01}'..='\u{ff5e}').contains(&c) {
        half_width(c)
    } else {
        c
    }
}
