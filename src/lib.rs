//! balm
