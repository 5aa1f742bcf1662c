//! The pace of a call, and words that the customer does not hear.

use super::*;

/// What a line takes to be said, training milliseconds.
fn spoken(text: &str) -> i64 {
    house().stage.rules.spoken_ms(text)
}

#[test]
fn as_a_call_the_customer_answers_when_the_line_has_been_said() {
    const LINE: &str = "这么烫手的事，您着急太正常了，我来跟。";
    for (speed, wall) in [(Speed::Real, 1), (Speed::Slow, 2)] {
        let mut bench = Bench::at("SIM-01", 2, speed);
        bench.stand();
        let heard = bench.contact.speaks_until().unwrap();
        let said = heard + 2_000;
        bench.to(said * wall);
        bench.say(LINE);
        let until = said + spoken(LINE);
        assert!(until > said + 3_000, "{until}");
        assert_eq!(bench.contact.own_until(&bench.clock), Some(until));
        assert!(bench.contact.play().turns().is_empty(), "not heard yet");
        bench.to((until - 1) * wall);
        assert!(!bench.tick(), "{speed:?}");
        bench.to(until * wall);
        assert!(bench.tick(), "{speed:?}");
        assert_eq!(lines(&bench.posts).len(), 2);
        // What is paid is what was paid before: thinking, and the line's own length inside the engine.
        assert_eq!(bench.think(), (2_000, false));
        assert_eq!(bench.contact.own_until(&bench.clock), None);
        bench.stand();
        let answered = bench.contact.speaks_until().unwrap();
        assert!(answered > until + 500, "then the customer's own time");
    }
}

#[test]
fn while_ones_own_line_is_said_time_can_stand_and_nobody_is_silent() {
    const LINE: &str = "这么烫手的事，您着急太正常了，我来跟。";
    let mut bench = Bench::at("SIM-01", 2, Speed::Real);
    bench.stand();
    let said = bench.contact.speaks_until().unwrap() + 11_000;
    bench.to(said);
    bench.say(LINE);
    bench.clock.pause_by_trainee(true, bench.wall);
    bench.to(said + 600_000);
    assert!(!bench.tick(), "time stands");
    bench.clock.pause_by_trainee(false, bench.wall);
    bench.to(said + 600_000 + spoken(LINE) - 1);
    assert!(!bench.tick(), "no silence is paid while one speaks");
    bench.to(said + 600_000 + spoken(LINE));
    assert!(bench.tick());
    assert_eq!(bench.contact.play().turns().len(), 1);
    // Who does not want to wait any more is answered at once.
    bench.stand();
    bench.say("您先别碰插头，离水远一点。");
    assert!(!bench.tick());
    bench.clock.set_speed(Speed::Brisk, bench.wall);
    assert!(bench.tick());
}

#[test]
fn a_line_that_was_ready_early_is_said_after_the_customer() {
    const FIRST: &str = "这么烫手的事，您着急太正常了。";
    const SECOND: &str = "您先别碰插头，离水远一点。";
    let mut bench = Bench::at("SIM-01", 2, Speed::Real);
    bench.stand();
    let said = bench.contact.speaks_until().unwrap() + 1_000;
    bench.to(said);
    bench.say(FIRST);
    bench.to(said + 500);
    bench.say(SECOND);
    bench.to(said + spoken(FIRST));
    assert!(bench.tick());
    assert_eq!(
        bench.contact.own_until(&bench.clock),
        None,
        "the answer is on its way"
    );
    bench.stand();
    let answered = bench.contact.speaks_until().unwrap();
    let until = answered + spoken(SECOND);
    assert_eq!(bench.contact.own_until(&bench.clock), Some(until));
    bench.to(until - 1);
    assert!(!bench.tick());
    bench.to(until);
    assert!(bench.tick());
    assert_eq!(bench.think(), (0, false));
}

#[test]
fn what_is_being_said_when_it_ends_was_said() {
    for stops in [true, false] {
        let mut bench = Bench::at("SIM-01", 2, Speed::Real);
        bench.stand();
        bench.say("您先别碰插头，离水远一点。");
        assert!(bench.contact.play().turns().is_empty());
        let now = Now {
            clock: &bench.clock,
            wall: bench.wall,
        };
        let calendar = &house().calendar;
        if stops {
            bench
                .contact
                .stop(Over::BrokenOff, now, calendar, &mut bench.posts);
        } else {
            bench.contact.close(false, now, calendar, &mut bench.posts);
        }
        let first = &bench.contact.play().turns()[0].tick.input;
        assert!(matches!(first, Input::Said { .. }), "{first:?}");
    }
}

#[test]
fn what_is_written_is_answered_when_it_was_sent() {
    let written = |s: &&std::sync::Arc<crate::sim::Scenario>| s.channel != Channel::Voice;
    let scenario = house().scenarios.values().find(written).unwrap();
    let mut bench = Bench::at(&scenario.id, 2, Speed::Real);
    bench.stand();
    bench.say("让您等了这么久，换谁都急，我来跟。");
    assert_eq!(bench.contact.play().turns().len(), 1);
}

#[test]
fn words_with_others_stand_in_the_run_and_change_nothing() {
    let mut bench = Bench::new("SIM-01", 4);
    bench.stand();
    bench.say("这么烫手的事，您着急太正常了。");
    bench.stand();
    let (before, posts) = (bench.contact.play().state().clone(), bench.posts.len());
    let input = Input::Aside {
        by: crate::sim::Asker::Colleague,
        asked: "张先生的单子在哪儿？".to_owned(),
        answer: "在二号架".to_owned(),
        took_ms: 8_000,
        put_off: 1,
    };
    let now = Now {
        clock: &bench.clock,
        wall: bench.wall,
    };
    bench.contact.aside(input.clone(), now);
    assert_eq!(bench.last(), &input);
    assert_eq!(bench.contact.play().state(), &before);
    assert_eq!(bench.posts.len(), posts, "the customer hears nothing");
    // What the customer says next is what would have been said without it.
    let mut plain = Bench::new("SIM-01", 4);
    plain.stand();
    for bench in [&mut bench, &mut plain] {
        if bench.contact.play().turns().is_empty() {
            bench.say("这么烫手的事，您着急太正常了。");
            bench.stand();
        }
        bench.say("您先别碰插头，离水远一点。");
    }
    assert_eq!(lines(&bench.posts), lines(&plain.posts));
    let run = crate::sim::Run::of(bench.contact.play());
    assert_eq!(
        (run.form, crate::sim::Run::of(plain.contact.play()).form),
        (2, 1)
    );
    let kept = serde_json::to_string(&run).unwrap();
    let again: crate::sim::Run = serde_json::from_str(&kept).unwrap();
    let again = again.replay(&house().stage, scenario("SIM-01")).unwrap();
    assert_eq!(again.turns(), bench.contact.play().turns());
}

#[test]
fn the_last_words_of_a_customer_are_said_before_it_is_over() {
    for (speed, waits) in [(Speed::Real, true), (Speed::Brisk, false)] {
        let mut bench = Bench::at("SIM-01", 2, speed);
        bench.stand();
        bench.to(20_000);
        let now = Now {
            clock: &bench.clock,
            wall: bench.wall,
        };
        let calendar = &house().calendar;
        bench.contact.close(false, now, calendar, &mut bench.posts);
        assert!(!bench.settled(), "the last words are on their way");
        bench.stand();
        assert_eq!(bench.settled(), !waits, "{speed:?}");
        let until = bench.contact.speaks_until().unwrap();
        assert!(until > 20_000);
        bench.to(until);
        assert!(bench.settled());
    }
}
