//! The live feed: resume, presence, and the end of a revoked token.

use std::time::Duration;

use super::{Desk, Site, command};
use balm::api::wire::{Change, PresenceList};
use balm::domain::command::CommandBody;
use balm::log::Log;
use eventsource_stream::{Event, EventStream, Eventsource};
use futures_util::{Stream, StreamExt};
use reqwest::Method;

type Source =
    EventStream<std::pin::Pin<Box<dyn Stream<Item = reqwest::Result<bytes::Bytes>> + Send>>>;

async fn listen(desk: &Desk, last: Option<&str>) -> Source {
    let mut request = desk
        .http
        .get(format!("{}/v1/stream", desk.base))
        .bearer_auth(&desk.token);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let bytes: std::pin::Pin<Box<dyn Stream<Item = _> + Send>> = Box::pin(response.bytes_stream());
    bytes.eventsource()
}

async fn next(source: &mut Source) -> Option<Event> {
    let waited = tokio::time::timeout(Duration::from_secs(20), source.next()).await;
    waited.expect("nothing came").map(|e| e.unwrap())
}

/// Reads until everything was sent; the positions told, and the last id.
async fn caught_up(source: &mut Source) -> (Vec<u64>, String) {
    let mut positions = Vec::new();
    loop {
        let event = next(source).await.unwrap();
        match event.event.as_str() {
            "change" => {
                assert!(!event.id.is_empty());
                if let Change::Event { event } = serde_json::from_str(&event.data).unwrap() {
                    positions.push(event.position);
                }
            }
            "caught_up" => return (positions, event.id),
            "presence" => {}
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn resumes_where_it_was_cut_and_goes_on_live() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    site.ticket("王小明", "第一件事").await;
    let mut source = listen(&site.admin, None).await;
    let (first, id) = caught_up(&mut source).await;
    assert_eq!(first, (1..=first.len() as u64).collect::<Vec<_>>());
    site.ticket("王小明", "第二件事").await;
    let (live, _) = caught_up(&mut source).await;
    let from = first.len() as u64 + 1;
    assert_eq!(live, (from..from + 3).collect::<Vec<_>>());
    drop(source);
    site.ticket("王小明", "第三件事").await;
    let mut source = listen(&site.admin, Some(&id)).await;
    let (resumed, _) = caught_up(&mut source).await;
    assert_eq!(resumed, (from..from + 6).collect::<Vec<_>>());
}

#[tokio::test]
async fn presence_comes_without_an_id() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (ticket, _) = site.ticket("王小明", "第一件事").await;
    let mut source = listen(&site.admin, None).await;
    caught_up(&mut source).await;
    let body = serde_json::json!({"ticket": ticket, "writing": true});
    let body = serde_json::to_vec(&body).unwrap();
    assert_eq!(
        agent
            .send(Method::PUT, "/v1/presence", Some(body))
            .await
            .status()
            .as_u16(),
        204
    );
    loop {
        let event = next(&mut source).await.unwrap();
        if event.event != "presence" {
            continue;
        }
        let list: PresenceList = serde_json::from_str(&event.data).unwrap();
        if let [entry] = &list.entries[..] {
            assert_eq!(
                (entry.user, entry.ticket, entry.writing),
                (agent.user, Some(ticket), true)
            );
            break;
        }
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_and_its_stream_ends() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let mut source = listen(&agent, None).await;
    caught_up(&mut source).await;
    let tokens = site.log.tokens().await.unwrap();
    let id = &tokens.iter().find(|t| t.user == agent.user).unwrap().id;
    assert_eq!(
        agent
            .send(Method::DELETE, &format!("/v1/tokens/{id}"), None)
            .await
            .status()
            .as_u16(),
        403
    );
    assert_eq!(
        site.admin
            .send(Method::DELETE, &format!("/v1/tokens/{id}"), None)
            .await
            .status()
            .as_u16(),
        204
    );
    assert_eq!(agent.status("/v1/me").await, 401);
    site.ticket("王小明", "不再听得到").await;
    while let Some(event) = next(&mut source).await {
        assert_eq!(
            event.event, "presence",
            "nothing is told to a revoked token"
        );
    }
    assert_eq!(
        site.admin
            .send(Method::DELETE, "/v1/tokens/none", None)
            .await
            .status()
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn a_closed_account_is_out_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    assert_eq!(agent.status("/v1/me").await, 200);
    site.admin
        .ask(&command(CommandBody::DisableUser { user: agent.user }))
        .await;
    assert_eq!(agent.status("/v1/me").await, 401);
}

#[tokio::test]
async fn shutting_down_ends_streams_in_good_time() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let mut source = listen(&site.admin, None).await;
    caught_up(&mut source).await;
    let stopped = tokio::time::timeout(Duration::from_secs(5), site.running.shutdown()).await;
    assert!(stopped.is_ok());
}
