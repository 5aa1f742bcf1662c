//! What several integration tests stand on.

pub mod chaos;
pub mod demo;
pub mod floor;
pub mod pty;
pub mod real;
pub mod site;
