//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod app;
pub mod demo;
pub mod domain;
pub mod shell;
pub mod task;
pub mod text;
pub mod view;
