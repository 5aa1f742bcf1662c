//! Reading said times back out of a text.
//!
//! At every place of the text a list of small rules is tried; the first that fits takes its stretch. A rule is a function over
//! a [`scan::Scan`]; a new phrase is a new rule or a new word in a rule's table. Everything that `render` says is read back to
//! the same instant (to the minute).
//!
//! Not read: lengths in working days (they need a calendar), days without a clock time, vague words (尽快, soon).

mod en;
mod resolve;
mod scan;
mod zh;

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use crate::domain::time::{MINUTE, Ms, Zone, from_local, local};
use scan::Scan;

/// What kind of time was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidKind {
    /// A latest time: 前, by.
    By,
    /// A point of time: 明天下午3点给您回电, at 3 pm.
    At,
    /// A length from the moment of writing: 2小时内, within two hours.
    Within,
    /// A stretch; the instant is its end: 14:00到16:00.
    Window,
}

/// A time found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidTime {
    /// Byte range of the words.
    pub span: Range<usize>,
    /// The instant meant. It may lie in the past.
    pub at: Ms,
    /// How it was said.
    pub kind: SaidKind,
}

/// What a rule knows besides the text.
struct Context<'a> {
    /// When the text was written.
    now: Ms,
    zone: &'a Zone,
    /// The wall clock then.
    wall: DateTime,
}

impl Context<'_> {
    fn today(&self) -> Date {
        self.wall.date()
    }
}

/// What a rule found.
enum Found {
    /// A wall clock time; an offset may still follow in the text.
    Wall(DateTime, SaidKind),
    /// Minutes from the moment of writing.
    After(i64, SaidKind),
}

type Rule = fn(&Context<'_>, &mut Scan<'_>) -> Option<Found>;

/// The rules, the more specific before the more general.
const RULES: &[Rule] = &[
    zh::dated,
    zh::day_word,
    zh::weekday,
    zh::length,
    zh::clock_alone,
    en::time_then_day,
    en::day_then_time,
    en::date_then_time,
    en::length,
];

/// The times said in a text that was written at `written_at` for a reader in `zone`, in order, without overlap.
#[must_use]
pub fn parse_said(text: &str, written_at: Ms, zone: &Zone) -> Vec<SaidTime> {
    let context = Context {
        now: written_at,
        zone,
        wall: local(written_at, zone),
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match RULES
            .iter()
            .find_map(|rule| try_rule(*rule, &context, text, at))
        {
            Some(said) => {
                at = said.span.end;
                out.push(said);
            }
            None => at = Scan::at(text, at).skip_unit(),
        }
    }
    out
}

fn try_rule(rule: Rule, context: &Context<'_>, text: &str, at: usize) -> Option<SaidTime> {
    let mut scan = Scan::at(text, at);
    let found = rule(context, &mut scan)?;
    let (instant, kind) = match found {
        Found::After(minutes, kind) => (context.now.plus_minutes(minutes), kind),
        Found::Wall(wall, kind) => match offset(&mut scan) {
            Some(minutes) => (
                from_local(wall, &Zone::utc()).plus_millis(-minutes * MINUTE),
                kind,
            ),
            None => (from_local(wall, context.zone), kind),
        },
    };
    (scan.pos() > at).then(|| SaidTime {
        span: at..scan.pos(),
        at: instant,
        kind,
    })
}

/// "（UTC+9）" or " (UTC+5:30)": minutes east.
fn offset(scan: &mut Scan<'_>) -> Option<i64> {
    let mut ahead = scan.clone();
    ahead.spaces();
    if !ahead.eat_any(&["（", "("]) || !ahead.eat("UTC") {
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
    if !ahead.eat_any(&["）", ")"]) {
        return None;
    }
    *scan = ahead;
    Some(sign * (hours * 60 + minutes))
}
