//! What a desk's store tells its screen, and what the screen asks of the store.
//!
//! These are read models: safe to draw, cheap to clone, already joined. `app` sends a [`DeskRequest`] as an effect and
//! gets a [`DeskAnswer`] as an event; `store` and `sync` produce them; neither side sees the other. Every answer carries
//! the generation of the request it answers, so that a late one can be dropped.

mod lines;
mod link;
mod people;
mod port;
mod quality;
mod rows;
mod timeline;

pub use lines::{LineRow, LinesView};
pub use link::{LinkInfo, LinkState, ReturnCause, ReturnChoice, Returned};
pub use people::{Caller, Hit, HitSource, Mate, Seat, Team};
pub use port::{DeskAnswer, DeskRequest, Trouble};
pub use quality::{BegunCard, DueList, QualityView, ReviewRow, UnitView};
pub use rows::{List, QueueView, Row, Rows, Strip};
pub use timeline::{
    CardIdentity, Conversation, CustomerCard, Draft, DraftKey, DraftPart, DraftPromise, Entry,
    EntryKind, Happening, OVERRIDE_REASONS, Viewer,
};
