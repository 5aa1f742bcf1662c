//! CMT: who does what by when.

use std::ops::Range;

use super::deeds::{self, Bound, around};
use super::scan::{Scan, Sentence};
use super::{Finding, Fix, LintContext, Moment, Severity};
use crate::coach::read::covers;
use crate::domain::promise_time::{Contact, TimePhrase, Unclear, parse_said, render};
use crate::domain::time::{HOUR, MINUTE, Ms, local};
use crate::domain::vocabulary::Deed;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "vague-time",
    "actor",
    "receives",
    "unclear-clock",
    "daypart",
    "weekday",
    "twelve",
    "interim",
    "absolute",
    "third-party",
    "settled",
    "settled-theirs",
    "takes-back",
];

/// From this far ahead news is due in between (method 3.3, step 5), in milliseconds.
const INTERIM_FROM: i64 = 24 * HOUR;

/// Two times this near are one: a length is counted from when it was drafted or from when it was sent, in milliseconds.
const SAME: i64 = 2 * MINUTE;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let bound = deeds::bound(cx);
    vague_times(cx, out);
    next_step(cx, &bound, out);
    actor_and_deed(cx, &bound, out);
    feasible(cx, &bound, out);
    caps(cx, &bound, out);
    interim(cx, &bound, out);
    unclear(cx, &bound, out);
    contradicts(cx, &bound, out);
    absolute(cx, out);
    unregistered(cx, &bound, out);
    working_days(cx, out);
}

fn at(rule: &'static str, severity: Severity, span: Range<usize>) -> Finding {
    Finding {
        rule,
        severity,
        span,
        fix: None,
    }
}

/// Vague words that time a future deed of ours in a sentence without a clock time (CMT-01).
fn vague_times(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for hit in cx.hits("vague-time") {
        let Some(sentence) = cx.sentence(hit) else {
            continue;
        };
        let timed = cx.phrases.iter().any(|p| {
            covers(&sentence.span, &p.span) && !covers(&p.span, &cx.span(hit)) && bounds(p)
        });
        if timed || around(cx, hit).is_none() {
            continue;
        }
        let mut finding = cx.finding("CMT-01", Severity::Block, hit);
        finding.fix = (!cx.cx.due_words.is_empty()).then(|| Fix {
            at: finding.span.clone(),
            with: cx.cx.due_words.to_owned(),
        });
        out.push(finding);
    }
}

/// Whether a time phrase sets a bound that a customer can hold us to: next week and once they open are none.
fn bounds(phrase: &TimePhrase) -> bool {
    let open = |u: &Unclear| {
        matches!(
            u,
            Unclear::NoClock | Unclear::ClosingTime | Unclear::FromEvent | Unclear::PartOfDay
        )
    };
    phrase.meaning.is_ok() && !phrase.unclear.iter().any(open)
}

/// The ticket is put down, its issue is open, and nobody knows what comes next by when (CMT-02).
fn next_step(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let theirs = cx.cx.customer_words.last().is_some_and(|words| {
        let folded = crate::text::tokens::fold(words);
        cx.content.lint.any("settled-theirs", &folded)
    });
    if cx.any("settled") || theirs || !bound.is_empty() {
        return;
    }
    if let Some(finding) = put_down(cx.cx) {
        out.push(finding);
    }
}

/// The same for a command without words.
pub(super) fn put_down(cx: &LintContext<'_>) -> Option<Finding> {
    let promises = cx.known.promises?;
    let next = promises.iter().any(|p| p.due > cx.now);
    (cx.moment != Moment::Turn && !next).then(|| at("CMT-02", Severity::Block, 0..0))
}

/// A time without who (CMT-03) or without what (CMT-04). Who was named in the sentence before is still meant.
fn actor_and_deed(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let named = |s: &Sentence| cx.any_in("actor", &s.at) || deeds::first_person(cx.words(&s.at));
    for b in bound {
        let before = cx
            .sentences
            .iter()
            .rev()
            .find(|s| s.at.end <= b.sentence.at.start);
        if !named(&b.sentence) && !before.is_some_and(named) {
            out.push(at("CMT-03", Severity::Warn, b.time.span.clone()));
        }
        if b.spoken.weak && !cx.any_in("receives", &b.sentence.at) {
            out.push(at("CMT-04", Severity::Warn, b.time.span.clone()));
        }
    }
}

/// Earlier than feasible, or outside the hours of contact (CMT-05).
fn feasible(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let asked = asked_times(cx.cx);
    for b in bound.iter().filter(|b| b.computed) {
        // The ledger knows better than the words which deed a time is for.
        let drafted = cx.cx.known.promises.and_then(|list| {
            list.iter()
                .find(|p| same_time(p.due, b.time.at))
                .map(|p| p.deed)
        });
        let from = cx.cx.known.feasible.and_then(|list| {
            let of = |deed| list.iter().find(|(d, _)| *d == deed).map(|(_, at)| *at);
            of(drafted.unwrap_or(b.spoken.deed))
                .or_else(|| list.first().filter(|_| list.len() == 1).map(|(_, at)| *at))
        });
        let early = from.is_some_and(|from| b.time.at < from);
        let contact = matches!(b.spoken.deed, Deed::Callback | Deed::Reply | Deed::Update);
        let outside = contact
            && b.exact
            && !asked.iter().any(|t| (t.minus(b.time.at)).abs() < MINUTE)
            && cx
                .cx
                .known
                .contact
                .is_some_and(|hours| outside(hours, b.time.at, cx.cx));
        if early || outside {
            let mut finding = at("CMT-05", Severity::Block, b.time.span.clone());
            finding.fix = due_fix(cx, &b.time.span);
            out.push(finding);
        }
    }
}

fn outside(hours: &Contact, at: Ms, cx: &LintContext<'_>) -> bool {
    let wall = local(at, hours.zone.as_ref().unwrap_or(cx.zone));
    let minute =
        u16::from(wall.hour().unsigned_abs()) * 60 + u16::from(wall.minute().unsigned_abs());
    minute < hours.from || minute > hours.to
}

/// The times that the customer named.
fn asked_times(cx: &LintContext<'_>) -> Vec<Ms> {
    cx.customer_words
        .iter()
        .flat_map(|words| parse_said(words, cx.now, cx.zone))
        .map(|t| t.at)
        .collect()
}

fn due_fix(cx: &Scan<'_>, span: &Range<usize>) -> Option<Fix> {
    (!cx.cx.due_words.is_empty()).then(|| Fix {
        at: span.clone(),
        with: cx.cx.due_words.to_owned(),
    })
}

/// Later than the service target or a legal limit that still lies ahead (CMT-06).
fn caps(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let Some((sla, legal)) = cx.cx.known.caps else {
        return;
    };
    let Some(cap) = [sla, legal]
        .into_iter()
        .flatten()
        .filter(|cap| *cap > cx.cx.now)
        .min()
    else {
        return;
    };
    for b in bound.iter().filter(|b| b.computed && b.time.at > cap) {
        let mut finding = at("CMT-06", Severity::Block, b.time.span.clone());
        finding.fix = due_fix(cx, &b.time.span);
        out.push(finding);
    }
}

/// More than a day away without news in between (CMT-07).
fn interim(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    for b in bound {
        let far = b.time.at.minus(cx.cx.now) > INTERIM_FROM;
        let between = |due: Ms| due > cx.cx.now && b.time.at.minus(due) >= HOUR;
        let news = bound.iter().any(|o| between(o.time.at))
            || cx
                .cx
                .known
                .promises
                .is_some_and(|list| list.iter().any(|p| between(p.due)));
        if far && !news && !cx.any("interim") {
            out.push(at("CMT-07", Severity::Warn, b.time.span.clone()));
        }
    }
}

/// Clocks that may be read in two ways (CMT-08): half of a day, a weekday without its date, twelve.
fn unclear(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let in_time = |at: &Range<usize>| {
        let span = cx.span(at);
        cx.times.iter().any(|t| {
            covers(&t.span, &span) || (span.end <= t.span.start && t.span.start - span.end <= 6)
        })
    };
    let ours = |at: &Range<usize>| {
        let span = cx.span(at);
        bound
            .iter()
            .any(|b| b.time.span.start < span.end + 7 && span.start < b.time.span.end + 7)
            || around(cx, at).is_some()
    };
    let mut mark = |hit: &Range<usize>| {
        let mut finding = cx.finding("CMT-08", Severity::Warn, hit);
        finding.fix = due_fix(cx, &finding.span);
        out.push(finding);
    };
    for hit in cx.hits("unclear-clock").chain(cx.hits("twelve")) {
        if ours(hit) {
            mark(hit);
        }
    }
    for hit in cx.hits("daypart") {
        if !in_time(hit) && ours(hit) {
            mark(hit);
        }
    }
    for hit in cx.hits("weekday") {
        let dated = cx.sentence(hit).is_some_and(|s| has_date(cx.words(&s.at)));
        if !dated && ours(hit) {
            mark(hit);
        }
    }
}

/// Whether a day of a month stands in the words: 3月16日, 16 March, 3/16.
pub(super) fn has_date(words: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let han = words.match_indices('月').any(|(at, _)| {
        words[..at].ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            && words[at + '月'.len_utf8()..]
                .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    let day_only = ['号', '日'].iter().any(|day| {
        words
            .match_indices(*day)
            .any(|(at, _)| words[..at].ends_with(|c: char| c.is_ascii_digit()))
    });
    let pieces: Vec<&str> = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let number = |w: &str| {
        w.trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<u8>()
            .is_ok_and(|n| (1..=31).contains(&n))
    };
    let month = |w: &str| MONTHS.iter().any(|m| w.starts_with(m) && w.len() <= 9);
    let english = pieces
        .windows(2)
        .any(|two| (number(two[0]) && month(two[1])) || (month(two[0]) && number(two[1])));
    let slashed = words.match_indices('/').any(|(at, _)| {
        words[..at].ends_with(|c: char| c.is_ascii_digit())
            && words[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    });
    han || day_only || english || slashed
}

/// Pushes back or takes back what an open promise says (CMT-09).
fn contradicts(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let Some(promises) = cx.cx.known.promises else {
        return;
    };
    let said = |due: Ms| bound.iter().any(|b| same_time(b.time.at, due));
    let open: Vec<_> = promises
        .iter()
        .filter(|p| p.due > cx.cx.now && !said(p.due))
        .collect();
    for b in bound {
        let pushed = open
            .iter()
            .any(|p| family(p.deed) == family(b.spoken.deed) && b.time.at > p.due);
        if pushed {
            out.push(at("CMT-09", Severity::Block, b.time.span.clone()));
        }
    }
    if bound.is_empty() && !open.is_empty() {
        for hit in cx.hits("takes-back") {
            let about = cx.sentence(hit).is_some_and(|s| {
                cx.any_in("toward-you", &s.at) || deeds::first_person(cx.words(&s.at))
            });
            if about {
                out.push(cx.finding("CMT-09", Severity::Block, hit));
            }
        }
    }
}

/// Deeds that a customer hears as the same.
const fn family(deed: Deed) -> u8 {
    match deed {
        Deed::Callback | Deed::Reply | Deed::Verify => 0,
        Deed::Update => 1,
        Deed::Resolve => 2,
        Deed::Docs => 3,
    }
}

fn same_time(a: Ms, b: Ms) -> bool {
    a.minus(b).abs() <= SAME
}

/// Guarantees; they block when somebody else decides (CMT-10).
fn absolute(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for hit in cx.hits("absolute") {
        let Some(sentence) = cx.sentence(hit) else {
            continue;
        };
        let severity = if cx.any_in("third-party", &sentence.at) {
            Severity::Block
        } else {
            Severity::Warn
        };
        let mut finding = cx.finding("CMT-10", severity, hit);
        if severity == Severity::Warn {
            finding.fix = Some(Fix {
                at: finding.span.clone(),
                with: String::new(),
            });
        }
        out.push(finding);
    }
}

/// A time that binds us and stands in no ledger (CMT-11).
fn unregistered(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let Some(promises) = cx.cx.known.promises else {
        return;
    };
    for b in bound {
        if !promises.iter().any(|p| same_time(p.due, b.time.at)) {
            out.push(at("CMT-11", Severity::Block, b.time.span.clone()));
        }
    }
}

/// Working days without their date (CMT-12).
fn working_days(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        let words = cx.words(&sentence.at);
        if has_date(words) {
            continue;
        }
        for (from, to, days) in counted_days(words) {
            let place = sentence.at.start + from..sentence.at.start + to;
            let mut finding = cx.finding("CMT-12", Severity::Warn, &place);
            finding.fix = dual(cx, &finding.span, days);
            out.push(finding);
        }
    }
}

/// Lengths in working days with a limit: where, and how many days at most.
fn counted_days(words: &str) -> Vec<(usize, usize, i64)> {
    let mut out = Vec::new();
    for unit in [
        "个工作日",
        "工作日",
        "business days",
        "business day",
        "working days",
        "working day",
    ] {
        for (at, found) in words.match_indices(unit) {
            if out.iter().any(|(from, to, _)| *from <= at && at < *to) {
                continue;
            }
            let head = words[..at].trim_end();
            let digits: String = head
                .chars()
                .rev()
                .take_while(|c| c.is_ascii_digit() || HAN_DIGITS.contains(*c))
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            let start = head.len() - digits.len();
            let days = number_of(&digits).or_else(|| word_number(head));
            let Some(days) = days else { continue };
            let end = at + found.len();
            let tail = words[end..].trim_start();
            let limit_zh = ["内", "之内", "以内", "左右"]
                .iter()
                .find(|w| tail.starts_with(**w));
            let before = &words[..start];
            let limit_en = ["within", "in", "to", "-", "of", "next", "than"]
                .iter()
                .any(|w| before.trim_end().ends_with(w));
            match limit_zh {
                Some(word) => {
                    let skipped = words[end..].len() - tail.len();
                    out.push((start, end + skipped + word.len(), days));
                }
                None if found.ends_with(['s', 'y']) && limit_en => out.push((start, end, days)),
                None => {}
            }
        }
    }
    out
}

const HAN_DIGITS: &str = "一二三四五六七八九十两";

fn number_of(digits: &str) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    if let Ok(n) = digits.parse() {
        return Some(n);
    }
    let mut total = 0;
    for c in digits.chars() {
        total = match c {
            '十' => total.max(1) * 10,
            '两' => total + 2,
            c => {
                total
                    + i64::try_from("一二三四五六七八九".chars().position(|d| d == c)? + 1).ok()?
            }
        };
    }
    Some(total)
}

fn word_number(head: &str) -> Option<i64> {
    const WORDS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let last = head.rsplit(|c: char| !c.is_ascii_alphabetic()).next()?;
    let place = WORDS.iter().position(|w| *w == last)?;
    i64::try_from(place + 1).ok()
}

/// The same length with the date it ends on.
fn dual(cx: &Scan<'_>, span: &Range<usize>, days: i64) -> Option<Fix> {
    let calendar = cx.cx.known.calendar?;
    let minutes = days.checked_mul(calendar.day_minutes())?;
    let due = calendar.add(cx.cx.now, minutes).ok()?;
    let date = render(due, cx.cx.now, cx.cx.zone, calendar, cx.cx.lang);
    let words = cx.text.get(span.clone())?;
    let with = match cx.cx.lang {
        crate::domain::lang::Lang::Zh => format!("{words}（{date}）"),
        crate::domain::lang::Lang::En => format!("{words} ({date})"),
    };
    Some(Fix {
        at: span.clone(),
        with,
    })
}

/// The sentence that promises a call by a time.
pub(super) fn callback(cx: &Scan<'_>) -> Option<Sentence> {
    deeds::bound(cx)
        .into_iter()
        .find(|b| b.spoken.deed == Deed::Callback)
        .map(|b| b.sentence)
}
