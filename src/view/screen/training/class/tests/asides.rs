//! What was asked in between, as the trainer sees it.

use super::*;
use crate::api::training::{AsideView, Asked};

fn aside(lang: Lang, id: u32, answer: Option<(&'static str, &'static str)>) -> AsideView {
    AsideView {
        id,
        kind: "question".to_owned(),
        asked: words(pick(
            lang,
            "洗衣机那单师傅派了吗？",
            "Is the technician on the way?",
        )),
        since: NOW.plus_secs(-12),
        put_off: 1,
        answer: answer.map(|(zh, en)| words(pick(lang, zh, en))),
        took_ms: 9_400,
    }
}

fn asked(state: &mut State) {
    let lang = state.settings.lang;
    let answered = aside(lang, 1, Some(("派了，四点到", "Yes, there by four")));
    let open = aside(lang, 2, None);
    let class = class(state);
    let all = vec![answered.clone(), open];
    class.view.as_mut().unwrap().seats[0]
        .asides
        .clone_from(&all);
    let desk = class.desk.as_mut().unwrap();
    desk.asides = all;
    let mut told = turn("", &[], "", (61, 40, 55));
    told.kind = "aside".to_owned();
    told.said = answered.answer.unwrap();
    told.aside = Some(Asked {
        kind: answered.kind,
        text: answered.asked,
        took_ms: answered.took_ms,
        put_off: 0,
    });
    desk.turns.push(told);
}

#[test]
fn a_question_stands_in_the_table_until_it_is_answered() {
    keep("class_asked", asked);
}

#[test]
fn a_question_stands_beside_the_desk_and_its_answer_among_the_lines() {
    keep("class_asked_desk", |state| {
        asked(state);
        class(state).focus = Focus::Lines;
    });
}

#[test]
fn an_open_question_grows_older_on_the_screen() {
    let mut state = state((80, 24), Lang::Zh);
    asked(&mut state);
    let (before, painted) = paint(&state);
    assert!(
        before.iter().any(|l| l.contains("还没回（12 秒")),
        "{before:?}"
    );
    assert_eq!(painted.changes_at, Some(NOW.plus_secs(1)));
    state.now = NOW.plus_secs(30);
    let (after, _) = paint(&state);
    assert!(
        after.iter().any(|l| l.contains("还没回（42 秒")),
        "{after:?}"
    );
}
