//! The same screen in a training.

use super::*;

#[test]
fn in_a_training_trainers_rate_runs_and_nothing_goes_into_the_outbox() {
    use crate::api::training::*;
    use crate::app::training::debrief::tests::{asked as trained, told as trains, trainee};
    use crate::domain::lang::Lang;

    let mut desk = trainee();
    desk.state.training.as_mut().unwrap().seat.role = SeatRole::Trainer;
    desk.keys("Ctrl-K");
    desk.types("质检");
    assert_eq!(trained(&desk.keys("Enter")), [Ask::RunReviews]);
    // What the store tells of the training's own tickets is not shown.
    told(&mut desk, vec![review(5, 101, &[], false)], Vec::new());
    assert!(desk.state.quality.view.reviews.is_empty());
    let run = crate::app::training::sample::run(1);
    let mut unit = due(1, Why::Asked);
    (unit.review, unit.ticket) = (ReviewId(run), TicketId(run));
    let listed = RunReviews {
        due: vec![unit],
        names: vec![(unit.agent, SafeText::clean_line("李工"))],
        ..RunReviews::default()
    };
    trains(&mut desk, Told::RunReviews(Box::new(listed.clone())));
    assert_eq!(trained(&desk.keys("Enter")), [Ask::RunWords { run }]);
    let words = DeskView {
        seat: unit.agent,
        name: SafeText::clean_line("李工"),
        run,
        title: SafeText::clean_line("退款"),
        customer: SafeText::clean_line("周先生"),
        need: SafeText::default(),
        need_stage: String::new(),
        commitment: String::new(),
        patience: 0,
        opening: SafeText::clean_line("我的退款呢"),
        start: (0, 0, 0),
        turns: crate::app::training::sample::turns(Lang::Zh),
        end: Some("resolved".into()),
        total: None,
        acts: Vec::new(),
        asides: Vec::new(),
    };
    trains(&mut desk, Told::RunWords(Box::new(words)));
    let shown = card(&desk).words.as_ref().unwrap();
    assert!(shown.entries.len() > 2 && shown.entries[0].text == "我的退款呢");
    let fx = desk.keys("n Ctrl-S");
    assert!(submitted(&fx).is_empty());
    let [Ask::RunRate { given }] = &trained(&fx)[..] else {
        panic!("{:?}", trained(&fx));
    };
    assert_eq!(given.run, run);
    // Until the training says that it is kept there, it is kept here.
    trains(&mut desk, Told::No { why: "disk".into() });
    assert_eq!(desk.told(), "training-no-disk");
    desk.keys("Enter");
    assert_eq!(card(&desk).marks.criticals[0].found, Found::No);
    let given = given.clone();
    desk.keys("Ctrl-S");
    let me = desk.state.seat.as_ref().unwrap().user.id;
    let mut row = review(1, 101, &[(0, given.marks)], false).review;
    (row.id, row.ratings[0].by) = (ReviewId(run), me);
    let kept = RunReviews {
        reviews: vec![RunReview {
            review: row,
            words: Vec::new(),
        }],
        names: listed.names,
        ..RunReviews::default()
    };
    trains(&mut desk, Told::RunReviews(Box::new(kept)));
    assert!(desk.state.quality.kept.is_empty());
    assert_eq!(desk.told(), "notice-review-rate");
}
