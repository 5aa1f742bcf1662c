//! Clock times: 17:00, 五点半, 下午3点到5点.

use jiff::civil::Date;

use super::super::found::{Found, Step};
use super::super::resolve::{Clock, Part, timed};
use super::super::scan::Scan;
use super::super::{Context, SaidKind, Unclear};
use super::{BEFORE, CLOSING, PARTS, TO, WITHIN};

/// 下午5点前, 17:00前, 17:00: the next such time. A bare 3点 without part of the day or 前 is not a time (第3点意见).
pub(super) fn alone(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if scan.peek() == Some(' ')
        || matches!(
            scan.before(),
            Some('第' | ':' | '.' | '-' | '日' | '号' | '$' | '¥')
        )
        || scan.follows(PARTS)
    {
        // The last: a part of the day that contradicts its hour (上午20点) is not read without it.
        return None;
    }
    let part = scan.eat_key(PARTS);
    let start = clock(scan, part)?;
    let (end, kind) = tail(scan, start);
    let exact = start.exact || end.is_some_and(|end| end.exact);
    let firm = part.is_some() || exact || kind != SaidKind::At;
    firm.then_some(())?;
    Some(timed(context, None, start, end, kind)?.step())
}

/// 下班前, 今天打烊前: the closing time of today. The day before it was eaten by another rule if there is one.
pub(super) fn closing_alone(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    Some(closing(context, scan, context.today())?.step())
}

/// 下班前 of a date.
pub(super) fn closing(context: &Context<'_>, scan: &mut Scan<'_>, date: Date) -> Option<Found> {
    if !(scan.eat_any(CLOSING) && scan.eat_any(BEFORE)) {
        return None;
    }
    let found = Found::new(context.closing(date), SaidKind::By);
    Some(found.open(Unclear::ClosingTime))
}

/// 晚上, 中午前, 半夜 without a day: of today, or tomorrow's when today's is over.
pub(super) fn part_alone(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    // 每天上午, 当天下午 of a day that no rule read; 晚上好; 一早就; 早上 as a greeting.
    if scan.after_any(&["天", "日", "每", "个", "早", "大"]) {
        return None;
    }
    // 夜间施工, 深夜配送 name a kind of work.
    if scan.before_any(&["夜间", "深夜", "午间", "早间", "午后", "夜里"]) {
        return None;
    }
    let part = scan.eat_key(PARTS)?;
    let early = matches!(part, Part::Early | Part::Night);
    if scan.before_any(&["好", "茶", "饭", "餐", "休", "觉", "班", "场", "三更"])
        || scan
            .peek()
            .is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
    {
        return None;
    }
    let kind = part_tail(scan);
    if early && kind != SaidKind::By {
        return None;
    }
    let today = part.on(context.today(), kind)?;
    let over = match &today.stretch {
        Ok(super::super::found::Stretch::Wall { at, .. }) => *at <= context.wall,
        _ => false,
    };
    if over {
        return Some(part.on(context.today().tomorrow().ok()?, kind)?.step());
    }
    Some(today.step())
}

/// The limit after a part of the day: 中午前, 上午之内.
pub(super) fn part_tail(scan: &mut Scan<'_>) -> SaidKind {
    if scan.eat_any(BEFORE) || scan.eat_any(&["之内", "以内", "内"]) {
        SaidKind::By
    } else {
        SaidKind::Window
    }
}

/// Around a time: no limit, and mostly said of what has been (十点前后占了两个窗口).
const AROUND: &[&str] = &["前后"];

/// 17:00, 5点, 5点半, 5点一刻, 5点20分, 十七时三十分
pub(super) fn clock(scan: &mut Scan<'_>, part: Option<Part>) -> Option<Clock> {
    scan.spaces();
    let hour = scan.number()?;
    let colon = scan.before_any(&[":"]);
    let made = |minute: i64, exact: bool| Clock {
        hour: hour.value,
        minute,
        part,
        exact: exact && part.is_none(),
        colon,
    };
    if scan.eat(":") {
        let minute = scan.digits().filter(|minute| minute.digits == 2)?;
        let exact = hour.digits == 2 || hour.value == 0;
        // A ratio or a time with seconds is none.
        return (scan.peek() != Some(':') && !scan.before_any(AROUND))
            .then(|| made(minute.value, exact));
    }
    if !scan.eat_any(&["点钟", "点", "时"]) || scan.before_any(&["间", "候", "多", "左右开"])
    {
        return None;
    }
    let quarter = scan.eat_key(&[("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0)]);
    let minute = quarter.or_else(|| {
        scan.maybe(|ahead| {
            let minute = ahead.number().filter(|minute| minute.value < 60)?;
            // 3点5个 is no time, 3点05 and 3点5分 are.
            (ahead.eat("分") || minute.digits == 2).then_some(minute.value)
        })
    });
    let exact = hour.value >= 13 || hour.value == 0;
    (!scan.before_any(AROUND)).then(|| made(minute.unwrap_or(0), exact))
}

/// What follows a clock time: 前, or the end of a stretch. The end takes its part of the day from the start.
pub(super) fn tail(scan: &mut Scan<'_>, start: Clock) -> (Option<Clock>, SaidKind) {
    scan.eat_any(&["左右"]);
    if scan.eat_any(BEFORE) {
        return (None, SaidKind::By);
    }
    let end = scan.maybe(|ahead| {
        ahead.spaces();
        if !ahead.eat_any(TO) {
            return None;
        }
        ahead.spaces();
        let part = ahead.eat_key(PARTS);
        let mut end = clock(ahead, part)?;
        end.part = part.or(start
            .part
            .filter(|_| end.hour <= 12 && end.hour > start.hour));
        end.exact = end.exact || (part.is_none() && start.exact && end.minutes() > start.minutes());
        let later = end.minutes()? > start.minutes()?;
        ahead.eat_any(&["之间", "期间"]);
        later.then_some(end)
    });
    let kind = if end.is_some() {
        SaidKind::Window
    } else {
        SaidKind::At
    };
    // 10:00-11:00前 is a limit at its end for a reader, and a stretch in words.
    if end.is_some() {
        scan.eat_any(BEFORE);
        scan.eat_any(WITHIN);
    }
    (end, kind)
}
