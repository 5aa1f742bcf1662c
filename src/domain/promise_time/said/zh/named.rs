//! Ends that have a name: 月底前, 周末, 本周内, 下个工作日, 节后第一个工作日, 元旦前.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::found::{Found, Step, Stretch};
use super::super::resolve::{in_days, in_week, month, until_end, week as week_of};
use super::super::scan::Scan;
use super::super::{Context, SaidKind, Unclear};
use super::clock::closing;
use super::{AFTER, BEFORE, PARTS, WEEK, WITHIN};

/// Spoken names and the name in the year files; longer ones first.
const HOLIDAYS: &[(&str, &str)] = &[
    ("元旦", "元旦"),
    ("春节", "春节"),
    ("清明", "清明"),
    ("劳动节", "劳动节"),
    ("五一", "劳动节"),
    ("端午", "端午"),
    ("中秋", "中秋"),
    ("国庆", "国庆"),
    ("十一长假", "国庆"),
    ("十一假期", "国庆"),
    ("十一黄金周", "国庆"),
];

const LEAVE: &[&str] = &["放假", "假期", "长假", "小长假", "节假日", "黄金周", "收假"];

/// 节后第一个工作日, 国庆后, 元旦前, 节前.
pub(super) fn holiday(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    let name = match scan.eat_key(HOLIDAYS) {
        Some(name) => {
            scan.eat("节");
            scan.eat_any(LEAVE);
            name
        }
        None if !scan
            .after_any(&["季", "环", "情", "细", "调", "章", "春", "国庆", "音", "关"])
            && (scan.eat("节假日") || scan.eat("假期") || scan.eat("长假") || scan.eat("节")) =>
        {
            ""
        }
        None => return None,
    };
    let run = context.holiday(name);
    if scan.eat_any(BEFORE) {
        let stretch = run.map(|(first, _)| Stretch::Wall {
            from: None,
            at: first.at(0, 0, 0, 0),
        });
        return Some(
            Found::new(stretch, SaidKind::By)
                .open(Unclear::NoClock)
                .step(),
        );
    }
    if !scan.eat_any(AFTER) {
        return None;
    }
    scan.eat_any(&["的", "上班"]);
    let count = scan
        .maybe(|ahead| {
            let count = if ahead.eat("首") {
                1
            } else {
                ahead.eat("第").then_some(())?;
                ahead.number()?.value
            };
            ahead
                .eat_any(&["个工作日", "个上班日", "天"])
                .then_some(count)
        })
        .unwrap_or(1);
    if scan.before_any(&["起", "开始", "会"]) && count == 1 && name.is_empty() {
        return Some(Step::Skip);
    }
    let date = run.and_then(|(_, last)| {
        let mut date = last;
        for _ in 0..count.clamp(1, 30) {
            date = context.working_from(date.checked_add(1.day()).unwrap_or(date))?;
        }
        Ok(date)
    });
    on_working_day(context, scan, date)
}

/// 下个工作日, 下一个工作日前, 次一工作日.
pub(super) fn working_day(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.eat_any(&[
        "下一个工作日",
        "下个工作日",
        "下一工作日",
        "次一工作日",
        "次工作日",
        "第二个工作日",
    ]) {
        return None;
    }
    on_working_day(context, scan, context.working_day(1))
}

/// A working day that the calendar named, with what follows it.
fn on_working_day(
    context: &Context<'_>,
    scan: &mut Scan<'_>,
    date: Result<Date, super::super::NotComputed>,
) -> Option<Step> {
    let date = match date {
        Ok(date) => date,
        Err(missing) => {
            // What follows is eaten all the same: 10:00前 is no time of today.
            let today = Ok(context.today());
            let mut step = on_working_day(context, scan, today)?;
            if let Step::Time(found) = &mut step {
                found.stretch = Err(missing);
            }
            return Some(step);
        }
    };
    if let Some(found) = scan.maybe(|ahead| closing(context, ahead, date)) {
        return Some(found.in_working_days().step());
    }
    if let Some(found) = scan.maybe(|ahead| {
        ahead.eat("的");
        let part = ahead.eat_key(PARTS);
        let start = super::clock::clock(ahead, part)?;
        let (end, kind) = super::clock::tail(ahead, start);
        super::super::resolve::timed(context, Some(date), start, end, kind)
    }) {
        return Some(found.in_working_days().step());
    }
    if let Some(part) = scan.eat_key(PARTS) {
        let kind = super::clock::part_tail(scan);
        return Some(part.on(date, kind)?.in_working_days().step());
    }
    let kind = if scan.eat_any(BEFORE) || scan.eat_any(WITHIN) {
        SaidKind::By
    } else {
        SaidKind::Window
    };
    let stretch = context.worked_hours(date).map(|stretch| match stretch {
        Stretch::Instant(mut meaning) if kind == SaidKind::By => {
            meaning.from = None;
            Stretch::Instant(meaning)
        }
        other => other,
    });
    let found = Found::new(stretch, kind).in_working_days();
    Some(found.open(Unclear::NoClock).step())
}

/// 月底前, 下月初, 本月内, 下个月, 年底前.
pub(super) fn month_or_year(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if scan.after_any(&["每", "上", "上个", "个", "当", "几"])
        || scan
            .before()
            .is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
    {
        return None;
    }
    if scan.eat_any(&["年底", "年末", "今年底", "年内", "今年内", "今年年底"]) {
        scan.eat_any(BEFORE);
        let year = context.today().year();
        return Some(until_end(Date::new(year, 12, 31).ok()?)?.step());
    }
    let months = scan.eat_key(&[
        ("下个月", 1),
        ("下月", 1),
        ("这个月", 0),
        ("本月", 0),
        ("当月", 0),
        ("月", 0),
    ])?;
    let bare = scan.head().ends_with('月') && !scan.after_any(&["个月", "下月", "本月", "当月"]);
    let (mut first, last) = month(context, months)?;
    if scan.eat_any(&["底", "末"]) {
        scan.eat_any(BEFORE);
        scan.eat_any(WITHIN);
        return Some(until_end(last)?.step());
    }
    let days = if scan.eat("初") {
        Some((1, 10))
    } else if scan.eat("中旬") || scan.eat("中") {
        Some((11, 20))
    } else if scan.eat("上旬") {
        Some((1, 10))
    } else if scan.eat("下旬") {
        Some((21, i64::from(last.day())))
    } else {
        None
    };
    if let Some((from, to)) = days {
        // 月初 when this month's is over.
        if months == 0 && i64::from(context.today().day()) > to {
            first = month(context, 1)?.0;
        }
        let on = |day: i64| Date::new(first.year(), first.month(), i8::try_from(day).ok()?).ok();
        let limit = scan.eat_any(BEFORE);
        let found = if limit {
            until_end(on(to)?)?
        } else {
            Found::days(on(from)?, on(to)?, SaidKind::Window)?
        };
        return Some(found.step());
    }
    if bare {
        return None;
    }
    if scan.eat_any(WITHIN) || scan.eat_any(BEFORE) {
        return Some(until_end(last)?.step());
    }
    // 本月账单, 下个月起: a month without a limit is a time only ahead of us.
    let ahead = months > 0
        && !scan.before_any(&["的", "起", "开始", "账单", "话费", "套餐", "份"])
        && !scan
            .peek()
            .is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    ahead.then_some(())?;
    Some(Found::days(first, last, SaidKind::Window)?.step())
}

/// 周末前, 下周末, 本周内, 下周, 今明两天.
pub(super) fn week(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if scan.eat_any(&["今明两天", "今明两日"]) {
        scan.eat_any(WITHIN);
        let today = context.today();
        return Some(Found::days(today, in_days(context, 1)?, SaidKind::Window)?.step());
    }
    let weeks = scan.eat_key(&[
        ("下下个", 2),
        ("下下", 2),
        ("下个", 1),
        ("下", 1),
        ("本", 0),
        ("这个", 0),
        ("这", 0),
    ]);
    if weeks.is_none()
        && scan.after_any(&["每", "上", "上个", "一", "两", "三", "个", "半", "四", "几"])
    {
        return None;
    }
    if !scan.eat_any(WEEK) {
        return None;
    }
    if scan.eat("末") {
        let saturday = in_week(context, weeks.unwrap_or(0), Weekday::Saturday)?;
        if scan.before_any(&[
            "起", "也", "都", "愉快", "快乐", "照常", "不", "促销", "活动", "特惠", "特价", "优惠",
            "房价", "价", "套餐", "版", "班",
        ]) {
            return Some(Step::Skip);
        }
        if scan.eat_any(BEFORE) {
            let found = Found::wall(None, saturday.at(0, 0, 0, 0), SaidKind::By);
            return Some(found.open(Unclear::NoClock).step());
        }
        let sunday = saturday.tomorrow().ok()?;
        return Some(Found::days(saturday, sunday, SaidKind::Window)?.step());
    }
    let (monday, sunday) = week_of(context, weeks?)?;
    if scan.eat_any(WITHIN) || scan.eat_any(BEFORE) {
        return Some(until_end(sunday)?.step());
    }
    if scan.eat("初") {
        return Some(Found::days(monday, monday.tomorrow().ok()?, SaidKind::Window)?.step());
    }
    // 下周一 is a day; 本周的, 这周起 name no deadline.
    let a_day = scan
        .peek()
        .is_some_and(|c| "一二三四五六日天1234567".contains(c))
        && !scan.before_any(&["一起", "一样", "一定", "一直"]);
    if a_day
        || weeks == Some(0)
        || scan.before_any(&["起", "开始", "的活动"])
        || scan.eat_any(AFTER)
    {
        return None;
    }
    Some(Found::days(monday, sunday, SaidKind::Window)?.step())
}
