//! The faults of a desk's life (mission SY4): a real process is ended by SIGKILL at each point, seeded, again and again,
//! and the log is compared with what the desk had acknowledged. Three rounds a point by default, `BALM_FAULTS=N` for N.
//!
//! The process is this test binary itself, started again as a headless desk, so that the test needs no built program.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::sync::atomic::Ordering;

use balm::cli::headless;
use balm::domain::ids::TicketId;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::{Value, json};

use crate::support::chaos::{Chaos, Line};
use crate::support::floor::Floor;
use crate::sync::opened;

/// Replies a round.
const REPLIES: u32 = 4;

const POINTS: [&str; 5] = [
    "desk-before-outbox",
    "desk-after-outbox",
    "line-before-commit",
    "line-before-answer",
    "desk-after-answer",
];

/// Not a test: the desk's process.
#[test]
fn child() {
    let Ok(data) = std::env::var("BALM_FAULT_CHILD") else {
        return;
    };
    let args = headless::Args {
        data: data.into(),
        server: std::env::var("BALM_FAULT_SERVER").unwrap(),
        token_file: std::env::var("BALM_FAULT_TOKEN").unwrap().into(),
        script: "-".into(),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(headless::run(&args)).unwrap();
}

struct Desk {
    child: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Desk {
    fn start(dir: &Path, server: &str, fault: Option<String>) -> Self {
        let token = dir.join("token");
        std::fs::write(&token, "t1").unwrap();
        let mut process = Process::new(std::env::current_exe().unwrap());
        process
            .args([
                "--exact",
                "faults::child",
                "--nocapture",
                "--test-threads=1",
            ])
            .env("BALM_FAULT_CHILD", dir)
            .env("BALM_FAULT_SERVER", server)
            .env("BALM_FAULT_TOKEN", token)
            .env_remove("BALM_FAULT")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(fault) = fault {
            process.env("BALM_FAULT", fault);
        }
        let mut child = process.spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }

    /// One step; nothing when the process is gone.
    fn step(&mut self, step: &Value) -> Option<Value> {
        let stdin = self.child.stdin.as_mut().unwrap();
        writeln!(stdin, "{step}").ok()?;
        let mut line = String::new();
        loop {
            line.clear();
            if self.answers.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // The test harness prints too, and its first words share the line.
            if let Some(at) = line.find("{\"ok\"").or_else(|| line.find("{\"error\"")) {
                let value: Value = serde_json::from_str(line[at..].trim()).ok()?;
                return value.get("ok").cloned();
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[derive(Default)]
struct Score {
    rounds: u32,
    died: u32,
    lost: u32,
    doubled: u32,
    drafts_lost: u32,
}

/// One round: drafts and replies until the fault strikes, then a healthy desk on the same folder, then the comparison.
fn round(runtime: &tokio::runtime::Runtime, point: &str, seed: u64, score: &mut Score) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (floor, chaos) = runtime.block_on(async {
        let floor = Floor::start().await;
        let chaos = Chaos::before(&floor.url).await;
        (floor, chaos)
    });
    let tickets: Vec<TicketId> = (0..3)
        .map(|n| opened(&floor, &format!("投诉{n}")))
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let nth = rng.next_u32() % REPLIES + 1;
    let mut acknowledged: Vec<String> = Vec::new();
    let mut draft = None;
    {
        let fault = point.starts_with("desk").then(|| format!("{point}:{nth}"));
        let mut desk = Desk::start(dir.path(), &chaos.url, fault);
        let mut alive = desk.step(&json!({"do": "wait_synced"})).is_some();
        assert!(alive, "the desk began");
        for n in 1..=REPLIES {
            let words = format!("{point} {seed} {n}");
            let ticket = tickets[rng.next_u32() as usize % tickets.len()];
            if n == nth && !point.starts_with("desk") {
                chaos.set(if point == "line-before-commit" {
                    Line::BlackHole
                } else {
                    Line::EatAnswer
                });
            }
            let saved = desk
                .step(&json!({"do": "draft", "ticket": ticket, "text": format!("{words} 草稿")}));
            if saved.is_some() {
                draft = Some((ticket, format!("{words} 草稿")));
            }
            // One word in two draws is spoken: facts and wishes alike.
            let kind = if rng.next_u32() % 2 == 0 {
                "reply"
            } else {
                "speak"
            };
            let queued = desk.step(&json!({"do": kind, "ticket": ticket, "text": words}));
            if queued.is_none() {
                alive = false;
                break;
            }
            acknowledged.push(words);
            if kind == "reply" {
                draft = None;
            }
            if rng.next_u32() % 3 == 0 && point.starts_with("desk") {
                desk.step(&json!({"do": "wait_synced", "seconds": 5}));
            }
        }
        if alive && point.starts_with("desk") {
            alive = desk.step(&json!({"do": "wait_synced"})).is_some();
        } else if point == "line-before-answer" {
            for _ in 0..200 {
                if chaos.eaten.load(Ordering::SeqCst) > 0 {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
        // Whatever lives is ended the hard way now: a cut line and a dead desk together.
        score.died += u32::from(!alive || !point.starts_with("desk"));
    }
    chaos.set(Line::Up);
    let mut desk = Desk::start(dir.path(), &chaos.url, None);
    desk.step(&json!({"do": "wait_synced"}))
        .expect("the desk recovers");
    let end = desk
        .step(&json!({"do": "print"}))
        .expect("the desk tells its state");
    score.rounds += 1;
    let words_in_log: Vec<String> = {
        let log = floor.log.lock().unwrap();
        log.events
            .iter()
            .filter_map(|e| Some(e.payload.as_ref()?.text.as_ref()?.expose().to_owned()))
            .collect()
    };
    let count = |words: &str| words_in_log.iter().filter(|w| *w == words).count();
    score.lost += acknowledged.iter().filter(|w| count(w) == 0).count() as u32;
    let ours = format!("{point} {seed}");
    let mut all: Vec<&String> = words_in_log
        .iter()
        .filter(|w| w.starts_with(&ours))
        .collect();
    let whole = all.len();
    all.sort();
    all.dedup();
    score.doubled += (whole - all.len()) as u32;
    if let Some((_, words)) = draft {
        let kept = end["drafts"]
            .as_array()
            .is_some_and(|d| d.iter().any(|d| *d == json!(words)));
        // A draft may only be gone if its own reply reached the log although the answer to the desk was lost.
        let sent = count(words.trim_end_matches(" 草稿")) > 0;
        score.drafts_lost += u32::from(!kept && !sent);
    }
}

#[test]
fn nothing_is_lost_or_doubled() {
    if std::env::var("BALM_FAULT_CHILD").is_ok() {
        return;
    }
    let rounds: u64 = std::env::var("BALM_FAULTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(3);
    let no_id_check = std::env::var("BALM_TEST_NO_ID_CHECK").is_ok();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut sum = Score::default();
    println!(
        "{:<22} {:>6} {:>6} {:>6} {:>8} {:>12}",
        "point", "rounds", "died", "lost", "doubled", "drafts lost"
    );
    for point in POINTS {
        let mut score = Score::default();
        for seed in 0..rounds {
            round(&runtime, point, seed, &mut score);
        }
        println!(
            "{point:<22} {:>6} {:>6} {:>6} {:>8} {:>12}",
            score.rounds, score.died, score.lost, score.doubled, score.drafts_lost
        );
        assert_eq!(
            score.died, score.rounds,
            "the fault at {point} struck in each round"
        );
        sum.lost += score.lost;
        sum.doubled += score.doubled;
        sum.drafts_lost += score.drafts_lost;
    }
    assert_eq!(
        (sum.lost, sum.drafts_lost),
        (0, 0),
        "lost commands, lost drafts"
    );
    if no_id_check {
        assert!(
            sum.doubled > 0,
            "without the id check the test must see doubles"
        );
    } else {
        assert_eq!(sum.doubled, 0, "doubled commands");
    }
}
