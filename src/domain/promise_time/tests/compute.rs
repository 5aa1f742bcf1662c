use super::super::*;
use super::*;
use crate::domain::calendar::SourceText;
use crate::domain::lang::Lang;

/// The site with a lunch break 12:00 to 13:30.
fn with_lunch() -> Calendar {
    let text = include_str!("../../../../assets/calendar/site.toml")
        .replace("\"09:00-18:00\"]\n", "\"09:00-12:00\", \"13:30-18:00\"]\n");
    let year = include_str!("../../../../assets/calendar/cn-2026.toml");
    let years = [SourceText {
        file: "cn-2026.toml",
        text: year,
    }];
    Calendar::parse(
        SourceText {
            file: "site.toml",
            text: &text,
        },
        &years,
    )
    .unwrap()
}

struct Fixture {
    hotline: Calendar,
    contact: Contact,
}

impl Fixture {
    fn new() -> Self {
        Self {
            hotline: calendar::shipped_hotline().unwrap(),
            contact: Contact::default(),
        }
    }

    fn ask(&self, now: &str, need_minutes: i64) -> Ask<'_> {
        Ask {
            now: at(now),
            need_minutes,
            cap: None,
            legal_cap: None,
            contact_window: &self.contact,
            shift: None,
            hotline: &self.hotline,
        }
    }
}

/// The seven vectors of method 3.3; the interim times are computed on the hotline's hours (every day 09:00 to 20:00).
/// Calendar, now, need, raw, due, interim, words.
const VECTORS: &str = "
plain | 2026-03-11T14:20 | 160 | 2026-03-11T17:00 | 2026-03-11T17:00 | - | 今天17:00前 | by 17:00 today
plain | 2026-02-13T16:40 | 240 | 2026-02-14T11:40 | 2026-02-14T12:00 | - | 明天（2月14日，调休上班）12:00前 | by 12:00 tomorrow (14 Feb, a make-up working day)
plain | 2026-02-14T17:30 | 240 | 2026-02-24T12:30 | 2026-02-24T12:30 | 2026-02-19T15:00 | 2月24日（周二）12:30前 | by 12:30 on Tue 24 Feb
plain | 2026-09-30T17:00 | 480 | 2026-10-08T16:00 | 2026-10-08T16:00 | 2026-10-04T16:30 | 10月8日（周四）16:00前 | by 16:00 on Thu 8 Oct
plain | 2026-03-13T17:50 | 120 | 2026-03-16T10:50 | 2026-03-16T11:00 | 2026-03-14T20:00 | 3月16日（周一）11:00前 | by 11:00 on Mon 16 Mar
plain | 2026-03-14T10:00 | 120 | 2026-03-16T11:00 | 2026-03-16T11:00 | 2026-03-15T10:30 | 3月16日（周一）11:00前 | by 11:00 on Mon 16 Mar
lunch | 2026-03-11T11:30 | 60 | 2026-03-11T14:00 | 2026-03-11T14:00 | - | 今天14:00前 | by 14:00 today
";

#[test]
fn vectors() {
    let fixture = Fixture::new();
    let (site, lunch) = (site(), with_lunch());
    for [calendar, now, need, raw, due, interim, zh, en] in rows(VECTORS) {
        let calendar = if calendar == "lunch" { &lunch } else { &site };
        let ask = fixture.ask(now, need.parse().unwrap());
        let promise = compute(&ask, calendar).unwrap();
        assert_eq!(
            [wall(promise.raw), wall(promise.due)],
            [raw, due],
            "{now} + {need}"
        );
        assert_eq!(
            promise.interim.map(wall).as_deref(),
            maybe(interim),
            "{now} + {need}"
        );
        assert_eq!(
            (promise.kind, promise.speaker),
            (PromiseKind::Deed, Speaker::Me)
        );
        assert_eq!(
            (promise.lead, promise.outside_contact, promise.provisional),
            (None, false, false)
        );
        for (lang, expected) in [(Lang::Zh, zh), (Lang::En, en)] {
            let words = render(promise.due, ask.now, &shanghai(), calendar, lang);
            assert_eq!(words, expected);
            let said = parse_said(&words, ask.now, &shanghai());
            assert_eq!(
                said,
                [SaidTime {
                    span: 0..words.len(),
                    at: promise.due,
                    kind: SaidKind::By
                }]
            );
        }
    }
}

/// The same reckoning on the notices of 2024 and 2025: now, need, raw, due.
const OTHER_YEARS: &str = "
# Sunday 28 April 2024 is worked for May Day.
2024-04-26T17:30 | 240 | 2024-04-28T12:30 | 2024-04-28T12:30
2024-09-30T17:00 | 480 | 2024-10-08T16:00 | 2024-10-08T16:00
2025-01-27T17:00 | 120 | 2025-02-05T10:00 | 2025-02-05T10:00
# National Day and the Mid-Autumn Festival of 2025 are one holiday of eight days.
2025-09-30T17:00 | 480 | 2025-10-09T16:00 | 2025-10-09T16:00
2025-12-31T17:30 | 75 | 2026-01-04T09:45 | 2026-01-04T10:00
";

#[test]
fn vectors_of_other_years() {
    let fixture = Fixture::new();
    for [now, need, raw, due] in rows(OTHER_YEARS) {
        let promise = compute(&fixture.ask(now, need.parse().unwrap()), &site()).unwrap();
        assert_eq!([wall(promise.raw), wall(promise.due)], [raw, due], "{now}");
    }
}

/// Now, need, our limit, the law's, the update, the limit less its margin.
const LIMITS: &str = "
# Our clock ends 17:00, less half an hour; four hours would be later.
2026-03-11T13:00 | 600 | 2026-03-11T17:00 | - | 2026-03-11T16:30 | 2026-03-11T16:30
# Four hours are earlier than the limit.
2026-03-11T09:10 | 900 | 2026-03-12T12:00 | - | 2026-03-11T13:30 | 2026-03-12T11:30
# The margin goes back over the holidays.
2026-02-14T14:00 | 540 | 2026-02-24T09:10 | - | 2026-02-14T17:30 | 2026-02-14T17:40
# A legal limit at the end of 24 February leaves the make-up Saturday.
2026-02-14T10:00 | 600 | - | 2026-02-25T00:00 | 2026-02-14T14:00 | 2026-02-14T18:00
2026-03-11T14:00 | 540 | - | 2026-03-12T15:00 | 2026-03-11T15:00 | 2026-03-11T15:00
# Both: the earlier.
2026-03-11T13:00 | 900 | 2026-03-11T17:00 | 2026-03-12T15:00 | 2026-03-11T15:00 | 2026-03-11T15:00
# The limit has passed already: news soon, and never in the past.
2026-03-11T14:00 | 60 | 2026-03-11T13:00 | - | 2026-03-11T14:30 | 2026-03-11T12:30
2026-03-11T17:50 | 60 | 2026-03-11T17:00 | - | 2026-03-12T09:30 | 2026-03-11T16:30
";

#[test]
fn a_limit_turns_the_deed_into_an_update_and_tells_the_lead() {
    let fixture = Fixture::new();
    let site = site();
    for [now, need, cap, legal, due, limit] in rows(LIMITS) {
        let need = need.parse().unwrap();
        let ask = Ask {
            cap: maybe(cap).map(at),
            legal_cap: maybe(legal).map(at),
            ..fixture.ask(now, need)
        };
        let promise = compute(&ask, &site).unwrap();
        assert_eq!(
            (promise.kind, wall(promise.due).as_str()),
            (PromiseKind::Update, due),
            "{now}"
        );
        let lead = promise.lead.unwrap();
        assert_eq!(wall(lead.cap), limit, "{now}");
        // The need is never shortened.
        assert_eq!(promise.raw, site.add(ask.now, need).unwrap());
        assert!(lead.deed_at >= promise.raw && lead.deed_at > lead.cap);
    }
    let fits = Ask {
        cap: Some(at("2026-03-11T17:30")),
        ..fixture.ask("2026-03-11T14:20", 160)
    };
    let promise = compute(&fits, &site).unwrap();
    assert_eq!((promise.kind, promise.lead), (PromiseKind::Deed, None));
}

/// The customer's hours and zone, now, need, our limit, due, whether it lies outside the hours.
const HOURS: &str = "
10 | 20 | - | 2026-03-11T17:40 | 30 | - | 2026-03-12T10:00 | false
9 | 16 | - | 2026-03-11T14:20 | 160 | - | 2026-03-12T09:00 | false
19 | 21 | - | 2026-03-11T14:20 | 160 | - | 2026-03-11T19:00 | false
9 | 17 | - | 2026-03-11T14:20 | 160 | - | 2026-03-11T17:00 | false
9 | 17 | Asia/Tokyo | 2026-03-11T14:20 | 160 | - | 2026-03-12T08:00 | false
# Moving would break the limit of 17:30: it stays, and says so.
19 | 21 | - | 2026-03-11T14:20 | 160 | 2026-03-11T18:00 | 2026-03-11T17:00 | true
# The limit is broken anyway: nobody is called outside the hours for it.
19 | 21 | - | 2026-03-11T14:20 | 160 | 2026-03-11T14:00 | 2026-03-11T19:00 | false
";

#[test]
fn the_customers_hours_move_a_time_later_only_and_never_over_the_limit() {
    let mut fixture = Fixture::new();
    let site = site();
    for [from, to, zone, now, need, cap, due, outside] in rows(HOURS) {
        let minute = |hour: &str| hour.parse::<u16>().unwrap() * 60;
        let zone = maybe(zone).map(|name| Zone::named(name).unwrap());
        fixture.contact = Contact {
            from: minute(from),
            to: minute(to),
            zone,
        };
        let ask = Ask {
            cap: maybe(cap).map(at),
            ..fixture.ask(now, need.parse().unwrap())
        };
        let promise = compute(&ask, &site).unwrap();
        assert_eq!(
            [wall(promise.due), promise.outside_contact.to_string()],
            [due, outside],
            "{from}-{to} {now}"
        );
    }
}

#[test]
fn interim_news_keeps_to_the_customers_hours_and_to_four_fifths() {
    let mut fixture = Fixture::new();
    let site = site();
    let interim = |fixture: &Fixture, now, need| {
        let promise = compute(&fixture.ask(now, need), &site).unwrap();
        promise.interim.map(wall)
    };
    // Exactly 24 hours need no news.
    assert_eq!(interim(&fixture, "2026-03-11T10:00", 540), None);
    // A minute more does: due 10:30, halfway 1470 / 2 of the hotline's minutes.
    assert_eq!(
        interim(&fixture, "2026-03-11T10:00", 541).unwrap(),
        "2026-03-11T16:00"
    );
    fixture.contact = Contact {
        from: 9 * 60,
        to: 10 * 60 + 30,
        zone: None,
    };
    // 16:00 is outside; the next morning would be after four fifths; so the end of that morning's hours.
    assert_eq!(
        interim(&fixture, "2026-03-11T10:00", 541).unwrap(),
        "2026-03-11T10:30"
    );
    // On a long wait the next morning is early enough.
    assert_eq!(
        interim(&fixture, "2026-03-13T17:50", 120).unwrap(),
        "2026-03-16T09:00"
    );
}

#[test]
fn first_person_only_inside_the_shift() {
    let fixture = Fixture::new();
    let site = site();
    let shift = |from: &str, to: &str| Shift {
        from: at(from),
        to: at(to),
    };
    let today = shift("2026-03-11T09:00", "2026-03-11T17:00");
    let early = shift("2026-03-11T07:00", "2026-03-11T16:00");
    let tomorrow = shift("2026-03-12T09:00", "2026-03-12T17:00");
    for (shifts, need, speaker) in [
        (None, 160, Speaker::Me),
        (Some(&[today][..]), 160, Speaker::Me),
        (Some(&[early][..]), 160, Speaker::Duty),
        (Some(&[early, tomorrow][..]), 400, Speaker::Me),
        (Some(&[][..]), 160, Speaker::Duty),
    ] {
        let ask = Ask {
            shift: shifts,
            ..fixture.ask("2026-03-11T14:20", need)
        };
        assert_eq!(compute(&ask, &site).unwrap().speaker, speaker);
    }
}

#[test]
fn refusals() {
    let fixture = Fixture::new();
    let site = site();
    let year = compute(&fixture.ask("2027-12-31T17:00", 120), &site).unwrap_err();
    assert!(
        matches!(&year, Refused::NoYear(missing) if missing.year == 2028),
        "{year:?}"
    );
    assert_eq!(
        compute(&fixture.ask("2026-03-11T14:20", 0), &site),
        Err(Refused::NoNeed(0))
    );
    for (from, to) in [(600, 600), (700, 600), (600, 1440)] {
        let contact = Contact {
            from,
            to,
            zone: None,
        };
        let ask = Ask {
            contact_window: &contact,
            ..fixture.ask("2026-03-11T14:20", 60)
        };
        assert_eq!(compute(&ask, &site), Err(Refused::NoContact { from, to }));
    }
}

/// In a provisional year a promise takes the later reading: 9 to 12 February 2027 are only likely to be off.
#[test]
fn a_provisional_year_is_marked_and_read_late() {
    let fixture = Fixture::new();
    let promise = compute(&fixture.ask("2027-02-04T17:30", 60), &site()).unwrap();
    assert_eq!(
        (wall(promise.due).as_str(), promise.provisional),
        ("2027-02-15T09:30", true)
    );
}
