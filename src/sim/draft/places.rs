//! Addresses in running words. Names of places are no closed list: what is found is a road, an estate or a village with a number,
//! and two levels of administration in a row.

use std::ops::Range;

/// What an address goes on with behind a number.
const UNITS: &[&str] = &[
    "号楼", "号院", "单元", "号", "栋", "幢", "楼", "室", "弄", "座", "层", "户", "组", "门",
    "街坊",
];
/// Roads and estates: a number belongs to them.
const ROADS: &[&str] = &[
    "大道", "胡同", "新村", "小区", "花园", "公寓", "家园", "大厦", "广场", "路", "街", "巷", "弄",
    "苑", "村", "镇", "里", "乡",
];
/// Names of estates that need no number.
const ESTATES: &[&str] = &[
    "小区", "花园", "公寓", "家园", "新村", "胡同", "大道", "大厦",
];
/// Levels of administration.
const LEVELS: &[char] = &['省', '市', '区', '县', '镇', '乡', '旗', '州'];
/// Characters that end a name when one walks back from its end.
const STOPS: &str = "在住到是送寄从去来往跑找给把我你您他她们这那哪个的了，。！？；：、,.!?;: \n";
/// The longest name before its kind.
const NAME: usize = 6;
/// English kinds of roads, and rooms that stand before their number.
const ROADS_EN: &[&str] = &[
    "street",
    "road",
    "avenue",
    "lane",
    "drive",
    "close",
    "court",
    "place",
    "square",
    "boulevard",
    "terrace",
    "crescent",
    "st",
    "rd",
    "ave",
    "blvd",
];
const ROOMS_EN: &[&str] = &["flat", "apartment", "apt", "room", "unit", "building"];

/// Where addresses stand, in order.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut all = han(text);
    all.extend(english(text));
    all.sort_by_key(|r| r.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９') || "一二三四五六七八九十百零〇".contains(c)
}

fn han(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for kind in ROADS {
        for (at, found) in text.match_indices(kind) {
            let end = at + found.len();
            let numbered = number_end(text, end);
            let named = name_start(text, at);
            let long = text[named..at].chars().count() >= 2;
            let estate = ESTATES.contains(kind) && long;
            // 这条路 and 我们小区 are no addresses; 中山路88号 and 阳光花园 are.
            if let Some(end) = numbered.filter(|_| named < at) {
                out.push(named..end);
            } else if estate {
                out.push(named..end);
            }
        }
    }
    out.extend(rooms(text));
    out.extend(levels(text));
    out
}

/// The start of the name that ends here, with the levels of administration before it.
fn name_start(text: &str, end: usize) -> usize {
    let mut start = end;
    let mut since = 0;
    for (at, c) in text[..end].char_indices().rev() {
        if STOPS.contains(c) || !matches!(c, '\u{4e00}'..='\u{9fff}') {
            break;
        }
        since = if LEVELS.contains(&c) { 0 } else { since + 1 };
        if since > NAME {
            break;
        }
        start = at;
    }
    start
}

/// The end of a chain of numbers with units, when one begins here.
fn number_end(text: &str, from: usize) -> Option<usize> {
    let mut end = from;
    let mut any = false;
    loop {
        let rest = &text[end..];
        let digits: usize = rest
            .chars()
            .take_while(|c| digit(*c) || matches!(c, '-' | '#') || c.is_ascii_uppercase())
            .map(char::len_utf8)
            .sum();
        if digits == 0 || !rest[..digits].contains(digit) {
            return any.then_some(end);
        }
        let behind = &rest[digits..];
        let unit = UNITS.iter().find(|u| behind.starts_with(**u));
        if unit.is_none() && !any {
            return None;
        }
        any = true;
        end += digits + unit.map_or(0, |u| u.len());
    }
}

/// Chains of at least two numbers with units: 3栋2单元501.
fn rooms(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for unit in ["栋", "幢", "单元", "号楼", "室"] {
        for (at, found) in text.match_indices(unit) {
            let digits: usize = text[..at]
                .chars()
                .rev()
                .take_while(|c| digit(*c))
                .map(char::len_utf8)
                .sum();
            if digits > 0 {
                let end = at + found.len();
                out.push(at - digits..number_end(text, end).unwrap_or(end));
            }
        }
    }
    out
}

/// Two levels in a row: 浙江省杭州市, 杭州市西湖区. A city alone may stay (method 3.15: down to the district).
fn levels(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        if !LEVELS.contains(&c) || text[..at].ends_with(['小', '社', '园', '校', '地']) {
            continue;
        }
        let end = at + c.len_utf8();
        if let Some((start, before)) = last
            && let Some(between) = text.get(before..at)
            && (2..=4).contains(&between.chars().count())
            && between
                .chars()
                .all(|c| matches!(c, '\u{4e00}'..='\u{9fff}') && !STOPS.contains(c))
        {
            out.push(start..end);
            last = Some((start, end));
            continue;
        }
        let start = name_start(text, at).max(back(text, at, 3));
        last = (start < at).then_some((start, end));
    }
    out
}

/// So many characters before.
fn back(text: &str, at: usize, count: usize) -> usize {
    text[..at]
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(at, |(i, _)| i)
}

fn english(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let low = |r: &Range<usize>| text[r.clone()].to_ascii_lowercase();
    let number = |r: &Range<usize>| text[r.clone()].starts_with(|c: char| c.is_ascii_digit());
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let kind = low(word);
        if ROADS_EN.contains(&kind.as_str()) {
            let names = words[..at].iter().rev().take(4).take_while(|r| {
                text[(*r).clone()]
                    .starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
            });
            let names: Vec<&Range<usize>> = names.collect();
            if let Some(first) = names.iter().rev().find(|r| number(r)) {
                out.push(first.start..word.end);
            }
        } else if ROOMS_EN.contains(&kind.as_str())
            && let Some(next) = words.get(at + 1).filter(|r| number(r))
        {
            out.push(word.start..next.end);
        }
    }
    out
}

/// Words of Latin letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out
}
