//! Runs of digits in running text, and what kind of number a stretch of one is.

/// What a stretch of digits turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Eleven digits behind an optional country code or trunk zero of `lead` digits, which stay as they are.
    Mobile {
        lead: usize,
    },
    /// With an area code of `area` digits.
    Landline {
        area: usize,
    },
    IdCard,
    BankCard,
    /// A number without a form of its own, known only by the word before it.
    Other,
}

/// What the words right before a run say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    None,
    Phone,
    IdCard,
    BankCard,
    /// A ticket or order number follows: digits alone are no personal value.
    Reference,
    /// Money follows or is named.
    Amount,
}

/// One digit of a run. `group` numbers the stretches that were written without a gap and in one script; every Han
/// digit is a group of its own, because `周一` may stand right before a spoken number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// `b'0'..=b'9'`, or `b'X'` for the last place of an identity card.
    pub(super) digit: u8,
    pub(super) group: usize,
}

/// The value of a digit in any of the forms people use to write or to disguise one, and whether it is a Han one.
pub(super) fn digit_of(c: char) -> Option<(u8, bool)> {
    let plain = |value: u32| Some((b'0' + u8::try_from(value % 10).unwrap_or(0), false));
    let code = u32::from(c);
    match c {
        '0'..='9' => plain(code - 0x30),
        '\u{ff10}'..='\u{ff19}' => plain(code - 0xff10),
        '\u{660}'..='\u{669}' => plain(code - 0x660),
        '\u{6f0}'..='\u{6f9}' => plain(code - 0x6f0),
        '\u{1d7ce}'..='\u{1d7ff}' => plain(code - 0x1d7ce),
        '①'..='⑨' => plain(code - 0x245f),
        '⓪' => plain(0),
        _ if c < '\u{3007}' => None,
        _ => han_value(c).map(|value| (b'0' + value, true)),
    }
}

/// Han numerals as they are spoken and as they are written on forms.
const fn han_value(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// What may stand between two digits of one number.
pub(super) const fn is_gap(c: char) -> bool {
    matches!(c,
        ' ' | '-' | '.' | '_' | '(' | ')' | '（' | '）' | '·' | '－' | '．' | '\u{a0}' | '\u{3000}' | '\u{2010}'..='\u{2015}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Fewest and most places of a number that is worth masking: a local telephone number, a bank card.
pub(super) const MIN_PLACES: usize = 7;
const MAX_PLACES: usize = 19;

/// The best reading of the stretches that begin at `places[from]`: its kind and how many places it takes.
pub(super) fn classify(places: &[Place], from: usize, hint: Hint) -> Option<(Kind, usize)> {
    let rest = places.get(from..)?;
    let window: Vec<u8> = rest
        .iter()
        .take(MAX_PLACES)
        .map(|place| place.digit)
        .collect();
    let ends_group = |len: usize| match (rest.get(len - 1), rest.get(len)) {
        (Some(last), Some(next)) => last.group != next.group,
        (Some(_), None) => true,
        _ => false,
    };
    (MIN_PLACES..=window.len())
        .rev()
        .filter(|len| ends_group(*len))
        .find_map(|len| kind_of(&window[..len], &rest[..len], hint).map(|kind| (kind, len)))
}

fn kind_of(digits: &[u8], places: &[Place], hint: Hint) -> Option<Kind> {
    if id_card_places(digits) {
        return Some(Kind::IdCard);
    }
    let all_digits = digits.iter().all(u8::is_ascii_digit);
    if hint == Hint::IdCard && (15..=18).contains(&digits.len()) {
        return Some(Kind::IdCard);
    }
    if !all_digits || matches!(hint, Hint::Reference | Hint::Amount) {
        return None;
    }
    if (hint == Hint::BankCard && (12..=19).contains(&digits.len()))
        || (card_prefix(digits) && luhn(digits))
    {
        return Some(Kind::BankCard);
    }
    if let Some(lead) = mobile_lead(digits).filter(|_| !looks_like_date(places)) {
        return Some(Kind::Mobile { lead });
    }
    let text = std::str::from_utf8(digits).unwrap_or_default();
    if let Some(area) = crate::text::phone::area_code_len(text) {
        return Some(Kind::Landline { area });
    }
    let service = text.starts_with("400") || text.starts_with("800");
    let local = match group_sizes(places).len() {
        1 => (7..=12).contains(&digits.len()),
        2 => (7..=8).contains(&digits.len()),
        _ => false,
    };
    (hint == Hint::Phone && local && !service).then_some(Kind::Other)
}

/// Digits before the mobile number that `digits` consist of: none, a trunk zero, 86 or 0086.
fn mobile_lead(digits: &[u8]) -> Option<usize> {
    if !(11..=15).contains(&digits.len()) {
        return None;
    }
    [0, 1, 2, 4].into_iter().find(|lead| {
        let (head, number) = digits.split_at((*lead).min(digits.len()));
        let head_fits = matches!(head, b"" | b"0" | b"86" | b"0086");
        head_fits && std::str::from_utf8(number).is_ok_and(crate::text::phone::is_mobile)
    })
}

/// Digits in each group of a stretch.
fn group_sizes(places: &[Place]) -> Vec<usize> {
    places
        .chunk_by(|a, b| a.group == b.group)
        .map(<[Place]>::len)
        .collect()
}

/// Whether the groups begin as `1985-03-15` does.
fn looks_like_date(places: &[Place]) -> bool {
    let century = places.iter().take(2).map(|place| place.digit).eq(*b"19");
    century && matches!(group_sizes(places).as_slice(), [4, 1..=2, 1..=2, ..])
}

/// Whether card schemes in use in China give out numbers that begin and are long like this.
fn card_prefix(digits: &[u8]) -> bool {
    let (prefixes, lengths): (&[&[u8]], _) = match digits.first() {
        Some(b'6') => (&[b"62", b"60"], 16..=19),
        Some(b'9') => (&[b"9555", b"9558", b"9559"], 16..=19),
        Some(b'4') => (&[b"4"], 16..=16),
        Some(b'5') => (&[b"51", b"52", b"53", b"54", b"55"], 16..=16),
        Some(b'3') if digits.len() == 15 => (&[b"34", b"37"], 15..=15),
        Some(b'3') => (&[b"35"], 16..=16),
        _ => return false,
    };
    lengths.contains(&digits.len()) && prefixes.iter().any(|prefix| digits.starts_with(prefix))
}

/// The Luhn check over ASCII digits.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let mut sum = 0_u32;
    for (at, digit) in digits.iter().rev().enumerate() {
        if !digit.is_ascii_digit() {
            return false;
        }
        let value = u32::from(digit - b'0') * if at % 2 == 1 { 2 } else { 1 };
        sum += value / 10 + value % 10;
    }
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// Province, birth date and check digit of an identity card number of 18 places.
pub(super) fn id_card_places(places: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let Some((check, body)) = places.split_last() else {
        return false;
    };
    if body.len() != 17 || !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |from: usize, to: usize| {
        body[from..to]
            .iter()
            .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let dated = (1900..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14));
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let want = usize::try_from(sum % 11).ok().and_then(|at| CHECKS.get(at));
    (b'1'..=b'9').contains(&body[0]) && dated && want == Some(check)
}
