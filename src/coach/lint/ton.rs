//! TON: words that end a conversation in the wrong way, and what to say instead.

use std::ops::Range;

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Act;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "family-do-not-know",
    "family-not-my-job",
    "family-told-you",
    "family-read-it-yourself",
    "family-go-and-complain",
    "family-rule-is-rule",
    "family-hurry",
    "family-ask-others",
    "family-your-fault",
    "command",
    "rhetorical",
    "policy",
    "reason-or-alternative",
    "threat",
    "sarcasm",
    "character",
    "redirect",
    "warm-transfer",
    "public-directory",
    "we-act",
    "emergency",
    "will-be-done",
];

/// The families of TON-01 (method 2a). Those of the second list end the matter only where nobody of ours acts beside them.
const FAMILIES: &[&str] = &[
    "calm-down",
    "busy",
    "family-told-you",
    "family-go-and-complain",
    "family-rule-is-rule",
    "family-hurry",
    "family-your-fault",
];
const UNLESS_WE_ACT: &[&str] = &[
    "no-hurry",
    "family-do-not-know",
    "family-not-my-job",
    "family-read-it-yourself",
    "family-ask-others",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for group in FAMILIES {
        cx.findings("TON-01", Severity::Block, group, out);
    }
    for group in UNLESS_WE_ACT {
        for at in cx.hits(group) {
            if !we_act(cx, at) {
                let mut finding = cx.finding("TON-01", Severity::Block, at);
                finding.fix = cx.better(group, at);
                out.push(finding);
            }
        }
    }
    commands(cx, out);
    rhetorical(cx, out);
    shields(cx, out);
    informal(cx, out);
    no_owner(cx, out);
    loud(cx, out);
    for group in ["threat", "sarcasm", "character"] {
        cx.findings("TON-08", Severity::Block, group, out);
    }
    cold_redirects(cx, out);
}

/// Whether somebody of ours does something in this sentence or the next one.
pub(super) fn we_act(cx: &Scan<'_>, at: &Range<usize>) -> bool {
    let Some(place) = cx
        .sentences
        .iter()
        .position(|s| s.at.start <= at.start && at.end <= s.at.end)
    else {
        return false;
    };
    [place, place + 1]
        .iter()
        .filter_map(|p| cx.sentences.get(*p))
        .any(|s| {
            // The words of the hit itself are no deed.
            cx.hits("we-act").any(|act| {
                s.at.start <= act.start
                    && act.end <= s.at.end
                    && (act.start >= at.end || act.end <= at.start)
            })
        })
}

/// Orders (TON-02); right where somebody is in danger.
fn commands(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for at in cx.hits("command") {
        let urgent = cx
            .sentence(at)
            .is_some_and(|s| cx.any_in("emergency", &s.at));
        if !urgent {
            out.push(cx.finding("TON-02", Severity::Warn, at));
        }
    }
}

/// Questions that are reproaches (TON-03). English ones must be asked as questions.
fn rhetorical(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for at in cx.hits("rhetorical") {
        out.push(cx.finding("TON-03", Severity::Block, at));
    }
}

/// A rule with neither its reason nor another way (TON-04).
fn shields(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.any("reason-or-alternative") {
        return;
    }
    if let Some(at) = cx
        .hits("policy")
        .chain(cx.hits("family-rule-is-rule"))
        .next()
    {
        out.push(cx.finding("TON-04", Severity::Warn, at));
    }
}

/// 你 where the style wants 您 (TON-05).
fn informal(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.lang != Lang::Zh {
        return;
    }
    let text = cx.text;
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '“' | '「' | '《' => quoted = true,
            '”' | '」' | '》' => quoted = false,
            '你' if !quoted => {
                let after = &text[at + c.len_utf8()..];
                let before = text[..at].chars().next_back();
                if after.starts_with(['们', '我', '追']) || matches!(before, Some('迷' | '我'))
                {
                    continue;
                }
                let span = at..at + c.len_utf8();
                out.push(Finding {
                    rule: "TON-05",
                    severity: Severity::Info,
                    fix: Some(Fix {
                        at: span.clone(),
                        with: "您".to_owned(),
                    }),
                    span,
                });
            }
            _ => {}
        }
    }
}

/// A turn that promises, in which nobody says "I" (TON-06).
fn no_owner(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let text = cx.folded();
    let own = match cx.cx.lang {
        Lang::Zh => text.match_indices('我').any(|(at, _)| {
            let after = &text[at + '我'.len_utf8()..];
            ![
                "们", "司", "行", "店", "方", "院", "部", "公司", "社", "校", "局", "中心",
            ]
            .iter()
            .any(|w| after.starts_with(w))
        }),
        Lang::En => text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "i" | "me" | "my" | "myself")),
    };
    if own {
        return;
    }
    let bound = super::deeds::bound(cx);
    let timed = cx
        .sentences
        .iter()
        .find(|s| bound.iter().any(|b| b.sentence_span() == s.span));
    let by_part = cx.cx.acts.contains(&Act::CommitConcrete);
    if let Some(sentence) = timed {
        out.push(cx.finding("TON-06", Severity::Info, &sentence.at));
    } else if by_part {
        out.push(cx.finding("TON-06", Severity::Info, &(0..0)));
    }
}

/// Capitals that are names or units and not shouted words.
const ACRONYMS: &[&str] = &[
    "HDMI", "IMEI", "IBAN", "SWIFT", "WLAN", "WIFI", "ESIM", "HTTP", "HTTPS", "JPEG", "MMS", "SMS",
    "USB", "PDF", "NASA", "IKEA", "UNHCR", "HSBC", "ASAP", "PAYE", "ISBN", "BMW", "FAQ", "VOIP",
    "OLED", "QLED", "NVME", "DDR4", "DDR5", "LED", "LCD", "VISA", "UPS", "DHL", "GPS", "VIP",
    "CEO", "ATM", "PIN", "PUK", "SIM", "IPTV", "FTTH", "AMEX", "ICBC", "CCTV", "EMS", "YTO", "STO",
    "CNY", "USD", "EUR", "GBP", "RMB", "APP", "IPHONE", "IPAD", "ANDROID", "NFC", "CVV", "KFC",
    "ISO", "VAT", "GST",
];

/// Double marks, shouted words, pictures (TON-07).
fn loud(cx: &Scan<'_>, all: &mut Vec<Finding>) {
    let text = cx.text;
    let mut found = Vec::new();
    let out = &mut found;
    let mut marks: Option<usize> = None;
    let mut count = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if matches!(c, '!' | '！') {
            marks.get_or_insert(at);
            count += 1;
            continue;
        }
        if let Some(from) = marks.take() {
            if count > 1 {
                let with = if cx.cx.lang == Lang::Zh { "。" } else { "." };
                out.push(loud_at(from..at, with));
            }
            count = 0;
        }
        if is_picture(c) {
            out.push(loud_at(at..at + c.len_utf8(), ""));
        }
    }
    for smile in [
        "^_^", "^^", "T_T", ":)", ":-)", ":(", ";)", ":D", "=_=", "orz", "QAQ", "（╯", ">_<",
        "~\\(",
    ] {
        if let Some(at) = text.find(smile) {
            out.push(loud_at(at..at + smile.len(), ""));
        }
    }
    shouted(text, out);
    // The customer's own loud words may be repeated in quotation marks.
    all.extend(found.into_iter().filter(|f| !cx.quoted(&f.span)));
}

fn loud_at(span: Range<usize>, with: &str) -> Finding {
    Finding {
        rule: "TON-07",
        severity: Severity::Warn,
        fix: Some(Fix {
            at: span.clone(),
            with: with.to_owned(),
        }),
        span,
    }
}

const fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{1f000}'..='\u{1f2ff}')
        && !matches!(
            c,
            '\u{2605}' | '\u{2606}' | '\u{2713}' | '\u{2714}' | '\u{260e}' | '\u{2776}'
                ..='\u{2793}'
        )
}

/// English words in capitals that are no names: one of five letters and more, or two and more in a row.
fn shouted(text: &str, out: &mut Vec<Finding>) {
    let mut run: Option<Range<usize>> = None;
    let mut words = 0;
    let mut longest = 0;
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || c == '\'')) {
        let word = piece.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '\''));
        let from = at;
        at += piece.len();
        if word.is_empty() {
            continue;
        }
        let capital = word.len() > 1
            && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'\'')
            && !ACRONYMS.contains(&word);
        // "I" and "A" in the middle of shouted words belong to them.
        let joins = run.is_some() && matches!(word, "I" | "A");
        if capital || joins {
            run = Some(run.map_or(from, |r| r.start)..from + word.len());
            words += usize::from(capital);
            longest = longest.max(word.len());
            continue;
        }
        flush(text, &mut run, words, longest, out);
        words = 0;
        longest = 0;
    }
    flush(text, &mut run, words, longest, out);
}

fn flush(
    text: &str,
    run: &mut Option<Range<usize>>,
    words: usize,
    longest: usize,
    out: &mut Vec<Finding>,
) {
    if let Some(span) = run.take()
        && ((words >= 2 && longest >= 3)
            || longest >= 5
            || ["NOT", "NOW", "MUST", "STOP", "NEVER", "VERY", "DO", "ALL"]
                .contains(&&text[span.clone()]))
    {
        let with = text[span.clone()].to_lowercase();
        out.push(loud_at(span, &with));
    }
}

/// The customer is sent on alone (TON-09). Off while people are in danger: then the emergency number comes first.
fn cold_redirects(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.known.severe_route == Some(false) || cx.any("warm-transfer") {
        return;
    }
    for at in cx.hits("redirect") {
        let public = cx
            .sentence(at)
            .is_some_and(|s| cx.any_in("public-directory", &s.at));
        if !public {
            let mut finding = cx.finding("TON-09", Severity::Block, at);
            finding.fix = cx.better("redirect", at);
            out.push(finding);
            return;
        }
    }
}
