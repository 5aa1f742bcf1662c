//! What several integration tests stand on.

pub mod chaos;
pub mod floor;
pub mod real;
pub mod site;
