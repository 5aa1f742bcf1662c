//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod app;
pub mod coach;
pub mod config;
pub mod demo;
pub mod domain;
pub mod insight;
pub mod log;
pub mod shell;
pub mod task;
pub mod telemetry;
pub mod text;
pub mod view;
