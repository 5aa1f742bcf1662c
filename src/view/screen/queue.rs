//! The list of tickets. Every row says why it stands there.

use ratatui::layout::Rect;

use crate::api::desk::{List as Shown, Row};
use crate::app::event::Hit;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::lang::Lang;
use crate::domain::rank::Reason;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::text::{SafeText, pad, pad_left, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{field, list::List, strip};
use crate::view::words;

use super::conversation::queue_name;

/// Paints the strip, or the filter while it is typed.
pub fn head(cx: &mut Cx<'_>, area: Rect) {
    match &cx.state.queue.filter {
        Some(line) if !area.is_empty() => {
            let label = cx.t("queue-filter");
            let n = cx.t_args("queue-found", &[("n", cx.state.queue.rows.len().into())]);
            let dim = cx.style(Role::Dim);
            let x = cx.put_right(area, area.y, &n, dim);
            let room = Rect {
                width: x.saturating_sub(area.x + 1),
                ..area
            };
            field::paint(cx, room, &label, line, true);
        }
        _ => strip::paint(cx, area),
    }
}

/// Paints the title of the list and its rows.
pub fn paint(cx: &mut Cx<'_>, frame: Rect, area: Rect, focused: bool) {
    if frame.is_empty() {
        return;
    }
    cx.hit(frame, Hit::QueuePane);
    title(cx, row_of(frame, 0), focused);
    let queue = &cx.state.queue;
    if queue.rows.is_empty() {
        let key = match (queue.loaded, queue.view.words.is_empty()) {
            (false, _) => "queue-loading",
            (true, false) => "queue-nothing-matches",
            (true, true) => "queue-empty",
        };
        let words = cx.t(key);
        let dim = cx.style(Role::Dim);
        let place = row_of(area, usize::from(area.height > 2));
        cx.put_cut(place, place.x + 1, place.y, &words, dim);
        return;
    }
    let list = List {
        len: queue.rows.len(),
        top: queue.top,
        selected: queue.index,
        focused,
    };
    list.paint(cx, area, |cx, index, place| {
        let row = cx.state.queue.rows.get(index)?;
        let marked = cx.state.queue.marked.contains(&row.ticket.id);
        paint_row(cx, place, row, marked);
        Some(Hit::Row(row.ticket.id))
    });
}

/// Which list it is, by which words it is narrowed, and how many rows it has.
fn title(cx: &mut Cx<'_>, place: Rect, focused: bool) {
    let queue = &cx.state.queue;
    let name = match &queue.view.list {
        Shown::Queue => cx.t("list-queue"),
        Shown::Mine => cx.t("list-mine"),
        Shown::Unassigned => cx.t("list-unassigned"),
        Shown::Of(user) => user_name(cx, *user),
        Shown::InQueue(id) => queue_name(cx, *id),
        Shown::Overdue => cx.t("list-overdue"),
        Shown::DueSoon => cx.t("list-due-soon"),
        Shown::Repeat => cx.t("list-repeat"),
        Shown::PromisesToday => cx.t("list-promises-today"),
        Shown::Drafts => cx.t("list-drafts"),
        Shown::Unread => cx.t("list-unread"),
        Shown::NeedsMe => cx.t("list-needs-me"),
    };
    let style = cx.style(if focused {
        Role::TitleFocus
    } else {
        Role::Title
    });
    let text = if focused {
        format!("[{name}]")
    } else {
        format!(" {name} ")
    };
    let x = cx.put(place, place.x, place.y, &text, style) + 1;
    let (dim, strong) = (cx.style(Role::Dim), cx.style(Role::Strong));
    let at = if queue.rows.is_empty() {
        "0".to_owned()
    } else {
        format!("{}/{}", queue.index + 1, queue.rows.len())
    };
    let x = cx.put(place, x, place.y, &at, dim) + 2;
    if !queue.marked.is_empty() {
        let marked = cx.t_args("queue-marked", &[("n", queue.marked.len().into())]);
        cx.put(place, x, place.y, &marked, strong);
    } else if !queue.view.words.is_empty() {
        let words = SafeText::clean_line(&queue.view.words);
        let narrowed = cx.t_args("queue-narrowed", &[("words", (&words).into())]);
        cx.put_cut(place, x, place.y, &narrowed, strong);
    }
}

fn user_name(cx: &Cx<'_>, id: UserId) -> String {
    let users = cx.state.seat.iter().flat_map(|seat| &seat.users);
    let found = users.into_iter().find(|u| u.id == id);
    found.map_or_else(String::new, |u| SafeText::clean_line(&u.name).to_string())
}

/// Widths of the columns; 0 leaves one out. Fixed by the width of the list alone, never by what stands in it.
struct Columns {
    number: u16,
    caller: u16,
    item: u16,
    due: u16,
    holder: u16,
    excerpt: u16,
}

const fn columns(width: u16) -> Columns {
    let none = Columns {
        number: 0,
        caller: 8,
        item: 0,
        due: 6,
        holder: 0,
        excerpt: 0,
    };
    match width {
        0..=49 => none,
        50..=99 => Columns {
            number: 7,
            caller: 10,
            due: 7,
            holder: 8,
            ..none
        },
        100..=139 => Columns {
            number: 7,
            caller: 12,
            item: 14,
            due: 7,
            holder: 8,
            ..none
        },
        _ => Columns {
            number: 7,
            caller: 12,
            item: 16,
            due: 7,
            holder: 10,
            excerpt: width / 4,
        },
    }
}

fn paint_row(cx: &mut Cx<'_>, place: Rect, row: &Row, marked: bool) {
    let columns = columns(place.width);
    let (now, zone) = (cx.state.now, cx.zone());
    let (text, dim, strong) = (
        cx.style(Role::Text),
        cx.style(Role::Dim),
        cx.style(Role::Strong),
    );
    let reason = if columns.number == 0 {
        words::reason_short(cx.look.locale, &row.rank)
    } else {
        let told = words::reason(cx.look.locale, &row.rank, now, zone);
        cx.timed(told)
    };
    let role = match row.rank.reason {
        ref r if words::is_late(r) => Role::Late,
        ref r if words::is_soon(r) => Role::Soon,
        Reason::Waiting { .. } | Reason::Snoozed { .. } | Reason::Ended => Role::Dim,
        _ => Role::Text,
    };
    let reason_style = cx.style(role);
    let mut x = cx.put(place, place.x, place.y, &marks(row, marked), strong) + 1;
    let mut column = |cx: &mut Cx<'_>, cols: u16, words: &str, style| {
        if cols > 0 {
            cx.put(place, x, place.y, &pad(words, usize::from(cols)), style);
            x += cols + 1;
        }
    };
    column(cx, columns.number, &number(&row.ticket), dim);
    let name = caller(cx, row);
    let style = if row.unread { strong } else { text };
    column(cx, columns.caller, &name, style);
    column(cx, columns.item, &item(cx, &row.ticket), dim);
    let behind = [columns.due, columns.holder, columns.excerpt];
    let taken: u16 = behind.iter().filter(|c| **c > 0).map(|c| c + 1).sum();
    let rest = (place.right()).saturating_sub(x).saturating_sub(taken);
    cx.put(
        place,
        x,
        place.y,
        &truncate(&reason, usize::from(rest)),
        reason_style,
    );
    x += rest + 1;
    let due = instant(row).map(|at| words::countdown(at, now, false));
    let due = due.map_or_else(String::new, |timed| cx.timed(timed));
    let due_style = if due.starts_with('-') {
        cx.style(Role::Late)
    } else {
        text
    };
    cx.put(
        place,
        x,
        place.y,
        &pad_left(&due, usize::from(columns.due)),
        due_style,
    );
    x += columns.due + 1;
    if columns.holder > 0 {
        let holder = truncate(&row.holder, usize::from(columns.holder));
        cx.put(place, x, place.y, &holder, dim);
        x += columns.holder + 1;
    }
    if columns.excerpt > 0 {
        cx.put_cut(place, x, place.y, &row.excerpt.to_line(), dim);
    }
}

/// Three marks: the selection's own column; `!` late, `?` near; `*` new, `d` draft, `~` waits in the outbox, `+` marked.
fn marks(row: &Row, marked: bool) -> String {
    let urgency = match &row.rank.reason {
        r if words::is_late(r) => '!',
        r if words::is_soon(r) => '?',
        _ => ' ',
    };
    let state = match row {
        _ if marked => '+',
        row if row.pending => '~',
        row if row.unread => '*',
        row if row.draft => 'd',
        _ => ' ',
    };
    format!(" {urgency}{state}")
}

/// The instant the row's reason speaks of, for its countdown.
fn instant(row: &Row) -> Option<Ms> {
    match row.rank.reason {
        Reason::PromiseLate { due, .. }
        | Reason::Overdue { due }
        | Reason::StepLate { due, .. }
        | Reason::StepRunning { due, .. }
        | Reason::PromiseSoon { due, .. }
        | Reason::NextContact { due }
        | Reason::DueSoon { due }
        | Reason::Repeat { due, .. }
        | Reason::Due { due } => Some(due),
        Reason::Waiting { until } | Reason::Snoozed { until } => Some(until),
        Reason::Ended => None,
        Reason::Safety | Reason::Urgent | Reason::Unanswered { .. } | Reason::NoCalendar => row.due,
    }
}

/// The number people say, or the mark of a ticket that the server has not numbered yet.
pub fn number(ticket: &Ticket) -> String {
    number_or_mark(ticket.number, ticket.id)
}

/// As [`number`], from its parts.
pub fn number_or_mark(number: Option<u64>, ticket: TicketId) -> String {
    match number {
        Some(number) => format!("#{number}"),
        None => {
            let name = ticket.0.simple().to_string();
            format!("~{}", name.get(27..).unwrap_or_default())
        }
    }
}

/// The caller's name, else the end of their number, else a word.
pub fn caller(cx: &Cx<'_>, row: &Row) -> String {
    if !row.caller.is_empty() {
        return row.caller.to_line().to_string();
    }
    if row.phone_last4.is_empty() {
        return cx.t("caller-unknown");
    }
    format!("..{}", row.phone_last4.to_line())
}

/// The item's name in the desk's language; `?` behind it while only the coach proposed it.
pub fn item(cx: &Cx<'_>, ticket: &Ticket) -> String {
    let Some(id) = &ticket.item else {
        return String::new();
    };
    let name = cx
        .look
        .policy
        .taxonomy
        .item(id)
        .map(|item| match cx.state.settings.lang {
            Lang::Zh => item.zh.as_str(),
            Lang::En => item.en.as_str(),
        });
    let doubt = if ticket.item_confirmed { "" } else { "?" };
    format!("{} {}{doubt}", id.as_str(), name.unwrap_or_default())
}
