//! The notice line: one in words, the others a number.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::app::notice::Severity;
use crate::view::cx::Cx;
use crate::view::theme::Role;

/// Paints the notice that stands, if one does.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let notices = &cx.state.notices;
    let Some(notice) = &notices.shown else {
        return;
    };
    let (role, mark) = match notice.severity {
        Severity::Done => (Role::Done, " ok "),
        Severity::Info => (Role::Info, " i "),
        Severity::Warning => (Role::Warning, " ! "),
        Severity::Error => (Role::Error, " !! "),
    };
    let style = cx.style(role);
    let x = cx.put(area, area.x, area.y, mark, style);
    let mut room = area;
    if notices.more > 0 {
        let more = cx.t_args("notice-more", &[("n", notices.more.into())]);
        let dim = cx.style(Role::Dim);
        let left = cx.put_right(area, area.y, &more, dim);
        room.width = left.saturating_sub(area.x + 1);
    }
    let words = cx.msg(&notice.msg);
    let style = if notice.severity >= Severity::Warning {
        cx.style(Role::Strong)
    } else {
        cx.style(Role::Text)
    };
    cx.put_cut(room, x + 1, area.y, &words, style);
    cx.hit(area, Hit::Notice);
}
