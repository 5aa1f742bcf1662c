#![allow(clippy::unwrap_used, reason = "tests")]
//! Figures against vectors that were worked out by hand.

use uuid::Uuid;

use super::{Accuracy, Agreement, Kappa, Mean, Unit, calibration, figures, sample, wilson};
use crate::domain::ids::{CommandId, CustomerId, EventId, ReviewId, TicketId, UserId};
use crate::domain::review::{Rating, Review, Said, Why, draw};
use crate::domain::scorecard::{Card, CriticalClass, Found, Marks};
use crate::domain::time::Ms;

fn card() -> Card {
    Card::shipped().unwrap()
}

/// Marks in which every critical error was looked for, with these there and these levels.
fn marks(errors: &[&str], levels: [Option<u8>; 7]) -> Marks {
    let mut marks = Marks::blank(&card());
    for mark in &mut marks.criticals {
        mark.found = if errors.contains(&mark.critical.as_str()) {
            Found::Yes
        } else {
            Found::No
        };
    }
    for (mark, level) in marks.levels.iter_mut().zip(levels) {
        mark.level = level;
    }
    marks
}

#[test]
fn the_wilson_interval_of_four_textbook_shares() {
    // z = 1.959964, z2 = 3.841459. 45 of 50: middle (0.9 + 3.841459/100) / (1 + 3.841459/50) = 0.871461,
    // half 1.959964/1.076829 * sqrt(0.09/50 + 3.841459/10000) = 0.085063.
    let cases = [
        (45, 50, 0.786_398, 0.956_524),
        (0, 10, 0.0, 0.277_533),
        (10, 10, 0.722_467, 1.0),
        (1, 2, 0.094_531, 0.905_469),
    ];
    for (of, all, low, high) in cases {
        let (l, h) = wilson(of, all).unwrap();
        assert!(
            (l - low).abs() < 2e-5 && (h - high).abs() < 2e-5,
            "{of}/{all}: {l} {h}"
        );
    }
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(3, 2), None);
    let nine = Accuracy { of: 45, all: 50 };
    assert_eq!(nine.permille(), Some((900, 786, 957)));
}

#[test]
fn kappa_of_two_textbook_tables() {
    let table = |both, first, second, neither| Kappa {
        both,
        first,
        second,
        neither,
    };
    // 20, 5, 10, 15: agreement 0.70, by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.50, kappa 0.40.
    assert_eq!(table(20, 5, 10, 15).permille(), Some(400));
    // 45, 15, 25, 15: agreement 0.60, by chance 0.6 * 0.7 + 0.4 * 0.3 = 0.54, kappa 0.1304.
    assert_eq!(table(45, 15, 25, 15).permille(), Some(130));
    // Worse than chance: 0 of 2 agree, chance 0.5.
    assert_eq!(table(0, 1, 1, 0).permille(), Some(-1000));
    assert_eq!(table(1, 0, 0, 1).permille(), Some(1000));
    assert_eq!(table(0, 0, 0, 9).permille(), None, "nobody ever found one");
    assert_eq!(table(0, 0, 0, 0).permille(), None);
}

#[test]
fn accuracy_is_by_class_and_no_level_hides_an_error() {
    let card = card();
    let perfect = [Some(4); 7];
    let units = [
        marks(&[], perfect),
        marks(&["privacy", "legal"], perfect),
        marks(&["rude"], [Some(1), None, Some(2), None, None, None, None]),
        Marks::blank(&card),
    ];
    let ids = (0..4).map(|n| ReviewId(Uuid::from_u128(n)));
    let out = figures(ids.zip(&units), &card);
    assert_eq!(out.reviews.len(), 4);
    // The blank unit was not looked at: it is in no base.
    assert_eq!(out.accuracy, Accuracy { of: 1, all: 3 });
    let class = |c| out.classes[&c];
    assert_eq!(class(CriticalClass::Compliance), Accuracy { of: 2, all: 3 });
    assert_eq!(class(CriticalClass::Customer), Accuracy { of: 2, all: 3 });
    assert_eq!(class(CriticalClass::Business), Accuracy { of: 3, all: 3 });
    assert_eq!(
        (
            out.errors["privacy"],
            out.errors["legal"],
            out.errors["rude"]
        ),
        (1, 1, 1)
    );
    let first = out.items["acknowledgement"];
    assert_eq!(first, Mean { sum: 9, count: 3 });
    assert_eq!(first.hundredths(), Some(300));
    assert_eq!(out.items["listening"], Mean { sum: 8, count: 2 });
    assert_eq!(Mean { sum: 7, count: 3 }.hundredths(), Some(233));
    assert_eq!(Mean::default().hundredths(), None);
}

#[test]
fn raters_are_compared_only_where_both_could_look() {
    let card = card();
    let level = |n: u8| [Some(n); 7];
    let mut half = level(3);
    half[1] = None;
    half[2] = Some(1);
    let (a, b) = (marks(&["rude"], level(3)), marks(&["rude", "legal"], half));
    let out = calibration([(1, &a, &b)], &card);
    assert_eq!(out.units, 1);
    assert_eq!(
        out.levels,
        Agreement {
            same: 5,
            within: 5,
            pairs: 6
        }
    );
    assert_eq!(
        out.items.get("listening"),
        None,
        "one of them could not look"
    );
    assert_eq!(
        out.items["need"],
        Agreement {
            same: 0,
            within: 0,
            pairs: 1
        }
    );
    assert_eq!(out.levels.permille(), Some(833));
    let (both, second) = (out.critical.both, out.critical.second);
    assert_eq!(
        (both, second, out.critical.first, out.critical.neither),
        (1, 1, 0, 8)
    );
    // Agreement 9/10; by chance 0.1 * 0.2 + 0.9 * 0.8 = 0.74; kappa 0.16 / 0.26.
    assert_eq!(out.critical.permille(), Some(615));
    assert!(out.rewrite.is_empty(), "once is not twice");
}

#[test]
fn an_item_below_the_bar_in_two_weeks_running_is_to_be_rewritten() {
    let card = card();
    let good = marks(&[], [Some(3); 7]);
    let mut far = good.clone();
    far.levels[2].level = Some(0);
    let flags = |weeks: &[(i64, bool)]| {
        let pairs = weeks.iter().map(|(w, apart)| {
            let second = if *apart { &far } else { &good };
            (*w, &good, second)
        });
        calibration(pairs.collect::<Vec<_>>(), &card).rewrite
    };
    assert_eq!(flags(&[(1, true), (2, true)]), ["need"]);
    // A week in which nobody calibrated is no evidence either way.
    assert_eq!(flags(&[(1, true), (5, true)]), ["need"]);
    assert!(flags(&[(1, true), (2, false), (3, true)]).is_empty());
    assert!(
        flags(&[(1, true), (1, true)]).is_empty(),
        "one week is once"
    );
    // 6 of 7 in a week are 857 of 1,000: at the bar.
    let mut week: Vec<(i64, bool)> = (0..6).map(|_| (1, false)).collect();
    week.push((1, true));
    week.extend([(2, true)]);
    assert!(flags(&week).is_empty());
}

const MONTH: (Ms, Ms) = (Ms(0), Ms(1_000_000));

fn unit(agent: u128, ticket: u128, n: u128, at: i64) -> Unit {
    Unit {
        said: Said {
            event: EventId {
                command: CommandId(Uuid::from_u128(agent * 10_000 + ticket * 100 + n)),
                index: 0,
            },
            ticket: TicketId(Uuid::from_u128(ticket)),
            number: None,
            customer: CustomerId::default(),
            by: UserId(Uuid::from_u128(agent)),
            at: Ms(at),
        },
        missed: false,
    }
}

fn rated(unit: &Unit) -> Review {
    Review {
        id: ReviewId::of(unit.said.event),
        ticket: unit.said.ticket,
        number: None,
        customer: CustomerId::default(),
        source: unit.said.event,
        agent: unit.said.by,
        said_at: unit.said.at,
        why: Why::Monthly,
        card: 1,
        second: false,
        ratings: vec![Rating {
            by: UserId(Uuid::from_u128(99)),
            at: unit.said.at,
            event: EventId::default(),
            marks: None,
        }],
        agreed: None,
        appeal: None,
        appeal_until: None,
        version: 1,
        position: 1,
    }
}

/// A card that draws nothing by chance.
fn no_chance() -> Card {
    let mut card = card();
    card.sampling.random = 0;
    card
}

#[test]
fn four_a_month_each_and_what_was_rated_counts() {
    let card = no_chance();
    let units: Vec<Unit> = (0..9)
        .map(|t| unit(1, t, 0, 10 + i64::try_from(t).unwrap()))
        .collect();
    let few: Vec<Unit> = (0..2).map(|t| unit(2, t, 0, 50)).collect();
    let all: Vec<Unit> = units.iter().chain(&few).copied().collect();
    let out = sample(&all, &[], &card, MONTH, 7);
    assert_eq!(out.due.len(), 4 + 2);
    assert!(out.due.iter().all(|d| d.why == Why::Monthly));
    let load = out.agents[&UserId(Uuid::from_u128(1))];
    assert_eq!((load.units, load.rated, load.wanted), (9, 0, 4));
    // One that was not drawn was rated all the same: it counts, and the rest of the draw stays.
    let spare = units
        .iter()
        .find(|u| !out.due.iter().any(|d| d.said == u.said))
        .unwrap();
    let later = sample(&all, &[rated(spare)], &card, MONTH, 7);
    let of_one = |s: &super::Sample| s.due.iter().filter(|d| d.said.by.0.as_u128() == 1).count();
    assert_eq!((of_one(&out), of_one(&later)), (4, 3));
    assert!(later.due.iter().all(|d| out.due.contains(d)));
    assert_eq!(later.agents[&UserId(Uuid::from_u128(1))].rated, 1);
    assert_ne!(
        sample(&all, &[], &card, MONTH, 8).due,
        out.due,
        "another seed, another draw"
    );
    assert_eq!(
        sample(&all, &[], &card, MONTH, 7),
        out,
        "the same seed, the same draw"
    );
}

#[test]
fn a_unit_is_named_by_the_last_words_and_stays_reviewed_when_more_is_said() {
    let card = no_chance();
    let (early, late) = (unit(1, 5, 1, 10), unit(1, 5, 2, 20));
    let out = sample(&[late, early], &[], &card, MONTH, 1);
    assert_eq!(out.due.len(), 1);
    assert_eq!(out.due[0].review, ReviewId::of(late.said.event));
    assert!(
        sample(&[late, early], &[rated(&early)], &card, MONTH, 1)
            .due
            .is_empty()
    );
    // What was said in another month is another unit, and a review of then covers nothing now.
    let mut before = rated(&early);
    before.said_at = Ms(-5);
    assert_eq!(
        sample(&[late, early], &[before], &card, MONTH, 1).due.len(),
        1
    );
    assert!(
        sample(&[unit(1, 5, 1, 1_000_000)], &[], &card, MONTH, 1)
            .due
            .is_empty()
    );
}

#[test]
fn every_missed_promise_comes_first_and_on_top_of_the_number() {
    let card = no_chance();
    let mut units: Vec<Unit> = (0..10).map(|t| unit(1, t, 0, 100)).collect();
    units[8].missed = true;
    units[9].missed = true;
    let out = sample(&units, &[], &card, MONTH, 3);
    let whys: Vec<Why> = out.due.iter().map(|d| d.why).collect();
    assert_eq!(whys[..2], [Why::MissedPromise; 2]);
    assert_eq!(whys.len(), 6);
    // An earlier reply on the same ticket that missed its promise makes the whole unit one.
    let mut first = unit(1, 3, 0, 10);
    first.missed = true;
    let out = sample(&[unit(1, 3, 1, 20), first], &[], &card, MONTH, 3);
    assert_eq!(out.due[0].why, Why::MissedPromise);
}

#[test]
fn two_in_a_hundred_are_drawn_by_chance_besides() {
    let card = card();
    let units: Vec<Unit> = (0..2000).map(|t| unit(1, t, 0, 100)).collect();
    let out = sample(&units, &[], &card, MONTH, 11);
    let by = |why| out.due.iter().filter(|d| d.why == why).count();
    assert_eq!(by(Why::Monthly), 4);
    // 40 expected; the standard deviation is 6.3.
    assert!((15..=70).contains(&by(Why::Random)), "{}", by(Why::Random));
    let chance = |d: &&super::Due| draw(d.review, 11_u64.rotate_left(17)) < 20;
    assert_eq!(out.due.iter().filter(chance).count(), by(Why::Random));
}
