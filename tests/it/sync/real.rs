//! The same over the real server.

use balm::api::desk::{DeskAnswer, DeskRequest, HitSource, ReturnCause};
use balm::domain::command::CommandBody;
use balm::domain::ids::TicketId;
use balm::task;

use super::{PATIENCE, desk, opening, reply, spoken};
use crate::support::chaos::{Chaos, Line};
use crate::support::real::Real;

fn open_in(real: &Real, ticket: TicketId, text: &str) -> CommandBody {
    let mut body = opening(ticket, text);
    if let CommandBody::OpenTicket { queue, .. } = &mut body {
        *queue = real.queue;
    }
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_one_real_log() {
    let dir = tempfile::tempdir().unwrap();
    let real = Real::start(dir.path(), 2).await;
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let chaos = Chaos::before(&real.url).await;
    let mut one = desk(a.path(), &real.url, &real.tokens[0]);
    let mut two = desk(b.path(), &chaos.url, &real.tokens[1]);
    one.synced(PATIENCE).await.unwrap();
    two.synced(PATIENCE).await.unwrap();
    let ticket = TicketId(task::new_id());
    let ids = one
        .submit(
            vec![open_in(&real, ticket, "冰箱漏水，联系三次没人来")],
            false,
            None,
        )
        .await
        .unwrap();
    let done = one
        .confirmed(ids[0], std::time::Duration::from_secs(6))
        .await;
    assert!(
        done.is_ok(),
        "{:?} {:?} {:?} {:?}",
        one.link,
        one.troubles,
        one.returned,
        one.told
    );
    two.until("the ticket", PATIENCE, |d| {
        d.rows
            .rows
            .iter()
            .any(|r| r.ticket.id == ticket && r.ticket.number.is_some() && r.caller == "王小明")
    })
    .await
    .unwrap();
    chaos.set(Line::Cut);
    let first = one
        .submit(vec![reply(ticket, "甲先回复")], false, None)
        .await
        .unwrap();
    one.confirmed(first[0], PATIENCE).await.unwrap();
    let sent = two
        .submit(
            vec![reply(ticket, "乙也回复"), spoken(ticket, "乙电话里说")],
            false,
            None,
        )
        .await
        .unwrap();
    chaos.set(Line::Up);
    two.ask(DeskRequest::Retry).unwrap();
    let done = two
        .confirmed(sent[1], std::time::Duration::from_secs(8))
        .await;
    assert!(
        done.is_ok(),
        "{:?} {:?} {:?} {:?}",
        two.link,
        two.troubles,
        two.returned,
        two.told
    );
    two.until("the conflict", PATIENCE, |d| d.returned.len() == 1)
        .await
        .unwrap();
    let ReturnCause::Conflict { with } = &two.returned[0].cause else {
        panic!("{:?}", two.returned[0].cause)
    };
    assert!(with.iter().any(|e| e.text == "甲先回复"), "{with:?}");
    one.show(ticket).await.unwrap();
    one.until("the spoken record", PATIENCE, |d| {
        d.conversation.as_ref().is_some_and(|c| {
            c.entries
                .iter()
                .any(|e| e.text == "乙电话里说" && !e.pending)
        })
    })
    .await
    .unwrap();
    one.ask(DeskRequest::Search {
        generation: 3,
        words: "漏水".to_owned(),
        limit: 20,
    })
    .unwrap();
    one.until("hits of the server", PATIENCE, |d| {
        d.told.iter().any(|a| matches!(a, DeskAnswer::Hits { source: HitSource::Server, hits, .. } if hits.len() == 1))
    })
    .await
    .unwrap();
    one.ask(DeskRequest::LookUp {
        generation: 4,
        number: "138 0013 8000".to_owned(),
    })
    .unwrap();
    one.until("the caller", PATIENCE, |d| {
        d.told.iter().any(|a| matches!(a, DeskAnswer::Callers { callers, .. } if callers.len() == 1 && callers[0].open.len() == 1))
    })
    .await
    .unwrap();
    one.ask(DeskRequest::Older { generation: 5 }).unwrap();
    one.until("older history", PATIENCE, |d| {
        d.conversation
            .as_ref()
            .is_some_and(|c| c.generation == 5 && !c.more)
    })
    .await
    .unwrap();
    one.shutdown();
    two.shutdown();
    real.running.shutdown().await;
}
