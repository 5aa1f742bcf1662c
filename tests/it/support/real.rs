//! The real server on a loopback port, with its SQLite log in a folder of its own.

use std::path::Path;
use std::sync::Arc;

use balm::client::Client;
use balm::domain::command::{Command, CommandBody};
use balm::domain::ids::{CommandId, QueueId, UserId};
use balm::domain::policy::Policy;
use balm::domain::vocabulary::Role;
use balm::log::sqlite::SqliteLog;
use balm::server::{Linter, NoLint, Running, ServerConfig, local, start};
use balm::task;

/// A running site: one admin, one queue, and as many agents as asked for.
pub struct Real {
    pub running: Running,
    pub url: String,
    pub queue: QueueId,
    /// A folder with a token file an agent.
    pub tokens: Vec<String>,
}

impl Real {
    pub async fn start(dir: &Path, agents: usize) -> Self {
        Self::with(dir, &vec![Role::Agent; agents], Arc::new(NoLint)).await
    }

    /// With these people and this linter.
    pub async fn with(dir: &Path, people: &[Role], linter: Arc<dyn Linter>) -> Self {
        let log = SqliteLog::open(&dir.join("log.db"), Default::default()).unwrap();
        let running = start(ServerConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            behind_proxy: false,
            demo: false,
            log: Arc::new(log),
            policy: Arc::new(Policy::shipped().unwrap()),
            linter,
            training: None,
        })
        .await
        .unwrap();
        let url = format!("http://{}", running.addr);
        let setup = |login: &str, role| local::Setup {
            login: login.to_owned(),
            name: format!("同事{login}"),
            role,
            queue: Some(("q".to_owned(), "热线".to_owned(), "Hotline".to_owned())),
        };
        let admin = running
            .local(&dir.join("admin"), &setup("admin", Role::Admin))
            .await
            .unwrap();
        let client = Client::new(&url, &admin.token).unwrap();
        let queue = client.queues().await.unwrap().queues[0].id;
        let (mut tokens, mut users) = (Vec::new(), Vec::new());
        for (n, role) in (1..).zip(people) {
            let agent = running
                .local(&dir.join(format!("a{n}")), &setup(&format!("u{n}"), *role))
                .await
                .unwrap();
            tokens.push(agent.token);
            users.push(agent.user);
        }
        let mut members: Vec<UserId> = users;
        members.push(admin.user);
        let real = Self {
            running,
            url,
            queue,
            tokens,
        };
        real.submit(&client, CommandBody::SetMembers { queue, members })
            .await;
        real
    }

    pub async fn submit(&self, client: &Client, body: CommandBody) {
        let command = Command {
            id: CommandId(task::new_id()),
            at: task::now_ms(),
            base: Vec::new(),
            after: None,
            body,
        };
        let batch = balm::api::wire::CommandBatch {
            commands: vec![command],
        };
        let answers = client.commands(&batch).await.unwrap();
        assert!(
            matches!(
                answers.answers[0].outcome,
                balm::api::wire::Outcome::Accepted { .. }
            ),
            "{answers:?}"
        );
    }
}
