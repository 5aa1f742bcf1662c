//! Commands: what an agent, a channel or the scheduler asks for. `decide` turns them into events or says why not.
//!
//! Some commands state what happened (facts: said on the phone, note, call); they are never refused for being late.
//! Others ask (wishes: claim, send, close); they may be refused (design 1).

mod about;
mod body;
mod needs;
mod parts;
mod review;

pub use body::CommandBody;
pub use needs::{Needs, needs};
pub use parts::{NewCustomer, Override, PromiseDraft};
pub use review::ReviewAct;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ids::{CommandId, Stream};
use super::time::Ms;

/// How far the desk had read a stream when it made the command.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The stream.
    pub stream: Stream,
    /// The version the desk had seen, without its own predictions.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub version: u32,
}

/// A command as it travels: made at the desk, kept in its outbox until its events are in the replica.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Its name, UUIDv7; the same id again gets the same answer.
    pub id: CommandId,
    /// When it happened, by the desk's clock corrected by its measured offset.
    pub at: Ms,
    /// What the desk had seen of the streams concerned.
    #[serde(default)]
    #[schema(max_items = 16)]
    pub base: Vec<Base>,
    /// The command that must have been accepted before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CommandId>,
    /// What is asked.
    pub body: CommandBody,
}

impl Command {
    /// The version of `stream` that the desk had seen; 0 if it named none.
    #[must_use]
    pub fn base_of(&self, stream: Stream) -> u32 {
        self.base
            .iter()
            .find(|b| b.stream == stream)
            .map_or(0, |b| b.version)
    }
}
