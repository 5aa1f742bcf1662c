//! Questions: which facts they ask for, and whether those were told already.

use std::ops::Range;

use super::judge::{BAD, Case, drop, has};
use super::{By, Evidence, Situation, evidence, overlap};
use crate::domain::lang::Lang;
use crate::sim::names::Act;
use crate::sim::scenario::ToldBy;
use crate::text::tokens::fold;

/// What questions are about, in Chinese and English: a question and the words of a fact that are of one kind ask for the same
/// thing, however they are put.
const KINDS: &[(&[&str], &[&str])] = &[
    (
        &[
            "什么时候",
            "哪天",
            "哪一天",
            "几号",
            "周几",
            "星期几",
            "几点",
            "何时",
            "什么日子",
        ],
        &[
            "when ",
            "what day",
            "which day",
            "what date",
            "which date",
            "what time",
        ],
    ),
    (
        &[
            "在哪",
            "哪里",
            "哪儿",
            "什么地方",
            "哪个营业厅",
            "哪家",
            "哪个店",
            "哪个网点",
        ],
        &[
            "where ",
            "which branch",
            "what branch",
            "which shop",
            "which store",
            "which office",
        ],
    ),
    (
        &["多少钱", "什么价", "付了多少", "交了多少", "花了多少"],
        &["how much", "cost you", " cost", "price", "did you pay"],
    ),
    (
        &["机主", "户主", "谁的名", "您的名下", "您名下", "本人办的"],
        &["holder", "your name", "own name", "whose name"],
    ),
    (
        &["办什么", "办的什么", "办的啥", "办啥"],
        &[
            "there for",
            "come for",
            "come in for",
            "come to do",
            "what business",
            "came in for",
        ],
    ),
    (
        &["什么套餐", "哪个套餐", "哪种套餐", "套餐是什么", "套餐名称"],
        &[
            "which plan",
            "what plan",
            "kind of plan",
            "sort of plan",
            "your plan called",
            "name of your plan",
        ],
    ),
];

/// The facts that a question is about by its kind, when all of them were told: then it asks for what is known. The words of a
/// fact have been looked for before this.
fn told_kind(cx: &Situation<'_>, folded: &str) -> Option<usize> {
    let of = |kind: &(&'static [&'static str], &'static [&'static str])| match cx.lang {
        Lang::Zh => kind.0,
        Lang::En => kind.1,
    };
    let is = |kind: &[&str], words: &str| kind.iter().any(|w| words.contains(w));
    let kind = KINDS.iter().map(of).find(|kind| is(kind, folded))?;
    let mut about = Vec::new();
    for (place, fact) in cx.scenario.facts.iter().enumerate() {
        let asked = match cx.lang {
            Lang::Zh => &fact.asked_zh,
            Lang::En => &fact.asked_en,
        };
        if asked.iter().any(|w| is(kind, &format!("{} ", fold(w)))) {
            about.push((place, known(cx, place)));
        }
    }
    let first = about.first()?.0;
    about.iter().all(|(_, known)| *known).then_some(first)
}

/// Whether the customer told a fact, or the desk shows it.
fn known(cx: &Situation<'_>, place: usize) -> bool {
    let fact = cx.scenario.facts.get(place);
    fact.is_some_and(|f| f.told != ToldBy::Nobody) || cx.told.contains(&place)
}

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
            out.push((place, known(cx, place)));
        }
    }
    if out.is_empty() && !near_untold(cx, sentence) {
        out.extend(told_kind(cx, &folded).map(|place| (place, true)));
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
        let known = known(cx, place);
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
