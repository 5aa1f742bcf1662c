//! Reading said times back out of a text.
//!
//! The text is compared in one plain form ([`plain`]: simplified, half width, lower case). At every place of it a list of small
//! rules is tried; the first that fits takes its stretch. A rule is a function over a [`scan::Scan`]; a new phrase is a new
//! rule or a new word in a rule's table. Everything that `render` says is read back to the same instant (to the minute).
//!
//! What words leave open is taken at its latest (a day lasts until midnight, "by Friday" until the end of Friday) and named in
//! [`TimePhrase::unclear`]. What a calendar must tell (working days, closing times, holidays) is told by the calendar that is
//! passed in, or refused visibly in [`TimePhrase::meaning`]; it is never guessed.
//!
//! Not read: vague words (尽快, soon), times that are over by their words (昨天17:00, two days ago), hours that return (每天9点,
//! opening hours), warranty and return periods. Not here: whose deed a time is about (`coach::promises`).

mod en;
mod found;
mod lengths;
mod plain;
mod resolve;
mod scan;
mod zh;

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use crate::domain::calendar::{Calendar, NoYear};
use crate::domain::time::{MINUTE, Ms, Zone, from_local, local};
pub use lengths::{Length, Unit};

use found::{Found, Step, Stretch};
use plain::Plain;
use scan::Scan;

/// What kind of time was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidKind {
    /// A latest time: 前, by.
    By,
    /// A point of time: 明天下午3点给您回电, at 3 pm.
    At,
    /// A length from the moment of writing: 2小时内, within two hours, 三到五个工作日.
    Within,
    /// A stretch: 14:00到16:00, 周三上午, tomorrow.
    Window,
}

/// A time to the minute found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidTime {
    /// Byte range of the words.
    pub span: Range<usize>,
    /// The instant meant; of a window its end. It may lie in the past.
    pub at: Ms,
    /// How it was said.
    pub kind: SaidKind,
}

/// A time found in a text, exact or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimePhrase {
    /// Byte range of the words.
    pub span: Range<usize>,
    /// How it was said.
    pub kind: SaidKind,
    /// The instants meant, or why they could not be computed.
    pub meaning: Result<Meaning, NotComputed>,
    /// A clock time, or a length in hours or minutes, was said.
    pub exact: bool,
    /// It was said in working days.
    pub working_days: bool,
    /// The length that was said, if it was one.
    pub length: Option<Length>,
    /// What the words leave open, each once.
    pub unclear: Vec<Unclear>,
}

impl TimePhrase {
    /// The latest instant meant, if it could be computed.
    #[must_use]
    pub fn at(&self) -> Option<Ms> {
        self.meaning.as_ref().ok().map(|meaning| meaning.at)
    }

    /// Whether the words leave this open.
    #[must_use]
    pub fn leaves_open(&self, what: Unclear) -> bool {
        self.unclear.contains(&what)
    }
}

/// The instants of a time phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The beginning of a window, or the shorter end of "3 to 5 days".
    pub from: Option<Ms>,
    /// The latest instant meant: the end of a window, of a day (the midnight after it) or of a working day (its closing time).
    /// It may lie in the past.
    pub at: Ms,
}

/// Why a phrase has no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotComputed {
    /// The calendar has no data for a year that the phrase touches.
    #[error("not computed: no calendar for {}", .0.year)]
    NoYear(#[from] NoYear),
    /// The phrase needs a calendar and the caller gave none.
    #[error("not computed: no calendar")]
    NoCalendar,
}

/// What the words of a time leave open. CMT-08 is about all but [`Unclear::NoClock`], [`Unclear::HalfOfDay`],
/// [`Unclear::Undated`] and [`Unclear::FromEvent`]; CMT-12 is about [`Unclear::Undated`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unclear {
    /// 12点 without the half of the day. Read as noon.
    Twelve,
    /// 半夜, 零点, 今晚12点, midnight: of which day? Read as the night that follows the day named.
    Midnight,
    /// 下班前, close of business: whose hours? Read from the calendar.
    ClosingTime,
    /// A day of the week without its date.
    Weekday,
    /// 3/4: the third of April or the fourth of March? Read month first.
    DayOrMonth,
    /// 上午, 一早, first thing: a part of the day without a clock time.
    PartOfDay,
    /// A day or a longer stretch without a clock time.
    NoClock,
    /// An hour from one to eleven without the half of the day.
    HalfOfDay,
    /// A number of working days without a date beside it.
    Undated,
    /// It counts from something that has not happened yet (收到材料后3天内, within 3 days of receipt, 次日). Read from now.
    FromEvent,
}

/// What a rule knows besides the text.
struct Context<'a> {
    /// When the text was written.
    now: Ms,
    zone: &'a Zone,
    /// The wall clock then.
    wall: DateTime,
    calendar: Option<&'a Calendar>,
}

impl<'a> Context<'a> {
    fn new(now: Ms, zone: &'a Zone, calendar: Option<&'a Calendar>) -> Self {
        let wall = local(now, zone);
        Self {
            now,
            zone,
            wall,
            calendar,
        }
    }

    fn today(&self) -> Date {
        self.wall.date()
    }
}

type Rule = fn(&Context<'_>, &mut Scan<'_>) -> Option<Step>;

/// The times said in a text that was written at `written_at` for a reader in `zone`, in order, without overlap. The calendar
/// tells working days, closing times and holidays; without one, phrases that need it say so.
#[must_use]
pub fn read_times(
    text: &str,
    written_at: Ms,
    zone: &Zone,
    calendar: Option<&Calendar>,
) -> Vec<TimePhrase> {
    let context = Context::new(written_at, zone, calendar);
    let plain = Plain::new(text);
    let text = plain.text();
    let mut out: Vec<TimePhrase> = Vec::new();
    let mut at = 0;
    let mut last_end = None;
    while at < text.len() {
        let mut rules = zh::RULES.iter().chain(en::RULES).chain(zh::LAST_RULES);
        let Some((step, end)) = rules.find_map(|rule| try_rule(*rule, &context, text, at)) else {
            at = Scan::at(text, at).skip_unit();
            continue;
        };
        if let Step::Time(found) = step {
            let mut found = *found;
            // 3月16日18:00前（3个工作日内）: the date stands beside it.
            let beside = text.get(..at).and_then(|head| head.strip_suffix('('));
            if beside.is_some_and(|head| Some(head.trim_end().len()) == last_end) {
                found.unclear.retain(|what| *what != Unclear::Undated);
            }
            out.push(phrase(&context, found, plain.original(&(at..end))));
            last_end = Some(end);
        }
        at = end;
    }
    out
}

/// The times of a text that are said to the minute: a clock time of a day, or a length in hours or minutes. No
/// calendar is asked; a time of a working day that only a calendar can name, and all that is not to the minute, is told by
/// [`read_times`] alone.
#[must_use]
pub fn parse_said(text: &str, written_at: Ms, zone: &Zone) -> Vec<SaidTime> {
    read_times(text, written_at, zone, None)
        .into_iter()
        .filter(|said| said.exact)
        .filter_map(|said| {
            Some(SaidTime {
                at: said.at()?,
                span: said.span,
                kind: said.kind,
            })
        })
        .collect()
}

fn try_rule(rule: Rule, context: &Context<'_>, text: &str, at: usize) -> Option<(Step, usize)> {
    let mut scan = Scan::at(text, at);
    let mut step = rule(context, &mut scan)?;
    if let Step::Time(found) = &mut step
        && let Ok(Stretch::Wall { from, at }) = found.stretch
        && let Some(minutes) = offset(&mut scan)
    {
        let east = |wall| from_local(wall, &Zone::utc()).plus_millis(-minutes * MINUTE);
        found.stretch = Ok(Stretch::Instant(Meaning {
            from: from.map(east),
            at: east(at),
        }));
    }
    (scan.pos() > at).then(|| (step, scan.pos()))
}

fn phrase(context: &Context<'_>, found: Found, span: Range<usize>) -> TimePhrase {
    let meaning = found.stretch.map(|stretch| match stretch {
        Stretch::Instant(meaning) => meaning,
        Stretch::Wall { from, at } => Meaning {
            from: from.map(|from| from_local(from, context.zone)),
            at: from_local(at, context.zone),
        },
    });
    let mut unclear = Vec::new();
    for what in found.unclear {
        if !unclear.contains(&what) {
            unclear.push(what);
        }
    }
    TimePhrase {
        span,
        kind: found.kind,
        meaning,
        exact: found.exact,
        working_days: found.working_days,
        length: found.length,
        unclear,
    }
}

/// " (utc+9)" or "(utc+5:30)": minutes east.
fn offset(scan: &mut Scan<'_>) -> Option<i64> {
    let mut ahead = scan.clone();
    ahead.spaces();
    if !ahead.eat("(utc") {
        return None;
    }
    let sign = if ahead.eat("+") {
        1
    } else if ahead.eat("-") {
        -1
    } else {
        return None;
    };
    let hours = ahead.digits().filter(|n| n.value <= 14)?.value;
    let minutes = if ahead.eat(":") {
        ahead.digits().filter(|n| n.value < 60)?.value
    } else {
        0
    };
    if !ahead.eat(")") {
        return None;
    }
    *scan = ahead;
    Some(sign * (hours * 60 + minutes))
}
