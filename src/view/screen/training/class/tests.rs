//! What the trainer's screens look like, in both languages, narrow and wide, always inside the border of training.
#![allow(clippy::unwrap_used, reason = "tests")]

mod asides;

use std::fmt::Write;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

use crate::api::training::{
    ClassView, DeskView, Move, Results, SeatRole, SeatRow, SeatStage, TurnView,
};
use crate::app::line::Line;
use crate::app::state::{Overlay, Screen, Settings, State};
use crate::app::training::class::{
    Amount, ClassLayer, Focus, Kind, Noted, Target, TaskForm, WIDE, Words,
};
use crate::app::training::{Layer, Practice};
use crate::app::{Keymap, training::class::ClassState};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::Ms;
use crate::text::{Locale, SafeText, width};
use crate::view::{Look, Painted, Theme, render};

/// Wednesday, 2026-03-11, 14:42 in Shanghai.
const NOW: Ms = Ms(1_773_211_320_000);
const JOIN: &str =
    "balm train join http://192.168.200.117:48701 --code KQ7M-2RXW-94TD-HHP3 --name 周敏学";

fn words(text: &str) -> SafeText {
    SafeText::clean_line(text)
}

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn seats(lang: Lang) -> Vec<SeatRow> {
    let seat = |n, zh, en, stage| SeatRow {
        seat: user(n),
        name: words(pick(lang, zh, en)),
        here: stage != SeatStage::Empty,
        stage,
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
    vec![
        SeatRow {
            scenario: "SIM-07".into(),
            title: words(pick(
                lang,
                "洗衣机漏水，楼下也湿了",
                "The washing machine leaks",
            )),
            level: 4,
            callers: 2,
            anger: vec![55, 70, 82, 74, 61, 88],
            trust: 24,
            since: Some(NOW.plus_minutes(-7)),
            last: Some(71),
            runs: 2,
            ..seat(1, "陈静", "Adaeze", SeatStage::Running)
        },
        SeatRow {
            here: false,
            last: Some(88),
            runs: 3,
            ..seat(2, "欧阳娜娜", "Bartholomew", SeatStage::Lobby)
        },
        SeatRow {
            join: Some(words(JOIN)),
            ..seat(3, "周敏学", "Chidi", SeatStage::Empty)
        },
    ]
}

fn turn(said: &str, acts: &[&str], answer: &str, after: (u8, u8, u8)) -> TurnView {
    TurnView {
        at_ms: 1000,
        said: words(said),
        kind: if said.is_empty() { "quiet" } else { "" }.to_owned(),
        acts: acts.iter().map(|a| (*a).to_owned()).collect(),
        findings: Vec::new(),
        moves: Vec::<Move>::new(),
        moments: Vec::new(),
        answer: words(answer),
        after,
        not_understood: false,
        turning: false,
        aside: None,
        phrased: false,
    }
}

fn desk(lang: Lang) -> DeskView {
    let t = |zh, en| pick(lang, zh, en);
    let mut turns = vec![
        turn(
            t(
                "按规定要等七个工作日。",
                "The rule says seven working days.",
            ),
            &["policy_shield"],
            t(
                "又是规定！楼下的天花板谁赔？",
                "Rules again! Who pays for the ceiling below?",
            ),
            (82, 18, 20),
        ),
        turn(
            "",
            &[],
            t("喂？你还在吗？", "Hello? Are you still there?"),
            (88, 15, 20),
        ),
        turn(
            t(
                "水都流到楼下了，换谁都急。我今天18点前带师傅的上门时间给您回电。",
                "Water down to the flat below: anyone would be upset. I will call you by 18:00 with the time the technician comes.",
            ),
            &["ack_specific", "own", "commit_concrete"],
            t("那你说话算话。", "Then keep your word."),
            (61, 40, 55),
        ),
    ];
    turns[0].findings = vec![("TON-03".into(), words(t("按规定", "The rule says")))];
    turns[2].turning = true;
    DeskView {
        seat: user(1),
        name: words(t("陈静", "Adaeze")),
        run: Uuid::from_u128(77),
        title: words(t("洗衣机漏水，楼下也湿了", "The washing machine leaks")),
        customer: words(t("赵敏", "Ms Zhao")),
        need: words(t(
            "怕楼下找上门来，要有人先出面跟邻居说清楚",
            "Afraid of the neighbour below; wants somebody to speak to him first",
        )),
        need_stage: "hinted".into(),
        commitment: "concrete".into(),
        patience: 35,
        opening: words(t(
            "洗衣机漏水，楼下天花板都湿了，你们到底管不管？",
            "The machine leaks and the ceiling below is wet. Will anyone do anything?",
        )),
        start: (70, 30, 25),
        turns,
        end: None,
        total: None,
        acts: Vec::new(),
        asides: Vec::new(),
    }
}

fn scenarios(lang: Lang) -> Vec<(String, SafeText)> {
    let one = |id: &str, zh, en| (id.to_owned(), words(pick(lang, zh, en)));
    vec![
        one("SIM-01", "退款三天没到", "The refund that never came"),
        one(
            "SIM-07",
            "洗衣机漏水，楼下也湿了",
            "The washing machine leaks",
        ),
        one("SIM-12", "没人解释的等待", "The wait that nobody explained"),
    ]
}

/// A trainer's screen with an outer size of so many columns and rows.
fn state((cols, rows): (u16, u16), lang: Lang) -> State {
    let settings = Settings {
        lang,
        ..Settings::default()
    };
    let keymap = Arc::new(Keymap::shipped().unwrap());
    let mut state = State::new(settings, keymap, (cols - 2, rows - 2), NOW);
    let mut practice = Practice::new(SeatRole::Trainer, lang);
    practice.class.view = Some(ClassView {
        rev: 1,
        seats: seats(lang),
        scenarios: scenarios(lang),
    });
    practice.class.selected = Some(user(1));
    practice.class.desk = Some(desk(lang));
    state.training = Some(Box::new(practice));
    state.screen = Screen::Class;
    state
}

fn class(state: &mut State) -> &mut ClassState {
    &mut state.training.as_mut().unwrap().class
}

fn above(state: &mut State, layer: ClassLayer) {
    let layer = Box::new(Layer::Class(layer));
    state.overlays.push(Overlay::Training(layer));
}

fn paint(state: &State) -> (Vec<String>, Painted) {
    let (theme, policy) = (Theme::shipped(true), Policy::shipped().unwrap());
    let locale = Locale::new(pick(state.settings.lang, "zh-CN", "en"));
    let look = Look {
        theme: &theme,
        locale: &locale,
        policy: &policy,
    };
    let (cols, rows) = state.outer();
    let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
    let painted = render(state, look, &mut buffer);
    let line = |row: &[ratatui::buffer::Cell]| {
        let mut text = String::new();
        let mut skip = 0;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = width::width(cell.symbol()).saturating_sub(1);
            text.push_str(cell.symbol());
        }
        text.trim_end().to_owned()
    };
    let lines = buffer.content.chunks(usize::from(cols)).map(line);
    (lines.collect(), painted)
}

/// The screen as text, with the caret.
fn picture(state: &State) -> String {
    let (lines, painted) = paint(state);
    let mark = pick(state.settings.lang, "[ 训练 ]", "[ TRAINING ]");
    assert!(lines[0].contains(mark), "no mark:\n{}", lines[0]);
    let (cols, rows) = state.outer();
    let caret = painted.caret.map(|p| format!("{},{}", p.x, p.y));
    let caret = caret.unwrap_or_else(|| "none".into());
    let mut out = format!("== {cols}x{rows} caret {caret}\n");
    for line in lines {
        writeln!(out, "{line}").unwrap();
    }
    out
}

const SIZES: [(u16, u16); 2] = [(80, 24), (160, 45)];

/// All sizes of one screen; `set` brings the state there.
fn album(lang: Lang, set: fn(&mut State)) -> String {
    let mut out = String::new();
    for size in SIZES {
        let mut state = state(size, lang);
        set(&mut state);
        out.push_str(&picture(&state));
    }
    out
}

fn keep(name: &str, set: fn(&mut State)) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/screen/snapshots");
    insta::with_settings!({snapshot_path => folder, prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("training_{name}_zh"), album(Lang::Zh, set));
        insta::assert_snapshot!(format!("training_{name}_en"), album(Lang::En, set));
    });
}

fn target(state: &State) -> Target {
    let lang = state.settings.lang;
    Target {
        seat: Some(user(1)),
        name: words(pick(lang, "陈静", "Adaeze")),
    }
}

#[test]
fn the_class() {
    keep("class", |_| {});
}

#[test]
fn one_desk_from_near() {
    keep("class_desk", |state| {
        let lang = state.settings.lang;
        let class = class(state);
        class.focus = Focus::Lines;
        class.line = Some(0);
        class.noted = vec![Noted {
            run: Uuid::from_u128(77),
            turn: 0,
            text: words(pick(
                lang,
                "先接住情绪再说规定",
                "The feeling first, then the rule",
            )),
        }];
    });
}

#[test]
fn a_task_is_set() {
    keep("class_task", |state| {
        let to = target(state);
        let form = TaskForm {
            to,
            all: false,
            spoken: false,
            filter: Line::default(),
            chosen: Some("SIM-07".into()),
            level: 3,
            lang: state.settings.lang,
            speed: crate::api::training::Speed::Brisk,
        };
        above(state, ClassLayer::Task(form));
    });
}

#[test]
fn practice_aloud() {
    keep("spoken", |state| {
        let mut view = desk(state.settings.lang);
        let acts = "ack_specific ack_generic apologise own safety ask_open ask_closed paraphrase \
            explain_cause admit_unknown_timed option commit_concrete confirm decline_reasoned \
            rights_neutral boundary thanks commit_vague ask_known process_only policy_shield \
            excuse_busy transfer_cold interrupt forbidden";
        view.acts = acts.split_whitespace().map(str::to_owned).collect();
        state.screen = Screen::Spoken;
        let spoken = &mut state.training.as_mut().unwrap().spoken;
        spoken.view = Some(view);
        spoken.shown_at = Some(NOW.plus_millis(-9_000));
        spoken.read_at = Some(NOW.plus_millis(-3_400));
        spoken.marked = [0, 11].into();
        spoken.cursor = 11;
    });
}

fn paths(state: &mut State) {
    let folder = "/home/trainer/.local/share/balm/training/2026-03-11/results";
    let page = |n: u8| words(&format!("{folder}/0{n}-陈静.html"));
    let results = Results {
        table: words(&format!("{folder}/class.csv")),
        pages: (1..=3).map(page).collect(),
        rows: 5,
    };
    above(state, ClassLayer::Written(results));
}

#[test]
fn questions_stand_above_the_class() {
    let sets: [fn(&mut State); 4] = [
        paths,
        |state| {
            let to = target(state);
            above(state, ClassLayer::Amount(Amount::new(to, Kind::Silence)));
        },
        |state| {
            let to = target(state);
            let said = desk(state.settings.lang).turns[2].said.clone();
            let mut word = Words::comment(to, (Uuid::from_u128(77), 2, said));
            word.line = Line::of("好");
            above(state, ClassLayer::Words(word));
        },
        |state| {
            let to = target(state);
            above(state, ClassLayer::Level { to, level: 4 });
        },
    ];
    for lang in [Lang::Zh, Lang::En] {
        let mut out = String::new();
        for set in sets {
            let mut state = state((80, 24), lang);
            set(&mut state);
            out.push_str(&picture(&state));
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/screen/snapshots");
        let name = pick(lang, "training_class_layers_zh", "training_class_layers_en");
        insta::with_settings!({snapshot_path => folder, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(name, out);
        });
    }
}

#[test]
fn a_join_line_is_never_cut() {
    for size in [(62, 18), (80, 24), (160, 45)] {
        let mut state = state(size, Lang::En);
        class(&mut state).selected = Some(user(3));
        let (lines, _) = paint(&state);
        let at = lines.iter().position(|l| l.contains("balm train join"));
        let from = at.unwrap();
        let cols = usize::from(if size.0 - 2 >= WIDE {
            (size.0 - 2) * 11 / 20
        } else {
            size.0 - 2
        });
        let own: String = lines[from..from + 2]
            .iter()
            .map(|l| l.chars().skip(1).take(cols - 1).collect::<String>())
            .map(|l| l.trim_start_matches(['>', ' ']).trim_end().to_owned() + " ")
            .collect();
        let words: String = own.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole: Vec<&str> = JOIN.split(' ').collect();
        for word in whole {
            let wrapped = words.replace(' ', "");
            assert!(wrapped.contains(&word.replace(' ', "")), "{word}: {words}");
        }
    }
}

#[test]
fn a_class_larger_than_the_screen_keeps_the_selection_in_sight() {
    let mut state = state((80, 24), Lang::Zh);
    let many = (1..=40).map(|n| SeatRow {
        seat: user(n),
        name: words(&format!("学员{n}")),
        ..seats(Lang::Zh)[1].clone()
    });
    class(&mut state).view.as_mut().unwrap().seats = many.collect();
    for n in [1, 20, 40] {
        class(&mut state).selected = Some(user(n));
        let (lines, painted) = paint(&state);
        let want = format!("学员{n} ");
        let row = lines.iter().find(|l| l.contains(&want)).unwrap();
        assert!(row.starts_with("#>"), "{row}");
        assert!(painted.rows_formatted < 24);
    }
}

#[test]
fn minutes_and_thinking_change_by_time_alone() {
    let mut state = state((80, 24), Lang::Zh);
    let (_, painted) = paint(&state);
    assert_eq!(painted.changes_at, Some(NOW.plus_minutes(1)));
    state.screen = Screen::Spoken;
    let spoken = &mut state.training.as_mut().unwrap().spoken;
    spoken.view = Some(desk(Lang::Zh));
    spoken.shown_at = Some(NOW.plus_millis(-400));
    let (_, painted) = paint(&state);
    assert_eq!(painted.changes_at, Some(NOW.plus_millis(600)));
}
