//! The team: queues in one line each, colleagues with what they hold, the most burdened first.

use ratatui::layout::Rect;

use crate::api::desk::{Mate, Team};
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::grown;
use crate::app::keymap::Place;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::LineState;
use crate::text::{SafeText, pad, pad_left};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::list::List;
use crate::view::words;

use super::queue::number_or_mark;

/// Columns of each figure.
const FIGURE: usize = 8;

/// Paints queues and colleagues.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let state = &cx.state.team;
    let Some(team) = state.team.as_deref() else {
        let (words, dim) = (cx.t("team-loading"), cx.style(Role::Dim));
        cx.put_cut(area, area.x + 1, area.y, &words, dim);
        return;
    };
    let used = queues(cx, area, team);
    lines_wait(cx, row_of(area, 0));
    let mut rest = area;
    rest.y += used;
    rest.height -= used;
    header(
        cx,
        row_of(rest, 0),
        "team-mates",
        &[
            "team-open",
            "team-overdue",
            "team-due-soon",
            "team-promises",
        ],
    );
    let body = Rect {
        y: rest.y + 1.min(rest.height),
        height: rest.height.saturating_sub(1),
        ..rest
    };
    let list = List {
        len: team.mates.len(),
        top: state.top,
        selected: state.index(),
        focused: true,
    };
    list.paint(cx, body, |cx, index, place| {
        let mate = team.mates.get(index)?;
        mate_row(cx, place, mate);
        Some(Hit::Mate(mate.user.id))
    });
}

/// How many lines of the team wait for a lead, with the key that leads there; leads only.
fn lines_wait(cx: &mut Cx<'_>, place: Rect) {
    let waiting = grown::rows(&cx.state.lines, LineState::Proposed).count();
    let leads = cx.state.seat.as_ref().is_some_and(|s| s.user.role.leads());
    if waiting == 0 || !leads {
        return;
    }
    let keys = cx.state.keymap.keys(Place::Team, Action::Lines);
    let key = keys.first().map(ToString::to_string).unwrap_or_default();
    let values = [("n", waiting.into()), ("key", key.as_str().into())];
    let (text, style) = (cx.t_args("team-lines", &values), cx.style(Role::Info));
    let x = cx.put_right(place, place.y, &text, style);
    let cols = place.right().saturating_sub(x);
    cx.hit(
        Rect::new(x, place.y, cols, place.height),
        Hit::Action(Action::Lines),
    );
}

fn header(cx: &mut Cx<'_>, place: Rect, name: &str, figures: &[&str]) {
    let style = cx.style(Role::TitleFocus);
    let mut line = pad(&cx.t(name), NAME);
    for key in figures {
        line.push_str(&pad_left(&cx.t(key), FIGURE));
    }
    cx.put(place, place.x + 1, place.y, &line, style);
}

/// Columns of a name with its state.
const NAME: usize = 24;

fn queues(cx: &mut Cx<'_>, area: Rect, team: &Team) -> u16 {
    if team.queues.is_empty() {
        return 0;
    }
    header(
        cx,
        row_of(area, 0),
        "team-queues",
        &["team-open", "team-overdue", "team-unassigned"],
    );
    // At most a third of the place, so that the colleagues are never pushed out.
    let most = usize::from(area.height / 3).max(1);
    let mut used = 1;
    for (queue, open, overdue, unassigned) in team.queues.iter().take(most) {
        let place = row_of(area, usize::from(used));
        let name = match cx.state.settings.lang {
            Lang::Zh => &queue.zh,
            Lang::En => &queue.en,
        };
        let text = pad(&SafeText::clean_line(name), NAME);
        figures(cx, place, &text, &[*open, *overdue, *unassigned], 1);
        cx.painted.rows_formatted += 1;
        used += 1;
    }
    (used + 1).min(area.height)
}

/// Paints a name and its figures; the one at `late` is late work.
fn figures(cx: &mut Cx<'_>, place: Rect, name: &str, numbers: &[u32], late: usize) -> u16 {
    let (text, alarm) = (cx.style(Role::Text), cx.style(Role::Late));
    let mut x = cx.put(place, place.x + 1, place.y, name, text);
    for (at, number) in numbers.iter().enumerate() {
        let style = if at == late && *number > 0 {
            alarm
        } else {
            text
        };
        x = cx.put(
            place,
            x,
            place.y,
            &pad_left(&number.to_string(), FIGURE),
            style,
        );
    }
    x
}

fn mate_row(cx: &mut Cx<'_>, place: Rect, mate: &Mate) {
    let duty = cx.t(&format!("duty-{}", mate.user.duty.as_str()));
    let name = SafeText::clean_line(&mate.user.name);
    let label = pad(
        &format!("{} [{duty}]", crate::text::truncate(&name, 14)),
        NAME,
    );
    let numbers = [mate.open, mate.overdue, mate.due_soon, mate.promises_today];
    let x = figures(cx, place, &label, &numbers, 1) + 2;
    let dim = cx.style(Role::Dim);
    let x = if place.width >= 100 {
        let role = cx.t(&format!("role-{}", mate.user.role.as_str()));
        cx.put(place, x, place.y, &pad(&role, 9), dim) + 1
    } else {
        x
    };
    let since = words::since(cx.look.locale, mate.user.duty_since, cx.state.now);
    let since = cx.timed(since);
    let mut what = since;
    if let Some(ticket) = mate.viewing {
        let known = cx.state.queue.rows.iter().find(|r| r.ticket.id == ticket);
        let number = number_or_mark(known.and_then(|r| r.ticket.number), ticket);
        let key = if mate.writing {
            "team-writing"
        } else {
            "team-reading"
        };
        what = format!("{what}  {}", cx.t_args(key, &[("number", number.into())]));
    }
    cx.put_cut(place, x, place.y, &what, dim);
}
