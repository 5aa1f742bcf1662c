//! A training server with its theatre, and people at its seats who speak HTTP as any desk does.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use balm::api::training::{Ask, Join, SeatRole, SeatView, Speed, Told};
use balm::api::wire::{CommandBatch, Outcome};
use balm::client::{Client, ClientError};
use balm::coach::Coach;
use balm::domain::command::{Command, CommandBody, PromiseDraft};
use balm::domain::event::{Event, TicketEvent};
use balm::domain::ids::{CommandId, PromiseId, TicketId, UserId};
use balm::domain::lang::Lang;
use balm::domain::policy::Policy;
use balm::domain::taxonomy::Taxonomy;
use balm::domain::vocabulary::{Deed, Role};
use balm::log::sqlite::SqliteLog;
use balm::server::{NoLint, Running, ServerConfig, Training, local, start};
use balm::sim::{AgentKind, Scenario, Stage, headless};
use balm::task;
use balm::text::{RawText, SafeText};
use balm::training::{NewSeat, Set, Theatre};
use tokio_util::sync::CancellationToken;

/// How long anything may take.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A training server that runs.
pub struct House {
    pub theatre: Arc<Theatre>,
    pub running: Running,
    pub url: String,
    pub admin: Client,
    pub relief: UserId,
    pub policy: Arc<Policy>,
    pub scenarios: Vec<Arc<Scenario>>,
    channel: String,
    stop: CancellationToken,
}

/// Somebody with a token at a seat.
pub struct Sitter {
    pub client: Client,
    pub user: UserId,
}

fn named(login: &str, role: Role) -> local::Setup {
    local::Setup {
        login: login.to_owned(),
        name: format!("同事{login}"),
        role,
        queue: Some(("q".to_owned(), "热线".to_owned(), "Hotline".to_owned())),
    }
}

impl House {
    /// A house with its customers' channel not driven yet.
    pub async fn open(dir: &Path) -> Self {
        let policy = Arc::new(Policy::shipped().unwrap());
        let zone = policy.calendar.zone().clone();
        let stage = Arc::new(Stage::shipped(Coach::shipped().unwrap(), zone).unwrap());
        let all = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
        let scenarios: Vec<_> = all.into_iter().map(Arc::new).collect();
        let theatre = Theatre::open(Set {
            stage,
            scenarios: scenarios.clone(),
            policy: Arc::clone(&policy),
            calendar: policy.calendar.clone(),
            home: dir.join("home"),
            lang: Lang::Zh,
            phraser: None,
        })
        .unwrap();
        let log = SqliteLog::open(&dir.join("log.db"), Default::default()).unwrap();
        let training: Arc<dyn Training> = Arc::clone(&theatre) as Arc<dyn Training>;
        let running = start(ServerConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            behind_proxy: false,
            demo: false,
            log: Arc::new(log),
            policy: Arc::clone(&policy),
            linter: Arc::new(NoLint),
            training: Some(training),
        })
        .await
        .unwrap();
        let url = format!("http://{}", running.addr);
        let channel = running
            .local(&dir.join("channel"), &named("channel", Role::Admin))
            .await
            .unwrap();
        let relief = running
            .local(&dir.join("relief"), &named("relief", Role::Agent))
            .await
            .unwrap();
        theatre.relief(relief.user, SafeText::trusted("小陈"));
        Self {
            admin: Client::new(&url, &channel.token).unwrap(),
            theatre,
            running,
            url,
            relief: relief.user,
            policy,
            scenarios,
            channel: channel.token,
            stop: CancellationToken::new(),
        }
    }

    /// Drives the customers, over this address.
    pub fn drive(&self, url: &str) {
        let theatre = Arc::clone(&self.theatre);
        let run = theatre.run(url.to_owned(), self.channel.clone(), self.stop.clone());
        task::spawn("theatre", async move { run.await.unwrap() });
    }

    /// Seats for so many, with a queue for all of them.
    pub async fn seats(&self, dir: &Path, trainees: usize, trainer: bool) -> Vec<Sitter> {
        let mut sitters = Vec::new();
        let roles = trainer.then_some(SeatRole::Trainer).into_iter();
        for (n, role) in roles
            .chain(std::iter::repeat_n(SeatRole::Trainee, trainees))
            .enumerate()
        {
            let account = match role {
                SeatRole::Trainer => Role::Trainer,
                SeatRole::Trainee => Role::Agent,
            };
            let login = format!("u{n}");
            let made = self
                .running
                .local(&dir.join(&login), &named(&login, account))
                .await
                .unwrap();
            self.theatre.seat(NewSeat {
                user: made.user,
                login: login.clone(),
                name: format!("同事{login}"),
                role,
                token: Some(made.token),
                code: Some(format!("code-{login}")),
                join: Some(SafeText::trusted("balm train join ...")),
            });
            // In as everybody comes in: by the code.
            let door = Client::new(&self.url, "none").unwrap();
            let joined = door.join(&format!("code-{login}")).await.unwrap();
            assert_eq!(joined.seat, made.user);
            assert_eq!(
                door.join(&format!("code-{login}")).await.err(),
                Some(ClientError::Auth),
                "a code works once"
            );
            sitters.push(Sitter {
                client: Client::new(&self.url, &joined.token).unwrap(),
                user: made.user,
            });
        }
        let queue = self.admin.queues().await.unwrap().queues[0].id;
        let members = sitters
            .iter()
            .map(|s| s.user)
            .chain([self.relief])
            .collect();
        let body = CommandBody::SetMembers { queue, members };
        assert!(matches!(
            order(&self.admin, body).await,
            Outcome::Accepted { .. }
        ));
        sitters
    }

    /// What the committing agent says.
    pub fn script(&self, id: &str) -> Vec<String> {
        let scenario = self.scenarios.iter().find(|s| s.id == id).unwrap();
        let turns = &scenario.agent(AgentKind::Committing).unwrap().turns;
        let fill = |t| headless::fill(t, scenario, task::now_ms(), &self.policy.calendar, Lang::Zh);
        turns.iter().map(|t| fill(t.get(Lang::Zh))).collect()
    }

    /// What happened on a ticket.
    pub async fn events(&self, ticket: TicketId) -> Vec<Event> {
        self.admin.ticket(ticket).await.unwrap().events
    }

    /// What the customer said on a ticket, in order.
    pub async fn customer(&self, ticket: TicketId) -> Vec<String> {
        texts(&self.events(ticket).await, |e| {
            matches!(e, TicketEvent::CustomerMessage { .. })
        })
    }

    pub async fn close(self) {
        self.stop.cancel();
        self.running.shutdown().await;
    }
}

/// The words of some events.
pub fn texts(events: &[Event], which: impl Fn(&TicketEvent) -> bool) -> Vec<String> {
    let wanted = events
        .iter()
        .filter(|e| e.body.ticket().is_some_and(&which));
    let text = |e: &Event| Some(e.payload.as_ref()?.text.as_ref()?.expose().to_owned());
    wanted.filter_map(text).collect()
}

pub fn command(body: CommandBody) -> Command {
    Command {
        id: CommandId(task::new_id()),
        at: task::now_ms(),
        base: Vec::new(),
        after: None,
        body,
    }
}

async fn order(client: &Client, body: CommandBody) -> Outcome {
    let commands = vec![command(body)];
    let mut answers = client.commands(&CommandBatch { commands }).await.unwrap();
    answers.answers.remove(0).outcome
}

/// Words on the phone, with a promise when they are to make one.
pub fn speak(ticket: TicketId, text: &str, promised: bool) -> CommandBody {
    let promise = PromiseDraft {
        promise: PromiseId(task::new_id()),
        deed: Deed::Callback,
        due: task::now_ms().plus_minutes(150),
        sentence: RawText::new(text),
    };
    CommandBody::Speak {
        ticket,
        text: RawText::new(text),
        acts: Vec::new(),
        lines: Vec::new(),
        promises: promised.then_some(promise).into_iter().collect(),
    }
}

impl Sitter {
    pub async fn ask(&self, ask: Ask) -> Told {
        self.client.training(&ask).await.unwrap()
    }

    pub async fn does(&self, body: CommandBody) -> Outcome {
        order(&self.client, body).await
    }

    /// Begins; the ticket.
    pub async fn start(&self, scenario: &str, level: u8) -> TicketId {
        let told = self
            .ask(Ask::Start {
                scenario: Some(scenario.to_owned()),
                level,
                lang: Lang::Zh,
                speed: Speed::Brisk,
                seed: Some(5),
            })
            .await;
        match told {
            Told::Started {
                ticket: Some(ticket),
                ..
            } => ticket,
            other => panic!("{other:?}"),
        }
    }

    /// Follows the seat until it looks like this.
    pub async fn until(&self, what: &str, looks: impl Fn(&SeatView) -> bool) -> SeatView {
        let wait = async {
            let mut after = 0;
            loop {
                let Told::Seat(view) = self.ask(Ask::Seat { after }).await else {
                    panic!("no seat");
                };
                if looks(&view) {
                    return *view;
                }
                after = view.rev;
            }
        };
        let seen = tokio::time::timeout(PATIENCE, wait).await;
        seen.unwrap_or_else(|_| panic!("never: {what}"))
    }

    /// Waits until the customer on this ticket has said so many lines.
    pub async fn lines(&self, ticket: TicketId, lines: u32) -> SeatView {
        let wanted = |v: &SeatView| {
            let contact = v.contacts.iter().find(|c| c.ticket == ticket);
            contact.is_some_and(|c| c.messages >= lines)
        };
        self.until(&format!("{lines} lines"), wanted).await
    }
}

/// A code that nobody has.
pub async fn stranger(house: &House) -> Result<balm::api::training::Joined, ClientError> {
    let code = Join {
        code: "code-u999".to_owned(),
    };
    Client::new(&house.url, "none")
        .unwrap()
        .join(&code.code)
        .await
}
