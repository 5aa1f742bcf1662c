//! The second process: posts commands at a rate. And a small blocking client for the bench itself.

use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use balm::api::wire::{CommandAnswers, CommandBatch, Outcome};
use balm::domain::command::{Command, CommandBody};
use balm::domain::ids::TicketId;
use balm::text::RawText;

use crate::site::asked;

pub struct Wire {
    pub url: String,
    token: String,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
}

impl Wire {
    pub fn new(url: String, token: String) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        Self {
            url,
            token,
            runtime,
            client: reqwest::Client::new(),
        }
    }

    pub fn get(&self, path: &str) -> serde_json::Value {
        let request = self
            .client
            .get(format!("{}{path}", self.url))
            .bearer_auth(&self.token);
        self.runtime.block_on(async {
            let answer = request.send().await.expect("the server answers");
            assert!(answer.status().is_success(), "{path}: {}", answer.status());
            answer.json().await.expect("json")
        })
    }

    /// Posts a batch; how many were accepted.
    pub fn post(&self, commands: Vec<Command>) -> usize {
        let request = self
            .client
            .post(format!("{}/v1/commands", self.url))
            .bearer_auth(&self.token);
        self.runtime.block_on(async {
            let answer = request
                .json(&CommandBatch { commands })
                .send()
                .await
                .expect("the server answers");
            let status = answer.status();
            assert!(
                status.is_success(),
                "commands: {status} {:?}",
                answer.text().await
            );
            let answers: CommandAnswers = answer.json().await.expect("answers");
            answers
                .answers
                .iter()
                .filter(|a| matches!(a.outcome, Outcome::Accepted { .. }))
                .count()
        })
    }
}

/// The running second process.
pub struct Load(Child);

impl Load {
    pub fn start(url: &str, token: &Path, rate: u32, on: &[TicketId]) -> Self {
        let me = std::env::current_exe().expect("this program");
        let mut command = Process::new(me);
        command
            .args(["--load", url])
            .arg(token)
            .arg(rate.to_string());
        command.args(on.iter().map(ToString::to_string));
        Self(
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("the load starts"),
        )
    }

    /// Stops it and says what it did.
    pub fn finish(mut self) -> String {
        drop(self.0.stdin.take());
        let out = self.0.wait_with_output().expect("the load ends");
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    }
}

/// The second process itself: `--load URL TOKEN RATE TICKET..`, until its standard input closes.
pub fn run() {
    let args: Vec<String> = std::env::args()
        .skip_while(|a| a != "--load")
        .skip(1)
        .collect();
    let token = std::fs::read_to_string(&args[1])
        .expect("the token")
        .trim()
        .to_owned();
    let rate: usize = args[2].parse().expect("a rate");
    let tickets: Vec<TicketId> = args[3..]
        .iter()
        .map(|t| t.parse().expect("a ticket id"))
        .collect();
    let wire = Wire::new(args[0].clone(), token);
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let watched = stop.clone();
    std::thread::spawn(move || {
        let _ = std::io::Read::read(&mut std::io::stdin(), &mut [0_u8; 1]);
        watched.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let began = Instant::now();
    let (mut sent, mut taken) = (0_usize, 0_usize);
    let batch = (rate / 20).max(1);
    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
        let commands: Vec<Command> = (0..batch)
            .map(|n| {
                let ticket = tickets[(sent + n) % tickets.len()];
                let words = RawText::new(format!("第{}次补充说明", sent + n));
                asked(CommandBody::Note {
                    ticket,
                    text: words,
                })
            })
            .collect();
        sent += batch;
        taken += wire.post(commands);
        let due = began + Duration::from_secs_f64(sent as f64 / rate as f64);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    let secs = began.elapsed().as_secs_f64();
    println!(
        "load: {:.0} commands/s sent for {secs:.0} s, {taken} accepted, all on {} visible rows",
        sent as f64 / secs,
        tickets.len()
    );
}
