//! Future deeds of ours: which times in a draft bind us, and by when we said what.
//!
//! A clause speaks of a deed of ours when words of a deed stand in it and neither its subject (the customer, an opening hour)
//! nor its tense (what was said before) says otherwise. A time whose own clause holds no deed takes the one beside it:
//! 明天10点，师傅上门. Everything here is words; what a promise may be is a matter of the rules.

use std::ops::Range;

use super::scan::{Scan, Sentence};
use crate::coach::read::covers;
use crate::domain::promise_time::{SaidKind, SaidTime, TimePhrase, Unit};
use crate::domain::time::Ms;
use crate::domain::vocabulary::Deed;

/// Groups of the lexicon that this asks for.
pub(super) const GROUPS: &[&str] = &[
    "toward-you",
    "deed-callback",
    "deed-reply",
    "deed-update",
    "papers",
    "sends",
    "deed-resolve",
    "deed-verify",
    "deed-process",
    "hands-over",
    "their-act",
    "reported",
    "future",
    "binds-nobody",
    "declines",
];

/// How many clauses behind a time its deed may stand.
const AHEAD: usize = 3;

/// A day in minutes.
const DAY_MINUTES: i64 = 24 * 60;

/// Lengths are counted in hundredths.
const HUNDREDTHS: i64 = 100;

/// A deed that a clause speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::coach) struct Spoken {
    /// What is done.
    pub(in crate::coach) deed: Deed,
    /// Whether only that something is worked on, or nothing at all, is said of it.
    pub(in crate::coach) weak: bool,
}

/// A time that binds us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::coach) struct Bound {
    /// The time as it stands in the draft.
    pub(in crate::coach) time: SaidTime,
    /// Whether it is said to the minute.
    pub(super) exact: bool,
    /// Whether its instant could be computed; where a calendar is missing it is the present.
    pub(in crate::coach) computed: bool,
    /// It lies no earlier than this, calendar or not: five working days are over after four days at the soonest.
    pub(super) at_least: Ms,
    /// The deed.
    pub(in crate::coach) spoken: Spoken,
    /// The sentence.
    pub(super) sentence: Sentence,
}

impl Bound {
    /// Where the sentence stands in the draft.
    pub(in crate::coach) fn sentence_span(&self) -> Range<usize> {
        self.sentence.span.clone()
    }
}

/// The times of a draft that bind us, in its order.
pub(super) fn bound(cx: &Scan<'_>) -> Vec<Bound> {
    let mut out = Vec::new();
    for sentence in &cx.sentences {
        let clauses = clauses(cx, sentence);
        let inside = cx
            .phrases
            .iter()
            .filter(|p| covers(&sentence.span, &p.span))
            .filter(|p| p.at().is_none_or(|at| at > cx.cx.now));
        for phrase in inside {
            let time = SaidTime {
                span: phrase.span.clone(),
                at: phrase.at().unwrap_or(cx.cx.now),
                kind: phrase.kind,
            };
            if let Some(spoken) = binding(cx, &clauses, &time) {
                out.push(Bound {
                    time,
                    exact: phrase.exact,
                    computed: phrase.meaning.is_ok(),
                    at_least: phrase.at().unwrap_or_else(|| at_least(phrase, cx.cx.now)),
                    spoken,
                    sentence: sentence.clone(),
                });
            }
        }
    }
    out
}

/// The soonest end of a length in working days.
fn at_least(phrase: &TimePhrase, now: Ms) -> Ms {
    let days = phrase
        .length
        .filter(|l| l.unit == Unit::WorkingDay)
        .map_or(0, |l| (l.high / HUNDREDTHS - 1).max(0));
    now.plus_minutes(days * DAY_MINUTES)
}

/// The deed that a time in one of these clauses binds us to.
fn binding(cx: &Scan<'_>, clauses: &[Range<usize>], time: &SaidTime) -> Option<Spoken> {
    let holds = |clause: &Range<usize>| {
        let span = cx.span(clause);
        span.start < time.span.end && time.span.start < span.end
    };
    let first = clauses.iter().position(holds)?;
    let last = clauses.iter().rposition(holds)?;
    let own = clauses[first].start..clauses[last].end;
    if past_day_before(cx, &own, time) || cx.any_in("declines", &own) {
        return None;
    }
    if let Some(spoken) = ours(cx, &own) {
        return Some(spoken);
    }
    if foreign(cx, &own) {
        return None;
    }
    let timeless = |clause: &&Range<usize>| {
        let span = cx.span(clause);
        !cx.phrases.iter().any(|t| covers(&span, &t.span))
    };
    let beside = clauses[last + 1..]
        .iter()
        .take(AHEAD)
        .take_while(timeless)
        .take_while(|c| !foreign(cx, c) || ours(cx, c).is_some())
        .find_map(|c| ours(cx, c))
        .or_else(|| {
            let before = first.checked_sub(1).and_then(|at| clauses.get(at));
            before.filter(timeless).and_then(|c| ours(cx, c))
        });
    let limit = matches!(time.kind, SaidKind::By | SaidKind::Within);
    beside.or_else(|| {
        (limit && (first_person(cx.words(&own)) || cx.any_in("toward-you", &own))).then_some(
            Spoken {
                deed: Deed::Reply,
                weak: true,
            },
        )
    })
}

/// Whether words at a place speak of a deed of ours without saying when: their clause, or the one beside it.
pub(super) fn around(cx: &Scan<'_>, at: &Range<usize>) -> Option<Spoken> {
    let sentence = cx.sentence(at)?;
    let clauses = clauses(cx, sentence);
    let place = clauses.iter().position(|c| covers(c, at))?;
    let own = &clauses[place];
    if let Some(spoken) = ours(cx, own) {
        return Some(spoken);
    }
    // A clause that says itself what will be is about that, and borrows no deed from beside it.
    if foreign(cx, own) || says_what_will_be(cx.words(own)) {
        return None;
    }
    let next = clauses.get(place + 1).and_then(|c| ours(cx, c));
    next.or_else(|| {
        let before = place.checked_sub(1).and_then(|p| clauses.get(p));
        before.and_then(|c| ours(cx, c))
    })
}

/// The deed of ours that a clause speaks of.
fn ours(cx: &Scan<'_>, clause: &Range<usize>) -> Option<Spoken> {
    let spoken = deed(cx, clause)?;
    let words = cx.words(clause);
    let toward = cx.any_in("toward-you", clause);
    let first = first_person(words);
    let future = cx.any_in("future", clause);
    let latin = latin(words);
    if cx.any_in("binds-nobody", clause)
        || (cx.any_in("reported", clause) && !(latin && future))
        || theirs(cx, clause, toward, latin)
    {
        return None;
    }
    (!latin || future || first || toward).then_some(spoken)
}

/// Whether the customer is who does it. In Chinese words toward the customer make it ours whatever stands before
/// (您方便的话我给您打过去); in English the subject stands first.
fn theirs(cx: &Scan<'_>, clause: &Range<usize>, toward: bool, latin: bool) -> bool {
    let first = |group: &str| {
        cx.hits(group)
            .filter(|hit| covers(clause, hit))
            .map(|hit| hit.start)
            .min()
    };
    let Some(their) = first("their-act") else {
        return false;
    };
    if !latin {
        return !toward;
    }
    let we = cx
        .words(clause)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .scan(clause.start, |at, word| {
            let here = *at;
            *at += word.len() + 1;
            Some((here, word))
        })
        .find(|(_, word)| matches!(*word, "i" | "we"))
        .map(|(at, _)| at);
    we.into_iter()
        .chain(first("toward-you"))
        .min()
        .is_none_or(|ours| ours > their)
}

/// Whether a clause is the customer's own, tells of what was, or of what binds nobody.
fn foreign(cx: &Scan<'_>, clause: &Range<usize>) -> bool {
    cx.any_in("binds-nobody", clause)
        || cx.any_in("their-act", clause)
        || cx.any_in("reported", clause)
}

/// The deed whose words stand in a clause; what reaches the customer most directly first.
fn deed(cx: &Scan<'_>, clause: &Range<usize>) -> Option<Spoken> {
    let has = |group: &str| cx.any_in(group, clause);
    let strong = |deed| Some(Spoken { deed, weak: false });
    if has("deed-callback") {
        return strong(Deed::Callback);
    }
    if has("papers") && has("sends") {
        return strong(Deed::Docs);
    }
    if has("deed-update") {
        return strong(Deed::Update);
    }
    if has("deed-verify") && has("deed-reply") {
        return strong(Deed::Verify);
    }
    if has("deed-resolve") {
        return strong(Deed::Resolve);
    }
    if has("deed-reply") {
        return strong(Deed::Reply);
    }
    if has("deed-verify") {
        return strong(Deed::Verify);
    }
    // Whatever it is: something is handed over to the customer.
    if has("hands-over") && !has("deed-process") {
        return strong(Deed::Reply);
    }
    has("deed-process").then_some(Spoken {
        deed: Deed::Reply,
        weak: true,
    })
}

/// The clauses of a sentence. Commas between digits and colons of clock times part nothing.
pub(super) fn clauses(cx: &Scan<'_>, sentence: &Sentence) -> Vec<Range<usize>> {
    let text = cx.words(&sentence.at);
    let base = sentence.at.start;
    let mut cuts = vec![(0, 0)];
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let digits = text[..at].ends_with(|d: char| d.is_ascii_digit())
            && text[end..].starts_with(|d: char| d.is_ascii_digit());
        match c {
            ',' | ':' if !digits => cuts.push((at, end)),
            ';' | '；' | '—' => cuts.push((at, end)),
            ' ' => {
                for word in [" and ", " but ", " so "] {
                    if text[at..].starts_with(word) {
                        cuts.push((at, at + word.len() - 1));
                    }
                }
            }
            _ => {}
        }
    }
    cuts.push((text.len(), text.len()));
    cuts.windows(2)
        .map(|two| base + two[0].1..base + two[1].0)
        .filter(|r| r.start < r.end)
        .collect()
}

/// The clause around a place; the place itself where it stands in none.
pub(super) fn clause(cx: &Scan<'_>, at: &Range<usize>) -> Range<usize> {
    cx.sentence(at)
        .and_then(|s| clauses(cx, s).into_iter().find(|c| covers(c, at)))
        .unwrap_or_else(|| at.clone())
}

/// Whether a day that is over stands right before a clock time: 昨天17:00.
fn past_day_before(cx: &Scan<'_>, clause: &Range<usize>, time: &SaidTime) -> bool {
    let span = cx.span(clause);
    let before = cx
        .text
        .get(span.start..time.span.start)
        .unwrap_or_default()
        .trim_end();
    let tail: String = {
        let mut tail: Vec<char> = before.chars().rev().take(14).collect();
        tail.reverse();
        tail.into_iter().collect::<String>().to_lowercase()
    };
    [
        "昨天",
        "昨日",
        "昨晚",
        "前天",
        "昨天下午",
        "昨天上午",
        "昨天晚上",
        "上周",
        "yesterday",
        "yesterday at",
    ]
    .iter()
    .any(|day| tail.ends_with(day))
}

/// Whether words hold a verb of the future.
fn says_what_will_be(words: &str) -> bool {
    words.contains(['会', '将'])
        || words
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| matches!(word, "will" | "ll" | "shall"))
}

/// Whether the words are English rather than Chinese.
pub(super) fn latin(words: &str) -> bool {
    let han = words.chars().filter(|c| *c >= '\u{3400}').count();
    let letters = words.chars().filter(char::is_ascii_alphabetic).count();
    letters > 4 * han
}

/// Whether the writer speaks of himself or of us.
pub(super) fn first_person(words: &str) -> bool {
    words.contains(['我', '咱'])
        || words
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| matches!(word, "i" | "we"))
}
