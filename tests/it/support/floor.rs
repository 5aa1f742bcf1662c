//! A floor to dance on: the least server that keeps the promises of `/v1` (one log, exactly-once answers, a feed by
//! cursor), in memory, over the real `decide` and `fold`, so that the desk's sync can be tried against cuts and conflicts
//! without the real server's files. The real server has tests of its own.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{self, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use balm::api::path;
use balm::api::problem::CLOCK_HEADER;
use balm::api::wire::{
    Change, ChangeItem, ChangesPage, CommandAnswer, CommandAnswers, CommandBatch, HistoryPage, Me,
    Outcome, PresenceList, SearchPage, SnapshotEntry, SnapshotPage, TicketView,
};
use balm::domain::command::{Command, needs};
use balm::domain::decide::{Rejection, decide};
use balm::domain::event::{Actor, Body, Event, EventBody, QueueEvent, UserEvent};
use balm::domain::fold::{Head, fold};
use balm::domain::ids::{CommandId, EventId, QueueId, Stream, StreamKind, TicketId, UserId};
use balm::domain::time::Ms;
use balm::domain::vocabulary::Role;
use balm::domain::world::{Since, World};
use balm::task;
use futures_util::StreamExt;
use serde::Deserialize;
use tokio::sync::watch;
use uuid::Uuid;

pub const QUEUE: QueueId = QueueId(Uuid::from_u128(0x51));

pub fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(0xa0 + n))
}

pub struct Log {
    pub events: Vec<Event>,
    pub heads: BTreeMap<Stream, Head>,
    answers: HashMap<CommandId, CommandAnswer>,
    /// Whether the same id gets the same answer (off only to show that the tests would notice).
    pub id_check: bool,
    /// Cursors below this are too old.
    pub oldest: u64,
    /// Added to the clock the server tells.
    pub clock_off: i64,
    pub batches: u32,
    numbers: u64,
}

#[derive(Clone)]
pub struct Floor {
    pub log: Arc<Mutex<Log>>,
    moved: watch::Sender<u64>,
    pub url: String,
}

impl Floor {
    /// Starts with one queue and three agents who work it (tokens `t1`, `t2`, `t3`).
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let log = Log {
            events: Vec::new(),
            heads: BTreeMap::new(),
            answers: HashMap::new(),
            id_check: std::env::var("BALM_TEST_NO_ID_CHECK").is_err(),
            oldest: 0,
            clock_off: 0,
            batches: 0,
            numbers: 0,
        };
        let floor = Self {
            log: Arc::new(Mutex::new(log)),
            moved: watch::channel(0).0,
            url,
        };
        for n in 1..=3 {
            let body = UserEvent::UserAdded {
                login: format!("u{n}"),
                name: format!("同事{n}"),
                role: Role::Agent,
            };
            floor.append(user(n).into(), body.into());
        }
        floor.append(
            QUEUE.into(),
            QueueEvent::QueueAdded {
                slug: "q".into(),
                zh: "热线".into(),
                en: "Hotline".into(),
            }
            .into(),
        );
        floor.append(
            QUEUE.into(),
            QueueEvent::MembersSet {
                members: (1..=3).map(user).collect(),
            }
            .into(),
        );
        let app = Router::new()
            .route(path::ME, get(me))
            .route(path::COMMANDS, post(commands))
            .route(path::CHANGES, get(changes))
            .route(path::SNAPSHOT, get(snapshot))
            .route(path::STREAM, get(stream))
            .route(path::TICKET, get(ticket))
            .route(path::CUSTOMER_HISTORY, get(history))
            .route(
                path::SEARCH,
                get(|| async { Json(SearchPage { hits: Vec::new() }) }),
            )
            .route(
                path::PRESENCE,
                get(|| async {
                    Json(PresenceList {
                        entries: Vec::new(),
                    })
                })
                .put(|| async {}),
            )
            .with_state(floor.clone());
        task::spawn("floor", async move { axum::serve(listener, app).await });
        floor
    }

    fn append(&self, stream: Stream, body: EventBody) {
        let command = CommandId(task::new_id());
        let mut log = self.log.lock().unwrap();
        log.push(
            EventId { command, index: 0 },
            stream,
            Actor::System,
            body,
            task::now_ms(),
            None,
            None,
        );
    }

    /// A command by somebody who has no desk here.
    pub fn submit(&self, who: UserId, command: Command) -> Outcome {
        let answer = self.log.lock().unwrap().answer(who, command);
        self.moved.send_modify(|n| *n += 1);
        answer.outcome
    }

    /// Events of a ticket whose words are these.
    pub fn count(&self, words: &str) -> usize {
        let log = self.log.lock().unwrap();
        let is = |e: &&Event| {
            e.payload
                .as_ref()
                .and_then(|p| p.text.as_ref())
                .is_some_and(|t| t.expose() == words)
        };
        log.events.iter().filter(is).count()
    }
}

impl Log {
    #[expect(clippy::too_many_arguments, reason = "an event has as many parts")]
    fn push(
        &mut self,
        id: EventId,
        stream: Stream,
        actor: Actor,
        mut body: EventBody,
        at: Ms,
        customer: Option<balm::domain::ids::CustomerId>,
        payload: Option<balm::domain::event::Payload>,
    ) -> Event {
        if let EventBody::Ticket(balm::domain::event::TicketEvent::Opened { number, .. }) =
            &mut body
        {
            self.numbers += 1;
            *number = Some(self.numbers);
        }
        let head = self.heads.remove(&stream);
        let event = Event {
            id,
            stream,
            version: head.as_ref().map_or(0, Head::version) + 1,
            position: self.events.len() as u64 + 1,
            occurred_at: at,
            recorded_at: task::now_ms(),
            actor,
            body: Body::Known(body),
            customer,
            payload,
        };
        self.heads.insert(stream, fold(head, &event).unwrap());
        self.events.push(event.clone());
        event
    }

    fn answer(&mut self, who: UserId, command: Command) -> CommandAnswer {
        if self.id_check
            && let Some(answer) = self.answers.get(&command.id)
        {
            return answer.clone();
        }
        let outcome = self.outcome(who, &command);
        let answer = CommandAnswer {
            id: command.id,
            outcome,
        };
        self.answers.insert(command.id, answer.clone());
        answer
    }

    fn outcome(&mut self, who: UserId, command: &Command) -> Outcome {
        if let Some(after) = command.after
            && !matches!(
                self.answers.get(&after),
                Some(CommandAnswer {
                    outcome: Outcome::Accepted { .. },
                    ..
                })
            )
        {
            return Outcome::Refused {
                rule: balm::domain::decide::Rule::AfterRefused,
                detail: Vec::new(),
            };
        }
        let mut world = World::of(Actor::User { user: who });
        let needs = needs(command, Some(who));
        for head in self.heads.values() {
            match head {
                Head::Ticket(t) => {
                    if needs.tickets_of == Some(t.customer) {
                        world.history.push((**t).clone());
                    }
                    world.tickets.insert(t.id, (**t).clone());
                }
                Head::Customer(c) => drop(world.customers.insert(c.id, c.clone())),
                Head::User(u) => drop(world.users.insert(u.id, u.clone())),
                Head::Queue(q) => drop(world.queues.insert(q.id, q.clone())),
            }
        }
        world.user = world.users.get(&who).cloned();
        world.next_number = Some(self.numbers + 1);
        for base in &command.base {
            let newer = self
                .events
                .iter()
                .filter(|e| e.stream == base.stream && e.version > base.version);
            world.since.extend(newer.map(|e| Since {
                id: e.id,
                stream: e.stream,
                actor: e.actor,
                at: e.occurred_at,
                body: e.body.clone(),
            }));
        }
        match decide(&world, command, task::now_ms()) {
            Ok(new) => {
                let mut events = Vec::new();
                for (index, n) in new.into_iter().enumerate() {
                    // Without the id check the same command makes events again, under another name.
                    let command_id = if self.id_check {
                        command.id
                    } else {
                        CommandId(task::new_id())
                    };
                    let first =
                        events.is_empty() && index == 0 && !self.answers.contains_key(&command.id);
                    let id = EventId {
                        command: if first { command.id } else { command_id },
                        index: index as u16,
                    };
                    events.push(self.push(
                        id, n.stream, n.actor, n.body, command.at, n.customer, n.payload,
                    ));
                }
                Outcome::Accepted { events }
            }
            Err(Rejection::Refused { rule, detail }) => Outcome::Refused { rule, detail },
            Err(Rejection::Conflict { with }) => {
                let ids: Vec<EventId> = with.iter().map(|s| s.id).collect();
                Outcome::Conflict {
                    with: self
                        .events
                        .iter()
                        .filter(|e| ids.contains(&e.id))
                        .cloned()
                        .collect(),
                }
            }
        }
    }

    fn after(&self, position: u64) -> Vec<ChangeItem> {
        let newer = self.events.iter().filter(|e| e.position > position);
        newer
            .map(|e| ChangeItem {
                cursor: e.position.to_string(),
                change: Change::Event {
                    event: Box::new(e.clone()),
                },
            })
            .collect()
    }
}

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

async fn me(State(floor): State<Floor>, headers: HeaderMap) -> Response {
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

async fn commands(
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
struct After {
    after: Option<String>,
    limit: Option<usize>,
}

async fn changes(State(floor): State<Floor>, Query(q): Query<After>) -> Response {
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

async fn snapshot(State(floor): State<Floor>, Query(q): Query<After>) -> Response {
    let log = floor.log.lock().unwrap();
    let from: usize = q.after.unwrap_or_default().parse().unwrap_or(0);
    let mut heads: Vec<&Head> = log.heads.values().collect();
    heads.sort_by_key(|h| match h {
        Head::User(_) | Head::Queue(_) => 0,
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

async fn stream(State(floor): State<Floor>, headers: HeaderMap) -> Response {
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

async fn ticket(State(floor): State<Floor>, Path(id): Path<Uuid>) -> Response {
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

async fn history(State(floor): State<Floor>, Path(id): Path<Uuid>) -> Response {
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
