#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
//! The screen of reviews and the card: keys alone, nothing lost, nobody offered what they may not do.

mod keeping;
mod training;

use std::collections::BTreeMap;

use super::{Focus, Mode, ReviewForm, Tab, tab, top, waiting};
use crate::api::desk::*;
use crate::api::wire::{DueReview, ReviewLoad};
use crate::app::Effect;
use crate::app::state::Screen;
use crate::app::tests::fixture::*;
use crate::domain::command::{Command, CommandBody, ReviewAct};
use crate::domain::decide::Rule;
use crate::domain::ids::*;
use crate::domain::policy::Policy;
use crate::domain::review::*;
use crate::domain::scorecard::{Found, Marks};
use crate::domain::vocabulary::Role;
use crate::text::SafeText;

fn source(n: u128) -> EventId {
    EventId {
        command: CommandId(id(9000 + n)),
        index: 0,
    }
}

fn marks(level: Option<u8>, error: Option<&str>) -> Marks {
    let mut marks = Marks::blank(&Policy::shipped().unwrap().card);
    for mark in &mut marks.criticals {
        mark.found = if Some(mark.critical.as_str()) == error {
            Found::Yes
        } else {
            Found::No
        };
    }
    for mark in &mut marks.levels {
        mark.level = level;
    }
    marks
}

/// A review of words of this agent by these raters.
fn review(n: u128, agent: u128, raters: &[(u128, Marks)], second: bool) -> ReviewRow {
    let rating = |(by, marks): &(u128, Marks)| Rating {
        by: UserId(id(*by)),
        at: NOW,
        event: source(100 * n + by),
        marks: Some(marks.clone()),
    };
    ReviewRow {
        review: Review {
            id: ReviewId::of(source(n)),
            ticket: ticket_id(1),
            number: Some(1),
            customer: CustomerId(id(7001)),
            source: source(n),
            agent: UserId(id(agent)),
            said_at: NOW,
            why: Why::Monthly,
            card: 1,
            second,
            ratings: raters.iter().map(rating).collect(),
            agreed: None,
            appeal: None,
            appeal_until: Some(NOW.plus_minutes(60)),
            version: 1,
            position: 50,
        },
        words: BTreeMap::new(),
        news: false,
    }
}

fn due(n: u128, why: Why) -> DueReview {
    DueReview {
        review: ReviewId::of(source(n)),
        ticket: ticket_id(1),
        number: Some(1),
        source: source(n),
        agent: UserId(id(101)),
        said_at: NOW,
        why,
        second: false,
    }
}

fn told(desk: &mut Desk, reviews: Vec<ReviewRow>, due: Vec<DueReview>) {
    let list = DueList {
        month: "2026-03".into(),
        at: NOW,
        due,
        agents: vec![ReviewLoad {
            agent: UserId(id(101)),
            units: 9,
            rated: 1,
            wanted: 4,
        }],
    };
    let view = QualityView {
        reviews,
        due: Some(list),
        away: false,
        titles: BTreeMap::new(),
        begun: Vec::new(),
        names: [(101, "李工"), (100, "小赵")]
            .map(|(n, name)| (UserId(id(n)), SafeText::clean_line(name)))
            .into(),
    };
    desk.answer(DeskAnswer::Quality(Box::new(view)));
}

fn card(desk: &Desk) -> &ReviewForm {
    top(&desk.state).unwrap()
}

fn acts(fx: &[Effect]) -> Vec<ReviewAct> {
    let act = |body| match body {
        CommandBody::Review { act, .. } => act,
        other => panic!("{other:?}"),
    };
    submitted(fx).into_iter().map(act).collect()
}

fn asked(fx: &[Effect]) -> Vec<DeskRequest> {
    let desk = |e: &Effect| match e {
        Effect::Desk(request) => Some(request.clone()),
        _ => None,
    };
    fx.iter().filter_map(desk).collect()
}

/// A lead on the screen, with one unit due.
fn at_due() -> Desk {
    let mut desk = Desk::new(Role::Lead);
    let fx = desk.keys("v");
    assert_eq!(desk.state.screen, Screen::Quality);
    assert_eq!(asked(&fx), [DeskRequest::ReviewsDue { month: None }]);
    told(&mut desk, Vec::new(), vec![due(1, Why::MissedPromise)]);
    desk
}

#[test]
fn a_unit_is_rated_by_keys_alone() {
    let mut desk = at_due();
    let fx = desk.keys("Enter");
    assert!(matches!(asked(&fx)[..], [DeskRequest::Unit { source: s, .. }] if s == source(1)));
    assert_eq!(
        (card(&desk).mode, card(&desk).focus),
        (Mode::Rate, Focus::Card)
    );
    // Ten critical errors, the third is there; seven items, the second could not be seen. Full-width characters act as well.
    desk.keys("n n y n n n n n n");
    desk.types("ｎ");
    assert_eq!(card(&desk).cursor, 10);
    desk.keys("3 - 2 4 0 1 3");
    // A mark at the wrong row changes nothing.
    let before = card(&desk).clone();
    desk.keys("y 3");
    assert_eq!(card(&desk), &before, "the note's row takes no marks");
    desk.keys("Enter");
    assert_eq!(card(&desk).focus, Focus::Note);
    desk.types("第一句接得好 y 3。");
    let fx = desk.keys("Ctrl-S");
    let [
        ReviewAct::Rate {
            ticket,
            source: s,
            why,
            second,
            marks,
            note,
        },
    ] = &acts(&fx)[..]
    else {
        panic!("{:?}", acts(&fx));
    };
    assert_eq!(
        (*ticket, *s, *why),
        (ticket_id(1), source(1), Why::MissedPromise)
    );
    assert!(!second);
    assert_eq!(note.expose(), "第一句接得好 y 3。");
    assert_eq!(marks.errors().collect::<Vec<_>>(), ["recording_notice"]);
    let levels: Vec<Option<u8>> = marks.levels.iter().map(|l| l.level).collect();
    assert_eq!(
        levels,
        [Some(3), None, Some(2), Some(4), Some(0), Some(1), Some(3)]
    );
    assert!(desk.state.overlays.is_empty());
    assert_eq!(desk.told(), "notice-review-rate");
}

#[test]
fn a_second_rater_is_asked_for_only_where_none_was_drawn() {
    // A unit that the draw left to one rater, and one that it did not.
    let policy = Policy::shipped().unwrap();
    let drawn = |n: &u128| drawn_for_two(ReviewId::of(source(*n)), &policy.card);
    let two = (1..500).find(drawn).unwrap();
    let one = (1..500).find(|n| !drawn(n)).unwrap();
    for (n, wanted) in [(one, true), (two, false)] {
        let mut desk = Desk::new(Role::Lead);
        desk.keys("v");
        told(&mut desk, Vec::new(), vec![due(n, Why::Monthly)]);
        desk.keys("Enter F6 n");
        assert_eq!(card(&desk).second, wanted);
        let fx = desk.keys("Ctrl-S");
        assert!(matches!(&acts(&fx)[..], [ReviewAct::Rate { second, .. }] if *second == wanted));
    }
}

#[test]
fn who_sits_here_decides_what_a_review_opens_for() {
    let apart = [(102, marks(Some(4), None)), (103, marks(Some(1), None))];
    let one = [(102, marks(Some(3), None))];
    let mut appealed = review(1, 101, &one, false);
    appealed.review.appeal = Some(Appealed {
        at: NOW,
        event: source(77),
        answer: None,
    });
    let cases = [
        (Role::Lead, review(1, 101, &apart, true), Mode::Agree),
        (Role::Lead, review(1, 101, &one, true), Mode::Rate),
        (Role::Lead, review(1, 101, &one, false), Mode::Read),
        (Role::Lead, appealed.clone(), Mode::Answer),
        (Role::Trainer, appealed, Mode::Read),
        (Role::Trainer, review(1, 101, &apart, true), Mode::Agree),
        (
            Role::Lead,
            review(1, 101, &[(100, marks(Some(3), None))], true),
            Mode::Read,
        ),
        (Role::Agent, review(1, 100, &one, false), Mode::Appeal),
        // A lead's own words: read and appealed, never rated by themselves.
        (Role::Lead, review(1, 100, &apart, true), Mode::Read),
    ];
    for (role, row, mode) in cases {
        let mut desk = Desk::new(role);
        desk.keys("Ctrl-K");
        desk.types("质检");
        desk.keys("Enter");
        assert_eq!(desk.state.screen, Screen::Quality, "{role:?}");
        told(&mut desk, vec![row.clone()], Vec::new());
        if tab(&desk.state) == Tab::Due {
            desk.keys("Right");
        }
        desk.keys("Enter");
        assert_eq!(card(&desk).mode, mode, "{role:?} {row:?}");
    }
    let mut late = Desk::new(Role::Agent);
    late.now = NOW.plus_minutes(60);
    late.keys("v");
    told(&mut late, vec![review(1, 100, &one, false)], Vec::new());
    late.keys("Enter");
    assert_eq!(
        card(&late).mode,
        Mode::Read,
        "the time for an appeal is over"
    );
}

#[test]
fn what_two_raters_saw_differently_must_be_settled_before_it_is_written_down() {
    let mut far = marks(Some(3), Some("rude"));
    far.levels[0].level = Some(0);
    far.levels[1].level = Some(4);
    let raters = [(102, marks(Some(3), None)), (103, far)];
    let mut desk = Desk::new(Role::Lead);
    desk.keys("v");
    told(&mut desk, vec![review(1, 101, &raters, true)], Vec::new());
    assert_eq!(
        waiting(&desk.state).len(),
        1,
        "it waits in the first tab too"
    );
    desk.keys("Enter");
    let open = card(&desk);
    assert_eq!(open.marks.found("rude"), Found::Unseen);
    assert_eq!(open.marks.level("acknowledgement"), None);
    assert_eq!(
        open.marks.level("listening"),
        Some(3),
        "one level is no difference"
    );
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-review-open");
    assert_eq!(card(&desk).cursor, 7, "the cursor stands at what is open");
    desk.keys("y");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(card(&desk).cursor, 10);
    let fx = desk.keys("1 Ctrl-S");
    let [ReviewAct::Agree { marks, .. }] = &acts(&fx)[..] else {
        panic!("{:?}", acts(&fx));
    };
    assert!(marks.fails());
    assert_eq!(marks.level("acknowledgement"), Some(1));
}

#[test]
fn an_appeal_and_its_answer_need_words_and_marks_that_stand_are_not_sent_again() {
    let one = [(102, marks(Some(1), None))];
    let mut desk = Desk::new(Role::Agent);
    desk.keys("v");
    told(&mut desk, vec![review(1, 100, &one, false)], Vec::new());
    desk.keys("Enter 3 y");
    assert_eq!(card(&desk).marks, one[0].1, "an agent marks nothing");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(
        (desk.told(), card(&desk).focus),
        ("notice-review-words", Focus::Note)
    );
    desk.types("我说过几点打");
    assert!(
        matches!(&acts(&desk.keys("Ctrl-S"))[..], [ReviewAct::Appeal { text }] if text.expose() == "我说过几点打")
    );
    for (keys, changed) in [("Down", false), ("y", true)] {
        let mut row = review(1, 101, &one, false);
        row.review.appeal = Some(Appealed {
            at: NOW,
            event: source(77),
            answer: None,
        });
        let mut desk = Desk::new(Role::Lead);
        desk.keys("v");
        told(&mut desk, vec![row], Vec::new());
        desk.keys("Enter");
        desk.keys(keys);
        desk.keys("Tab");
        desk.types("听过了");
        let fx = desk.keys("Ctrl-S");
        assert!(
            matches!(&acts(&fx)[..], [ReviewAct::Answer { marks, .. }] if marks.is_some() == changed)
        );
    }
}

#[test]
fn a_rating_that_came_back_opens_with_its_marks_and_words() {
    let mut desk = at_due();
    let body = CommandBody::Review {
        review: ReviewId::of(source(1)),
        act: ReviewAct::Rate {
            ticket: ticket_id(1),
            source: source(1),
            why: Why::Monthly,
            second: true,
            marks: marks(Some(2), None),
            note: "记一笔".into(),
        },
    };
    let back = Returned {
        command: Command {
            id: CommandId(id(31)),
            at: NOW,
            base: Vec::new(),
            after: None,
            body,
        }
        .into(),
        number: None,
        caller: SafeText::default(),
        cause: ReturnCause::Refused {
            rule: Rule::NotDouble,
            detail: Vec::new(),
        },
        at: NOW,
    };
    desk.answer(DeskAnswer::Returned(vec![back]));
    desk.keys("Ctrl-R Enter Enter");
    let form = card(&desk);
    assert_eq!(
        (form.note.text(), form.back),
        ("记一笔", Some(CommandId(id(31))))
    );
    assert_eq!(form.marks, marks(Some(2), None));
    let fx = desk.keys("Ctrl-S");
    assert_eq!(acts(&fx).len(), 1);
    let gone = |r: &DeskRequest| {
        matches!(
            r,
            DeskRequest::Resolve {
                choice: ReturnChoice::Discard,
                ..
            }
        )
    };
    assert!(asked(&fx).iter().any(gone), "the old one is let go");
}

#[test]
fn the_last_words_of_a_colleague_are_rated_from_the_ticket() {
    let channel = crate::domain::vocabulary::Channel::Chat;
    let theirs = EntryKind::Reply {
        channel,
        delivery: None,
    };
    let mut reply = entry_at(11, theirs, "我来办");
    reply.who = SafeText::clean_line("李工");
    let mut desk = Desk::at_ticket(Role::Lead);
    desk.show(conversation(
        row(1),
        vec![reply.clone(), own_entry(12, "我也来")],
    ));
    desk.keys("Ctrl-K");
    desk.types("评最后说的话");
    let fx = desk.keys("Enter");
    assert!(matches!(asked(&fx)[..], [.., DeskRequest::Unit { source, .. }] if source == reply.id));
    assert_eq!(card(&desk).why, Why::Asked);
    let words = UnitView {
        generation: card(&desk).generation,
        ticket: ticket_id(1),
        source: reply.id,
        agent: Some(UserId(id(101))),
        number: Some(1),
        customer: SafeText::clean_line("王女士"),
        entries: vec![reply],
    };
    desk.answer(DeskAnswer::Unit(Box::new(words)));
    assert_eq!(card(&desk).agent, UserId(id(101)));
    // An agent is told who reviews.
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("Ctrl-K");
    desk.types("评最后说的话");
    desk.keys("Enter");
    assert!(top(&desk.state).is_none());
    assert_eq!(desk.told(), "notice-review-raters");
}

#[test]
fn months_go_back_and_on_and_never_beyond_the_present_one() {
    let mut desk = at_due();
    let month = |fx: &[Effect]| match &asked(fx)[..] {
        [DeskRequest::ReviewsDue { month }] => month.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(month(&desk.keys("F7")).as_deref(), Some("2026-02"));
    assert_eq!(month(&desk.keys("F7")).as_deref(), Some("2026-01"));
    assert_eq!(month(&desk.keys("F7")).as_deref(), Some("2025-12"));
    assert_eq!(month(&desk.keys("F8")).as_deref(), Some("2026-01"));
    desk.keys("F8");
    assert_eq!(month(&desk.keys("F8")), None, "the present month");
    assert_eq!(month(&desk.keys("F8")), None);
}

#[test]
fn an_agent_is_told_of_a_review_and_has_no_other_tabs() {
    let mut desk = Desk::new(Role::Agent);
    let mut row = review(1, 100, &[(102, marks(Some(3), None))], false);
    row.news = true;
    told(&mut desk, vec![row], Vec::new());
    assert_eq!(desk.told(), "notice-reviews-news");
    let fx = desk.keys("v");
    assert!(asked(&fx).is_empty(), "nothing is drawn for an agent");
    assert_eq!(tab(&desk.state), Tab::Reviews);
    desk.keys("Right");
    assert_eq!(tab(&desk.state), Tab::Figures);
    desk.keys("Right");
    assert_eq!(tab(&desk.state), Tab::Reviews);
    let fx = desk.keys("Esc");
    assert!(asked(&fx).contains(&DeskRequest::ReviewsSeen));
}
