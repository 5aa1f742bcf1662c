#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
use std::path::{Path, PathBuf};

use super::*;
use crate::domain::policy::Policy;

/// Sun 22 Nov 2026 12:00 in Shanghai.
const NOW: Ms = Ms(1_795_320_000_000);

fn found(pack: &Pack<'_>) -> Vec<Problem> {
    let policy = Policy::shipped().unwrap();
    check(pack, NOW, policy.calendar.zone()).unwrap()
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|p| {
            let args: Vec<String> = p.args.iter().map(|(n, v)| format!("{n}={v}")).collect();
            format!("{}:{} {} {}", p.file, p.line, p.rule, args.join(" | "))
        })
        .collect()
}

#[test]
fn the_shipped_content_passes() {
    let problems = found(&Pack::shipped());
    assert!(problems.is_empty(), "{}", told(&problems).join("\n"));
}
