#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::domain::time::from_local;
use jiff::civil::date;

fn zone() -> Zone {
    Zone::named("Asia/Shanghai").unwrap()
}

fn at(day: i8, hour: i8, minute: i8) -> Ms {
    from_local(date(2026, 3, day).at(hour, minute, 0, 0), &zone())
}

#[test]
fn instants_are_told_by_day() {
    let (zh, en) = (Locale::new("zh-CN"), Locale::new("en"));
    let now = at(11, 23, 50);
    for (then, in_zh, in_en) in [
        (at(11, 14, 30), "14:30", "14:30"),
        (at(12, 0, 5), "明天 00:05", "tomorrow 00:05"),
        (at(10, 9, 0), "昨天 09:00", "yesterday 09:00"),
        (at(13, 9, 0), "03-13 09:00", "03-13 09:00"),
        (Ms(0), "1970-01-01 08:00", "1970-01-01 08:00"),
    ] {
        assert_eq!(when(&zh, then, now, &zone()), in_zh);
        assert_eq!(when(&en, then, now, &zone()), in_en);
    }
}

#[test]
fn spans_in_both_languages() {
    let (zh, en) = (Locale::new("zh-CN"), Locale::new("en"));
    for (ms, in_zh, in_en) in [
        (-5, "0 秒", "0 s"),
        (45 * SECOND, "45 秒", "45 s"),
        (12 * MINUTE, "12 分钟", "12 min"),
        (3 * HOUR, "3 小时", "3 h"),
        (3 * HOUR + 20 * MINUTE, "3 小时 20 分", "3 h 20 min"),
        (5 * DAY + HOUR, "5 天", "5 d"),
    ] {
        assert_eq!(span(&zh, ms), in_zh);
        assert_eq!(span(&en, ms), in_en);
    }
}

#[test]
fn countdowns_stay_visible_below_zero() {
    let due = Ms(10 * DAY);
    for (left, by_second, want) in [
        (0, false, "0:00"),
        (SECOND, false, "0:01"),
        (-SECOND, false, "-0:01"),
        (-130 * SECOND, true, "-2:10"),
        (-130 * SECOND, false, "-2m"),
        (58 * MINUTE, false, "58m"),
        (3 * HOUR + 5 * MINUTE, true, "3h05"),
        (47 * HOUR, false, "47h00"),
        (4 * DAY, false, "4d"),
        (-4 * DAY, false, "-4d"),
    ] {
        let now = due.plus_millis(-left);
        assert_eq!(countdown(due, now, by_second).text, want, "{left}");
    }
}

#[test]
fn words_hold_until_they_say_and_no_longer() {
    let zh = Locale::new("zh-CN");
    let due = Ms(100 * DAY + 12_345);
    let sizes = [
        1,
        999,
        1000,
        1001,
        59_999,
        60_000,
        60_001,
        119_999,
        120_000,
        3_599_999,
        3_600_000,
        7_200_500,
        86_399_999,
        86_400_000,
        172_800_000,
        172_800_001,
    ];
    for size in sizes.into_iter().flat_map(|s| [s, -s]) {
        let now = due.plus_millis(size);
        type Tell<'a> = Box<dyn Fn(Ms) -> Timed + 'a>;
        let tellers: [Tell<'_>; 4] = [
            Box::new(|now| countdown(due, now, false)),
            Box::new(|now| countdown(due, now, true)),
            Box::new(|now| since(&zh, due, now)),
            Box::new(|now| left(&zh, due, now)),
        ];
        for (which, tell) in tellers.iter().enumerate() {
            let told = tell(now);
            let Some(until) = told.until else {
                assert_eq!(tell(now.plus_millis(DAY)).text, told.text);
                continue;
            };
            assert!(until > now, "{which} at {size}: {told:?}");
            // What is floored at zero may promise a change that is none; a paint of nothing costs nothing.
            let same = |at: Ms| tell(at).text == told.text;
            assert!(same(until.plus_millis(-1)), "{which} at {size}: {told:?}");
        }
    }
}

#[test]
fn every_reason_has_words_in_both_languages() {
    use crate::domain::vocabulary::Deed;
    let (due, now) = (at(11, 14, 30), at(11, 14, 42));
    let reasons = [
        Reason::Safety,
        Reason::PromiseLate {
            deed: Deed::Callback,
            due,
        },
        Reason::Overdue { due },
        Reason::Urgent,
        Reason::StepLate { minutes: 1, due },
        Reason::StepRunning {
            minutes: 5,
            due: at(11, 14, 47),
        },
        Reason::StepRunning {
            minutes: 30,
            due: at(11, 14, 47),
        },
        Reason::PromiseSoon {
            deed: Deed::Docs,
            due: at(11, 15, 0),
        },
        Reason::NextContact { due },
        Reason::DueSoon { due: at(11, 15, 0) },
        Reason::Repeat {
            contact: 3,
            due: at(12, 9, 0),
        },
        Reason::Unanswered { since: due },
        Reason::Due { due: at(12, 9, 0) },
        Reason::NoCalendar,
        Reason::Waiting {
            until: at(12, 9, 0),
        },
        Reason::Snoozed {
            until: at(12, 9, 0),
        },
        Reason::Ended,
    ];
    for tag in ["zh-CN", "en"] {
        let locale = Locale::new(tag);
        let told: Vec<String> = reasons
            .iter()
            .map(|reason| {
                let rank = Rank {
                    key: (0, 0, 0),
                    reason: *reason,
                    valid_until: now,
                };
                super::reason(&locale, &rank, now, &zone()).text
            })
            .collect();
        assert!(
            told.iter()
                .all(|t| !t.contains("reason-") && !t.contains('{')),
            "{told:?}"
        );
        for reason in &reasons {
            let rank = Rank {
                key: (0, 0, 0),
                reason: *reason,
                valid_until: now,
            };
            let short = reason_short(&locale, &rank);
            assert!(
                crate::text::width(&short) <= 10 && !short.contains('-'),
                "{short}"
            );
        }
        if tag == "zh-CN" {
            assert_eq!(told[1], "答应 14:30 前回电，已过 12 分钟");
        }
    }
}
