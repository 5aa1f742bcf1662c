//! AUT: money and goods within the writer's authority.

use std::ops::Range;

use super::money::{Amount, figures, granted};
use super::scan::Scan;
use super::{Finding, Severity};
use crate::coach::read::covers;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "grants",
    "not-grant",
    "approval-open",
    "money-word",
    "remedy-refund",
    "remedy-exchange",
    "remedy-repair",
    "remedy-money",
    "remedy-waiver",
    "remedy-goods",
    "remedy-upgrade",
    "remedy-slot",
    "remedy-apology",
    "remedy-expert",
    "split",
    "not-split",
    "dodges",
    "limit-word",
    "two-limits",
    "later",
    "the-rest",
];

/// The kinds of remedies, each a group of the lexicon, and the names a menu may use for it beside its words.
const KINDS: &[(&str, &[&str])] = &[
    ("remedy-refund", &["refund", "退款", "退费", "退货"]),
    (
        "remedy-exchange",
        &["exchange", "replacement", "换货", "换新"],
    ),
    ("remedy-repair", &["repair", "维修"]),
    (
        "remedy-money",
        &[
            "money",
            "compensation",
            "voucher",
            "goodwill",
            "credit",
            "补偿",
            "代金券",
            "优惠券",
            "赔偿",
        ],
    ),
    (
        "remedy-waiver",
        &["fee_waiver", "fee waiver", "waiver", "减免", "免费"],
    ),
    ("remedy-goods", &["goods", "gift", "赠品", "礼品"]),
    ("remedy-upgrade", &["upgrade", "升级"]),
    (
        "remedy-slot",
        &["time_slot", "appointment", "slot", "预约", "绿色通道"],
    ),
    ("remedy-apology", &["site_apology", "apology", "道歉"]),
    ("remedy-expert", &["expert_visit", "expert", "专家"]),
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    limits(cx, out);
    menu(cx, out);
    split(cx, out);
}

/// Amounts above the limit (AUT-01), outside the band of like matters (AUT-04), before the need is known (AUT-03).
fn limits(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let known = &cx.cx.known;
    let amounts = granted(cx);
    if let (Some(limit), Some((case, days))) = (known.authority, known.sums) {
        let total: i64 = amounts.iter().map(|a| a.minor).sum();
        for amount in &amounts {
            if amount.minor.max(total) + case.max(days) > limit {
                out.push(cx.finding("AUT-01", Severity::Block, &amount.at));
            }
        }
    }
    if let Some((from, to)) = known.precedents {
        for amount in &amounts {
            if amount.minor < from || amount.minor > to {
                out.push(cx.finding("AUT-04", Severity::Warn, &amount.at));
            }
        }
    }
    if known.need_confirmed == Some(false) {
        let word = cx.hits("money-word").find(|hit| {
            cx.sentence(hit).is_some_and(|s| {
                let clauses = super::deeds::clauses(cx, s);
                clauses
                    .iter()
                    .find(|c| c.start <= hit.start && hit.end <= c.end)
                    .is_some_and(|c| cx.any_in("grants", c) && !cx.any_in("not-grant", c))
            })
        });
        let place = amounts.first().map(|a| a.at.clone()).or(word.cloned());
        if let Some(place) = place {
            out.push(cx.finding("AUT-03", Severity::Warn, &place));
        }
    }
}

/// A remedy that is not on the item's menu (AUT-02).
fn menu(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(menu) = cx.cx.known.menu else {
        return;
    };
    for (group, names) in KINDS {
        let listed = menu.iter().any(|entry| {
            let entry = crate::text::tokens::fold(entry);
            names.iter().any(|n| entry.contains(n)) || cx.content.lint.any(group, &entry)
        });
        if listed {
            continue;
        }
        for hit in cx.hits(group) {
            let clauses = cx.sentence(hit).map(|s| super::deeds::clauses(cx, s));
            let offered = clauses.is_some_and(|clauses| {
                clauses
                    .iter()
                    .find(|c| c.start <= hit.start && hit.end <= c.end)
                    .is_some_and(|c| !cx.any_in("not-grant", c) && !cx.any_in("reported", c))
            });
            if offered {
                out.push(cx.finding("AUT-02", Severity::Warn, hit));
            }
        }
    }
}

/// Payments cut into pieces so that each stays under a limit (AUT-05): words of cutting where money, a limit or a way round
/// it is spoken of; two sums one after the other; somebody else's limit beside the writer's. What the customer pays in parts,
/// and what comes back the way it was paid, is none of it.
fn split(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        let at = &sentence.at;
        if cx.any_in("not-split", at) {
            continue;
        }
        let first = |group: &str| cx.hits(group).find(|hit| covers(at, hit)).cloned();
        let sums = figures(cx.words(at));
        let about = ["grants", "money-word", "dodges", "limit-word"];
        let money = || !sums.is_empty() || about.iter().any(|group| cx.any_in(group, at));
        let place = first("two-limits")
            .or_else(|| first("split").filter(|_| money()))
            .or_else(|| one_after_the_other(cx, at, &sums));
        if let Some(place) = place {
            out.push(cx.finding("AUT-05", Severity::Block, &place));
        }
    }
}

/// The second of two sums that are given one after the other: the same again at another time or under another ticket, or the
/// rest of a sum.
fn one_after_the_other(cx: &Scan<'_>, at: &Range<usize>, sums: &[Amount]) -> Option<Range<usize>> {
    if !cx.any_in("grants", at) && !cx.any_in("dodges", at) {
        return None;
    }
    let first = at.start + sums.first()?.at.end;
    let behind = |group: &str, from: usize| {
        cx.hits(group)
            .find(|hit| covers(at, hit) && from <= hit.start)
            .cloned()
    };
    behind("the-rest", first).or_else(|| {
        sums.windows(2).find_map(|two| {
            let [one, other] = two else { return None };
            behind("later", at.start + one.at.end)
                .filter(|_| one.minor == other.minor)
                .map(|_| at.start + other.at.start..at.start + other.at.end)
        })
    })
}
