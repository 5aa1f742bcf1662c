//! The screen of the team's lines: proposed, in use, declined, retired. Everybody reads it; leads decide from it (`deciding`).

use uuid::Uuid;

use crate::api::desk::{LineRow, LinesView};
use crate::domain::ids::LineId;
use crate::domain::vocabulary::LineState;

use super::cx::Cx;
use super::nav;
use super::notice::Severity;
use super::state::State;

/// What the screen shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrownState {
    /// Which lines.
    pub tab: LineState,
    /// The selected line.
    pub selected: Option<LineId>,
    /// The first row shown.
    pub top: usize,
}

impl Default for GrownState {
    fn default() -> Self {
        Self {
            tab: LineState::Proposed,
            selected: None,
            top: 0,
        }
    }
}

/// The lines of a tab, in the order of the store: what waits longest, what was decided last.
pub fn rows(view: &LinesView, tab: LineState) -> impl Iterator<Item = &LineRow> {
    view.lines.iter().filter(move |r| r.line.state == tab)
}

/// The place of the selected line among those of its tab; the first if none is.
#[must_use]
pub fn index(state: &State) -> usize {
    let mut rows = rows(&state.lines, state.grown.tab);
    rows.position(|r| Some(r.line.id) == state.grown.selected)
        .unwrap_or(0)
}

/// The selected line.
#[must_use]
pub fn selected(state: &State) -> Option<&LineRow> {
    rows(&state.lines, state.grown.tab).nth(index(state))
}

/// The line of the team that a playbook line is, by its name and version; nothing for those that ship with the program.
#[must_use]
pub fn of_name<'a>(view: &'a LinesView, name: &str) -> Option<&'a LineRow> {
    let id = name.strip_prefix("grown/")?;
    let id = id.split_once('@').map_or(id, |(id, _)| id);
    let id = Uuid::parse_str(id).ok()?;
    view.lines.iter().find(|r| r.line.id.0 == id)
}

/// Selects a line by its place.
pub(super) fn select(cx: &mut Cx<'_, '_>, at: usize) {
    let count = rows(&cx.state.lines, cx.state.grown.tab).count();
    let at = at.min(count.saturating_sub(1));
    let row = rows(&cx.state.lines, cx.state.grown.tab).nth(at);
    cx.state.grown.selected = row.map(|r| r.line.id);
}

/// Shows another tab.
pub(super) fn show(cx: &mut Cx<'_, '_>, tab: LineState) {
    cx.state.grown = GrownState {
        tab,
        ..GrownState::default()
    };
    select(cx, 0);
}

/// The next tab, or the one before.
pub(super) fn turn(cx: &mut Cx<'_, '_>, forward: bool) {
    let all = LineState::ALL;
    let here = all.iter().position(|t| *t == cx.state.grown.tab);
    let by = if forward { 1 } else { all.len() - 1 };
    let to = (here.unwrap_or(0) + by) % all.len();
    if let Some(tab) = all.get(to) {
        show(cx, *tab);
    }
}

/// The screen opens: where something was decided about a line of one's own, there; else where the lead has work.
pub(super) fn entered(cx: &mut Cx<'_, '_>) {
    let news = cx.state.lines.lines.iter().find(|r| r.news);
    if let Some((tab, line)) = news.map(|r| (r.line.state, r.line.id)) {
        show(cx, tab);
        cx.state.grown.selected = Some(line);
        return;
    }
    let waits = rows(&cx.state.lines, LineState::Proposed).next().is_some();
    let fresh = cx.state.grown.selected.is_none();
    match cx.state.grown.tab {
        tab if waits && (fresh || cx.seat_leads()) && tab != LineState::Proposed => {
            show(cx, LineState::Proposed);
        }
        LineState::Proposed if !waits && fresh => show(cx, LineState::Approved),
        _ if fresh => select(cx, 0),
        _ => {}
    }
}

/// The lines came anew: the selected one stays, or the one in its place is.
pub(super) fn kept(state: &mut State, before: usize) {
    let count = rows(&state.lines, state.grown.tab).count();
    let mut there = rows(&state.lines, state.grown.tab);
    if there.any(|r| Some(r.line.id) == state.grown.selected) {
        return;
    }
    let at = before.min(count.saturating_sub(1));
    let row = rows(&state.lines, state.grown.tab).nth(at);
    state.grown.selected = row.map(|r| r.line.id);
}

/// Opens the ticket on which the line was said first, for those who may know it.
pub(super) fn open_ticket(cx: &mut Cx<'_, '_>) {
    match selected(cx.state).and_then(|r| r.line.ticket) {
        Some(ticket) => nav::open_ticket(cx, ticket),
        None => cx.say(Severity::Info, "notice-line-no-ticket"),
    }
}
