//! Masks for personal values: what of a number, a name or an address may be seen (method 3.15).
//!
//! The functions here take one value whose kind is known from its field; [`mask_free`] finds the values in running
//! text. Masks hide, they do not check: a broken value is hidden more, never less.

mod email;
mod free;
mod hint;
mod scan;

pub use free::{Found, FoundKind, find_numbers, mask_free};

use super::input::half_width;
use super::phone::{area_code_len, normalise_phone};

/// What stands for hidden letters of unknown number.
const HIDDEN: &str = "***";

/// Surnames of two characters; the rest of a Chinese name begins behind the surname.
const COMPOUND: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲",
    "公孙", "公孫", "慕容", "令狐", "长孙", "長孫", "宇文", "司徒", "司空", "夏侯", "端木", "南宫",
    "南宮", "轩辕", "钟离", "闻人", "呼延", "万俟", "独孤",
];

/// `138****5678` for a mobile, `010-*****678` for a landline (area and last three), the last three of any other
/// number of seven digits or more; shorter or broken ones are hidden whole.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let digits = normalise_phone(phone).unwrap_or_default();
    if super::phone::is_mobile(&digits) {
        return format!("{}****{}", &digits[..3], &digits[7..]);
    }
    if let Some(area) = area_code_len(&digits) {
        return format!("{}-{}", &digits[..area], stars_then(&digits[area..], 3));
    }
    if digits.len() >= 7 {
        stars_then(&digits, 3)
    } else {
        stars(phone.chars().count().max(3))
    }
}

/// `王**`, `王*`, `欧阳**`; a foreign name keeps the first letter of each part. One character alone is hidden.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let name = name.trim();
    if name.is_ascii() {
        return name
            .split_whitespace()
            .map(mask_latin)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let count = name.chars().count();
    let surname = surname(name).chars().count();
    if count <= 1 {
        return stars(count);
    }
    name.chars()
        .take(surname)
        .chain(std::iter::repeat_n('*', (count - surname).min(8)))
        .collect()
}

/// The surname of a Chinese name: its first character, or the first two of a known compound surname that has a given
/// name behind it.
#[must_use]
pub fn surname(name: &str) -> &str {
    let compound = COMPOUND
        .iter()
        .find(|compound| name.starts_with(**compound) && name.chars().count() > 2);
    match compound {
        Some(compound) => &name[..compound.len()],
        None => &name[..name.chars().next().map_or(0, char::len_utf8)],
    }
}

fn mask_latin(part: &str) -> String {
    part.chars()
        .next()
        .map_or_else(String::new, |first| format!("{first}{HIDDEN}"))
}

/// The first and the last character of an identity card number, the rest stars.
#[must_use]
pub fn mask_id_card(number: &str) -> String {
    let plain = compact(number);
    let count = plain.chars().count();
    if count < 15 {
        return stars(count.max(3));
    }
    let first = plain.chars().take(1);
    let last = plain.chars().skip(count - 1);
    first
        .chain(std::iter::repeat_n('*', (count - 2).min(30)))
        .chain(last)
        .collect()
}

/// The last four of an identity card number, for the moment an agent checks it with the customer.
#[must_use]
pub fn mask_id_card_checking(number: &str) -> String {
    let plain = compact(number);
    if plain.chars().count() < 15 {
        stars(plain.chars().count().max(3))
    } else {
        stars_then(&plain, 4)
    }
}

/// The last four digits of a bank card.
#[must_use]
pub fn mask_bank_card(number: &str) -> String {
    let plain = compact(number);
    if plain.chars().count() < 12 {
        stars(plain.chars().count().max(3))
    } else {
        stars_then(&plain, 4)
    }
}

/// `a***@domain`.
#[must_use]
pub fn mask_email(address: &str) -> String {
    let plain: String = address.trim().chars().map(half_width).collect();
    match plain.rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() => {
            let first: String = local.chars().take(1).collect();
            format!("{first}{HIDDEN}@{domain}")
        }
        _ => HIDDEN.to_owned(),
    }
}

/// An address down to its district: `北京市朝阳区***`. Without a district the city stays; without either nothing does.
#[must_use]
pub fn mask_address(address: &str) -> String {
    let address = address.trim();
    let chars: Vec<(usize, char)> = address.char_indices().take(24).collect();
    let mut keep = 0;
    for (at, (byte, c)) in chars.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|at| chars.get(at))
            .map(|(_, c)| *c);
        let end = byte + c.len_utf8();
        match c {
            '区' | '區' if matches!(before, Some('治' | '地')) => keep = end,
            '区' | '區'
                if matches!(
                    before,
                    None | Some('小' | '社' | '园' | '園' | '校' | '景' | '厂' | '厰' | '片')
                ) =>
            {
                break;
            }
            '区' | '區' | '县' | '縣' | '旗' => {
                keep = end;
                break;
            }
            '省' | '市' | '州' | '盟' => keep = end,
            '路'
            | '街'
            | '道'
            | '巷'
            | '弄'
            | '号'
            | '號'
            | '栋'
            | '楼'
            | '村'
            | '镇'
            | '鎮'
            | '0'..='9' => break,
            _ => {}
        }
    }
    format!("{}{HIDDEN}", &address[..keep])
}

/// The last four of a number plate or of an order number; both are known by their field or by a word before them.
#[must_use]
pub fn mask_tail4(value: &str) -> String {
    let plain = compact(value);
    if plain.chars().count() <= 4 {
        stars(plain.chars().count().max(3))
    } else {
        format!("{HIDDEN}{}", last(&plain, 4))
    }
}

/// Whether a number of 18 places is an identity card number by its birth date and check digit (GB 11643).
#[must_use]
pub fn id_card_is_valid(number: &str) -> bool {
    let places: Vec<u8> = compact(number)
        .bytes()
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    scan::id_card_places(&places)
}

/// Whether the digits pass the Luhn check of payment cards. Anything but digits fails.
#[must_use]
pub fn luhn_is_valid(digits: &str) -> bool {
    scan::luhn(digits.as_bytes())
}

/// The value without blanks, hyphens and dots, full width folded.
fn compact(value: &str) -> String {
    value
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2014}'))
        .collect()
}

fn stars(count: usize) -> String {
    "*".repeat(count.min(20))
}

/// All but the last `keep` characters as stars.
fn stars_then(value: &str, keep: usize) -> String {
    let hidden = value.chars().count().saturating_sub(keep);
    stars(hidden) + &last(value, keep)
}

fn last(value: &str, keep: usize) -> String {
    value
        .chars()
        .skip(value.chars().count().saturating_sub(keep))
        .collect()
}

#[cfg(test)]
mod tests;
