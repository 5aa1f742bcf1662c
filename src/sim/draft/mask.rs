//! What a closed ticket's words may keep: nobody's name, no number that leads to a person, no address, no date (method 3.15).
//!
//! More is hidden than in an export, where a last digit may help an agent: a scenario is handed round among people who have no
//! business with the ticket. What was hidden gets invented words in its place, so that the line can still be spoken.

use std::ops::Range;

use super::stock::Masked;
use super::{places, things};
use crate::domain::lang::Lang;
use crate::text::mask::surname;
use crate::text::{RawText, SafeText, mask_free};

/// Marks that stand for what was hidden until the words are put in. Cleaned text holds no such characters.
const NAME: char = '\u{e000}';
const COLLEAGUE: char = '\u{e001}';
const ADDRESS: char = '\u{e004}';
pub(super) const PHONE: char = '\u{e002}';
pub(super) const NUMBER: char = '\u{e003}';
pub(super) const DAY: char = '\u{e005}';
pub(super) const LINK: char = '\u{e006}';
pub(super) const LAST4: char = '\u{e007}';
pub(super) const MAIL: char = '\u{e008}';
const ALL: [char; 9] = [
    NAME, COLLEAGUE, PHONE, NUMBER, ADDRESS, DAY, LINK, LAST4, MAIL,
];

/// Characters below which a name is part of too many words.
const SHORT: usize = 2;
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
    /// The number of whatever has one: an order, an account, a token.
    pub(super) number: &'a str,
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
    // What a name may be part of goes before the names.
    for find in [things::mails, things::links] {
        text = replaced(&text, &find(&text));
    }
    text = known(text, of);
    for find in [things::spans_of_numbers, things::abroad] {
        text = replaced(&text, &find(&text));
    }
    text = mask_free(&text);
    for find in [
        things::starred,
        things::labelled,
        things::tokens,
        addressed,
        introduced,
        titled,
    ] {
        text = replaced(&text, &find(&text));
    }
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

fn addressed(text: &str) -> Vec<(Range<usize>, char)> {
    let found = places::addresses(text).into_iter();
    found.map(|r| (r, ADDRESS)).collect()
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
    let kind = |value: &str| {
        let whole = |(r, mark): &(Range<usize>, char)| *mark == PHONE && *r == (0..value.len());
        let phone = things::spans_of_numbers(value).iter().any(whole);
        if phone { PHONE } else { NUMBER }
    };
    all.extend(values.map(|v| (v.to_owned(), kind(v))));
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
    out.extend(called(text));
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

/// A surname with a given name that somebody says to be, up to where the sentence pauses: 我是张伟，. Everyday words go on behind
/// it: 我是白跑了一趟.
fn called(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out = Vec::new();
    for (at, found) in text.match_indices("我是") {
        let from = at + found.len();
        let han: String = text[from..]
            .chars()
            .take_while(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
            .take(4)
            .collect();
        let family = han.starts_with(|c| SURNAMES.contains(c));
        if family && (2..=3).contains(&han.chars().count()) && !han.ends_with(['的', '了', '吧'])
        {
            out.push((from..from + han.len(), NAME));
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
        NUMBER => by.number,
        ADDRESS => by.words.address(lang),
        DAY => by.words.day(lang),
        LINK => by.words.link(lang),
        MAIL => by.words.mail(lang),
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
        for name in [by.name, by.words.colleague(lang)] {
            plain = plain.replace(&format!("{name}{title}"), name);
        }
    }
    for title in ["Mr", "Mrs", "Ms", "Miss", "Dr", "Mr.", "Mrs.", "Ms.", "Dr."] {
        plain = plain.replace(&format!("{title} {}", by.name), by.name);
    }
    plain
}
