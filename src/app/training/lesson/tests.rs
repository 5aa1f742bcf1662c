#![allow(clippy::unwrap_used, reason = "tests")]

use crate::api::training::{Ask, Told};
use crate::app::state::Screen;
use crate::app::tests::fixture::Desk;
use crate::app::training::debrief::tests::{asked, told, trainee};
use crate::app::training::sample;
use crate::domain::lang::Lang;

fn desk() -> Desk {
    let mut desk = trainee();
    desk.keys("F6");
    assert_eq!(desk.state.screen, Screen::Lesson);
    told(&mut desk, Told::Lesson(Box::new(sample::lesson(Lang::Zh))));
    desk
}

fn lesson(desk: &Desk) -> &super::LessonState {
    &desk.state.training.as_ref().unwrap().lesson
}

#[test]
fn nothing_is_shown_before_the_prediction_was_given() {
    let mut desk = desk();
    desk.keys("Tab");
    assert!(!lesson(&desk).given);
    // Full-width digits of an input method act, too.
    desk.types("２");
    desk.types("3");
    assert_eq!(
        lesson(&desk).predicted,
        [1, 2, 0],
        "the last place fills itself"
    );
    let asks = asked(&desk.keys("Enter"));
    let order = ["mechanical", "sympathetic", "committing"];
    let order = order.map(str::to_owned).to_vec();
    let scenario = "S07".to_owned();
    assert_eq!(asks, [Ask::Predicted { scenario, order }]);
    assert!(lesson(&desk).given && lesson(&desk).right());
}

#[test]
fn a_prediction_can_be_made_with_arrows_and_taken_back() {
    let mut desk = desk();
    desk.keys("Enter");
    assert_eq!(lesson(&desk).predicted, [0]);
    desk.keys("Enter");
    assert_eq!(lesson(&desk).predicted, [0, 1, 2]);
    desk.keys("Backspace");
    assert_eq!(lesson(&desk).predicted, [0]);
    desk.types("1");
    assert!(lesson(&desk).predicted.is_empty());
    desk.keys("Down Down Enter Up Up Enter Enter");
    assert_eq!(lesson(&desk).predicted, [2, 0, 1]);
    assert!(lesson(&desk).given && !lesson(&desk).right());
}

#[test]
fn equally_hot_ends_may_stand_in_any_order() {
    let mut desk = trainee();
    desk.keys("F6");
    let mut view = sample::lesson(Lang::Zh);
    view.answers[2].anger = vec![68, 92];
    told(&mut desk, Told::Lesson(Box::new(view)));
    desk.types("32");
    desk.keys("Enter");
    assert!(lesson(&desk).right());
}

#[test]
fn after_it_tab_goes_through_the_three_and_the_plot() {
    let mut desk = desk();
    desk.types("23");
    desk.keys("Enter Tab Tab Tab");
    assert_eq!(lesson(&desk).tab, 3);
    desk.keys("Tab");
    assert_eq!(lesson(&desk).tab, 0);
    let shown: Vec<usize> = lesson(&desk).shown().iter().map(|(at, _)| *at).collect();
    assert_eq!(shown, [1, 2, 0], "mechanical, sympathetic, committing");
    desk.keys("Esc");
    assert_eq!(desk.state.screen, Screen::Practice);
}
