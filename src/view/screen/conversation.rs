//! The conversation: one timeline of this customer over all tickets. Who, when, by which channel, in which state.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::api::desk::{Entry, EntryKind, Happening};
use crate::app::event::Hit;
use crate::app::layout::Layout;
use crate::app::state::Pane;
use crate::app::ticket::TicketState;
use crate::app::timeline::Part;
use crate::domain::ids::TicketId;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Delivery;
use crate::text::SafeText;
use crate::text::width::width;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::words;

use super::queue::number_or_mark;

/// Paints the conversation with its title.
pub fn paint(cx: &mut Cx<'_>, places: &Layout, ticket: &TicketState) {
    let frame = places.timeline;
    if frame.is_empty() {
        return;
    }
    cx.hit(frame, Hit::Timeline);
    title(cx, row_of(frame, 0), ticket);
    let Some(conversation) = &ticket.conversation else {
        let key = if ticket.not_here {
            "ticket-not-here-do"
        } else {
            "ticket-loading"
        };
        let (words, dim) = (cx.t(key), cx.style(Role::Dim));
        let place = row_of(places.timeline_text, 0);
        cx.put_cut(place, place.x, place.y, &words, dim);
        return;
    };
    for (at, row) in ticket.timeline.visible().iter().enumerate() {
        let place = row_of(places.timeline_text, at);
        let Some(entry) = conversation.entries.get(row.entry) else {
            break;
        };
        if place.is_empty() {
            break;
        }
        self::row(
            cx,
            place,
            (conversation.row.ticket.id, entry),
            &row.part,
            None,
        );
        if let Part::Text(range) = &row.part {
            evidence(cx, place, ticket, entry, range);
        }
    }
}

/// Paints one row of an entry of this ticket's conversation, its mark at the edge; `own` is a mark of its own.
pub(super) fn row(
    cx: &mut Cx<'_>,
    place: Rect,
    (ticket, entry): (TicketId, &Entry),
    part: &Part,
    own: Option<&str>,
) {
    cx.painted.rows_formatted += 1;
    let (role, mark) = dress(entry);
    let mark = own.unwrap_or(mark);
    let edge = Rect {
        x: place.x.saturating_sub(1),
        width: 1,
        ..place
    };
    let style = cx.style(role);
    match part {
        Part::Gap => {}
        Part::Head => {
            cx.put(edge, edge.x, edge.y, mark, style);
            head(cx, place, ticket, entry);
        }
        Part::Text(range) => {
            cx.put(edge, edge.x, edge.y, mark, style);
            let words = entry.text.get(range.clone()).unwrap_or_default();
            let style = text_style(cx, entry);
            cx.put(place, place.x, place.y, words, style);
        }
        Part::Files => {
            let files = SafeText::join(&entry.attachments, ", ");
            let words = cx.t_args("timeline-files", &[("names", (&files.to_line()).into())]);
            let dim = cx.style(Role::Dim);
            cx.put_cut(place, place.x, place.y, &words, dim);
        }
    }
}

/// Marks the words by which the coach heard what it heard.
fn evidence(
    cx: &mut Cx<'_>,
    place: Rect,
    ticket: &TicketState,
    entry: &Entry,
    row: &std::ops::Range<usize>,
) {
    let mut all = ticket.coach.hearing.evidence.iter();
    let Some((_, spans)) = all.find(|(id, _)| *id == entry.id) else {
        return;
    };
    let style = cx.style(Role::Evidence);
    for span in spans {
        let (from, to) = (span.start.max(row.start), span.end.min(row.end));
        let head = entry.text.get(row.start..from);
        let (Some(head), Some(body)) = (head, entry.text.get(from..to).filter(|_| from < to))
        else {
            continue;
        };
        let cols = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
        let words = Rect {
            x: place.x.saturating_add(cols(head)),
            width: cols(body),
            ..place
        };
        cx.tint(words.intersection(place), style);
    }
}

fn title(cx: &mut Cx<'_>, place: Rect, ticket: &TicketState) {
    let focused = ticket.pane == Pane::Timeline;
    let style = cx.style(if focused {
        Role::TitleFocus
    } else {
        Role::Title
    });
    let name = cx.t("pane-conversation");
    let text = if focused {
        format!("[{name}]")
    } else {
        format!(" {name} ")
    };
    let mut x = cx.put(place, place.x, place.y, &text, style) + 1;
    let dim = cx.style(Role::Dim);
    if let Some(conversation) = &ticket.conversation {
        let key = match (conversation.more, conversation.more_offline) {
            (_, true) => Some("timeline-older-offline"),
            (true, false) => Some("timeline-older"),
            (false, false) => None,
        };
        if let Some(key) = key {
            let words = cx.t(key);
            x = cx.put(place, x, place.y, &words, dim) + 1;
        }
        for viewer in conversation.viewers.iter().flatten() {
            let key = if viewer.writing {
                "viewer-writing"
            } else {
                "viewer-reading"
            };
            let words = cx.t_args(key, &[("name", (&viewer.name.to_line()).into())]);
            let style = cx.style(if viewer.writing {
                Role::Late
            } else {
                Role::Info
            });
            x = cx.put(place, x, place.y, &words, style) + 1;
        }
    }
    let below = ticket.timeline.below();
    if below > 0 {
        let words = cx.t_args("more-below", &[("n", below.into())]);
        let room = Rect {
            x,
            width: place.right().saturating_sub(x),
            ..place
        };
        cx.put_right(room, place.y, &words, dim);
    }
}

/// The role of an entry and the mark at its edge: notes are told apart by their mark, not by colour alone.
const fn dress(entry: &Entry) -> (Role, &'static str) {
    match &entry.kind {
        EntryKind::Customer { .. } => (Role::Customer, "<"),
        EntryKind::Reply { .. } => (Role::Reply, ">"),
        EntryKind::Spoken => (Role::Spoken, ">"),
        EntryKind::Note => (Role::Note, "#"),
        EntryKind::Happening(Happening::DeliveryFailed) => (Role::Failed, "!"),
        EntryKind::Happening(_) | EntryKind::NeedsNewer => (Role::Happening, "-"),
    }
}

fn text_style(cx: &Cx<'_>, entry: &Entry) -> Style {
    cx.style(match entry.kind {
        _ if entry.pending => Role::Pending,
        EntryKind::Note => Role::Note,
        EntryKind::Happening(_) | EntryKind::NeedsNewer => Role::Dim,
        _ => Role::Text,
    })
}

fn head(cx: &mut Cx<'_>, place: Rect, ticket: TicketId, entry: &Entry) {
    let (role, _) = dress(entry);
    let (style, dim) = (cx.style(role), cx.style(Role::Dim));
    let at = cx.when(entry.at);
    let mut x = cx.put(place, place.x, place.y, &at, dim) + 1;
    let who = match &entry.who {
        who if who.is_empty() => cx.t("who-system"),
        who => who.to_line().to_string(),
    };
    x = cx.put(place, x, place.y, &who, style) + 1;
    let (what, what_role) = kind(cx, entry);
    let what_style = cx.style(what_role);
    x = cx.put_cut(place, x, place.y, &what, what_style) + 1;
    if entry.ticket != ticket {
        let number = number_or_mark(entry.number, entry.ticket);
        x = cx.put(place, x, place.y, &number, dim) + 1;
    }
    if entry.pending {
        let (words, style) = (cx.t("entry-pending"), cx.style(Role::Pending));
        cx.put(place, x, place.y, &words, style);
    }
}

/// What an entry is, in words.
fn kind(cx: &Cx<'_>, entry: &Entry) -> (String, Role) {
    let channel = |c: &crate::domain::vocabulary::Channel| cx.t(&format!("channel-{}", c.as_str()));
    match &entry.kind {
        EntryKind::Customer { channel: c } => (format!("[{}]", channel(c)), Role::Dim),
        EntryKind::Reply {
            channel: c,
            delivery,
        } => {
            let state = delivery.unwrap_or(Delivery::Delivered);
            let words = cx.t(&format!("delivery-{}", state.as_str()));
            let role = if state == Delivery::Failed {
                Role::Failed
            } else {
                Role::Dim
            };
            (format!("[{}] {words}", channel(c)), role)
        }
        EntryKind::Spoken => (cx.t("entry-spoken"), Role::Dim),
        EntryKind::Note => (cx.t("entry-note"), Role::Note),
        EntryKind::Happening(what) => (happening(cx, what), Role::Happening),
        EntryKind::NeedsNewer => (cx.t("happening-needs-newer"), Role::Late),
    }
}

fn happening(cx: &Cx<'_>, what: &Happening) -> String {
    match what {
        Happening::Opened => cx.t("happening-opened"),
        Happening::Claimed => cx.t("happening-claimed"),
        Happening::Released => cx.t("happening-released"),
        Happening::Assigned { to } => {
            cx.t_args("happening-assigned", &[("to", (&to.to_line()).into())])
        }
        Happening::Transferred { to } => {
            let name = queue_name(cx, *to);
            cx.t_args("happening-transferred", &[("to", name.into())])
        }
        Happening::Waiting { next_contact } => cx.t_args(
            "happening-waiting",
            &[("time", cx.when(*next_contact).into())],
        ),
        Happening::Resumed => cx.t("happening-resumed"),
        Happening::Snoozed { until } => {
            cx.t_args("happening-snoozed", &[("time", cx.when(*until).into())])
        }
        Happening::Labelled { what } => {
            cx.t_args("happening-labelled", &[("what", (&what.to_line()).into())])
        }
        Happening::Priority { to } => {
            let to = cx.t(&format!("priority-{}", to.as_str()));
            cx.t_args("happening-priority", &[("to", to.into())])
        }
        Happening::Promised { deed, due } => {
            let deed = words::deed(cx.look.locale, *deed);
            let values = [("deed", deed.into()), ("time", cx.when(*due).into())];
            cx.t_args("happening-promised", &values)
        }
        Happening::PromiseSettled { state } => {
            cx.t(&format!("happening-promise-{}", state.as_str()))
        }
        Happening::Closed { reason } => {
            let reason = cx.t(&format!("close-{reason}"));
            cx.t_args("happening-closed", &[("reason", reason.into())])
        }
        Happening::Overridden { rule, reason } => {
            let rule = rule.to_line();
            match reason {
                Some(name) => {
                    let reason = cx.t(&format!("override-{name}"));
                    let values = [("rule", (&rule).into()), ("reason", reason.into())];
                    cx.t_args("happening-overridden-for", &values)
                }
                None => cx.t_args("happening-overridden", &[("rule", (&rule).into())]),
            }
        }
        Happening::Reopened => cx.t("happening-reopened"),
        Happening::Tied { .. } => cx.t("happening-tied"),
        Happening::DeliveryFailed => cx.t("happening-delivery-failed"),
        Happening::CustomerChanged => cx.t("happening-customer-changed"),
        Happening::LineDecided { state } => cx.t(&format!("happening-line-{}", state.as_str())),
    }
}

/// A queue's name in the desk's language.
pub fn queue_name(cx: &Cx<'_>, id: crate::domain::ids::QueueId) -> String {
    let queues = cx.state.seat.iter().flat_map(|seat| &seat.queues);
    let found = queues.into_iter().find(|q| q.id == id);
    found.map_or_else(
        || cx.t("queue-unknown"),
        |queue| {
            let name = match cx.state.settings.lang {
                Lang::Zh => &queue.zh,
                Lang::En => &queue.en,
            };
            SafeText::clean_line(name).to_string()
        },
    )
}
