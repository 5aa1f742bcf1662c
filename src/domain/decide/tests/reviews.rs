//! Reviews: who may rate what, the second rater's turn, talking it over, the appeal and its time.

use super::*;
use crate::domain::calendar;
use crate::domain::command::ReviewAct;
use crate::domain::ids::ReviewId;
use crate::domain::policy::Policy;
use crate::domain::review::{Review, Stage, Why, draw, drawn_for_two};
use crate::domain::scorecard::{Card, Found, Marks};

/// The rules that only commands about reviews are refused by.
pub(super) const REFUSES: [Rule; 6] = [
    Rule::OwnWords,
    Rule::Rated,
    Rule::NotDouble,
    Rule::AwaitsSecond,
    Rule::NoAppeal,
    Rule::AppealLate,
];

/// Anna has answered; the card that ships is in force.
struct Floor {
    site: Site,
    source: EventId,
    review: ReviewId,
    card: Card,
}

impl Floor {
    /// With a reply whose review is drawn for two raters, or is not.
    fn new(two: bool) -> Self {
        let mut site = Site::new();
        let card = Policy::shipped().unwrap().card;
        site.procedure = Some(Procedure {
            card: Arc::clone(&card),
            appeal_until: Some(site.now.plus_minutes(60)),
        });
        loop {
            site.ok(by(ANNA), reply(T1));
            let said = site.log.iter().rev().find(|e| e.body.kind() == "replied");
            let source = said.unwrap().id;
            let review = ReviewId::of(source);
            if drawn_for_two(review, &card) == two {
                let card = (*card).clone();
                return Self {
                    site,
                    source,
                    review,
                    card,
                };
            }
        }
    }

    fn rate(&self, marks: Marks, second: bool) -> CommandBody {
        self.act(ReviewAct::Rate {
            ticket: T1,
            source: self.source,
            why: Why::Monthly,
            second,
            marks,
            note: "开头那句接得好".into(),
        })
    }

    fn act(&self, act: ReviewAct) -> CommandBody {
        CommandBody::Review {
            review: self.review,
            act,
        }
    }

    fn marks(&self, level: u8) -> Marks {
        let mut marks = Marks::blank(&self.card);
        for mark in &mut marks.criticals {
            mark.found = Found::No;
        }
        for mark in &mut marks.levels {
            mark.level = Some(level);
        }
        marks
    }

    fn head(&self) -> &Review {
        match self.site.heads.get(&self.review.into()) {
            Some(Head::Review(r)) => r,
            other => panic!("{other:?}"),
        }
    }

    fn appeal(&self) -> CommandBody {
        let text = "客户第二天自己来电改了时间".into();
        self.act(ReviewAct::Appeal { text })
    }

    fn answer(&self, marks: Option<Marks>) -> CommandBody {
        let text = "听了录音，改一项".into();
        self.act(ReviewAct::Answer { marks, text })
    }

    fn agree(&self, marks: Marks) -> CommandBody {
        let note = "".into();
        self.act(ReviewAct::Agree { marks, note })
    }
}

#[test]
fn one_rater_is_told_at_once_and_the_note_belongs_to_the_customers_values() {
    let mut floor = Floor::new(false);
    let events = floor.site.ok(by(LEAD), floor.rate(floor.marks(3), false));
    assert_eq!(kinds(&events), ["review_rated"]);
    assert_eq!(events[0].customer, Some(MEI));
    assert!(events[0].payload.is_some());
    let head = floor.head();
    assert_eq!((head.agent, head.stage()), (ANNA, Stage::Told));
    assert_eq!(head.outcome(), Some(&floor.marks(3)));
    assert!(head.appealable(floor.site.now));
    // What was said and by whom is the log's word, not the rater's.
    assert_eq!(head.number, floor.site.ticket(T1).number);
}

#[test]
fn agents_rate_nothing_and_nobody_rates_their_own_words() {
    let mut floor = Floor::new(false);
    for who in [ANNA, BO] {
        let body = floor.rate(floor.marks(3), false);
        assert_eq!(floor.site.rule(by(who), body), Some(Rule::NotAllowed));
    }
    for who in [LEAD, MANAGER, TRAINER] {
        let body = floor.rate(floor.marks(3), false);
        assert_eq!(floor.site.rule(by(who), body), None, "{who:?}");
    }
    floor.site.ok(by(LEAD), reply(T1));
    let said = floor.site.log.iter().rev();
    let said = said
        .into_iter()
        .find(|e| e.body.kind() == "replied")
        .unwrap();
    (floor.source, floor.review) = (said.id, ReviewId::of(said.id));
    let body = floor.rate(floor.marks(3), false);
    assert_eq!(floor.site.rule(by(LEAD), body), Some(Rule::OwnWords));
}

#[test]
fn only_words_of_the_team_on_that_ticket_can_be_rated_under_their_own_name() {
    let mut floor = Floor::new(false);
    floor.site.ok(Actor::Customer, message(T1));
    let message = floor.site.log.last().unwrap().id;
    let rate = |source: EventId, review: ReviewId, ticket: TicketId| CommandBody::Review {
        review,
        act: ReviewAct::Rate {
            ticket,
            source,
            why: Why::Asked,
            second: false,
            marks: floor.marks(2),
            note: "".into(),
        },
    };
    let wrong = [
        (rate(message, ReviewId::of(message), T1), Rule::NotFound),
        (rate(floor.source, floor.review, T2), Rule::NotFound),
        (
            rate(floor.source, ReviewId::of(message), T1),
            Rule::Malformed,
        ),
    ];
    for (body, rule) in wrong {
        assert_eq!(
            floor.site.rule(by(LEAD), body.clone()),
            Some(rule),
            "{body:?}"
        );
    }
}

#[test]
fn marks_must_be_those_of_the_card() {
    let floor = Floor::new(false);
    let mut missing = floor.marks(2);
    missing.levels.pop();
    let mut high = floor.marks(2);
    high.levels[0].level = Some(5);
    let mut twice = floor.marks(2);
    twice.criticals[1] = twice.criticals[0].clone();
    for marks in [
        missing,
        high,
        twice,
        Marks::blank(&floor.card),
        Marks::default(),
    ] {
        let body = floor.rate(marks.clone(), false);
        assert_eq!(
            floor.site.rule(by(LEAD), body),
            Some(Rule::Malformed),
            "{marks:?}"
        );
    }
    let mut note = floor.rate(floor.marks(2), false);
    if let CommandBody::Review {
        act: ReviewAct::Rate { note, .. },
        ..
    } = &mut note
    {
        *note = "长".repeat(2001).as_str().into();
    }
    assert_eq!(floor.site.rule(by(LEAD), note), Some(Rule::Malformed));
}

#[test]
fn two_raters_are_told_together_and_a_third_is_not_let_in() {
    for two in [true, false] {
        let mut floor = Floor::new(two);
        // Drawn for two, or asked for: both end the same.
        floor.site.ok(by(LEAD), floor.rate(floor.marks(3), !two));
        assert_eq!(floor.head().stage(), Stage::AwaitsSecond);
        assert_eq!(floor.head().outcome(), None);
        assert_eq!(floor.head().appeal_until, None);
        let again = floor.rate(floor.marks(1), false);
        assert_eq!(floor.site.rule(by(LEAD), again.clone()), Some(Rule::Rated));
        floor
            .site
            .ok(by(TRAINER), floor.rate(floor.marks(2), false));
        assert_eq!(floor.head().stage(), Stage::Told);
        assert_eq!(
            floor.head().outcome(),
            Some(&floor.marks(3)),
            "the first counts"
        );
        assert!(floor.head().appeal_until.is_some());
        assert_eq!(floor.site.rule(by(MANAGER), again), Some(Rule::Rated));
    }
    let mut floor = Floor::new(false);
    floor.site.ok(by(LEAD), floor.rate(floor.marks(3), false));
    let second = floor.rate(floor.marks(3), false);
    assert_eq!(floor.site.rule(by(TRAINER), second), Some(Rule::NotDouble));
}

#[test]
fn what_keeps_two_raters_apart_is_talked_over_before_it_is_told() {
    let mut floor = Floor::new(true);
    floor.site.ok(by(LEAD), floor.rate(floor.marks(4), false));
    let early = floor.agree(floor.marks(3));
    assert_eq!(floor.site.rule(by(LEAD), early), Some(Rule::AwaitsSecond));
    let mut critical = floor.marks(4);
    critical.criticals[5].found = Found::Yes;
    floor.site.ok(by(TRAINER), floor.rate(critical, false));
    assert_eq!(floor.head().stage(), Stage::Apart);
    assert_eq!(floor.head().outcome(), None);
    assert_eq!(floor.head().appeal_until, None);
    assert_eq!(
        floor.site.rule(by(ANNA), floor.appeal()),
        Some(Rule::NoAppeal)
    );
    let mut agreed = floor.marks(3);
    agreed.criticals[5].found = Found::Yes;
    floor.site.ok(by(MANAGER), floor.agree(agreed.clone()));
    assert_eq!(floor.head().stage(), Stage::Told);
    assert_eq!(floor.head().outcome(), Some(&agreed));
    assert!(agreed.fails(), "levels do not make up for a critical error");
    assert!(floor.head().appeal_until.is_some());
    let twice = floor.agree(floor.marks(3));
    assert_eq!(floor.site.rule(by(LEAD), twice), Some(Rule::Rated));
}

#[test]
fn only_the_agent_appeals_once_and_in_time_and_a_lead_answers() {
    let mut floor = Floor::new(false);
    floor.site.ok(by(LEAD), floor.rate(floor.marks(1), false));
    assert_eq!(
        floor.site.rule(by(BO), floor.appeal()),
        Some(Rule::NotAllowed)
    );
    assert_eq!(
        floor.site.rule(by(LEAD), floor.answer(None)),
        Some(Rule::NoAppeal)
    );
    let mut late = floor.site.clone();
    late.now = late.now.plus_minutes(60);
    assert_eq!(late.rule(by(ANNA), floor.appeal()), Some(Rule::AppealLate));
    let empty = floor.act(ReviewAct::Appeal { text: " ".into() });
    assert_eq!(floor.site.rule(by(ANNA), empty), Some(Rule::Empty));
    floor.site.ok(by(ANNA), floor.appeal());
    assert_eq!(floor.head().stage(), Stage::Appealed);
    assert_eq!(
        floor.head().outcome(),
        Some(&floor.marks(1)),
        "it counts until answered"
    );
    assert_eq!(
        floor.site.rule(by(ANNA), floor.appeal()),
        Some(Rule::NoAppeal)
    );
    assert_eq!(
        floor.site.rule(by(TRAINER), floor.answer(None)),
        Some(Rule::NotAllowed)
    );
    let changed = floor.marks(2);
    floor.site.ok(by(LEAD), floor.answer(Some(changed.clone())));
    assert_eq!(floor.head().stage(), Stage::Told);
    assert_eq!(floor.head().outcome(), Some(&changed));
    assert!(!floor.head().appealable(floor.site.now));
    assert_eq!(
        floor.site.rule(by(LEAD), floor.answer(None)),
        Some(Rule::NoAppeal)
    );
}

#[test]
fn a_blind_reader_sees_their_own_marks_and_that_somebody_rated() {
    let mut floor = Floor::new(true);
    floor.site.ok(by(LEAD), floor.rate(floor.marks(3), false));
    let seen = |who| floor.head().clone().blind(who).ratings[0].marks.clone();
    assert_eq!(seen(TRAINER), None);
    assert_eq!(seen(LEAD), Some(floor.marks(3)));
    floor
        .site
        .ok(by(TRAINER), floor.rate(floor.marks(3), false));
    assert!(
        floor
            .head()
            .clone()
            .blind(BO)
            .ratings
            .iter()
            .all(|r| r.marks.is_some())
    );
}

#[test]
fn five_working_days_skip_weekends_and_holidays() {
    let calendar = calendar::shipped().unwrap();
    let card = Policy::shipped().unwrap().card;
    let until = |at: &str| {
        let now = Ms(at.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        Procedure::at(&card, &calendar, now)
            .appeal_until
            .map(|m| m.timestamp().to_string())
    };
    // Wednesday 11 March 2026, afternoon in Shanghai: Thursday, Friday, Monday, Tuesday, Wednesday; to midnight there.
    assert_eq!(
        until("2026-03-11T06:20:00Z").as_deref(),
        Some("2026-03-18T16:00:00Z")
    );
    // The holiday week of October holds no working day.
    let october = until("2026-09-30T02:00:00Z").unwrap();
    assert!(october.as_str() > "2026-10-12", "{october}");
    assert_eq!(until("2039-01-01T00:00:00Z"), None, "no calendar, no limit");
}

#[test]
fn a_tenth_is_drawn_for_two_and_the_draw_is_even() {
    let card = Policy::shipped().unwrap().card;
    let ids = (0..20_000_u128).map(|n| {
        ReviewId::of(EventId {
            command: CommandId(Uuid::from_u128(n)),
            index: 0,
        })
    });
    let ids: Vec<ReviewId> = ids.collect();
    let two = ids.iter().filter(|id| drawn_for_two(**id, &card)).count();
    // 2,000 expected; five standard deviations are 212.
    assert!((1_788..=2_212).contains(&two), "{two}");
    let one = ids.iter().filter(|id| draw(**id, 1) < 20).count();
    assert!((300..=500).contains(&one), "{one}");
    let both = ids
        .iter()
        .filter(|id| draw(**id, 1) < 500 && draw(**id, 2) < 500)
        .count();
    assert!(
        (4_690..=5_310).contains(&both),
        "two seeds draw apart: {both}"
    );
}

#[test]
fn every_rule_of_reviews_refuses_something() {
    let mut seen = Vec::new();
    let mut own = Floor::new(false);
    own.site.ok(by(LEAD), reply(T1));
    let said = own.site.log.iter().rfind(|e| e.body.kind() == "replied");
    own.source = said.unwrap().id;
    own.review = ReviewId::of(own.source);
    let body = own.rate(own.marks(3), false);
    seen.extend(own.site.rule(by(LEAD), body));
    let mut two = Floor::new(true);
    two.site.ok(by(LEAD), two.rate(two.marks(3), false));
    seen.extend(two.site.rule(by(LEAD), two.rate(two.marks(3), false)));
    let mut one = Floor::new(false);
    one.site.ok(by(LEAD), one.rate(one.marks(3), false));
    seen.extend(one.site.rule(by(TRAINER), one.rate(one.marks(3), false)));
    seen.extend(two.site.rule(by(LEAD), two.agree(two.marks(3))));
    seen.extend(one.site.rule(by(LEAD), one.answer(None)));
    one.site.now = one.site.now.plus_minutes(60);
    seen.extend(one.site.rule(by(ANNA), one.appeal()));
    assert_eq!(seen, REFUSES);
}
