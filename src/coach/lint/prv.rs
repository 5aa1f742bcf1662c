//! PRV: personal data stays out.

use std::ops::Range;

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::coach::read::covers;
use crate::text::mask::{FoundKind, find_numbers};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "someone-else",
    "story",
    "secret",
    "asks-for",
    "never-give",
    "address-private",
    "our-place",
    "order-token",
    "id-word",
    "card-word",
    "keeps-quiet",
    "asks-consent",
    "told-by-you",
];

/// A run of letters and digits from this length on names one order or one person.
const TOKEN: usize = 12;

/// The same of a passport and of other papers that name a person.
const PASSPORT: usize = 8;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    out.extend(
        numbers(cx.text)
            .into_iter()
            .filter(|f| !public(cx, &f.span)),
    );
    addresses(cx, out);
    tokens(cx, out);
    papers(cx, out);
    others(cx, out);
    secrets(cx, out);
}

/// Personal numbers in full (PRV-01). Needs nothing but the text.
pub(super) fn numbers(text: &str) -> Vec<Finding> {
    find_numbers(text)
        .into_iter()
        .filter(|found| found.kind != FoundKind::Phone || personal_phone(&text[found.span.clone()]))
        .map(|found| {
            let masked = crate::text::mask_free(&text[found.span.clone()]);
            Finding {
                rule: "PRV-01",
                severity: Severity::Block,
                fix: (masked != text[found.span.clone()]).then(|| Fix {
                    at: found.span.clone(),
                    with: masked,
                }),
                span: found.span,
            }
        })
        .collect()
}

/// Whether a telephone number can be a person's: landlines and service lines stand in the public directory.
fn personal_phone(words: &str) -> bool {
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let service = ["400", "800", "0800", "95", "96", "123", "1010"]
        .iter()
        .any(|p| digits.starts_with(p));
    !service
}

/// Whether the words say that the number belongs to us or to the public.
fn public(cx: &Scan<'_>, span: &Range<usize>) -> bool {
    const LINES: &[&str] = &[
        "热线",
        "客服电话",
        "总机",
        "投诉电话",
        "服务电话",
        "前台",
        "门店电话",
        "值班电话",
        "营业厅电话",
        "公司电话",
        "座机",
        "我们的电话",
        "总经理",
        "店长",
        "大堂经理",
        "值班经理",
        "hotline",
        "helpline",
        "switchboard",
        "front desk",
        "our number",
        "our line",
        "reception",
        "customer service",
        "call us",
        "our office",
        "duty manager",
        "general manager",
    ];
    let owned = cx.cx.known.values.is_some_and(|values| {
        let words = cx.text.get(span.clone()).unwrap_or_default();
        values.iter().any(|v| v == words)
    });
    let before = cx.text.get(..span.start).unwrap_or_default();
    let mut near: Vec<char> = before.chars().rev().take(24).collect();
    near.reverse();
    let near = near.into_iter().collect::<String>().to_lowercase();
    owned || LINES.iter().any(|line| near.contains(line))
}

/// Where a person lives, down to the door (PRV-01).
fn addresses(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        if cx.any_in("our-place", &sentence.at) {
            continue;
        }
        let words = cx.words(&sentence.at);
        if let Some(place) = zh_address(words).or_else(|| en_address(words)) {
            let at = sentence.at.start + place.start..sentence.at.start + place.end;
            out.push(cx.finding("PRV-01", Severity::Block, &at));
        }
    }
}

/// 幸福路18号3栋502室: a road or estate with its number and a door behind it.
fn zh_address(words: &str) -> Option<Range<usize>> {
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let numbered = |unit: &str| {
        words
            .match_indices(unit)
            .find(|(at, _)| words[..*at].ends_with(digit))
            .map(|(at, found)| at + found.len())
    };
    let road = [
        "路", "街", "巷", "弄", "大道", "小区", "花园", "苑", "村", "公寓", "家园", "新城", "胡同",
        "里",
    ]
    .iter()
    .filter_map(|r| words.find(r))
    .min()?;
    let house = ["号楼", "号院", "栋", "幢", "单元", "弄", "号", "座"]
        .iter()
        .filter_map(|u| numbered(u))
        .filter(|end| *end > road)
        .max()?;
    let door = ["室", "户", "房"]
        .iter()
        .filter_map(|u| numbered(u))
        .max()
        .unwrap_or(0);
    let bare = words
        .get(house..)
        .is_some_and(|rest| rest.chars().take_while(char::is_ascii_digit).count() >= 3);
    let end = door.max(house);
    (door > house.saturating_sub(1) && door > road || bare).then_some(road..end)
}

/// 12 Elm Road, flat 4: a number, a name and a kind of street.
fn en_address(words: &str) -> Option<Range<usize>> {
    const STREETS: &[&str] = &[
        "road",
        "street",
        "avenue",
        "lane",
        "drive",
        "close",
        "crescent",
        "court",
        "boulevard",
        "way",
        "terrace",
        "place",
        "rd",
        "st",
        "ave",
        "square",
        "grove",
        "gardens",
    ];
    let mut pieces: Vec<(usize, &str)> = Vec::new();
    let mut from = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_ascii_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                pieces.push((start, &words[start..at]));
                from = None;
            }
            _ => {}
        }
    }
    for (place, (start, piece)) in pieces.iter().enumerate() {
        let house = piece.len() <= 5
            && piece.starts_with(|c: char| c.is_ascii_digit())
            && piece.chars().filter(char::is_ascii_alphabetic).count() <= 1;
        if !house {
            continue;
        }
        for ahead in 2..=3 {
            if let Some((at, street)) = pieces.get(place + ahead)
                && STREETS.contains(street)
                && pieces[place + 1..place + ahead].iter().all(|(_, w)| {
                    w.chars().all(|c| c.is_ascii_alphabetic())
                        && !matches!(
                            *w,
                            "on" | "in"
                                | "at"
                                | "to"
                                | "from"
                                | "of"
                                | "the"
                                | "days"
                                | "hours"
                                | "minutes"
                                | "am"
                                | "pm"
                                | "and"
                                | "by"
                        )
                })
            {
                return Some(*start..at + street.len());
            }
        }
    }
    None
}

/// Long numbers of orders, accounts and papers (PRV-01).
fn tokens(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for hit in cx.hits("order-token") {
        let rest = cx.folded().get(hit.end..).unwrap_or_default();
        let skipped = rest.len()
            - rest
                .trim_start_matches([' ', ':', '是', '为', '#', '(', '号', ','])
                .trim_start_matches("is ")
                .trim_start_matches("number ")
                .trim_start_matches("no. ")
                .len();
        let from = hit.end + skipped;
        let run: usize = cx
            .folded()
            .get(from..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .count();
        let word = cx.folded().get(from..from + run).unwrap_or_default();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let place = from..from + run;
        let span = cx.span(&place);
        let short = [
            "护照",
            "驾照",
            "社保",
            "passport",
            "licence",
            "license",
            "social security",
            "ssn",
            "national insurance",
        ]
        .iter()
        .any(|w| cx.words(hit).contains(w));
        let least = if short { PASSPORT } else { TOKEN };
        if run >= least && digits >= 6 && !out.iter().any(|f| covers(&f.span, &span)) {
            let words = cx.text.get(span.clone()).unwrap_or_default();
            let tail: String = words
                .chars()
                .skip(words.chars().count().saturating_sub(4))
                .collect();
            out.push(Finding {
                rule: "PRV-01",
                severity: Severity::Block,
                fix: Some(Fix {
                    at: span.clone(),
                    with: format!("****{tail}"),
                }),
                span,
            });
        }
    }
}

/// Long numbers without their check digit that the words around them call an identity card or a bank card (PRV-01): a typing
/// error in a number makes it no less a person's.
fn papers(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        for clause in super::deeds::clauses(cx, sentence) {
            let card = cx.any_in("card-word", &clause);
            let paper = cx.any_in("id-word", &clause);
            if !card && !paper {
                continue;
            }
            for run in digit_runs(cx.words(&clause)) {
                let at = clause.start + run.start..clause.start + run.end;
                let digits: String = cx
                    .words(&at)
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .collect();
                let named = cx
                    .hits("order-token")
                    .any(|hit| hit.end <= at.start && at.start - hit.end <= 4)
                    || reference(&cx.folded()[..at.start]);
                let personal = (paper && born(&digits))
                    || (card && (15..=19).contains(&digits.len()) && !dated(&digits));
                let span = cx.span(&at);
                if personal
                    && !named
                    && !out
                        .iter()
                        .any(|f| covers(&f.span, &span) || covers(&span, &f.span))
                {
                    let tail = digits
                        .get(digits.len().saturating_sub(4)..)
                        .unwrap_or_default();
                    out.push(Finding {
                        rule: "PRV-01",
                        severity: Severity::Block,
                        fix: Some(Fix {
                            at: span.clone(),
                            with: format!("****{tail}"),
                        }),
                        span,
                    });
                }
            }
        }
    }
}

/// The runs of digits in a folded text, with blanks and hyphens between their groups and a check letter at the end.
fn digit_runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) || at.checked_sub(1).is_some_and(|b| letter(b) || digit(b)) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || (matches!(bytes.get(at), Some(b' ' | b'-')) && digit(at + 1)) {
            at += 1;
        }
        if bytes.get(at) == Some(&b'x') && !letter(at + 1) {
            at += 1;
        }
        if !letter(at) {
            out.push(start..at);
        }
    }
    out
}

/// Whether eighteen or fifteen places hold a day of birth where an identity card has it.
fn born(digits: &str) -> bool {
    let day = match digits.len() {
        18 => digits.get(6..14),
        15 => digits.get(6..12),
        _ => None,
    };
    let Some(day) = day else { return false };
    let (year, day) = day.split_at(day.len() - 4);
    let century = year.len() == 2 || year.starts_with("19") || year.starts_with("20");
    century && month_and_day(day)
}

/// Whether a number begins with a day, as the numbers of tickets and transactions do.
fn dated(digits: &str) -> bool {
    digits.starts_with("20") && digits.get(4..8).is_some_and(month_and_day)
}

fn month_and_day(four: &str) -> bool {
    let number = |range: Range<usize>| four.get(range).and_then(|n| n.parse::<u8>().ok());
    matches!((number(0..2), number(2..4)), (Some(1..=12), Some(1..=31)))
}

/// Whether the words right before a number name a ticket or a transaction.
fn reference(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '是', '为', '号', '#', '码']);
    [
        "工单",
        "单",
        "编",
        "流水",
        "受理",
        "运单",
        "案",
        "ticket",
        "reference",
        "ref",
        "case",
        "ticket number",
        "order",
        "order number",
        "reference number",
        "tracking number",
        "serial number",
    ]
    .iter()
    .any(|w| before.ends_with(w))
}

/// Somebody else and what is true of them (PRV-02).
fn others(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        let who = cx
            .hits("someone-else")
            .filter(|hit| covers(&sentence.at, hit))
            .find(|hit| !own(cx, hit));
        let Some(who) = who else { continue };
        let told = cx
            .hits("told-by-you")
            .any(|hit| covers(&sentence.at, hit) && hit.end <= who.start);
        if told || cx.any_in("keeps-quiet", &sentence.at) || cx.any_in("asks-consent", &sentence.at)
        {
            continue;
        }
        let behind = who.start..sentence.at.end;
        if cx
            .hits("story")
            .any(|hit| covers(&behind, hit) && hit.start >= who.start)
        {
            out.push(cx.finding("PRV-02", Severity::Block, who));
        }
    }
}

/// Whether a name with a title is one of this conversation.
fn own(cx: &Scan<'_>, hit: &Range<usize>) -> bool {
    let words = cx.words(hit);
    cx.cx.known.names.is_some_and(|names| {
        names
            .iter()
            .any(|n| crate::text::tokens::fold(n).contains(words))
    })
}

/// Asks for what nobody may ask for (PRV-03).
fn secrets(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for hit in cx.hits("secret") {
        let Some(sentence) = cx.sentence(hit) else {
            continue;
        };
        if cx.any_in("asks-for", &sentence.at) && !cx.any_in("never-give", &sentence.at) {
            out.push(cx.finding("PRV-03", Severity::Block, hit));
        }
    }
}
