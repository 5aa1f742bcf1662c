//! Telephone numbers in one comparable form.

use super::input::half_width;

/// Fewest and most digits of a number: service numbers have three, E.164 ends at fifteen, an international prefix
/// adds two.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=17;

/// A telephone number as digits only, or `None` when `text` is not one.
///
/// Full-width digits are folded, blanks, hyphens, dots and brackets dropped, an extension (`转 801`, `#801`, `ext 801`)
/// cut off. `+86` and `0086` go, and the trunk zero comes back in front of an area code; landlines keep their area
/// code. A number of another country keeps its code behind `00`.
#[must_use]
pub fn normalise_phone(text: &str) -> Option<String> {
    let mut digits = String::new();
    let mut plus = false;
    let folded: String = text.trim().chars().map(half_width).collect();
    for c in without_extension(&folded).chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            ' ' | '-' | '(' | ')' | '.' | '\u{a0}' | '\u{2010}'..='\u{2014}' | '_' => {}
            _ => return None,
        }
    }
    let national = if plus {
        digits.strip_prefix("86")
    } else {
        digits.strip_prefix("0086")
    };
    let number = match national {
        Some(rest) => with_trunk_zero(rest),
        None if plus => format!("00{digits}"),
        None => match digits.strip_prefix("86") {
            Some(rest) if is_mobile(rest) => rest.to_owned(),
            _ => digits
                .strip_prefix('0')
                .filter(|rest| is_mobile(rest))
                .map_or_else(|| digits.clone(), str::to_owned),
        },
    };
    DIGITS.contains(&number.len()).then_some(number)
}

/// Whether `digits` is a Chinese mobile number: eleven digits, `13` to `19` in front.
#[must_use]
pub fn is_mobile(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}

/// Length of the area code at the front of `digits` when they are a Chinese landline number with one: three for
/// `010` and `02x`, else four; the number behind it has eight digits, or seven after a code of four.
#[must_use]
pub fn area_code_len(digits: &str) -> Option<usize> {
    let bytes = digits.as_bytes();
    let area = match bytes {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'5' | b'7'..=b'9', ..] => 3,
        [b'0', b'3'..=b'9', _, _, ..] => 4,
        _ => return None,
    };
    let local = bytes.get(area..)?;
    let fits = local.len() == 8 || (area == 4 && local.len() == 7);
    (fits && matches!(local.first(), Some(b'2'..=b'8'))).then_some(area)
}

fn with_trunk_zero(rest: &str) -> String {
    let toll_free = rest.len() == 10 && (rest.starts_with("400") || rest.starts_with("800"));
    if rest.len() < 9 || rest.starts_with('0') || is_mobile(rest) || toll_free {
        // `+86 (0)138…` is written too.
        return rest
            .strip_prefix('0')
            .filter(|mobile| is_mobile(mobile))
            .unwrap_or(rest)
            .to_owned();
    }
    format!("0{rest}")
}

fn without_extension(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let end = ["转", "轉", "分机", "分機", "ext", "#", "x"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        let rows: &[(&str, Option<&str>)] = &[
            ("13800138000", Some("13800138000")),
            (" 138 0013-8000 ", Some("13800138000")),
            ("１３８００１３８０００", Some("13800138000")),
            ("+86 138 0013 8000", Some("13800138000")),
            ("＋８６13800138000", Some("13800138000")),
            ("0086-13800138000", Some("13800138000")),
            ("8613800138000", Some("13800138000")),
            ("013800138000", Some("13800138000")),
            ("010-8888 8888", Some("01088888888")),
            ("(0755) 2345678", Some("07552345678")),
            ("（０７５５）２３４５６７８９转801", Some("075523456789")),
            ("+86 10 8888 8888", Some("01088888888")),
            ("+86 (0)21 6888 8888", Some("02168888888")),
            ("400-810-0000", Some("4008100000")),
            ("+86 400 810 0000", Some("4008100000")),
            ("12345", Some("12345")),
            ("10086", Some("10086")),
            ("+852 2345 6789", Some("0085223456789")),
            ("12", None),
            ("", None),
            ("王先生", None),
            ("138a0013", None),
            ("1380013800013800138000", None),
        ];
        for (text, want) in rows {
            assert_eq!(normalise_phone(text).as_deref(), *want, "{text}");
        }
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for text in [
            "+86 10 8888 8888",
            "+852 2345 6789",
            "0086 13800138000",
            "12315",
        ] {
            let Some(once) = normalise_phone(text) else {
                continue;
            };
            assert_eq!(
                normalise_phone(&once).as_deref(),
                Some(once.as_str()),
                "{text}"
            );
        }
    }

    #[test]
    fn area_codes() {
        let rows = [
            ("01088888888", Some(3)),
            ("075523456789", Some(4)),
            ("07552345678", Some(4)),
            ("02612345678", None),
            ("01012345678", None),
        ];
        for (digits, want) in rows {
            assert_eq!(area_code_len(digits), want, "{digits}");
        }
    }
}
