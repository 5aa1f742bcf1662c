//! balm
pub mod domain;
