//! The languages a rendered sentence can have.
//!
//! Which language a user or a customer has is stored elsewhere; this is only the value.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Language of a rendered time or of a data file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// Simplified Chinese (zh-CN).
    #[default]
    Zh,
    /// English.
    En,
}
