//! Looking back at a run: the trainee's own words, then the score with its lines and the curve, then other lines.

mod curve;
mod layers;
mod own;
mod score;
mod trial;
mod turns;
mod words;

use ratatui::layout::Rect;

use crate::api::training::{DebriefView, RulesOf};
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::training::debrief::{DebriefState, Step, Tab, wide};
use crate::text::width::width;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

use super::telling::{above, below, end};

pub use layers::layer;

/// Columns of the score on a wide screen.
const SCORE: u16 = 66;
/// Rows of the curve on a wide screen, axis and legend included.
const CURVE: u16 = 15;

/// Paints the screen.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let debrief = &practice.debrief;
    match (debrief.step(), &debrief.view) {
        (Step::Nothing, _) => alone(cx, area, "debrief-nothing"),
        (Step::Own, _) => own::paint(cx, area, practice),
        (Step::Waiting, _) if debrief.asked => alone(cx, area, "debrief-waiting"),
        (Step::Waiting, _) => alone(cx, area, "debrief-ask-again"),
        (Step::Trying, Some(view)) => trial::paint(cx, area, debrief, view),
        (Step::Score, Some(view)) => looking(cx, area, debrief, view),
        (Step::Score | Step::Trying, None) => {}
    }
}

/// One sentence in an otherwise empty place.
fn alone(cx: &mut Cx<'_>, area: Rect, key: &str) {
    let mut block = Block::new(area.width.saturating_sub(2));
    block.words(Role::Dim, &cx.t(key), 0);
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    block.paint(cx, below(place, 1), 0);
}

/// The second step: its parts beside each other, or one of them.
fn looking(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView) {
    head(cx, row_of(area, 0), view);
    let rest = below(area, 1);
    let rest = below(rest, rules(cx, rest, view));
    if !wide(cx.state) {
        tabs(cx, row_of(rest, 0), debrief);
        let rest = below(rest, 1);
        return match debrief.tab {
            Tab::Score => score::paint(cx, rest, debrief, view),
            Tab::Curve => curve::paint(cx, rest, debrief, view),
            Tab::Turns => turns::paint(cx, rest, debrief, view, 6),
            Tab::Words => words::paint(cx, rest, debrief, view),
        };
    }
    let left = Rect {
        width: SCORE.min(rest.width),
        ..rest
    };
    let right = Rect {
        x: rest.x + left.width + 2,
        width: rest.width.saturating_sub(left.width + 2),
        ..rest
    };
    let needed = score::rows(cx, debrief, view, left.width).saturating_add(1);
    let rows = needed.min(left.height.saturating_sub(12));
    part(cx, above(left, rows), debrief.tab == Tab::Score, Tab::Score);
    score::paint(cx, below(above(left, rows), 1), debrief, view);
    let words = below(left, rows);
    part(cx, words, debrief.tab == Tab::Words, Tab::Words);
    words::paint(cx, below(words, 1), debrief, view);
    let here = matches!(debrief.tab, Tab::Curve | Tab::Turns);
    part(cx, right, here, Tab::Curve);
    curve::paint(cx, below(above(right, CURVE + 1), 1), debrief, view);
    let table = below(right, CURVE + 1);
    part(cx, table, here, Tab::Turns);
    turns::paint(cx, below(table, 1), debrief, view, 9);
}

/// A run that other rules played says so, whatever part is shown; gives the rows used.
fn rules(cx: &mut Cx<'_>, area: Rect, view: &DebriefView) -> u16 {
    let key = match view.rules {
        RulesOf::Today => return 0,
        RulesOf::Then => "debrief-rules-then",
        RulesOf::Replayed => "debrief-rules-replayed",
    };
    let (words, style) = (cx.t(key), cx.style(Role::Soon));
    cx.put_cut(area, area.x + 1, area.y, &words, style);
    1
}

/// Whose run it was, what it was worth and how it ended.
fn head(cx: &mut Cx<'_>, row: Rect, view: &DebriefView) {
    let points = u64::from(view.total);
    let key = if view.partial {
        "debrief-total-partial"
    } else {
        "debrief-total"
    };
    let total = format!(
        "{}  {} ",
        cx.t_args(key, &[("points", points.into())]),
        end(cx, view.end.as_deref())
    );
    let role = if view.criticals.iter().any(|c| c.critical) {
        Role::Error
    } else {
        Role::Strong
    };
    let style = cx.style(role);
    let x = cx.put_right(row, row.y, &total, style);
    let level = cx.t_args("training-level", &[("level", u64::from(view.level).into())]);
    let title = format!("{}  {}  {level}", view.title, view.customer);
    let place = Rect {
        width: x.saturating_sub(row.x).saturating_sub(1),
        ..row
    };
    let style = cx.style(Role::Title);
    cx.put_cut(place, place.x + 1, place.y, &title, style);
}

/// The title row of a part on a wide screen.
fn part(cx: &mut Cx<'_>, area: Rect, here: bool, tab: Tab) {
    let role = if here { Role::TitleFocus } else { Role::Title };
    let style = cx.style(role);
    let mark = if here { ">" } else { "-" };
    let words = format!("{mark} {}", cx.t(&format!("debrief-tab-{}", tab.name())));
    cx.put_cut(area, area.x, area.y, &words, style);
}

/// The tabs of a narrow screen.
fn tabs(cx: &mut Cx<'_>, row: Rect, debrief: &DebriefState) {
    let names: Vec<(String, bool)> = Tab::ALL
        .iter()
        .map(|tab| {
            let name = cx.t(&format!("debrief-tab-{}", tab.name()));
            (name, *tab == debrief.tab)
        })
        .collect();
    tab_row(cx, row, &names);
}

/// A row of tabs; the one shown stands in brackets, so that it does not rest on colour.
pub(super) fn tab_row(cx: &mut Cx<'_>, row: Rect, names: &[(String, bool)]) {
    let mut x = row.x + 1;
    for (name, here) in names {
        let (words, role) = if *here {
            (format!("[{name}]"), Role::TitleFocus)
        } else {
            (format!(" {name} "), Role::Title)
        };
        let cols = u16::try_from(width(&words)).unwrap_or(u16::MAX);
        if x.saturating_add(cols) > row.right() {
            break;
        }
        let style = cx.style(role);
        cx.put(row, x, row.y, &words, style);
        x += cols + 1;
    }
    cx.hit(row, Hit::Action(Action::FocusNext));
}
