//! English rules. The text is in its plain form: half width, lower case. Words count whole.

mod clock;
mod day;
mod length;
mod named;
mod skipped;

use jiff::civil::Weekday;

use super::resolve::Part;
use super::{Rule, SaidKind};

/// The rules, the more specific before the more general.
pub(super) const RULES: &[Rule] = &[
    skipped::over,
    skipped::returning,
    length::length,
    named::named,
    day::time_then_day,
    day::day_then_time,
];

const PREPOSITIONS: &[(&str, SaidKind)] = &[
    ("no later than", SaidKind::By),
    ("not later than", SaidKind::By),
    ("at the latest by", SaidKind::By),
    ("by", SaidKind::By),
    ("before", SaidKind::By),
    ("until", SaidKind::By),
    ("at", SaidKind::At),
    ("around", SaidKind::At),
    ("about", SaidKind::At),
    ("for", SaidKind::At),
];

const PARTS: &[(&str, Part)] = &[
    ("morning", Part::Morning),
    ("lunchtime", Part::Noon),
    ("afternoon", Part::Afternoon),
    ("evening", Part::Evening),
    ("night", Part::Evening),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Short names; some are words of their own, so they count only beside another word of time.
const SHORT_WEEKDAYS: &[(&str, Weekday)] = &[
    ("mon", Weekday::Monday),
    ("tues", Weekday::Tuesday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thurs", Weekday::Thursday),
    ("thur", Weekday::Thursday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

const MONTHS: &[(&str, i64)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];
