//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod demo;
pub mod domain;
pub mod log;
pub mod task;
pub mod text;
