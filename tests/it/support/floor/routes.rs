//! The routes of the floor.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{self, Sse};
use axum::response::{IntoResponse, Response};
use balm::api::problem::CLOCK_HEADER;
use balm::api::wire::{
    ChangesPage, CommandAnswers, CommandBatch, HistoryPage, Me, SnapshotEntry, SnapshotPage,
    TicketView,
};
use balm::domain::fold::Head;
use balm::domain::ids::{Stream, StreamKind, TicketId, UserId};
use balm::task;
use futures_util::StreamExt;
use serde::Deserialize;
use uuid::Uuid;

use super::{Floor, Log, QUEUE, user};

fn who(headers: &HeaderMap) -> Option<UserId> {
    let token = headers
        .get("authorization")?
        .to_str()
        .ok()?
        .strip_prefix("Bearer t")?;
    token.parse().ok().filter(|n| (1..=3).contains(n)).map(user)
}

fn timed(log: &Log, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    let now = task::now_ms().0 + log.clock_off;
    response
        .headers_mut()
        .insert(CLOCK_HEADER, now.to_string().parse().unwrap());
    response
}

pub async fn me(State(floor): State<Floor>, headers: HeaderMap) -> Response {
    let Some(user) = who(&headers) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let log = floor.log.lock().unwrap();
    let Some(Head::User(user)) = log.heads.get(&user.into()).cloned() else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let now = task::now_ms();
    timed(
        &log,
        Json(Me {
            user,
            queues: vec![QUEUE],
            log: "floor".into(),
            now,
            version: "0".into(),
            demo: false,
        }),
    )
}

pub async fn commands(
    State(floor): State<Floor>,
    headers: HeaderMap,
    Json(batch): Json<CommandBatch>,
) -> Response {
    let Some(user) = who(&headers) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let mut log = floor.log.lock().unwrap();
    log.batches += 1;
    let answers = batch
        .commands
        .into_iter()
        .map(|c| log.answer(user, c))
        .collect();
    floor.moved.send_modify(|n| *n += 1);
    timed(&log, Json(CommandAnswers { answers }))
}

#[derive(Deserialize)]
pub struct After {
    after: Option<String>,
    limit: Option<usize>,
}

pub async fn changes(State(floor): State<Floor>, Query(q): Query<After>) -> Response {
    let log = floor.log.lock().unwrap();
    let after: u64 = q.after.unwrap_or_default().parse().unwrap_or(0);
    if after < log.oldest {
        return StatusCode::GONE.into_response();
    }
    let mut items = log.after(after);
    let limit = q.limit.unwrap_or(100);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items
        .last()
        .map_or_else(|| after.to_string(), |i| i.cursor.clone());
    timed(&log, Json(ChangesPage { items, next, more }))
}

pub async fn snapshot(State(floor): State<Floor>, Query(q): Query<After>) -> Response {
    let log = floor.log.lock().unwrap();
    let from: usize = q.after.unwrap_or_default().parse().unwrap_or(0);
    let mut heads: Vec<&Head> = log.heads.values().collect();
    heads.sort_by_key(|h| match h {
        Head::User(_) | Head::Queue(_) | Head::Line(_) | Head::Review(_) => 0,
        Head::Customer(_) => 1,
        Head::Ticket(_) => 2,
    });
    // Small pages, so that resuming is tried too.
    let entries: Vec<SnapshotEntry> = heads
        .iter()
        .skip(from)
        .take(4)
        .map(|h| {
            let (stream, personal) = match h {
                Head::Ticket(t) => (Some(Stream::from(t.id)), None),
                Head::Customer(c) => {
                    let of = log.events.iter().find(|e| e.stream == c.id.into());
                    (None, of.and_then(|e| e.payload.clone()))
                }
                _ => (None, None),
            };
            let events = log
                .events
                .iter()
                .filter(|e| Some(e.stream) == stream)
                .cloned()
                .collect();
            SnapshotEntry {
                head: (*h).clone(),
                events,
                personal,
                excerpt: None,
            }
        })
        .collect();
    let next = (from + 4 < heads.len()).then(|| (from + 4).to_string());
    let total = heads.len() as u64;
    timed(
        &log,
        Json(SnapshotPage {
            entries,
            next,
            cursor: log.events.len().to_string(),
            total,
        }),
    )
}

pub async fn stream(State(floor): State<Floor>, headers: HeaderMap) -> Response {
    let after: u64 = headers
        .get("last-event-id")
        .and_then(|v| v.to_str().ok()?.parse().ok())
        .unwrap_or(0);
    let moved = floor.moved.subscribe();
    let state = (floor, moved, after);
    let events = futures_util::stream::unfold(state, |(floor, mut moved, after)| async move {
        loop {
            let items = floor.log.lock().unwrap().after(after);
            if let Some(last) = items.last() {
                let to = last.cursor.parse().unwrap();
                let out: Vec<Result<sse::Event, Infallible>> = items
                    .iter()
                    .map(|i| {
                        Ok(sse::Event::default()
                            .id(i.cursor.clone())
                            .event("change")
                            .json_data(&i.change)
                            .unwrap())
                    })
                    .collect();
                return Some((futures_util::stream::iter(out), (floor, moved, to)));
            }
            moved.changed().await.ok()?;
        }
    });
    Sse::new(events.flatten())
        .keep_alive(sse::KeepAlive::default())
        .into_response()
}

pub async fn ticket(State(floor): State<Floor>, Path(id): Path<Uuid>) -> Response {
    let log = floor.log.lock().unwrap();
    let stream = Stream {
        kind: StreamKind::Ticket,
        id,
    };
    let Some(head) = log.heads.get(&stream).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let events = log
        .events
        .iter()
        .filter(|e| e.stream == stream)
        .cloned()
        .collect();
    timed(&log, Json(TicketView { head, events }))
}

pub async fn history(State(floor): State<Floor>, Path(id): Path<Uuid>) -> Response {
    let log = floor.log.lock().unwrap();
    let of = |h: &&Head| matches!(h, Head::Ticket(t) if t.customer.0 == id);
    let tickets: Vec<Head> = log.heads.values().filter(of).cloned().collect();
    let ids: Vec<TicketId> = tickets
        .iter()
        .filter_map(|h| {
            if let Head::Ticket(t) = h {
                Some(t.id)
            } else {
                None
            }
        })
        .collect();
    let events = log
        .events
        .iter()
        .rev()
        .filter(|e| ids.contains(&TicketId(e.stream.id)))
        .cloned()
        .collect();
    timed(
        &log,
        Json(HistoryPage {
            tickets,
            events,
            next: None,
        }),
    )
}
