use proptest::prelude::*;

use super::super::*;
use super::*;
use crate::domain::lang::Lang;
use crate::domain::time::MINUTE;

/// Every line of the table: the words found, the instant meant, the kind.
#[test]
fn phrases() {
    let mut lines = 0;
    for line in include_str!("phrases.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (text, expected) = line.split_once(" =>").unwrap();
        let said = parse_said(text, at("2026-03-11T14:20"), &shanghai());
        let got: Vec<String> = said
            .into_iter()
            .map(|time| format!("{} @ {} {:?}", &text[time.span], wall(time.at), time.kind))
            .collect();
        assert_eq!(got.join(" ; "), expected.trim(), "{text}");
        lines += 1;
    }
    assert!(lines > 60, "{lines}");
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
