//! Who may do what. Checked at the server for every command, whatever a desk shows; the desk uses the same table to grey out.

use super::command::{CommandBody, ReviewAct};
use super::people::Queue;
use super::vocabulary::Role;

impl Role {
    /// Whether the role sees and works every queue of the site.
    #[must_use]
    pub const fn sees_all_queues(self) -> bool {
        matches!(
            self,
            Self::Lead | Self::Manager | Self::Admin | Self::Trainer
        )
    }

    /// Whether the role may hand work to others.
    #[must_use]
    pub const fn leads(self) -> bool {
        matches!(self, Self::Lead | Self::Manager | Self::Admin)
    }

    /// Whether the role reviews what others said (method 3.14).
    #[must_use]
    pub const fn rates(self) -> bool {
        self.leads() || matches!(self, Self::Trainer)
    }

    /// Whether the role sees personal values in clear (method 2g; trainers work with masked values).
    #[must_use]
    pub const fn sees_personal(self) -> bool {
        !matches!(self, Self::Trainer)
    }
}

/// The rank a command asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rank {
    /// Everybody on the floor but trainers.
    Works,
    /// Leads, managers, admins.
    Leads,
    /// Leads, managers, admins, trainers: who reviews.
    Rates,
    /// Managers and admins.
    Manages,
    /// Admins only.
    Administers,
    /// Everybody with an account.
    Anybody,
}

/// The rank that this command asks for.
#[must_use]
pub const fn rank_for(body: &CommandBody) -> Rank {
    match body {
        CommandBody::Assign { .. }
        | CommandBody::SetTier { .. }
        | CommandBody::SetMembers { .. }
        | CommandBody::ApproveLine { .. }
        | CommandBody::DeclineLine { .. }
        | CommandBody::RetireLine { .. } => Rank::Leads,
        CommandBody::EraseCustomer { .. } => Rank::Manages,
        CommandBody::AddUser { .. }
        | CommandBody::SetRole { .. }
        | CommandBody::DisableUser { .. }
        | CommandBody::AddQueue { .. } => Rank::Administers,
        CommandBody::SetDuty { .. } => Rank::Anybody,
        CommandBody::Review { act, .. } => match act {
            ReviewAct::Rate { .. } | ReviewAct::Agree { .. } => Rank::Rates,
            ReviewAct::Appeal { .. } => Rank::Works,
            ReviewAct::Answer { .. } => Rank::Leads,
        },
        _ => Rank::Works,
    }
}

/// Whether `role` reaches `rank`.
#[must_use]
pub const fn reaches(role: Role, rank: Rank) -> bool {
    match rank {
        Rank::Anybody => true,
        Rank::Works => !matches!(role, Role::Trainer),
        Rank::Leads => role.leads(),
        Rank::Rates => role.rates(),
        Rank::Manages => matches!(role, Role::Manager | Role::Admin),
        Rank::Administers => matches!(role, Role::Admin),
    }
}

/// Whether somebody of `role` may see the tickets of `queue`.
#[must_use]
pub fn sees(role: Role, user: super::ids::UserId, queue: &Queue) -> bool {
    role.sees_all_queues() || queue.members.contains(&user)
}
