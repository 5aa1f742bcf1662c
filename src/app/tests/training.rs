//! A desk in training: the stopwatch, what comes in between, the release, help that is taken away.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::fixture::*;
use crate::api::desk::*;
use crate::api::training::{
    Ask, ContactView, Help, LobbyView, Release, ScenarioRow, SeatRole, SeatStage, SeatView,
    StormView, Told,
};
use crate::app::event::{Event, Input};
use crate::app::state::{Overlay, Screen};
use crate::app::training::{Layer, Practice};
use crate::app::{Effect, State};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::domain::vocabulary::Role;
use crate::text::SafeText;

fn practising(desk: &mut Desk) {
    desk.state.training = Some(Box::new(Practice::new(SeatRole::Trainee, Lang::Zh)));
}

fn asks(fx: &[Effect]) -> Vec<Ask> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Training(ask) => Some(ask.as_ref().clone()),
            _ => None,
        })
        .collect()
}

fn told(desk: &mut Desk, told: Told) -> Vec<Effect> {
    desk.event(Event::Training(Box::new(told)))
}

fn seat(rev: u64, change: impl FnOnce(&mut SeatView)) -> Told {
    let mut seat = SeatView {
        rev,
        stage: SeatStage::Running,
        level: 4,
        ..SeatView::default()
    };
    change(&mut seat);
    Told::Seat(Box::new(seat))
}

fn storm(id: u32, wants_words: bool) -> StormView {
    StormView {
        id,
        kind: "interruption".to_owned(),
        text: SafeText::clean_line("张先生的单子你放哪儿了？"),
        since: NOW,
        wants_words,
        put_off: 0,
        now: false,
    }
}

fn layers(state: &State) -> Vec<&Layer> {
    let mut out = Vec::new();
    for overlay in &state.overlays {
        if let Overlay::Training(layer) = overlay {
            out.push(layer.as_ref());
        }
    }
    out
}

#[test]
fn the_first_key_after_the_customers_words_is_told_once_with_its_time() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    let row = row(1);
    let words = vec![customer_entry(1, "漏水了"), customer_entry(2, "你们管不管")];
    let shown = conversation(row.clone(), words.clone());
    desk.event(Event::Desk(DeskAnswer::Conversation(Box::new(shown))));
    desk.now = NOW.plus_millis(4_200);
    desk.keys("i");
    let fx = desk.types("您");
    let ticket = row.ticket.id;
    let began = |message, after_ms| Ask::Began {
        ticket,
        message,
        after_ms,
    };
    assert_eq!(asks(&fx), [began(2, 4_200)]);
    desk.now = NOW.plus_millis(9_000);
    assert_eq!(asks(&desk.types("先别急")), [], "never the time of typing");
    // The customer speaks again while the reply is being written: a new wait begins.
    let mut more = words;
    more.push(customer_entry(3, "喂？"));
    let shown = conversation(row, more);
    desk.event(Event::Desk(DeskAnswer::Conversation(Box::new(shown))));
    desk.now = NOW.plus_millis(9_700);
    assert_eq!(asks(&desk.types("，")), [began(3, 700)]);
}

#[test]
fn a_live_desk_tells_nobody_when_its_keys_fall() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    assert_eq!(asks(&desk.types("您好")), []);
    assert_eq!(asks(&desk.keys("Shift-F2")), []);
    assert_eq!(desk.state.screen, Screen::Ticket);
}

#[test]
fn what_comes_in_between_wants_a_word_and_the_draft_stays() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    desk.keys("i");
    desk.types("写了一半");
    told(&mut desk, seat(1, |s| s.storms.push(storm(7, true))));
    assert!(matches!(layers(&desk.state)[..], [Layer::Storm(_)]));
    desk.types("在二号架");
    let fx = desk.keys("Enter");
    let text = "在二号架".to_owned();
    assert_eq!(asks(&fx), [Ask::Answer { storm: 7, text }]);
    assert_eq!(layers(&desk.state).len(), 0);
    let ticket = desk.state.ticket.as_ref().unwrap();
    assert_eq!(ticket.reply.text(), "写了一半");
    // An older picture of the seat does not bring it back.
    told(&mut desk, seat(0, |s| s.storms.push(storm(7, true))));
    assert_eq!(layers(&desk.state).len(), 0);
    // Put off, it is answered with nothing; the training asks again.
    told(&mut desk, seat(2, |s| s.storms.push(storm(8, true))));
    let fx = desk.keys("Esc");
    let text = String::new();
    assert_eq!(asks(&fx), [Ask::Answer { storm: 8, text }]);
}

#[test]
fn at_the_end_of_a_shift_it_is_said_what_to_do() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    let view = |kind: &str| {
        seat(1, |s| {
            s.relief = Some((UserId(uuid::Uuid::nil()), SafeText::trusted("小林")));
            s.storms.push(StormView {
                kind: kind.to_owned(),
                ..storm(7, false)
            });
        })
    };
    told(&mut desk, view("shift_change"));
    assert_eq!(desk.told(), "notice-shift");
    let shown = desk.state.notices.shown.as_ref().unwrap();
    let args: Vec<_> = shown.msg.args.iter().map(|(name, _)| *name).collect();
    assert_eq!(args, ["who", "key"]);
}

#[test]
fn a_task_is_not_told_of_any_more_once_it_is_played() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    let task = crate::api::training::TaskView {
        scenario: "S07".to_owned(),
        title: SafeText::trusted("退款"),
        level: 1,
        seed: 7,
        speed: None,
    };
    let set = task.clone();
    told(
        &mut desk,
        seat(1, |s| {
            s.stage = SeatStage::Lobby;
            s.task = Some(set);
        }),
    );
    assert_eq!(desk.told(), "notice-task-set");
    told(&mut desk, seat(2, |s| s.task = Some(task)));
    assert_eq!(desk.state.notices.shown, None);
}

#[test]
fn what_is_put_off_comes_back_with_its_words_until_it_is_answered() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    let view = |rev, put_off, now| {
        seat(rev, |s| {
            s.storms.push(StormView {
                put_off,
                now,
                ..storm(7, true)
            });
        })
    };
    told(&mut desk, view(1, 0, false));
    desk.types("在二");
    let fx = desk.keys("Esc");
    let put_off = Ask::Answer {
        storm: 7,
        text: String::new(),
    };
    assert_eq!(asks(&fx), std::slice::from_ref(&put_off));
    // What the training told before it took that does not bring it back.
    told(&mut desk, view(2, 0, false));
    assert_eq!(layers(&desk.state).len(), 0);
    told(&mut desk, seat(3, |_| {}));
    told(&mut desk, view(4, 2, true));
    let words = |desk: &Desk| match layers(&desk.state)[..] {
        [Layer::Storm(s)] => s.line.text().to_owned(),
        _ => panic!("no question"),
    };
    assert_eq!(words(&desk), "在二");
    assert_eq!(asks(&desk.keys("Esc")), [], "not a third time");
    assert_eq!(desk.told(), "notice-storm-now");
    desk.types("号架");
    let sent = asks(&desk.keys("Enter")).remove(0);
    assert_eq!(layers(&desk.state).len(), 0);
    // The answer was lost on the way: nothing typed is.
    let no = |why: &str| Told::No {
        why: why.to_owned(),
    };
    desk.event(Event::TrainingAnswer(
        Box::new(sent.clone()),
        Box::new(no("lost")),
    ));
    assert_eq!(words(&desk), "在二号架");
    assert_eq!(asks(&desk.keys("Enter")), std::slice::from_ref(&sent));
    desk.event(Event::TrainingAnswer(Box::new(sent), Box::new(Told::Done)));
    told(&mut desk, seat(5, |_| {}));
    assert_eq!(layers(&desk.state).len(), 0);
}

#[test]
fn an_answer_without_words_is_none() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    told(&mut desk, seat(1, |s| s.storms.push(storm(7, true))));
    assert_eq!(asks(&desk.keys("Enter")), []);
    assert_eq!(layers(&desk.state).len(), 1);
}

#[test]
fn words_of_the_trainer_are_told_all_and_in_their_order() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    let comment = |n: usize| crate::api::training::Comment {
        run: uuid::Uuid::from_u128(1),
        turn: n,
        line: SafeText::default(),
        text: SafeText::clean_line(&format!("第{n}句")),
        at: NOW,
    };
    let with = |rev, count| seat(rev, |s| s.comments = (1..=count).map(comment).collect());
    // Two at once, and a third while the first stands; something else comes in between.
    told(&mut desk, with(1, 2));
    told(&mut desk, with(2, 3));
    told(
        &mut desk,
        seat(3, |s| {
            s.comments = (1..=3).map(comment).collect();
            s.cut = true;
        }),
    );
    let mut read = Vec::new();
    while let Some(shown) = desk.state.notices.shown.clone() {
        read.extend(shown.msg.args.into_iter().map(|(_, arg)| match arg {
            crate::app::notice::Arg::Text(text) => text.to_string(),
            other => panic!("{other:?}"),
        }));
        desk.state.notices.dismiss(desk.now);
    }
    assert_eq!(read, ["第1句", "第2句", "第3句"]);
}

#[test]
fn the_release_cannot_be_left_before_its_time() {
    let mut desk = Desk::at_ticket(Role::Agent);
    practising(&mut desk);
    let until = NOW.plus_millis(60_000);
    let release = Release { since: NOW, until };
    told(&mut desk, seat(1, |s| s.release = Some(release)));
    assert_eq!(layers(&desk.state), [&Layer::Release]);
    for keys in ["Enter", "Esc", "F9", "Ctrl-K", "Shift-F2"] {
        assert_eq!(asks(&desk.keys(keys)), [], "{keys}");
        assert_eq!(layers(&desk.state), [&Layer::Release], "{keys}");
    }
    desk.now = until;
    assert_eq!(asks(&desk.keys("Enter")), [Ask::Released]);
    assert_eq!(layers(&desk.state).len(), 0);
}

#[test]
fn help_is_taken_away_where_the_level_says_so() {
    for coach in [true, false] {
        let mut desk = Desk::at_ticket(Role::Agent);
        practising(&mut desk);
        let row = row(1);
        let contact = ContactView {
            ticket: row.ticket.id,
            messages: 1,
            speaks_until: Ms(0),
            own_until: None,
            mood: None,
            patience: Some(80),
            offers: Vec::new(),
            over: None,
        };
        let help = Help {
            coach,
            ..Help::default()
        };
        told(
            &mut desk,
            seat(1, |s| {
                s.help = help;
                s.contacts.push(contact);
            }),
        );
        let shown = conversation(row, vec![customer_entry(1, "漏水了")]);
        desk.event(Event::Desk(DeskAnswer::Conversation(Box::new(shown))));
        let lines = &desk.state.ticket.as_ref().unwrap().coach.suggestions;
        assert_eq!(!lines.is_empty(), coach);
    }
}

#[test]
fn a_border_stands_around_every_size() {
    let mut desk = Desk::new(Role::Agent);
    practising(&mut desk);
    desk.event(Event::Input(Input::Resize(80, 24)));
    assert_eq!((desk.state.size, desk.state.outer()), ((78, 22), (80, 24)));
}

#[test]
fn one_run_after_another_is_begun_from_the_lobby() {
    let mut desk = Desk::new(Role::Agent);
    practising(&mut desk);
    let row = ScenarioRow {
        id: "SIM-01".to_owned(),
        title: SafeText::clean_line("漏水的水壶"),
        item: "it01".to_owned(),
        psychology: "calm".to_owned(),
        channel: "voice".to_owned(),
        levels: vec![1, 2],
        minutes: 5,
        expected: 75,
        best: None,
        played: 0,
        due_in: None,
        proposed: true,
    };
    let lobby = LobbyView {
        scenarios: vec![row],
        next_level: 1,
        ..LobbyView::default()
    };
    told(&mut desk, Told::Lobby(Box::new(lobby)));
    for rev in [1, 3] {
        desk.state.screen = Screen::Practice;
        let begun = asks(&desk.keys("Enter"));
        assert!(matches!(begun[..], [Ask::Start { .. }]), "{begun:?}");
        assert_eq!(asks(&desk.keys("Enter")), [], "asked for once");
        let run = uuid::Uuid::from_u128(u128::from(rev));
        told(&mut desk, Told::Started { ticket: None, run });
        assert_eq!(desk.state.screen, Screen::Queue);
        told(&mut desk, seat(rev, |_| {}));
        let over = seat(rev + 1, |s| s.stage = SeatStage::Over);
        told(&mut desk, over);
        assert_eq!(
            desk.told(),
            "notice-run-not-kept",
            "and why no debrief comes"
        );
    }
}
