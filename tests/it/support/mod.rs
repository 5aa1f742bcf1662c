//! What several integration tests stand on.

pub mod chaos;
pub mod demo;
pub mod floor;
#[allow(
    dead_code,
    reason = "the bench measures with more of it than the tests use"
)]
pub mod pty;
pub mod real;
pub mod site;
