//! Reviews over HTTP: no route tells a second rater or the agent what is not theirs yet, words go with their customer, and a
//! command that does not fit the document is refused.

use balm::api::wire::{DuePage, Outcome, ReviewsPage, SnapshotPage};
use balm::domain::command::{CommandBody, ReviewAct};
use balm::domain::decide::Rule;
use balm::domain::fold::Head;
use balm::domain::ids::{EventId, ReviewId, TicketId};
use balm::domain::policy::Policy;
use balm::domain::review::{Why, drawn_for_two};
use balm::domain::scorecard::{Found, Marks};
use balm::domain::vocabulary::Role;
use balm::text::RawText;

use super::{Desk, Site, command, desk, reply};

const SECRET: &str = "第一位写的备注";

fn marks() -> Marks {
    let card = Policy::shipped().unwrap().card;
    let mut marks = Marks::blank(&card);
    marks.criticals[0].found = Found::Yes;
    for mark in &mut marks.levels {
        mark.level = Some(3);
    }
    marks
}

fn rate(ticket: TicketId, source: EventId, second: bool, note: &str) -> CommandBody {
    CommandBody::Review {
        review: ReviewId::of(source),
        act: ReviewAct::Rate {
            ticket,
            source,
            why: Why::Asked,
            second,
            marks: marks(),
            note: RawText::new(note),
        },
    }
}

/// A reply of this agent whose review is drawn for one rater.
async fn replied(agent: &Desk, ticket: TicketId) -> EventId {
    let card = Policy::shipped().unwrap().card;
    loop {
        let body = command(reply(ticket, "我来办"));
        let Outcome::Accepted { events } = agent.ask(&body).await else {
            panic!("no reply");
        };
        let said = events.iter().find(|e| e.body.kind() == "replied");
        let source = said.unwrap().id;
        if !drawn_for_two(ReviewId::of(source), &card) {
            return source;
        }
    }
}

/// Everything that this reader can get of reviews, as text.
async fn everything(reader: &Desk) -> String {
    let (feed, _) = reader.feed(None).await;
    let snapshot: SnapshotPage = reader.get("/v1/snapshot").await;
    let page: ReviewsPage = reader.get("/v1/reviews").await;
    let json = |value: Result<String, serde_json::Error>| value.unwrap();
    [
        json(serde_json::to_string(&feed)),
        json(serde_json::to_string(&snapshot)),
        json(serde_json::to_string(&page)),
    ]
    .concat()
}

#[tokio::test]
async fn nothing_tells_a_second_rater_or_the_agent_what_the_first_one_marked() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("anna").await;
    let other = site.agent("bo").await;
    let (ticket, _) = site.ticket("王梅", "等太久了").await;
    let source = replied(&agent, ticket).await;
    let lead = desk(&site.log, &site.running, "lead", Role::Lead).await;
    let second = desk(&site.log, &site.running, "second", Role::Trainer).await;
    let asked = command(rate(ticket, source, true, SECRET));
    assert!(matches!(lead.ask(&asked).await, Outcome::Accepted { .. }));
    // The same command again gets the same answer; another rating by the same rater is refused.
    assert!(matches!(lead.ask(&asked).await, Outcome::Accepted { .. }));
    let again = lead.ask(&command(rate(ticket, source, true, "x"))).await;
    assert!(
        matches!(
            again,
            Outcome::Refused {
                rule: Rule::Rated,
                ..
            }
        ),
        "{again:?}"
    );
    assert!(everything(&lead).await.contains(SECRET));
    for reader in [&second, &agent, &other] {
        let text = everything(reader).await;
        assert!(
            !text.contains(SECRET) && !text.contains("\"found\":\"yes\""),
            "{text}"
        );
    }
    assert!(
        everything(&second).await.contains("\"of\":\"review\""),
        "that it was rated"
    );
    for reader in [&agent, &other] {
        assert!(!everything(reader).await.contains("\"of\":\"review\""));
    }
    let answer = second
        .ask(&command(rate(ticket, source, false, "也听了")))
        .await;
    assert!(matches!(answer, Outcome::Accepted { .. }), "{answer:?}");
    for reader in [&second, &agent] {
        assert!(everything(reader).await.contains(SECRET), "told");
    }
    assert!(!everything(&other).await.contains(SECRET), "nobody else's");
    site.running.shutdown().await;
}

#[tokio::test]
async fn what_is_drawn_is_for_raters_and_notes_go_with_their_customer() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("anna").await;
    let (ticket, customer) = site.ticket("王梅", "等太久了").await;
    let source = replied(&agent, ticket).await;
    let lead = desk(&site.log, &site.running, "lead", Role::Lead).await;
    assert_eq!(agent.status("/v1/reviews/due").await, 403);
    for bad in ["2026-13", "2026-1", "26-01", "2026-00", "x", "2026-01-01"] {
        assert_eq!(
            lead.status(&format!("/v1/reviews/due?month={bad}")).await,
            400,
            "{bad}"
        );
    }
    assert_eq!(lead.status("/v1/reviews/due?week=1").await, 400);
    let due: DuePage = lead.get("/v1/reviews/due").await;
    assert_eq!(due.due.len(), 1);
    assert_eq!((due.due[0].source, due.due[0].agent), (source, agent.user));
    let again: DuePage = lead
        .get(&format!("/v1/reviews/due?month={}", due.month))
        .await;
    assert_eq!(again.due, due.due);
    let body = command(rate(ticket, source, false, SECRET));
    assert!(matches!(lead.ask(&body).await, Outcome::Accepted { .. }));
    let due: DuePage = lead.get("/v1/reviews/due").await;
    assert!(due.due.is_empty());
    assert!(everything(&agent).await.contains(SECRET));
    let erase = command(CommandBody::EraseCustomer { customer });
    assert!(matches!(
        site.admin.ask(&erase).await,
        Outcome::Accepted { .. }
    ));
    for reader in [&lead, &agent] {
        let text = everything(reader).await;
        assert!(!text.contains(SECRET), "{text}");
    }
    let page: ReviewsPage = lead.get("/v1/reviews").await;
    assert!(
        page.reviews[0].review.outcome().is_some(),
        "what was found stays"
    );
    let entries: SnapshotPage = lead.get("/v1/snapshot").await;
    assert!(
        entries
            .entries
            .iter()
            .any(|e| matches!(e.head, Head::Review(_)))
    );
    site.running.shutdown().await;
}

#[tokio::test]
async fn a_rating_that_does_not_fit_the_document_is_refused_as_such() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("anna").await;
    let (ticket, _) = site.ticket("王梅", "等太久了").await;
    let source = replied(&agent, ticket).await;
    let lead = desk(&site.log, &site.running, "lead", Role::Lead).await;
    let good = serde_json::to_value(command(rate(ticket, source, false, ""))).unwrap();
    let broken = [
        ("/body/act/marks/levels/0/level", serde_json::json!(5)),
        ("/body/act/marks/levels/0/level", serde_json::json!(-1)),
        (
            "/body/act/marks/criticals/0/found",
            serde_json::json!("maybe"),
        ),
        ("/body/act/why", serde_json::json!("because")),
        ("/body/act/is", serde_json::json!("approve")),
        ("/body/act/source", serde_json::json!("no event")),
        ("/body/act/note", serde_json::json!("长".repeat(2001))),
    ];
    for (at, with) in broken {
        let mut value = good.clone();
        *value.pointer_mut(at).unwrap() = with.clone();
        let response = lead
            .post("/v1/commands", &serde_json::json!({"commands": [value]}))
            .await;
        assert!(
            matches!(response.status().as_u16(), 400 | 422),
            "{at} {with}: {}",
            response.status()
        );
    }
    let mut more = good.clone();
    more["body"]["act"]["score"] = serde_json::json!(97);
    let response = lead
        .post("/v1/commands", &serde_json::json!({"commands": [more]}))
        .await;
    assert!(
        matches!(response.status().as_u16(), 400 | 422),
        "there is no sum to send"
    );
    site.running.shutdown().await;
}
