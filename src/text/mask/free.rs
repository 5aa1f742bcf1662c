//! Personal values in running text.

use super::scan::{Hint, Kind, MIN_PLACES, Place, classify, digit_of, is_gap};
use super::{mask_email, mask_phone, stars, stars_then};
use crate::text::input::half_width;

/// Characters of an e-mail address before the sign that are looked at (RFC 5321 allows 64).
const MAX_LOCAL: usize = 64;
/// Characters between two digits of one number.
const MAX_GAP: usize = 3;
/// Characters before a run in which a word may say what it is.
const HINT_REACH: usize = 24;

const PHONE_WORDS: &[&str] = &[
    "电话",
    "電話",
    "手机",
    "手機",
    "座机",
    "座機",
    "联系方式",
    "联系",
    "聯絡",
    "微信",
    "拨打",
    "tel",
    "phone",
    "mobile",
    "call",
    "wx",
    "vx",
];
const ID_WORDS: &[&str] = &[
    "身份证",
    "身分证",
    "身份證",
    "身分證",
    "证件号",
    "證件號",
    "id card",
    "id no",
];
const CARD_WORDS: &[&str] = &[
    "银行卡",
    "銀行卡",
    "储蓄卡",
    "信用卡",
    "卡号",
    "卡號",
    "银行账号",
    "银行账户",
    "card",
];
const REFERENCE_WORDS: &[&str] = &[
    "工单",
    "工單",
    "单号",
    "單號",
    "编号",
    "編號",
    "流水号",
    "受理号",
    "订单",
    "訂單",
    "运单",
    "案号",
    "ticket",
    "order",
    "case no",
    "no.",
    "#",
];
/// What parts a word from the number behind it.
const CUTS: [char; 7] = [',', '。', ';', '\n', '!', '?', '、'];
const AMOUNT_WORDS: &[&str] = &["¥", "￥", "$", "rmb", "cny"];
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

// --- e-mail ---------------------------------------------------------------------------------------------------

fn mask_emails(text: &str) -> String {
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
fn ascii_form(c: char) -> char {
    if ('\u{ff01}'..='\u{ff5e}').contains(&c) {
        half_width(c)
    } else {
        c
    }
}

// --- numbers --------------------------------------------------------------------------------------------------

fn mask_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
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
            let found = if begins_group {
                hit(text, &places, from, hint)
            } else {
                None
            };
            let Some((kind, len)) = found else {
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
            out.push_str(&text[done..start]);
            out.push_str(&masked(kind, taken));
            done = end;
            from += len;
        }
        at = places.last().map_or(at + c.len_utf8(), |last| last.end);
    }
    out.push_str(&text[done..]);
    out
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

/// What the word right before a run says; the one closest to the number wins. A telephone word further ahead beats a
/// reference (`phone no. …`): a number too many masked is better than one too few.
fn hint_before(head: &str) -> Hint {
    let reach: usize = head
        .chars()
        .rev()
        .take(HINT_REACH)
        .map(char::len_utf8)
        .sum();
    let near: String = head[head.len() - reach..]
        .chars()
        .map(ascii_form)
        .collect::<String>()
        .to_lowercase();
    // A sentence that ended, or another number, cuts the words before it off.
    let near = near.rsplit(CUTS).next().unwrap_or_default();
    let tables = [
        (Hint::Phone, PHONE_WORDS),
        (Hint::IdCard, ID_WORDS),
        (Hint::BankCard, CARD_WORDS),
        (Hint::Reference, REFERENCE_WORDS),
        (Hint::Amount, AMOUNT_WORDS),
    ];
    let mut best = (Hint::None, 0);
    for (hint, words) in tables {
        let ends = words
            .iter()
            .filter_map(|word| near.rfind(word).map(|at| at + word.len()));
        for end in ends.filter(|end| is_close(&near[*end..], hint)) {
            if end > best.1 {
                best = (hint, end);
            }
        }
    }
    if best.0 == Hint::Reference && PHONE_WORDS.iter().any(|word| near.contains(word)) {
        Hint::Phone
    } else {
        best.0
    }
}

/// Whether only filling words stand between a hint and its number. A reference may have begun already: its letters
/// and earlier groups (`工单 GD-20251122-…`) are part of it.
fn is_close(between: &str, hint: Hint) -> bool {
    let rest = between.trim_start_matches([
        ':', ' ', '号', '號', '码', '碼', '是', '为', '為', '#', '(', '=', '"', '“', '.',
    ]);
    rest.is_empty()
        || (hint == Hint::Reference
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
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
