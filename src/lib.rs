//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod domain;
pub mod log;
pub mod server;
pub mod task;
pub mod text;
