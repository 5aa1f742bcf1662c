//! Sending and saying: the only places from which words reach a customer or a record.
//!
//! Every command here names the ticket of the `TicketState` whose conversation is on the screen, never a selection.

use std::ops::Range;

use crate::api::desk::{Entry, EntryKind, Happening, LinkState};
use crate::domain::command::{CommandBody, PromiseDraft};
use crate::domain::ids::PromiseId;
use crate::domain::vocabulary::Channel;
use crate::text::{RawText, SafeText};

use super::advice::{MarkSeverity, Part};
use super::asking;
use super::checking;
use super::cx::Cx;
use super::dialog::Ask;
use super::nav;
use super::notice::{Arg, Msg, Severity};
use super::overriding;
use super::state::{AfterSend, Pane, Screen};
use super::ticket::{Mode, TicketState};
use super::writing;

mod words;

pub use words::{Drafted, drafted};
use words::{Words, fresh, sentence, words};

/// Most characters between the braces of a slot.
const SLOT: usize = 40;

/// The first slot that nobody filled: `{…}` in one line.
#[must_use]
pub fn unfilled(text: &str) -> Option<Range<usize>> {
    for (at, _) in text.match_indices('{') {
        let rest = &text[at + 1..];
        let Some(end) = rest.find(['}', '{', '\n']) else {
            continue;
        };
        let name = &rest[..end];
        if rest[end..].starts_with('}') && !name.trim().is_empty() && name.chars().count() <= SLOT {
            return Some(at..at + end + 2);
        }
    }
    None
}

/// What arrived on this ticket from others since the reply was begun.
pub(super) fn arrived(t: &TicketState, my_name: &SafeText) -> Vec<Msg> {
    let Some(c) = t.conversation.as_deref() else {
        return Vec::new();
    };
    let since = |e: &&Entry| e.ticket == t.id && e.position > t.began_position;
    let theirs = |e: &&Entry| matches!(e.kind, EntryKind::Customer { .. }) || e.who != *my_name;
    let told = |e: &Entry| {
        let key = match &e.kind {
            EntryKind::Customer { .. } => "arrived-customer",
            EntryKind::Reply { .. } => "arrived-reply",
            EntryKind::Spoken => "arrived-spoken",
            EntryKind::Happening(Happening::Closed { .. }) => "arrived-closed",
            EntryKind::Happening(Happening::Transferred { .. }) => "arrived-transferred",
            EntryKind::Happening(Happening::Claimed | Happening::Assigned { .. }) => {
                "arrived-taken"
            }
            _ => return None,
        };
        let line = SafeText::clean_line(&e.text);
        let msg = Msg::new(key).text("who", &e.who).text("text", &line);
        Some(msg.with("at", Arg::When(e.at)))
    };
    let entries = c.entries.iter();
    entries
        .filter(since)
        .filter(theirs)
        .filter_map(told)
        .collect()
}

/// Ctrl-S on the ticket screen.
pub(super) fn send(cx: &mut Cx<'_, '_>) {
    let Some(t) = cx.state.ticket.as_ref() else {
        return;
    };
    if t.conversation.is_none() {
        return cx.say(Severity::Info, "notice-still-loading");
    }
    if t.composer().is_blank() {
        return cx.say(Severity::Info, "notice-nothing-to-send");
    }
    if t.mode == Mode::Note {
        return keep_note(cx);
    }
    checking::read(cx);
    if !sendable(cx) {
        return;
    }
    let name = cx.my_name();
    let mut what = cx
        .state
        .ticket
        .as_ref()
        .map_or_else(Vec::new, |t| arrived(t, &name));
    if let Some(holder) = held_by_other(cx) {
        what.push(Msg::new("arrived-held").text("who", &holder));
    }
    if what.is_empty() {
        send_now(cx);
    } else {
        let spoken = false;
        asking::open(cx, Ask::Arrived { what, spoken });
    }
}

/// The name of a colleague who holds the ticket on the screen.
fn held_by_other(cx: &Cx<'_, '_>) -> Option<SafeText> {
    let c = cx.state.ticket.as_ref()?.conversation.as_ref()?;
    let holder = c.row.ticket.assignee?;
    (Some(holder) != cx.me()).then(|| c.row.holder.clone())
}

/// Whether the reply may leave: no open slot, no blocking rule, no promise whose time has passed. Says why not and puts
/// the caret there.
fn sendable(cx: &mut Cx<'_, '_>) -> bool {
    let now = cx.env.now;
    let Some(t) = cx.state.ticket.as_mut() else {
        return false;
    };
    if let Some(slot) = unfilled(t.reply.text()) {
        let name = SafeText::clean_line(&t.reply.text()[slot.clone()]);
        t.pane = Pane::Compose;
        t.reply.go(slot.start);
        let msg = Msg::new("notice-slot-unfilled").text("slot", &name);
        cx.tell(Severity::Error, msg);
        return false;
    }
    if !overriding::passes(cx) {
        return false;
    }
    let Some(t) = cx.state.ticket.as_mut() else {
        return false;
    };
    let standing = writing::standing(t);
    let parts = standing.iter().filter_map(|p| p.promise.as_ref());
    let late = parts.map(|p| p.due).find(|due| *due <= now);
    if let Some(due) = late {
        let msg = Msg::new("notice-promise-passed").with("due", Arg::When(due));
        cx.tell(Severity::Error, msg);
        return false;
    }
    true
}

/// Sends the reply on the screen. Only [`send`] and the answer to its question lead here.
pub(super) fn send_now(cx: &mut Cx<'_, '_>) {
    let anyway = held_by_other(cx).is_some();
    let Some(Words {
        text,
        acts,
        lines,
        promises,
    }) = words(cx)
    else {
        return;
    };
    let now = cx.env.now;
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    let channel = t.conversation.as_ref().map(|c| c.row.ticket.channel);
    let draft = writing::draft(t, Mode::Reply, now);
    let ticket = t.id;
    let overrides = overriding::needed(t);
    let warned = |m: &&super::advice::Mark| m.severity == MarkSeverity::Warn;
    let warned = t.coach.marks.iter().filter(warned);
    let warned: Vec<String> = warned.map(|m| m.rule.clone()).collect();
    // Sent all the same: the agent knows better here, and is not told twice.
    checking::overridden(cx, ticket, warned);
    let body = CommandBody::Reply {
        ticket,
        channel: written(channel.unwrap_or(Channel::Message)),
        text,
        acts,
        lines,
        promises,
        anyway,
        overrides,
        origin: None,
    };
    cx.submit(vec![body], Some(draft));
    emptied(cx, ticket);
    // Without a line nothing is on its way yet, and the agent says so if the caller asks.
    let waits = matches!(cx.state.link.state, LinkState::Offline { .. });
    let told = if waits {
        "notice-sent-waits"
    } else {
        "notice-sent"
    };
    cx.say(Severity::Done, told);
    after(cx);
}

/// A text cannot be said into a telephone: it goes as a message.
const fn written(channel: Channel) -> Channel {
    match channel {
        Channel::Voice | Channel::Visit | Channel::Api => Channel::Message,
        other => other,
    }
}

/// Empties the reply box of this ticket after its words went out.
fn emptied(cx: &mut Cx<'_, '_>, ticket: crate::domain::ids::TicketId) {
    if let Some(t) = cx.state.ticket.as_mut().filter(|t| t.id == ticket) {
        t.reply = super::composer::Composer::default();
        t.parts.clear();
        t.began_position = 0;
        t.dirty = false;
        t.coach.marks.clear();
        t.coach.said.clear();
        t.coach.overrides.clear();
        t.coach.denied.clear();
    }
    cx.state.replies_begun.retain(|t| *t != ticket);
    cx.presence(Some(ticket), false);
}

fn keep_note(cx: &mut Cx<'_, '_>) {
    let now = cx.env.now;
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    let draft = writing::draft(t, Mode::Note, now);
    let body = CommandBody::Note {
        ticket: t.id,
        text: RawText::new(t.note.text().trim_end()),
    };
    t.note = super::composer::Composer::default();
    t.mode = Mode::Reply;
    t.dirty = false;
    let id = t.id;
    cx.submit(vec![body], Some(draft));
    cx.presence(Some(id), false);
    cx.say(Severity::Done, "notice-noted");
}

/// F7: what stands in the box was said, or, when the box is empty, the line on the reading card. A record of what
/// happened is never held back by a rule.
pub(super) fn mark_said(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Ticket {
        return cx.say(Severity::Info, "notice-open-a-ticket");
    }
    let Some(t) = cx.state.ticket.as_ref() else {
        return;
    };
    if t.conversation.is_none() {
        return cx.say(Severity::Info, "notice-still-loading");
    }
    if t.mode == Mode::Note {
        return cx.say(Severity::Info, "notice-note-not-said");
    }
    if t.reply.is_blank() {
        return say_card(cx);
    }
    if let Some(slot) = unfilled(t.reply.text()) {
        let name = SafeText::clean_line(&t.reply.text()[slot]);
        let msg = Msg::new("notice-slot-unfilled").text("slot", &name);
        return cx.tell(Severity::Error, msg);
    }
    let Some(Words {
        text,
        acts,
        lines,
        promises,
    }) = words(cx)
    else {
        return;
    };
    let now = cx.env.now;
    let Some(t) = cx.state.ticket.as_ref() else {
        return;
    };
    let draft = writing::draft(t, Mode::Reply, now);
    let ticket = t.id;
    let body = CommandBody::Speak {
        ticket,
        text,
        acts,
        lines,
        promises,
    };
    cx.submit(vec![body], Some(draft));
    emptied(cx, ticket);
    cx.say(Severity::Done, "notice-said");
}

fn say_card(cx: &mut Cx<'_, '_>) {
    let Some(t) = cx.state.ticket.as_ref() else {
        return;
    };
    let ticket = t.id;
    let Some(part) = t
        .coach
        .best()
        .and_then(|s| s.parts.get(t.coach.card))
        .cloned()
    else {
        return cx.say(Severity::Info, "notice-no-suggestion");
    };
    if let Some(slot) = unfilled(&part.text) {
        let name = SafeText::clean_line(&part.text[slot]);
        let msg = Msg::new("notice-slot-unfilled").text("slot", &name);
        return cx.tell(Severity::Error, msg);
    }
    let Part {
        text,
        acts,
        promise,
        line,
        ..
    } = part;
    let promise = promise.filter(|(deed, due)| fresh(t, &[], *deed, *due));
    let promises = promise.into_iter().map(|(deed, due)| PromiseDraft {
        promise: PromiseId((cx.env.ids)()),
        deed,
        due,
        sentence: sentence(&text),
    });
    let body = CommandBody::Speak {
        ticket,
        promises: promises.collect(),
        acts,
        lines: vec![line],
        text: RawText::new(text),
    };
    cx.submit(vec![body], None);
    if let Some(t) = cx.state.ticket.as_mut() {
        let parts = t.coach.best().map_or(0, |s| s.parts.len());
        if t.coach.card + 1 < parts {
            t.coach.card += 1;
        } else {
            t.coach.card = 0;
            let lines = t.coach.suggestions.len().max(1);
            t.coach.chosen = (t.coach.chosen + 1) % lines;
        }
    }
    cx.say(Severity::Done, "notice-said");
}

/// What comes after a reply went out, as the desk is set or the agent chose.
fn after(cx: &mut Cx<'_, '_>) {
    let what = cx.state.settings.after_send;
    go_on(cx, what);
}

/// Does what comes after sending.
pub(super) fn go_on(cx: &mut Cx<'_, '_>, what: AfterSend) {
    match what {
        AfterSend::Ask => asking::after_send(cx),
        AfterSend::Stay => {}
        AfterSend::Next => nav::next_ticket(cx),
        AfterSend::Wait => asking::wait_for_customer(cx),
        AfterSend::Close => super::handling::perform(cx, super::action::Action::Close),
    }
}

#[cfg(test)]
mod tests;
