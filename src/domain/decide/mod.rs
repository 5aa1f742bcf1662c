//! `decide(world, command, now)`: the one place where wishes become events, pure and shared by desk and server.
//!
//! The desk runs it to answer at once, the server runs it with authority. It reads no words: what the coach found in them
//! comes in as `World::verdict`.

mod conflict;
mod customer;
mod line;
mod review;
mod site;
mod ticket;
mod words;

#[cfg(test)]
mod tests;

pub use conflict::conflicts;

use serde::{Deserialize, Serialize};

use super::command::{Command, CommandBody};
use super::event::{EventBody, NewEvent, Payload};
use super::ids::{CustomerId, EventId, Stream};
use super::rights::{Rank, rank_for, reaches};
use super::time::Ms;
use super::world::{Since, World};

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $text:tt),+ $(,)?) => {
        /// Why a command was refused. The stable name is also the key of the words in the locale files.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Rule { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }
        impl Rule {
            /// The stable name.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
        crate::domain::vocabulary::word_schema!(Rule);
    };
}

rules!(
    /// The thing named does not exist (or not for this user).
    NotFound = "not_found",
    /// Something with this name exists already.
    Exists = "exists",
    /// The role may not do this.
    NotAllowed = "not_allowed",
    /// The user does not work this queue.
    NotMember = "not_member",
    /// The ticket is closed.
    Closed = "closed",
    /// The ticket was merged into another.
    Merged = "merged",
    /// The ticket is open already.
    Open = "open",
    /// Somebody else holds the ticket.
    HeldByOther = "held_by_other",
    /// The user does not hold the ticket.
    NotHeld = "not_held",
    /// Nothing was written.
    Empty = "empty",
    /// The time named has passed or is no time.
    TimePassed = "time_passed",
    /// The words name a day that is another day now.
    StaleWords = "stale_words",
    /// A rule of the coach blocks the words.
    Blocked = "blocked",
    /// The rule of the coach can be overridden by nobody, or not by this role.
    NoOverride = "no_override",
    /// Whoever overrides a rule of the coach says why.
    NoReason = "no_reason",
    /// There is no such promise, or it is settled.
    NoPromise = "no_promise",
    /// A kept promise needs the event that proves it.
    NoEvidence = "no_evidence",
    /// There is no such item in the taxonomy.
    NoItem = "no_item",
    /// A thing cannot be tied to or merged into itself.
    Itself = "itself",
    /// The record's personal values were deleted.
    Erased = "erased",
    /// The login or queue name is taken.
    Taken = "taken",
    /// The command this one follows was not accepted.
    AfterRefused = "after_refused",
    /// The line has been decided already, or is not in the playbook.
    LineSettled = "line_settled",
    /// Nobody reviews their own words.
    OwnWords = "own_words",
    /// This user has rated it already, or the two raters are in.
    Rated = "rated",
    /// One rater was enough: it was not drawn for two.
    NotDouble = "not_double",
    /// The second rater's marks are not in yet.
    AwaitsSecond = "awaits_second",
    /// There is nothing to appeal against, or nothing to answer.
    NoAppeal = "no_appeal",
    /// The time for an appeal is over.
    AppealLate = "appeal_late",
    /// A field is too long or malformed.
    Malformed = "malformed",
);

/// A command that was not accepted.
#[derive(Clone, PartialEq, Debug)]
pub enum Rejection {
    /// A rule speaks against it.
    Refused {
        /// Which one.
        rule: Rule,
        /// What exactly, such as the ids of the coach's rules; for people only after translation.
        detail: Vec<String>,
    },
    /// Somebody did something meanwhile that the agent must see first.
    Conflict {
        /// What happened, oldest first.
        with: Vec<Since>,
    },
}

impl Rejection {
    /// A refusal without detail.
    #[must_use]
    pub const fn rule(rule: Rule) -> Self {
        Self::Refused {
            rule,
            detail: Vec::new(),
        }
    }
}

/// The events a command causes (possibly none), or why it causes none.
pub type Decision = Result<Vec<NewEvent>, Rejection>;

/// Decides a command.
///
/// # Errors
/// A `Rejection` that says which rule speaks against it, or what happened meanwhile.
pub fn decide(world: &World, command: &Command, now: Ms) -> Decision {
    let role = world.role().ok_or(Rejection::rule(Rule::NotAllowed));
    let rank = rank_for(&command.body);
    match role {
        Ok(role) if reaches(role, rank) => {}
        // What a channel reports on behalf of a customer has no role.
        _ if matches!(
            command.body,
            CommandBody::ReceiveMessage { .. } | CommandBody::OpenTicket { .. }
        ) && world.actor == super::event::Actor::Customer => {}
        _ => return Err(Rejection::rule(Rule::NotAllowed)),
    }
    debug_assert!(rank != Rank::Anybody || matches!(command.body, CommandBody::SetDuty { .. }));
    let cx = Context {
        world,
        command,
        now,
    };
    match &command.body {
        CommandBody::OpenTicket { .. }
        | CommandBody::ReceiveMessage { .. }
        | CommandBody::Reply { .. }
        | CommandBody::Speak { .. }
        | CommandBody::Note { .. }
        | CommandBody::Deliver { .. }
        | CommandBody::Promise { .. }
        | CommandBody::SettlePromise { .. } => words::decide(&cx),
        CommandBody::AddCustomer { .. }
        | CommandBody::AddIdentity { .. }
        | CommandBody::RenameCustomer { .. }
        | CommandBody::SetTier { .. }
        | CommandBody::TagCustomer { .. }
        | CommandBody::SetPreference { .. }
        | CommandBody::MergeCustomer { .. }
        | CommandBody::SplitCustomer { .. }
        | CommandBody::EraseCustomer { .. } => customer::decide(&cx),
        CommandBody::AddUser { .. }
        | CommandBody::SetRole { .. }
        | CommandBody::SetDuty { .. }
        | CommandBody::DisableUser { .. }
        | CommandBody::AddQueue { .. }
        | CommandBody::SetMembers { .. } => site::decide(&cx),
        CommandBody::ProposeLine { .. }
        | CommandBody::ApproveLine { .. }
        | CommandBody::DeclineLine { .. }
        | CommandBody::RetireLine { .. } => line::decide(&cx),
        CommandBody::Review { .. } => review::decide(&cx),
        _ => ticket::decide(&cx),
    }
}

/// What every family of commands works with.
struct Context<'a> {
    world: &'a World,
    command: &'a Command,
    now: Ms,
}

impl Context<'_> {
    /// An event without personal values.
    fn event(&self, stream: impl Into<Stream>, body: impl Into<EventBody>) -> NewEvent {
        NewEvent {
            stream: stream.into(),
            actor: self.world.actor,
            body: body.into(),
            customer: None,
            payload: None,
        }
    }

    /// An event with personal values of `customer`.
    fn personal(
        &self,
        stream: impl Into<Stream>,
        body: impl Into<EventBody>,
        customer: CustomerId,
        payload: Payload,
    ) -> NewEvent {
        let payload = (!payload.is_empty()).then_some(payload);
        NewEvent {
            customer: payload.as_ref().map(|_| customer),
            payload,
            ..self.event(stream, body)
        }
    }

    /// The name that the event at `index` of this command will have.
    fn event_id(&self, index: usize) -> EventId {
        EventId {
            command: self.command.id,
            index: u16::try_from(index).unwrap_or(u16::MAX),
        }
    }
}

/// Refuses with `rule` unless `ok`.
const fn ensure(ok: bool, rule: Rule) -> Result<(), Rejection> {
    if ok {
        Ok(())
    } else {
        Err(Rejection::rule(rule))
    }
}
