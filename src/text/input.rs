//! Keys typed while the input method is in Chinese mode.

/// The half-width form a full-width character acts as when it is a shortcut: full-width letters, digits and marks,
/// and the Chinese marks that sit on the same keys (`、` on the slash, `。` on the full stop). Han and everything
/// else come back unchanged: they never act.
#[must_use]
pub const fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '《' => '<',
        '》' => '>',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '￥' => '$',
        '·' => '`',
        '…' => '^',
        '—' => '_',
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(half) => half,
            None => c,
        },
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_marks_act_as_their_keys() {
        let rows = "？?：:、/／/ｊjＱQ９9；;，,（(）)！!＜<～~。.【[》>“\"　 ";
        let chars: Vec<char> = rows.chars().collect();
        for pair in chars.chunks(2) {
            assert_eq!(half_width(pair[0]), pair[1], "{:?}", pair[0]);
        }
        for same in ['a', '退', '\u{1f600}', '/', '\n'] {
            assert_eq!(half_width(same), same);
        }
    }
}
