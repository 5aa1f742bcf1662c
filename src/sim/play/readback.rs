//! Numbers read back to the customer: whether they are the customer's. Pure, and careful: a number that may be something else
//! (a time, a sum, an order, a card, our own line) is nobody's mistake.

use serde::{Deserialize, Serialize};

use crate::domain::lang::Lang;
use crate::sim::scenario::Scenario;
use crate::sim::seed::{Draw, place};

/// A number that was read back and is not the customer's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Misread {
    /// The digits as they were read back.
    pub said: String,
    /// The digits that were meant.
    pub right: String,
}

/// What the customer says to it; `{said}` and `{right}` are the digits.
const CORRECTIONS: [(&str, &str); 3] = [
    ("不是{said}，是{right}。", "Not {said}. It's {right}."),
    (
        "号码错了，不是{said}，我的是{right}。",
        "That's the wrong number. Mine is {right}, not {said}.",
    ),
    (
        "等一下，不是{said}，你记一下，{right}。",
        "Hold on, it's not {said}. Please write it down: {right}.",
    ),
];

impl Misread {
    /// What the customer says to it.
    #[must_use]
    pub(in crate::sim) fn correction(&self, lang: Lang, seed: u64, turn: u32) -> String {
        let at = place(seed, turn, Draw::Line, CORRECTIONS.len());
        let (zh, en) = CORRECTIONS.get(at).copied().unwrap_or(CORRECTIONS[0]);
        let line = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        line.replace("{said}", &self.said)
            .replace("{right}", &self.right)
    }
}

/// Words after which the last digits of a number come.
const TAILS: &[&str] = &[
    "尾号",
    "末四位",
    "后四位",
    "最后四位",
    "末尾",
    "尾数",
    "ending",
    "ends in",
    "ends with",
    "last four",
    "last 4",
    "last digits",
];
/// Words after which a number comes.
const NUMBERS: &[&str] = &[
    "号码", "手机", "电话", "座机", "number", "phone", "mobile", "cell", "landline",
];
/// Words in whose sentence a number may be something else.
const OTHERS: &[&str] = &[
    "卡",
    "账户",
    "账号",
    "订单",
    "单号",
    "工单",
    "工号",
    "身份证",
    "发票",
    "编号",
    "流水",
    "快递",
    "型号",
    "序列",
    "热线",
    "客服",
    "我们的",
    "card",
    "account",
    "order",
    "ticket",
    "reference",
    "invoice",
    "serial",
    "badge",
    "tracking",
    "model",
    "hotline",
    " our ",
    "extension",
];
/// What makes of digits a time, a date, a sum or a count, directly behind them.
const UNITS: &[&str] = &[
    ":", "点", "时", "分", "秒", "月", "日", "号前", "年", "元", "块", "毛", "%", "％", "个", "天",
    "次", "岁", "度", "前", "之前", "以前", " am", " pm", "am", "pm", " o'clock", " minutes",
    " hours", " days", " yuan",
];
/// Characters between such a word and its digits at most.
const NEAR: usize = 14;
/// How many digits a whole number read back has: the last four, or a number with or without its area.
const WHOLE: [usize; 4] = [4, 7, 8, 11];

/// Digits in a text: from, to (characters), the digits; a hidden digit is `*`.
struct Token {
    from: usize,
    to: usize,
    digits: String,
}

/// The number in a line that is read back wrongly, if one is. `said` is what the customer said so far; `confirms` whether the
/// line is heard as a check of the contact: only then a number without a word such as "ending in" is one read back.
pub(super) fn misread(
    scenario: &Scenario,
    said: &[String],
    text: &str,
    confirms: bool,
) -> Option<Misread> {
    let phone: String = scenario
        .card
        .phone
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let known = known(scenario, said);
    let text = plain(text);
    for sentence in text.split(['。', '！', '？', '!', '?', ';', '；', '\n']) {
        if OTHERS.iter().any(|w| sentence.contains(w)) {
            continue;
        }
        let chars: Vec<char> = sentence.chars().collect();
        let all = tokens(&chars);
        let is_right = |t: &Token, tail: bool| {
            fits(&t.digits, &phone, tail) || known.iter().any(|k| fits(&t.digits, k, tail))
        };
        // Whoever names the right one in the same sentence has put it right already.
        if all.iter().any(|t| t.digits.len() >= 3 && is_right(t, true)) {
            continue;
        }
        let speaks = |words: &[&str]| words.iter().any(|w| sentence.contains(w));
        let tails = confirms || speaks(NUMBERS) || sentence.contains("尾号");
        let read = |words: &[&str], tail: bool| {
            let place = |t: &&Token| !is_time(&chars, t) && near(&chars, words, t.from);
            let length = |t: &&Token| match tail {
                true => (2..=6).contains(&t.digits.len()),
                false => WHOLE.contains(&t.digits.len()),
            };
            all.iter().filter(length).find(place)
        };
        let wrong = (if tails { read(TAILS, true) } else { None })
            .filter(|t| !is_right(t, true))
            .or_else(|| {
                let whole = if confirms { read(NUMBERS, false) } else { None };
                whole.filter(|t| !is_right(t, t.digits.len() == 4))
            });
        if let Some(wrong) = wrong {
            return Some(told(&wrong.digits, &phone));
        }
    }
    None
}

/// The two numbers as the customer says them: the last four where those differ.
fn told(said: &str, phone: &str) -> Misread {
    let last = |digits: &str, count: usize| -> String {
        let from = digits.len().saturating_sub(count);
        digits.get(from..).unwrap_or(digits).to_owned()
    };
    let count = said.len().min(4);
    if last(said, count) != last(phone, count) {
        return Misread {
            said: last(said, count),
            right: last(phone, count.max(4)),
        };
    }
    Misread {
        said: said.to_owned(),
        right: phone.to_owned(),
    }
}

/// Whether digits are the end of a number, or any stretch of it; a hidden digit is any.
fn fits(digits: &str, number: &str, tail: bool) -> bool {
    let (digits, number) = (digits.as_bytes(), number.as_bytes());
    if digits.is_empty() || digits.len() > number.len() {
        return false;
    }
    let same = |window: &[u8]| digits.iter().zip(window).all(|(d, n)| d == n || *d == b'*');
    if tail {
        number.get(number.len() - digits.len()..).is_some_and(same)
    } else {
        number.windows(digits.len()).any(same)
    }
}

/// Numbers that the customer said, or that stand on the desk.
fn known(scenario: &Scenario, said: &[String]) -> Vec<String> {
    let card = &scenario.card;
    let both =
        |b: &crate::coach::content::Both| [b.get(Lang::Zh).to_owned(), b.get(Lang::En).to_owned()];
    let kept = card
        .history
        .iter()
        .chain(card.values.values())
        .chain(&card.cause)
        .chain(scenario.facts.iter().map(|f| &f.text))
        .flat_map(both);
    let texts = said.iter().cloned().chain(kept);
    texts
        .flat_map(|text| tokens(&plain(&text).chars().collect::<Vec<_>>()))
        .map(|t| t.digits)
        .filter(|d| d.len() >= 3)
        .collect()
}

/// Whether one of the words stands shortly before this place, and no other digits between them.
fn near(chars: &[char], words: &[&str], from: usize) -> bool {
    let start = from.saturating_sub(NEAR);
    let before: String = chars.get(start..from).unwrap_or_default().iter().collect();
    words.iter().any(|w| {
        before.rfind(w).is_some_and(|at| {
            let between = before.get(at + w.len()..).unwrap_or_default();
            !between.contains(|c: char| c.is_ascii_digit())
        })
    })
}

/// Whether the digits are a time, a date, a sum or a count.
fn is_time(chars: &[char], token: &Token) -> bool {
    let behind: String = chars.iter().skip(token.to).take(9).collect();
    let before = token.from.checked_sub(1).and_then(|at| chars.get(at));
    UNITS.iter().any(|u| behind.starts_with(u)) || before == Some(&':')
}

/// Digits, those that stand apart by a hyphen or one space taken together.
fn tokens(chars: &[char]) -> Vec<Token> {
    let digit = |at: usize| {
        chars
            .get(at)
            .copied()
            .filter(|c| c.is_ascii_digit() || *c == '*')
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if digit(at).is_none() {
            at += 1;
            continue;
        }
        let from = at;
        let mut digits = String::new();
        loop {
            if let Some(c) = digit(at) {
                digits.push(c);
                at += 1;
            } else if matches!(chars.get(at), Some(' ' | '-')) && digit(at + 1).is_some() {
                at += 1;
            } else {
                break;
            }
        }
        if digits.contains(|c: char| c.is_ascii_digit()) {
            out.push(Token {
                from,
                to: at,
                digits,
            });
        }
    }
    out
}

/// Lower case, half width, and digits that were written as words as digits.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '：' => ':',
        '＊' | '•' | '×' => '*',
        '　' => ' ',
        c => c,
    };
    let text: String = text.to_lowercase().chars().map(half).collect();
    han_digits(&english_digits(&text))
}

/// Three Han digits or more in a row are read digit by digit, as people read numbers out.
fn han_digits(text: &str) -> String {
    let value = |c: char| "零一二三四五六七八九".chars().position(|h| h == c);
    let value = |c: char| match c {
        '〇' => Some(0),
        '幺' => Some(1),
        '两' => None,
        c => value(c),
    };
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let run: Vec<usize> = chars.iter().skip(at).map_while(|c| value(*c)).collect();
        if run.len() >= 3 {
            out.extend(run.iter().map(usize::to_string));
            at += run.len();
        } else {
            out.push(c);
            at += 1;
        }
    }
    out
}

/// Three English digits or more in a row, "double" and "triple" among them.
fn english_digits(text: &str) -> String {
    let value = |w: &str| match w {
        "zero" | "oh" => Some('0'),
        "one" => Some('1'),
        "two" => Some('2'),
        "three" => Some('3'),
        "four" => Some('4'),
        "five" => Some('5'),
        "six" => Some('6'),
        "seven" => Some('7'),
        "eight" => Some('8'),
        "nine" => Some('9'),
        _ => None,
    };
    let words: Vec<&str> = text.split(' ').collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (mut run, mut next) = (String::new(), at);
        let mut rest = "";
        while let Some(word) = words.get(next) {
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let times = match bare {
                "double" => 2,
                "triple" => 3,
                _ => 1,
            };
            let digit = if times > 1 {
                words.get(next + 1)
            } else {
                Some(word)
            };
            let bare = digit.map(|d| d.trim_end_matches(|c: char| !c.is_alphanumeric()));
            let Some((word, c)) = digit.zip(bare.and_then(value)) else {
                break;
            };
            run.extend(std::iter::repeat_n(c, times));
            next += if times > 1 { 2 } else { 1 };
            rest = word.get(bare.map_or(0, str::len)..).unwrap_or_default();
            if !rest.is_empty() {
                break;
            }
        }
        if run.len() >= 3 {
            out.push(run + rest);
            at = next;
        } else {
            out.push(words.get(at).copied().unwrap_or_default().to_owned());
            at += 1;
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests;
