//! Words about times that promise nothing: what is over, and what returns.

use super::super::Context;
use super::super::found::Step;
use super::super::scan::Scan;
use super::clock::{clock, tail};
use super::{PARTS, TO, WEEK, WEEKDAYS};

/// 昨天17:00, 上周三下午, 前天, 刚才, 上个月5号.
pub(super) fn over(_: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if scan.eat_any(&[
        "昨天",
        "昨日",
        "昨晚",
        "昨儿",
        "昨夜",
        "大前天",
        "前晚",
        "前日",
    ]) || scan.before_any(&["前天"])
        && !scan.after_any(&["目", "之", "以", "提", "先", "日"])
        && scan.eat("前天")
    {
        // As it is.
    } else if scan.eat_any(&["上个", "上"]) {
        if scan.eat_any(WEEK) {
            if scan.eat_key(WEEKDAYS).is_none() && !scan.eat("末") {
                return Some(Step::Skip);
            }
        } else if scan.eat("月") {
            scan.eat_any(&["底", "初", "末", "中旬"]);
            scan.maybe(|ahead| {
                ahead.number()?;
                ahead.eat_any(&["号", "日"]).then_some(())
            });
        } else {
            return None;
        }
    } else {
        return None;
    }
    eat_clock(scan);
    Some(Step::Skip)
}

/// 每天9点到18点, 周一至周五9:00-17:30, 营业时间：9:00-21:00, 9:00-18:00营业.
pub(super) fn returning(_: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if scan.eat_any(&["每天", "每日", "每晚", "每早", "天天"]) {
        eat_clock(scan);
        return Some(Step::Skip);
    }
    if scan.eat_any(&["每周", "每个星期", "每星期", "每逢周", "每月"]) {
        let weekly = scan.head().ends_with(['周', '期']);
        if weekly {
            scan.eat_key(WEEKDAYS);
            range(scan);
        } else {
            scan.maybe(|ahead| {
                ahead.number()?;
                ahead.eat_any(&["号", "日"]).then_some(())
            });
        }
        eat_clock(scan);
        return Some(Step::Skip);
    }
    // 周一至周五9:00-17:30: only with hours; without, it may be when somebody comes.
    if let Some(()) = scan.maybe(|ahead| {
        ahead.eat_any(WEEK).then_some(())?;
        ahead.eat_key(WEEKDAYS)?;
        range(ahead)?;
        eat_clock(ahead).then_some(())
    }) {
        return Some(Step::Skip);
    }
    if scan.eat_any(&[
        "营业时间",
        "服务时间",
        "工作时间",
        "上班时间",
        "办公时间",
        "开放时间",
        "客服时间",
        "受理时间",
        "在线时间",
        "接听时间",
        "入住时间",
        "退房时间",
        "营业",
        "人工服务",
    ]) {
        scan.eat_any(&["段"]);
        scan.eat_any(&["是", "为", ":", "："]);
        scan.eat_any(&["早上", "工作日"]);
        scan.spaces();
        scan.maybe(|ahead| {
            ahead.eat_any(WEEK).then_some(())?;
            ahead.eat_key(WEEKDAYS)?;
            range(ahead)
        });
        eat_clock(scan);
        return Some(Step::Skip);
    }
    hours_with_verb(scan)
}

/// 9:00-21:00在线, 早上9点开门, 18点下班.
fn hours_with_verb(scan: &mut Scan<'_>) -> Option<Step> {
    if scan.follows(PARTS) || scan.after_any(&["第", ":", "."]) {
        return None;
    }
    let part = scan.eat_key(PARTS);
    let start = clock(scan, part)?;
    tail(scan, start);
    scan.eat_any(&["才", "就", "准时"]);
    let verb = scan.before_any(&[
        "营业",
        "开门",
        "关门",
        "上班",
        "下班",
        "在线",
        "打烊",
        "开店",
        "闭店",
        "开放",
        "停止入场",
        "开始办理",
        "人工服务",
        "有人接",
        "可以入住",
        "退房",
    ]);
    verb.then_some(Step::Skip)
}

/// 至周五 after 周一.
fn range(scan: &mut Scan<'_>) -> Option<()> {
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_any(TO).then_some(())?;
        ahead.spaces();
        ahead.eat_any(WEEK);
        ahead.eat_key(WEEKDAYS)?;
        Some(())
    })
}

/// Eats what may follow a day: a part of it, a clock time, a stretch.
fn eat_clock(scan: &mut Scan<'_>) -> bool {
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_any(&[",", "的", ":"]);
        ahead.spaces();
        let part = ahead.eat_key(PARTS);
        let start = clock(ahead, part)?;
        tail(ahead, start);
        Some(())
    })
    .is_some()
        || scan.eat_key(PARTS).is_some()
}
