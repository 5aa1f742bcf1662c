//! What `decide` has to see for a command: the caller gathers exactly this into a `World`.

use super::{Command, CommandBody, ReviewAct};
use crate::domain::ids::{CustomerId, EventId, Stream, TicketId, UserId};
use crate::domain::vocabulary::{Duty, Origin};

/// A shopping list for the caller of `decide`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Needs {
    /// Heads to load, if they exist.
    pub streams: Vec<Stream>,
    /// The customer whose other tickets must be at hand (repeat, tier, merge).
    pub tickets_of: Option<CustomerId>,
    /// Load all open tickets of that user (signing off).
    pub held_by: Option<UserId>,
    /// The origins whose stream must be looked up (idempotent import).
    pub origins: Vec<Origin>,
    /// The login whose owner must be looked up.
    pub login: Option<String>,
    /// The queue slug whose owner must be looked up.
    pub slug: Option<String>,
    /// Whether a fresh ticket number must be at hand.
    pub number: bool,
    /// Whether the words must be checked by the coach.
    pub lint: bool,
    /// The reply or spoken record that must be looked up, on its ticket.
    pub said: Option<(TicketId, EventId)>,
}

/// What has to be gathered for this command by that user.
#[must_use]
pub fn needs(command: &Command, user: Option<UserId>) -> Needs {
    let mut n = Needs::default();
    if let Some(user) = user {
        n.streams.push(user.into());
    }
    if let Some(ticket) = command.body.ticket() {
        n.streams.push(ticket.into());
    }
    match &command.body {
        CommandBody::OpenTicket {
            customer,
            queue,
            origin,
            new_customer,
            ..
        } => {
            n.streams
                .extend([Stream::from(*customer), Stream::from(*queue)]);
            n.tickets_of = Some(*customer);
            n.origins.extend(origin.clone());
            n.origins
                .extend(new_customer.as_ref().and_then(|c| c.origin.clone()));
            n.number = true;
        }
        CommandBody::ReceiveMessage { origin, .. } => n.origins.extend(origin.clone()),
        CommandBody::Reply { origin, .. } => {
            n.origins.extend(origin.clone());
            n.lint = true;
        }
        // Putting a ticket down is checked too: the customer must know what comes next (method 3.4, CMT-02).
        CommandBody::Snooze { .. } | CommandBody::Close { .. } => n.lint = true,
        CommandBody::Assign { to, .. } => n.streams.push((*to).into()),
        CommandBody::Transfer { queue, .. } | CommandBody::AddQueue { queue, .. } => {
            n.streams.push((*queue).into())
        }
        CommandBody::SetMembers { queue, members } => {
            n.streams.push((*queue).into());
            n.streams.extend(members.iter().map(|m| Stream::from(*m)));
        }
        CommandBody::Link { other, .. } => n.streams.push((*other).into()),
        CommandBody::Merge { into, .. } => n.streams.push((*into).into()),
        CommandBody::AddCustomer { customer, new } => {
            n.streams.push((*customer).into());
            n.origins.extend(new.origin.clone());
        }
        CommandBody::AddIdentity { customer, .. }
        | CommandBody::RenameCustomer { customer, .. }
        | CommandBody::TagCustomer { customer, .. }
        | CommandBody::SetPreference { customer, .. }
        | CommandBody::EraseCustomer { customer } => n.streams.push((*customer).into()),
        CommandBody::SetTier { customer, .. } => {
            n.streams.push((*customer).into());
            n.tickets_of = Some(*customer);
        }
        CommandBody::MergeCustomer { customer, into }
        | CommandBody::SplitCustomer { customer, into, .. } => {
            n.streams
                .extend([Stream::from(*customer), Stream::from(*into)]);
            n.tickets_of = Some(*customer);
        }
        CommandBody::AddUser { user, login, .. } => {
            n.streams.push((*user).into());
            n.login = Some(login.clone());
        }
        CommandBody::SetRole { user, .. } | CommandBody::DisableUser { user } => {
            n.streams.push((*user).into())
        }
        CommandBody::SetDuty { duty } => n.held_by = (*duty == Duty::Off).then_some(user).flatten(),
        _ => {}
    }
    of_queue(&command.body, &mut n);
    of_line(&command.body, &mut n);
    of_review(&command.body, &mut n);
    n.streams.sort();
    n.streams.dedup();
    n
}

/// What a command about a line of the team needs: the line, the ticket it was said on, and the coach for new words.
fn of_line(body: &CommandBody, n: &mut Needs) {
    n.streams.extend(body.line().map(Stream::from));
    match body {
        CommandBody::ProposeLine { ticket, .. } => {
            n.streams.extend(ticket.map(Stream::from));
            n.lint = true;
        }
        CommandBody::ApproveLine { .. } => n.lint = true,
        _ => {}
    }
}

/// What a command about a review needs: the review, and to rate it the words and their ticket.
fn of_review(body: &CommandBody, n: &mut Needs) {
    n.streams.extend(body.review().map(Stream::from));
    if let CommandBody::Review {
        act: ReviewAct::Rate { ticket, source, .. },
        ..
    } = body
    {
        n.streams.push((*ticket).into());
        n.said = Some((*ticket, *source));
    }
}

/// What a command that makes a queue needs besides its stream.
fn of_queue(body: &CommandBody, n: &mut Needs) {
    if let CommandBody::AddQueue { slug, .. } = body {
        n.slug = Some(slug.clone());
    }
}
