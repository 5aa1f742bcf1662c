//! How long a customer waits for the first key of an answer. Patience counts that and the length of what is said, never the
//! time of typing (issue 4), so the desk itself must measure it.

use std::collections::BTreeMap;

use crate::api::desk::EntryKind;
use crate::api::training::Ask;
use crate::app::cx::Cx;
use crate::app::state::State;
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;

/// The tickets looked at, each with the customer's messages on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stopwatch(BTreeMap<TicketId, Mark>);

/// One ticket's last words.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Mark {
    /// How many messages of the customer were on the screen.
    messages: u32,
    /// Since when the last of them.
    since: Ms,
    /// Whether the first key after them was told of.
    told: bool,
}

/// Notes what is on the screen. To be called after every event: a message counts from when it could be read.
pub(in crate::app) fn look(state: &mut State) {
    let now = state.now;
    let Some(ticket) = state.shown() else { return };
    let conversation = state.ticket.as_ref().and_then(|t| t.conversation.as_ref());
    let Some(conversation) = conversation.filter(|c| c.row.ticket.id == ticket) else {
        return;
    };
    let Some(practice) = state.training.as_mut() else {
        return;
    };
    let said = conversation
        .entries
        .iter()
        .filter(|e| e.ticket == ticket && matches!(e.kind, EntryKind::Customer { .. }));
    let messages = u32::try_from(said.count()).unwrap_or(u32::MAX);
    let known = practice.watch.0.get(&ticket);
    if known.is_none_or(|m| m.messages != messages) {
        let mark = Mark {
            messages,
            since: now,
            told: false,
        };
        practice.watch.0.insert(ticket, mark);
    }
}

/// The words of the reply changed: the first change after the customer's words is told.
pub(in crate::app) fn began(cx: &mut Cx<'_, '_>) {
    let now = cx.env.now;
    let Some(ticket) = cx.state.shown() else {
        return;
    };
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let Some(mark) = practice.watch.0.get_mut(&ticket).filter(|m| !m.told) else {
        return;
    };
    mark.told = true;
    let ask = Ask::Began {
        ticket,
        message: mark.messages,
        after_ms: now.minus(mark.since).max(0),
    };
    cx.train(ask);
}
