use proptest::prelude::*;

use super::super::*;
use super::*;
use crate::domain::lang::Lang;
use crate::domain::time::MINUTE;

/// What a phrase says, in the form of the table.
fn told(text: &str, now: &str, calendar: Option<&Calendar>) -> String {
    let said = read_times(text, at(now), &shanghai(), calendar);
    let rows = said.into_iter().map(|time| {
        let meaning = match &time.meaning {
            Ok(Meaning { from: None, at }) => wall(*at),
            Ok(Meaning {
                from: Some(from),
                at,
            }) => format!("{}..{}", wall(*from), wall(*at)),
            Err(missing) => missing.to_string(),
        };
        let mut row = format!("{} @ {meaning} {:?}", &text[time.span.clone()], time.kind);
        for (flag, holds) in [(" exact", time.exact), (" working", time.working_days)] {
            row.push_str(if holds { flag } else { "" });
        }
        for what in &time.unclear {
            row.push_str(&format!(" {what:?}"));
        }
        row
    });
    rows.collect::<Vec<_>>().join(" ; ")
}

fn table() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("phrases.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(" =>").expect(line))
}

/// Every line of the table: the words found, the instants meant, the kind, what is left open.
#[test]
fn phrases() {
    let site = site();
    for (text, expected) in table() {
        assert_eq!(
            told(text, "2026-03-11T14:20", Some(&site)),
            expected.trim(),
            "{text}"
        );
    }
}

/// The table holds what it must: phrases of both languages and near-misses.
#[test]
fn the_table_is_long_enough() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let count = |zh: bool, empty: bool| {
        table()
            .filter(|(text, said)| {
                (han(text) || !text.is_ascii()) == zh && said.trim().is_empty() == empty
            })
            .count()
    };
    let (zh, en) = (count(true, false), count(false, false));
    let (zh_miss, en_miss) = (count(true, true), count(false, true));
    assert!(zh >= 180 && en >= 120, "{zh} {en}");
    assert!(zh_miss >= 40 && en_miss >= 30, "{zh_miss} {en_miss}");
    let texts: std::collections::BTreeSet<&str> = table().map(|(text, _)| text).collect();
    assert_eq!(texts.len(), table().count(), "a phrase stands twice");
}

/// Other days of the three years with final notices, and what lies outside the years: now | text | what it says.
const OTHER_DAYS: &str = "
# Friday before the Spring Festival of 2026; Saturday the 14th is worked.
2026-02-13T16:40 | 3个工作日内 | 3个工作日内 @ 2026-02-25T18:00 Within working Undated
2026-02-13T16:40 | within 1 business day | within 1 business day @ 2026-02-14T18:00 Within working Undated
2026-02-13T16:40 | 下个工作日上午 | 下个工作日上午 @ 2026-02-14T06:00..2026-02-14T12:00 Window working PartOfDay
2026-02-13T16:40 | 明天下班前 | 明天下班前 @ 2026-02-14T18:00 By ClosingTime
2026-02-13T16:40 | 节后第一个工作日 | 节后第一个工作日 @ 2026-02-24T09:00..2026-02-24T18:00 Window working NoClock
# During the holiday itself.
2026-02-18T10:00 | 节后 | 节后 @ 2026-02-24T09:00..2026-02-24T18:00 Window working NoClock
2026-02-18T10:00 | the next business day | the next business day @ 2026-02-24T09:00..2026-02-24T18:00 Window working NoClock
# National Day of 2024 and 2025 (with the Mid-Autumn Festival).
2024-09-30T17:00 | 2个工作日内 | 2个工作日内 @ 2024-10-09T18:00 Within working Undated
2024-09-27T17:00 | 2个工作日内 | 2个工作日内 @ 2024-09-30T18:00 Within working Undated
2025-09-30T17:00 | 国庆后 | 国庆后 @ 2025-10-09T09:00..2025-10-09T18:00 Window working NoClock
2025-09-26T17:00 | within 3 business days | within 3 business days @ 2025-09-30T18:00 Within working Undated
# May Day of 2024: Sunday 28 April and Saturday 11 May are worked.
2024-04-26T09:00 | 1个工作日内 | 1个工作日内 @ 2024-04-28T18:00 Within working Undated
2024-05-10T09:00 | 1个工作日内 | 1个工作日内 @ 2024-05-11T18:00 Within working Undated
# Over the turn of the year.
2025-12-31T15:00 | 2个工作日内 | 2个工作日内 @ 2026-01-05T18:00 Within working Undated
2024-12-31T15:00 | 明天上午10点 | 明天上午10点 @ 2025-01-01T10:00 At exact
2026-12-30T15:00 | 下周一 | 下周一 @ 2027-01-04T00:00..2027-01-05T00:00 Window NoClock Weekday
# A leap day.
2024-02-28T09:00 | 明天17:00前 | 明天17:00前 @ 2024-02-29T17:00 By exact
2024-01-31T09:00 | 一个月内 | 一个月内 @ 2024-03-01T00:00 Within NoClock
# No data: refused, never guessed. What needs no calendar is told all the same.
2031-05-06T10:00 | 3个工作日内 | 3个工作日内 @ not computed: no calendar for 2031 Within working Undated
2031-05-06T10:00 | within 2 business days | within 2 business days @ not computed: no calendar for 2031 Within working Undated
2031-05-06T10:00 | 今天下班前 | 今天下班前 @ not computed: no calendar for 2031 By ClosingTime
2031-05-06T10:00 | 国庆后 | 国庆后 @ not computed: no calendar for 2031 Window working NoClock
2031-05-06T10:00 | 下个工作日10:00前 | 下个工作日10:00前 @ not computed: no calendar for 2031 By exact working
2031-05-06T10:00 | by the next business day | by the next business day @ not computed: no calendar for 2031 By working NoClock
2031-05-06T10:00 | next business day by 10:00 | next business day by 10:00 @ not computed: no calendar for 2031 By exact working
2031-05-06T10:00 | 今天17:00前 | 今天17:00前 @ 2031-05-06T17:00 By exact
2031-05-06T10:00 | within 2 hours | within 2 hours @ 2031-05-06T12:00 Within exact
2027-12-30T10:00 | 5个工作日内 | 5个工作日内 @ not computed: no calendar for 2028 Within working Undated
2027-11-02T10:00 | 春节前 | 春节前 @ not computed: no calendar for 2028 By NoClock
";

#[test]
fn other_days() {
    let site = site();
    for [now, text, expected] in rows(OTHER_DAYS) {
        assert_eq!(told(text, now, Some(&site)), expected, "{now} {text}");
    }
}

/// Without a calendar, what needs one says so and all else is told.
#[test]
fn without_a_calendar_nothing_is_guessed() {
    let now = "2026-03-11T14:20";
    for text in [
        "3个工作日内",
        "下班前",
        "节后第一个工作日",
        "by close of business",
        "the next working day",
    ] {
        let said = read_times(text, at(now), &shanghai(), None);
        assert_eq!(said.len(), 1, "{text}");
        assert_eq!(said[0].meaning, Err(NotComputed::NoCalendar), "{text}");
        assert_eq!(said[0].at(), None);
    }
    assert_eq!(
        told("明天17:00前", now, None),
        "明天17:00前 @ 2026-03-12T17:00 By exact"
    );
    assert_eq!(
        NotComputed::NoCalendar.to_string(),
        "not computed: no calendar"
    );
}

/// Times to the minute are told without the others, at the same instants.
#[test]
fn exact_times_are_those_of_the_table() {
    let site = site();
    let mut seen = 0;
    for (text, _) in table() {
        let now = at("2026-03-11T14:20");
        let all = read_times(text, now, &shanghai(), Some(&site));
        let exact: Vec<SaidTime> = all
            .into_iter()
            // 10:00 of the next working day needs a calendar.
            .filter(|time| time.exact && !time.working_days)
            .map(|time| SaidTime {
                at: time.at().unwrap(),
                span: time.span,
                kind: time.kind,
            })
            .collect();
        seen += exact.len();
        assert_eq!(parse_said(text, now, &shanghai()), exact, "{text}");
    }
    assert!(seen > 100, "{seen}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What is rendered is read back to the same instant, in any zone, and all of it.
    #[test]
    fn rendered_times_are_read_back(
        now in 0_i64..2_000_000,
        ahead in 1_i64..40_000,
        zone in prop::sample::select(vec!["Asia/Shanghai", "Asia/Tokyo", "Asia/Kolkata", "America/New_York", "UTC"]),
        english in any::<bool>(),
    ) {
        let site = site();
        let zone = Zone::named(zone).unwrap();
        let now = at("2024-01-01T00:00").plus_minutes(now);
        let due = now.plus_minutes(ahead);
        let lang = if english { Lang::En } else { Lang::Zh };
        let words = render(due, now, &zone, &site, lang);
        let said = parse_said(&words, now, &zone);
        prop_assert_eq!(said.len(), 1, "{}", &words);
        prop_assert_eq!(&said[0], &SaidTime { span: 0..words.len(), at: due, kind: SaidKind::By }, "{}", &words);
        let bare = render_bare(due, now, &zone, &site, lang);
        if !english {
            prop_assert_eq!(parse_said(&bare, now, &zone).first().map(|time| time.at), Some(due), "{}", &bare);
        }
    }

    /// Any text is read without a fault, in order, on character boundaries.
    #[test]
    fn any_text_is_read(text in "[今明后天日月年（），0-9０-９一二十两点半:：前内小时分周下午by atpm()+UTC-]{0,40}|\\PC{0,40}") {
        let said = parse_said(&text, Ms(1_773_210_000_000), &shanghai());
        let site = site();
        let all = read_times(&text, Ms(1_773_210_000_000), &shanghai(), Some(&site));
        prop_assert!(said.len() <= all.len());
        prop_assert!(all.iter().all(|time| text.get(time.span.clone()).is_some()));
        let mut last = 0;
        for time in said {
            prop_assert!(time.span.start >= last && time.span.end > time.span.start);
            prop_assert!(text.get(time.span.clone()).is_some());
            last = time.span.end;
        }
        for range in relative_words(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }

    /// A promise is never in the past, never before its need on the half hour, and its interim lies inside four fifths.
    #[test]
    fn promises_hold_their_rules(
        start in 0_i64..1_500_000,
        need in 1_i64..3000,
        cap in prop::option::of(0_i64..6000),
        from in 0_u16..1200,
        length in 30_u16..239,
    ) {
        let (site, hotline) = (site(), calendar::shipped_hotline().unwrap());
        let now = at("2024-01-03T00:00").plus_minutes(start);
        let contact = Contact { from, to: from + length, zone: None };
        let cap = cap.map(|minutes| site.add(now, minutes).unwrap());
        let ask = Ask { now, need_minutes: need, cap, legal_cap: None, contact_window: &contact, shift: None, hotline: &hotline };
        let promise = compute(&ask, &site).unwrap();
        prop_assert!(promise.due > now && promise.raw > now);
        if promise.kind == PromiseKind::Deed {
            prop_assert!(promise.due >= promise.raw);
        }
        prop_assert_eq!(promise.lead.is_some(), promise.kind == PromiseKind::Update);
        if let Some(interim) = promise.interim {
            prop_assert!(now < interim && interim.minus(now) * 5 <= promise.due.minus(now) * 4);
        }
        prop_assert!(promise.interim.is_none() || promise.due.minus(now) > 24 * 60 * MINUTE);
    }
}
