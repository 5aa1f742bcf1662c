#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod errors;
mod props;

use jiff::civil::{Date, DateTime, date};

use super::*;
use crate::domain::lang::Lang;
use crate::domain::time::{Ms, from_local, local};

const LUNCH: &str = r#"
zone = "Asia/Shanghai"
holidays = "closed"
[week]
mon = ["09:00-12:00", "13:30-18:00"]
tue = ["09:00-12:00", "13:30-18:00"]
wed = ["09:00-12:00", "13:30-18:00"]
thu = ["09:00-12:00", "13:30-18:00"]
fri = ["09:00-12:00", "13:30-18:00"]
sat = []
sun = []
"#;

fn base(text: &str) -> SourceText<'_> {
    SourceText {
        file: "site.toml",
        text,
    }
}

fn cn(year: i16) -> SourceText<'static> {
    match year {
        2026 => SourceText {
            file: "cn-2026.toml",
            text: include_str!("../../../../assets/calendar/cn-2026.toml"),
        },
        _ => SourceText {
            file: "cn-2027.toml",
            text: include_str!("../../../../assets/calendar/cn-2027.toml"),
        },
    }
}

/// "2026-03-11T14:20" on a Shanghai wall clock.
fn at(calendar: &Calendar, text: &str) -> Ms {
    from_local(text.parse::<DateTime>().unwrap(), calendar.zone())
}

fn wall(calendar: &Calendar, at: Ms) -> String {
    local(at, calendar.zone())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

/// Every day of the shipped years against a table made from the notices by another program.
/// w worked, - weekend, H off, M make-up day, ? perhaps off.
#[test]
fn all_days_of_the_shipped_years() {
    let calendar = shipped().unwrap();
    let mut seen = 0;
    for line in include_str!("../golden.txt").lines() {
        let (month, letters) = line.split_once(' ').unwrap();
        let first: Date = format!("{month}-01").parse().unwrap();
        assert_eq!(
            letters.len(),
            usize::from(first.days_in_month().unsigned_abs()),
            "{month}"
        );
        for (letter, day) in letters.chars().zip(first.series(jiff::Span::new().days(1))) {
            let expected = match letter {
                'w' => DayKind::Working,
                '-' => DayKind::Weekend,
                'H' => DayKind::Holiday,
                'M' => DayKind::MakeUp,
                '?' => DayKind::MaybeOff,
                other => panic!("letter {other}"),
            };
            assert_eq!(calendar.is_working(day).unwrap(), expected, "{day}");
            let minutes: i64 = calendar
                .spans_on(day)
                .unwrap()
                .iter()
                .map(Span::minutes)
                .sum();
            assert_eq!(minutes, if expected.works() { 540 } else { 0 }, "{day}");
            let (start, end) = (calendar.instant(day, 0), calendar.instant(day, 1440));
            assert_eq!(
                calendar.business_minutes(start, end).unwrap(),
                minutes,
                "{day}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 366 + 3 * 365);
}

/// The totals that every employer knows: 251, 248 and 248 working days.
#[test]
fn working_days_per_year() {
    let calendar = shipped().unwrap();
    for (year, days) in [(2024, 251), (2025, 248), (2026, 248), (2027, 243)] {
        let minutes = calendar
            .business_minutes(
                calendar.instant(date(year, 1, 1), 0),
                calendar.instant(date(year, 12, 31), 1440),
            )
            .unwrap();
        assert_eq!(minutes, days * 540, "{year}");
    }
}

#[test]
fn labels_and_sources() {
    let calendar = shipped().unwrap();
    let words = |y, m, d, lang| {
        calendar
            .day_label(date(y, m, d))
            .map(|label| label.words(lang).to_owned())
    };
    assert_eq!(words(2026, 2, 14, Lang::Zh).unwrap(), "调休上班");
    assert_eq!(words(2026, 2, 14, Lang::En).unwrap(), "make-up working day");
    assert_eq!(words(2026, 2, 17, Lang::Zh).unwrap(), "春节");
    assert_eq!(words(2026, 10, 1, Lang::En).unwrap(), "National Day");
    assert_eq!(words(2026, 3, 11, Lang::En), None);
    let mark = calendar.mark(date(2025, 10, 8)).unwrap();
    assert_eq!(mark.source.file, "calendar/cn-2025.toml");
    assert!(mark.source.text.contains("〔2024〕12号"));
    assert!(calendar.is_provisional(2027) && !calendar.is_provisional(2026));
}

#[test]
fn adding() {
    let plain = shipped().unwrap();
    let lunch = Calendar::parse(base(LUNCH), &[cn(2026)]).unwrap();
    for (calendar, now, minutes, due) in [
        (&plain, "2026-03-11T14:20", 160, "2026-03-11T17:00"),
        (&plain, "2026-02-13T16:40", 240, "2026-02-14T11:40"),
        (&plain, "2026-02-14T17:30", 240, "2026-02-24T12:30"),
        (&plain, "2026-03-11T14:20", 220, "2026-03-11T18:00"),
        (&plain, "2026-03-11T14:20", 221, "2026-03-12T09:01"),
        (&plain, "2026-03-14T10:00", 0, "2026-03-14T10:00"),
        (&plain, "2026-03-14T10:00", 1, "2026-03-16T09:01"),
        (&plain, "2026-02-24T09:10", -20, "2026-02-14T17:50"),
        (&lunch, "2026-03-11T11:30", 60, "2026-03-11T14:00"),
        (&lunch, "2026-03-11T11:30", 30, "2026-03-11T12:00"),
        (&lunch, "2026-03-11T12:15", 30, "2026-03-11T14:00"),
        (&lunch, "2026-03-11T14:00", -60, "2026-03-11T11:30"),
        (&lunch, "2026-03-11T14:00", -30, "2026-03-11T13:30"),
    ] {
        let got = calendar.add(at(calendar, now), minutes).unwrap();
        assert_eq!(wall(calendar, got), due, "{now} + {minutes}");
    }
    assert_eq!(plain.day_minutes(), 540);
    assert_eq!(lunch.day_minutes(), 450);
}

#[test]
fn spans_and_openings() {
    let lunch = Calendar::parse(base(LUNCH), &[cn(2026)]).unwrap();
    let span = lunch
        .span_at(at(&lunch, "2026-03-11T13:30"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (wall(&lunch, span.0), wall(&lunch, span.1)),
        ("2026-03-11T13:30".into(), "2026-03-11T18:00".into())
    );
    assert_eq!(lunch.span_at(at(&lunch, "2026-03-11T12:00")).unwrap(), None);
    for (now, open) in [
        ("2026-03-11T12:00", "2026-03-11T13:30"),
        ("2026-03-11T10:00", "2026-03-11T10:00"),
        ("2026-02-14T18:00", "2026-02-24T09:00"),
    ] {
        assert_eq!(
            wall(&lunch, lunch.next_open(at(&lunch, now)).unwrap()),
            open
        );
    }
}

#[test]
fn a_missing_year_is_refused() {
    let calendar = shipped().unwrap();
    let missing = calendar.is_working(date(2028, 1, 3)).unwrap_err();
    assert_eq!(
        missing,
        NoYear {
            year: 2028,
            known: vec![2024, 2025, 2026, 2027]
        }
    );
    assert!(missing.to_string().contains("cn-2028.toml"));
    let eve = at(&calendar, "2027-12-31T17:00");
    assert_eq!(
        wall(&calendar, calendar.add(eve, 60).unwrap()),
        "2027-12-31T18:00"
    );
    assert_eq!(calendar.add(eve, 61).unwrap_err().year, 2028);
    assert_eq!(
        calendar
            .sub(at(&calendar, "2024-01-02T09:10"), 11)
            .unwrap_err()
            .year,
        2023
    );
    assert_eq!(
        calendar
            .business_minutes(eve, at(&calendar, "2028-01-01T00:00"))
            .unwrap(),
        60
    );
    assert_eq!(
        calendar
            .business_minutes(eve, at(&calendar, "2028-01-01T00:01"))
            .unwrap_err()
            .year,
        2028
    );
    assert_eq!(
        calendar
            .explain(eve, at(&calendar, "2028-01-02T00:00"))
            .unwrap_err()
            .year,
        2028
    );
    assert_eq!(calendar.legal_due(eve, 1).unwrap_err().year, 2028);
    assert_eq!(calendar.add(eve, i64::MAX).unwrap_err().year, 2028);
}

#[test]
fn an_open_calendar_needs_no_year() {
    let hotline = shipped_hotline().unwrap();
    let due = hotline.add(at(&hotline, "2029-12-31T19:00"), 120).unwrap();
    assert_eq!(wall(&hotline, due), "2030-01-01T10:00");
    assert!(!hotline.is_provisional(2027));
}

#[test]
fn explained_day_by_day() {
    let calendar = shipped().unwrap();
    let from = at(&calendar, "2026-02-13T16:40");
    let due = calendar.add(from, 700).unwrap();
    let rows = calendar.explain(from, due).unwrap();
    assert_eq!(rows.iter().map(|row| row.minutes).sum::<i64>(), 700);
    assert_eq!(rows.first().unwrap().minutes, 80);
    assert_eq!(rows[1].kind, DayKind::MakeUp);
    assert_eq!(
        rows[1].mark.as_ref().unwrap().source.file,
        "calendar/cn-2026.toml"
    );
    let holidays: Vec<_> = rows
        .iter()
        .filter(|row| row.kind == DayKind::Holiday)
        .collect();
    assert_eq!(holidays.len(), 9);
    assert!(
        holidays
            .iter()
            .all(|row| row.mark.as_ref().unwrap().name == "春节" && row.counted.is_empty())
    );
    let last = rows.last().unwrap();
    assert_eq!(
        (last.date, last.counted.len(), last.provisional),
        (date(2026, 2, 24), 1, false)
    );
}

#[test]
fn legal_limits_in_natural_days() {
    let calendar = shipped().unwrap();
    for (received, days, raw, legal, own) in [
        // The vector of method 2d.
        (
            "2026-02-01T10:00",
            15,
            "2026-02-16",
            "2026-02-24",
            "2026-02-14",
        ),
        (
            "2026-03-02T23:59",
            15,
            "2026-03-17",
            "2026-03-17",
            "2026-03-16",
        ),
        // A weekend rolls on; a make-up Saturday does not.
        (
            "2026-03-13T09:00",
            15,
            "2026-03-28",
            "2026-03-30",
            "2026-03-27",
        ),
        (
            "2026-02-13T09:00",
            15,
            "2026-02-28",
            "2026-02-28",
            "2026-02-27",
        ),
        // Nothing worked lies between: the legal day itself.
        (
            "2026-03-15T09:00",
            1,
            "2026-03-16",
            "2026-03-16",
            "2026-03-16",
        ),
        // Provisional: statutory days roll, a doubtful day does not, and the own day is surely worked.
        (
            "2027-01-22T09:00",
            15,
            "2027-02-06",
            "2027-02-09",
            "2027-02-04",
        ),
        (
            "2027-01-26T09:00",
            15,
            "2027-02-10",
            "2027-02-10",
            "2027-02-04",
        ),
    ] {
        let due = calendar.legal_due(at(&calendar, received), days).unwrap();
        let got = [due.raw, due.legal, due.own].map(|date| date.to_string());
        assert_eq!(got, [raw, legal, own], "{received} + {days}");
        assert_eq!(due.provisional, received.starts_with("2027"));
    }
}

#[test]
fn night_shift_over_midnight_is_one_stretch() {
    let text = LUNCH
        .replace(
            "fri = [\"09:00-12:00\", \"13:30-18:00\"]",
            "fri = [\"22:00-24:00\"]",
        )
        .replace("sat = []", "sat = [\"00:00-06:00\"]");
    let calendar = Calendar::parse(base(&text), &[cn(2026)]).unwrap();
    let due = calendar
        .add(at(&calendar, "2026-03-13T23:00"), 180)
        .unwrap();
    assert_eq!(wall(&calendar, due), "2026-03-14T02:00");
}

#[test]
fn the_hour_a_clock_change_takes_is_not_worked() {
    let text = LUNCH
        .replace("Asia/Shanghai", "Europe/Berlin")
        .replace("sun = []", "sun = [\"01:00-04:00\"]");
    let calendar = Calendar::parse(base(&text), &[cn(2026)]).unwrap();
    let day = date(2026, 3, 29);
    let worked = calendar
        .business_minutes(calendar.instant(day, 0), calendar.instant(day, 1440))
        .unwrap();
    assert_eq!(worked, 120);
}
