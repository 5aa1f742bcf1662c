//! Personal values in running text.

use super::email::{ascii_form, mask_emails};
use super::hint::{HINT_REACH, hint_before};
use super::scan::{Hint, Kind, MIN_PLACES, Place, classify, digit_of, is_gap};
use super::{mask_phone, stars, stars_then};

/// Characters between two digits of one number.
const MAX_GAP: usize = 3;
const AMOUNT_ENDS: &[&str] = &[
    "元", "块钱", "塊錢", "万", "萬", "亿", "億", "rmb", "cny", "%", "％",
];
const PROVINCES: &str = "京津沪冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新使领";

/// `text` with telephone numbers, identity cards, bank cards, e-mail addresses and number plates masked, and
/// everything else byte for byte as it was.
///
/// Digits are found in any script, with blanks, hyphens, dots, brackets or invisible characters between them, and as
/// Han numerals (一三八…). Identity cards must have a birth date and the check digit, bank cards a known prefix and
/// the Luhn digit; a word before the number (身份证, 卡号, 电话) makes up for a typing error in it. Amounts, dates,
/// ticket and order numbers and public service lines (12315, 400…) stay. Names and addresses are not found: they
/// have fields of their own. The time is proportional to the length of the text.
#[must_use]
pub fn mask_free(text: &str) -> String {
    mask_plates(&mask_numbers(&mask_emails(text)))
}

// --- numbers --------------------------------------------------------------------------------------------------

/// A personal number found in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Byte range in the text.
    pub span: std::ops::Range<usize>,
    /// What kind of number it is.
    pub kind: FoundKind,
}

/// The kinds of personal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundKind {
    /// A mobile or landline number, or a number of that length without a better reading.
    Phone,
    /// An identity card number.
    IdCard,
    /// A bank card number.
    BankCard,
}

/// The personal numbers in running text, in order: exactly those that [`mask_free`] hides.
#[must_use]
pub fn find_numbers(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    each_number(text, |span, kind, _| {
        let kind = match kind {
            Kind::Mobile { .. } | Kind::Landline { .. } | Kind::Other => FoundKind::Phone,
            Kind::IdCard => FoundKind::IdCard,
            Kind::BankCard => FoundKind::BankCard,
        };
        out.push(Found { span, kind });
    });
    out
}

fn mask_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    each_number(text, |span, kind, places| {
        out.push_str(&text[done..span.start]);
        out.push_str(&masked(kind, places));
        done = span.end;
    });
    out.push_str(&text[done..]);
    out
}

fn each_number(text: &str, mut found: impl FnMut(std::ops::Range<usize>, Kind, &[Place])) {
    let mut done = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if digit_of(c).is_none() {
            at += c.len_utf8();
            continue;
        }
        let places = run_at(text, at);
        let hint = if places.len() < MIN_PLACES {
            Hint::None
        } else {
            hint_before(&text[..at])
        };
        let mut from = 0;
        while from + MIN_PLACES <= places.len() {
            let place = places[from];
            let begins_group = from == 0 || places[from - 1].group != place.group;
            let number = if begins_group {
                hit(text, &places, from, hint)
            } else {
                None
            };
            let Some((kind, len)) = number else {
                from += 1;
                continue;
            };
            let lead = if let Kind::Mobile { lead } = kind {
                lead
            } else {
                0
            };
            let taken = &places[from + lead..from + len];
            let start = taken.first().map_or(place.start, |first| first.start);
            let end = taken.last().map_or(place.end, |last| last.end);
            let start = open_bracket(text, done, start, end);
            found(start..end, kind, taken);
            done = end;
            from += len;
        }
        at = places.last().map_or(at + c.len_utf8(), |last| last.end);
    }
}

/// The digits from byte `at` on, as long as only short gaps part them.
fn run_at(text: &str, at: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut group = 0;
    let mut gap = 0;
    let mut last_han = false;
    for (offset, c) in text[at..].char_indices() {
        let start = at + offset;
        if let Some((digit, han)) = digit_of(c) {
            if !places.is_empty() && (gap > 0 || han || last_han) {
                group += 1;
            }
            places.push(Place {
                start,
                end: start + c.len_utf8(),
                digit,
                group,
            });
            gap = 0;
            last_han = han;
        } else if matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ' | 'Χ') && places.len() >= 17 && gap <= 1 {
            // The check place of an identity card; it ends the run.
            let group = if gap > 0 || last_han {
                group + 1
            } else {
                group
            };
            places.push(Place {
                start,
                end: start + c.len_utf8(),
                digit: b'X',
                group,
            });
            break;
        } else if is_gap(c) && gap < MAX_GAP {
            gap += 1;
        } else {
            break;
        }
    }
    places
}

/// The reading of the run from `from` on, unless its surroundings forbid it. `hint` is what stands before the run: it
/// speaks of the first group, and of the later ones while they are joined to it as the parts of a reference are.
fn hit(text: &str, places: &[Place], from: usize, hint: Hint) -> Option<(Kind, usize)> {
    let (run, start) = (places.first()?.start, places.get(from)?.start);
    let joined = start - run <= HINT_REACH
        && text[run..start]
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '_'));
    let hint = if from == 0 || (hint == Hint::Reference && joined) {
        hint
    } else {
        Hint::None
    };
    let (kind, len) = classify(places, from, hint)?;
    let end = places.get(from + len - 1)?.end;
    let numbered = matches!(
        kind,
        Kind::Mobile { .. } | Kind::Landline { .. } | Kind::Other
    );
    if numbered
        && (glued_to_letters(&text[..start], hint) || starts_with_any(&text[end..], AMOUNT_ENDS))
    {
        return None;
    }
    Some((kind, len))
}

/// Whether letters stand right before the number as in `GD13800138000`: part of a reference, unless a word says
/// that a telephone number follows.
fn glued_to_letters(head: &str, hint: Hint) -> bool {
    let letters: Vec<char> = head
        .chars()
        .rev()
        .take(6)
        .take_while(|c| ascii_form(*c).is_ascii_alphabetic())
        .collect();
    hint != Hint::Phone && letters.iter().any(|c| ascii_form(*c).is_ascii_uppercase())
}

fn starts_with_any(text: &str, words: &[&str]) -> bool {
    let text = text.trim_start_matches(' ');
    words.iter().any(|word| {
        text.get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word))
    })
}

/// Takes an opening bracket with the number when the closing one lies inside it, as in `(010)8888 8888`.
fn open_bracket(text: &str, done: usize, start: usize, end: usize) -> usize {
    let closes = text[start..end].contains([')', '）']) && !text[start..end].contains(['(', '（']);
    match text[done..start].chars().next_back() {
        Some(open @ ('(' | '（')) if closes => start - open.len_utf8(),
        _ => start,
    }
}

fn masked(kind: Kind, places: &[Place]) -> String {
    let digits: String = places.iter().map(|place| char::from(place.digit)).collect();
    match kind {
        Kind::Mobile { .. } => mask_phone(&digits),
        Kind::Landline { area } => {
            format!("{}-{}", &digits[..area], stars_then(&digits[area..], 3))
        }
        Kind::IdCard => super::mask_id_card(&digits),
        Kind::BankCard => stars_then(&digits, 4),
        Kind::Other => {
            stars(digits.len().saturating_sub(3)) + &digits[digits.len().saturating_sub(3)..]
        }
    }
}

// --- number plates --------------------------------------------------------------------------------------------

fn mask_plates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at < done || !PROVINCES.contains(c) {
            continue;
        }
        if let Some(len) = plate_len(&text[at..]) {
            out.push_str(&text[done..at]);
            out.push_str(&super::mask_tail4(&text[at..at + len]));
            done = at + len;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Bytes of a plate at the front of `text`: province, letter, an optional dot, five or six places of which at least
/// three are digits, and no letter or digit behind.
fn plate_len(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    let (_, letter) = chars.next()?;
    if !ascii_form(letter).is_ascii_alphabetic() {
        return None;
    }
    let (mut places, mut digits, mut end) = (0, 0, 0);
    for (at, c) in chars {
        let plain = ascii_form(c);
        if plain.is_ascii_alphanumeric() {
            places += 1;
            digits += usize::from(plain.is_ascii_digit());
            end = at + c.len_utf8();
        } else if !(places == 0 && end == 0 && matches!(plain, '·' | '.' | ' ' | '-' | '•')) {
            break;
        }
        if places > 6 {
            return None;
        }
    }
    ((5..=6).contains(&places) && digits >= 3).then_some(end)
}
