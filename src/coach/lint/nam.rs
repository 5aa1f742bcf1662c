//! NAM: the customer's name and title.

use std::ops::Range;

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::text::tokens::fold;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// Titles that follow a Chinese name and may stand anywhere.
const TITLES_ZH: &[&str] = &[
    "先生", "女士", "小姐", "太太", "夫人", "阿姨", "大爷", "大妈", "大姐", "大哥", "叔叔", "伯伯",
    "奶奶", "爷爷",
];
/// Titles that are also the end of other words: they count where somebody is spoken to.
const RANKS_ZH: &[&str] = &[
    "总", "老师", "经理", "主任", "老板", "教授", "医生", "同学", "局长", "处长",
];
/// What our own people are called by.
const WORKERS_ZH: &[&str] = &["师傅", "工程师", "工"];
/// Titles before an English name.
const TITLES_EN: &[&str] = &["mr", "mrs", "ms", "miss", "sir", "madam", "dr"];
/// What stands before a title and is no name.
const NO_NAME: &[&str] = &[
    "这位", "那位", "位", "名", "的", "好", "您", "，", ",", " ", "的是", "一位", "各位", "是",
    "个", "和", "给", "请", "叫", "找", "跟", "与",
];
/// What stands before a name of which somebody is told, not spoken to.
const SPOKEN_OF: &[&str] = &[
    "给",
    "帮",
    "替",
    "跟",
    "和",
    "与",
    "请",
    "找",
    "联系",
    "通知",
    "转告",
    "由",
    "让",
    "叫",
    "把",
    "向",
    "问",
    "姓",
    "位",
    "关于",
    "不是",
    "户主",
    "收件人",
    "是不是",
    "是否是",
    "告诉",
    "派",
    "是",
    "为",
    "代",
];
/// What stands behind a name when somebody is spoken to, if the sentence goes on at once.
const SPEAKS_TO: &[&str] = &[
    "您",
    "你",
    "好",
    "我",
    "请",
    "这",
    "让",
    "感谢",
    "谢谢",
    "很",
    "非常",
    "抱歉",
    "对不起",
    "不好意思",
    "咱",
    "稍等",
    "别",
    "放心",
    "辛苦",
    "慢",
    "久等",
    "关于",
    "麻烦",
];

/// Checks a draft (NAM-01). The customer is held to be named first in the list. Names of our own people are looked at only
/// when the list holds any: who works here is not told by the customer's name.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(names) = cx.cx.known.names else {
        return;
    };
    let right: Vec<String> = names.iter().map(|n| fold(n)).collect();
    if right.is_empty() {
        return;
    }
    let text = cx.folded();
    let staff = Staff::of(&right);
    let theirs = chinese(text)
        .into_iter()
        .chain(ranked(text))
        .chain(english(text, staff.others))
        .filter(|called| !fits(cx.words(called), &right));
    let ours = workers(text, &staff)
        .into_iter()
        .filter(|called| !right.iter().any(|n| n == cx.words(called)));
    for called in theirs.chain(ours) {
        let mut finding = cx.finding("NAM-01", Severity::Block, &called);
        let titled = names.iter().find(|n| titled(&fold(n)));
        finding.fix = titled
            .filter(|_| !WORKERS_ZH.iter().any(|w| cx.words(&called).ends_with(w)))
            .filter(|_| !cx.words(&called).starts_with('小'))
            .map(|name| Fix {
                at: finding.span.clone(),
                with: name.clone(),
            });
        out.push(finding);
    }
}

/// Which of our own people the right names tell of.
struct Staff {
    /// Somebody beside the customer.
    others: bool,
    /// An agent by a short name (小赵).
    short: bool,
    /// Somebody with a worker's title (周师傅).
    titled: bool,
}

impl Staff {
    fn of(right: &[String]) -> Self {
        let short = right
            .iter()
            .any(|n| n.starts_with('小') && n.chars().count() == 2);
        let titled = right
            .iter()
            .any(|n| WORKERS_ZH.iter().any(|w| n.ends_with(w)));
        Self {
            others: short || titled,
            short,
            titled,
        }
    }
}

/// Names of our own people: 我是小李, 吴师傅.
fn workers(text: &str, staff: &Staff) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if staff.short {
        for cue in ["我是", "我叫", "这里是", "客服", "专员", "顾问"] {
            for (at, _) in text.match_indices(cue) {
                let from = at + cue.len();
                let mut behind = text[from..].chars();
                if behind.next() == Some('小')
                    && behind.next().is_some_and(|c| SURNAMES.contains(c))
                    && !behind.next().is_some_and(is_han)
                {
                    let len = text[from..]
                        .chars()
                        .take(2)
                        .map(char::len_utf8)
                        .sum::<usize>();
                    out.push(from..from + len);
                }
            }
        }
    }
    if staff.titled {
        for (at, found) in text.match_indices("师傅") {
            let name = surname_before(text, at);
            let one = text[name.clone()].chars().count() == 1;
            if one && !NO_NAME.iter().any(|w| text[..at].ends_with(w)) {
                out.push(name.start..at + found.len());
            }
        }
    }
    out
}

/// A surname with a rank, right at the begin of a clause and with nothing behind it in that clause but a greeting.
fn ranked(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for title in RANKS_ZH {
        for (at, found) in text.match_indices(title) {
            let name = surname_before(text, at);
            let end = at + found.len();
            let opens = !text[..name.start].ends_with(|c: char| c.is_alphanumeric())
                || ["您好", "你好", "好的", "尊敬的", "亲爱的"]
                    .iter()
                    .any(|g| text[..name.start].ends_with(g));
            let closes = !text[end..].starts_with(|c: char| c.is_alphanumeric())
                || ["您", "你"].iter().any(|g| text[end..].starts_with(g));
            if !name.is_empty() && opens && closes {
                out.push(name.start..end);
            }
        }
    }
    out
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
            let told = SPOKEN_OF.iter().any(|w| text[..name.start].ends_with(w))
                || (text[at + found.len()..].starts_with(is_han)
                    && !SPEAKS_TO
                        .iter()
                        .any(|w| text[at + found.len()..].starts_with(w)));
            if !is_han(last)
                || NO_NAME.iter().any(|w| text[..at].ends_with(w))
                || name.is_empty()
                || told
            {
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

/// Words behind which an English name is spoken to.
const GREETINGS: &[&str] = &[
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
];

/// Words right before an English name of which somebody is told, not spoken to.
const TELLS_BEFORE: &[&str] = &[
    "is", "was", "by", "with", "from", "for", "to", "and", "of", "or", "about", "see", "ask",
    "call", "contact", "meet", "that", "our", "your", "the", "named", "called",
];

/// Titles with a name behind them, where somebody is addressed: at the begin of a sentence, after a greeting, before a comma.
/// Somebody spoken of counts only when our own people are known by name.
fn english(text: &str, others: bool) -> Vec<Range<usize>> {
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
                || GREETINGS.iter().any(|g| before.ends_with(g));
            let whose = behind.starts_with(',') && {
                // Mr Wu, the technician, …: somebody else is spoken of.
                let noun = behind.trim_start_matches([',', ' ']);
                let end = noun.find([',', '.', '!', '?']).unwrap_or(noun.len());
                ["our ", "the ", "a "].iter().any(|w| noun.starts_with(w))
                    && noun[..end].split(' ').count() <= 2
            };
            let tells = [
                "our ",
                "the ",
                "technician",
                "engineer",
                "manager",
                "from ",
                "colleague",
                "will ",
                "is ",
                "was ",
                "has ",
            ]
            .iter()
            .any(|w| behind.starts_with(w));
            let told = before
                .rsplit(|c: char| !c.is_ascii_alphabetic())
                .next()
                .is_some_and(|w| TELLS_BEFORE.contains(&w));
            let closes = behind.is_empty() || behind.starts_with([',', '.', '!', '?']);
            let vocative = (opens && !tells) || (closes && !told);
            let named = others && tells && opens && !whose;
            let word = [
                "you", "it", "the", "a", "an", "this", "that", "your", "our", "him", "her", "them",
                "out", "any",
            ]
            .contains(&&name[..len]);
            if alone && len > 0 && !word && ((vocative && !whose) || named) {
                out.push(at..end);
            }
        }
    }
    out
}

/// Whether a form of address fits one of the right names: the same surname and no other title. A name without a title leaves
/// the title free, unless the same surname stands in the list with one.
fn fits(called: &str, right: &[String]) -> bool {
    let (title, surname) = split(called);
    if right.iter().any(|name| name == called) {
        return true;
    }
    let names: Vec<(String, String)> = right.iter().map(|name| split(name)).collect();
    let whole = |name: &str| name.chars().count() > 1;
    let same_family = |name: &str| name.chars().next() == surname.chars().next();
    if !surname.is_ascii()
        && whole(&surname)
        && names.iter().any(|(_, n)| whole(n) && same_family(n))
        && names.iter().all(|(_, n)| *n != surname)
    {
        // The surname is right and the given name is somebody else's.
        return false;
    }
    let mut titles = names
        .iter()
        .filter(|(_, name)| alike(&surname, name))
        .map(|(title, _)| title.as_str())
        .peekable();
    if titles.peek().is_none() {
        return false;
    }
    let titles: Vec<&str> = titles.filter(|t| !t.is_empty()).collect();
    titles.is_empty() || titles.iter().any(|t| title_kind(t) == title_kind(&title))
}

/// Whether a name that was called is this one, or its surname.
fn alike(called: &str, name: &str) -> bool {
    if called.is_empty() || name.is_empty() {
        return false;
    }
    if called.is_ascii() {
        return name.split(' ').any(|part| part == called);
    }
    name == called
        || name.starts_with(called)
        || (called.starts_with(name) && name.chars().count() == 1)
}

/// Title and name.
fn split(name: &str) -> (String, String) {
    for title in TITLES_ZH.iter().chain(RANKS_ZH) {
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
