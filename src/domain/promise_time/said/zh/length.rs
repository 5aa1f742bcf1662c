//! Lengths: 2小时内, 三到五个工作日, 一个半小时, 两三天内, 半个月之内.

use super::super::found::Step;
use super::super::lengths::{Length, ONE, Unit, dated, tenth};
use super::super::scan::{Scan, numeral};
use super::super::{Context, SaidKind, Unclear};
use super::day::bracket;
use super::{AFTER, BEFORE, TO, WITHIN};

const UNITS: &[(&str, Unit)] = &[
    ("个工作日", Unit::WorkingDay),
    ("工作日", Unit::WorkingDay),
    ("个自然日", Unit::Day),
    ("自然日", Unit::Day),
    ("个小时", Unit::Hour),
    ("小时", Unit::Hour),
    ("个钟头", Unit::Hour),
    ("钟头", Unit::Hour),
    ("个钟", Unit::Hour),
    ("分钟", Unit::Minute),
    ("刻钟", Unit::Minute),
    ("分", Unit::Minute),
    ("个星期", Unit::Week),
    ("星期", Unit::Week),
    ("个礼拜", Unit::Week),
    ("礼拜", Unit::Week),
    ("周", Unit::Week),
    ("个月", Unit::Month),
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("年", Unit::Year),
];

/// Words before a length by which a bare one is the time that something will take.
const TAKES: &[&str] = &[
    "预计",
    "预计需要",
    "预计还要",
    "一般",
    "一般是",
    "一般需要",
    "通常",
    "通常是",
    "通常需要",
    "大约",
    "大约需要",
    "大概",
    "大概需要",
    "约",
    "需要",
    "需",
    "还要",
    "还需",
    "还需要",
    "最快",
    "最慢",
    "最晚",
    "最迟",
    "最长",
    "最多",
    "不超过",
    "再等",
    "再过",
    "控制在",
];

/// Words after a length by which a bare one is the time that something will take.
const DONE: &[&str] = &[
    "左右",
    "到账",
    "送达",
    "到货",
    "完成",
    "能到",
    "就到",
    "就能",
    "就可以",
    "就好",
    "出结果",
    "给您",
    "给你",
    "回复",
    "答复",
    "可以到",
    "后到",
    "为您",
    "审核完",
    "发货",
    "办结",
];

/// Words before a length that is over, or that is no deadline.
const OVER: &[&str] = &[
    "等了",
    "过了",
    "拖了",
    "用了",
    "花了",
    "打了",
    "已经",
    "已",
    "超过",
    "近",
    "满",
    "每",
    "过去",
    "最近",
    "这",
    "前",
    "第",
    "保修",
    "质保",
    "有效期",
    "有效期为",
    "有效期是",
    "保质期",
    "试用",
    "保修期",
    "质保期",
    "三包",
    "上",
    "住了",
    "买了",
    "才",
    "都",
    "跑了",
    "试了",
    "晚了",
    "差了",
    "迟了",
    "延误",
    "耽误",
    "享受",
    "免费",
    "全国",
    "保价",
    "在网",
    "合约",
    "合约期",
];

/// Words after a limit by which it is a period of rights or a condition: 七天内无理由退货, 24小时内未发货.
const RIGHTS: &[&str] = &[
    "无理由",
    "包退",
    "包换",
    "可退",
    "可换",
    "可以退",
    "可以换",
    "可申请",
    "可以申请",
    "免费",
    "有效",
    "保价",
    "未",
    "没",
    "不",
    "出现",
    "如",
    "购买",
    "下单",
    "多次",
    "连续",
    "同一",
    "质量问题",
    "的订单",
    "的消费",
    "签收",
    "激活",
    "支持",
];

pub(super) fn length(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    let start = scan.clone();
    if scan
        .before()
        .is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | '-' | '/'))
    {
        return None;
    }
    let led = start.after_any(TAKES);
    let length = spoken(scan)?;
    let over = start.after_any(OVER)
        || start.after_any(&[
            "了约",
            "了大约",
            "了大概",
            "了将近",
            "了近",
            "了整整",
            "了足足",
        ]);
    let kind = if scan.eat_any(WITHIN) {
        SaidKind::Within
    } else if scan.eat_any(AFTER) {
        SaidKind::At
    } else if scan.eat_any(BEFORE) {
        // Three days ago.
        return Some(Step::Skip);
    } else {
        let takes = led || length.low.is_some() || length.unit == Unit::WorkingDay;
        let counted = takes || scan.before_any(DONE);
        if !counted || over || length.unit == Unit::Year {
            return Some(Step::Skip);
        }
        scan.eat("左右");
        scan.eat_any(WITHIN);
        SaidKind::Within
    };
    if over || kind == SaidKind::Within && scan.before_any(RIGHTS) {
        return Some(Step::Skip);
    }
    let mut found = length.counted_from_now(context, kind)?;
    if let Some(date) = bracket(context, scan) {
        // 3个工作日内（3月16日）.
        dated(&mut found, date)?;
    }
    // 收到材料后3天内, 审核通过后的24小时内.
    if start.after_any(&[
        "后",
        "后的",
        "起",
        "后,",
        "之日起",
        "以后",
        "后约",
        "后一般",
        "后预计",
        "后大约",
        "后需要",
    ]) {
        found.unclear.push(Unclear::FromEvent);
    }
    Some(found.step())
}

/// The number and the unit.
fn spoken(scan: &mut Scan<'_>) -> Option<Length> {
    if scan.eat("半") {
        let unit = scan.eat_key(&[
            ("个小时", Unit::Hour),
            ("小时", Unit::Hour),
            ("个钟头", Unit::Hour),
            ("个月", Unit::Month),
            ("年", Unit::Year),
        ])?;
        let (high, unit) = match unit {
            Unit::Year => (6 * ONE, Unit::Month),
            unit => (ONE / 2, unit),
        };
        return Some(Length {
            low: None,
            high,
            unit,
        });
    }
    let (low, high) = count(scan)?;
    // 一个半小时, 两天半 (the half after the unit is rounded up to a whole day by the counting).
    if scan.eat("个半") {
        let unit = scan.eat_key(&[
            ("小时", Unit::Hour),
            ("钟头", Unit::Hour),
            ("月", Unit::Month),
            ("星期", Unit::Week),
        ])?;
        return Some(Length {
            low,
            high: high + ONE / 2,
            unit,
        });
    }
    scan.eat("多");
    scan.spaces();
    let quarters = scan.before_any(&["刻钟"]);
    let unit = scan.eat_key(UNITS)?;
    // 5分 is a mark, 5分之一 a part; 3日 is a day of a month; 天 of 天猫.
    let limited = scan.before_any(WITHIN) || scan.before_any(AFTER);
    let mark = unit == Unit::Minute && scan.head().ends_with('分') && !limited;
    let working = scan.head().ends_with("工作日") || scan.head().ends_with("自然日");
    let of_month = scan.head().ends_with('日') && !working && !limited && low.is_none();
    let other =
        scan.before_any(&["猫", "线", "气", "之"]) && !scan.before_any(&["之内", "之后", "之前"]);
    if mark || of_month || other {
        return None;
    }
    let high = if unit != Unit::Minute && scan.eat("半") {
        high + ONE / 2
    } else {
        high
    };
    let high = if quarters { high * 15 } else { high };
    Some(Length { low, high, unit })
}

/// 3, 三五, 1.5, 3到5, 3个到5: the shorter and the longer count.
fn count(scan: &mut Scan<'_>) -> Option<(Option<i64>, i64)> {
    let first = one(scan)?;
    // 两三, 三五.
    let chinese = scan.before().and_then(numeral).is_some();
    if chinese
        && let Some(value) = scan
            .peek()
            .and_then(numeral)
            .filter(|value| value * ONE > first)
    {
        scan.number()?;
        return Some((Some(first), value * ONE));
    }
    let second = scan.maybe(|ahead| {
        ahead.eat_key(UNITS);
        ahead.spaces();
        if !ahead.eat_any(TO) && !ahead.eat_any(&["或"]) {
            return None;
        }
        ahead.spaces();
        one(ahead).filter(|second| *second > first)
    });
    Some(match second {
        Some(second) => (Some(first), second),
        None => (None, first),
    })
}

/// One number in hundredths.
fn one(scan: &mut Scan<'_>) -> Option<i64> {
    let whole = scan.number()?;
    let tenths = if whole.digits > 0 { tenth(scan) } else { 0 };
    Some(whole.value * ONE + tenths)
}
