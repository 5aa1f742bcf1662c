//! Pieces that commands carry: promises said in words, rules broken knowingly, customers not known yet.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::ids::PromiseId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Deed, Identity, Origin, Tier};
use crate::text::RawText;

/// A promise that a reply or a spoken line makes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromiseDraft {
    /// Its name, made at the desk.
    pub promise: PromiseId,
    /// What will be done.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
    /// The sentence as said.
    #[schema(value_type = String, min_length = 1, max_length = 4000)]
    pub sentence: RawText,
}

/// A rule of the coach that is broken knowingly.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The rule's id, such as `CMT-11`.
    #[schema(min_length = 1, max_length = 16)]
    pub rule: String,
    /// Why, in the words of who does it.
    #[schema(value_type = String, min_length = 1, max_length = 500)]
    pub reason: RawText,
}

/// A customer that is not known yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    /// What they call themselves; may be empty while the caller talks.
    #[schema(value_type = String, max_length = 256)]
    pub name: RawText,
    /// Their addresses.
    #[serde(default)]
    #[schema(max_items = 16)]
    pub identities: Vec<Identity>,
    /// Value tier.
    #[serde(default)]
    pub tier: Tier,
    /// Whether clocks must be at most 0.75 of base.
    #[serde(default)]
    pub vulnerable: bool,
    /// Where the record came from, when not from a desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}
