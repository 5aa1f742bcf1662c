//! The strip: what there is to do in numbers; each number opens its list.

use ratatui::layout::Rect;

use crate::api::desk::List;
use crate::app::event::Hit;
use crate::text::width::width;
use crate::view::cx::Cx;
use crate::view::theme::Role;

/// Paints the counts into one row, those that matter most first; what does not fit is left out whole.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let strip = cx.state.queue.strip;
    let shown = cx.state.queue.view.list.clone();
    let items = [
        (List::Queue, "strip-open", strip.open),
        (List::NeedsMe, "strip-needs-me", strip.needs_me),
        (List::Overdue, "strip-overdue", strip.overdue),
        (List::DueSoon, "strip-due-soon", strip.due_soon),
        (List::PromisesToday, "strip-promises", strip.promises_today),
        (List::Unassigned, "strip-unassigned", strip.unassigned),
        (List::Repeat, "strip-repeat", strip.repeat),
        (List::Unread, "strip-unread", strip.unread),
        (List::Drafts, "strip-drafts", strip.drafts),
    ];
    let base = cx.style(Role::Bar);
    cx.clear(area, base);
    let mut x = area.x;
    for (list, key, count) in items {
        let text = format!(" {} {count} ", cx.t(key));
        let cols = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        if x.saturating_add(cols) > area.right() {
            break;
        }
        let role = match list {
            List::Overdue if count > 0 => Role::StatusAlert,
            _ if count > 0 => Role::BarKey,
            _ => Role::Bar,
        };
        let mut style = cx.style(role);
        if list == shown {
            style = style.add_modifier(ratatui::style::Modifier::UNDERLINED);
        }
        cx.put(area, x, area.y, &text, style);
        cx.hit(Rect::new(x, area.y, cols, 1), Hit::Strip(list));
        x += cols;
    }
}
