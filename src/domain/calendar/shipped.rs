//! The calendars compiled in.

use super::{Calendar, CalendarError, SourceText};

const SITE: SourceText<'static> = SourceText {
    file: "calendar/site.toml",
    text: include_str!("../../../assets/calendar/site.toml"),
};
const HOTLINE: SourceText<'static> = SourceText {
    file: "calendar/hotline.toml",
    text: include_str!("../../../assets/calendar/hotline.toml"),
};
const YEARS: [SourceText<'static>; 4] = [
    SourceText {
        file: "calendar/cn-2024.toml",
        text: include_str!("../../../assets/calendar/cn-2024.toml"),
    },
    SourceText {
        file: "calendar/cn-2025.toml",
        text: include_str!("../../../assets/calendar/cn-2025.toml"),
    },
    SourceText {
        file: "calendar/cn-2026.toml",
        text: include_str!("../../../assets/calendar/cn-2026.toml"),
    },
    SourceText {
        file: "calendar/cn-2027.toml",
        text: include_str!("../../../assets/calendar/cn-2027.toml"),
    },
];

/// The shipped working calendar: Monday to Friday 09:00 to 18:00 in Asia/Shanghai, holidays of 2024 to 2027.
///
/// # Errors
/// Never in a build whose tests pass; the files are parsed like any other.
pub fn shipped() -> Result<Calendar, CalendarError> {
    Calendar::parse(SITE, &YEARS)
}

/// The shipped service calendar of the hotline: every day 09:00 to 20:00, holidays included.
///
/// # Errors
/// Never in a build whose tests pass; the files are parsed like any other.
pub fn shipped_hotline() -> Result<Calendar, CalendarError> {
    Calendar::parse(HOTLINE, &YEARS)
}
