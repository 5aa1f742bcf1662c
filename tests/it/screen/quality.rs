//! Reviews on the screen: fixed reviews in every state.

use std::collections::BTreeMap;

use balm::api::desk::{DeskAnswer, DueList, EntryKind, QualityView, ReviewRow, UnitView};
use balm::api::wire::{DueReview, ReviewLoad};
use balm::domain::ids::{CommandId, CustomerId, EventId, ReviewId, TicketId, UserId};
use balm::domain::lang::Lang;
use balm::domain::policy::Policy;
use balm::domain::review::{Agreed, Appealed, Rating, Review, Why};
use balm::domain::scorecard::{Found, Marks};
use balm::domain::vocabulary::Channel;
use uuid::Uuid;

use super::fixture::{Desk, NOW, entry, lines as painted, safe};

const AGENT: u128 = 72;
const RATERS: [u128; 2] = [71, 73];

fn event(n: u128) -> EventId {
    EventId {
        command: CommandId(Uuid::from_u128(n)),
        index: 0,
    }
}

fn marks(levels: [Option<u8>; 7], errors: &[&str]) -> Marks {
    let mut marks = Marks::blank(&Policy::shipped().unwrap().card);
    for mark in &mut marks.criticals {
        mark.found = match mark.critical.as_str() {
            "recording_notice" => Found::Unseen,
            id if errors.contains(&id) => Found::Yes,
            _ => Found::No,
        };
    }
    for (mark, level) in marks.levels.iter_mut().zip(levels) {
        mark.level = level;
    }
    marks
}

fn row(n: u128, given: &[(u128, Marks)], second: bool) -> ReviewRow {
    let rating = |(by, marks): &(u128, Marks)| Rating {
        by: UserId(Uuid::from_u128(*by)),
        at: NOW.plus_minutes(-20),
        event: event(n * 100 + by),
        marks: Some(marks.clone()),
    };
    let back = i64::try_from(n).unwrap() * 150;
    ReviewRow {
        review: Review {
            id: ReviewId::of(event(n)),
            ticket: TicketId(Uuid::from_u128(n)),
            number: Some(1000 + u64::try_from(n).unwrap()),
            customer: CustomerId(Uuid::from_u128(9001)),
            source: event(n),
            agent: UserId(Uuid::from_u128(AGENT)),
            said_at: NOW.plus_minutes(-back),
            why: Why::Monthly,
            card: 1,
            second,
            ratings: given.iter().map(rating).collect(),
            agreed: None,
            appeal: None,
            appeal_until: Some(NOW.plus_minutes(4_000)),
            version: 1,
            position: if n == 2 { 0 } else { 60 },
        },
        words: BTreeMap::new(),
        news: n == 1,
    }
}

/// Reviews in every state, and what is due.
pub fn view(lang: Lang) -> DeskAnswer {
    let good = marks(
        [Some(4), Some(3), Some(3), Some(2), Some(4), Some(3), None],
        &[],
    );
    let poor = marks(
        [
            Some(1),
            Some(3),
            Some(1),
            Some(2),
            Some(0),
            Some(3),
            Some(2),
        ],
        &["no_next_step"],
    );
    let note = match lang {
        Lang::Zh => "第一句就接住了；下次把几点打回去说出来。",
        Lang::En => "The first sentence landed; next time say when you will call back.",
    };
    let mut failed = row(1, &[(RATERS[1], poor.clone())], false);
    failed.words.insert(event(173), safe(note));
    let mut apart = row(
        3,
        &[(RATERS[0], good.clone()), (RATERS[1], poor.clone())],
        true,
    );
    apart.words.insert(event(373), safe(note));
    let mut appealed = row(4, &[(RATERS[0], poor.clone()), (RATERS[1], poor)], true);
    appealed.review.agreed = Some(Agreed {
        by: Some(UserId(Uuid::from_u128(RATERS[1]))),
        at: NOW.plus_minutes(-15),
        event: event(499),
        marks: good.clone(),
    });
    appealed.review.appeal = Some(Appealed {
        at: NOW.plus_minutes(-5),
        event: event(498),
        answer: None,
    });
    appealed.words.insert(event(498), safe(note));
    let half = row(5, &[(RATERS[1], good.clone())], true);
    let due = |n: u128, why| DueReview {
        review: ReviewId::of(event(n)),
        ticket: TicketId(Uuid::from_u128(n)),
        number: Some(1000 + u64::try_from(n).unwrap()),
        source: event(n),
        agent: UserId(Uuid::from_u128(AGENT)),
        said_at: NOW.plus_minutes(-60 * i64::try_from(n).unwrap()),
        why,
        second: n == 21,
    };
    let names = [(71, "陈静"), (72, "刘洋"), (73, "Okafor, Adaeze Chidinma")];
    DeskAnswer::Quality(Box::new(QualityView {
        reviews: vec![
            failed,
            row(2, &[(RATERS[1], good)], false),
            apart,
            appealed,
            half,
        ],
        due: Some(DueList {
            month: "2026-03".to_owned(),
            at: NOW.plus_minutes(-3),
            due: vec![
                due(20, Why::MissedPromise),
                due(21, Why::Random),
                due(22, Why::Monthly),
            ],
            agents: vec![ReviewLoad {
                agent: UserId(Uuid::from_u128(AGENT)),
                units: 31,
                rated: 2,
                wanted: 4,
            }],
        }),
        away: false,
        titles: BTreeMap::new(),
        begun: Vec::new(),
        names: names
            .map(|(n, name)| (UserId(Uuid::from_u128(n)), safe(name)))
            .into(),
    }))
}

/// The words under review, as the store tells them.
pub fn words(desk: &mut Desk) {
    let form = balm::app::quality::top(&desk.state).unwrap();
    let (generation, (ticket, source)) = (form.generation, form.unit);
    let own = |mut e: balm::api::desk::Entry| {
        e.ticket = ticket;
        e
    };
    let mut last = entry(
        3,
        EntryKind::Spoken,
        "刘洋",
        "三次都没修好，换谁都着急。我把师傅的记录调出来，今天 17:00 前打给您。",
    );
    last.id = source;
    let channel = Channel::Voice;
    let entries = vec![
        own(entry(
            2,
            EntryKind::Customer { channel },
            "王秀兰",
            "冰箱修了三次还是不制冷，你们到底管不管？",
        )),
        own(last),
        own(entry(
            4,
            EntryKind::Note,
            "刘洋",
            "压缩机缺货，别答应当天换。",
        )),
    ];
    desk.tell(DeskAnswer::Unit(Box::new(UnitView {
        generation,
        ticket,
        source,
        agent: Some(UserId(Uuid::from_u128(AGENT))),
        number: Some(1020),
        customer: safe("王秀兰"),
        entries,
    })));
}

#[test]
fn every_tab_tells_its_figures() {
    for (lang, wants) in [
        (
            Lang::Zh,
            [
                "评了 2/4",
                "致命项：没有落得下来的下一步",
                "差 4 处",
                "95% 在",
            ],
        ),
        (
            Lang::En,
            [
                "2 of 4 rated",
                "Critical: No concrete next step",
                "4 apart",
                "95%:",
            ],
        ),
    ] {
        for size in [(80, 24), (160, 45)] {
            let mut desk = Desk::new(size, lang, 24);
            desk.press(&["v"]);
            desk.tell(view(lang));
            for want in wants {
                let text = painted(&desk.paint().0).join("\n");
                assert!(text.contains(want), "{want} is not on\n{text}");
                desk.press(&["Right"]);
            }
        }
    }
}

#[test]
fn the_card_shows_every_anchor_of_the_item_under_the_cursor() {
    let card = Policy::shipped().unwrap().card;
    for lang in [Lang::Zh, Lang::En] {
        for size in [(80, 24), (100, 30), (160, 45)] {
            let mut desk = Desk::new(size, lang, 24);
            desk.press(&["v"]);
            desk.tell(view(lang));
            desk.press(&["Down", "Down", "Down", "Enter"]);
            words(&mut desk);
            for critical in &card.criticals {
                let text = painted(&desk.paint().0).join("\n");
                let begins: String = critical.look(lang).chars().take(12).collect();
                assert!(text.contains(&begins), "{size:?}\n{text}");
                desk.press(&["n"]);
            }
            for item in &card.items {
                let text = painted(&desk.paint().0).join("\n");
                for level in 0..=4 {
                    let begins: String = item.anchor(lang, level).chars().take(10).collect();
                    assert!(
                        text.contains(&begins),
                        "{size:?} {} {level}\n{text}",
                        item.id
                    );
                }
                desk.press(&["2"]);
            }
        }
    }
}
