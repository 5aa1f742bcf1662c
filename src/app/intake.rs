//! Taking a call: nothing but the text is asked while the caller talks.

use crate::api::desk::Caller;
use crate::domain::ids::{CustomerId, QueueId, TicketId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::Channel;

use super::advice::Guess;
use super::composer::Composer;
use super::line::Line;
use super::state::IntakeField;

/// The call form.
#[derive(Clone, PartialEq, Debug)]
pub struct IntakeState {
    /// The ticket's future id, also the draft's key.
    pub ticket: TicketId,
    /// The customer's future id, if the number turns out to be unknown.
    pub customer: CustomerId,
    /// When the call was taken.
    pub since: Ms,
    /// Which field has the keys.
    pub field: IntakeField,
    /// What the caller says.
    pub text: Composer,
    /// The number, as typed.
    pub number: Line,
    /// The name, as typed.
    pub name: Line,
    /// The queue; absent only while the store has told of none.
    pub queue: Option<QueueId>,
    /// How it came.
    pub channel: Channel,
    /// The generation of the running look-up.
    pub generation: u64,
    /// Whom the number belongs to, perhaps several.
    pub callers: Vec<Caller>,
    /// Which of them was taken.
    pub caller: Option<CustomerId>,
    /// The selected open ticket.
    pub cursor: usize,
    /// The item the words speak of.
    pub guess: Option<Guess>,
    /// Whether it was handed to the outbox; a second Ctrl-S does nothing.
    pub sent: bool,
}

impl IntakeState {
    /// The open tickets of whoever the number belongs to, in the order shown.
    pub fn open_tickets(&self) -> impl Iterator<Item = &std::sync::Arc<crate::api::desk::Row>> {
        self.callers
            .iter()
            .filter(|c| self.caller.is_none_or(|chosen| chosen == c.customer))
            .flat_map(|c| c.open.iter())
    }
}

/// Where the call form's own fields are, for going from one to the next.
pub(super) const FIELDS: [IntakeField; 6] = [
    IntakeField::Text,
    IntakeField::Number,
    IntakeField::Name,
    IntakeField::Queue,
    IntakeField::Channel,
    IntakeField::Tickets,
];
