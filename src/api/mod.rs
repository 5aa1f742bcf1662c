//! The wire: types and paths of `/v1`, shared by client and server, and the read models that a desk's store hands to its
//! screen. No logic lives here; times are UTC milliseconds everywhere (design 3).

pub mod desk;
pub mod path;
pub mod problem;
pub mod training;
pub mod wire;
