//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod app;
pub mod demo;
pub mod domain;
pub mod task;
pub mod text;
