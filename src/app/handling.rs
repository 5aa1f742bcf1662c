//! What is done with a ticket: taken, given, moved, waited with, closed. Each order names its ticket when it is given.

use crate::api::desk::DeskRequest;
use crate::domain::command::CommandBody;
use crate::domain::ids::TicketId;
use crate::text::SafeText;

use super::action::Action;
use super::asking;
use super::cx::Cx;
use super::dialog::Ask;
use super::effect::Effect;
use super::notice::{Msg, Severity};
use super::state::{Pane, Screen};

/// The ticket an order is about: the one on the screen, or the selected one in a list.
pub(super) fn target(cx: &Cx<'_, '_>) -> Option<TicketId> {
    match cx.state.screen {
        Screen::Ticket => {
            let t = cx.state.ticket.as_ref()?;
            match t.pane {
                Pane::Queue => cx.state.queue.selected,
                _ => Some(t.id),
            }
        }
        Screen::Queue if !cx.state.queue.displaced(cx.env.now) => cx.state.queue.selected,
        _ => None,
    }
}

/// Carries a ticket order out.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    let Some(ticket) = target(cx) else {
        return cx.say(Severity::Info, "notice-open-a-ticket");
    };
    let wish = |body: CommandBody, cx: &mut Cx<'_, '_>, done: &str| {
        cx.submit(vec![body], None);
        cx.say(Severity::Done, done);
    };
    match action {
        Action::Claim => wish(CommandBody::Claim { ticket }, cx, "notice-claimed"),
        Action::Release => wish(CommandBody::Release { ticket }, cx, "notice-released"),
        Action::Resume => wish(CommandBody::Resume { ticket }, cx, "notice-resumed"),
        Action::TakeOver => take_over(cx, ticket),
        Action::Assign => assign(cx, ticket),
        Action::Close => asking::open(cx, Ask::CloseReason),
        Action::Wait => asking::open(cx, Ask::WaitReason),
        Action::Snooze => asking::open(cx, Ask::Snooze),
        Action::Transfer => asking::open(cx, Ask::Transfer),
        Action::Priority => asking::open(cx, Ask::Priority),
        Action::Tags => asking::open(cx, Ask::Tags),
        Action::Classify => asking::open(cx, Ask::Classify),
        Action::Reopen => asking::open(cx, Ask::Reopen),
        Action::SettlePromise => asking::open(cx, Ask::Promise),
        Action::Older => older(cx),
        Action::CopyNumber => copy_number(cx),
        _ => {}
    }
}

fn take_over(cx: &mut Cx<'_, '_>, ticket: TicketId) {
    if !cx.leads() {
        return;
    }
    if let Some(to) = cx.me() {
        cx.submit(vec![CommandBody::Assign { ticket, to }], None);
        cx.say(Severity::Done, "notice-taken-over");
    }
}

fn assign(cx: &mut Cx<'_, '_>, ticket: TicketId) {
    if !cx.leads() {
        return;
    }
    let queue = &cx.state.queue;
    let many = cx.state.screen == Screen::Queue && !queue.marked.is_empty();
    let tickets = if many {
        // In the order of the list, so that the outbox reads like it.
        let rows = queue.rows.iter().map(|r| r.ticket.id);
        rows.filter(|id| queue.marked.contains(id)).collect()
    } else {
        vec![ticket]
    };
    asking::open(cx, Ask::Assign(tickets));
}

fn older(cx: &mut Cx<'_, '_>) {
    let more = cx
        .state
        .ticket
        .as_ref()
        .and_then(|t| t.conversation.as_ref());
    if !more.is_some_and(|c| c.more) {
        return cx.say(Severity::Info, "notice-no-older");
    }
    let generation = cx.state.next_generation();
    cx.ask(DeskRequest::Older { generation });
}

fn copy_number(cx: &mut Cx<'_, '_>) {
    let row = cx
        .state
        .ticket
        .as_ref()
        .and_then(|t| t.conversation.as_ref());
    match row.and_then(|c| c.row.ticket.number) {
        Some(number) => {
            let text = SafeText::clean_line(&number.to_string());
            cx.tell(
                Severity::Done,
                Msg::new("notice-copied").text("text", &text),
            );
            cx.fx.push(Effect::CopyText(text));
        }
        None => cx.say(Severity::Info, "notice-no-number-yet"),
    }
}
