//! CMT-01: a vague word in place of the time of a deed of ours.
//!
//! It is meant for what the speaker could time. What waits for the customer's answer, is wished, is the purpose of something
//! else, is under way already or is in the hands of others has no time that we could say now.

use std::ops::Range;

use super::super::deeds::{self, around};
use super::super::scan::{Scan, Sentence};
use super::super::{Finding, Severity};
use super::due_fix;
use crate::coach::read::covers;
use crate::domain::promise_time::{SaidKind, TimePhrase, Unclear};
use crate::domain::time::HOUR;

/// The longest window that says when: a day and the night after it, in milliseconds.
const WINDOW: i64 = 36 * HOUR;

/// Vague words that time a future deed of ours in a sentence without a time.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for hit in cx.hits("vague-time") {
        let Some(sentence) = cx.sentence(hit) else {
            continue;
        };
        if timed(cx, sentence, hit)
            || around(cx, hit).is_none()
            || waits(cx, sentence)
            || cannot_be_timed(cx, sentence, hit)
        {
            continue;
        }
        let mut finding = cx.finding("CMT-01", Severity::Block, hit);
        finding.fix = due_fix(cx, &finding.span);
        out.push(finding);
    }
}

/// Whether a time stands beside the vague word.
fn timed(cx: &Scan<'_>, sentence: &Sentence, hit: &Range<usize>) -> bool {
    let vague = cx.span(hit);
    cx.phrases.iter().any(|p| {
        covers(&sentence.span, &p.span)
            && !(p.span.start < vague.end && vague.start < p.span.end)
            && bounds(p)
    })
}

/// Whether a time phrase sets a bound that a customer can hold us to: next week and once they open are none.
fn bounds(phrase: &TimePhrase) -> bool {
    if phrase.leaves_open(Unclear::FromEvent) {
        return false;
    }
    let Ok(meaning) = &phrase.meaning else {
        return phrase.working_days;
    };
    phrase.exact
        || phrase.kind != SaidKind::Window
        || meaning
            .from
            .is_none_or(|from| meaning.at.minus(from) <= WINDOW)
}

/// Whether the deed waits for what the customer is asked for, here or in the sentence beside it. Where the ticket is not known,
/// a reply that asks for what is missing makes no commitment yet, wherever it asks.
fn waits(cx: &Scan<'_>, sentence: &Sentence) -> bool {
    if cx.any_in("on-condition", &sentence.at) {
        return true;
    }
    if cx.cx.known.promises.is_none() {
        return cx.sentences.iter().any(|s| asks(cx, s));
    }
    let place = cx.sentences.iter().position(|s| s == sentence);
    let near = place.map(|p| p.saturating_sub(1)..=p + 1);
    near.into_iter()
        .flatten()
        .filter_map(|p| cx.sentences.get(p))
        .any(|s| asks(cx, s))
}

/// Whether a sentence asks the customer for something without which nothing can be begun.
fn asks(cx: &Scan<'_>, sentence: &Sentence) -> bool {
    let question = cx.words(&sentence.at).ends_with(['?', '？']);
    cx.any_in("asks-customer", &sentence.at) || (question && cx.any_in("asks-fact", &sentence.at))
}

/// Whether what stands around the vague word makes it none that we could time for this customer: a purpose, a wish, what is
/// being done, what others do, and our own house put right for everybody.
fn cannot_be_timed(cx: &Scan<'_>, sentence: &Sentence, hit: &Range<usize>) -> bool {
    let clause = deeds::clause(cx, hit);
    let ahead = clause.start..hit.start;
    if cx.any_in("purpose", &(sentence.at.start..hit.start)) || cx.any_in("wish", &ahead) {
        return true;
    }
    if cx.any_in("own-house", &clause) && !cx.any_in("toward-you", &clause) {
        return true;
    }
    let done = cx
        .hits("under-way")
        .any(|now| covers(&ahead, now) && !cx.any_in("future", &(now.end..hit.end.max(now.end))));
    let theirs = cx
        .hits("third-party")
        .find(|who| covers(&ahead, who))
        .is_some_and(|who| !deeds::first_person(cx.words(&(clause.start..who.start))));
    done || theirs
}
