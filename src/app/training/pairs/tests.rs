#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Doing, Focus};
use crate::api::training::{Ask, PairDeed, PairState, SeatRole, SeatView, Told};
use crate::app::state::{Overlay, Screen};
use crate::app::tests::fixture::Desk;
use crate::app::training::debrief::DebriefLayer;
use crate::app::training::debrief::tests::{asked, told, trainee};
use crate::app::training::{Layer, sample};
use crate::domain::lang::Lang;

/// A desk that reads a pair in this state, of which this comes next.
fn reader(role: SeatRole, state: PairState, next: Option<&str>) -> Desk {
    let mut desk = trainee();
    desk.state.training.as_mut().unwrap().seat.role = role;
    assert_eq!(asked(&desk.keys("F8")), [Ask::Pairs]);
    let rows = vec![sample::pair_row(1, Lang::Zh, state, next)];
    told(&mut desk, Told::Pairs { rows });
    let pair = sample::pair_id(1);
    assert_eq!(asked(&desk.keys("Enter")), [Ask::Pair { pair }]);
    let view = sample::pair(Lang::Zh, state, next);
    told(&mut desk, Told::Pair(Box::new(view)));
    desk
}

fn pairs(desk: &Desk) -> &super::PairsState {
    &desk.state.training.as_ref().unwrap().pairs
}

fn choices(desk: &Desk) -> Vec<Doing> {
    match desk.state.overlays.last() {
        Some(Overlay::Training(layer)) => match layer.as_ref() {
            Layer::Debrief(DebriefLayer::Deeds(deeds)) => deeds.choices.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[test]
fn a_reader_answers_three_questions() {
    let mut desk = reader(SeatRole::Trainee, PairState::Published, Some("read"));
    assert_eq!(
        pairs(&desk).turns,
        (2, 3),
        "the turning sentences are chosen"
    );
    desk.keys("Tab Tab");
    desk.types("一 q");
    desk.keys("Enter");
    desk.types("二");
    assert!(asked(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-pair-field-empty");
    assert_eq!(pairs(&desk).focus, Focus::Field(2));
    desk.types("三");
    let answers = ["一 q", "二", "三"].map(str::to_owned).to_vec();
    let pair = sample::pair_id(1);
    let deed = PairDeed::Read { answers };
    assert_eq!(asked(&desk.keys("Ctrl-S")), [Ask::PairDo { pair, deed }]);
    // Handed in once, not twice.
    assert!(asked(&desk.keys("Ctrl-S")).is_empty());
    let after = asked(&told(&mut desk, Told::Done));
    assert_eq!(after, [Ask::Pairs, Ask::Pair { pair }]);
    assert!(
        pairs(&desk)
            .answers
            .iter()
            .all(crate::app::line::Line::is_empty)
    );
}

#[test]
fn answers_begun_for_one_pair_are_kept_while_another_is_read() {
    let mut desk = reader(SeatRole::Trainee, PairState::Published, Some("read"));
    desk.keys("Tab Tab");
    desk.types("先记着");
    desk.keys("Esc Esc");
    assert_eq!(pairs(&desk).reading, None);
    assert_eq!(desk.state.screen, Screen::Pairs);
    let row = |n| sample::pair_row(n, Lang::Zh, PairState::Published, Some("read"));
    told(
        &mut desk,
        Told::Pairs {
            rows: vec![row(1), row(2)],
        },
    );
    desk.keys("Down Enter");
    let mut view = sample::pair(Lang::Zh, PairState::Published, Some("read"));
    view.row = row(2);
    told(&mut desk, Told::Pair(Box::new(view)));
    assert!(pairs(&desk).answers[0].is_empty());
    desk.keys("Esc Up Enter");
    assert_eq!(pairs(&desk).answers[0].text(), "先记着");
}

#[test]
fn consent_is_asked_with_and_without_a_name() {
    let mut desk = reader(SeatRole::Trainee, PairState::Annotated, Some("consent"));
    desk.keys("Enter");
    assert_eq!(
        choices(&desk),
        [Doing::Agree, Doing::AgreeNamed, Doing::Disagree]
    );
    let pair = sample::pair_id(1);
    let deed = PairDeed::Consent {
        agreed: true,
        named: true,
    };
    assert_eq!(
        asked(&desk.keys("Down Enter")),
        [Ask::PairDo { pair, deed }]
    );
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn a_trainer_marks_the_turning_sentences_and_asks() {
    let mut desk = reader(SeatRole::Trainer, PairState::Masked, Some("annotate"));
    desk.keys("Enter");
    assert_eq!(choices(&desk), [Doing::Annotate, Doing::Retire]);
    desk.keys("Enter Up Tab Up Up Tab");
    assert_eq!(pairs(&desk).turns, (1, 1));
    desk.types("问一");
    desk.keys("Down");
    desk.types("问二");
    desk.keys("Down");
    desk.types("问三");
    // Esc keeps what was typed.
    desk.keys("Esc Esc");
    assert!(!pairs(&desk).annotating);
    desk.keys("Enter Enter");
    let questions = ["问一", "问二", "问三"].map(str::to_owned);
    let deed = PairDeed::Annotate {
        turning: (1, 1),
        questions,
    };
    let pair = sample::pair_id(1);
    assert_eq!(asked(&desk.keys("Ctrl-S")), [Ask::PairDo { pair, deed }]);
}

#[test]
fn a_refused_deed_can_be_done_again() {
    let mut desk = reader(SeatRole::Trainer, PairState::Candidate, Some("match"));
    assert_eq!(asked(&desk.keys("Enter Enter")).len(), 1);
    told(
        &mut desk,
        Told::No {
            why: "not_now".into(),
        },
    );
    assert_eq!(asked(&desk.keys("Enter Enter")).len(), 1);
}

#[test]
fn a_pair_that_wants_consent_is_selected_first() {
    let mut desk = trainee();
    let seat = SeatView {
        rev: 1,
        consent: Some(sample::pair_id(2)),
        ..SeatView::default()
    };
    told(&mut desk, Told::Seat(Box::new(seat)));
    desk.keys("F8");
    let row = |n| sample::pair_row(n, Lang::Zh, PairState::Annotated, Some("consent"));
    told(
        &mut desk,
        Told::Pairs {
            rows: vec![row(1), row(2)],
        },
    );
    assert_eq!(pairs(&desk).index(), 1);
}

#[test]
fn who_has_nothing_to_do_with_a_pair_is_told_so() {
    let mut desk = reader(SeatRole::Trainee, PairState::Masked, None);
    desk.keys("Enter");
    assert!(desk.state.overlays.is_empty());
    assert_eq!(desk.told(), "notice-pair-nothing");
}

#[test]
fn a_trainer_decides_on_what_a_pair_did() {
    let mut desk = reader(SeatRole::Trainer, PairState::Published, Some("judge"));
    desk.keys("Enter");
    assert_eq!(choices(&desk), [Doing::Keep, Doing::Shelve, Doing::Retire]);
    let pair = sample::pair_id(1);
    let deed = PairDeed::Judge { keep: false };
    assert_eq!(
        asked(&desk.keys("Down Enter")),
        [Ask::PairDo { pair, deed }]
    );
    // A pair that nobody asks for yet may be retired, too; the two whose it is take it back and nobody else.
    let mut desk = reader(SeatRole::Trainer, PairState::Kept, None);
    desk.keys("Enter");
    assert_eq!(choices(&desk), [Doing::Shelve, Doing::Retire]);
    let mut desk = reader(SeatRole::Trainee, PairState::Retired, None);
    desk.keys("Enter");
    assert_eq!(desk.told(), "notice-pair-nothing");
}

#[test]
fn a_pair_that_was_taken_back_is_left() {
    let mut desk = reader(SeatRole::Trainer, PairState::Kept, None);
    desk.keys("Enter Down Enter");
    assert_eq!(asked(&told(&mut desk, Told::Done)), [Ask::Pairs]);
    assert_eq!(pairs(&desk).reading, None);
}
