#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod compute;
mod said;
mod words;

use jiff::civil::DateTime;

use crate::domain::calendar::{self, Calendar};
use crate::domain::time::{Ms, Zone, from_local, local};

fn site() -> Calendar {
    calendar::shipped().unwrap()
}

fn shanghai() -> Zone {
    Zone::named("Asia/Shanghai").unwrap()
}

fn at(text: &str) -> Ms {
    from_local(text.parse::<DateTime>().unwrap(), &shanghai())
}

fn wall(at: Ms) -> String {
    local(at, &shanghai())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

/// The rows of a table, columns between bars.
fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let lines = table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            line.split('|')
                .map(str::trim)
                .collect::<Vec<_>>()
                .try_into()
                .expect(line)
        })
        .collect()
}

/// "-" is nothing.
fn maybe(text: &str) -> Option<&str> {
    (text != "-").then_some(text)
}
