//! Reading a calendar from the text of its files. Every error has file, line and remedy.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde::Deserialize;
use toml::Spanned;

use super::span::DAY_MINUTES;
use super::{Calendar, CalendarError, Mark, MarkKind, Source, SourceText, Span};
use crate::domain::time::Zone;

const SPAN_REMEDY: &str = "write \"HH:MM-HH:MM\" with the end after the start, spans in order and without overlap, a night shift as two days";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaseFile {
    zone: Spanned<String>,
    holidays: Holidays,
    week: Spanned<Week>,
    makeup: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Holidays {
    Closed,
    Open,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    mon: Vec<Spanned<String>>,
    tue: Vec<Spanned<String>>,
    wed: Vec<Spanned<String>>,
    thu: Vec<Spanned<String>>,
    fri: Vec<Spanned<String>>,
    sat: Vec<Spanned<String>>,
    sun: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: Spanned<i16>,
    provisional: bool,
    #[serde(default)]
    off: Vec<RangeEntry>,
    #[serde(default)]
    work: Vec<DayEntry>,
    #[serde(default)]
    maybe_off: Vec<RangeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeEntry {
    name: String,
    name_en: String,
    from: Spanned<String>,
    to: Spanned<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayEntry {
    name: String,
    name_en: String,
    date: Spanned<String>,
    source: String,
}

impl Calendar {
    /// A calendar from the site file and the year files.
    ///
    /// # Errors
    /// The first thing wrong: bad TOML, unknown key, zone or date, spans out of order, a date outside its year, a date with
    /// two meanings or without a source, a doubtful day in a final year, a year given twice.
    pub fn parse(base: SourceText<'_>, years: &[SourceText<'_>]) -> Result<Self, CalendarError> {
        let file: BaseFile = toml::from_str(base.text).map_err(|e| base.toml_error(&e))?;
        let zone = Zone::named(file.zone.get_ref()).map_err(|e| {
            base.error(
                file.zone.span().start,
                e.to_string(),
                "correct the line `zone`",
            )
        })?;
        let at = file.week.span().start;
        let w = file.week.into_inner();
        let mut week: [Vec<Span>; 7] = Default::default();
        for (slot, texts) in week
            .iter_mut()
            .zip([w.mon, w.tue, w.wed, w.thu, w.fri, w.sat, w.sun])
        {
            *slot = spans(&base, &texts)?;
        }
        let Some(first) = week.iter().find(|spans| !spans.is_empty()) else {
            return Err(base.error(
                at,
                "no day of the week is worked",
                "give at least one day a span",
            ));
        };
        let makeup = match file.makeup {
            Some(texts) => spans(&base, &texts)?,
            None => first.clone(),
        };
        let mut calendar = Self {
            zone,
            open_on_holidays: file.holidays == Holidays::Open,
            week,
            makeup,
            years: BTreeMap::new(),
            marks: BTreeMap::new(),
        };
        for year in years {
            calendar.take_year(year)?;
        }
        Ok(calendar)
    }

    fn take_year(&mut self, text: &SourceText<'_>) -> Result<(), CalendarError> {
        let file: YearFile = toml::from_str(text.text).map_err(|e| text.toml_error(&e))?;
        let (at, year) = (file.year.span().start, file.year.into_inner());
        if !(1970..=9998).contains(&year) {
            return Err(text.error(
                at,
                format!("{year} is not a year this calendar can hold"),
                "write a year from 1970",
            ));
        }
        if self.years.insert(year, file.provisional).is_some() {
            return Err(text.error(
                at,
                format!("the year {year} is given twice"),
                "keep one file per year",
            ));
        }
        for (kind, entries) in [
            (MarkKind::Off, file.off),
            (MarkKind::MaybeOff, file.maybe_off),
        ] {
            for entry in entries {
                let at = entry.from.span().start;
                if kind == MarkKind::MaybeOff && !file.provisional {
                    let remedy = "enter the days of the notice and delete `maybe_off`, or set provisional = true";
                    return Err(text.error(
                        at,
                        format!("{year} is final but has doubtful days"),
                        remedy,
                    ));
                }
                let (from, to) = (day(text, &entry.from, year)?, day(text, &entry.to, year)?);
                if to < from {
                    return Err(text.error(
                        at,
                        format!("{to} is before {from}"),
                        "write `from` before `to`",
                    ));
                }
                let mark = Mark {
                    kind,
                    name: entry.name,
                    name_en: entry.name_en,
                    source: Source {
                        file: text.file.to_owned(),
                        line: text.line_of(at),
                        text: entry.source,
                    },
                };
                for date in from
                    .series(jiff::Span::new().days(1))
                    .take_while(|d| *d <= to)
                {
                    self.set(text, at, date, mark.clone())?;
                }
            }
        }
        for entry in file.work {
            let at = entry.date.span().start;
            let date = day(text, &entry.date, year)?;
            let source = Source {
                file: text.file.to_owned(),
                line: text.line_of(at),
                text: entry.source,
            };
            let mark = Mark {
                kind: MarkKind::Work,
                name: entry.name,
                name_en: entry.name_en,
                source,
            };
            self.set(text, at, date, mark)?;
        }
        Ok(())
    }

    fn set(
        &mut self,
        text: &SourceText<'_>,
        at: usize,
        date: Date,
        mark: Mark,
    ) -> Result<(), CalendarError> {
        if mark.source.text.trim().is_empty() {
            return Err(text.error(
                at,
                format!("{date} has no source"),
                "name the notice in `source`",
            ));
        }
        match self.marks.insert(date, mark) {
            None => Ok(()),
            Some(old) => {
                let what = format!(
                    "{date} already stands in {} line {}",
                    old.source.file, old.source.line
                );
                Err(text.error(at, what, "keep one entry per date"))
            }
        }
    }
}

/// A date of a year file. The December before is allowed: a notice may reach back over New Year's Eve.
fn day(text: &SourceText<'_>, value: &Spanned<String>, year: i16) -> Result<Date, CalendarError> {
    let at = value.span().start;
    let parsed: Date = value.get_ref().parse().map_err(|_| {
        text.error(
            at,
            format!("\"{}\" is not a date", value.get_ref()),
            "write \"YYYY-MM-DD\"",
        )
    })?;
    if (date(year - 1, 12, 1)..=date(year, 12, 31)).contains(&parsed) {
        Ok(parsed)
    } else {
        let remedy = format!("move it to the file cn-{}.toml", parsed.year());
        Err(text.error(at, format!("{parsed} is outside the year {year}"), remedy))
    }
}

fn spans(text: &SourceText<'_>, values: &[Spanned<String>]) -> Result<Vec<Span>, CalendarError> {
    let mut out: Vec<Span> = Vec::with_capacity(values.len());
    for value in values {
        let last = out.last().map_or(0, |span| span.to);
        match span(value.get_ref()).filter(|span| span.from >= last) {
            Some(span) => out.push(span),
            None => {
                let what = format!("\"{}\" is not a span here", value.get_ref());
                return Err(text.error(value.span().start, what, SPAN_REMEDY));
            }
        }
    }
    Ok(out)
}

fn span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minute_of_day(from)?, minute_of_day(to)?);
    (from < to).then_some(Span { from, to })
}

/// Minutes after midnight of "HH:MM", up to 24:00.
fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60)
        .then_some(hour * 60 + minute)
        .filter(|m| *m <= DAY_MINUTES)
}
