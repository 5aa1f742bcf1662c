//! Questions in between.

use super::*;
use crate::api::training::AsideView;
use crate::sim::{Asker, Input};
use crate::training::seat::asides::MOST_PUT_OFF;

fn asked(text: &str) -> Inject {
    Inject::Question {
        text: text.to_owned(),
    }
}

fn ask(bench: &mut Bench, text: &str) -> u32 {
    let what = asked(text);
    bench
        .go(|seat, out, now| seat.inject(house(), &what, now, out))
        .unwrap();
    let storms = bench.view().storms;
    storms.iter().find(|s| s.text.as_str() == text).unwrap().id
}

fn answer(bench: &mut Bench, id: u32, text: &str) -> Result<(), &'static str> {
    bench.go(|seat, _, now| seat.answer(id, text, now))
}

/// What the trainer sees from near.
fn seen(bench: &Bench) -> Vec<AsideView> {
    bench.seat.desk(Lang::Zh, bench.wall).unwrap().asides
}

/// What stands in the runs.
fn kept(bench: &Bench, contact: usize) -> Vec<Input> {
    let contacts = &bench.seat.sitting.as_ref().unwrap().contacts;
    let turns = contacts[contact].play().turns().iter();
    let aside = |i: &&Input| matches!(i, Input::Aside { .. });
    turns
        .map(|t| &t.tick.input)
        .filter(aside)
        .cloned()
        .collect()
}

#[test]
fn an_answer_stands_in_the_run_and_before_the_trainer() {
    let mut bench = Bench::new("SIM-01", 3);
    bench.say(0, "三天就漏，换谁都急。");
    bench.to(4);
    let id = ask(&mut bench, "这单怎么样了？");
    let open = seen(&bench).remove(0);
    assert_eq!(
        (open.kind.as_str(), open.answer, open.put_off),
        ("question", None, 0)
    );
    bench.to(12);
    assert_eq!(seen(&bench)[0].took_ms, 8_000);
    answer(&mut bench, id, " 在查了，三点前给您结果 ").unwrap();
    assert_eq!(answer(&mut bench, id, "再说一次"), Err("no_storm"));
    bench.to(40);
    let told = seen(&bench).remove(0);
    let words = told.answer.as_ref().unwrap().as_str();
    assert_eq!((words, told.took_ms), ("在查了，三点前给您结果", 8_000));
    assert_eq!(bench.seat.row(Lang::Zh, bench.wall).asides, [told]);
    let want = Input::Aside {
        by: Asker::Trainer,
        asked: "这单怎么样了？".to_owned(),
        answer: "在查了，三点前给您结果".to_owned(),
        took_ms: 8_000,
        put_off: 0,
    };
    assert_eq!(kept(&bench, 0), [want]);
    // The run that is kept holds it, and so does its debrief.
    bench
        .go(|seat, out, now| seat.stop(house(), now, out))
        .unwrap();
    let play = &bench.kept[0].contacts[0].1;
    let turns = crate::training::office::views::turns(play);
    let turn = turns
        .iter()
        .find_map(|t| Some((t, t.aside.as_ref()?)))
        .unwrap();
    assert_eq!(turn.0.said.as_str(), "在查了，三点前给您结果");
    assert_eq!((turn.1.kind.as_str(), turn.1.took_ms), ("question", 8_000));
}

#[test]
fn what_is_put_off_comes_back_and_not_for_ever() {
    let mut bench = Bench::new("SIM-01", 3);
    bench.to(2);
    let id = ask(&mut bench, "张先生的单子呢？");
    let here = |bench: &Bench| bench.view().storms.iter().any(|s| s.id == id);
    answer(&mut bench, id, "").unwrap();
    assert!(!here(&bench));
    assert_eq!(
        answer(&mut bench, id, "在这"),
        Err("no_storm"),
        "it is not there now"
    );
    let open = seen(&bench).remove(0);
    assert_eq!(
        (open.answer, open.put_off),
        (None, 1),
        "it stays open for the trainer"
    );
    // By the clock of the training.
    bench.to(21);
    assert!(!here(&bench));
    bench.to(23);
    assert!(here(&bench));
    // With the next words to a customer.
    answer(&mut bench, id, "").unwrap();
    assert!(!here(&bench));
    bench.say(0, "三天就漏，换谁都急。");
    let back = bench
        .view()
        .storms
        .into_iter()
        .find(|s| s.id == id)
        .unwrap();
    assert_eq!((back.put_off, back.now), (MOST_PUT_OFF, true));
    assert_eq!(answer(&mut bench, id, "  "), Err("answer_now"));
    assert!(here(&bench));
    answer(&mut bench, id, "在二号架").unwrap();
    assert!(matches!(
        &kept(&bench, 0)[..],
        [Input::Aside { put_off: 2, .. }]
    ));
}

#[test]
fn what_was_never_answered_is_kept_as_that() {
    let mut bench = Bench::new("SIM-01", 3);
    bench.say(0, "三天就漏，换谁都急。");
    ask(&mut bench, "一");
    bench.to(3);
    let id = ask(&mut bench, "二");
    answer(&mut bench, id, "").unwrap();
    bench.to(9);
    let ticket = bench.view().contacts[0].ticket;
    let _ = bench.go(|seat, out, now| seat.end(house(), ticket, now, out));
    let turns = bench.kept[0].contacts[0].1.turns();
    let asides: Vec<_> = turns
        .iter()
        .filter_map(|t| match &t.tick.input {
            Input::Aside {
                asked,
                answer,
                took_ms,
                ..
            } => Some((asked.as_str(), answer.as_str(), *took_ms)),
            _ => None,
        })
        .collect();
    assert_eq!(asides, [("一", "", 9_000), ("二", "", 6_000)]);
    assert_eq!(bench.kept[0].contacts[0].1.end(), Some(End::Left));
}

#[test]
fn a_question_alone_is_no_run_but_an_answer_is() {
    for (words, runs) in [("", 0), ("在办", 1)] {
        let mut bench = Bench::new("SIM-01", 3);
        let id = ask(&mut bench, "这单呢？");
        answer(&mut bench, id, words).unwrap();
        bench
            .go(|seat, out, now| seat.stop(house(), now, out))
            .unwrap();
        assert_eq!(bench.kept[0].contacts.len(), runs, "{words}");
    }
}
