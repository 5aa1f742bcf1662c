#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod pace;

use uuid::Uuid;

use super::*;
use crate::api::training::Speed;
use crate::domain::command::CommandBody;
use crate::sim::Input;
use crate::training::testing::{SEAT, T, house, lines, notes, scenario, script};

/// A contact on a bench: time goes on by hand, posts stand when told.
struct Bench {
    clock: Clock,
    wall: Ms,
    contact: Contact,
    posts: Vec<Post>,
    standing: usize,
}

impl Bench {
    /// Brisk: what is said is heard at once.
    fn new(id: &str, level: u8) -> Self {
        Self::at(id, level, Speed::Brisk)
    }

    fn at(id: &str, level: u8, speed: Speed) -> Self {
        let clock = Clock::start(T, speed);
        let mut posts = Vec::new();
        let open = Opening {
            stage: &house().stage,
            scenario: scenario(id),
            setup: Setup {
                seed: 11,
                level,
                noise: true,
            },
            lang: Lang::Zh,
            run: Uuid::from_u128(1),
            seat: SEAT,
        };
        let now = Now {
            clock: &clock,
            wall: T,
        };
        let contact = Contact::begin(&open, now, &house().calendar, &mut posts);
        Self {
            clock,
            wall: T,
            contact,
            posts,
            standing: 0,
        }
    }

    /// Lets everything that was put on the channel stand in the record.
    fn stand(&mut self) {
        while self.standing < self.posts.len() {
            let kind = self.posts[self.standing].kind;
            self.standing += 1;
            let now = Now {
                clock: &self.clock,
                wall: self.wall,
            };
            self.contact
                .posted(kind, true, now, &house().calendar, &mut self.posts);
        }
    }

    fn to(&mut self, ms: i64) {
        self.wall = T.plus_millis(ms);
    }

    fn tick(&mut self) -> bool {
        let now = Now {
            clock: &self.clock,
            wall: self.wall,
        };
        self.contact
            .tick(now, false, &house().calendar, &mut self.posts)
    }

    fn say(&mut self, text: &str) {
        let words = Words {
            text: text.to_owned(),
            at: self.wall,
            promised: false,
        };
        let now = Now {
            clock: &self.clock,
            wall: self.wall,
        };
        self.contact
            .said(words, now, &house().calendar, &mut self.posts);
    }

    fn began(&mut self, message: u32, after_ms: i64) {
        let now = Now {
            clock: &self.clock,
            wall: self.wall,
        };
        self.contact.began(message, after_ms, now);
    }

    fn settled(&self) -> bool {
        self.contact.settled(Now {
            clock: &self.clock,
            wall: self.wall,
        })
    }

    fn last(&self) -> &Input {
        &self.contact.play().turns().last().unwrap().tick.input
    }

    fn think(&self) -> (i64, bool) {
        match self.last() {
            Input::Said {
                think_ms,
                interrupted,
                ..
            } => (*think_ms, *interrupted),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_customer_comes_with_record_and_note_and_always_under_the_same_ids() {
    let bench = Bench::new("SIM-01", 2);
    let CommandBody::OpenTicket {
        new_customer: Some(record),
        live,
        ..
    } = &bench.posts[0].command.body
    else {
        panic!("{:?}", bench.posts);
    };
    assert_eq!(record.name.expose(), "何女士");
    assert_eq!(record.identities[0].value.expose(), "19900005678");
    assert!(live);
    assert!(matches!(bench.posts[1].command.body, CommandBody::Assign { to, .. } if to == SEAT));
    let note = notes(&bench.posts).pop().unwrap();
    for piece in ["密封圈没装到位", "问配送时间", "周"] {
        assert!(note.contains(piece), "{note}");
    }
    assert!(
        !note.contains("slot-") && !note.contains("training-note"),
        "{note}"
    );
    assert_eq!(Bench::new("SIM-01", 2).posts, bench.posts);
    let mut ids: Vec<_> = bench.posts.iter().map(|p| p.command.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), bench.posts.len());
}

#[test]
fn thinking_counts_from_the_end_of_the_line_to_the_first_key_and_typing_never() {
    let mut bench = Bench::new("SIM-01", 2);
    bench.to(300);
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    assert!(until > 5_000, "a spoken line takes its time: {until}");
    // Painted a second after it stood; the first key two seconds after the customer ended.
    bench.to(until + 2_000);
    bench.began(1, until + 2_000 - 1_300);
    bench.to(until + 40_000);
    bench.say("这么烫手的事，您着急太正常了，我来跟。");
    assert_eq!(bench.think(), (2_000, false));
    // Without a key: from the line's end to the words.
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.to(until + 3_000);
    bench.say("您先别碰插头，离水远一点。");
    assert_eq!(bench.think(), (3_000, false));
    // Painted late: reading begins when there is something to read.
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.to(until + 9_000);
    bench.began(3, 4_000);
    bench.say("我给您登记换新。");
    assert_eq!(bench.think(), (4_000, false));
}

#[test]
fn speaking_over_the_customer_counts_from_level_three_on() {
    for (level, counts) in [(2, false), (3, true)] {
        let mut bench = Bench::new("SIM-01", level);
        bench.stand();
        let until = bench.contact.speaks_until().unwrap();
        bench.to(until - OVERLAP - 1);
        bench.began(1, 100);
        bench.say("您别急，我来处理。");
        assert_eq!(bench.think(), (0, counts), "level {level}");
        bench.stand();
        let until = bench.contact.speaks_until().unwrap();
        bench.to(until - OVERLAP);
        bench.say("您先别碰插头。");
        assert_eq!(bench.think(), (0, false), "within the tolerance");
    }
}

#[test]
fn silence_is_paid_once_and_not_while_somebody_writes() {
    let mut bench = Bench::new("SIM-01", 2);
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.to(until + 11_999);
    assert!(!bench.tick());
    bench.to(until + 12_000);
    assert!(bench.tick());
    assert!(matches!(bench.last(), Input::Quiet { ms: 12_000 }));
    assert_eq!(lines(&bench.posts).len(), 2, "the customer asks");
    assert!(!bench.tick(), "not twice");
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    // Again after twenty; then the first key, and the words after a long time of writing.
    bench.to(until + 19_999);
    assert!(!bench.tick());
    bench.began(2, 19_000);
    bench.to(until + 19_999 + 59_000);
    assert!(!bench.tick(), "somebody is writing");
    bench.say("您着急我明白，我现在就查。");
    assert_eq!(bench.think().0, 19_000);
    // Writing for more than a minute is silence again.
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.to(until + 1_000);
    bench.began(3, 1_000);
    bench.to(until + 61_000);
    assert!(bench.tick());
    assert!(matches!(bench.last(), Input::Quiet { ms: 60_000 }));
}

#[test]
fn without_a_clock_nobody_asks() {
    let mut bench = Bench::new("SIM-01", 1);
    bench.stand();
    bench.to(3_600_000);
    assert!(!bench.tick());
    assert!(!bench.contact.offers().is_empty(), "level 1 offers lines");
    assert!(Bench::new("SIM-01", 3).contact.offers().is_empty());
}

#[test]
fn words_wait_for_the_answer_that_is_on_its_way_and_keep_their_order() {
    let mut bench = Bench::new("SIM-01", 2);
    bench.to(500);
    bench.say("第一句：三天就漏，换谁都急。");
    bench.say("第二句：您先别碰插头。");
    assert!(
        bench.contact.play().turns().is_empty(),
        "not even the opening stands"
    );
    bench.stand();
    let said = bench
        .contact
        .play()
        .turns()
        .iter()
        .map(|t| match &t.tick.input {
            Input::Said { text, .. } => text.chars().take(3).collect::<String>(),
            other => panic!("{other:?}"),
        });
    assert_eq!(said.collect::<Vec<_>>(), ["第一句", "第二句"]);
    assert_eq!(lines(&bench.posts).len(), 3);
    assert_eq!(bench.contact.lines(), 3);
}

#[test]
fn a_closed_ticket_is_not_opened_again_by_the_last_words() {
    let mut bench = Bench::new("SIM-01", 2);
    bench.stand();
    let (before, kept) = (lines(&bench.posts).len(), notes(&bench.posts).len());
    let now = Now {
        clock: &bench.clock,
        wall: bench.wall,
    };
    bench
        .contact
        .close(true, now, &house().calendar, &mut bench.posts);
    assert!(bench.settled());
    assert_eq!(bench.contact.over(), Some(Over::End(End::Left)));
    assert_eq!(lines(&bench.posts).len(), before);
    assert_eq!(notes(&bench.posts).len(), kept + 1);
}

#[test]
fn a_promise_that_comes_after_its_words_stands_in_the_ledger() {
    let mut bench = Bench::new("SIM-01", 2);
    bench.stand();
    for line in script("SIM-01", Lang::Zh) {
        let until = bench.contact.speaks_until().unwrap();
        bench.wall = bench.clock.wall(until + 2_000, bench.wall);
        bench.say(&line);
        bench.stand();
    }
    let end = bench.contact.play().end();
    assert!(end.is_none_or(End::is_good), "{end:?}");
    let ledger = |play: &Play| {
        crate::sim::score(play)
            .criticals
            .iter()
            .any(|c| c.what == "ledger")
    };
    assert!(
        ledger(bench.contact.play()),
        "promised, and nothing in the ledger"
    );
    while bench.contact.unkept().is_some() {
        bench.contact.promise();
    }
    let kept = bench.contact.kept();
    assert!(!ledger(&kept));
    assert_eq!(
        kept.state(),
        bench.contact.play().state(),
        "only the ledger differs"
    );
}

#[test]
fn a_withheld_answer_comes_later_and_holds_what_is_said_into_the_silence() {
    let mut bench = Bench::new("SIM-01", 4);
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.contact.withhold(10);
    bench.to(until + 1_000);
    bench.say("三天就漏，换谁都急。");
    assert_eq!(lines(&bench.posts).len(), 1);
    bench.to(until + 5_000);
    bench.say("您还在吗？");
    assert_eq!(bench.contact.play().turns().len(), 1);
    bench.to(until + 10_999);
    assert!(!bench.tick());
    bench.to(until + 11_000);
    assert!(bench.tick());
    assert_eq!(lines(&bench.posts).len(), 2);
    bench.stand();
    assert_eq!(bench.contact.play().turns().len(), 2);
    assert_eq!(bench.think(), (0, false));
}

#[test]
fn a_customer_who_could_not_come_is_over() {
    let mut bench = Bench::new("SIM-01", 2);
    let now = Now {
        clock: &bench.clock,
        wall: bench.wall,
    };
    bench.contact.posted(
        Kind::Opening,
        false,
        now,
        &house().calendar,
        &mut bench.posts,
    );
    assert_eq!(bench.contact.over().map(Over::as_str), Some("broken_off"));
    assert!(bench.settled());
}

#[test]
fn what_the_customer_withheld_is_not_thought_over_by_the_trainee() {
    let mut bench = Bench::new("SIM-01", 2);
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.contact.withhold(20);
    bench.to(until + 1_000);
    bench.say("这么烫手的事，您着急太正常了。");
    // The customer is silent for twenty seconds; the trainee goes on in the nineteenth of them.
    bench.to(until + 20_000);
    bench.began(1, until + 20_000);
    bench.say("您先别碰插头，离水远一点。");
    bench.to(until + 21_100);
    assert!(bench.tick(), "now it is said");
    bench.stand();
    assert_eq!(bench.think(), (0, false));
}

#[test]
fn a_lost_network_costs_no_thought_and_interrupts_nobody() {
    let mut bench = Bench::new("SIM-01", 3);
    bench.contact.blind(0, 60_000);
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    assert!(until > 2_000 && until < 50_000, "{until}");
    bench.to(1_000);
    bench.say("您别急，我来处理。");
    assert_eq!(
        bench.think(),
        (0, false),
        "the line had not reached the desk"
    );
    bench.stand();
    let until = bench.contact.speaks_until().unwrap();
    bench.contact.excuse(until + 30_000);
    bench.to(until + 31_000);
    bench.began(2, 100_000);
    bench.say("您先别碰插头。");
    assert_eq!(bench.think().0, 1_000);
    // A second cut that begins within the first makes it longer.
    bench.contact.blind(70_000, 80_000);
    bench.contact.blind(75_000, 90_000);
    assert_eq!(bench.contact.blind, (70_000, 90_000));
}
