//! Saying a time so that it cannot be misread (method 3.3).
//!
//! The day is named by its distance from the speaker's today; from tomorrow on the date stands beside it, so that the words
//! stay right when they are read later. The clock is always HH:MM, so that 12点 and 半夜 never appear.

use jiff::civil::{Date, DateTime, Weekday};

use crate::domain::calendar::{Calendar, DayKind};
use crate::domain::lang::Lang;
use crate::domain::time::{Ms, Zone, local};

/// The promised time as a customer in `zone` reads it at `now`: "明天（2月14日，调休上班）12:00前", "by 17:00 today". When the
/// wall clock of `zone` differs from the calendar's, the zone is added.
#[must_use]
pub fn render(due: Ms, now: Ms, zone: &Zone, calendar: &Calendar, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "{}前{}",
            bare_zh(due, now, zone, calendar),
            zone_words(due, zone, calendar, lang)
        ),
        Lang::En => {
            let said = Said::of(due, now, zone, calendar);
            format!(
                "by {}{}",
                said.english(),
                zone_words(due, zone, calendar, lang)
            )
        }
    }
}

/// The same time without 前 and by, for a line that carries its own ("我3月16日（周一）11:00给您回电", "at 11:00 on Mon 16 Mar").
#[must_use]
pub fn render_bare(due: Ms, now: Ms, zone: &Zone, calendar: &Calendar, lang: Lang) -> String {
    let time = match lang {
        Lang::Zh => bare_zh(due, now, zone, calendar),
        Lang::En => Said::of(due, now, zone, calendar).english(),
    };
    time + &zone_words(due, zone, calendar, lang)
}

fn bare_zh(due: Ms, now: Ms, zone: &Zone, calendar: &Calendar) -> String {
    Said::of(due, now, zone, calendar).chinese()
}

/// The parts of a said time.
struct Said {
    at: DateTime,
    today: Date,
    make_up: bool,
}

impl Said {
    fn of(due: Ms, now: Ms, zone: &Zone, calendar: &Calendar) -> Self {
        let site_day = calendar.date_of(due);
        Self {
            at: local(due, zone),
            today: local(now, zone).date(),
            make_up: calendar.is_working(site_day) == Ok(DayKind::MakeUp),
        }
    }

    fn is_today(&self) -> bool {
        self.at.date() == self.today
    }

    fn is_tomorrow(&self) -> bool {
        self.today
            .tomorrow()
            .is_ok_and(|next| next == self.at.date())
    }

    fn clock(&self) -> String {
        self.at.strftime("%H:%M").to_string()
    }

    fn chinese(&self) -> String {
        let (month, day, clock) = (self.at.month(), self.at.day(), self.clock());
        let make_up = if self.make_up { "，调休上班" } else { "" };
        if self.is_today() {
            format!("今天{clock}")
        } else if self.is_tomorrow() {
            format!("明天（{month}月{day}日{make_up}）{clock}")
        } else {
            let year = self
                .other_year()
                .map(|year| format!("{year}年"))
                .unwrap_or_default();
            let weekday = weekday_zh(self.at.weekday());
            format!("{year}{month}月{day}日（{weekday}{make_up}）{clock}")
        }
    }

    fn english(&self) -> String {
        let clock = self.clock();
        let date = self.at.strftime("%-d %b").to_string();
        if self.is_today() {
            format!("{clock} today")
        } else if self.is_tomorrow() {
            let make_up = if self.make_up {
                ", a make-up working day"
            } else {
                ""
            };
            format!("{clock} tomorrow ({date}{make_up})")
        } else {
            let make_up = if self.make_up {
                " (a make-up working day)"
            } else {
                ""
            };
            let year = self
                .other_year()
                .map(|year| format!(" {year}"))
                .unwrap_or_default();
            let weekday = self.at.strftime("%a");
            format!("{clock} on {weekday} {date}{year}{make_up}")
        }
    }

    fn other_year(&self) -> Option<i16> {
        (self.at.year() != self.today.year()).then(|| self.at.year())
    }
}

/// The offset of the customer's zone, when it is not the calendar's.
fn zone_words(due: Ms, zone: &Zone, calendar: &Calendar, lang: Lang) -> String {
    let offset = zone.offset_secs(due);
    if offset == calendar.zone().offset_secs(due) {
        return String::new();
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 3600, offset.abs() % 3600 / 60);
    let minutes = if minutes == 0 {
        String::new()
    } else {
        format!(":{minutes:02}")
    };
    match lang {
        Lang::Zh => format!("（UTC{sign}{hours}{minutes}）"),
        Lang::En => format!(" (UTC{sign}{hours}{minutes})"),
    }
}

const fn weekday_zh(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}
