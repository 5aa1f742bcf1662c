//! balm, the terminal console of a complaint hotline.

pub mod api;
pub mod coach;
pub mod domain;
pub mod insight;
pub mod task;
pub mod text;
