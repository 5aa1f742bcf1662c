//! Questions above the screens that look back: which run, what to do with a pair.

use ratatui::layout::Rect;

use crate::api::training::RunRow;
use crate::app::training::debrief::{DebriefLayer, RunsState};
use crate::app::training::pairs::DeedsState;
use crate::text::{pad, pad_left};
use crate::view::cx::Cx;
use crate::view::screen::training::telling::end;
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::list::List;
use crate::view::widget::modal;

/// Paints a question.
pub fn layer(cx: &mut Cx<'_>, screen: Rect, layer: &DebriefLayer) {
    match layer {
        DebriefLayer::Runs(runs) => list(cx, screen, runs),
        DebriefLayer::Deeds(deeds) => choice(cx, screen, deeds),
    }
}

/// The runs that were played.
fn list(cx: &mut Cx<'_>, screen: Rect, state: &RunsState) {
    let title = cx.t("runs-title");
    let view = cx
        .state
        .training
        .as_deref()
        .and_then(|p| p.lobby.view.as_ref());
    let rows: &[RunRow] = view.map_or(&[], |v| &v.runs);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).clamp(1, 20);
    let body = modal::open(cx, screen, 92, height + 1, &title);
    let list = List {
        len: rows.len(),
        top: 0,
        selected: state.cursor.min(rows.len().saturating_sub(1)),
        focused: true,
    };
    list.paint(cx, body, |cx, at, place| {
        let row = rows.get(at)?;
        let total = match row.total {
            Some(points) => points.to_string(),
            None => "--".to_owned(),
        };
        let mark = if row.critical { "!" } else { " " };
        let over = match row.total {
            Some(_) => end(cx, row.end.as_deref()),
            // Nothing of the score is told before the trainee's own words, the end included.
            None => cx.t("runs-waits"),
        };
        let line = format!(
            "  {} {}{mark} {}  {}  {over}",
            pad(&cx.when(row.at), 12),
            pad_left(&total, 3),
            row.level,
            row.title
        );
        let role = if row.total.is_some() {
            Role::Modal
        } else {
            Role::Soon
        };
        let style = cx.style(role);
        cx.put_cut(place, place.x, place.y, &line, style);
        None
    });
}

/// What can be done with the pair.
fn choice(cx: &mut Cx<'_>, screen: Rect, state: &DeedsState) {
    let title = cx.t("deeds-title");
    let rows = u16::try_from(state.choices.len()).unwrap_or(9);
    let body = modal::open(cx, screen, 72, rows * 2 + 2, &title);
    let mut block = Block::new(body.width);
    for (at, doing) in state.choices.iter().enumerate() {
        let chosen = at == state.cursor;
        let mark = if chosen { "> " } else { "  " };
        let role = if chosen { Role::Strong } else { Role::Modal };
        let words = cx.t(&format!("deed-pair-{}", doing.name()));
        block.hung(role, mark, &words, 2, None);
    }
    block.paint(cx, body, 0);
}
