//! Practice aloud: marks, the clock of thinking, handing in, the end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::api::training::{ClassView, SeatRole, SeatRow, SeatStage, Told, TurnView};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::tests::fixture::{Desk, id};
use crate::app::training::Practice;
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Role;

fn words(text: &str) -> SafeText {
    SafeText::clean_line(text)
}

fn view(turns: usize, end: Option<&str>) -> Told {
    let turn = |n| TurnView {
        at_ms: 0,
        said: SafeText::default(),
        kind: "marked".into(),
        acts: Vec::new(),
        findings: Vec::new(),
        moves: Vec::new(),
        moments: Vec::new(),
        answer: words(&format!("答{n}")),
        after: (50, 40, 30),
        not_understood: false,
        turning: false,
        aside: None,
        phrased: false,
    };
    let acts = (0..25).map(|n| format!("act_{n}")).collect();
    Told::Spoken(Box::new(DeskView {
        seat: UserId(id(1)),
        name: words("学员"),
        run: id(77),
        title: words("退款没到"),
        customer: words("王女士"),
        need: words("有个准信"),
        need_stage: "hidden".into(),
        commitment: "none".into(),
        patience: 40,
        opening: words("退款呢？"),
        start: (40, 30, 20),
        turns: (0..turns).map(turn).collect(),
        end: end.map(str::to_owned),
        total: end.map(|_| 72),
        acts,
        asides: Vec::new(),
    }))
}

fn asks(fx: &[Effect]) -> Vec<Ask> {
    let ask = |e: &Effect| match e {
        Effect::Training(ask) => Some((**ask).clone()),
        _ => None,
    };
    fx.iter().filter_map(ask).collect()
}

fn tell(desk: &mut Desk, told: Told) {
    desk.event(Event::Training(Box::new(told)));
}

fn press(desk: &mut Desk, keys: &str) -> Vec<Ask> {
    asks(&desk.keys(keys))
}

fn later(desk: &mut Desk, ms: i64) {
    desk.now = desk.now.plus_millis(ms);
}

fn spoken_of(desk: &Desk) -> &SpokenState {
    &desk.state.training.as_ref().unwrap().spoken
}

/// A trainer's desk with one seat, on the class screen.
fn trainer() -> Desk {
    let mut desk = Desk::new(Role::Lead);
    desk.state.training = Some(Box::new(Practice::new(SeatRole::Trainer, Lang::Zh)));
    desk.state.screen = Screen::Class;
    let row = SeatRow {
        seat: UserId(id(1)),
        name: words("学员"),
        here: true,
        stage: SeatStage::Lobby,
        scenario: String::new(),
        title: SafeText::default(),
        level: 0,
        paused: false,
        callers: 0,
        anger: Vec::new(),
        trust: 0,
        since: None,
        last: None,
        runs: 0,
        join: None,
        asides: Vec::new(),
    };
    let class = ClassView {
        rev: 1,
        seats: vec![row],
        scenarios: vec![("SIM-01".into(), words("退款没到"))],
    };
    tell(&mut desk, Told::Class(Box::new(class)));
    desk
}

/// The same with practice going on.
fn practising() -> Desk {
    let mut desk = trainer();
    desk.keys("Shift-F6 Enter");
    tell(&mut desk, view(0, None));
    desk
}

fn marked(asks: &[Ask]) -> (Vec<&str>, i64, &str) {
    match asks {
        [
            Ask::SpokenMark {
                acts,
                think_ms,
                words,
            },
        ] => (acts.iter().map(String::as_str).collect(), *think_ms, words),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_begins_at_the_selected_seat_and_is_gone_back_to() {
    let mut desk = trainer();
    desk.keys("Home Shift-F6");
    assert_eq!(desk.told(), "notice-class-choose-seat");
    let sent = press(&mut desk, "Down Shift-F6 Right Enter");
    assert_eq!(
        sent,
        [Ask::SpokenBegin {
            seat: UserId(id(1)),
            scenario: "SIM-01".into(),
            level: 2,
            lang: Lang::Zh,
        }]
    );
    assert_eq!(
        desk.state.screen,
        Screen::Class,
        "not before it is answered"
    );
    tell(&mut desk, view(0, None));
    assert_eq!(desk.state.screen, Screen::Spoken);
    assert_eq!(spoken_of(&desk).line().unwrap().as_str(), "退款呢？");
    desk.keys("Esc");
    assert_eq!(desk.state.screen, Screen::Class);
    assert!(press(&mut desk, "Shift-F6").is_empty(), "no second one");
    assert_eq!(desk.state.screen, Screen::Spoken);
}

#[test]
fn marks_go_by_key_and_by_cursor_and_the_first_stops_the_clock() {
    let mut desk = practising();
    later(&mut desk, 4_000);
    desk.types("1");
    later(&mut desk, 3_000);
    // Through an input method as well: full-width letters, the wide blank, Insert.
    desk.types("ａ");
    desk.keys("Down");
    desk.types("\u{3000}");
    desk.keys("Down Insert Insert");
    let sent = press(&mut desk, "Enter");
    assert_eq!(
        marked(&sent),
        (vec!["act_0", "act_9", "act_10"], 4_000, ""),
        "in the order of the acts"
    );
    assert!(press(&mut desk, "Enter").is_empty(), "once is enough");
    tell(&mut desk, view(1, None));
    let spoken = spoken_of(&desk);
    assert!(spoken.marked.is_empty() && spoken.began_at.is_none());
    assert_eq!(spoken.line().unwrap().as_str(), "答0");
    assert_eq!(spoken.shown_at, Some(desk.now));
}

#[test]
fn reading_aloud_is_not_thinking() {
    let mut desk = practising();
    later(&mut desk, 6_000);
    desk.keys("F6");
    later(&mut desk, 1_500);
    desk.keys("F5");
    later(&mut desk, 9_000);
    desk.types("2");
    desk.keys("Tab");
    desk.types("给了准信 12");
    assert!(
        desk.keys("F7")
            .iter()
            .all(|e| !matches!(e, Effect::Training(_)))
    );
    let sent = press(&mut desk, "Ctrl-S");
    assert_eq!(marked(&sent), (vec!["act_1"], 1_500, "给了准信 12"));
}

#[test]
fn nothing_marked_is_asked_once_and_too_much_is_told() {
    let mut desk = practising();
    assert!(press(&mut desk, "Enter").is_empty());
    assert_eq!(desk.told(), "notice-spoken-nothing");
    assert_eq!(marked(&press(&mut desk, "Enter")).0, Vec::<&str>::new());
    tell(&mut desk, view(1, None));
    desk.types("123456789abcd");
    assert!(press(&mut desk, "Enter").is_empty());
    assert_eq!(desk.told(), "notice-spoken-too-many");
    desk.types("d");
    assert_eq!(marked(&press(&mut desk, "Enter")).0.len(), 12);
}

#[test]
fn no_letter_leaves_the_screen() {
    let mut desk = practising();
    // q is the queue elsewhere; here it is no act.
    desk.types("qzjk");
    assert_eq!(desk.state.screen, Screen::Spoken);
    let marks: Vec<usize> = spoken_of(&desk).marked.iter().copied().collect();
    assert_eq!(marks, [18, 19], "j and k are acts");
}

#[test]
fn the_end_is_asked_once_and_its_score_told() {
    let mut desk = practising();
    assert!(press(&mut desk, "F9").is_empty());
    assert_eq!(desk.told(), "notice-spoken-end-sure");
    desk.types("1");
    assert!(press(&mut desk, "F9").is_empty(), "something came between");
    assert_eq!(press(&mut desk, "F9"), [Ask::SpokenEnd]);
    tell(&mut desk, view(1, Some("left")));
    assert_eq!(desk.told(), "notice-spoken-over");
    assert!(!spoken_of(&desk).goes_on());
    desk.types("1");
    assert!(spoken_of(&desk).marked.is_empty(), "nothing is marked then");
    assert!(press(&mut desk, "Enter").is_empty());
    assert_eq!(desk.state.screen, Screen::Class);
}

#[test]
fn a_refused_turn_keeps_its_marks_and_can_be_handed_in_again() {
    let mut desk = practising();
    desk.types("3");
    assert_eq!(press(&mut desk, "Enter").len(), 1);
    let why = "disk".to_owned();
    tell(&mut desk, Told::No { why });
    assert_eq!(marked(&press(&mut desk, "Enter")).0, ["act_2"]);
}
