//! A class measured from outside: a trainee's key to paint with nobody else in the class and with 200 simulated callers on the
//! same server, in alternation, so that the noise of the machine can be told from the load of the class.
//!
//! `cargo bench --bench training` starts `balm train class`, one desk in a pseudo-terminal, and a second process with the other
//! trainees. `BALM_BENCH_SEATS` (199: with the desk's own it is 200 callers), `BALM_BENCH_ROUNDS` (3) and `BALM_BENCH_KEYS` (150)
//! choose other sizes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench says what went wrong by failing, and prints its figures"
)]

mod callers;
#[allow(dead_code, reason = "the benches each use a part of it")]
mod machine;
#[path = "../it/support/pty.rs"]
mod pty;
mod trainee;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use balm::api::training::{Ask, ClassOrder, Inject, SeatRow, SeatStage, Told};
use balm::client::Client;
use callers::Callers;
use pty::Session;
use trainee::LEVEL;

/// Silence that ends a paint without frame brackets.
const QUIET: Duration = Duration::from_millis(6);
/// The load of a class is there for so long before it is measured.
const WARM: Duration = Duration::from_secs(12);
/// How long anything of the desk may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);
/// More callers on the measured desk, so that there are rows to move on.
const SURGE: u8 = 5;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(default)
}

fn main() {
    if std::env::args().any(|a| a == "--callers") {
        callers::run();
        return;
    }
    // `cargo test --benches` and `cargo clippy --all-targets` build this; only `cargo bench` runs it.
    if !std::env::args().any(|a| a == "--bench") {
        println!("run with: cargo bench --bench training");
        return;
    }
    let (seats, rounds) = (
        number("BALM_BENCH_SEATS", 199),
        number("BALM_BENCH_ROUNDS", 3),
    );
    println!("\n{}", machine::describe());
    let class = Class::open(seats + 1);
    let mut callers = Callers::start(&class.url, &class.token, &class.codes[1..]);
    let mut desk = class.desk();
    let mut all: Vec<Phase> = Vec::new();
    for round in 1..=rounds {
        println!("\nround {round}: nobody else (load {})", load());
        all.push(class.measure(&mut desk, None));
        println!("round {round}: {seats} others (load {})", load());
        all.push(class.measure(&mut desk, Some(&mut callers)));
    }
    summary(&all);
    println!(
        "server: peak memory {:.0} MiB; desk: peak memory {:.0} MiB",
        machine::peak_mib(class.server.id()),
        machine::peak_mib(desk.pid())
    );
    desk.kill();
}

fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("?").to_owned()
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1e3
}

/// The value below which this share of all lies.
fn quantile(all: &[f64], q: f64) -> f64 {
    let mut all = all.to_vec();
    all.sort_by(f64::total_cmp);
    let at = (all.len().saturating_sub(1) as f64 * q).round() as usize;
    all.get(at).copied().unwrap_or(f64::NAN)
}

/// What was measured while the class was as it was.
struct Phase {
    loaded: bool,
    rows: Vec<Vec<f64>>,
}

/// The list of everybody's open tickets, and that of one's own, as their heads say it.
const ALL: &str = "[全部在办]";
const MINE: &str = "[我的]";

/// A measured row: on which list, keys sent in turn, keys that prepare it, and keys that leave it as it was.
struct Row {
    name: &'static str,
    list: &'static str,
    before: &'static [&'static str],
    keys: &'static [&'static str],
    after: &'static [&'static str],
    /// Whether the written characters are taken away again.
    erase: bool,
}

const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";

const ROWS: &[Row] = &[
    Row {
        name: "one row down, up",
        list: ALL,
        before: &["\x1b[H"],
        keys: &[DOWN, DOWN, DOWN, DOWN, UP, UP, UP, UP],
        after: &[],
        erase: false,
    },
    Row {
        name: "page down, up",
        list: ALL,
        before: &["\x1b[H"],
        keys: &["\x1b[6~", "\x1b[5~"],
        after: &[],
        erase: false,
    },
    Row {
        name: "type a Han character",
        list: MINE,
        before: &["\x1b[H", "\r", "i"],
        keys: &["您", "好", "很", "抱", "歉"],
        after: &["\x1b", "\x1b"],
        erase: true,
    },
];

/// A class with its server.
struct Class {
    server: Child,
    url: String,
    codes: Vec<String>,
    token: String,
    trainer: Client,
    runtime: tokio::runtime::Runtime,
    _dir: tempfile::TempDir,
    home: PathBuf,
}

impl Class {
    fn open(seats: usize) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let home = dir.path().join("class");
        let mut server = Command::new(env!("CARGO_BIN_EXE_balm"))
            .args(["train", "class", "--no-screen", "--lang", "zh-CN"])
            .args(["--seats", &seats.to_string(), "--home"])
            .arg(&home)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the class opens");
        let began = Instant::now();
        let said = BufReader::new(server.stdout.take().expect("its words"));
        let lines: Vec<String> = said.lines().map_while(Result::ok).take(seats).collect();
        assert_eq!(lines.len(), seats, "not every seat has a way in");
        let (url, codes) = callers::codes(&lines);
        let token = loop {
            if let Some(token) = callers::trainer(&home) {
                break token;
            }
            assert!(began.elapsed() < PATIENCE, "no trainer's way in");
            std::thread::sleep(Duration::from_millis(50));
        };
        println!(
            "a class of {seats} seats stands after {:.1} s",
            began.elapsed().as_secs_f64()
        );
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let class = Self {
            trainer: Client::new(&url, &token).expect("a client"),
            token,
            server,
            url,
            codes,
            runtime,
            home: dir.path().join("desk"),
            _dir: dir,
        };
        class.order(ClassOrder::Open {
            seat: None,
            level: LEVEL,
        });
        class
    }

    fn ask(&self, ask: &Ask) -> Told {
        let told = self.runtime.block_on(self.trainer.training(ask));
        told.expect("the training answers")
    }

    fn order(&self, order: ClassOrder) {
        let told = self.ask(&Ask::ClassDo { order });
        assert!(matches!(told, Told::Done), "{told:?}");
    }

    /// The row of the first seat at which somebody practises.
    fn running(&self) -> Option<SeatRow> {
        let Told::Class(class) = self.ask(&Ask::Class { after: 0 }) else {
            panic!("no class");
        };
        let mut rows = class.seats.into_iter();
        rows.find(|r| r.stage == SeatStage::Running)
    }

    /// A trainee's desk with customers on it, on the screen of its queue.
    fn desk(&self) -> Session {
        let home = self.home.to_string_lossy().into_owned();
        let args = [
            "train",
            "join",
            &self.url,
            &self.codes[0],
            "--lang",
            "zh-CN",
            "--home",
            &home,
        ];
        let program = Path::new(env!("CARGO_BIN_EXE_balm"));
        let mut desk = Session::spawn(program, &args, &[], 120, 40);
        let began = Instant::now();
        // Enter takes the customer that is proposed, once the list is there.
        let seat = loop {
            desk.settle(Duration::from_millis(700), Duration::from_secs(3));
            if let Some(row) = self.running() {
                break row.seat;
            }
            assert!(began.elapsed() < PATIENCE, "no customer:\n{}", desk.text());
            desk.send("\r");
        };
        self.order(ClassOrder::Inject {
            seat: Some(seat),
            what: Inject::Surge { callers: SURGE },
        });
        desk.settle(Duration::from_secs(2), Duration::from_secs(10));
        desk.wait_for(&format!("/{}", SURGE + 1), PATIENCE)
            .expect("all callers are in the queue");
        println!("the desk before it is measured:\n{}", desk.text());
        desk
    }

    /// All rows once, while the class is as it is.
    fn measure(&self, desk: &mut Session, callers: Option<&mut Callers>) -> Phase {
        let mut callers = callers;
        if let Some(callers) = callers.as_mut() {
            println!("  {}", callers.tell("go"));
            desk.settle(WARM, WARM);
            callers.tell("fresh");
        } else {
            desk.settle(Duration::from_secs(2), Duration::from_secs(4));
        }
        let (cpu, own, began) = (
            machine::cpu(self.server.id()),
            machine::cpu(desk.pid()),
            Instant::now(),
        );
        let mut rows = Vec::new();
        for row in ROWS {
            let (times, bytes, silent) = keys(desk, row);
            println!(
                "  {:<22} median {:5.2} ms, p95 {:5.2}, max {:6.2}; bytes mean {}, most {}; silent {silent}",
                row.name,
                quantile(&times, 0.5),
                quantile(&times, 0.95),
                quantile(&times, 1.0),
                bytes.iter().sum::<usize>() / bytes.len().max(1),
                bytes.iter().max().copied().unwrap_or(0)
            );
            rows.push(times);
        }
        let span = began.elapsed().as_secs_f64();
        println!(
            "  server {:.0} % CPU, desk {:.0} % CPU, server's peak memory {:.0} MiB, over {span:.0} s; load {}",
            (machine::cpu(self.server.id()) - cpu) / span * 100.0,
            (machine::cpu(desk.pid()) - own) / span * 100.0,
            machine::peak_mib(self.server.id()),
            load()
        );
        let loaded = callers.is_some();
        if let Some(callers) = callers {
            println!("  {}", callers.tell("rest"));
        }
        Phase { loaded, rows }
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        let pid = self.server.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &pid]).status();
        let _ = self.server.wait();
    }
}

fn keys(desk: &mut Session, row: &Row) -> (Vec<f64>, Vec<usize>, usize) {
    let count = number("BALM_BENCH_KEYS", 150);
    let press = |desk: &mut Session, key: &str| {
        desk.send(key);
        desk.settle(Duration::from_millis(150), Duration::from_secs(2));
    };
    for _ in 0..20 {
        if desk.text().contains(row.list) {
            break;
        }
        // F3: another list.
        press(desk, "\x1bOR");
    }
    assert!(desk.text().contains(row.list), "{}", desk.text());
    row.before.iter().for_each(|key| press(desk, key));
    let (mut times, mut bytes, mut silent) = (Vec::new(), Vec::new(), 0);
    for i in 0..count {
        let cost = desk.key(row.keys[i % row.keys.len()], QUIET);
        match cost.paint {
            Some(paint) => {
                times.push(ms(paint));
                bytes.push(cost.bytes);
            }
            None => silent += 1,
        }
        // A person does not type faster than this; it also lets news arrive between keys.
        desk.settle(Duration::from_millis(12), Duration::from_millis(25));
    }
    if row.erase {
        press(desk, &"\x7f".repeat(count));
    }
    row.after.iter().for_each(|key| press(desk, key));
    (times, bytes, silent)
}

/// The medians of the rounds beside each other: what the load adds, and how far rounds of the same kind lie apart.
fn summary(all: &[Phase]) {
    println!("\nkey to paint over the rounds, milliseconds");
    for (at, row) in ROWS.iter().enumerate() {
        let of = |loaded: bool, q: f64| -> Vec<f64> {
            let phases = all.iter().filter(|p| p.loaded == loaded);
            phases.map(|p| quantile(&p.rows[at], q)).collect()
        };
        for (name, q) in [("median", 0.5), ("p95", 0.95)] {
            let (alone, beside) = (of(false, q), of(true, q));
            let told = |v: &[f64]| {
                format!(
                    "{:.2} ({:.2} to {:.2})",
                    quantile(v, 0.5),
                    quantile(v, 0.0),
                    quantile(v, 1.0)
                )
            };
            println!(
                "  {:<22} {name:<6} nobody else {}, with callers {}",
                row.name,
                told(&alone),
                told(&beside)
            );
        }
    }
}
