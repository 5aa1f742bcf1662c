//! balm
pub mod text;
