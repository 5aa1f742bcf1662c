//! The coach measured from inside: reading a message of 200 characters, linting a draft of 200 characters, proposing lines,
//! and what its content costs at start. `cargo bench --bench coach` prints the table.
//!
//! The words are the project's own training lines, strung together to the length that the figures speak of.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench says what went wrong by failing, and prints its figures"
)]

use std::hint::black_box;
use std::time::Instant;

use balm::coach::{Coach, LintContext};
use balm::domain::lang::Lang;
use balm::domain::time::{Ms, Zone};
use balm::domain::vocabulary::Channel;

/// Characters of a text.
const LENGTH: usize = 200;
/// Texts of a row.
const TEXTS: usize = 3_000;
/// A Monday at ten.
const NOW: Ms = Ms(1_763_950_800_000);

/// Lines of these files, strung together until each text is as long as said.
fn texts(files: &[&str]) -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/training");
    let read = |f: &&str| std::fs::read_to_string(root.join(f)).unwrap();
    let mut words = files.iter().map(read).collect::<String>();
    words = words
        .lines()
        .map(|l| {
            let line: serde_json::Value = serde_json::from_str(l).unwrap();
            format!("{} ", line["text"].as_str().unwrap())
        })
        .collect();
    let chars: Vec<char> = words.chars().collect();
    let pieces = chars.chunks_exact(LENGTH).map(|c| c.iter().collect());
    let pieces: Vec<String> = pieces.collect();
    pieces.iter().cycle().take(TEXTS).cloned().collect()
}

fn row(name: &str, texts: &[String], mut work: impl FnMut(&str)) {
    texts.iter().take(100).for_each(|t| work(t));
    let mut took: Vec<f64> = texts
        .iter()
        .map(|t| {
            let begin = Instant::now();
            work(t);
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |q: f64| took[((took.len() - 1) as f64 * q).round() as usize];
    println!(
        "{name:<28} p50 {:>7.3} ms   p99 {:>7.3} ms   max {:>7.3} ms   n {}",
        at(0.5),
        at(0.99),
        at(1.0),
        took.len()
    );
}

fn main() {
    // `cargo test --benches` and `cargo clippy --all-targets` build this; only `cargo bench` runs it.
    if !std::env::args().any(|a| a == "--bench") {
        println!("run with: cargo bench --bench coach");
        return;
    }
    let mut starts: Vec<f64> = (0..20)
        .map(|_| {
            let begin = Instant::now();
            black_box(Coach::shipped().unwrap());
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    starts.sort_by(f64::total_cmp);
    println!(
        "content parsed in {:.1} ms (median of {}, most {:.1})",
        starts[starts.len() / 2],
        starts.len(),
        starts[starts.len() - 1]
    );
    if std::env::var_os("BALM_BENCH_START").is_some() {
        return;
    }
    let coach = Coach::shipped().unwrap();
    let zone = Zone::utc();
    for (name, lang, files) in [
        ("zh", Lang::Zh, ["own-zh-weibo.jsonl", "own-zh-chat.jsonl"]),
        ("en", Lang::En, ["own-en.jsonl", "own-en-more.jsonl"]),
    ] {
        let texts = texts(&files);
        row(&format!("read, {LENGTH} characters, {name}"), &texts, |t| {
            black_box(coach.read(t));
        });
        let cx = || LintContext::new(lang, Channel::Chat, NOW, &zone);
        row(&format!("lint, {LENGTH} characters, {name}"), &texts, |t| {
            black_box(coach.lint(t, &cx()));
        });
    }
}
