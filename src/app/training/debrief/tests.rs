#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::{Item, Step, Tab, items};
use crate::api::training::{Ask, SeatRole, SeatStage, SeatView, Told};
use crate::app::effect::Effect;
use crate::app::event::{Event, Input};
use crate::app::state::{Overlay, Screen};
use crate::app::tests::fixture::Desk;
use crate::app::training::{Practice, sample};
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Role;

/// A trainee's desk in the lobby.
pub(in crate::app) fn trainee() -> Desk {
    let mut desk = Desk::new(Role::Agent);
    let practice = Practice::new(SeatRole::Trainee, Lang::Zh);
    desk.state.training = Some(Box::new(practice));
    desk.state.screen = Screen::Practice;
    desk.state.back.clear();
    told(&mut desk, Told::Lobby(Box::new(sample::lobby(Lang::Zh))));
    desk
}

/// The training tells something.
pub(in crate::app) fn told(desk: &mut Desk, told: Told) -> Vec<Effect> {
    desk.event(Event::Training(Box::new(told)))
}

/// What the training was asked.
pub(in crate::app) fn asked(fx: &[Effect]) -> Vec<Ask> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Training(ask) => Some((**ask).clone()),
            _ => None,
        })
        .collect()
}

fn over(desk: &mut Desk, rev: u64) -> Vec<Effect> {
    let seat = SeatView {
        rev,
        stage: SeatStage::Over,
        debrief: Some(sample::run(1)),
        ..SeatView::default()
    };
    told(desk, Told::Seat(Box::new(seat)))
}

fn debrief(desk: &Desk) -> &super::DebriefState {
    &desk.state.training.as_ref().unwrap().debrief
}

/// A desk that sees the score.
fn scored() -> Desk {
    let mut desk = trainee();
    over(&mut desk, 1);
    desk.types("好");
    desk.keys("Tab");
    desk.types("慢");
    desk.keys("Ctrl-S");
    told(
        &mut desk,
        Told::Debrief(Box::new(sample::debrief(Lang::Zh))),
    );
    desk
}

#[test]
fn own_words_come_before_the_score() {
    let mut desk = trainee();
    over(&mut desk, 1);
    assert_eq!(desk.state.screen, Screen::Debrief);
    assert_eq!(debrief(&desk).step(), Step::Own);
    desk.types("问出了学费");
    desk.keys("Tab");
    desk.types("别先讲规定 q");
    let asks = asked(&desk.keys("Ctrl-S"));
    let run = sample::run(1);
    let words = Ask::Reflect {
        run,
        plus: "问出了学费".into(),
        delta: "别先讲规定 q".into(),
    };
    assert_eq!(asks, [words, Ask::Debrief { run }]);
    assert_eq!(debrief(&desk).step(), Step::Waiting);
    told(
        &mut desk,
        Told::Debrief(Box::new(sample::debrief(Lang::Zh))),
    );
    assert_eq!(debrief(&desk).step(), Step::Score);
    assert_eq!(debrief(&desk).turn, 2, "the turning sentence is chosen");
}

#[test]
fn an_empty_box_is_asked_about_once() {
    let mut desk = trainee();
    over(&mut desk, 1);
    desk.types("好");
    assert!(asked(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-own-words-empty");
    assert_eq!(debrief(&desk).own.at, 1, "the empty one has the keys");
    assert_eq!(asked(&desk.keys("Ctrl-S")).len(), 2);
}

#[test]
fn a_refusal_leaves_the_words_and_asks_again() {
    let mut desk = trainee();
    over(&mut desk, 1);
    desk.types("好");
    desk.keys("Tab");
    desk.types("慢");
    desk.keys("Ctrl-S");
    told(&mut desk, Told::No { why: "busy".into() });
    assert_eq!(debrief(&desk).step(), Step::Own);
    assert_eq!(debrief(&desk).own.boxes[1].text(), "慢");
    assert_eq!(asked(&desk.keys("Ctrl-S")).len(), 2);
}

#[test]
fn the_debrief_waits_while_something_is_written() {
    let mut desk = Desk::at_ticket(Role::Agent);
    let practice = Practice::new(SeatRole::Trainee, Lang::Zh);
    desk.state.training = Some(Box::new(practice));
    desk.keys("i");
    desk.types("王女士");
    over(&mut desk, 1);
    assert_eq!(desk.state.screen, Screen::Ticket);
    let waits = |n: &crate::app::notice::Notice| n.msg.key == "notice-debrief-waits";
    let notices = &desk.state.notices;
    assert!(notices.shown.iter().chain(&notices.waiting).any(waits));
    desk.keys("Shift-F2 F7");
    assert_eq!(desk.state.screen, Screen::Debrief);
    assert_eq!(debrief(&desk).step(), Step::Own);
}

#[test]
fn own_words_of_one_run_survive_a_look_at_another() {
    let mut desk = trainee();
    over(&mut desk, 1);
    desk.types("先说到这");
    desk.keys("Esc");
    // Without a run that waits, F7 lists them all; the second was given its own words before.
    let seat = SeatView {
        rev: 2,
        ..SeatView::default()
    };
    told(&mut desk, Told::Seat(Box::new(seat)));
    desk.keys("F7");
    assert!(matches!(
        desk.state.overlays.last(),
        Some(Overlay::Training(_))
    ));
    let asks = asked(&desk.keys("Down Down Enter"));
    let run = sample::run(2);
    assert_eq!(asks, [Ask::Debrief { run }]);
    over(&mut desk, 3);
    desk.keys("Esc Shift-F2 F7");
    assert_eq!(debrief(&desk).run, Some(sample::run(1)));
    assert_eq!(debrief(&desk).own.boxes[0].text(), "先说到这");
}

#[test]
fn a_criterion_leads_to_the_line_that_lost_it() {
    let mut desk = scored();
    assert_eq!(debrief(&desk).tab, Tab::Score);
    assert_eq!(debrief(&desk).criterion, 0, "the first that lost something");
    desk.keys("Enter");
    assert_eq!((debrief(&desk).tab, debrief(&desk).turn), (Tab::Turns, 0));
    desk.keys("Shift-Tab Down Enter");
    assert_eq!(debrief(&desk).turn, 2, "the line that found the need");
}

#[test]
fn another_line_is_tried_and_taken_back() {
    let mut desk = scored();
    desk.keys("Enter F5");
    assert_eq!(debrief(&desk).step(), Step::Trying);
    desk.types("九天没到账，");
    desk.event(Event::Input(Input::Paste("您肯定\n着急。".into())));
    let run = sample::run(1);
    let line = "九天没到账，您肯定 着急。".to_owned();
    let lines = vec![line.clone()];
    assert_eq!(
        asked(&desk.keys("Enter")),
        [Ask::Try {
            run,
            turn: 0,
            lines
        }]
    );
    // A second line has to wait for the customer.
    desk.types("还有");
    assert!(asked(&desk.keys("Ctrl-S")).is_empty());
    told(&mut desk, Told::Tried(Box::new(sample::tried(Lang::Zh))));
    assert!(debrief(&desk).tried.is_some());
    let lines = vec![line.clone(), "还有".to_owned()];
    assert_eq!(
        asked(&desk.keys("Ctrl-S")),
        [Ask::Try {
            run,
            turn: 0,
            lines
        }]
    );
    told(&mut desk, Told::Tried(Box::new(sample::tried(Lang::Zh))));
    let lines = vec![line];
    let asks = asked(&desk.keys("Backspace"));
    assert_eq!(
        asks,
        [Ask::Try {
            run,
            turn: 0,
            lines
        }]
    );
    assert_eq!(debrief(&desk).trial.as_ref().unwrap().input.text(), "还有");
    // Esc leads back to the debrief, F5 on to the same trial.
    desk.keys("Esc");
    assert_eq!(
        (debrief(&desk).step(), desk.state.screen),
        (Step::Score, Screen::Debrief)
    );
    desk.keys("F5");
    assert_eq!(debrief(&desk).trial.as_ref().unwrap().lines.len(), 1);
}

#[test]
fn an_answer_to_lines_that_were_given_up_is_not_shown() {
    let mut desk = scored();
    desk.keys("Enter F5");
    desk.types("好");
    desk.keys("Enter F5");
    told(&mut desk, Told::Tried(Box::new(sample::tried(Lang::Zh))));
    assert!(debrief(&desk).tried.is_none());
}

#[test]
fn a_line_that_got_no_answer_is_in_the_box_again() {
    let mut desk = scored();
    desk.keys("Enter F5");
    desk.types("好的");
    desk.keys("Enter");
    desk.event(Event::TrainingAway(true));
    let trial = debrief(&desk).trial.as_ref().unwrap();
    assert_eq!((trial.input.text(), trial.lines.len()), ("好的", 0));
}

#[test]
fn what_to_practise_next_is_selected_in_the_lobby_at_a_level_it_has() {
    let mut desk = scored();
    desk.keys("Tab Tab End");
    let all = items(desk.state.training.as_ref().unwrap());
    assert_eq!(all.last(), Some(&Item::Next));
    desk.keys("Enter");
    assert_eq!(desk.state.screen, Screen::Practice);
    let lobby = &desk.state.training.as_ref().unwrap().lobby;
    assert_eq!(lobby.row().unwrap().id, "S11");
}

#[test]
fn a_word_of_the_trainer_that_comes_later_is_shown_too() {
    let mut desk = scored();
    let mut seat = desk.state.training.as_ref().unwrap().seat.clone();
    seat.rev = 9;
    let mut comment = sample::debrief(Lang::Zh).comments.remove(0);
    seat.comments = vec![comment.clone()];
    comment.turn = 0;
    seat.comments.push(comment);
    told(&mut desk, Told::Seat(Box::new(seat)));
    let practice = desk.state.training.as_ref().unwrap();
    assert_eq!(super::comments(practice).len(), 2, "the known one once");
}

#[test]
fn a_score_that_never_came_can_be_asked_for_again() {
    let mut desk = trainee();
    desk.keys("F7 Down Enter");
    assert_eq!(debrief(&desk).step(), Step::Waiting);
    let run = sample::run(1);
    assert_eq!(asked(&desk.keys("Enter")), [Ask::Debrief { run }]);
}
