//! The built program as a team uses it: `balm serve` over a data folder, and `balm headless` desks, each a process of its
//! own that may be killed at any moment.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command as Process, Stdio};
use std::time::Duration;

use balm::api::wire::{Change, CommandBatch, NewToken, Outcome};
use balm::client::Client;
use balm::domain::command::{Command, CommandBody};
use balm::domain::event::Event;
use balm::domain::ids::{CommandId, QueueId, UserId};
use balm::domain::vocabulary::Role;
use balm::server::local;
use balm::task;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// Variables of a process: faults, clocks.
pub type Env<'a> = &'a [(&'a str, &'a str)];

fn process(args: &[&str], env: Env<'_>) -> Process {
    let mut process = Process::new(env!("CARGO_BIN_EXE_balm"));
    process.args(args).stderr(Stdio::null());
    for name in [
        "BALM_FAULT",
        "BALM_TEST_NO_ID_CHECK",
        "BALM_TEST_CLOCK_OFFSET_MS",
        "BALM_DATA",
    ] {
        process.env_remove(name);
    }
    process.envs(env.iter().copied());
    process
}

/// A data folder with `balm serve` on it, one queue, two agents.
pub struct Site {
    runtime: Runtime,
    dir: tempfile::TempDir,
    child: Option<Child>,
    addr: String,
    pub url: String,
    pub queue: QueueId,
    tokens: Vec<PathBuf>,
}

impl Site {
    pub fn new(env: Env<'_>) -> Self {
        let runtime = Runtime::new().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = free.local_addr().unwrap().to_string();
        drop(free);
        let url = format!("http://{addr}");
        let queue = QueueId::default();
        let mut site = Self {
            runtime,
            dir,
            child: None,
            addr,
            url,
            queue,
            tokens: Vec::new(),
        };
        site.serve(env);
        let client = site.admin();
        site.queue = site.wait(client.queues()).unwrap().queues[0].id;
        let mut members = vec![site.wait(client.me()).unwrap().user.id];
        for n in 1..=2 {
            let user = UserId(task::new_id());
            let body = CommandBody::AddUser {
                user,
                login: format!("agent{n}"),
                name: format!("同事{n}"),
                role: Role::Agent,
            };
            site.order(body);
            let wish = NewToken {
                user,
                label: "desk".to_owned(),
            };
            let made = site.wait(client.new_token(&wish)).unwrap();
            let file = site.dir.path().join(format!("agent{n}.token"));
            std::fs::write(&file, made.secret).unwrap();
            site.tokens.push(file);
            members.push(user);
        }
        site.order(CommandBody::SetMembers {
            queue: site.queue,
            members,
        });
        site
    }

    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Starts the server (again) and waits until it answers.
    pub fn serve(&mut self, env: Env<'_>) {
        self.kill();
        let data = self.dir.path().to_str().unwrap().to_owned();
        let args = ["serve", "--data", &data, "--listen", &self.addr];
        self.child = Some(process(&args, env).stdout(Stdio::null()).spawn().unwrap());
        for _ in 0..600 {
            // The address is there before the way in is: both are needed.
            if local::read_token(&self.dir.path().join("admin")).is_ok_and(|t| t.is_some())
                && self.wait(self.admin().health()).is_ok()
            {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("the server did not start");
    }

    /// kill -9.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }

    /// Waits until the server has ended itself.
    pub fn died(&mut self) -> bool {
        for _ in 0..400 {
            if self
                .child
                .as_mut()
                .is_none_or(|c| c.try_wait().unwrap().is_some())
            {
                self.child = None;
                return true;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        false
    }

    fn admin(&self) -> Client {
        let token = local::read_token(&self.dir.path().join("admin"))
            .unwrap()
            .unwrap();
        Client::new(&self.url, &token).unwrap()
    }

    pub fn order(&self, body: CommandBody) {
        let id = CommandId(task::new_id());
        let command = Command {
            id,
            at: task::now_ms(),
            base: Vec::new(),
            after: None,
            body,
        };
        let batch = CommandBatch {
            commands: vec![command],
        };
        let answers = self.wait(self.admin().commands(&batch)).unwrap();
        let outcome = &answers.answers[0].outcome;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{answers:?}");
    }

    /// Everything in the log.
    pub fn log(&self) -> Vec<Event> {
        let (client, mut after, mut out) = (self.admin(), None, Vec::new());
        loop {
            let page = self.wait(client.feed(after.as_deref(), 1000)).unwrap();
            out.extend(page.items.into_iter().filter_map(|item| match item.change {
                Change::Event { event } => Some(*event),
                _ => None,
            }));
            if !page.more {
                return out;
            }
            after = Some(page.next);
        }
    }

    /// What was written, in the log's order.
    pub fn words(&self) -> Vec<String> {
        let words = |e: &Event| Some(e.payload.as_ref()?.text.as_ref()?.expose().to_owned());
        self.log().iter().filter_map(words).collect()
    }

    /// A desk of agent 1 or 2 on a folder, over `url`.
    pub fn desk(&self, agent: usize, dir: &Path, url: &str, env: Env<'_>) -> Desk {
        let token = self.tokens[agent - 1].to_str().unwrap();
        let dir = dir.to_str().unwrap();
        let args = [
            "headless",
            "--data",
            dir,
            "--server",
            url,
            "--token-file",
            token,
        ];
        let mut process = process(&args, env);
        let mut child = process
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Desk { child, answers }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A desk's process; dropped, it is killed.
pub struct Desk {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Desk {
    /// One step; nothing when the process is gone or the step was in vain.
    pub fn step(&mut self, step: &Value) -> Option<Value> {
        writeln!(self.child.stdin.as_mut().unwrap(), "{step}").ok()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line).ok()? == 0 {
            return None;
        }
        serde_json::from_str::<Value>(&line)
            .ok()?
            .get("ok")
            .cloned()
    }

    /// Whether the process ends by itself within two seconds: the feed may have confirmed what it was still reading.
    pub fn died(&mut self) -> bool {
        (0..80).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            self.child.try_wait().unwrap().is_some()
        })
    }

    pub fn synced(&mut self) -> Option<Value> {
        self.step(&json!({"do": "wait_synced", "seconds": 40}))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
