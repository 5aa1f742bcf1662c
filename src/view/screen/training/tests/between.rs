//! Who speaks now, and what was asked in between.

use super::*;
use crate::api::training::{Asked, ContactView, SeatStage, SeatView, StormView};
use crate::app::tests::fixture::Desk;
use crate::app::training::StormState;
use crate::text::SafeText;

fn shown(state: &State) -> Vec<String> {
    let policy = Policy::shipped().unwrap();
    let theme = Theme::shipped(true);
    let locale = Locale::new(if state.settings.lang == Lang::Zh {
        "zh-CN"
    } else {
        "en"
    });
    let look = Look {
        theme: &theme,
        locale: &locale,
        policy: &policy,
    };
    let (cols, height) = state.outer();
    let mut buffer = Buffer::empty(Rect::new(0, 0, cols, height));
    let _painted = render(state, look, &mut buffer);
    rows(&buffer)
}

/// A trainee with a caller on the screen; until when each of them speaks, seconds from now.
fn calling(lang: Lang, own: Option<i64>, customer: i64) -> State {
    let mut state = Desk::at_ticket(crate::domain::vocabulary::Role::Agent).state;
    state.settings.lang = lang;
    state.now = sample::NOW;
    state.size = (78, 22);
    let ticket = state.ticket.as_ref().unwrap().id;
    let practice = Practice::new(SeatRole::Trainee, lang);
    state.training = Some(Box::new(practice));
    let contact = ContactView {
        ticket,
        messages: 2,
        speaks_until: sample::NOW.plus_secs(customer),
        own_until: own.map(|secs| sample::NOW.plus_secs(secs)),
        mood: Some((70, 40)),
        patience: Some(90),
        offers: Vec::new(),
        over: None,
    };
    state.training.as_mut().unwrap().seat = SeatView {
        stage: SeatStage::Running,
        level: 2,
        contacts: vec![contact],
        ..SeatView::default()
    };
    state
}

#[test]
fn the_border_says_who_speaks_now_and_for_how_long() {
    for (lang, own, customer) in [
        (Lang::Zh, "你还在说 4 秒", "客户还在说 6 秒"),
        (Lang::En, "you speak, 4 s", "speaking, 6 s"),
    ] {
        let head = |own, customer| shown(&calling(lang, own, customer)).remove(0);
        let first = head(Some(4), 6);
        assert!(first.contains(own) && !first.contains(customer), "{first}");
        let then = head(Some(-1), 6);
        assert!(then.contains(customer) && !then.contains(own), "{then}");
        let over = head(None, 0);
        assert!(!over.contains(customer) && !over.contains(own), "{over}");
    }
    let mut later = calling(Lang::Zh, Some(4), 0);
    later.now = sample::NOW.plus_millis(1_001);
    let head = shown(&later).remove(0);
    assert!(head.contains("你还在说 3 秒"), "it counts down: {head}");
    let mut stands = calling(Lang::Zh, Some(4), 0);
    stands.training.as_mut().unwrap().seat.paused = true;
    let head = shown(&stands).remove(0);
    assert!(
        !head.contains("你还在说") && head.contains("已暂停"),
        "{head}"
    );
}

#[test]
fn a_question_in_between_stands_in_the_debrief_with_its_answer() {
    for (lang, answered, open) in [
        (
            Lang::Zh,
            "（主管来问：退款那单呢？ 回：在办，用了 8 秒，放过 1 次）",
            "一直没回，8 秒",
        ),
        (
            Lang::En,
            "(The supervisor asks: 退款那单呢？ Answered: 在办 after 8 s, put off: 1)",
            "Never answered, 8 s",
        ),
    ] {
        let mut state = state((160, 45), lang);
        scored(&mut state, lang, Tab::Turns);
        let debrief = &mut state.training.as_mut().unwrap().debrief;
        let turns = &mut debrief.view.as_mut().unwrap().turns;
        for said in ["在办", ""] {
            let said = SafeText::clean_line(said);
            let mut turn = sample::turn(50_000, &said, &SafeText::default(), (60, 40, 40));
            turn.kind = "aside".to_owned();
            turn.aside = Some(Asked {
                kind: "question".to_owned(),
                text: SafeText::clean_line("退款那单呢？"),
                took_ms: 8_200,
                put_off: 1,
            });
            turns.push(turn);
        }
        let last = turns.len() - 1;
        settle(&mut state);
        for (turn, want) in [(last - 1, answered), (last, open)] {
            state.training.as_mut().unwrap().debrief.turn = turn;
            let text = shown(&state).join("\n");
            assert!(text.contains(want), "{text}");
        }
    }
}

#[test]
fn a_question_says_when_it_comes_back_and_when_it_will_not_wait() {
    for (put_off, now, words) in [
        (0, false, "20 秒后"),
        (1, false, "还能再放一次"),
        (2, true, "这回得回一句"),
    ] {
        let mut state = calling(Lang::Zh, None, 0);
        let storm = StormView {
            id: 1,
            kind: "question".to_owned(),
            text: SafeText::clean_line("退款那单呢？"),
            since: sample::NOW,
            wants_words: true,
            put_off,
            now,
        };
        let line = Line::default();
        let layer = Box::new(Layer::Storm(StormState { storm, line }));
        state.overlays.push(Overlay::Training(layer));
        let text = shown(&state).join("\n");
        assert!(text.contains(words), "{text}");
    }
}
