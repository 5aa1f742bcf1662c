//! The server as a desk meets it: a real axum on a free port, a real log in a temporary directory, real HTTP.

mod commands;
mod feed;
mod hostile;
mod lint;
mod live;
mod reviews;
mod serve;
mod site;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use balm::api::wire::{ChangesPage, CommandAnswers, Outcome};
use balm::domain::command::{Base, Command, CommandBody, NewCustomer};
use balm::domain::event::Actor;
use balm::domain::ids::{CommandId, CustomerId, QueueId, Stream, TicketId, UserId};
use balm::domain::policy::Policy;
use balm::domain::vocabulary::{Channel, Identity, IdentityKind, Role, Tier};
use balm::log::Log;
use balm::log::sqlite::{FILE, LogOptions, SqliteLog};
use balm::server::{NoLint, Running, ServerConfig, auth, start};
use balm::task;
use balm::text::RawText;
use reqwest::{Client, Method, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A server with an admin and a queue.
pub struct Site {
    pub log: Arc<SqliteLog>,
    pub running: Running,
    pub admin: Desk,
    pub queue: QueueId,
}

/// Somebody with a token.
#[derive(Clone)]
pub struct Desk {
    pub http: Client,
    pub base: String,
    pub token: String,
    pub user: UserId,
}

static CLOCK: AtomicI64 = AtomicI64::new(0);

/// A command of now.
pub fn command(body: CommandBody) -> Command {
    // Each a millisecond later than the one before, as a person's would be.
    let step = CLOCK.fetch_add(1, Ordering::Relaxed) % 1000;
    Command {
        id: CommandId(task::new_id()),
        at: balm::domain::time::Ms(task::now_ms().0 - 1000 + step),
        base: Vec::new(),
        after: None,
        body,
    }
}

/// A command that was made having seen `version` of a stream.
pub fn based(stream: impl Into<Stream>, version: u32, body: CommandBody) -> Command {
    Command {
        base: vec![Base {
            stream: stream.into(),
            version,
        }],
        ..command(body)
    }
}

pub fn reply(ticket: TicketId, text: &str) -> CommandBody {
    CommandBody::Reply {
        ticket,
        channel: Channel::Chat,
        text: RawText::new(text),
        acts: Vec::new(),
        lines: Vec::new(),
        promises: Vec::new(),
        anyway: false,
        overrides: Vec::new(),
        origin: None,
    }
}

/// A new ticket of a new customer.
pub fn open(queue: QueueId, name: &str, text: &str) -> (TicketId, CustomerId, CommandBody) {
    let (ticket, customer) = (TicketId(task::new_id()), CustomerId(task::new_id()));
    let phone = format!("138{:08}", customer.0.as_u128() % 100_000_000);
    let body = CommandBody::OpenTicket {
        ticket,
        customer,
        new_customer: Some(NewCustomer {
            name: RawText::new(name),
            identities: vec![Identity {
                kind: IdentityKind::Phone,
                value: RawText::new(phone),
                source: "call".to_owned(),
            }],
            tier: Tier::C,
            vulnerable: false,
            origin: None,
        }),
        queue,
        channel: Channel::Chat,
        text: RawText::new(text),
        attachments: Vec::new(),
        item: None,
        live: false,
        origin: None,
    };
    (ticket, customer, body)
}

pub async fn serve(log: Arc<SqliteLog>) -> Running {
    serve_with(log, Arc::new(NoLint)).await
}

pub async fn serve_with(log: Arc<SqliteLog>, linter: Arc<dyn balm::server::Linter>) -> Running {
    let config = ServerConfig {
        listen: "127.0.0.1:0".parse().unwrap(),
        behind_proxy: false,
        demo: false,
        log,
        policy: Arc::new(Policy::shipped().unwrap()),
        linter,
        training: None,
    };
    start(config).await.unwrap()
}

impl Site {
    pub async fn new(dir: &Path) -> Self {
        Self::judged(dir, Arc::new(NoLint)).await
    }

    /// A site whose words somebody judges.
    pub async fn judged(dir: &Path, linter: Arc<dyn balm::server::Linter>) -> Self {
        let log = Arc::new(SqliteLog::open(&dir.join(FILE), LogOptions::default()).unwrap());
        let running = serve_with(Arc::clone(&log), linter).await;
        let queue = QueueId(task::new_id());
        let admin = desk(&log, &running, "root", Role::Admin).await;
        let site = Self {
            log,
            running,
            admin,
            queue,
        };
        site.system(CommandBody::AddQueue {
            queue,
            slug: "main".to_owned(),
            zh: "综合".to_owned(),
            en: "Main".to_owned(),
        })
        .await;
        site
    }

    /// An agent who works the queue.
    pub async fn agent(&self, login: &str) -> Desk {
        let desk = desk(&self.log, &self.running, login, Role::Agent).await;
        let queues = self
            .admin
            .get::<balm::api::wire::QueuesPage>("/v1/queues")
            .await;
        let mut members = queues
            .queues
            .iter()
            .find(|q| q.id == self.queue)
            .unwrap()
            .members
            .clone();
        members.push(desk.user);
        self.members(self.queue, members).await;
        desk
    }

    pub async fn members(&self, queue: QueueId, members: Vec<UserId>) {
        self.system(CommandBody::SetMembers { queue, members })
            .await;
    }

    pub async fn second_queue(&self) -> QueueId {
        let queue = QueueId(task::new_id());
        self.system(CommandBody::AddQueue {
            queue,
            slug: format!("q-{queue}"),
            zh: "维修".to_owned(),
            en: "Repair".to_owned(),
        })
        .await;
        queue
    }

    pub async fn system(&self, body: CommandBody) {
        let answer = self
            .running
            .commands()
            .one(Actor::System, &command(body))
            .await
            .unwrap();
        assert!(
            matches!(answer.outcome, Outcome::Accepted { .. }),
            "{answer:?}"
        );
    }

    /// A ticket in the queue.
    pub async fn ticket(&self, name: &str, text: &str) -> (TicketId, CustomerId) {
        let (ticket, customer, body) = open(self.queue, name, text);
        self.system(body).await;
        (ticket, customer)
    }
}

/// An account with a token.
pub async fn desk(log: &Arc<SqliteLog>, running: &Running, login: &str, role: Role) -> Desk {
    let user = UserId(task::new_id());
    let add = CommandBody::AddUser {
        user,
        login: login.to_owned(),
        name: login.to_owned(),
        role,
    };
    running
        .commands()
        .one(Actor::System, &command(add))
        .await
        .unwrap();
    let (token, row) = auth::make_token(user, "test");
    log.add_token(row).await.unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    Desk {
        http: Client::new(),
        base: format!("http://{}", running.addr),
        token,
        user,
    }
}

impl Desk {
    pub async fn send(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Response {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body);
        }
        request.send().await.unwrap()
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let response = self.send(Method::GET, path, None).await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn status(&self, path: &str) -> u16 {
        self.send(Method::GET, path, None).await.status().as_u16()
    }

    pub async fn post<T: Serialize>(&self, path: &str, body: &T) -> Response {
        let body = serde_json::to_vec(body).unwrap();
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn batch(&self, commands: &[Command]) -> Vec<Outcome> {
        let response = self
            .post("/v1/commands", &serde_json::json!({"commands": commands}))
            .await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{text}");
        let answers: CommandAnswers = serde_json::from_str(&text).unwrap();
        answers.answers.into_iter().map(|a| a.outcome).collect()
    }

    pub async fn ask(&self, command: &Command) -> Outcome {
        self.batch(std::slice::from_ref(command))
            .await
            .pop()
            .unwrap()
    }

    /// The whole feed from a cursor.
    pub async fn feed(&self, after: Option<&str>) -> (Vec<balm::api::wire::Change>, String) {
        let (mut out, mut after) = (Vec::new(), after.map(str::to_owned));
        loop {
            let query = after
                .as_ref()
                .map_or(String::new(), |a| format!("&after={a}"));
            let page: ChangesPage = self.get(&format!("/v1/changes?limit=50{query}")).await;
            out.extend(page.items.into_iter().map(|i| i.change));
            if !page.more {
                return (out, page.next);
            }
            after = Some(page.next);
        }
    }
}
