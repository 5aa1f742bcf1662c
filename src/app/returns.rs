//! What came back from the outbox: the words are kept, the agent chooses.

use crate::api::desk::{DeskRequest, ReturnCause, ReturnChoice, Returned};
use crate::domain::command::CommandBody;
use crate::domain::decide::Rule;
use crate::domain::ids::CommandId;

use super::asking;
use super::cx::{Cx, union};
use super::deciding;
use super::dialog::{Ask, Choice, Pick};
use super::growing;
use super::nav;
use super::notice::{Arg, Msg, Severity};
use super::putting_down;
use super::quality;
use super::state::Pane;

/// The choices for a command that came back. Sending anyway is offered only where it can go through: not over a rule
/// that would speak again, nor with a day word that means another day now.
pub(super) fn choices(cx: &Cx<'_, '_>, id: CommandId) -> Vec<Choice> {
    let items = cx.state.returned.items.iter();
    let Some(item) = items.into_iter().find(|r| r.command.id == id) else {
        return Vec::new();
    };
    let choice = |what, label| Choice {
        pick: Pick::Returned(what),
        label,
    };
    // What has a form of its own goes back there.
    let line = item.command.body.line().is_some() || item.command.body.review().is_some();
    let words = item.command.body.words().is_some() && !line;
    let mut out = Vec::new();
    if words || line {
        out.push(choice(ReturnChoice::Rewrite, Msg::new("returned-rewrite")));
    }
    if putting_down::wants_reason(item) {
        let pick = Pick::GiveReason;
        let label = Msg::new("returned-give-reason");
        out.push(Choice { pick, label });
    }
    match &item.cause {
        ReturnCause::Stale { words: true, .. } => {}
        ReturnCause::Refused { rule, .. } if !may_pass(*rule) => {}
        ReturnCause::Stale {
            recomputed: Some(due),
            ..
        } => {
            let label = Msg::new("returned-send-new-time").with("due", Arg::When(*due));
            out.push(choice(ReturnChoice::SendAnyway, label));
        }
        _ => out.push(choice(
            ReturnChoice::SendAnyway,
            Msg::new("returned-send-anyway"),
        )),
    }
    if words {
        out.push(choice(ReturnChoice::KeepAsNote, Msg::new("returned-note")));
    }
    out.push(choice(ReturnChoice::Discard, Msg::new("returned-discard")));
    out
}

/// Whether a second try against the present state can end otherwise than the first.
const fn may_pass(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Closed
            | Rule::HeldByOther
            | Rule::NotHeld
            | Rule::AfterRefused
            | Rule::NotFound
            | Rule::Open
    )
}

fn find(cx: &Cx<'_, '_>, id: CommandId) -> Option<Returned> {
    let mut items = cx.state.returned.items.iter();
    items.find(|r| r.command.id == id).cloned()
}

/// Asks why a ticket may be put down although a rule spoke against it.
pub(super) fn give_reason(cx: &mut Cx<'_, '_>, id: CommandId) {
    if let Some(item) = find(cx, id) {
        putting_down::returned(cx, &item);
    }
}

/// Does what was chosen.
pub(super) fn choose(cx: &mut Cx<'_, '_>, id: CommandId, choice: ReturnChoice) {
    let Some(item) = find(cx, id) else { return };
    match choice {
        ReturnChoice::Rewrite if item.command.body.line().is_some() => {
            growing::rework(cx, id, &item.command.body);
            deciding::rework(cx, id, &item.command.body);
        }
        ReturnChoice::Rewrite if item.command.body.review().is_some() => {
            quality::rework(cx, id, &item.command.body);
        }
        ReturnChoice::Discard
            if item.command.body.words().is_some() || item.command.body.line().is_some() =>
        {
            let ticket = item.command.body.ticket();
            asking::open_for(cx, Ask::ReturnedDiscard(id), ticket);
        }
        ReturnChoice::Rewrite => rewrite(cx, &item),
        _ => resolve(cx, &item, choice),
    }
}

/// Lets it go, after asking twice.
pub(super) fn discard(cx: &mut Cx<'_, '_>, id: CommandId) {
    if let Some(item) = find(cx, id) {
        resolve(cx, &item, ReturnChoice::Discard);
    }
}

/// What came back was written anew: the old command is let go.
pub(super) fn replaced(cx: &mut Cx<'_, '_>, id: CommandId) {
    if let Some(item) = find(cx, id) {
        order(cx, &item, ReturnChoice::Discard);
    }
}

fn resolve(cx: &mut Cx<'_, '_>, item: &Returned, choice: ReturnChoice) {
    if !order(cx, item, choice) {
        return;
    }
    let key = match choice {
        ReturnChoice::SendAnyway => "notice-sent-again",
        ReturnChoice::Rewrite => "notice-rewrite",
        ReturnChoice::KeepAsNote => "notice-noted",
        ReturnChoice::Discard => "notice-discarded",
    };
    cx.say(Severity::Done, key);
}

/// Asks the store for it, once; tells whether it was asked now.
fn order(cx: &mut Cx<'_, '_>, item: &Returned, choice: ReturnChoice) -> bool {
    if !cx.state.returned.resolving.insert(item.command.id) {
        return false;
    }
    let due = match item.cause {
        ReturnCause::Stale { recomputed, .. } if choice == ReturnChoice::SendAnyway => recomputed,
        _ => None,
    };
    let fresh = (cx.env.ids)();
    cx.ask(DeskRequest::Resolve {
        command: item.command.id,
        choice,
        fresh,
        due,
        at: cx.env.now,
    });
    true
}

/// The words go back into the box. Whatever the store makes of its draft, the box will hold both what stands in it and
/// the words that came back: `rewriting` is joined in when the conversation is here.
fn rewrite(cx: &mut Cx<'_, '_>, item: &Returned) {
    let body = &item.command.body;
    let (Some(words), Some(ticket)) = (body.words(), body.ticket()) else {
        return;
    };
    let words = words.expose().to_owned();
    let opens = matches!(body, CommandBody::OpenTicket { .. });
    resolve(cx, item, ReturnChoice::Rewrite);
    if opens {
        // The store keeps it as a call draft; there is no ticket to show yet.
        return nav::go(cx, super::state::Screen::Drafts);
    }
    cx.state.rewriting = Some((ticket, words));
    nav::open_ticket(cx, ticket);
    let note = matches!(body, CommandBody::Note { .. });
    if let Some(t) = cx.state.ticket.as_mut() {
        t.mode = if note {
            super::ticket::Mode::Note
        } else {
            super::ticket::Mode::Reply
        };
        t.pane = Pane::Compose;
    }
    join_words(cx);
}

/// Joins words that came back into the box of their ticket, once its drafts are in the boxes.
pub(super) fn join_words(cx: &mut Cx<'_, '_>) {
    let Some(t) = cx.state.ticket.as_mut().filter(|t| t.drafts_taken) else {
        return;
    };
    let Some((_, words)) = cx.state.rewriting.take_if(|(id, _)| *id == t.id) else {
        return;
    };
    let words = super::composer::clean(&words);
    let joined = union(t.composer().text(), &words);
    if joined != t.composer().text() {
        *t.composer_mut() = super::composer::Composer::of(&joined, joined.len());
    }
    super::writing::changed(cx);
    super::writing::flush(cx);
}
