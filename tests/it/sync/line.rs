use std::sync::atomic::Ordering;
use std::time::Duration;

use balm::api::desk::{DeskRequest, LinkState, ReturnCause, Trouble};
use balm::domain::time::{HOUR, Ms};
use balm::task;

use super::{PATIENCE, desk, opened, opening, reply};
use crate::support::chaos::{Chaos, Line};
use crate::support::floor::Floor;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_doubles_nothing() {
    let floor = Floor::start().await;
    let ticket = opened(&floor, "快递没到");
    let dir = tempfile::tempdir().unwrap();
    let chaos = Chaos::before(&floor.url).await;
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    chaos.set(Line::EatAnswer);
    let ids = one
        .submit(vec![reply(ticket, "只发一次")], false, None)
        .await
        .unwrap();
    for _ in 0..200 {
        if chaos.eaten.load(Ordering::SeqCst) > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(
        chaos.eaten.load(Ordering::SeqCst) > 0,
        "the answer was eaten"
    );
    chaos.set(Line::Up);
    one.ask(DeskRequest::Retry).unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    one.synced(PATIENCE).await.unwrap();
    assert_eq!(floor.count("只发一次"), 1);
    one.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_too_old_takes_a_fresh_picture() {
    let floor = Floor::start().await;
    let first = opened(&floor, "甲");
    let dir = tempfile::tempdir().unwrap();
    let mut one = desk(dir.path(), &floor.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    one.shutdown();
    let second = opened(&floor, "乙");
    {
        let mut log = floor.log.lock().unwrap();
        log.oldest = log.events.len() as u64;
    }
    let mut one = desk(dir.path(), &floor.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    one.until("both", PATIENCE, |d| {
        [first, second]
            .iter()
            .all(|t| d.rows.rows.iter().any(|r| r.ticket.id == *t))
    })
    .await
    .unwrap();
    one.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_line_and_a_clock_an_hour_off() {
    let floor = Floor::start().await;
    floor.log.lock().unwrap().clock_off = -HOUR;
    let ticket = opened(&floor, "账单不对");
    let dir = tempfile::tempdir().unwrap();
    let chaos = Chaos::before(&floor.url).await;
    chaos.slow(150);
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    assert!(
        (one.link.clock_off - HOUR).abs() < 2_000,
        "{}",
        one.link.clock_off
    );
    let before = task::now_ms();
    let ids = one
        .submit(vec![reply(ticket, "慢线路")], false, None)
        .await
        .unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    let log = floor.log.lock().unwrap();
    let at = log
        .events
        .iter()
        .rfind(|e| e.id.command == ids[0])
        .unwrap()
        .occurred_at;
    assert!(
        (at.0 - (before.0 - HOUR)).abs() < 5_000,
        "corrected by the measured hour"
    );
    drop(log);
    one.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_that_waited_past_midnight_comes_back() {
    let floor = Floor::start().await;
    let ticket = opened(&floor, "要求回电");
    let dir = tempfile::tempdir().unwrap();
    let chaos = Chaos::before(&floor.url).await;
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    chaos.set(Line::Cut);
    one.until("offline", PATIENCE, |d| {
        matches!(d.link.state, LinkState::Offline { .. })
    })
    .await
    .unwrap();
    let id = balm::domain::ids::CommandId(task::new_id());
    // Written yesterday, waits since.
    let at = Ms(task::now_ms().0 - 24 * HOUR);
    one.ask(DeskRequest::Submit {
        ids: vec![id],
        bodies: vec![reply(ticket, "今天给您回电")],
        at,
        chained: false,
        clears: None,
    })
    .unwrap();
    chaos.set(Line::Up);
    one.ask(DeskRequest::Retry).unwrap();
    one.until("it comes back", PATIENCE, |d| !d.returned.is_empty())
        .await
        .unwrap();
    assert!(
        matches!(
            one.returned[0].cause,
            ReturnCause::Stale { words: true, .. }
        ),
        "{:?}",
        one.returned[0].cause
    );
    assert_eq!(
        one.returned[0].command.body.words().unwrap().expose(),
        "今天给您回电"
    );
    assert_eq!(floor.count("今天给您回电"), 0);
    one.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_replica_is_fetched_again_and_the_outbox_is_whole() {
    let floor = Floor::start().await;
    let ticket = opened(&floor, "损坏");
    let dir = tempfile::tempdir().unwrap();
    let chaos = Chaos::before(&floor.url).await;
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    chaos.set(Line::Cut);
    one.submit(vec![reply(ticket, "不能丢")], false, None)
        .await
        .unwrap();
    one.shutdown();
    let folder = dir
        .path()
        .join("desk")
        .join(crate::support::floor::user(1).to_string());
    std::fs::write(folder.join("replica.db"), vec![9_u8; 40_000]).unwrap();
    std::fs::remove_file(folder.join("replica.db-wal")).ok();
    chaos.set(Line::Up);
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    assert!(
        one.troubles.contains(&Trouble::ReplicaDamaged),
        "{:?}",
        one.troubles
    );
    assert_eq!(floor.count("不能丢"), 1);
    one.until("the row", PATIENCE, |d| {
        d.rows.rows.iter().any(|r| r.ticket.id == ticket)
    })
    .await
    .unwrap();
    one.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_and_another_user_on_the_same_seat() {
    let floor = Floor::start().await;
    opened(&floor, "保密");
    let dir = tempfile::tempdir().unwrap();
    let mut wrong = desk(dir.path(), &floor.url, "t9");
    let link = wrong
        .until("unauthorised", Duration::from_secs(2), |d| {
            d.link.state == LinkState::Unauthorised
        })
        .await;
    // Nobody is known yet, so no store is open; the link is told once it is.
    drop(link);
    assert!(wrong.rows.rows.is_empty());
    wrong.shutdown();
    let mut one = desk(dir.path(), &floor.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    one.submit(
        vec![opening(balm::domain::ids::TicketId(task::new_id()), "甲的")],
        false,
        None,
    )
    .await
    .unwrap();
    one.synced(PATIENCE).await.unwrap();
    one.shutdown();
    let dead = Chaos::before(&floor.url).await;
    dead.set(Line::Cut);
    let mut two = desk(dir.path(), &dead.url, "t2");
    let any = two
        .until("rows", Duration::from_secs(1), |d| !d.rows.rows.is_empty())
        .await;
    assert!(
        any.is_err(),
        "another token sees nothing of the first one's replica"
    );
    two.shutdown();
}
