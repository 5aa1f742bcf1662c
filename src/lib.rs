//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod app;
pub mod cli;
pub mod client;
pub mod coach;
pub mod config;
pub mod demo;
pub mod domain;
pub mod insight;
pub mod log;
pub mod server;
pub mod shell;
pub mod sim;
pub mod store;
pub mod sync;
pub mod task;
pub mod telemetry;
pub mod text;
pub mod training;
pub mod view;
