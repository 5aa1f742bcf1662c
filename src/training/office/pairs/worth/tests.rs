#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use uuid::Uuid;

use super::super::{Judged, KeptPair, Laid, Read};
use super::*;
use crate::training::office::people::{date_of, day_of};
use crate::training::office::testing::{DAY, NOW};

/// Days since the first instant, counted by the clock of the wall: the zone is not what is tested here.
fn day(at: Ms) -> i64 {
    at.0.div_euclid(DAY)
}

fn later(days: i64) -> Ms {
    NOW.plus_millis(days * DAY)
}

fn pair() -> KeptPair {
    let sides = [
        ("mei".to_owned(), Uuid::nil()),
        ("bo".to_owned(), Uuid::nil()),
    ];
    let mut pair = KeptPair::new(Uuid::nil(), "SIM-01", sides, NOW);
    pair.state = PairState::Published;
    pair.published = Some(NOW);
    pair
}

fn read(login: &str, at: Ms, answer: &str, leads: bool) -> Read {
    Read {
        login: login.to_owned(),
        at,
        answers: vec![answer.to_owned()],
        leads,
    }
}

#[test]
fn it_is_looked_at_after_thirty_days_and_only_once() {
    let mut pair = pair();
    let today = day(NOW);
    assert!(!due(&pair, today + LOOK_DAYS - 1, day));
    assert!(due(&pair, today + LOOK_DAYS, day) && due(&pair, today + 60, day));
    pair.judged = Some(Judged {
        at: later(31),
        keep: true,
        worth: PairWorth::default(),
    });
    pair.state = PairState::Kept;
    assert!(!due(&pair, today + 60, day));
    let dates = dates(&pair, day).unwrap();
    // To be kept is a reason to stay for as long as to be read.
    assert_eq!(
        (dates.end - today, dates.why),
        (31 + IDLE_DAYS, Laid::Unused)
    );
    for state in [
        PairState::Candidate,
        PairState::Consented,
        PairState::Retired,
    ] {
        pair.state = state;
        assert_eq!(super::dates(&pair, day), None, "{state:?}");
    }
}

#[test]
fn a_pair_nobody_reads_has_its_time_sooner_than_one_that_is_read() {
    let mut pair = pair();
    let today = day(NOW);
    let end = |pair: &KeptPair| {
        let dates = dates(pair, day).unwrap();
        (dates.end - today, dates.why)
    };
    assert_eq!(end(&pair), (IDLE_DAYS, Laid::Unused));
    // A trainer who looks at it does not make it useful.
    pair.reads.push(read("lead", later(80), "", true));
    assert_eq!(end(&pair), (IDLE_DAYS, Laid::Unused));
    pair.reads.push(read("ran", later(80), "", false));
    assert_eq!(end(&pair), (80 + IDLE_DAYS, Laid::Unused));
    pair.reads.push(read("li", later(300), "", false));
    assert_eq!(end(&pair), (OLD_DAYS, Laid::Old));
    // One's own pair with the script is one's own: it only grows old, and nobody looks at it.
    let mut own = super::tests::pair();
    own.built_in = true;
    assert_eq!(end(&own), (OLD_DAYS, Laid::Old));
    assert!(!due(&own, today + 100, day));
}

#[test]
fn readers_are_measured_from_their_reading_and_the_others_from_when_it_came_out() {
    let mut pair = pair();
    pair.reads.push(read("ran", later(10), "第二句", false));
    pair.reads.push(read("li", later(12), " ", false));
    pair.reads.push(read("lead", later(1), "x", true));
    let everybody = vec![
        // Before 40 and 60, after 80; what lies outside of the thirty days is not looked at.
        (
            "ran".to_owned(),
            vec![
                (later(-30), 0),
                (later(5), 40),
                (later(10), 60),
                (later(11), 80),
                (later(41), 0),
            ],
        ),
        // Nothing since: a reader, and not measured.
        ("li".to_owned(), vec![(later(2), 50)]),
        // Others from the day it came out: 50 to 45 and 20 to 30.
        ("mei".to_owned(), vec![(later(-2), 50), (later(3), 45)]),
        (
            "bo".to_owned(),
            vec![(later(0), 20), (later(4), 30), (later(31), 100)],
        ),
        ("new".to_owned(), vec![(later(6), 10)]),
    ];
    let told = worth(&pair, &everybody, later(30));
    let change = |people, measured, by| PairChange {
        people,
        measured,
        by,
    };
    assert_eq!(told.readers, change(2, 1, Some(30)));
    assert_eq!(told.others, change(3, 2, Some(3)), "2.5 is 3");
    assert_eq!(told.answered, 1);
    // What has not happened yet is not counted.
    let told = worth(&pair, &everybody, later(10));
    assert_eq!(told.readers, change(2, 0, None));
    assert_eq!(worth(&pair, &[], later(30)).others, change(0, 0, None));
}

#[test]
fn a_day_is_written_as_the_site_writes_it() {
    let zone = crate::domain::calendar::shipped().unwrap().zone().clone();
    assert_eq!(date_of(day_of(NOW, &zone)), "2026-03-11");
    // Half past eleven in the evening of the site is the same day there, whatever it is elsewhere.
    let late = NOW.plus_millis(9 * 3_600_000);
    assert_eq!(date_of(day_of(late, &zone)), "2026-03-11");
    assert_eq!(
        date_of(day_of(late.plus_millis(3_600_000), &zone)),
        "2026-03-12"
    );
    assert_eq!(date_of(i64::MAX), "");
}
