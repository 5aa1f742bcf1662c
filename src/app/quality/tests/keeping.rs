//! Cards that were begun.

use super::*;
use crate::app::event::Timer;

#[test]
fn a_card_put_aside_goes_on_where_it_was_and_one_refused_here_opens_again() {
    let mut desk = at_due();
    desk.keys("Enter y n Tab");
    desk.types("半句");
    desk.keys("Esc Esc");
    assert!(desk.state.overlays.is_empty());
    assert_eq!(desk.told(), "notice-review-kept");
    desk.keys("Enter");
    assert_eq!(card(&desk).marks.criticals[0].found, Found::Yes);
    assert_eq!(card(&desk).note.text(), "半句");
    let fx = desk.keys("Ctrl-S");
    let ids = asked(&fx).into_iter().find_map(|r| match r {
        DeskRequest::Submit { ids, .. } => Some(ids),
        _ => None,
    });
    desk.answer(DeskAnswer::RefusedHere {
        id: ids.unwrap()[0],
        cause: ReturnCause::Refused {
            rule: Rule::OwnWords,
            detail: Vec::new(),
        },
    });
    assert_eq!(card(&desk).note.text(), "半句", "nothing of it is lost");
    // A blank card is not handed in.
    let mut desk = at_due();
    let fx = desk.keys("Enter Ctrl-S");
    assert!(submitted(&fx).is_empty());
    assert_eq!(desk.told(), "notice-review-blank");
}

#[test]
fn a_begun_card_is_on_the_disk_a_moment_later_and_there_again_after_a_restart() {
    let mut desk = at_due();
    desk.keys("Enter");
    let fx = desk.keys("y");
    let fx = desk.run_out(&fx, |t| matches!(t, Timer::SaveCard(_)));
    let [
        DeskRequest::KeepCard {
            review,
            card: Some(kept),
        },
    ] = &asked(&fx)[..]
    else {
        panic!("{:?}", asked(&fx));
    };
    assert_eq!(
        (*review, kept.mode.as_str()),
        (ReviewId::of(source(1)), "rate")
    );
    let kept = kept.as_ref().clone();
    let sent = asked(&desk.keys("Ctrl-S"));
    let gone = |r: &DeskRequest| matches!(r, DeskRequest::KeepCard { card: None, .. });
    assert!(sent.iter().any(gone));

    let mut later = Desk::new(Role::Lead);
    later.keys("v");
    let mut other = kept.clone();
    (other.review, other.source) = (ReviewId::of(source(2)), source(2));
    other.marks.levels.pop();
    let due = DueList {
        due: vec![due(1, Why::Monthly), due(2, Why::Monthly)],
        ..DueList::default()
    };
    let view = QualityView {
        due: Some(due),
        begun: vec![kept, other],
        ..QualityView::default()
    };
    later.answer(DeskAnswer::Quality(Box::new(view)));
    later.keys("Enter");
    assert_eq!(card(&later).marks.criticals[0].found, Found::Yes);
    later.keys("Esc Down Enter");
    let blank = Marks::blank(&Policy::shipped().unwrap().card);
    assert_eq!(
        card(&later).marks,
        blank,
        "a card by other names begins anew"
    );
}
