//! What an answer to a question does.

use crate::domain::command::CommandBody;
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Duty, PromiseState};

use super::asking::open_for;
use super::cx::Cx;
use super::dialog::{Ask, Dialog, Pick};
use super::notice::{Msg, Severity};
use super::state::{Overlay, Screen};
use super::{overriding, putting_down, returns, sending, session, when, writing};

/// Takes the answer to the question on top and closes it; an answer that cannot be read leaves it open.
pub(super) fn answer(cx: &mut Cx<'_, '_>, pick: Pick) {
    let Some(Overlay::Dialog(dialog)) = cx.state.overlays.last() else {
        return;
    };
    let dialog = dialog.as_ref().clone();
    let pick = match read_typed(cx, &dialog, pick) {
        Ok(pick) => pick,
        Err(key) => return cx.say(Severity::Warning, key),
    };
    cx.state.overlays.pop();
    if common(cx, &dialog.ask, &pick) {
        return;
    }
    match dialog.ticket {
        Some(ticket) => on_ticket(cx, dialog, pick, ticket),
        None => elsewhere(cx, dialog, pick),
    }
}

/// A typed time becomes an instant.
fn read_typed(cx: &Cx<'_, '_>, dialog: &Dialog, pick: Pick) -> Result<Pick, &'static str> {
    if pick != Pick::Typed
        || matches!(
            dialog.ask,
            Ask::Tags | Ask::Override { .. } | Ask::PutDown(_)
        )
    {
        return Ok(pick);
    }
    let words = dialog.input.as_ref().map_or("", |l| l.text());
    let time = when::parse(words, cx.env.now, cx.env.policy);
    time.map(Pick::Time).ok_or("notice-time-not-read")
}

/// Answers that are a wish of the ticket and nothing more.
fn plain(ask: &Ask, pick: &Pick, ticket: TicketId) -> Option<(CommandBody, &'static str)> {
    Some(match (ask, pick.clone()) {
        (Ask::Transfer, Pick::Queue(queue)) => (
            CommandBody::Transfer { ticket, queue },
            "notice-transferred",
        ),
        (Ask::Priority, Pick::Priority(priority)) => (
            CommandBody::SetPriority { ticket, priority },
            "notice-priority-set",
        ),
        (Ask::Classify, Pick::Item(Some(item))) => {
            (CommandBody::Classify { ticket, item }, "notice-classified")
        }
        (Ask::Reopen, Pick::Reopen(reason)) => {
            (CommandBody::Reopen { ticket, reason }, "notice-reopened")
        }
        _ => return None,
    })
}

fn on_ticket(cx: &mut Cx<'_, '_>, dialog: Dialog, pick: Pick, ticket: TicketId) {
    if let Some((body, done)) = plain(&dialog.ask, &pick, ticket) {
        return wish(cx, body, done);
    }
    match (dialog.ask.clone(), pick) {
        (Ask::CloseReason, Pick::CloseReason(reason)) => {
            open_for(cx, Ask::CloseItem(reason), Some(ticket));
        }
        (Ask::CloseItem(reason), Pick::Item(item)) => {
            let body = CommandBody::Close {
                ticket,
                reason,
                item,
                overrides: Vec::new(),
            };
            putting_down::put_down(cx, ticket, body);
        }
        (Ask::WaitReason, Pick::WaitReason(reason)) => {
            open_for(cx, Ask::WaitUntil(reason), Some(ticket));
        }
        (Ask::WaitUntil(reason), Pick::Time(next_contact)) => {
            let body = CommandBody::Wait {
                ticket,
                reason,
                next_contact,
            };
            ahead(cx, next_contact, body, "notice-waiting");
        }
        (Ask::Snooze, Pick::Time(until)) => {
            let body = CommandBody::Snooze {
                ticket,
                until,
                overrides: Vec::new(),
            };
            if until > cx.env.now {
                putting_down::put_down(cx, ticket, body);
            } else {
                cx.say(Severity::Warning, "notice-time-passed");
            }
        }
        (Ask::Tags, Pick::Typed) => tags(cx, &dialog, ticket),
        (Ask::Assign(tickets), Pick::User(to)) => assign(cx, tickets, to),
        (Ask::Promise, Pick::Promise(promise)) => {
            open_for(cx, Ask::PromiseState(promise), Some(ticket));
        }
        (Ask::PromiseState(promise), Pick::PromiseState(state)) => {
            settle(cx, ticket, promise, state);
        }
        (Ask::Arrived { .. }, Pick::Yes) if cx.state.shown() == Some(ticket) => {
            sending::send_now(cx);
        }
        (Ask::Arrived { .. }, Pick::No) => read_first(cx, ticket),
        (Ask::Part, Pick::Part(at)) if cx.state.shown() == Some(ticket) => {
            writing::insert_part(cx, at);
        }
        (Ask::Override { rule }, pick) => {
            let typed = dialog.input.as_ref().map_or("", |l| l.text());
            overriding::answered(cx, ticket, rule, pick, typed);
        }
        (Ask::PutDown(what), pick) => {
            let typed = dialog.input.as_ref().map_or("", |l| l.text());
            putting_down::answered(cx, ticket, *what, pick, typed);
        }
        (Ask::Discard, Pick::Yes) if cx.state.shown() == Some(ticket) => discard(cx),
        _ => {}
    }
}

fn assign(cx: &mut Cx<'_, '_>, tickets: Vec<TicketId>, to: crate::domain::ids::UserId) {
    let n = tickets.len();
    let one = |ticket| CommandBody::Assign { ticket, to };
    cx.submit_each(tickets.into_iter().map(one).collect());
    cx.state.queue.marked.clear();
    cx.tell(
        Severity::Done,
        Msg::new("notice-assigned").number("count", n),
    );
}

fn elsewhere(cx: &mut Cx<'_, '_>, dialog: Dialog, pick: Pick) {
    match (dialog.ask, pick) {
        (Ask::Duty, Pick::Duty(duty)) => {
            writing::flush(cx);
            cx.submit(vec![CommandBody::SetDuty { duty }], None);
            let off = duty == Duty::Off;
            cx.say(
                Severity::Done,
                if off {
                    "notice-signed-off"
                } else {
                    "notice-duty-set"
                },
            );
        }
        (Ask::Quit(_), Pick::Yes) => session::quit_now(cx),
        (Ask::Quit(_), Pick::Duty(duty)) => session::sign_off_and_quit(cx, duty),
        (Ask::Discard, Pick::Yes) if cx.state.screen == Screen::Intake => super::calls::discard(cx),
        _ => {}
    }
}

/// Answers that belong to no ticket but may have been asked on one.
fn common(cx: &mut Cx<'_, '_>, ask: &Ask, pick: &Pick) -> bool {
    match (ask, pick) {
        (Ask::AfterSend, Pick::AfterSend(what)) => {
            let asked_each_time = cx.state.settings.after_send == super::state::AfterSend::Ask;
            let asks = *what == super::state::AfterSend::Ask;
            if asked_each_time && !asks {
                sending::go_on(cx, *what);
            } else {
                cx.state.settings.after_send = *what;
                cx.say(Severity::Done, "notice-after-send-set");
            }
        }
        (Ask::Returned(id), Pick::Returned(choice)) => returns::choose(cx, *id, *choice),
        (Ask::Returned(id), Pick::GiveReason) => returns::give_reason(cx, *id),
        (Ask::ReturnedDiscard(id), Pick::Yes) => returns::discard(cx, *id),
        (Ask::IntakeQueue, Pick::Queue(queue)) => {
            if let Some(i) = cx.state.intake.as_mut() {
                i.queue = Some(*queue);
            }
        }
        (Ask::IntakeCaller, Pick::Caller(who)) => super::calls::chosen(cx, *who),
        (Ask::IntakeChannel, Pick::Channel(channel)) => {
            if let Some(i) = cx.state.intake.as_mut() {
                i.channel = *channel;
            }
        }
        _ => return false,
    }
    true
}

fn wish(cx: &mut Cx<'_, '_>, body: CommandBody, done: &str) {
    cx.submit(vec![body], None);
    cx.say(Severity::Done, done);
}

fn ahead(cx: &mut Cx<'_, '_>, at: Ms, body: CommandBody, done: &str) {
    if at > cx.env.now {
        wish(cx, body, done);
    } else {
        cx.say(Severity::Warning, "notice-time-passed");
    }
}

/// Words with a minus in front go, the others come.
fn tags(cx: &mut Cx<'_, '_>, dialog: &Dialog, ticket: TicketId) {
    let words = dialog.input.as_ref().map_or("", |l| l.text());
    let words = words.split([' ', ',', '，', '、', '\u{3000}']);
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for word in words.map(str::trim).filter(|w| !w.is_empty()).take(32) {
        match word.strip_prefix(['-', '－']) {
            Some(gone) => remove.push(gone.to_owned()),
            None => add.push(word.to_owned()),
        }
    }
    let body = CommandBody::Tag {
        ticket,
        add,
        remove,
    };
    wish(cx, body, "notice-tagged");
}

/// A kept promise is proved by our latest contact on this ticket.
fn settle(
    cx: &mut Cx<'_, '_>,
    ticket: TicketId,
    promise: crate::domain::ids::PromiseId,
    state: PromiseState,
) {
    use crate::api::desk::EntryKind;
    let shown = cx.state.ticket.as_ref().filter(|t| t.id == ticket);
    let entries = shown.and_then(|t| t.conversation.as_ref());
    let ours = |k: &EntryKind| matches!(k, EntryKind::Reply { .. } | EntryKind::Spoken);
    let evidence = entries.and_then(|c| {
        let mut own = c.entries.iter().rev();
        own.find(|e| e.ticket == ticket && ours(&e.kind))
            .map(|e| e.id)
    });
    if state == PromiseState::Kept && evidence.is_none() {
        return cx.say(Severity::Warning, "notice-no-evidence");
    }
    let body = CommandBody::SettlePromise {
        ticket,
        promise,
        state,
        evidence: evidence.filter(|_| state == PromiseState::Kept),
    };
    wish(cx, body, "notice-promise-settled");
}

/// The agent reads what arrived; from here on it counts as seen, and the reply stays as it is.
fn read_first(cx: &mut Cx<'_, '_>, ticket: TicketId) {
    if let Some(t) = cx.state.ticket.as_mut().filter(|t| t.id == ticket) {
        t.began_position = writing::position(t);
        t.timeline.to_last();
        t.dirty = true;
    }
    writing::flush(cx);
}

fn discard(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Ticket {
        return;
    }
    if let Some(t) = cx.state.ticket.as_mut() {
        // Emptied as one step of undo: a slip of the hand can still be taken back.
        t.composer_mut().clear();
    }
    writing::changed(cx);
    writing::flush(cx);
    cx.say(Severity::Done, "notice-discarded");
}
