//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod cli;
pub mod client;
pub mod domain;
pub mod store;
pub mod sync;
pub mod task;
pub mod text;
