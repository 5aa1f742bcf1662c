//! What several integration tests stand on.

pub mod chaos;
pub mod demo;
pub mod floor;
#[allow(dead_code, reason = "shared with the bench, which uses the rest")]
pub mod pty;
pub mod real;
