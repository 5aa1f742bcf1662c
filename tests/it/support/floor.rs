//! A floor to dance on: the least server that keeps the promises of `/v1` (one log, exactly-once answers, a feed by
//! cursor), in memory, over the real `decide` and `fold`, so that the desk's sync can be tried against cuts and conflicts
//! without the real server's files. The real server has tests of its own.

mod routes;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use axum::routing::{get, post};
use axum::{Json, Router};
use balm::api::path;
use balm::api::wire::{Change, ChangeItem, CommandAnswer, Outcome, PresenceList, SearchPage};
use balm::domain::command::{Command, needs};
use balm::domain::decide::{Rejection, decide};
use balm::domain::event::{Actor, Body, Event, EventBody, QueueEvent, UserEvent};
use balm::domain::fold::{Head, fold};
use balm::domain::ids::{CommandId, EventId, QueueId, Stream, UserId};
use balm::domain::time::Ms;
use balm::domain::vocabulary::Role;
use balm::domain::world::{Since, World};
use balm::task;
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
    pub moved: watch::Sender<u64>,
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
            .route(path::ME, get(routes::me))
            .route(path::COMMANDS, post(routes::commands))
            .route(path::CHANGES, get(routes::changes))
            .route(path::SNAPSHOT, get(routes::snapshot))
            .route(path::STREAM, get(routes::stream))
            .route(path::TICKET, get(routes::ticket))
            .route(path::CUSTOMER_HISTORY, get(routes::history))
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

    pub fn answer(&mut self, who: UserId, command: Command) -> CommandAnswer {
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
                Head::Line(l) => drop(world.lines.insert(l.id, l.clone())),
                Head::Review(r) => drop(world.reviews.insert(r.id, (**r).clone())),
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

    pub fn after(&self, position: u64) -> Vec<ChangeItem> {
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
