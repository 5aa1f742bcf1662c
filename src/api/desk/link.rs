//! The link to the server and what came back from it.

use super::Entry;
use crate::domain::command::Command;
use crate::domain::decide::Rule;
use crate::domain::ids::CommandId;
use crate::domain::time::Ms;
use crate::text::SafeText;
use std::sync::Arc;

/// The link to the server, told truthfully.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LinkState {
    /// Not tried yet.
    #[default]
    Starting,
    /// The first picture is being fetched.
    FirstSync {
        /// Entries fetched.
        done: u64,
        /// Entries in all, estimated.
        total: u64,
    },
    /// Live.
    Online,
    /// Catching up after a gap.
    CatchingUp,
    /// Not reachable.
    Offline {
        /// Since when.
        since: Ms,
    },
    /// The server does not accept our token.
    Unauthorised,
    /// The server speaks for another log or version; the words name what to do.
    Incompatible,
}

/// Link and outbox, for the status line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkInfo {
    /// The link.
    pub state: LinkState,
    /// Commands waiting in the outbox.
    pub waiting: u32,
    /// Commands that came back and wait for a choice.
    pub returned: u32,
    /// When the picture on the screen was last known to be complete.
    pub fresh_at: Option<Ms>,
    /// How far this machine's clock is off the server's, in milliseconds (positive: ours is ahead).
    pub clock_off: i64,
}

/// Why a command came back.
#[derive(Clone, PartialEq, Debug)]
pub enum ReturnCause {
    /// A rule speaks against it.
    Refused {
        /// Which one.
        rule: Rule,
        /// What exactly.
        detail: Vec<String>,
    },
    /// Somebody did something meanwhile.
    Conflict {
        /// What they wrote or did, oldest first.
        with: Vec<Entry>,
    },
    /// It waited so long that a day word means another day, or the promised time cannot be kept; it was not sent.
    Stale {
        /// The time computed anew, if the calendar could tell.
        recomputed: Option<Ms>,
        /// Whether a day word changed its meaning.
        words: bool,
    },
    /// The command it follows came back.
    After(CommandId),
}

/// A command that came back; its words are kept until the agent chooses.
#[derive(Clone, PartialEq, Debug)]
pub struct Returned {
    /// The command.
    pub command: Arc<Command>,
    /// Why.
    pub cause: ReturnCause,
    /// When it came back.
    pub at: Ms,
    /// The ticket's number or mark, if it is about one.
    pub number: Option<u64>,
    /// The caller's name.
    pub caller: SafeText,
}

/// What an agent does with a command that came back. Each choice that sends makes a new command id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReturnChoice {
    /// Send it all the same (a new command, against the present state).
    SendAnyway,
    /// Put its words back into the draft to be rewritten.
    Rewrite,
    /// Keep its words as an internal note for whoever goes on.
    KeepAsNote,
    /// Let it go (asked twice for words).
    Discard,
}
