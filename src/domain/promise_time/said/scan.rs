//! A cursor over a text that eats words and numbers. A failed eat moves nothing.

/// A number and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: i64,
    /// Digits written; 0 for Chinese numerals.
    pub digits: usize,
}

/// The cursor. Cloning it is cheap: a rule clones, tries and keeps the clone that went well.
#[derive(Debug, Clone)]
pub(super) struct Scan<'a> {
    text: &'a str,
    pos: usize,
}

impl<'a> Scan<'a> {
    pub fn at(text: &'a str, pos: usize) -> Self {
        Self { text, pos }
    }

    pub const fn pos(&self) -> usize {
        self.pos
    }

    pub fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    /// The text before the cursor.
    pub fn head(&self) -> &'a str {
        self.text.get(..self.pos).unwrap_or_default()
    }

    /// Whether one of the words stands right before the cursor.
    pub fn after_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.head().ends_with(word))
    }

    /// Whether one of the words stands right after the cursor.
    pub fn before_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.rest().starts_with(word))
    }

    /// Whether the cursor stands where an English word may begin.
    pub fn at_word(&self) -> bool {
        !self.before().is_some_and(|c| c.is_ascii_alphanumeric())
    }

    /// Eats what the rule eats, or nothing.
    pub fn maybe<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = self.clone();
        let found = rule(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    /// The character before the cursor.
    pub fn before(&self) -> Option<char> {
        self.text
            .get(..self.pos)
            .and_then(|head| head.chars().next_back())
    }

    /// Whether one of the table's words stands right before the cursor.
    pub fn follows<T>(&self, table: &[(&str, T)]) -> bool {
        let head = self.text.get(..self.pos).unwrap_or_default();
        table.iter().any(|(word, _)| head.ends_with(word))
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Eats exactly these characters.
    pub fn eat(&mut self, word: &str) -> bool {
        let fits = self.rest().starts_with(word);
        if fits {
            self.pos += word.len();
        }
        fits
    }

    /// Eats the first of the words that fits.
    pub fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(word))
    }

    /// Eats the first key that fits and gives its value.
    pub fn eat_key<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        table
            .iter()
            .find(|(word, _)| self.eat(word))
            .map(|(_, value)| *value)
    }

    /// Eats an English word of the table, whatever its case, only as a whole word.
    pub fn eat_word<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        let rest = self.rest().as_bytes();
        let (word, value) = table.iter().find(|(word, _)| {
            let fits = rest
                .get(..word.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
            fits && !rest.get(word.len()).is_some_and(u8::is_ascii_alphabetic)
        })?;
        self.pos += word.len();
        Some(*value)
    }

    /// Eats blanks.
    pub fn spaces(&mut self) {
        while self.peek().is_some_and(|c| c == ' ') {
            self.pos += self.peek().map_or(0, char::len_utf8);
        }
    }

    /// Eats a number of at most four digits, the text is half width.
    pub fn digits(&mut self) -> Option<Number> {
        let mut out = Number {
            value: 0,
            digits: 0,
        };
        let mut end = self.pos;
        for c in self.rest().chars() {
            let Some(digit) = digit(c) else { break };
            out = Number {
                value: out.value * 10 + digit,
                digits: out.digits + 1,
            };
            if out.digits > 4 {
                return None;
            }
            end += c.len_utf8();
        }
        self.pos = end;
        (out.digits > 0).then_some(out)
    }

    /// Eats a number in digits or in Chinese numerals up to 99 (两 counts as two).
    pub fn number(&mut self) -> Option<Number> {
        if let Some(number) = self.digits() {
            return Some(number);
        }
        let (mut tens, mut ones, mut end) = (None, None, self.pos);
        for c in self.rest().chars() {
            match (c, numeral(c)) {
                ('十', _) if tens.is_none() => {
                    tens = Some(ones.unwrap_or(1));
                    ones = None;
                }
                (_, Some(value)) if ones.is_none() => ones = Some(value),
                // 零五 is five.
                (_, Some(value)) if ones == Some(0) && tens.is_none() => ones = Some(value),
                _ => break,
            }
            end += c.len_utf8();
        }
        if tens.is_none() && ones.is_none() {
            return None;
        }
        self.pos = end;
        Some(Number {
            value: tens.unwrap_or(0) * 10 + ones.unwrap_or(0),
            digits: 0,
        })
    }

    /// The place after the unit at the cursor, for going on when no rule fits: a run of digits, of numerals or of letters is
    /// one unit, so that no rule begins inside it.
    pub fn skip_unit(&self) -> usize {
        let Some(first) = self.peek() else {
            return self.text.len();
        };
        let same: fn(char) -> bool = if digit(first).is_some() {
            |c| digit(c).is_some()
        } else if first.is_ascii_alphabetic() {
            |c| c.is_ascii_alphabetic()
        } else if numeral(first).is_some() || first == '十' {
            |c| numeral(c).is_some() || c == '十'
        } else {
            return self.pos + first.len_utf8();
        };
        self.pos
            + self
                .rest()
                .chars()
                .take_while(|c| same(*c))
                .map(char::len_utf8)
                .sum::<usize>()
    }
}

fn digit(c: char) -> Option<i64> {
    c.to_digit(10).map(i64::from)
}

pub(super) fn numeral(c: char) -> Option<i64> {
    "零一二三四五六七八九"
        .chars()
        .position(|n| n == c)
        .or((c == '两').then_some(2))
        .and_then(|n| i64::try_from(n).ok())
}
