//! Chinese rules. The text is in its plain form: simplified, half width.

mod clock;
mod day;
mod length;
mod named;
mod skipped;

use jiff::civil::Weekday;

use super::Rule;
use super::resolve::Part;

/// The rules, the more specific before the more general.
pub(super) const RULES: &[Rule] = &[
    skipped::over,
    skipped::returning,
    named::holiday,
    named::month_or_year,
    named::week,
    named::working_day,
    day::on_day,
    length::length,
    clock::closing_alone,
    clock::part_alone,
];

/// What is tried when no rule of either language fits: a clock time by itself.
pub(super) const LAST_RULES: &[Rule] = &[clock::alone];

const PARTS: &[(&str, Part)] = &[
    ("凌晨", Part::Night),
    ("大清早", Part::Early),
    ("清早", Part::Early),
    ("清晨", Part::Early),
    ("一大早", Part::Early),
    ("一早", Part::Early),
    ("早上", Part::Morning),
    ("早晨", Part::Morning),
    ("早间", Part::Morning),
    ("上午", Part::Morning),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("午间", Part::Noon),
    ("下午", Part::Afternoon),
    ("午后", Part::Afternoon),
    ("傍晚", Part::Dusk),
    ("晚上", Part::Evening),
    ("晚间", Part::Evening),
    ("夜里", Part::Late),
    ("夜间", Part::Late),
    ("半夜", Part::Late),
    ("午夜", Part::Late),
    ("深夜", Part::Late),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("一", Weekday::Monday),
    ("1", Weekday::Monday),
    ("二", Weekday::Tuesday),
    ("2", Weekday::Tuesday),
    ("三", Weekday::Wednesday),
    ("3", Weekday::Wednesday),
    ("四", Weekday::Thursday),
    ("4", Weekday::Thursday),
    ("五", Weekday::Friday),
    ("5", Weekday::Friday),
    ("六", Weekday::Saturday),
    ("6", Weekday::Saturday),
    ("日", Weekday::Sunday),
    ("天", Weekday::Sunday),
    ("7", Weekday::Sunday),
];

const WEEK: &[&str] = &["周", "星期", "礼拜"];
const BEFORE: &[&str] = &["之前", "以前", "前"];
const WITHIN: &[&str] = &["之内", "以内", "内", "里"];
const AFTER: &[&str] = &["之后", "以后", "过后", "后"];
const TO: &[&str] = &["到", "至", "-", "~"];
/// Closing time, without the 前 that makes it a limit.
const CLOSING: &[&str] = &["下班", "打烊", "收工"];
/// From a day on: no deadline.
const FROM_ON: &[&str] = &["起", "开始", "以来", "至今", "以后", "之后", "过后", "后"];
