#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::domain::calendar;
use crate::domain::event::EventBody;
use crate::domain::fold::{Head, fold};
use crate::domain::ids::Stream;
use crate::domain::time::Ms;
use std::collections::{BTreeMap, HashSet};

/// 2026-11-20 10:00 in Shanghai, a Friday.
const START: Ms = Ms(1_795_140_000_000);

fn heads(events: &[crate::domain::event::Event]) -> BTreeMap<Stream, Head> {
    let mut heads: BTreeMap<Stream, Head> = BTreeMap::new();
    for event in events {
        let head = heads.remove(&event.stream);
        if let Some(head) = fold(head, event) {
            heads.insert(event.stream, head);
        }
    }
    heads
}

#[test]
fn the_history_plays_and_is_the_same_twice() {
    let calendar = calendar::shipped().unwrap();
    let play = || history(7, START, &calendar, &|_| Vec::new()).unwrap();
    let (events, by_key, _) = play();
    assert_eq!(events, play().0);
    assert_eq!(by_key.len(), 120);
    let heads = heads(&events);
    let tickets: Vec<_> = heads
        .values()
        .filter_map(|h| {
            if let Head::Ticket(t) = h {
                Some(t)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(tickets.len(), 120);
    let open = tickets.iter().filter(|t| t.is_open()).count();
    assert!((35..=45).contains(&open), "{open} open");
    assert!(
        tickets.iter().any(|t| t.repeat_of.is_some()),
        "no repeat complaint"
    );
    assert!(tickets.iter().all(|t| t.opened_at <= START));
    let numbers: HashSet<_> = tickets.iter().map(|t| t.number.unwrap()).collect();
    assert_eq!(numbers.len(), 120);
    assert!(
        events.iter().all(|e| e.occurred_at <= START),
        "nothing happens in the future"
    );
    assert!(
        events
            .iter()
            .enumerate()
            .all(|(i, e)| e.position == i as u64 + 1)
    );
}

#[test]
fn live_messages_never_end_and_agree() {
    let calendar = calendar::shipped().unwrap();
    let (_, by_key, site) = history(7, START, &calendar, &|_| Vec::new()).unwrap();
    let mut one = Live::new(7, START, &by_key, &site).unwrap();
    let mut other = Live::new(7, START, &by_key, &site).unwrap();
    let mut last = START;
    for _ in 0..400 {
        let due = one.next_due().unwrap();
        assert_eq!(Some(&due), other.next_due().as_ref());
        assert!(due.at >= last, "in order");
        last = due.at;
    }
    assert!(last.minus(START) > 3_600_000, "lives for more than an hour");
}

#[test]
fn no_two_demo_texts_are_alike() {
    let calendar = calendar::shipped().unwrap();
    let (events, by_key, site) = history(7, START, &calendar, &|_| Vec::new()).unwrap();
    let mut texts: Vec<String> = events
        .iter()
        .filter_map(|e| e.payload.as_ref()?.text.as_ref())
        .map(|t| t.expose().to_owned())
        .collect();
    let mut live = Live::new(7, START, &by_key, &site).unwrap();
    for _ in 0..100 {
        texts.extend(
            live.next_due()
                .unwrap()
                .body
                .words()
                .map(|t| t.expose().to_owned()),
        );
    }
    let grams: Vec<HashSet<String>> = texts
        .iter()
        .map(|t| {
            let chars: Vec<char> = t.chars().filter(|c| !c.is_whitespace()).collect();
            chars.windows(4).map(|w| w.iter().collect()).collect()
        })
        .collect();
    for (i, a) in grams.iter().enumerate() {
        for (j, b) in grams.iter().enumerate().skip(i + 1) {
            let both = a.intersection(b).count();
            let all = a.len() + b.len() - both;
            assert!(
                all == 0 || both * 2 <= all,
                "too alike:\n{}\n{}",
                texts[i],
                texts[j]
            );
        }
    }
}

#[test]
fn the_generator_writes_what_was_asked() {
    let sizes = Sizes {
        tickets: 300,
        open: 40,
        messages: 3_000,
    };
    let user = user_id("desk");
    let plan = Plan {
        sizes,
        seed: 3,
        end: START,
        user: Some(user),
    };
    let write = || {
        let mut generator = Generator::new(plan).unwrap();
        let mut events = Vec::new();
        loop {
            let portion = generator.portion(500).unwrap();
            if portion.is_empty() {
                return events;
            }
            events.extend(portion);
        }
    };
    let events = write();
    assert_eq!(events, write());
    let heads = heads(&events);
    let tickets: Vec<_> = heads
        .values()
        .filter_map(|h| {
            if let Head::Ticket(t) = h {
                Some(t)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(tickets.len(), 300);
    assert_eq!(tickets.iter().filter(|t| t.is_open()).count(), 40);
    let messages = events
        .iter()
        .filter(|e| match &e.body {
            crate::domain::event::Body::Known(EventBody::Ticket(t)) => matches!(
                t,
                crate::domain::event::TicketEvent::CustomerMessage { .. }
                    | crate::domain::event::TicketEvent::Replied { .. }
                    | crate::domain::event::TicketEvent::Spoken { .. }
            ),
            _ => false,
        })
        .count();
    assert!((2_950..=3_050).contains(&messages), "{messages} messages");
    assert!(events.iter().all(|e| e.occurred_at.0 <= START.0 + 120_000));
}
