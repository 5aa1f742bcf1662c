//! The status line: who sits here, the line to the server told truthfully, what waits, the live contact.

use ratatui::layout::Rect;

use crate::api::desk::{LinkInfo, LinkState, Trouble};
use crate::app::Action;
use crate::app::event::Hit;
use crate::text::SafeText;
use crate::text::width::width;
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::words;

/// A desk clock that is off by more than this is told, in milliseconds: promises are made to the minute.
const CLOCK_OFF: i64 = 60_000;

/// Paints the status line.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let style = cx.style(Role::Status);
    cx.clear(area, style);
    let mut right = Vec::new();
    link(cx, &mut right);
    let mut room = area;
    // From the right: what must not be overlooked comes first and is never pushed out.
    for (role, text) in &right {
        let cols = u16::try_from(width(text)).unwrap_or(u16::MAX);
        if cols > room.width {
            continue;
        }
        let style = cx.style(*role);
        cx.put_right(room, area.y, text, style);
        room.width -= cols;
    }
    let mut x = area.x;
    for (role, text, action) in left(cx) {
        let cols = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        if x.saturating_add(cols) > room.right() {
            break;
        }
        let style = cx.style(role);
        let end = cx.put(room, x, area.y, &text, style);
        if let Some(action) = action {
            cx.hit(Rect::new(x, area.y, end - x, 1), Hit::Action(action));
        }
        x = end;
    }
}

fn left(cx: &mut Cx<'_>) -> Vec<(Role, String, Option<Action>)> {
    let state = cx.state;
    let mut out = vec![(Role::BarKey, " balm ".to_owned(), Some(Action::Palette))];
    if let Some(seat) = &state.seat {
        if seat.demo {
            out.push((Role::Demo, format!(" {} ", cx.t("status-demo")), None));
        }
        let name = SafeText::clean_line(&seat.user.name);
        let duty = cx.t(&format!("duty-{}", seat.user.duty.as_str()));
        out.push((
            Role::Status,
            format!(" {name} [{duty}] "),
            Some(Action::Duty),
        ));
    }
    if let Some(call) = state.call {
        let gone = words::countdown(state.now, call.since, true).text;
        let next = call
            .since
            .plus_millis((state.now.minus(call.since) / 1000 + 1) * 1000);
        let gone = cx.timed(words::Timed {
            text: gone,
            until: Some(next),
        });
        let text = cx.t_args("status-call", &[("span", gone.into())]);
        out.push((
            Role::StatusAlert,
            format!(" {text} "),
            Some(Action::EndCall),
        ));
    }
    let news = state.lines.news();
    if news > 0 {
        let text = cx.t_args("status-lines", &[("n", news.into())]);
        out.push((Role::BarKey, format!(" {text} "), Some(Action::Lines)));
    }
    let news = state.quality.view.news();
    if news > 0 {
        let text = cx.t_args("status-reviews", &[("n", news.into())]);
        out.push((Role::BarKey, format!(" {text} "), Some(Action::Quality)));
    }
    if state.arrived > 0 {
        let text = cx.t_args("status-arrived", &[("n", state.arrived.into())]);
        out.push((Role::BarKey, format!(" {text} "), Some(Action::Queue)));
    }
    out
}

fn link(cx: &mut Cx<'_>, out: &mut Vec<(Role, String)>) {
    let state = cx.state;
    let LinkInfo {
        state: link,
        waiting,
        returned,
        fresh_at,
        clock_off,
    } = &state.link;
    let (role, text) = match link {
        LinkState::Starting => (Role::Status, cx.t("link-starting")),
        LinkState::FirstSync { done, total } => (
            Role::Status,
            cx.t_args(
                "link-first-sync",
                &[("done", (*done).into()), ("total", (*total).into())],
            ),
        ),
        LinkState::Online => (Role::Status, cx.t("link-online")),
        LinkState::CatchingUp => (Role::Status, cx.t("link-catching-up")),
        LinkState::Offline { since } => {
            let gone = words::since(cx.look.locale, *since, state.now);
            let gone = cx.timed(gone);
            let at = cx.when(*since);
            let values = [("time", at.into()), ("span", gone.into())];
            (Role::StatusAlert, cx.t_args("link-offline", &values))
        }
        LinkState::Unauthorised => (Role::StatusAlert, cx.t("link-unauthorised")),
        LinkState::Incompatible => (Role::StatusAlert, cx.t("link-incompatible")),
    };
    if let Some(trouble) = &state.trouble {
        out.push((Role::Error, format!(" {} ", trouble_words(cx, trouble))));
    }
    out.push((role, format!(" {text} ")));
    if *waiting > 0 {
        let text = cx.t_args("link-waiting", &[("n", (*waiting).into())]);
        out.push((Role::BarKey, format!(" {text} ")));
    }
    if *returned > 0 {
        let text = cx.t_args("link-returned", &[("n", (*returned).into())]);
        out.push((Role::StatusAlert, format!(" {text} ")));
    }
    if clock_off.abs() > CLOCK_OFF {
        let off = words::span(cx.look.locale, clock_off.abs());
        let key = if *clock_off > 0 {
            "link-clock-ahead"
        } else {
            "link-clock-behind"
        };
        let text = cx.t_args(key, &[("span", off.into())]);
        out.push((Role::StatusAlert, format!(" {text} ")));
    }
    if let Some(fresh) = fresh_at
        && !matches!(link, LinkState::Online)
    {
        let age = words::since(cx.look.locale, *fresh, state.now);
        let age = cx.timed(age);
        let text = cx.t_args("link-age", &[("span", age.into())]);
        out.push((Role::Status, format!(" {text} ")));
    }
}

fn trouble_words(cx: &Cx<'_>, trouble: &Trouble) -> String {
    match trouble {
        Trouble::DiskFull => cx.t("status-trouble-disk-full"),
        Trouble::ReadOnly => cx.t("status-trouble-read-only"),
        Trouble::ReplicaDamaged => cx.t("status-trouble-replica-damaged"),
        Trouble::OutboxDamaged(name) => {
            let name = SafeText::clean_line(name);
            cx.t_args("status-trouble-outbox-damaged", &[("name", (&name).into())])
        }
        Trouble::Newer(name) => {
            let name = SafeText::clean_line(name);
            cx.t_args("status-trouble-newer", &[("name", (&name).into())])
        }
        Trouble::Other(what) => {
            let what = SafeText::clean_line(what);
            cx.t_args("status-trouble-other", &[("what", (&what).into())])
        }
    }
}
