//! The clipboard by way of the terminal (OSC 52): works over SSH, asks for nothing back.

use crate::text::SafeText;

/// The most bytes given to a clipboard; terminals refuse or cut more.
const MOST: usize = 74_000;

/// The bytes that put `text` into the clipboard; nothing for a text that is too long.
pub fn sequence(text: &SafeText) -> Option<Vec<u8>> {
    if text.len() > MOST {
        return None;
    }
    let mut out = b"\x1b]52;c;".to_vec();
    base64(text.as_bytes(), &mut out);
    out.push(0x07);
    Some(out)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for i in 0..4 {
            if i <= chunk.len() {
                let index = (group >> (18 - 6 * i)) & 63;
                out.push(ALPHABET[index as usize]);
            } else {
                out.push(b'=');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_sequence_holds_only_the_alphabet() {
        for (text, want) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("退款", "6YCA5qy+"),
        ] {
            let bytes = sequence(&SafeText::clean_str(text)).unwrap();
            let body = String::from_utf8(bytes).unwrap();
            assert_eq!(body, format!("\x1b]52;c;{want}\x07"));
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_not_half_copied() {
        let long = SafeText::clean_str(&"款".repeat(19_000));
        assert!(sequence(&long).is_some());
        assert_eq!(sequence(&SafeText::clean_str(&"😀".repeat(19_000))), None);
    }
}
