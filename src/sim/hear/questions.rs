//! Questions: which facts they ask for, and whether those were told already.

use std::ops::Range;

use super::judge::{BAD, Case, drop, has};
use super::{By, Evidence, Situation, evidence, overlap};
use crate::domain::lang::Lang;
use crate::sim::names::Act;
use crate::sim::scenario::ToldBy;
use crate::text::tokens::fold;

/// The facts that a sentence asks for, by place in the scenario, each with whether it was known.
pub(super) fn facts(cx: &Situation<'_>, sentence: &str) -> Vec<(usize, bool)> {
    let folded = fold(sentence);
    let mut out = Vec::new();
    for (place, fact) in cx.scenario.facts.iter().enumerate() {
        let words = match cx.lang {
            Lang::Zh => &fact.asked_zh,
            Lang::En => &fact.asked_en,
        };
        if words.iter().any(|w| folded.contains(&fold(w))) {
            let known = fact.told != ToldBy::Nobody || cx.told.contains(&place);
            out.push((place, known));
        }
    }
    out
}

/// To which fact a question is nearest by its words: whether the customer told it, or the desk shows it. Nothing when it is
/// near to none.
fn nearest(cx: &Situation<'_>, question: &str) -> Option<bool> {
    let mut best = (0, None);
    for (place, fact) in cx.scenario.facts.iter().enumerate() {
        let asked = match cx.lang {
            Lang::Zh => &fact.asked_zh,
            Lang::En => &fact.asked_en,
        };
        let answer = fact.text.get(cx.lang);
        let near =
            overlap::common(question, answer) * 2 + overlap::common(question, &asked.join(" | "));
        let known = fact.told != ToldBy::Nobody || cx.told.contains(&place);
        if near > best.0 || (near > 0 && near == best.0 && known) {
            best = (near, Some(known));
        }
    }
    best.1
}

/// Whether a question is nearest to something that the customer has not told: then it asks for nothing known.
pub(super) fn near_untold(cx: &Situation<'_>, question: &str) -> bool {
    nearest(cx, question) == Some(false)
}

/// Whether a question is nearest to something that the customer told or the desk shows.
pub(super) fn near_told(cx: &Situation<'_>, question: &str) -> bool {
    nearest(cx, question) == Some(true)
}

/// Whether a sentence ends as a question.
pub(super) fn ends_asking(sentence: &str) -> bool {
    let end = sentence.trim_end();
    end.ends_with(['?', '？'])
        || end
            .trim_end_matches(['。', '.', '！', '!'])
            .ends_with(['吗', '么', '呢'])
}

/// Whether this range lies in that one.
pub(super) fn within(outer: &Range<usize>, at: &Range<usize>) -> bool {
    outer.start <= at.start && at.start < outer.end
}

/// Whether a sentence speaks of the number to call or of checking what was agreed.
pub(super) fn names_contact(words: &str) -> bool {
    let words = words.to_lowercase();
    let contact = [
        "尾号",
        "这个号码",
        "哪个号码",
        "电话",
        "确认",
        "核对",
        "核一下",
        "ending",
        "number to",
        "this number",
        "confirm",
        "call",
    ];
    contact.iter().any(|w| words.contains(w))
}

/// What a question for something known is not.
const ASKING: &[Act] = &[
    Act::AskClosed,
    Act::AskOpen,
    Act::Confirm,
    Act::ProcessOnly,
    Act::Safety,
    Act::TransferCold,
];

/// Questions: for facts, known or not, and others.
pub(super) fn asks(
    case: &Case<'_>,
    at: &Range<usize>,
    mine: &mut Vec<Evidence>,
    asked: &mut Vec<usize>,
) {
    let words = case.words_of(at);
    let asking = ends_asking(words);
    let wants = asking || case.has("request", at) || case.has("question", at);
    let sure = |e: &Evidence| BAD.contains(&e.act) && !matches!(e.by, By::Exemplar(_));
    if !wants || mine.iter().any(sure) {
        return;
    }
    if asking {
        mine.retain(|e| e.act != Act::ProcessOnly || e.by != By::Words);
    }
    let facts = facts(case.cx, words);
    let checks = has(mine, Act::Confirm) && names_contact(words);
    let desk = case.has("on-the-desk", at) && (asking || case.has("request", at)) && !checks;
    let desk = desk && !near_untold(case.cx, words);
    let known = facts.iter().find(|(_, known)| *known);
    if let (Some((place, _)), false) = (known, checks) {
        let id = case.cx.scenario.facts.get(*place).map(|f| f.id.clone());
        drop(mine, ASKING);
        let by = By::Fact(id.unwrap_or_default());
        mine.push(evidence(Act::AskKnown, at.clone(), by));
    } else if desk {
        drop(mine, ASKING);
        mine.push(evidence(Act::AskKnown, at.clone(), By::Words));
    }
    for (place, _) in facts.iter().filter(|(_, known)| !known) {
        asked.push(*place);
        let id = case.cx.scenario.facts.get(*place).map(|f| f.id.clone());
        if !has(mine, Act::AskOpen) && !has(mine, Act::AskClosed) {
            let by = By::Fact(id.unwrap_or_default());
            mine.push(evidence(Act::AskClosed, at.clone(), by));
        }
    }
    let special = mine.iter().any(|e| {
        !matches!(
            e.act,
            Act::Apologise | Act::AckGeneric | Act::AckSpecific | Act::Thanks | Act::Own
        )
    });
    if asking && !special {
        mine.push(evidence(Act::AskClosed, at.clone(), By::Question));
    }
}
