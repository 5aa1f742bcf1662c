//! FCT: nothing unfilled, nothing unsourced.

use super::scan::Scan;
use super::{Finding, Severity, deeds};
use crate::coach::read::covers;
use crate::coach::slots::{Piece, pieces};
use crate::text::tokens::fold;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// What stands in brackets where somebody should have written a fact.
const BLANKS: &[&str] = &[
    "姓名",
    "名字",
    "客户姓名",
    "称呼",
    "时间",
    "日期",
    "金额",
    "数字",
    "订单号",
    "单号",
    "电话",
    "号码",
    "地址",
    "原因",
    "产品",
    "产品名称",
    "门店",
    "网点",
    "工号",
    "具体时间",
    "具体日期",
    "具体原因",
    "待填",
    "待补充",
    "填写",
    "请填写",
    "链接",
    "型号",
    "天数",
    "部门",
    "经办人",
    "负责人",
    "name",
    "customer name",
    "first name",
    "last name",
    "date",
    "time",
    "amount",
    "order number",
    "order no",
    "number",
    "phone",
    "address",
    "reason",
    "cause",
    "product",
    "branch",
    "store",
    "link",
    "tbd",
    "insert",
    "insert date",
    "insert name",
    "insert time",
    "insert amount",
    "your name",
    "agent name",
    "company",
    "title",
    "model",
    "ticket",
    "ticket number",
    "to be filled",
    "fill in",
    "xx",
    "xxx",
    "date here",
    "name here",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    out.extend(unfilled(cx.text));
    unsourced(cx, out);
}

/// Slots that nobody filled (FCT-01). Needs nothing but the text.
pub(super) fn unfilled(text: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut mark = |span| {
        out.push(Finding {
            rule: "FCT-01",
            severity: Severity::Block,
            span,
            fix: None,
        });
    };
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => at += words.len(),
            Piece::Slot(name) => {
                let end = at + name.len() + 2;
                mark(at..end);
                at = end;
            }
        }
    }
    for span in brackets(text).into_iter().chain(strokes(text)) {
        mark(span);
    }
    out
}

/// Brackets around the name of a fact, round, square, curly or pointed, and the like with a dollar sign.
fn brackets(text: &str) -> Vec<std::ops::Range<usize>> {
    const PAIRS: &[(char, char)] = &[
        ('[', ']'),
        ('【', '】'),
        ('<', '>'),
        ('〈', '〉'),
        ('《', '》'),
        ('{', '}'),
        ('「', '」'),
        ('(', ')'),
        ('（', '）'),
    ];
    let mut out = Vec::new();
    for (open, close) in PAIRS {
        for (at, _) in text.match_indices(*open) {
            let inside = &text[at + open.len_utf8()..];
            let Some(len) = inside.find(*close).filter(|len| *len <= 60) else {
                continue;
            };
            let name = fold(inside[..len].trim().trim_matches(['{', '}', '_', ' ']));
            let loose = matches!(open, '(' | '（' | '《' | '「');
            let blank = BLANKS.contains(&name.as_str())
                && (!loose
                    || name.starts_with(['待', '请', '填'])
                    || name.starts_with("insert")
                    || name == "tbd"
                    || name.starts_with("xx"));
            let end = at + open.len_utf8() + len + close.len_utf8();
            if label(&text[..at], &text[end..]) {
                continue;
            }
            let slot = *open == '{'
                && !crate::coach::slots::is_name(&inside[..len])
                && !matches!(name.as_str(), "and" | "or" | "to")
                && name
                    .chars()
                    .any(|c| c.is_alphabetic() && !"和与或、".contains(c))
                && name.chars().count() <= 20
                && !name.contains([':', ',', '"']);
            if blank || slot {
                out.push(at..end);
            }
        }
    }
    out
}

/// Whether the words around a bracket say that it is the label of a field, which is spoken of and not filled.
fn label(before: &str, after: &str) -> bool {
    const BEHIND: &[&str] = &[
        "栏",
        "那栏",
        "那一栏",
        "这一栏",
        "这栏",
        "一栏",
        "字段",
        "那一项",
        "这一项",
        "一项",
        "这几个字",
        "按钮",
        "field",
        "column",
        "box",
        "button",
        "line on",
    ];
    const AHEAD: &[&str] = &[
        "field",
        "column",
        "box",
        "button",
        "the label",
        "字段",
        "栏目",
        "按钮",
        "点击",
        "标着",
        "写着",
    ];
    let (before, after) = (fold(before), fold(after));
    let (before, after) = (before.trim_end(), after.trim_start());
    BEHIND.iter().any(|w| after.starts_with(w)) || AHEAD.iter().any(|w| before.ends_with(w))
}

/// Strokes and crosses where a fact should stand: ____, XX元, X月X日, tbd.
fn strokes(text: &str) -> Vec<std::ops::Range<usize>> {
    const UNITS: &[char] = &[
        '元', '月', '日', '号', '点', '天', '年', '分', '块', '先', '女', '师', '小', '公', '店',
        '路', '个', '折', '时', '经', '客', '产', '部', '单', '位',
    ];
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let cross = |c: char| {
        matches!(
            c,
            'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '某' | '＿' | '_' | '〇' | '○'
        )
    };
    let mut place = 0;
    while let Some((at, c)) = chars.get(place).copied() {
        if !cross(c) {
            place += 1;
            continue;
        }
        let mut end = place;
        while chars.get(end).is_some_and(|(_, d)| cross(*d) && (*d == c)) {
            end += 1;
        }
        let count = end - place;
        let stop = chars.get(end).map_or(text.len(), |(at, _)| *at);
        let latin = |i: Option<usize>| {
            i.and_then(|i| chars.get(i))
                .is_some_and(|(_, d)| d.is_ascii_alphanumeric() || *d == '*' || *d == '-')
        };
        let free = !latin(place.checked_sub(1)) && !latin(Some(end));
        let unit = chars.get(end).is_some_and(|(_, d)| UNITS.contains(d));
        let hit = match c {
            '_' | '＿' => count >= 2,
            '某' => count >= 2 && unit,
            '〇' | '○' => count >= 2,
            _ => free && (unit || count >= 2),
        };
        if hit {
            out.push(at..stop);
        }
        place = end;
    }
    for word in [
        "TBD",
        "tbd",
        "T.B.D",
        "待定时间",
        "待填写",
        "???",
        "？？？",
        "…元",
        "**元",
    ] {
        for (at, found) in text.match_indices(word) {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if !latin(text[..at].chars().next_back())
                && !latin(text[at + found.len()..].chars().next())
            {
                out.push(at..at + found.len());
            }
        }
    }
    out
}

/// Numbers and dates that none of the ticket's facts holds (FCT-02). Times of our own deeds are facts of ours.
fn unsourced(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(values) = cx.cx.known.values else {
        return;
    };
    let mut sources: Vec<String> = values.iter().map(|v| digits_of(&fold(v))).collect();
    sources.extend(cx.cx.customer_words.iter().map(|w| digits_of(&fold(w))));
    if let Some(said) = cx.cx.known.said {
        sources.extend(said.iter().map(|w| digits_of(&fold(w))));
    }
    let bound = deeds::bound(cx);
    for (from, to) in numbers(cx.folded()) {
        let at = from..to;
        let span = cx.span(&at);
        let ours = bound
            .iter()
            .any(|b| b.time.span.start <= span.start && span.end <= b.time.span.end)
            || cx
                .times
                .iter()
                .any(|t| covers(&t.span, &span) && t.at > cx.cx.now);
        let number = cx.words(&at).replace(',', "");
        let public = [
            "12315", "12345", "110", "119", "120", "911", "999", "112", "24", "7",
        ]
        .contains(&number.as_str());
        let known = sources.iter().any(|s| {
            s.split(' ')
                .any(|n| n == number || n.trim_end_matches(".00") == number.trim_end_matches(".00"))
        });
        if !ours && !public && !known && (number.len() >= 2 || measured(cx.folded(), to)) {
            out.push(cx.finding("FCT-02", Severity::Warn, &at));
        }
    }
}

/// Whether a unit of money, days or pieces follows.
fn measured(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start();
    [
        "元", "块", "天", "日", "月", "号", "次", "件", "台", "年", "个月", "折", "day", "time",
        "month", "year", "piece", "item", "pound", "dollar", "week", "kg", "公斤",
    ]
    .iter()
    .any(|u| rest.starts_with(u))
}

/// The numbers of a folded text, joined by blanks.
fn digits_of(text: &str) -> String {
    numbers(text)
        .into_iter()
        .map(|(from, to)| text[from..to].replace(',', ""))
        .collect::<Vec<_>>()
        .join(" ")
}

fn numbers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len()
            && (bytes[at].is_ascii_digit()
                || (matches!(bytes[at], b'.' | b',')
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let glued = start > 0 && bytes[start - 1].is_ascii_alphabetic();
        if !glued {
            out.push((start, at));
        }
    }
    out
}
