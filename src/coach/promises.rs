//! Promises in words: concrete times of a future deed of ours (method 3.4, CMT-11).
//!
//! Not every time is a promise: opening hours, past dates and the customer's own times are none. A time counts when it lies
//! ahead and its sentence speaks of a deed of ours.

use std::ops::Range;

use crate::domain::promise_time::{SaidKind, SaidTime, parse_said};
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::Deed;

use super::content::{Content, Spoken};
use super::folded::{Folded, sentences};

/// A promise found in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidPromise {
    /// Byte range of the time in the text.
    pub span: Range<usize>,
    /// The sentence it stands in.
    pub sentence: String,
    /// By when.
    pub due: Ms,
    /// What will be done, guessed by the verb.
    pub deed: Deed,
}

/// Verbs by deed; the first deed whose verb stands in the sentence is taken, so what reaches the customer most directly
/// stands first.
const VERBS: &[(Deed, &[&str])] = &[
    (
        Deed::Callback,
        &[
            "打给您",
            "打给你",
            "打过去",
            "打电话",
            "回电",
            "回您电话",
            "致电",
            "来电话",
            "call",
            "ring you",
            "phone you",
        ],
    ),
    (
        Deed::Docs,
        &[
            "材料",
            "清单",
            "凭证",
            "单据",
            "发票",
            "证明",
            "合同",
            "slip",
            "receipt",
            "documents",
            "papers",
            "list",
            "invoice",
            "statement",
        ],
    ),
    (
        Deed::Verify,
        &[
            "核对",
            "核实",
            "核完",
            "查清",
            "查明",
            "检测",
            "verify",
            "have it checked",
            "test finding",
        ],
    ),
    (
        Deed::Update,
        &[
            "进展",
            "进度",
            "到哪一步",
            "回音",
            "回个话",
            "update",
            "how far",
            "progress",
        ],
    ),
    (
        Deed::Resolve,
        &[
            "办好",
            "办完",
            "处理完",
            "处理好",
            "修好",
            "解决",
            "到账",
            "退给您",
            "退到",
            "上门",
            "寄出",
            "补发",
            "送到",
            "开通",
            "关掉",
            "停掉",
            "refund",
            "deliver",
            "visit",
            "fix",
            "done",
            "sent out",
            "settled",
            "come to you",
        ],
    ),
];

/// The promises in a text written at `written_at` by somebody in `zone`, in the order of the text.
#[must_use]
pub fn promises_in(content: &Content, text: &str, written_at: Ms, zone: &Zone) -> Vec<SaidPromise> {
    let times = parse_said(text, written_at, zone);
    let mut out = Vec::new();
    for range in sentences(text) {
        let inside: Vec<&SaidTime> = times
            .iter()
            .filter(|t| range.start <= t.span.start && t.span.end <= range.end)
            .filter(|t| t.at > written_at && !past_day_before(&text[range.start..t.span.start]))
            .collect();
        if inside.is_empty() {
            continue;
        }
        let sentence = &text[range];
        let deed = deed_in(content, sentence);
        for time in inside {
            let limit = matches!(time.kind, SaidKind::By | SaidKind::Within);
            let Some(deed) = deed.or_else(|| (limit && addressed(sentence)).then_some(Deed::Reply))
            else {
                continue;
            };
            out.push(SaidPromise {
                span: time.span.clone(),
                sentence: sentence.to_owned(),
                due: time.at,
                deed,
            });
        }
    }
    out
}

/// Whether a day that is over stands right before a clock time: 昨天17:00.
fn past_day_before(before: &str) -> bool {
    let near = before.trim_end();
    let tail: String = near
        .chars()
        .rev()
        .take(10)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let tail = tail.to_lowercase();
    [
        "昨天",
        "昨日",
        "昨晚",
        "前天",
        "昨天下午",
        "昨天上午",
        "yesterday",
        "yesterday at",
    ]
    .iter()
    .any(|day| tail.ends_with(day))
}

/// Whether a sentence with a limit of time is said by us to the customer, though no deed of the lists is in it, and is not
/// about hours of ours.
fn addressed(sentence: &str) -> bool {
    let folded = Folded::new(sentence, usize::MAX);
    let text = folded.text();
    let hours = [
        "营业",
        "上班",
        "下班",
        "开门",
        "关门",
        "有效",
        "截止",
        "we open",
        "we close",
        "open until",
        "opening",
        "valid until",
    ]
    .iter()
    .any(|w| text.contains(w));
    let toward = [
        "给您",
        "给你",
        "跟您",
        "让您",
        "向您",
        "对您",
        "you'll have",
        "you will have",
        "you'll get",
        "you will get",
    ]
    .iter()
    .any(|w| text.contains(w));
    !hours && (toward || first_person(text))
}

/// The deed of ours that a sentence speaks of; nothing when it speaks of none.
pub(super) fn deed_in(content: &Content, sentence: &str) -> Option<Deed> {
    let folded = Folded::new(sentence, usize::MAX);
    let ours = content
        .spoken
        .find(folded.text())
        .iter()
        .any(|h| h.tag == Spoken::Deed);
    let text = folded.text();
    let verb = VERBS.iter().find(|(_, verbs)| {
        verbs.iter().any(|verb| {
            text.match_indices(verb)
                .any(|(at, _)| begins_word(text, at))
        })
    });
    match (ours, verb) {
        (true, Some((deed, _))) => Some(*deed),
        (true, None) => Some(Deed::Reply),
        // A verb alone is ours only when we are its subject.
        (false, Some((deed, _))) if first_person(text) => Some(*deed),
        (false, _) => None,
    }
}

fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    !bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
        || at
            .checked_sub(1)
            .and_then(|i| bytes.get(i))
            .is_none_or(|b| !b.is_ascii_alphabetic())
}

fn first_person(text: &str) -> bool {
    text.contains('我')
        || text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| matches!(word, "i" | "we"))
}
