//! A class at the desk: what is selected, what is asked, what every order says, and that nothing typed is lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::api::training::{ClassOrder, Inject, Results, SeatRole, Speed, Told, TurnView};
use crate::app::effect::Effect;
use crate::app::event::{Event, Hit, Input, Mouse, MouseKind};
use crate::app::tests::fixture::{Desk, id};
use crate::app::training::{Practice, Spot};
use crate::domain::vocabulary::Role;

fn user(n: u128) -> UserId {
    UserId(id(n))
}

fn words(text: &str) -> SafeText {
    SafeText::clean_line(text)
}

fn seat(n: u128, stage: SeatStage) -> SeatRow {
    let plays = stage == SeatStage::Running;
    SeatRow {
        seat: user(n),
        name: words(&format!("学员{n}")),
        here: stage != SeatStage::Empty,
        stage,
        scenario: if plays {
            "SIM-01".into()
        } else {
            String::new()
        },
        title: words("退款没到"),
        level: 2,
        paused: false,
        callers: 1,
        anger: vec![40, 60],
        trust: 30,
        since: None,
        last: None,
        runs: 0,
        join: (stage == SeatStage::Empty).then(|| words("balm train join http://a:1 ABCD")),
        asides: Vec::new(),
    }
}

fn view(rev: u64, seats: Vec<SeatRow>) -> Told {
    let scenario = |id: &str, title: &str| (id.to_owned(), words(title));
    Told::Class(Box::new(ClassView {
        rev,
        seats,
        scenarios: vec![
            scenario("SIM-01", "退款没到"),
            scenario("SIM-02", "洗衣机漏水"),
            scenario("SIM-03", "Fridge again"),
        ],
    }))
}

fn three() -> Vec<SeatRow> {
    vec![
        seat(1, SeatStage::Running),
        seat(2, SeatStage::Lobby),
        seat(3, SeatStage::Empty),
    ]
}

fn turn(said: &str) -> TurnView {
    TurnView {
        at_ms: 0,
        said: words(said),
        kind: String::new(),
        acts: vec!["own".into()],
        findings: Vec::new(),
        moves: Vec::new(),
        moments: Vec::new(),
        answer: words("哼"),
        after: (60, 30, 20),
        not_understood: false,
        turning: false,
        aside: None,
        phrased: false,
    }
}

fn desk_view(n: u128, run: u128, said: &[&str]) -> Told {
    Told::Desk(Box::new(DeskView {
        seat: user(n),
        name: words("学员"),
        run: id(run),
        title: words("退款没到"),
        customer: words("王女士"),
        need: words("有个准信"),
        need_stage: "hidden".into(),
        commitment: "none".into(),
        patience: 40,
        opening: words("退款呢？"),
        start: (40, 30, 20),
        turns: said.iter().map(|s| turn(s)).collect(),
        end: None,
        total: None,
        acts: Vec::new(),
        asides: Vec::new(),
    }))
}

fn tell(desk: &mut Desk, told: Told) -> Vec<Ask> {
    asks(&desk.event(Event::Training(Box::new(told))))
}

fn asks(fx: &[Effect]) -> Vec<Ask> {
    let ask = |e: &Effect| match e {
        Effect::Training(ask) => Some((**ask).clone()),
        _ => None,
    };
    fx.iter().filter_map(ask).collect()
}

fn press(desk: &mut Desk, keys: &str) -> Vec<Ask> {
    asks(&desk.keys(keys))
}

/// A trainer's narrow desk with three seats.
fn trainer() -> Desk {
    let mut desk = Desk::new(Role::Lead);
    desk.state.size = (78, 22);
    desk.state.training = Some(Box::new(Practice::new(SeatRole::Trainer, Lang::Zh)));
    desk.state.screen = Screen::Class;
    tell(&mut desk, view(1, three()));
    desk
}

fn class_of(desk: &Desk) -> &ClassState {
    &desk.state.training.as_ref().unwrap().class
}

fn layer_of(desk: &Desk) -> &ClassLayer {
    match desk.state.overlays.last() {
        Some(Overlay::Training(layer)) => match layer.as_ref() {
            Layer::Class(layer) => layer,
            other => panic!("{other:?}"),
        },
        other => panic!("no layer: {other:?}"),
    }
}

fn orders(asks: Vec<Ask>) -> Vec<ClassOrder> {
    let order = |ask| match ask {
        Ask::ClassDo { order } => order,
        other => panic!("{other:?}"),
    };
    asks.into_iter().map(order).collect()
}

#[test]
fn the_selection_follows_its_seat_through_every_push() {
    let mut desk = trainer();
    assert_eq!(class_of(&desk).selected, Some(user(1)), "the first seat");
    desk.keys("Down");
    assert_eq!(class_of(&desk).selected, Some(user(2)));
    let mut seats = three();
    seats.insert(0, seat(9, SeatStage::Lobby));
    tell(&mut desk, view(2, seats));
    let class = class_of(&desk);
    assert_eq!((class.selected, class.index()), (Some(user(2)), 3));
    desk.keys("Home");
    assert_eq!(class_of(&desk).selected, None, "the row of all");
    tell(&mut desk, view(1, three()));
    assert_eq!(class_of(&desk).seats().len(), 4, "an older push is nothing");
    desk.keys("End");
    tell(&mut desk, view(3, vec![seat(1, SeatStage::Lobby)]));
    assert_eq!(class_of(&desk).selected, None, "a seat that is gone");
}

#[test]
fn a_desk_on_the_screen_is_asked_for_once_at_every_revision() {
    let mut desk = trainer();
    assert_eq!(
        tell(&mut desk, view(2, three())),
        [],
        "only the table is on"
    );
    let want = Ask::Desk { seat: user(1) };
    assert_eq!(press(&mut desk, "Enter"), std::slice::from_ref(&want));
    assert_eq!(class_of(&desk).focus, Focus::Lines);
    assert_eq!(tell(&mut desk, view(2, three())), []);
    assert_eq!(
        tell(&mut desk, view(3, three())),
        std::slice::from_ref(&want)
    );
    desk.keys("Esc");
    assert_eq!(class_of(&desk).focus, Focus::Seats);
    assert_eq!(desk.state.screen, Screen::Class);
    assert_eq!(tell(&mut desk, view(4, three())), []);
    // Where there is room it is on beside the table.
    desk.event(Event::Input(Input::Resize(160, 45)));
    assert_eq!(tell(&mut desk, view(5, three())), [want]);
    desk.keys("Down");
    assert_eq!(
        tell(&mut desk, view(6, three())),
        [],
        "nothing goes on there"
    );
}

#[test]
fn what_cannot_be_watched_says_why() {
    let mut desk = trainer();
    for (key, told) in [
        ("Home", "notice-class-choose-seat"),
        ("End", "notice-class-nobody-there"),
        ("Up", "notice-class-nothing-there"),
    ] {
        desk.keys(key);
        desk.keys("Enter");
        assert_eq!(desk.told(), told);
        assert_eq!(class_of(&desk).focus, Focus::Seats);
    }
}

#[test]
fn a_word_is_written_on_the_chosen_line() {
    let mut desk = trainer();
    desk.keys("F3");
    assert_eq!(desk.told(), "notice-class-watch-first");
    desk.keys("Enter");
    tell(&mut desk, desk_view(1, 77, &["您好", "按规定", "我马上查"]));
    assert_eq!(class_of(&desk).turn(), Some(2), "the newest");
    desk.keys("Up F3");
    desk.types("先接住情绪");
    // Another line is said meanwhile: the word stays where it belongs.
    tell(
        &mut desk,
        desk_view(1, 77, &["您好", "按规定", "我马上查", "好"]),
    );
    let sent = orders(press(&mut desk, "Enter"));
    assert_eq!(
        sent,
        [ClassOrder::Comment {
            seat: user(1),
            run: id(77),
            turn: 1,
            text: "先接住情绪".into(),
        }]
    );
    assert_eq!(class_of(&desk).noted.len(), 0, "not before it is done");
    tell(&mut desk, Told::Done);
    assert_eq!(desk.told(), "notice-class-commented");
    assert_eq!(class_of(&desk).noted[0].turn, 1);
    desk.keys("End");
    assert_eq!(class_of(&desk).line, None, "the end follows what is said");
    // Another run begins: no choice of the old one holds.
    desk.keys("Home");
    tell(&mut desk, desk_view(1, 78, &["您好", "我在"]));
    assert_eq!(class_of(&desk).turn(), Some(1));
}

#[test]
fn a_refused_order_opens_again_with_what_was_typed() {
    let mut desk = trainer();
    desk.keys("F7");
    desk.types("赔付方案定了吗");
    let sent = orders(press(&mut desk, "Ctrl-S"));
    let text = "赔付方案定了吗".to_owned();
    let what = Inject::Question { text };
    let seat = Some(user(1));
    assert_eq!(sent, [ClassOrder::Inject { seat, what }]);
    assert!(desk.state.overlays.is_empty());
    let why = "not_running".to_owned();
    tell(&mut desk, Told::No { why });
    match layer_of(&desk) {
        ClassLayer::Words(words) => assert_eq!(words.line.text(), "赔付方案定了吗"),
        other => panic!("{other:?}"),
    }
    // What was done once is never opened again.
    press(&mut desk, "Enter");
    tell(&mut desk, Told::Done);
    let why = "not_running".to_owned();
    tell(&mut desk, Told::No { why });
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn numbers_are_kept_inside_their_bounds() {
    let mut desk = trainer();
    desk.keys("F5 Up Up Up Up Up Up");
    let most = Inject::Surge { callers: 5 };
    let seat = Some(user(1));
    let sent = orders(press(&mut desk, "Enter"));
    assert_eq!(sent, [ClassOrder::Inject { seat, what: most }]);
    desk.keys("F6");
    desk.types("２００");
    assert!(press(&mut desk, "Enter").is_empty());
    assert_eq!(desk.told(), "notice-class-range");
    desk.keys("Backspace");
    let sent = orders(press(&mut desk, "Enter"));
    let what = Inject::Silence { seconds: 20 };
    assert_eq!(sent, [ClassOrder::Inject { seat, what }]);
    desk.keys("Home F8");
    let sent = orders(press(&mut desk, "Enter"));
    let what = Inject::Network { seconds: 25 };
    assert_eq!(sent, [ClassOrder::Inject { seat: None, what }], "for all");
}

#[test]
fn orders_in_a_row_are_each_answered() {
    let mut desk = trainer();
    let first = press(&mut desk, "Shift-F8");
    let second = press(&mut desk, "F9 Enter");
    let answer = |desk: &mut Desk, asks: &[Ask], told: Told| {
        let ask = Box::new(asks[0].clone());
        desk.event(Event::TrainingAnswer(ask, Box::new(told)));
    };
    answer(&mut desk, &first, Told::Done);
    assert_eq!(desk.told(), "notice-class-paused");
    answer(&mut desk, &second, Told::Done);
    assert_eq!(desk.told(), "notice-class-stopped");
    // The one that is refused comes back with its words, whatever was done before it.
    let question = press(&mut desk, "F7");
    assert!(question.is_empty());
    desk.types("这单呢");
    let question = press(&mut desk, "Enter");
    let pause = press(&mut desk, "Shift-F8");
    let why = "not_running".to_owned();
    answer(&mut desk, &question, Told::No { why });
    let Some(Overlay::Training(layer)) = desk.state.overlays.last() else {
        panic!("the question is lost");
    };
    let Layer::Class(ClassLayer::Words(words)) = layer.as_ref() else {
        panic!("{layer:?}");
    };
    assert_eq!(words.line.text(), "这单呢");
    desk.keys("Esc");
    answer(&mut desk, &pause, Told::Done);
    assert_eq!(desk.told(), "notice-class-paused");
}

#[test]
fn an_answer_to_a_question_is_told_once() {
    let mut desk = trainer();
    let aside = |answer: Option<&str>| crate::api::training::AsideView {
        id: 4,
        kind: "question".to_owned(),
        asked: words("这单呢？"),
        since: crate::domain::time::Ms(7),
        put_off: 1,
        answer: answer.map(words),
        took_ms: 9_400,
    };
    let mut seats = three();
    seats[0].asides = vec![aside(None)];
    tell(&mut desk, view(2, seats.clone()));
    assert_eq!(desk.told(), "");
    seats[0].asides = vec![aside(Some("在办"))];
    tell(&mut desk, view(3, seats.clone()));
    assert_eq!(desk.told(), "notice-class-answered");
    desk.keys("Esc");
    tell(&mut desk, view(4, seats));
    assert_eq!(desk.told(), "");
}

#[test]
fn stopping_asks_once_and_pausing_turns_round() {
    let mut desk = trainer();
    assert!(press(&mut desk, "F9").is_empty());
    assert!(press(&mut desk, "Esc").is_empty());
    assert!(desk.state.overlays.is_empty());
    let seat = Some(user(1));
    assert_eq!(
        orders(press(&mut desk, "F9 Enter")),
        [ClassOrder::Stop { seat }]
    );
    let pause = |seat, on| ClassOrder::Pause { seat, on };
    assert_eq!(orders(press(&mut desk, "Shift-F8")), [pause(seat, true)]);
    let mut seats = three();
    seats[0].paused = true;
    tell(&mut desk, view(2, seats));
    assert_eq!(orders(press(&mut desk, "Shift-F8")), [pause(seat, false)]);
    desk.keys("Home");
    let sent = orders(press(&mut desk, "Shift-F8"));
    assert_eq!(sent, [pause(None, false)], "all that runs stands already");
    let sent = orders(press(&mut desk, "Shift-F7 Right Right 9 Enter"));
    assert_eq!(
        sent,
        [ClassOrder::Open {
            seat: None,
            level: 3
        }]
    );
}

fn set(orders: &[ClassOrder]) -> (Option<UserId>, &str, u8, Lang, u64) {
    match orders {
        [
            ClassOrder::Set {
                seat,
                scenario,
                level,
                lang,
                seed,
                speed: Some(Speed::Real),
            },
        ] => (*seat, scenario, *level, *lang, *seed),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_task_is_found_by_words_and_set_for_one_or_for_all() {
    let mut desk = trainer();
    desk.keys("F2");
    desk.types("漏水");
    let sent = orders(press(&mut desk, "Right F9 Enter"));
    let (seat, scenario, level, lang, seed) = set(&sent);
    assert_eq!((seat, scenario, level), (Some(user(1)), "SIM-02", 3));
    assert_eq!(lang, Lang::En);
    assert!(seed < 1 << 53);
    tell(&mut desk, Told::Done);
    assert_eq!(desk.told(), "notice-class-task");
    // The next form begins where this one ended.
    let sent = orders(press(&mut desk, "F2 Tab Enter"));
    let (seat, scenario, level, ..) = set(&sent);
    assert_eq!((seat, scenario, level), (None, "SIM-02", 3));
    desk.keys("F2");
    desk.types("nothing like it");
    assert!(press(&mut desk, "Enter").is_empty());
    assert_eq!(desk.told(), "notice-class-no-scenario");
    desk.keys("Ctrl-U Down Down Down Down");
    let sent = orders(press(&mut desk, "Enter"));
    assert_eq!(set(&sent).1, "SIM-03");
}

#[test]
fn letters_are_typed_into_the_form_and_order_nothing_else() {
    let mut desk = trainer();
    desk.keys("F2");
    desk.types("fridge vsp");
    match layer_of(&desk) {
        ClassLayer::Task(form) => {
            assert_eq!(form.filter.text(), "fridge vsp");
            assert_eq!((form.level, form.lang), (2, Lang::Zh));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn results_are_asked_for_and_their_paths_shown_whole() {
    let mut desk = trainer();
    assert_eq!(press(&mut desk, "Shift-F5"), [Ask::Results]);
    let results = Results {
        table: words("/srv/results/table.csv"),
        pages: vec![words("/srv/results/a.html")],
        rows: 1,
    };
    tell(&mut desk, Told::Results(results.clone()));
    assert_eq!(desk.told(), "notice-class-results");
    assert_eq!(layer_of(&desk), &ClassLayer::Written(results.clone()));
    assert!(press(&mut desk, "Enter").is_empty());
    assert!(desk.state.overlays.is_empty());
    // Nothing that is being written is covered.
    desk.keys("F7");
    tell(&mut desk, Told::Results(results));
    assert!(matches!(layer_of(&desk), ClassLayer::Words(_)));
}

#[test]
fn a_click_selects_and_a_second_one_watches() {
    let mut desk = trainer();
    let click = |spot| {
        Event::Input(Input::Mouse(Mouse {
            col: 1,
            row: 1,
            kind: MouseKind::Click,
            hit: Some(Hit::Training(spot)),
        }))
    };
    desk.event(click(Spot::Seat(2)));
    assert_eq!(class_of(&desk).selected, Some(user(2)));
    desk.event(click(Spot::Seat(1)));
    let fx = desk.event(click(Spot::Seat(1)));
    assert_eq!(asks(&fx), [Ask::Desk { seat: user(1) }]);
    tell(&mut desk, desk_view(1, 77, &["您好", "我查"]));
    desk.event(click(Spot::Turn(0)));
    assert_eq!(class_of(&desk).turn(), Some(0));
}
