//! Instants, spans and the domain's reasons put into words. Everything that time alone changes also says when it will next
//! read otherwise, so that the screen is painted then and not before.

use jiff::civil::DateTime;

use crate::domain::rank::{Rank, Reason};
use crate::domain::time::{HOUR, MINUTE, Ms, SECOND, Zone, local};
use crate::domain::vocabulary::Deed;
use crate::text::Locale;
use crate::text::locale::Arg;

/// Milliseconds in a day.
const DAY: i64 = 24 * HOUR;

/// Words and the instant from which they would read otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timed {
    /// The words.
    pub text: String,
    /// When they change by time alone; absent if never.
    pub until: Option<Ms>,
}

fn clock_of(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// An instant as people say it: the time alone today, the day word tomorrow and yesterday, else the date.
#[must_use]
pub fn when(locale: &Locale, at: Ms, now: Ms, zone: &Zone) -> String {
    let (then, today) = (local(at, zone), local(now, zone));
    let clock = clock_of(then);
    let days = then
        .date()
        .since(today.date())
        .map_or(i32::MAX, |span| span.get_days());
    match days {
        0 => clock,
        1 => locale.t_args("time-tomorrow", &[("clock", clock.into())]),
        -1 => locale.t_args("time-yesterday", &[("clock", clock.into())]),
        _ if then.year() == today.year() => {
            format!("{:02}-{:02} {clock}", then.month(), then.day())
        }
        _ => format!(
            "{:04}-{:02}-{:02} {clock}",
            then.year(),
            then.month(),
            then.day()
        ),
    }
}

/// How long, in one or two units: `45 秒`, `12 分钟`, `3 小时 20 分`, `5 天`. Never negative.
#[must_use]
pub fn span(locale: &Locale, ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        _ if ms < MINUTE => locale.t_args("span-seconds", &[("n", (ms / SECOND).into())]),
        _ if ms < HOUR => locale.t_args("span-minutes", &[("n", (ms / MINUTE).into())]),
        _ if ms < DAY => {
            let (h, m) = (ms / HOUR, ms % HOUR / MINUTE);
            let key = if m == 0 {
                "span-hours"
            } else {
                "span-hours-minutes"
            };
            if m == 0 {
                locale.t_args(key, &[("n", h.into())])
            } else {
                locale.t_args(key, &[("n", h.into()), ("m", m.into())])
            }
        }
        _ => locale.t_args("span-days", &[("n", (ms / DAY).into())]),
    }
}

/// The unit in which a span of this length is told.
const fn unit(ms: i64) -> i64 {
    match ms {
        _ if ms < MINUTE => SECOND,
        _ if ms < DAY => MINUTE,
        _ => DAY,
    }
}

/// How long since `from`, and when that reads otherwise.
#[must_use]
pub fn since(locale: &Locale, from: Ms, now: Ms) -> Timed {
    let gone = now.minus(from).max(0);
    let step = unit(gone);
    Timed {
        text: span(locale, gone),
        until: Some(from.plus_millis((gone / step + 1) * step)),
    }
}

/// How long until `due`, and when that reads otherwise. A part of a unit counts as a whole one, so that `1 分钟` is
/// shown until the last second.
#[must_use]
pub fn left(locale: &Locale, due: Ms, now: Ms) -> Timed {
    let left = due.minus(now).max(0);
    let step = match left {
        _ if left <= MINUTE => SECOND,
        _ if left <= DAY => MINUTE,
        _ => DAY,
    };
    let units = (left + step - 1) / step;
    Timed {
        text: span(locale, units * step),
        until: (left > 0).then(|| due.plus_millis(-(units - 1) * step)),
    }
}

/// A countdown for a narrow column: `-2:10` and `0:45` by the second when `by_second` or near, else `58m`, `3h05`, `4d`.
/// What is late counts on below zero.
#[must_use]
pub fn countdown(due: Ms, now: Ms, by_second: bool) -> Timed {
    let left = due.minus(now);
    let late = left < 0;
    let size = left.abs();
    let step = match size {
        _ if size >= 2 * DAY => DAY,
        _ if size >= HOUR || (size >= 2 * MINUTE && !by_second) => MINUTE,
        _ => SECOND,
    };
    // Floor for what is late and for what is left alike: 0:00 is shown during the last second only.
    let units = size / step;
    let shown = units * step;
    let body = match step {
        DAY => format!("{units}d"),
        MINUTE if shown >= HOUR => format!("{}h{:02}", shown / HOUR, shown % HOUR / MINUTE),
        MINUTE => format!("{units}m"),
        _ => format!("{}:{:02}", shown / MINUTE, shown % MINUTE / SECOND),
    };
    let until = if late {
        due.plus_millis((units + 1) * step)
    } else {
        due.plus_millis(1 - units * step)
    };
    Timed {
        text: if late { format!("-{body}") } else { body },
        until: Some(until),
    }
}

/// What was promised, in a word.
#[must_use]
pub fn deed(locale: &Locale, deed: Deed) -> String {
    locale.t(&format!("deed-{}", deed.as_str()))
}

/// Why a row stands where it stands.
#[must_use]
pub fn reason(locale: &Locale, rank: &Rank, now: Ms, zone: &Zone) -> Timed {
    let tell = Teller { locale, now, zone };
    match rank.reason {
        Reason::Safety => tell.still("reason-safety", vec![]),
        Reason::Urgent => tell.still("reason-urgent", vec![]),
        Reason::NoCalendar => tell.still("reason-no-calendar", vec![]),
        Reason::Ended => tell.still("reason-ended", vec![]),
        Reason::PromiseLate { deed: what, due } => {
            let args = vec![tell.time(due), ("deed", deed(locale, what).into())];
            tell.late("reason-promise-late", due, args)
        }
        Reason::PromiseSoon { deed: what, due } => {
            let args = vec![tell.time(due), ("deed", deed(locale, what).into())];
            tell.left("reason-promise-soon", due, args)
        }
        Reason::Overdue { due } => tell.late("reason-overdue", due, vec![tell.time(due)]),
        Reason::DueSoon { due } => tell.left("reason-due-soon", due, vec![tell.time(due)]),
        Reason::StepLate { minutes, due } => {
            let key = format!("reason-step-late-{}", step_key(minutes));
            tell.late(&key, due, vec![])
        }
        Reason::StepRunning { minutes, due } => {
            let key = format!("reason-step-running-{}", step_key(minutes));
            tell.left(&key, due, vec![])
        }
        Reason::Unanswered { since } => tell.late("reason-unanswered", since, vec![]),
        Reason::Repeat { contact, due } => {
            let args = vec![("n", contact.into()), tell.time(due)];
            tell.still("reason-repeat", args)
        }
        Reason::NextContact { due } => tell.still("reason-next-contact", vec![tell.time(due)]),
        Reason::Due { due } => tell.still("reason-due", vec![tell.time(due)]),
        Reason::Waiting { until } => tell.still("reason-waiting", vec![tell.time(until)]),
        Reason::Snoozed { until } => tell.still("reason-snoozed", vec![tell.time(until)]),
    }
}

type Values = Vec<(&'static str, Arg<'static>)>;

/// Puts a reason into words at one instant.
struct Teller<'a> {
    locale: &'a Locale,
    now: Ms,
    zone: &'a Zone,
}

impl Teller<'_> {
    fn time(&self, at: Ms) -> (&'static str, Arg<'static>) {
        ("time", when(self.locale, at, self.now, self.zone).into())
    }

    fn still(&self, key: &str, values: Values) -> Timed {
        Timed {
            text: self.locale.t_args(key, &values),
            until: None,
        }
    }

    /// With how late it is, as `$late`.
    fn late(&self, key: &str, due: Ms, mut values: Values) -> Timed {
        let late = since(self.locale, due, self.now);
        values.push(("late", late.text.into()));
        Timed {
            text: self.locale.t_args(key, &values),
            until: late.until,
        }
    }

    /// With how long is left, as `$left`.
    fn left(&self, key: &str, due: Ms, mut values: Values) -> Timed {
        let rest = left(self.locale, due, self.now);
        values.push(("left", rest.text.into()));
        Timed {
            text: self.locale.t_args(key, &values),
            until: rest.until,
        }
    }
}

/// The same in at most ten columns, for a narrow list.
#[must_use]
pub fn reason_short(locale: &Locale, rank: &Rank) -> String {
    let key = match rank.reason {
        Reason::Safety => "reason-short-safety",
        Reason::PromiseLate { .. } => "reason-short-promise-late",
        Reason::Overdue { .. } => "reason-short-overdue",
        Reason::Urgent => "reason-short-urgent",
        Reason::StepLate { minutes, .. } => {
            return locale.t(&format!("reason-short-step-late-{}", step_key(minutes)));
        }
        Reason::StepRunning { minutes, .. } => {
            return locale.t(&format!("reason-short-step-running-{}", step_key(minutes)));
        }
        Reason::PromiseSoon { .. } => "reason-short-promise-soon",
        Reason::NextContact { .. } => "reason-short-next-contact",
        Reason::DueSoon { .. } => "reason-short-due-soon",
        Reason::Repeat { .. } => "reason-short-repeat",
        Reason::Unanswered { .. } => "reason-short-unanswered",
        Reason::Due { .. } => "reason-short-due",
        Reason::NoCalendar => "reason-short-no-calendar",
        Reason::Waiting { .. } => "reason-short-waiting",
        Reason::Snoozed { .. } => "reason-short-snoozed",
        Reason::Ended => "reason-short-ended",
    };
    locale.t(key)
}

/// The words of the three steps are kept under 1, 5 and 30 whatever minutes a site sets.
const fn step_key(minutes: i64) -> i64 {
    match minutes {
        ..=2 => 1,
        3..=12 => 5,
        _ => 30,
    }
}

/// Whether a reason speaks of something late, for the mark in front of it.
#[must_use]
pub const fn is_late(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Safety
            | Reason::PromiseLate { .. }
            | Reason::Overdue { .. }
            | Reason::StepLate { .. }
    )
}

/// Whether a reason speaks of something near.
#[must_use]
pub const fn is_soon(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Urgent
            | Reason::StepRunning { .. }
            | Reason::PromiseSoon { .. }
            | Reason::DueSoon { .. }
            | Reason::NextContact { .. }
    )
}

#[cfg(test)]
mod tests;
