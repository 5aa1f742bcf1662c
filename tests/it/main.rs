//! One test binary: one link step for all integration tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests say what went wrong by failing"
)]

mod api;
mod architecture;
mod cli;
mod faults;
mod keys;
mod screen;
mod search_tokens;
mod shift;
mod support;
mod sync;
mod terminal;
mod tmux;
mod training;
