//! A reply is reviewed by two who do not see each other's marks, talked over, appealed and answered, over the real server.

use std::path::Path;
use std::sync::Arc;

use balm::api::desk::{DeskAnswer, DeskRequest, EntryKind, QualityView, ReturnCause, UnitView};
use balm::client::Client;
use balm::domain::command::{CommandBody, ReviewAct};
use balm::domain::decide::Rule;
use balm::domain::ids::{EventId, ReviewId, TicketId};
use balm::domain::policy::Policy;
use balm::domain::review::{Stage, Why, drawn_for_two};
use balm::domain::scorecard::{Card, Found, Marks};
use balm::domain::vocabulary::Role;
use balm::server::NoLint;
use balm::sync::headless::Headless;
use balm::task;

use super::{PATIENCE, desk, opening, spoken};
use crate::support::chaos::{Chaos, Line};
use crate::support::real::Real;

fn card() -> Arc<Card> {
    Policy::shipped().unwrap().card
}

fn marks(level: u8, error: Option<&str>) -> Marks {
    let mut marks = Marks::blank(&card());
    for mark in &mut marks.criticals {
        mark.found = if Some(mark.critical.as_str()) == error {
            Found::Yes
        } else {
            Found::No
        };
    }
    for mark in &mut marks.levels {
        mark.level = Some(level);
    }
    marks
}

/// What the desk was told last about reviews.
fn view(desk: &Headless) -> QualityView {
    let told = desk.told.iter().rev().find_map(|a| match a {
        DeskAnswer::Quality(view) => Some(view.as_ref().clone()),
        _ => None,
    });
    told.unwrap_or_default()
}

fn stands(desk: &Headless, review: ReviewId, stage: Stage, ratings: usize) -> bool {
    let view = view(desk);
    view.review(review).is_some_and(|r| {
        r.review.stage() == stage && r.review.ratings.len() == ratings && r.review.position > 0
    })
}

struct Place {
    real: Real,
    ticket: TicketId,
    source: EventId,
    review: ReviewId,
    _dir: tempfile::TempDir,
}

impl Place {
    /// An agent has spoken on a ticket; two leads and a trainer may rate it.
    async fn new() -> (Self, Headless, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let people = [
            Role::Agent,
            Role::Lead,
            Role::Lead,
            Role::Trainer,
            Role::Agent,
        ];
        let real = Real::with(dir.path(), &people, Arc::new(NoLint)).await;
        let home = tempfile::tempdir().unwrap();
        let mut one = desk(home.path(), &real.url, &real.tokens[0]);
        one.synced(PATIENCE).await.unwrap();
        let ticket = TicketId(task::new_id());
        let mut body = opening(ticket, "排队排了一个小时");
        if let CommandBody::OpenTicket { queue, .. } = &mut body {
            *queue = real.queue;
        }
        let ids = one.submit(vec![body], true, None).await.unwrap();
        one.confirmed(ids[0], PATIENCE).await.unwrap();
        // Until the draw leaves it to one rater: what asks for two is said by the test.
        let source = loop {
            let words = vec![spoken(
                ticket,
                "我来查，13800138000 这个号今天 17:00 前打给您。",
            )];
            let ids = one.submit(words, false, None).await.unwrap();
            one.confirmed(ids[0], PATIENCE).await.unwrap();
            let source = EventId {
                command: ids[0],
                index: 0,
            };
            if !drawn_for_two(ReviewId::of(source), &card()) {
                break source;
            }
        };
        let place = Self {
            real,
            ticket,
            source,
            review: ReviewId::of(source),
            _dir: dir,
        };
        (place, one, home)
    }

    async fn seat(&self, home: &Path, at: usize) -> Headless {
        let mut desk = desk(home, &self.real.url, &self.real.tokens[at]);
        desk.synced(PATIENCE).await.unwrap();
        desk
    }

    fn act(&self, act: ReviewAct) -> Vec<CommandBody> {
        vec![CommandBody::Review {
            review: self.review,
            act,
        }]
    }

    fn rate(&self, marks: Marks, second: bool, note: &str) -> Vec<CommandBody> {
        self.act(ReviewAct::Rate {
            ticket: self.ticket,
            source: self.source,
            why: Why::Asked,
            second,
            marks,
            note: note.into(),
        })
    }

    fn client(&self, at: usize) -> Client {
        Client::new(&self.real.url, &self.real.tokens[at]).unwrap()
    }
}

async fn sent(desk: &mut Headless, bodies: Vec<CommandBody>) {
    let ids = desk.submit(bodies, false, None).await.unwrap();
    desk.confirmed(ids[0], PATIENCE).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_raters_are_blind_until_both_are_in_and_the_agent_hears_what_was_agreed() {
    let (place, mut one, _home) = Place::new().await;
    let homes: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
    let mut first = place.seat(homes[0].path(), 1).await;
    let mut third = place.seat(homes[1].path(), 3).await;
    let chaos = Chaos::before(&place.real.url).await;
    let mut second = desk(homes[2].path(), &chaos.url, &place.real.tokens[2]);
    second.synced(PATIENCE).await.unwrap();
    let note = "语气好，13800138000 不用念全";
    sent(&mut first, place.rate(marks(4, None), true, note)).await;
    for d in [&mut second, &mut third] {
        d.until("that somebody rated", PATIENCE, |d| {
            stands(d, place.review, Stage::AwaitsSecond, 1)
        })
        .await
        .unwrap();
        let row = view(d).review(place.review).unwrap().clone();
        assert_eq!(row.review.ratings[0].marks, None, "blind");
        assert!(row.words.is_empty(), "nor what was noted");
    }
    let raw = place.client(2).reviews().await.unwrap().reviews;
    assert_eq!(raw[0].review.ratings[0].marks, None);
    assert!(raw[0].events.is_empty(), "the event would tell all of it");
    assert!(place.client(0).reviews().await.unwrap().reviews.is_empty());
    // The second rater has no line: the marks wait on the desk and go out later.
    chaos.set(Line::Cut);
    let bodies = place.rate(marks(1, Some("no_next_step")), false, "没说下一步");
    second.submit(bodies, false, None).await.unwrap();
    second
        .until("the prediction", PATIENCE, |d| {
            view(d)
                .review(place.review)
                .is_some_and(|r| r.review.ratings.len() == 2)
        })
        .await
        .unwrap();
    assert!(!stands(&first, place.review, Stage::Apart, 2));
    chaos.set(Line::Up);
    second.ask(DeskRequest::Retry).unwrap();
    for d in [&mut first, &mut second, &mut third] {
        d.until("both", PATIENCE, |d| {
            stands(d, place.review, Stage::Apart, 2)
        })
        .await
        .unwrap();
        let row = view(d).review(place.review).unwrap().clone();
        assert!(row.review.ratings.iter().all(|r| r.marks.is_some()));
        assert_eq!(row.words.len(), 2);
    }
    // A trainer reads it masked; the agent has heard nothing yet.
    let words = view(&third).review(place.review).unwrap().words.clone();
    assert!(
        words.values().all(|w| !w.contains("13800138000")),
        "{words:?}"
    );
    assert!(view(&one).reviews.is_empty());
    let agreed = marks(2, Some("no_next_step"));
    let act = ReviewAct::Agree {
        marks: agreed.clone(),
        note: "按没有下一步算".into(),
    };
    sent(&mut second, place.act(act)).await;
    one.until("the review", PATIENCE, |d| {
        stands(d, place.review, Stage::Told, 2)
    })
    .await
    .unwrap();
    let row = view(&one).review(place.review).unwrap().clone();
    assert_eq!(row.review.outcome(), Some(&agreed));
    assert!(row.news && row.review.appealable(task::now_ms()));
    appealed(&place, &mut one, &mut first).await;
    // Somebody else on the floor hears nothing of it.
    assert!(place.client(4).reviews().await.unwrap().reviews.is_empty());
    for d in [one, first, second, third] {
        d.shutdown();
    }
}

async fn appealed(place: &Place, one: &mut Headless, lead: &mut Headless) {
    let text = "后半句说了 17:00 前打".into();
    sent(one, place.act(ReviewAct::Appeal { text })).await;
    lead.until("the appeal", PATIENCE, |d| {
        stands(d, place.review, Stage::Appealed, 2)
    })
    .await
    .unwrap();
    let act = ReviewAct::Answer {
        marks: Some(marks(2, None)),
        text: "是我们漏听了，改过来".into(),
    };
    sent(lead, place.act(act)).await;
    one.until("the answer", PATIENCE, |d| {
        view(d).review(place.review).is_some_and(|r| {
            r.review.outcome() == Some(&marks(2, None))
                && r.words.values().any(|w| w.contains("漏听"))
        })
    })
    .await
    .unwrap();
    one.ask(DeskRequest::ReviewsSeen).unwrap();
    one.until("nothing new", PATIENCE, |d| view(d).news() == 0)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_due_is_drawn_by_the_server_and_shown_with_the_words_it_is_about() {
    let (place, one, _home) = Place::new().await;
    let homes: Vec<_> = (0..2).map(|_| tempfile::tempdir().unwrap()).collect();
    let mut lead = place.seat(homes[0].path(), 1).await;
    lead.ask(DeskRequest::ReviewsDue { month: None }).unwrap();
    lead.until("the sample", PATIENCE, |d| view(d).due.is_some())
        .await
        .unwrap();
    let due = view(&lead).due.unwrap();
    assert_eq!(due.due.len(), 1, "one agent, one ticket");
    assert_eq!(
        (due.due[0].review, due.due[0].ticket),
        (place.review, place.ticket)
    );
    assert_eq!((due.agents[0].units, due.agents[0].rated), (1, 0));
    // An agent may not see what is drawn.
    assert!(place.client(0).reviews_due(None).await.is_err());
    assert!(place.client(1).reviews_due(Some("2026-13")).await.is_err());
    assert!(
        place
            .client(3)
            .reviews_due(Some("2026-01"))
            .await
            .unwrap()
            .due
            .is_empty()
    );
    lead.ask(DeskRequest::Unit {
        generation: 9,
        ticket: place.ticket,
        source: place.source,
    })
    .unwrap();
    let unit = |d: &Headless| {
        d.told.iter().rev().find_map(|a| match a {
            DeskAnswer::Unit(unit) => Some(UnitView::clone(unit)),
            _ => None,
        })
    };
    lead.until("the words", PATIENCE, |d| unit(d).is_some())
        .await
        .unwrap();
    let shown = unit(&lead).unwrap();
    assert_eq!((shown.generation, shown.source), (9, place.source));
    assert!(shown.agent.is_some() && shown.number.is_some());
    let last = shown
        .entries
        .iter()
        .rev()
        .find(|e| e.kind == EntryKind::Spoken);
    assert_eq!(last.unwrap().id, place.source);
    sent(&mut lead, place.rate(marks(3, None), false, "")).await;
    lead.until("nothing due", PATIENCE, |d| {
        view(d).due.is_some_and(|d| d.due.is_empty())
    })
    .await
    .unwrap();
    lead.ask(DeskRequest::ReviewsDue { month: None }).unwrap();
    lead.until("the count", PATIENCE, |d| {
        view(d).due.is_some_and(|d| d.agents[0].rated == 1)
    })
    .await
    .unwrap();
    // A second lead was too late: the marks come back with their words.
    let mut other = place.seat(homes[1].path(), 2).await;
    other
        .submit(place.rate(marks(2, None), false, "也听过了"), false, None)
        .await
        .ok();
    other
        .until("the refusal", PATIENCE, |d| {
            d.returned.len() == 1
                || d.told
                    .iter()
                    .any(|a| matches!(a, DeskAnswer::RefusedHere { .. }))
        })
        .await
        .unwrap();
    let rule = other.told.iter().find_map(|a| match a {
        DeskAnswer::RefusedHere {
            cause: ReturnCause::Refused { rule, .. },
            ..
        } => Some(*rule),
        _ => None,
    });
    assert_eq!(rule, Some(Rule::NotDouble));
    // A desk that begins today gets the reviews with its first picture, and a wiped customer takes the notes along.
    for d in [one, lead, other] {
        d.shutdown();
    }
}
