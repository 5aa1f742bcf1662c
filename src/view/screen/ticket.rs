//! The ticket: ident line, tabs, conversation, best line, compose box, side column.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::app::layout::Layout;
use crate::app::state::{Pane, Tab};
use crate::app::ticket::{Mode, TicketState};
use crate::domain::time::Ms;
use crate::text::width::width;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::composer::{self, Dress};
use crate::view::words;

use super::{caller, coach, conversation, hearing, queue};

/// Paints everything of the ticket screen but the queue at its left.
pub fn paint(cx: &mut Cx<'_>, places: &Layout) {
    let Some(ticket) = cx.state.ticket.as_ref() else {
        return;
    };
    ident(cx, places.ident, ticket);
    let tabbed = !places.tabs.is_empty();
    if tabbed {
        tabs(cx, places.tabs, ticket);
        // The tabs of the layout share their place.
        if ticket.tab == Tab::Conversation {
            conversation::paint(cx, places, ticket);
        } else {
            side(cx, places.side, ticket, Some(ticket.tab));
        }
    } else {
        conversation::paint(cx, places, ticket);
        side(cx, places.side, ticket, None);
    }
    coach::best(cx, places.best, ticket);
    compose(cx, places, ticket);
}

/// Caller, number, item, steps, and the next due time at the right: never off the screen.
fn ident(cx: &mut Cx<'_>, area: Rect, ticket: &TicketState) {
    let bar = cx.style(Role::Bar);
    cx.clear(area, bar);
    let Some(conversation) = &ticket.conversation else {
        let words = cx.t(if ticket.not_here {
            "ticket-not-here"
        } else {
            "ticket-loading"
        });
        cx.put_cut(area, area.x + 1, area.y, &words, bar);
        return;
    };
    let row = &conversation.row;
    let mut room = area;
    if let Some((key, due)) = next_due(ticket) {
        let timed = words::countdown(due, cx.state.now, true);
        let count = cx.timed(timed);
        let late = count.starts_with('-');
        let text = format!(" {} {} {count} ", cx.t(key), cx.when(due));
        let style = cx.style(if late {
            Role::StatusAlert
        } else {
            Role::BarKey
        });
        let x = cx.put_right(area, area.y, &text, style);
        room.width = x.saturating_sub(area.x);
    }
    let steps = caller::steps_line(cx, &row.ticket);
    let style = cx.style(Role::BarKey);
    let who = format!(
        " {} {} ",
        queue::caller(cx, row),
        queue::number(&row.ticket)
    );
    let mut x = cx.put(room, room.x, room.y, &who, style) + 1;
    for part in [steps, Some(queue::item(cx, &row.ticket))]
        .into_iter()
        .flatten()
    {
        let cols = u16::try_from(width(&part)).unwrap_or(u16::MAX);
        if part.is_empty() || x.saturating_add(cols) > room.right() {
            continue;
        }
        x = cx.put(room, x, room.y, &part, bar) + 2;
    }
}

/// What is due next on this ticket: a promise, a step, or the target, whichever ends first.
fn next_due(ticket: &TicketState) -> Option<(&'static str, Ms)> {
    let row = &ticket.conversation.as_ref()?.row;
    let promise = row.ticket.next_promise().map(|p| ("due-promise", p.due));
    let target = row.due.map(|due| ("due-target", due));
    promise
        .into_iter()
        .chain(target)
        .min_by_key(|(_, due)| *due)
}

fn tabs(cx: &mut Cx<'_>, area: Rect, ticket: &TicketState) {
    let mut x = area.x;
    for (tab, key) in [
        (Tab::Conversation, "tab-conversation"),
        (Tab::Customer, "tab-customer"),
        (Tab::Coach, "tab-coach"),
    ] {
        let shown = tab == ticket.tab;
        let style = cx.style(if shown { Role::TitleFocus } else { Role::Title });
        let name = cx.t(key);
        let text = if shown {
            format!("[{name}]")
        } else {
            format!(" {name} ")
        };
        let end = cx.put(area, x, area.y, &text, style);
        cx.hit(
            Rect::new(x, area.y, end.saturating_sub(x), 1),
            Hit::Tab(tab),
        );
        x = end + 1;
    }
}

fn side(cx: &mut Cx<'_>, area: Rect, ticket: &TicketState, tab: Option<Tab>) {
    if area.is_empty() {
        return;
    }
    cx.hit(area, Hit::Side);
    let inner = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let mut block = Block::new(inner.width);
    if tab != Some(Tab::Coach) {
        caller::lines(cx, &mut block, ticket);
    }
    if tab != Some(Tab::Customer) {
        hearing::lines(cx, &mut block, ticket);
        coach::lines(cx, &mut block, ticket);
    }
    let focused = ticket.pane == Pane::Side;
    if focused && tab.is_none() {
        let style = cx.style(Role::TitleFocus);
        for y in area.top()..area.bottom() {
            cx.put(area, area.x, y, "|", style);
        }
    }
    block.paint(cx, inner, ticket.side_top);
    let below = block
        .len()
        .saturating_sub(ticket.side_top + usize::from(inner.height));
    if below > 0 {
        let last = row_of(inner, usize::from(inner.height) - 1);
        let text = cx.t_args("more-below", &[("n", below.into())]);
        let dim = cx.style(Role::Dim);
        cx.put_right(last, last.y, &format!(" {text}"), dim);
    }
}

fn compose(cx: &mut Cx<'_>, places: &Layout, ticket: &TicketState) {
    let Some(conversation) = &ticket.conversation else {
        return;
    };
    let who = queue::caller(cx, &conversation.row);
    let calling = cx.state.call.is_some_and(|call| call.ticket == ticket.id);
    let channel = cx.t(&format!(
        "channel-{}",
        conversation.row.ticket.channel.as_str()
    ));
    let (title, placeholder, title_role, frame_role, border) = match ticket.mode {
        Mode::Reply => (
            cx.t_args(
                "compose-reply",
                &[("who", who.into()), ("channel", channel.into())],
            ),
            cx.t(if calling {
                "compose-reply-hint-call"
            } else {
                "compose-reply-hint"
            }),
            Role::ReplyTitle,
            Role::ReplyFrame,
            "|",
        ),
        Mode::Note => (
            cx.t("compose-note"),
            cx.t("compose-note-hint"),
            Role::NoteTitle,
            Role::NoteFrame,
            "#",
        ),
    };
    let aside = if ticket.composer().is_blank() {
        String::new()
    } else {
        let n = ticket.composer().text().chars().count();
        let saved = if ticket.dirty {
            "compose-unsaved"
        } else {
            "compose-saved"
        };
        let promise = match ticket.mode {
            Mode::Reply => coach::promise_aside(cx, ticket),
            Mode::Note => None,
        };
        let length = cx.t_args("compose-length", &[("n", n.into())]);
        let parts = promise.into_iter().chain([length, cx.t(saved)]);
        parts.collect::<Vec<_>>().join("  ")
    };
    let dress = Dress {
        title: &title,
        aside: &aside,
        title_role,
        frame_role,
        border,
        placeholder: &placeholder,
        focused: ticket.pane == Pane::Compose && cx.state.overlays.is_empty(),
        marks: match ticket.mode {
            Mode::Reply => &ticket.coach.marks,
            Mode::Note => &[],
        },
    };
    composer::paint(
        cx,
        places.compose,
        places.compose_text,
        ticket.composer(),
        &dress,
    );
}
