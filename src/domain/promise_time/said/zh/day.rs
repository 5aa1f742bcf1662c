//! Days: 今晚, 大后天, 下周三, 3月16日（周一）, 下个月5号, 15号; with or without a clock time.

use jiff::civil::Date;

use super::super::found::{Found, Step, end_of};
use super::super::resolve::{
    Part, coming, dated as date_of, day_of_month, in_days, in_week, month_and_day, timed,
};
use super::super::scan::Scan;
use super::super::{Context, SaidKind, Unclear};
use super::clock::{clock, closing, part_tail, tail};
use super::{BEFORE, FROM_ON, PARTS, TO, WEEK, WEEKDAYS, WITHIN};
use crate::domain::promise_time::relative::splits_a_word;

const DAYS: &[(&str, (i64, Option<Part>))] = &[
    ("大后天", (3, None)),
    ("后天", (2, None)),
    ("后晚", (2, Some(Part::Evening))),
    ("后日", (2, None)),
    ("今天", (0, None)),
    ("今日", (0, None)),
    ("今儿", (0, None)),
    ("今晚", (0, Some(Part::Evening))),
    ("今夜", (0, Some(Part::Evening))),
    ("今早", (0, Some(Part::Morning))),
    ("今晨", (0, Some(Part::Morning))),
    ("明天", (1, None)),
    ("明日", (1, None)),
    ("明儿", (1, None)),
    ("明晚", (1, Some(Part::Evening))),
    ("明早", (1, Some(Part::Morning))),
    ("明晨", (1, Some(Part::Morning))),
];

/// Days that are counted from a day named before, which may not be today.
const FROM_DAY: &[(&str, (i64, Option<Part>))] = &[
    ("当天", (0, None)),
    ("当日", (0, None)),
    ("当晚", (0, Some(Part::Evening))),
    ("次日", (1, None)),
    ("隔天", (1, None)),
    ("隔日", (1, None)),
    ("第二天", (1, None)),
];

/// What 号 belongs to when it is no day: 3号线, 5号楼.
const NUMBERED: &[&str] = &[
    "线", "楼", "店", "窗", "柜", "机", "门", "院", "地", "馆", "仓", "库", "桌", "厅", "出口",
    "公寓", "车", "座", "房", "球", "电池", "字", "码", "技师", "客服", "工", "坐席", "床", "栋",
    "单元", "航站", "站", "口", "台", "会议", "套餐", "文件", "令", "公告", "选手", "色", "箱",
    "汽油", "油", "井", "厂", "路", "街", "链接", "方案", "包", "员工", "商铺", "铺", "展",
];

/// A day, what it leaves open, and the part of it that its word names.
struct Day {
    date: Date,
    open: Option<Unclear>,
    part: Option<Part>,
}

impl Day {
    const fn new(date: Date) -> Self {
        Self {
            date,
            open: None,
            part: None,
        }
    }
}

/// A day with what follows it: a clock time, a part of the day, closing time, a limit, or nothing.
pub(super) fn on_day(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    let day = dated(context, scan)
        .or_else(|| scan.maybe(|ahead| day_word(context, ahead)))
        .or_else(|| scan.maybe(|ahead| weekday(context, ahead)))
        .or_else(|| scan.maybe(|ahead| numbered(context, ahead)))?;
    let found = scan
        .maybe(|ahead| clock_on(context, ahead, &day))
        .or_else(|| scan.maybe(|ahead| part_on(ahead, &day)))
        .map_or_else(|| whole(context, scan, &day), Some);
    // A day from which something runs (自3月1日起, 明天开始) is no time of a deed.
    let Some(found) = found else {
        return Some(Step::Skip);
    };
    Some(found.open_all(day.open.as_slice()).step())
}

/// The clock time after a day, or its closing time.
fn clock_on(context: &Context<'_>, scan: &mut Scan<'_>, day: &Day) -> Option<Found> {
    scan.spaces();
    scan.eat_any(&["的", ",", "，"]);
    scan.spaces();
    if let Some(found) = closing(context, scan, day.date) {
        return Some(found);
    }
    let part = scan.eat_key(PARTS).or(day.part);
    let start = clock(scan, part)?;
    let (end, kind) = tail(scan, start);
    timed(context, Some(day.date), start, end, kind)
}

fn part_on(scan: &mut Scan<'_>, day: &Day) -> Option<Found> {
    scan.spaces();
    scan.eat("的");
    let part = scan.eat_key(PARTS).or(day.part)?;
    // 上午20点: the hour contradicts the part, so neither is read.
    if scan.maybe(|ahead| clock(ahead, None)).is_some() {
        return None;
    }
    let kind = part_tail(scan);
    part.on(day.date, kind)
}

/// The whole day; nothing when something runs from it on.
fn whole(context: &Context<'_>, scan: &mut Scan<'_>, day: &Day) -> Option<Found> {
    if scan.before_any(FROM_ON) {
        return None;
    }
    if scan.eat_any(BEFORE) || scan.eat_any(WITHIN) {
        return Some(Found::wall(None, end_of(day.date)?, SaidKind::By).open(Unclear::NoClock));
    }
    // 今明两天 is eaten elsewhere; 周三到周五, 3月5日至8日.
    let last = scan.maybe(|ahead| {
        ahead.spaces();
        if !ahead.eat_any(TO) {
            return None;
        }
        let last = dated(context, ahead)
            .or_else(|| ahead.maybe(|ahead| day_word(context, ahead)))
            .or_else(|| ahead.maybe(|ahead| weekday(context, ahead)))
            .map(|day| day.date)
            .or_else(|| {
                let number = ahead.number()?.value;
                let date = Date::new(
                    day.date.year(),
                    day.date.month(),
                    i8::try_from(number).ok()?,
                );
                (ahead.eat_any(&["日", "号"])).then_some(date.ok()?)
            })?;
        ahead.eat_any(&["之间"]);
        (last > day.date).then_some(last)
    });
    Found::days(day.date, last.unwrap_or(day.date), SaidKind::Window)
}

/// 明天（2月14日，调休上班）, 今晚, 次日. A date in the bracket wins over the word before it.
fn day_word(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let before = scan.head();
    let start = scan.pos();
    let (found, open) = match scan.eat_key(DAYS) {
        Some(found) => (found, None),
        None => (scan.eat_key(FROM_DAY)?, Some(Unclear::FromEvent)),
    };
    let (days, part) = found;
    let word = scan.head().get(start..).unwrap_or_default();
    // 目前天, 说明天数, 今天天气 (a day, but of the weather).
    if splits_a_word(before, word) || scan.before_any(&["天气", "气", "生"]) {
        return None;
    }
    let by_bracket = bracket(context, scan);
    Some(Day {
        date: by_bracket.or_else(|| in_days(context, days))?,
        open: open.filter(|_| by_bracket.is_none()),
        part,
    })
}

/// 周五, 下周一, 这周五, 下下周三. Without 下 or 本 the next such day is meant.
fn weekday(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let week = scan.eat_key(&[
        ("下下个", 2),
        ("下下", 2),
        ("下个", 1),
        ("下", 1),
        ("本", 0),
        ("这个", 0),
        ("这", 0),
    ]);
    if week.is_none()
        && scan.after_any(&[
            "每", "上", "上个", "一", "二", "两", "三", "四", "个", "半", "逢",
        ])
    {
        return None;
    }
    if !scan.eat_any(WEEK) {
        return None;
    }
    let weekday = scan.eat_key(WEEKDAYS)?;
    // 下周一起 (together), 周一样, 周日均, 下周三天内.
    let joined = scan.head().ends_with('一')
        && scan.before_any(&["起", "样", "直", "定", "共", "般", "些", "次", "边"]);
    if joined || scan.before_any(&["个", "天", "次", "均", "常"]) {
        return None;
    }
    let date = match week {
        Some(weeks) => in_week(context, weeks, weekday)?,
        None => coming(context, weekday)?,
    };
    let by_bracket = bracket(context, scan);
    Some(Day {
        date: by_bracket.unwrap_or(date),
        open: by_bracket.is_none().then_some(Unclear::Weekday),
        part: None,
    })
}

/// 15号, 本月15日, 下个月5号, 15日前.
fn numbered(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let months = scan.eat_key(&[
        ("下个月的", 1),
        ("下个月", 1),
        ("下月", 1),
        ("这个月", 0),
        ("本月", 0),
        ("当月", 0),
        ("月底前的", 0),
    ]);
    if months.is_none() {
        let glued = scan.before().is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || "路街巷弄道楼门第站店编单型代牌账工区号-_/.，幢栋座室院镇村线年月、～~每#"
                    .contains(c)
                || "零一二三四五六七八九十两".contains(c)
        });
        if glued {
            return None;
        }
    }
    let day = scan.number().filter(|day| (1..=31).contains(&day.value))?;
    if scan.eat("号") {
        if scan.before_any(NUMBERED) {
            return None;
        }
    } else if !(scan.eat("日") && (months.is_some() || scan.before_any(BEFORE))) {
        return None;
    }
    // 15日前已寄出: days ago.
    if months.is_none() && scan.before_any(&["前已", "前就", "前刚", "前我", "之前已", "内"])
    {
        return None;
    }
    let date = day_of_month(context, months, day.value)?;
    bracket(context, scan);
    Some(Day::new(date))
}

/// 3月16日（周一）, 2026-03-16, 3/15
fn dated(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let mut day = scan
        .maybe(|ahead| date(context, ahead).map(Day::new))
        .or_else(|| scan.maybe(|ahead| slashed(context, ahead)))?;
    scan.maybe(|ahead| {
        ahead.spaces();
        bracket(context, ahead);
        if ahead.eat_any(WEEK) {
            ahead.eat_key(WEEKDAYS)?;
        }
        Some(())
    });
    day.part = None;
    Some(day)
}

/// 3月16日, 三月十六号, 2026年3月16日, 2026-03-16
fn date(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    if scan.after_any(&["第", ".", "-", "/"]) {
        return None;
    }
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
    if !scan.eat_any(&["日", "号"]) || scan.before_any(&["店", "线", "楼"]) {
        return None;
    }
    date_of(context, year, month, day)
}

/// 3/15, 12/3前. A fraction, a page (1/2) and 24/7 are none: one with a day above twelve, or one with a limit, is a date.
fn slashed(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let (month, day) = month_and_day(scan)?;
    if day <= 12 && !scan.before_any(BEFORE) {
        return None;
    }
    Some(Day::new(date_of(context, None, month, day)?))
}

/// Eats a short bracket after a day and gives the date in it, if there is one: （2月14日，调休上班）, （周二）.
pub(super) fn bracket(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    let mut ahead = scan.clone();
    ahead.spaces();
    if !ahead.eat("(") || ahead.before_any(&["utc"]) {
        return None;
    }
    let found = ahead.maybe(|ahead| date(context, ahead));
    for _ in 0..24 {
        if ahead.eat(")") {
            *scan = ahead;
            return found;
        }
        let next = ahead.peek()?;
        ahead.eat(next.encode_utf8(&mut [0; 4]));
    }
    None
}
