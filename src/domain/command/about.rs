//! What a command is about: its ticket, its playbook line, the words in it, and whether it states a fact.

use super::{CommandBody, ReviewAct};
use crate::domain::ids::{LineId, ReviewId, TicketId};
use crate::text::RawText;

impl CommandBody {
    /// The ticket a command is about, if it is about one.
    #[must_use]
    pub const fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::OpenTicket { ticket, .. }
            | Self::ReceiveMessage { ticket, .. }
            | Self::Reply { ticket, .. }
            | Self::Speak { ticket, .. }
            | Self::Note { ticket, .. }
            | Self::Deliver { ticket, .. }
            | Self::Claim { ticket }
            | Self::Release { ticket }
            | Self::Assign { ticket, .. }
            | Self::Transfer { ticket, .. }
            | Self::Wait { ticket, .. }
            | Self::Resume { ticket }
            | Self::Snooze { ticket, .. }
            | Self::SetPriority { ticket, .. }
            | Self::Tag { ticket, .. }
            | Self::Classify { ticket, .. }
            | Self::Promise { ticket, .. }
            | Self::SettlePromise { ticket, .. }
            | Self::Close { ticket, .. }
            | Self::Reopen { ticket, .. }
            | Self::Link { ticket, .. }
            | Self::Merge { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }

    /// The playbook line a command is about, if it is about one.
    #[must_use]
    pub const fn line(&self) -> Option<LineId> {
        match self {
            Self::ProposeLine { line, .. }
            | Self::ApproveLine { line, .. }
            | Self::DeclineLine { line, .. }
            | Self::RetireLine { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// The review a command is about, if it is about one.
    #[must_use]
    pub const fn review(&self) -> Option<ReviewId> {
        match self {
            Self::Review { review, .. } => Some(*review),
            _ => None,
        }
    }

    /// The words that a person typed and that must never be lost, whatever becomes of the command.
    #[must_use]
    pub const fn words(&self) -> Option<&RawText> {
        match self {
            Self::OpenTicket { text, .. }
            | Self::ReceiveMessage { text, .. }
            | Self::Reply { text, .. }
            | Self::Speak { text, .. }
            | Self::Note { text, .. }
            | Self::ProposeLine { text, .. } => Some(text),
            Self::Review { act, .. } => Some(match act {
                ReviewAct::Rate { note, .. } | ReviewAct::Agree { note, .. } => note,
                ReviewAct::Appeal { text } | ReviewAct::Answer { text, .. } => text,
            }),
            _ => None,
        }
    }

    /// Whether the command states what happened and is therefore never refused for being late (design 1).
    #[must_use]
    pub const fn is_fact(&self) -> bool {
        matches!(
            self,
            Self::OpenTicket { .. }
                | Self::ReceiveMessage { .. }
                | Self::Speak { .. }
                | Self::Note { .. }
                | Self::Deliver { .. }
                | Self::Promise { .. }
                | Self::SettlePromise { .. }
                | Self::AddCustomer { .. }
                | Self::AddIdentity { .. }
                | Self::RenameCustomer { .. }
                | Self::SetPreference { .. }
                | Self::SetDuty { .. }
        )
    }
}
