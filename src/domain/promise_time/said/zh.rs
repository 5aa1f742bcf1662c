//! Chinese rules.

use jiff::civil::{Date, Weekday};

use super::resolve::{Clock, Part, coming, dated as date_of, in_days, in_week};
use super::scan::Scan;
use super::{Context, Found, SaidKind};

const DAYS: &[(&str, (i64, Option<Part>))] = &[
    ("大后天", (3, None)),
    ("大後天", (3, None)),
    ("后天", (2, None)),
    ("後天", (2, None)),
    ("今天", (0, None)),
    ("今日", (0, None)),
    ("今儿", (0, None)),
    ("当天", (0, None)),
    ("今晚", (0, Some(Part::Evening))),
    ("今早", (0, Some(Part::Morning))),
    ("今晨", (0, Some(Part::Morning))),
    ("明天", (1, None)),
    ("明日", (1, None)),
    ("明儿", (1, None)),
    ("明晚", (1, Some(Part::Evening))),
    ("明早", (1, Some(Part::Morning))),
    ("明晨", (1, Some(Part::Morning))),
];

const PARTS: &[(&str, Part)] = &[
    ("凌晨", Part::Night),
    ("早上", Part::Morning),
    ("早晨", Part::Morning),
    ("上午", Part::Morning),
    ("中午", Part::Noon),
    ("下午", Part::Afternoon),
    ("傍晚", Part::Afternoon),
    ("晚上", Part::Evening),
    ("晚间", Part::Evening),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("一", Weekday::Monday),
    ("二", Weekday::Tuesday),
    ("三", Weekday::Wednesday),
    ("四", Weekday::Thursday),
    ("五", Weekday::Friday),
    ("六", Weekday::Saturday),
    ("日", Weekday::Sunday),
    ("天", Weekday::Sunday),
];

const WEEK: &[&str] = &["周", "週", "星期", "礼拜"];
const BEFORE: &[&str] = &["之前", "以前", "前"];
const TO: &[&str] = &["到", "至", "-", "—", "–", "~", "～"];

/// `[2027年]3月16日（周一）11:00前`
pub(super) fn dated(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    let date = date(context, scan)?;
    scan.spaces();
    bracket(context, scan);
    if scan.eat_any(WEEK) {
        scan.eat_key(WEEKDAYS)?;
    }
    clock_on(context, scan, date, None)
}

/// 明天（2月14日，调休上班）12:00前, 今晚八点. A date in the bracket wins over the word before it.
pub(super) fn day_word(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    let (days, part) = scan.eat_key(DAYS)?;
    let date = bracket(context, scan).or_else(|| in_days(context, days))?;
    clock_on(context, scan, date, part)
}

/// 周五下午3点, 下周一上午十点前. Without 下 or 本 the next such day is meant.
pub(super) fn weekday(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    let week = scan.eat_key(&[("下个", 1), ("下", 1), ("本", 0), ("这个", 0), ("这", 0)]);
    if !scan.eat_any(WEEK) {
        return None;
    }
    let weekday = scan.eat_key(WEEKDAYS)?;
    let by_name = match week {
        Some(weeks) => in_week(context, weeks, weekday)?,
        None => coming(context, weekday)?,
    };
    let date = bracket(context, scan).unwrap_or(by_name);
    clock_on(context, scan, date, None)
}

/// 2小时内, 半个小时内, 一个半小时内, 三十分钟后
pub(super) fn length(_: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    const HOURS: &[&str] = &["小时", "钟头"];
    let minutes = if scan.eat("半") {
        scan.eat("个");
        if !scan.eat_any(HOURS) {
            return None;
        }
        30
    } else {
        let count = scan.number()?.value;
        let measure = scan.eat("个");
        let half = measure && scan.eat("半");
        if scan.eat_any(HOURS) {
            count * 60 + if half { 30 } else { 0 }
        } else if !measure && scan.eat_any(&["分钟", "分"]) {
            count
        } else {
            return None;
        }
    };
    let kind = scan.eat_key(&[
        ("之内", SaidKind::Within),
        ("以内", SaidKind::Within),
        ("内", SaidKind::Within),
        ("之后", SaidKind::At),
        ("以后", SaidKind::At),
        ("后", SaidKind::At),
    ])?;
    Some(Found::After(minutes, kind))
}

/// 下午5点前, 17:00前, 17:00: the next such time. A bare 3点 without part of the day or 前 is not a time (第3点意见).
pub(super) fn clock_alone(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    if matches!(
        scan.before(),
        Some('第' | ':' | '：' | '.' | '-' | '日' | '号')
    ) || scan.follows(PARTS)
    {
        // The second: a part of the day that contradicts its hour (上午20点) is not read without it.
        return None;
    }
    let part = scan.eat_key(PARTS);
    let clock = clock(scan, part)?;
    let said = window_end(context, scan, clock, |clock| clock.next(context))?;
    let firm = part.is_some() || clock.exact || said.1 != SaidKind::At;
    firm.then_some(Found::Wall(said.0, said.1))
}

/// 3月16日, 三月十六号, 2026年3月16日, 2026-03-16
fn date(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    let first = scan.number()?;
    if first.digits == 4 && scan.eat_any(&["-", "/", "."]) {
        let month = scan.digits()?.value;
        if !scan.eat_any(&["-", "/", "."]) {
            return None;
        }
        return date_of(context, Some(first.value), month, scan.digits()?.value);
    }
    let year = scan.eat("年").then_some(first.value);
    let month = if year.is_some() {
        scan.number()?.value
    } else {
        first.value
    };
    if !scan.eat("月") {
        return None;
    }
    let day = scan.number()?.value;
    if !scan.eat_any(&["日", "号"]) {
        return None;
    }
    date_of(context, year, month, day)
}

/// Eats a short bracket after a day and gives the date in it, if there is one: （2月14日，调休上班）, （周二）.
fn bracket(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    let mut ahead = scan.clone();
    if !ahead.eat_any(&["（", "("]) {
        return None;
    }
    let mut tried = ahead.clone();
    let found = date(context, &mut tried);
    if found.is_some() {
        ahead = tried;
    }
    for _ in 0..24 {
        if ahead.eat_any(&["）", ")"]) {
            *scan = ahead;
            return found;
        }
        let next = ahead.peek()?;
        ahead.eat(next.encode_utf8(&mut [0; 4]));
    }
    None
}

/// The clock time after a day.
fn clock_on(
    context: &Context<'_>,
    scan: &mut Scan<'_>,
    date: Date,
    part: Option<Part>,
) -> Option<Found> {
    scan.spaces();
    scan.eat("的");
    let part = scan.eat_key(PARTS).or(part);
    let clock = clock(scan, part)?;
    let (at, kind) = window_end(context, scan, clock, |clock| clock.on(date, context))?;
    Some(Found::Wall(at, kind))
}

/// 17:00, 5点, 5点半, 5点一刻, 5点20分, 十七时三十分
fn clock(scan: &mut Scan<'_>, part: Option<Part>) -> Option<Clock> {
    scan.spaces();
    let hour = scan.number()?;
    if scan.eat_any(&[":", "："]) {
        let minute = scan.digits().filter(|minute| minute.digits == 2)?;
        let exact = part.is_none() && (hour.digits == 2 || hour.value == 0);
        return Some(Clock {
            hour: hour.value,
            minute: minute.value,
            part,
            exact,
        });
    }
    if !scan.eat_any(&["点钟", "点", "點", "时"]) || scan.peek() == Some('间') {
        return None;
    }
    let quarter = scan.eat_key(&[("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0)]);
    let minute = quarter.or_else(|| {
        let mut ahead = scan.clone();
        let minute = ahead.number().filter(|minute| minute.value < 60)?;
        // 3点5个 is no time, 3点05 and 3点5分 are.
        if !ahead.eat("分") && minute.digits != 2 {
            return None;
        }
        *scan = ahead;
        Some(minute.value)
    });
    let exact = part.is_none() && hour.value >= 13;
    Some(Clock {
        hour: hour.value,
        minute: minute.unwrap_or(0),
        part,
        exact,
    })
}

/// What follows a clock time: 前, or the end of a stretch. The end takes its part of the day from the start.
fn window_end(
    context: &Context<'_>,
    scan: &mut Scan<'_>,
    start: Clock,
    resolve: impl Fn(Clock) -> Option<jiff::civil::DateTime>,
) -> Option<(jiff::civil::DateTime, SaidKind)> {
    let begins = resolve(start)?;
    if scan.eat_any(BEFORE) {
        return Some((begins, SaidKind::By));
    }
    let mut ahead = scan.clone();
    if ahead.eat_any(TO) {
        let part = ahead.eat_key(PARTS);
        if let Some(mut end) = clock(&mut ahead, part) {
            end.part = part.or(start
                .part
                .filter(|_| end.hour <= 12 && end.hour > start.hour));
            let ends = end.on(begins.date(), context).filter(|ends| *ends > begins);
            if let Some(ends) = ends {
                ahead.eat_any(&["之间"]);
                *scan = ahead;
                return Some((ends, SaidKind::Window));
            }
        }
    }
    Some((begins, SaidKind::At))
}
