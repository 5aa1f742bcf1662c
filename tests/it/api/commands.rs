//! Exactly once, and two who answer at once.

use super::{Site, based, command, open, reply};
use balm::api::wire::Outcome;
use balm::domain::command::CommandBody;
use balm::domain::decide::Rule;
use balm::domain::fold::Head;
use balm::domain::vocabulary::Channel;
use balm::log::Log;
use balm::text::RawText;

#[tokio::test]
async fn the_same_command_twice_happens_once_and_gets_the_same_answer() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (ticket, _) = site.ticket("王小明", "退款没有到账").await;
    let said = based(ticket, 2, reply(ticket, "我来查"));
    let first = agent.ask(&said).await;
    assert!(
        matches!(&first, Outcome::Accepted { events } if events.len() == 2),
        "{first:?}"
    );
    assert_eq!(agent.ask(&said).await, first);
    let twice = agent.batch(&[said.clone(), said.clone()]).await;
    assert_eq!(twice, [first.clone(), first]);
    let other = balm::domain::command::Command {
        body: reply(ticket, "别的话"),
        ..said.clone()
    };
    let batch = serde_json::json!({"commands": [other]});
    assert_eq!(
        agent.post("/v1/commands", &batch).await.status().as_u16(),
        409
    );
    let batch = serde_json::json!({"commands": [said]});
    assert_eq!(
        site.admin
            .post("/v1/commands", &batch)
            .await
            .status()
            .as_u16(),
        409
    );
}

#[tokio::test]
async fn two_who_answer_at_once_one_gets_the_conflict_and_a_spoken_record_is_never_refused() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let (a, b) = (site.agent("li").await, site.agent("zhao").await);
    let (ticket, _) = site.ticket("王小明", "退款没有到账").await;
    let (one, two) = (
        based(ticket, 2, reply(ticket, "我来查")),
        based(ticket, 2, reply(ticket, "已经在处理")),
    );
    let (x, y) = tokio::join!(a.ask(&one), b.ask(&two));
    let accepted = [&x, &y]
        .iter()
        .filter(|o| matches!(o, Outcome::Accepted { .. }))
        .count();
    assert_eq!(accepted, 1, "{x:?} {y:?}");
    let lost = if matches!(x, Outcome::Accepted { .. }) {
        y
    } else {
        x
    };
    let Outcome::Conflict { with } = lost else {
        panic!("{lost:?}");
    };
    assert!(
        with.iter().any(|e| e.payload.is_some()),
        "the choice shows what the other wrote"
    );
    let spoken = CommandBody::Speak {
        ticket,
        text: RawText::new("我们今天给您回电"),
        acts: vec![],
        lines: Vec::new(),
        promises: vec![],
    };
    let told = b.ask(&based(ticket, 2, spoken)).await;
    assert!(matches!(told, Outcome::Accepted { .. }), "{told:?}");
}

#[tokio::test]
async fn a_customers_new_message_is_no_conflict() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (ticket, _) = site.ticket("王小明", "退款没有到账").await;
    site.system(CommandBody::ReceiveMessage {
        ticket,
        channel: Channel::Chat,
        text: RawText::new("还在吗"),
        attachments: vec![],
        origin: None,
    })
    .await;
    let told = agent.ask(&based(ticket, 2, reply(ticket, "在的"))).await;
    assert!(matches!(told, Outcome::Accepted { .. }), "{told:?}");
}

#[tokio::test]
async fn only_what_follows_a_refused_command_is_refused_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (ticket, _) = site.ticket("王小明", "退款没有到账").await;
    let refused = command(CommandBody::Reopen {
        ticket,
        reason: balm::domain::vocabulary::ReopenReason::Mistake,
    });
    let mut follows = based(ticket, 2, reply(ticket, "跟着的"));
    follows.after = Some(refused.id);
    let free = command(CommandBody::Note {
        ticket,
        text: RawText::new("不相干"),
    });
    let told = agent.batch(&[refused, follows, free]).await;
    assert!(matches!(told[0], Outcome::Refused { .. }));
    assert!(matches!(
        told[1],
        Outcome::Refused {
            rule: Rule::AfterRefused,
            ..
        }
    ));
    assert!(matches!(told[2], Outcome::Accepted { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_get_numbers_and_deliveries_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let opened: Vec<_> = (0..150)
        .map(|n| open(site.queue, "某", &format!("第{n}件事")))
        .collect();
    let commands: Vec<_> = opened
        .iter()
        .map(|(_, _, body)| command(body.clone()))
        .collect();
    let (left, right) = commands.split_at(75);
    let (x, y) = tokio::join!(agent.batch(left), site.admin.batch(right));
    assert!(
        x.iter()
            .chain(&y)
            .all(|o| matches!(o, Outcome::Accepted { .. }))
    );
    let replies: Vec<_> = opened
        .iter()
        .map(|(t, _, _)| based(*t, 2, reply(*t, "收到")))
        .collect();
    agent.batch(&replies).await;
    let mut numbers = std::collections::BTreeSet::new();
    for _ in 0..100 {
        numbers.clear();
        let page: balm::api::wire::TicketsPage = agent.get("/v1/tickets?limit=2000").await;
        let tickets = page.tickets.into_iter().filter_map(|h| match h {
            Head::Ticket(t) => Some(t),
            _ => None,
        });
        let mut waiting = 0;
        for ticket in tickets {
            numbers.insert(ticket.number.unwrap());
            waiting += ticket.undelivered.len();
        }
        if waiting == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(numbers.len(), 150);
    assert!(
        site.log.undelivered(10).await.unwrap().is_empty(),
        "every reply was delivered"
    );
}
