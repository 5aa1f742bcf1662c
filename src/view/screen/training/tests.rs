//! What the screens that look back look like, at both sizes and in both languages, inside the border of training.
#![allow(clippy::unwrap_used, reason = "tests")]

mod between;

use std::fmt::Write;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::api::training::{PairState, RulesOf, SeatRole};
use crate::app::Keymap;
use crate::app::composer::Composer;
use crate::app::line::Line;
use crate::app::state::{Overlay, Screen, Settings, State};
use crate::app::training::debrief::{DebriefLayer, RunsState, Tab, Trial};
use crate::app::training::pairs::{DeedsState, Doing, Focus};
use crate::app::training::{Layer, Practice, sample};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::text::{Locale, width};
use crate::view::{Look, Theme, render};

const SIZES: [(u16, u16); 2] = [(80, 24), (160, 45)];

fn state(outer: (u16, u16), lang: Lang) -> State {
    let settings = Settings {
        lang,
        ..Settings::default()
    };
    let keymap = Arc::new(Keymap::shipped().unwrap());
    let inner = (outer.0 - 2, outer.1 - 2);
    let mut state = State::new(settings, keymap, inner, sample::NOW);
    let mut practice = Practice::new(SeatRole::Trainee, lang);
    practice.lobby.view = Some(sample::lobby(lang));
    state.training = Some(Box::new(practice));
    state
}

fn scored(state: &mut State, lang: Lang, tab: Tab) {
    state.screen = Screen::Debrief;
    let debrief = &mut state.training.as_mut().unwrap().debrief;
    debrief.run = Some(sample::run(1));
    debrief.view = Some(sample::debrief(lang));
    debrief.tab = tab;
    debrief.turn = 2;
}

fn read(state: &mut State, lang: Lang, next: &str) {
    state.screen = Screen::Pairs;
    let pairs = &mut state.training.as_mut().unwrap().pairs;
    pairs.reading = Some(sample::pair_id(1));
    pairs.turns = (2, 3);
    let at = if next == "annotate" {
        PairState::Masked
    } else {
        PairState::Published
    };
    pairs.view = Some(sample::pair(lang, at, Some(next)));
}

fn prepare(screen: &str, state: &mut State, lang: Lang) {
    match screen {
        "own" => {
            state.screen = Screen::Debrief;
            let debrief = &mut state.training.as_mut().unwrap().debrief;
            debrief.run = Some(sample::run(3));
            debrief.own.boxes[0] = Composer::of("退款 refund\n学费 fees", 0);
        }
        "score" => scored(state, lang, Tab::Score),
        "curve" => scored(state, lang, Tab::Curve),
        "turns" => scored(state, lang, Tab::Turns),
        "words" => scored(state, lang, Tab::Words),
        "trial" => {
            scored(state, lang, Tab::Turns);
            let debrief = &mut state.training.as_mut().unwrap().debrief;
            let tried = sample::tried(lang);
            debrief.turn = 0;
            debrief.trial = Some(Trial {
                lines: vec![tried.turns[0].said.to_string()],
                input: Composer::of("今天18点前 by 18:00", 0),
                ..Trial::default()
            });
            debrief.tried = Some(tried);
            debrief.trying = true;
        }
        "runs" => {
            scored(state, lang, Tab::Score);
            let layer = DebriefLayer::Runs(RunsState { cursor: 1 });
            let layer = Overlay::Training(Box::new(Layer::Debrief(layer)));
            state.overlays.push(layer);
        }
        "predict" | "lesson" | "lesson_plot" => {
            state.screen = Screen::Lesson;
            let lesson = &mut state.training.as_mut().unwrap().lesson;
            lesson.view = Some(sample::lesson(lang));
            lesson.predicted = vec![1];
            if screen != "predict" {
                lesson.predicted = vec![1, 0, 2];
                lesson.given = true;
                lesson.tab = if screen == "lesson" { 0 } else { 3 };
            }
        }
        "pairs" => {
            state.screen = Screen::Pairs;
            let pairs = &mut state.training.as_mut().unwrap().pairs;
            let row = |n, at, next| sample::pair_row(n, lang, at, next);
            pairs.rows = vec![
                row(1, PairState::Published, Some("read")),
                row(2, PairState::Annotated, Some("consent")),
                row(3, PairState::Retired, None),
            ];
        }
        "pair" => read(state, lang, "read"),
        "answers" => {
            read(state, lang, "read");
            let pairs = &mut state.training.as_mut().unwrap().pairs;
            pairs.focus = Focus::Field(1);
            pairs.answers[0] = Line::of("第二句 line two");
        }
        "judge" => {
            read(state, lang, "judge");
            let practice = state.training.as_mut().unwrap();
            practice.seat.role = SeatRole::Trainer;
            practice.pairs.view = Some(sample::judged(lang));
        }
        "then" => {
            scored(state, lang, Tab::Turns);
            let debrief = &mut state.training.as_mut().unwrap().debrief;
            debrief.view.as_mut().unwrap().rules = RulesOf::Then;
        }
        "annotate" => {
            read(state, lang, "annotate");
            let pairs = &mut state.training.as_mut().unwrap().pairs;
            pairs.annotating = true;
            pairs.focus = Focus::Right;
        }
        "deeds" => {
            read(state, lang, "consent");
            let deeds = DeedsState {
                pair: sample::pair_id(1),
                choices: vec![Doing::Agree, Doing::AgreeNamed, Doing::Disagree],
                cursor: 1,
            };
            let layer = Layer::Debrief(DebriefLayer::Deeds(deeds));
            state.overlays.push(Overlay::Training(Box::new(layer)));
        }
        other => unreachable!("{other}"),
    }
}

/// Fits the boxes to the screen, as every event does.
fn settle(state: &mut State) {
    let area = crate::app::layout::layout(state).list;
    crate::app::training::fit(state, area);
}

/// The rows of a buffer; the second cell of a wide character is left out.
fn rows(buffer: &Buffer) -> Vec<String> {
    let line = |row: &[ratatui::buffer::Cell]| {
        let (mut text, mut skip) = (String::new(), 0);
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = width(cell.symbol()).saturating_sub(1);
            text.push_str(cell.symbol());
        }
        text.trim_end().to_owned()
    };
    let cols = usize::from(buffer.area.width);
    buffer.content.chunks(cols).map(line).collect()
}

fn painted(screen: &str, outer: (u16, u16), lang: Lang) -> String {
    let policy = Policy::shipped().unwrap();
    let theme = Theme::shipped(true);
    let locale = Locale::new(if lang == Lang::Zh { "zh-CN" } else { "en" });
    let mut state = state(outer, lang);
    prepare(screen, &mut state, lang);
    settle(&mut state);
    let look = Look {
        theme: &theme,
        locale: &locale,
        policy: &policy,
    };
    let mut buffer = Buffer::empty(Rect::new(0, 0, outer.0, outer.1));
    let painted = render(&state, look, &mut buffer);
    let mut out = String::new();
    let caret = painted.caret.map(|p| (p.x, p.y));
    writeln!(out, "== {}x{} caret {caret:?}", outer.0, outer.1).unwrap();
    for row in rows(&buffer) {
        writeln!(out, "{row}").unwrap();
    }
    out
}

fn album(screen: &str, lang: Lang) -> String {
    SIZES.map(|outer| painted(screen, outer, lang)).concat()
}

macro_rules! looks {
    ($($name:ident),+) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!(stringify!($name), "_zh"), album(stringify!($name), Lang::Zh));
            insta::assert_snapshot!(concat!(stringify!($name), "_en"), album(stringify!($name), Lang::En));
        }
    )+ };
}
looks!(
    own,
    score,
    curve,
    turns,
    words,
    trial,
    runs,
    predict,
    lesson,
    lesson_plot,
    pairs,
    pair,
    answers,
    annotate,
    judge,
    then,
    deeds
);

#[test]
fn nothing_of_the_score_stands_beside_the_own_words() {
    for outer in SIZES {
        let shown = painted("own", outer, Lang::Zh);
        for word in ["46", "要找领导", "/20", "---"] {
            assert!(!shown.contains(word), "{word} in\n{shown}");
        }
    }
}

#[test]
fn every_screen_says_that_it_is_training() {
    for screen in [
        "own", "score", "trial", "runs", "predict", "lesson", "pairs", "pair",
    ] {
        for outer in SIZES {
            assert!(painted(screen, outer, Lang::Zh).contains("[ 训练 ]"));
            assert!(painted(screen, outer, Lang::En).contains("[ TRAINING ]"));
        }
    }
}

#[test]
fn a_small_and_a_huge_screen_are_painted_without_harm() {
    let screens = [
        "own", "score", "curve", "turns", "words", "trial", "runs", "predict", "lesson", "pair",
        "answers",
    ];
    for screen in screens {
        for outer in [(62, 18), (81, 20), (112, 18), (300, 90)] {
            assert!(!painted(screen, outer, Lang::Zh).is_empty());
        }
    }
}
