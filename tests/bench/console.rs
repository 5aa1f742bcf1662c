//! The console measured from outside: start, keys, load, idle, memory, sync, search, on a large generated log.
//!
//! `cargo bench --bench console` generates the log once under `target/bench-data` and prints a table.
//! `BALM_BENCH_ONLY=start,keys` runs only those parts.
//! `BALM_BENCH_TICKETS`, `BALM_BENCH_OPEN`, `BALM_BENCH_MESSAGES` choose other sizes; `BALM_BENCH_IDLE` the idle seconds.
//! neomutt, where it is installed, is measured in the same run, its rows interleaved with ours.
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

#[path = "../it/support/pty.rs"]
mod pty;

mod load;
mod machine;
mod mailbox;
mod site;

use std::path::Path;
use std::time::{Duration, Instant};

use pty::Session;
use site::{Site, sizes};

/// Keys of a row at least.
const KEYS: usize = 200;
/// Silence that ends a paint of a program without frame brackets.
const QUIET: Duration = Duration::from_millis(6);

fn main() {
    if std::env::args().any(|a| a == "--load") {
        load::run();
        return;
    }
    // `cargo test --benches` and `cargo clippy --all-targets` build this; only `cargo bench` runs it.
    if !std::env::args().any(|a| a == "--bench") {
        println!("run with: cargo bench --bench console");
        return;
    }
    let site = Site::prepare();
    println!("\n{}", machine::describe());
    let (tickets, open, messages) = sizes();
    println!("log: {tickets} tickets, {open} open, {messages} messages\n");
    let parts: [(&str, Part); 8] = [
        ("first-sync", first_sync),
        ("start", start),
        ("keys", keys),
        ("load", under_load),
        ("idle", idle),
        ("memory", memory),
        ("search", search),
        ("across", across),
    ];
    let only = std::env::var("BALM_BENCH_ONLY").unwrap_or_default();
    for (name, part) in parts {
        if only.is_empty() || only.split(',').any(|o| o == name) {
            part(&site);
        }
    }
}

/// What measures one thing and prints it.
type Part = fn(&Site);

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1e3
}

/// Median, p95 and maximum, in milliseconds.
fn quantiles(mut all: Vec<f64>) -> (f64, f64, f64) {
    all.sort_by(f64::total_cmp);
    let at = |q: f64| all[((all.len() - 1) as f64 * q).round() as usize];
    (at(0.5), at(0.95), at(1.0))
}

fn desk(site: &Site, data: &Path, extra: &[(&str, &str)]) -> Session {
    let data = data.to_string_lossy().into_owned();
    let token = site.token.to_string_lossy().into_owned();
    let args = [
        "--data",
        &data,
        "--server",
        &site.url,
        "--token-file",
        &token,
        "--lang",
        "zh-CN",
    ];
    Session::spawn(&site.program, &args, extra, 120, 40)
}

fn ready(session: &mut Session) -> Duration {
    let at = session
        .wait_for(site::READY, Duration::from_secs(120))
        .expect("the queue is painted");
    at.duration_since(session.spawned)
}

fn first_sync(site: &Site) {
    let dir = site.root.join("desk-first");
    let _ = std::fs::remove_dir_all(&dir);
    let began = Instant::now();
    site.headless(&dir, "{\"do\":\"wait_synced\",\"seconds\":300}\n");
    println!(
        "first sync of an empty desk: {:.1} s",
        began.elapsed().as_secs_f64()
    );
}

fn start(site: &Site) {
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..9 {
        let mut session = desk(site, &site.desk, &[]);
        ours.push(ms(ready(&mut session)));
        session.kill();
        if let Some(mut mutt) = mailbox::open(&site.root) {
            theirs.push(ms(mailbox::ready(&mut mutt)));
            mutt.kill();
        }
    }
    let (median, p95, max) = quantiles(ours);
    println!(
        "start to full first screen, filled replica: median {median:.0} ms, p95 {p95:.0}, max {max:.0}"
    );
    if !theirs.is_empty() {
        let (median, p95, max) = quantiles(theirs);
        println!(
            "  neomutt, 50,000 messages:                 median {median:.0} ms, p95 {p95:.0}, max {max:.0}"
        );
    }
}

/// A measured row: name, keys sent in turn, and keys that prepare it.
struct Row {
    name: &'static str,
    before: &'static [&'static str],
    keys: &'static [&'static str],
    after: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        name: "one row down",
        before: &["\x1b[H"],
        keys: &["\x1b[B"],
        after: &[],
    },
    Row {
        name: "page down/up",
        before: &["\x1b[H"],
        keys: &["\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[5~"],
        after: &[],
    },
    Row {
        name: "open a ticket, back",
        before: &["\x1b[H"],
        keys: &["\r", "\x1b"],
        after: &[],
    },
    Row {
        name: "type a Han character",
        before: &["\x1b[H", "\r", "i"],
        keys: &["您", "好", "很", "抱", "歉"],
        after: &["\x1b", "\x1b"],
    },
];

fn row(session: &mut Session, row: &Row) -> (Vec<f64>, Vec<usize>, usize) {
    for key in row.before {
        session.send(key);
        session.settle(Duration::from_millis(150), Duration::from_secs(2));
    }
    let mut times = Vec::new();
    let mut bytes = Vec::new();
    let mut silent = 0;
    for i in 0..KEYS + 20 {
        let cost = session.key(row.keys[i % row.keys.len()], QUIET);
        match cost.paint {
            Some(paint) => {
                times.push(ms(paint));
                bytes.push(cost.bytes);
            }
            None => silent += 1,
        }
        // A person does not type faster than this; it also lets answers of the store arrive between keys.
        session.settle(Duration::from_millis(12), Duration::from_millis(25));
    }
    for key in row.after {
        session.send(key);
        session.settle(Duration::from_millis(150), Duration::from_secs(2));
    }
    (times, bytes, silent)
}

fn print_rows(session: &mut Session, label: &str, mut mutt: Option<Session>) {
    println!("key to paint, {label} (120x40, {} keys a row)", KEYS + 20);
    for r in ROWS {
        let (times, bytes, silent) = row(session, r);
        let (median, p95, max) = quantiles(times);
        let mean = bytes.iter().sum::<usize>() / bytes.len().max(1);
        let most = bytes.iter().max().copied().unwrap_or(0);
        println!(
            "  {:<22} median {median:5.2} ms, p95 {p95:5.2}, max {max:6.2}; bytes mean {mean}, most {most}; silent {silent}",
            r.name
        );
        if let Some(mutt) = mutt.as_mut()
            && let Some(theirs) = mailbox::row(r.name)
        {
            let (times, bytes, silent) = row(mutt, &theirs);
            let (median, p95, max) = quantiles(times);
            let mean = bytes.iter().sum::<usize>() / bytes.len().max(1);
            println!(
                "    neomutt              median {median:5.2} ms, p95 {p95:5.2}, max {max:6.2}; bytes mean {mean}; silent {silent}"
            );
        }
    }
}

fn keys(site: &Site) {
    let log = site.root.join("frames.log");
    let _ = std::fs::remove_file(&log);
    let mut session = desk(
        site,
        &site.desk,
        &[("BALM_FRAME_LOG", &log.to_string_lossy())],
    );
    ready(&mut session);
    session.settle(Duration::from_millis(500), Duration::from_secs(5));
    let mutt = mailbox::open(&site.root).map(|mut m| {
        mailbox::ready(&mut m);
        m
    });
    print_rows(&mut session, "idle", mutt);
    session.kill();
    site::frames(&log);
}

fn under_load(site: &Site) {
    let mut session = desk(site, &site.desk, &[]);
    ready(&mut session);
    session.settle(Duration::from_millis(500), Duration::from_secs(5));
    let load = site.load(1000, &[]);
    std::thread::sleep(Duration::from_secs(2));
    print_rows(&mut session, "while a second process posts commands", None);
    println!("  {}", load.finish());
    session.kill();
}

fn idle(site: &Site) {
    let seconds = std::env::var("BALM_BENCH_IDLE")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(60_u64);
    let log = site.root.join("idle.log");
    let _ = std::fs::remove_file(&log);
    let mut session = desk(
        site,
        &site.desk,
        &[("BALM_FRAME_LOG", &log.to_string_lossy())],
    );
    ready(&mut session);
    session.settle(Duration::from_secs(2), Duration::from_secs(10));
    let frames = |path: &Path| std::fs::read_to_string(path).map_or(0, |t| t.lines().count());
    let (frames0, cpu0, wakes0) = (
        frames(&log),
        machine::cpu(session.pid()),
        machine::wakeups(session.pid()),
    );
    session.settle(Duration::from_secs(seconds), Duration::from_secs(seconds));
    let span = seconds as f64;
    println!(
        "idle for {seconds} s: {:.2} paints/s, {:.2} wake-ups/s, {:.2} % CPU",
        (frames(&log) - frames0) as f64 / span,
        (machine::wakeups(session.pid()) - wakes0) as f64 / span,
        (machine::cpu(session.pid()) - cpu0) / span * 100.0
    );
    session.kill();
}

fn memory(site: &Site) {
    let mut session = desk(site, &site.desk, &[]);
    ready(&mut session);
    for _ in 0..50 {
        session.key("\x1b[6~", QUIET);
        session.key("\r", QUIET);
        session.settle(Duration::from_millis(30), Duration::from_millis(200));
        session.key("\x1b", QUIET);
    }
    println!(
        "peak memory, desk alone after 50 opened tickets: {:.0} MiB",
        machine::peak_mib(session.pid())
    );
    session.kill();
    site.stop_server();
    let data = site.data.to_string_lossy().into_owned();
    let args = [
        "--data",
        data.as_str(),
        "--as",
        site::LOGIN,
        "--lang",
        "zh-CN",
    ];
    let mut session = Session::spawn(&site.program, &args, &[], 120, 40);
    let first = ready(&mut session);
    session.settle(Duration::from_secs(3), Duration::from_secs(20));
    println!(
        "desk with embedded server and an empty replica: first screen {:.0} ms, peak memory {:.0} MiB",
        ms(first),
        machine::peak_mib(session.pid())
    );
    session.kill();
    site.start_server();
}

fn search(site: &Site) {
    for words in ["退款", "12315", "没有这个词语组合"] {
        let mut all = Vec::new();
        for _ in 0..20 {
            let began = Instant::now();
            site.get(&format!("/v1/search?q={}&limit=50", site.percent(words)));
            all.push(ms(began.elapsed()));
        }
        let (median, p95, _) = quantiles(all);
        println!("search for {words}: median {median:.1} ms, p95 {p95:.1} (HTTP round trip)");
    }
}

/// From a command accepted by the server to the pixels of another desk.
fn across(site: &Site) {
    let mut session = desk(site, &site.desk, &[]);
    ready(&mut session);
    session.settle(Duration::from_secs(1), Duration::from_secs(5));
    let mut all = Vec::new();
    for n in 0..20 {
        let mark = format!("新来电{n:03}");
        let began = Instant::now();
        site.open_urgent(&mark);
        match session.wait_for(&mark, Duration::from_secs(5)) {
            Ok(at) => all.push(ms(at.duration_since(began))),
            Err(_) => println!("  {mark} did not arrive within 5 s"),
        }
    }
    if !all.is_empty() {
        let (median, p95, max) = quantiles(all);
        println!(
            "a command to the screen of another desk: median {median:.0} ms, p95 {p95:.0}, max {max:.0}"
        );
    }
    session.kill();
}
