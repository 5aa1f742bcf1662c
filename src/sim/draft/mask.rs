//! What a closed ticket's words may keep: nobody's name, no number that leads to a person, no address, no date (method 3.15).
//!
//! More is hidden than in an export, where a last digit may help an agent: a scenario is handed round among people who have no
//! business with the ticket. What was hidden gets invented words in its place, so that the line can still be spoken.

use std::ops::Range;

use super::places;
use super::stock::Masked;
use crate::domain::lang::Lang;
use crate::text::mask::{FoundKind, find_numbers, surname};
use crate::text::{RawText, SafeText, mask_free};

/// Marks that stand for what was hidden until the words are put in. Cleaned text holds no such characters.
const NAME: char = '\u{e000}';
const COLLEAGUE: char = '\u{e001}';
const PHONE: char = '\u{e002}';
const NUMBER: char = '\u{e003}';
const ADDRESS: char = '\u{e004}';
const DAY: char = '\u{e005}';
const LINK: char = '\u{e006}';
const LAST4: char = '\u{e007}';
const ALL: [char; 8] = [NAME, COLLEAGUE, PHONE, NUMBER, ADDRESS, DAY, LINK, LAST4];

/// Characters below which a name is part of too many words.
const SHORT: usize = 2;
/// Digits or letters with digits of this length name a thing: an order, a token, an account.
const LONG: usize = 5;

/// Titles behind a surname.
const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "太太", "老师", "师傅", "经理", "主管", "主任", "店长", "班长", "队长",
    "阿姨", "大爷", "大妈", "大哥", "大姐", "同志", "总",
];
/// Surnames by which a title is known to stand behind a name; those that are everyday words themselves are left out.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
/// Words before a name that somebody gives.
const INTRODUCES: &[&str] = &[
    "我叫",
    "名叫",
    "名字叫",
    "我姓",
    "免贵姓",
    "户名是",
    "联系人是",
    "收件人是",
    "收货人是",
];
const INTRODUCES_EN: &[&str] = &[
    "my name is ",
    "my name's ",
    "i am called ",
    "name of ",
    "mr ",
    "mrs ",
    "ms ",
    "miss ",
    "mr. ",
    "mrs. ",
    "ms. ",
    "dr ",
    "dr. ",
];
/// Words before a short secret or the number of a thing.
const LABELS: &[&str] = &[
    "验证码",
    "密码",
    "口令",
    "订单号",
    "单号",
    "订单",
    "编号",
    "工单",
    "运单",
    "户号",
    "卡号",
    "账号",
    "帐号",
    "会员号",
    "流水号",
    "序列号",
    "token",
    "code",
    "password",
    "pin",
    "order",
    "number",
    "no.",
    "account",
    "reference",
    "ref",
    "id",
];
/// Words before the last digits of a telephone.
const ENDING: &[&str] = &[
    "尾号",
    "后四位",
    "ending in",
    "ending with",
    "ending",
    "last four",
];
/// Lines of the public that everybody may name.
const PUBLIC: &[&str] = &["12315", "12345", "12300", "12378", "12348"];
/// What makes a number an amount or a count, right behind it.
const AMOUNTS: &[&str] = &["元", "块", "万", "人民币", " yuan", "%", "％"];

/// Who must not be recognised.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Personal {
    /// The customer's names.
    pub customer: Vec<String>,
    /// Names and logins of everybody who works here.
    pub colleagues: Vec<String>,
    /// Numbers and addresses that are known: telephones, mail, accounts, the ticket's own number.
    pub values: Vec<String>,
}

/// What is put in place of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Invented<'a> {
    /// The customer's name.
    pub(super) name: &'a str,
    /// The telephone number.
    pub(super) phone: &'a str,
    /// Words for the rest.
    pub(super) words: &'a Masked,
}

/// The words of a message without anything that leads to a person.
pub(super) fn masked(text: &RawText, of: &Personal, by: &Invented<'_>, lang: Lang) -> String {
    let clean = SafeText::clean(text);
    let mut text: String = clean
        .as_str()
        .chars()
        .map(|c| {
            if ALL.contains(&c) || c == '\u{fffd}' {
                ' '
            } else {
                c
            }
        })
        .collect();
    text = known(text, of);
    text = replaced(&text, &spans_of_numbers(&text));
    text = replaced(&text, &abroad(&text));
    text = starred(&mask_free(&text));
    text = replaced(&text, &labelled(&text));
    text = replaced(&text, &tokens(&text));
    text = replaced(
        &text,
        &places::addresses(&text)
            .into_iter()
            .map(|r| (r, ADDRESS))
            .collect::<Vec<_>>(),
    );
    text = replaced(&text, &introduced(&text));
    text = replaced(&text, &titled(&text));
    spoken(&text, by, lang)
}

/// Puts marks in place of these stretches, which are sorted and made not to overlap here.
fn replaced(text: &str, spans: &[(Range<usize>, char)]) -> String {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, mark) in spans {
        let (Some(before), true) = (text.get(done..range.start), range.start >= done) else {
            continue;
        };
        out.push_str(before);
        out.push(mark);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Names and values that are known, longest first; of a Chinese name also the surname with a title.
fn known(mut text: String, of: &Personal) -> String {
    let mut all: Vec<(String, char)> = Vec::new();
    for (names, mark) in [(&of.customer, NAME), (&of.colleagues, COLLEAGUE)] {
        for name in names.iter().map(|n| n.trim()) {
            if name.chars().count() >= SHORT {
                all.push((name.to_owned(), mark));
            }
            if name.is_ascii() {
                let parts = name.split_whitespace().filter(|p| p.len() > SHORT);
                all.extend(parts.map(|p| (p.to_owned(), mark)));
            } else {
                let family = surname(name);
                all.extend(TITLES.iter().map(|t| (format!("{family}{t}"), mark)));
                let given = name.get(family.len()..).unwrap_or_default();
                if given.chars().count() >= SHORT {
                    all.push((given.to_owned(), mark));
                }
            }
        }
    }
    let values = of
        .values
        .iter()
        .map(|v| v.trim())
        .filter(|v| v.chars().count() > SHORT + 1);
    all.extend(values.map(|v| (v.to_owned(), NUMBER)));
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, mark) in all {
        // Will and May are names of colleagues and everyday words: those are told apart by their capital.
        let exact = mark == COLLEAGUE && !name.contains(' ');
        text = replaced(&text, &found(&text, &name, mark, exact));
    }
    text
}

/// Where this stands, letters and digits as whole words, in any case unless `exact`.
fn found(text: &str, name: &str, mark: char, exact: bool) -> Vec<(Range<usize>, char)> {
    // ASCII lower case keeps every byte in its place.
    let (low, name) = if exact {
        (text.to_owned(), name.to_owned())
    } else {
        (text.to_ascii_lowercase(), name.to_ascii_lowercase())
    };
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    low.match_indices(&name)
        .map(|(at, found)| at..at + found.len())
        .filter(|r| {
            let inside = |edge: Option<char>, out: Option<char>| word(edge) && word(out);
            !inside(name.chars().next(), low[..r.start].chars().next_back())
                && !inside(name.chars().next_back(), low[r.end..].chars().next())
        })
        .map(|r| (r, mark))
        .collect()
}

fn spans_of_numbers(text: &str) -> Vec<(Range<usize>, char)> {
    let mark = |kind| match kind {
        FoundKind::Phone => PHONE,
        FoundKind::IdCard | FoundKind::BankCard => NUMBER,
    };
    find_numbers(text)
        .into_iter()
        .map(|f| (f.span, mark(f.kind)))
        .collect()
}

/// What the masks of an export left a part of: mail addresses and number plates.
fn starred(text: &str) -> String {
    let part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '@' | '.' | '_' | '-' | '·');
    let mut spans = Vec::new();
    for (at, _) in text.match_indices("**") {
        let before = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| part(*c))
            .last();
        let mut start = before.map_or(at, |(i, _)| i);
        // The province of a plate is a Han character.
        if let Some((i, c)) = text[..start].char_indices().next_back()
            && matches!(c, '\u{4e00}'..='\u{9fff}')
            && !text[start..].contains('@')
            && text[start..].starts_with(|c: char| c.is_ascii_uppercase())
        {
            start = i;
        }
        let len: usize = text[at..]
            .chars()
            .take_while(|c| part(*c))
            .map(char::len_utf8)
            .sum();
        spans.push((start..at + len, NUMBER));
    }
    replaced(text, &spans)
}

/// What stands behind a label: a secret, the number of a thing, the last digits of a telephone.
fn labelled(text: &str) -> Vec<(Range<usize>, char)> {
    let low = text.to_ascii_lowercase();
    let mut out = Vec::new();
    for (labels, mark) in [(ENDING, LAST4), (LABELS, NUMBER)] {
        for label in labels {
            for (at, found) in low.match_indices(label) {
                let from = at + found.len();
                let gap: usize = low[from..]
                    .chars()
                    .take_while(|c| matches!(c, ' ' | ':' | '：' | '#' | '是' | '为' | '号'))
                    .map(char::len_utf8)
                    .sum();
                let start = from + gap;
                let len = low[start..]
                    .bytes()
                    .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
                    .count();
                let token = &low[start..start + len];
                let digits = token.bytes().filter(u8::is_ascii_digit).count();
                let number = if mark == LAST4 {
                    digits == 4 && len == 4
                } else {
                    digits >= 3
                };
                if number && !amount(&low[start + len..]) {
                    out.push((start..start + len, mark));
                }
            }
        }
    }
    out
}

/// Numbers in the international form, which the masks of an export do not look for: a plus, then digits in groups.
fn abroad(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices('+') {
        let rest = &text[at + 1..];
        let len = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'(' | b')'))
            .count();
        let number = rest[..len].trim_end();
        if number.bytes().filter(u8::is_ascii_digit).count() >= 7 {
            out.push((at..at + 1 + number.len(), PHONE));
        }
    }
    out
}

fn amount(behind: &str) -> bool {
    AMOUNTS.iter().any(|a| behind.starts_with(a))
}

/// Links, dates, and long runs of letters and digits: whatever they are, they are one thing's own.
fn tokens(text: &str) -> Vec<(Range<usize>, char)> {
    let part = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '/' | '.' | ':' | '?' | '=' | '&' | '%' | '#')
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..]
        .find(|c: char| c.is_ascii_alphanumeric())
        .map(|i| at + i)
    {
        let len: usize = text[first..]
            .chars()
            .take_while(|c| part(*c))
            .map(char::len_utf8)
            .sum();
        let token =
            text[first..first + len].trim_end_matches(['.', ':', '?', '-', '/', '#', '%', '&']);
        at = first + len;
        let range = first..first + token.len();
        let plain: Vec<u8> = token.bytes().filter(u8::is_ascii_alphanumeric).collect();
        let digits = plain.iter().filter(|b| b.is_ascii_digit()).count();
        let groups: Vec<&str> = token.split(['-', '/', '.']).collect();
        let numbers = groups
            .iter()
            .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
        if PUBLIC.contains(&token) {
            continue;
        }
        if token.contains("://") || token.starts_with("www.") {
            out.push((range, LINK));
        } else if numbers && groups.len() == 3 && (6..=8).contains(&digits) {
            out.push((range, DAY));
        } else if digits > 0
            && plain.len() >= LONG
            && !token.contains(':')
            && !amount(&text[range.end..])
        {
            out.push((range, NUMBER));
        } else if digits > 0 && digits < plain.len() && plain.len() > LONG && token.contains(':') {
            out.push((range, NUMBER));
        }
    }
    out.extend(han_dates(text).into_iter().map(|r| (r, DAY)));
    out
}

/// Dates as 3月11日 and 2026年3月.
fn han_dates(text: &str) -> Vec<Range<usize>> {
    let digit = |c: char| c.is_ascii_digit();
    let mut out = Vec::new();
    for (at, found) in text.match_indices('月') {
        let month = text[..at].chars().rev().take_while(|c| digit(*c)).count();
        let mut start = at - month;
        if month == 0 || text[at..].starts_with("月份") && month > 2 {
            continue;
        }
        if let Some(before) = text[..start].strip_suffix('年') {
            start = before.len() - before.chars().rev().take_while(|c| digit(*c)).count();
        }
        let behind = at + found.len();
        let day = text[behind..].chars().take_while(|c| digit(*c)).count();
        let mut end = behind;
        if day > 0 && text[behind + day..].starts_with(['日', '号']) {
            end = behind + day + '日'.len_utf8();
        }
        if end > behind || start < at - month {
            out.push(start..end);
        }
    }
    out
}

/// Names that somebody gives themselves.
fn introduced(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out = Vec::new();
    for word in INTRODUCES {
        for (at, found) in text.match_indices(word) {
            let from = at + found.len();
            let len: usize = text[from..]
                .chars()
                .take(3)
                .take_while(|c| {
                    matches!(c, '\u{4e00}'..='\u{9fff}') && !"的了是啊呢吧，".contains(*c)
                })
                .map(char::len_utf8)
                .sum();
            if len > 0 {
                out.push((from..from + len, NAME));
            }
        }
    }
    let low = text.to_ascii_lowercase();
    for word in INTRODUCES_EN {
        for (at, found) in low.match_indices(word) {
            let from = at + found.len();
            let inside = low[..at]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_ascii_alphanumeric());
            let mut end = from;
            for part in text[from..].split(' ').take(2) {
                let name = part.trim_end_matches(|c: char| !c.is_alphanumeric());
                if !name.starts_with(|c: char| c.is_uppercase()) {
                    break;
                }
                end = text[end..].find(name).map_or(end, |i| end + i + name.len());
                if name.len() < part.len() {
                    break;
                }
            }
            if end > from && !inside {
                let own = word.starts_with("my") || word.starts_with('i');
                out.push((from..end, if own { NAME } else { COLLEAGUE }));
            }
        }
    }
    out
}

/// A surname with a title.
fn titled(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out = Vec::new();
    for title in TITLES {
        for (at, found) in text.match_indices(title) {
            if let Some(c) = text[..at]
                .chars()
                .next_back()
                .filter(|c| SURNAMES.contains(*c))
            {
                out.push((at - c.len_utf8()..at + found.len(), COLLEAGUE));
            }
        }
    }
    out
}

/// The words in place of the marks; the same twice in a row is said once.
fn spoken(text: &str, by: &Invented<'_>, lang: Lang) -> String {
    let last4: String = by
        .phone
        .chars()
        .rev()
        .take(4)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let words = |mark: char| match mark {
        NAME => by.name,
        COLLEAGUE => by.words.colleague(lang),
        PHONE => by.phone,
        NUMBER => by.words.number(lang),
        ADDRESS => by.words.address(lang),
        DAY => by.words.day(lang),
        LINK => by.words.link(lang),
        _ => &last4,
    };
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    for c in text.chars() {
        if !ALL.contains(&c) {
            out.push(if c == '\n' { ' ' } else { c });
            if !c.is_whitespace() {
                last = None;
            }
        } else if last != Some(c) {
            out.push_str(words(c));
            last = Some(c);
        }
    }
    let mut plain = out.trim().to_owned();
    // What would be a slot to the player, or a title twice.
    plain.retain(|c| !matches!(c, '{' | '}'));
    for title in TITLES {
        plain = plain.replace(&format!("{}{title}", by.name), by.name);
    }
    plain
}
