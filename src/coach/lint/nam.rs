//! NAM: the customer's name and title.

use std::ops::Range;

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::text::tokens::fold;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// Titles that follow a Chinese name.
const TITLES_ZH: &[&str] = &["先生", "女士", "小姐", "太太", "夫人"];
/// Titles before an English name.
const TITLES_EN: &[&str] = &["mr", "mrs", "ms", "miss", "sir", "madam", "dr"];
/// What stands before a title and is no name.
const NO_NAME: &[&str] = &[
    "这位", "那位", "位", "名", "的", "好", "您", "，", ",", " ", "的是", "一位", "各位", "是",
    "个", "和", "给", "请", "叫", "找", "跟", "与",
];

/// Checks a draft (NAM-01).
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(names) = cx.cx.known.names else {
        return;
    };
    let right: Vec<String> = names.iter().map(|n| fold(n)).collect();
    if right.is_empty() {
        return;
    }
    for called in chinese(cx.folded()).into_iter().chain(english(cx.folded())) {
        if fits(cx.words(&called), &right) {
            continue;
        }
        let mut finding = cx.finding("NAM-01", Severity::Block, &called);
        let titled = names.iter().find(|n| titled(&fold(n)));
        finding.fix = titled.map(|name| Fix {
            at: finding.span.clone(),
            with: name.clone(),
        });
        out.push(finding);
    }
}

fn titled(name: &str) -> bool {
    TITLES_ZH.iter().any(|t| name.ends_with(t))
        || TITLES_EN
            .iter()
            .any(|t| name.starts_with(&format!("{t} ")) || name.starts_with(&format!("{t}. ")))
}

/// Surnames with a title behind them.
fn chinese(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for title in TITLES_ZH {
        for (at, found) in text.match_indices(title) {
            let mut before = text[..at].chars().rev();
            let Some(last) = before.next() else { continue };
            let name = surname_before(text, at);
            if !is_han(last) || NO_NAME.iter().any(|w| text[..at].ends_with(w)) || name.is_empty() {
                continue;
            }
            out.push(name.start..at + found.len());
        }
    }
    out
}

/// The name before a title: a compound surname, a surname with a given name, or a surname.
fn surname_before(text: &str, at: usize) -> Range<usize> {
    let chars: Vec<(usize, char)> = text[..at]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c))
        .take(4)
        .collect();
    // The longest stretch that begins with a surname is the name.
    for (start, _) in chars.iter().rev() {
        let name = &text[*start..at];
        let count = name.chars().count();
        let surname = crate::text::mask::surname(name);
        let compound = surname.chars().count() == 2;
        let known = SURNAMES.contains(surname) && !compound;
        if (compound && count <= 4) || (known && count <= 3) {
            return *start..at;
        }
    }
    at..at
}

/// Frequent surnames of one character.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Titles with a name behind them, where somebody is addressed: at the begin of a sentence, after a greeting, before a comma.
fn english(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for title in ["mr", "mrs", "ms", "miss", "dr"] {
        for (at, found) in text.match_indices(title) {
            let alone = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            let rest = &text[at + found.len()..];
            let Some(name) = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(' ')) else {
                continue;
            };
            let skipped = rest.len() - name.len();
            let len = name
                .find(|c: char| !c.is_alphabetic() && c != '-' && c != '\'')
                .unwrap_or(name.len());
            let len = name[..len].strip_suffix("'s").map_or(len, str::len);
            let end = at + found.len() + skipped + len;
            let behind = text[end..].trim_start();
            let before = text[..at].trim_end();
            let opens = before.is_empty()
                || before.ends_with(['.', '!', '?', ',', ':'])
                || [
                    "hello",
                    "hi",
                    "dear",
                    "thank you",
                    "thanks",
                    "good morning",
                    "good afternoon",
                    "good evening",
                    "sorry",
                    "welcome",
                    "speaking to",
                    "speaking with",
                    "am i speaking with",
                    "is this",
                    "yes",
                    "understood",
                    "certainly",
                ]
                .iter()
                .any(|g| before.ends_with(g));
            let vocative = opens || behind.is_empty() || behind.starts_with([',', '.', '!', '?']);
            let worker = [
                "our ",
                "the ",
                "technician",
                "engineer",
                "manager",
                "from billing",
                "colleague",
                "will call you",
                "will visit",
            ]
            .iter()
            .any(|w| behind.trim_start_matches([',', ' ']).starts_with(w));
            if alone && len > 0 && vocative && !worker {
                out.push(at..end);
            }
        }
    }
    out
}

/// Whether a form of address fits one of the right names: the same surname and no other title.
fn fits(called: &str, right: &[String]) -> bool {
    right.iter().any(|name| {
        if name == called {
            return true;
        }
        let (title, surname) = split(called);
        let (their_title, their_name) = split(name);
        if surname.is_empty() || their_name.is_empty() {
            return false;
        }
        let same = if surname.is_ascii() {
            their_name.split(' ').any(|part| part == surname)
        } else {
            their_name == surname
                || their_name.starts_with(&surname)
                || (surname.starts_with(&their_name) && their_name.chars().count() == 1)
        };
        same && (their_title.is_empty() || title_kind(&their_title) == title_kind(&title))
    })
}

/// Title and name.
fn split(name: &str) -> (String, String) {
    for title in TITLES_ZH {
        if let Some(rest) = name.strip_suffix(title) {
            return ((*title).to_owned(), rest.to_owned());
        }
    }
    for title in TITLES_EN {
        for form in [format!("{title}. "), format!("{title} ")] {
            if let Some(rest) = name.strip_prefix(&form) {
                return ((*title).to_owned(), rest.to_owned());
            }
        }
    }
    (String::new(), name.to_owned())
}

/// Titles that mean the same toward a person.
fn title_kind(title: &str) -> u8 {
    match title {
        "先生" | "mr" | "sir" => 0,
        "女士" | "小姐" | "太太" | "夫人" | "mrs" | "ms" | "miss" | "madam" => 1,
        _ => 2,
    }
}
