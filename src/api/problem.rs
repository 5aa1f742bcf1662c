//! Errors on the wire: problem+json (RFC 9457) with a stable code, what is wrong, what to do.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The media type of errors.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The header that carries the server's clock, in UTC milliseconds, on every answer; a desk measures its offset by it.
pub const CLOCK_HEADER: &str = "x-balm-time";

/// An error as it travels.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `about:balm:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong, in a few English words; desks translate by `code`.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// What is wrong in this request.
    pub detail: String,
    /// What to do.
    pub remedy: String,
    /// The id under which the server's log knows the request.
    pub request_id: String,
}
