//! One pair, left and right: what differs is named above, the turning sentences are marked, the questions stand below.

use ratatui::layout::Rect;

use crate::api::training::{PairSide, PairView};
use crate::app::training::pairs::{Focus, PairsState, turning};
use crate::app::training::places;
use crate::text::truncate;
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::curve;
use crate::view::screen::training::debrief::tab_row;
use crate::view::screen::training::telling::{above, below, beside, end, number, said, word};
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::field;

/// Paints the pair.
pub fn paint(cx: &mut Cx<'_>, area: Rect, pairs: &PairsState) {
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let Some(view) = &pairs.view else {
        let (words, dim) = (cx.t("pairs-loading"), cx.style(Role::Dim));
        cx.put_cut(place, place.x, place.y + 1, &words, dim);
        return;
    };
    head(cx, row_of(place, 0), pairs, view);
    let rest = below(place, 1);
    let rest = below(rest, super::worth::paint(cx, rest, view));
    let rest = below(rest, differences(cx, rest, view));
    if area.width >= places::SIDES {
        let questions = question_rows(pairs, view, rest);
        let sides = above(rest, rest.height.saturating_sub(questions));
        let halves = beside(sides, 2);
        let half = |at: usize| halves.get(at).copied().unwrap_or_default();
        side(cx, half(0), pairs, &view.sides.0, false);
        side(cx, half(1), pairs, &view.sides.1, true);
        fields(cx, below(rest, sides.height), pairs, view);
        return;
    }
    let names = [
        (cx.t("pair-left"), pairs.focus == Focus::Left),
        (cx.t("pair-right"), pairs.focus == Focus::Right),
        (
            cx.t("pair-questions"),
            matches!(pairs.focus, Focus::Field(_)),
        ),
    ];
    // Without a field the questions cannot be gone to; they stand under both sides then.
    let shown = if pairs.fields() > 0 { 3 } else { 2 };
    tab_row(cx, row_of(rest, 0), names.get(..shown).unwrap_or_default());
    let rest = below(rest, 1);
    let under = if pairs.fields() == 0 {
        question_rows(pairs, view, rest)
    } else {
        0
    };
    let body = above(rest, rest.height.saturating_sub(under));
    match pairs.focus {
        Focus::Left => side(cx, body, pairs, &view.sides.0, false),
        Focus::Right => side(cx, body, pairs, &view.sides.1, true),
        Focus::Field(_) => return fields(cx, rest, pairs, view),
    }
    fields(cx, below(rest, body.height), pairs, view);
}

/// What it is, where it is, and what Enter does with it.
fn head(cx: &mut Cx<'_>, row: Rect, pairs: &PairsState, view: &PairView) {
    let state = super::state(cx, view.row.state);
    let next = if pairs.annotating {
        cx.t("pair-annotating")
    } else {
        super::next(cx, &view.row)
    };
    let words = format!("[{state}]  {next}");
    let style = cx.style(Role::Key);
    let x = cx.put_right(row, row.y, &words, style);
    let style = cx.style(Role::Title);
    let place = Rect {
        width: x.saturating_sub(row.x).saturating_sub(1),
        ..row
    };
    cx.put_cut(place, place.x, place.y, &view.row.title, style);
}

/// The criteria in which the two differ, and the opening; gives the rows used.
fn differences(cx: &mut Cx<'_>, area: Rect, view: &PairView) -> u16 {
    let mut block = Block::new(area.width);
    let opening = truncate(&view.opening, usize::from(area.width) * 2 - 4);
    block.hung(Role::Customer, "< ", &opening, 2, None);
    let marks: Vec<String> = view
        .differs
        .iter()
        .map(|(name, left, right)| {
            let sign = match left.cmp(right) {
                std::cmp::Ordering::Less => '<',
                std::cmp::Ordering::Equal => '=',
                std::cmp::Ordering::Greater => '>',
            };
            format!("{} {left} {sign} {right}", word(cx, "criterion", name))
        })
        .collect();
    let words = if marks.is_empty() {
        cx.t("pair-same")
    } else {
        format!("{} {}", cx.t("pair-differs"), marks.join("   "))
    };
    block.words(Role::Strong, &words, 2);
    block.paint(cx, above(area, 4), 0)
}

/// One side: whose, how it ended, its curve, and every word; the chosen turn is kept in sight.
fn side(cx: &mut Cx<'_>, area: Rect, pairs: &PairsState, side: &PairSide, right: bool) {
    let here = pairs.focus == if right { Focus::Right } else { Focus::Left };
    let name = match &side.name {
        Some(name) => name.to_string(),
        None => cx.t(if right { "pair-right" } else { "pair-left" }),
    };
    let points = u64::from(side.total);
    let worth = cx.t_args("lesson-worth", &[("points", points.into())]);
    let title = format!(
        "{} {name}  {worth}  {}",
        if here { ">" } else { "-" },
        end(cx, side.end.as_deref())
    );
    let role = if here { Role::TitleFocus } else { Role::Title };
    let style = cx.style(role);
    cx.put_cut(area, area.x, area.y, &title, style);
    let cols = usize::from(area.width).saturating_sub(14);
    let drawn = format!(
        "{} {}",
        cx.t("lesson-anger"),
        curve::line(&side.anger, cols)
    );
    let dim = cx.style(Role::Dim);
    cx.put_cut(area, area.x, area.y + 1, &drawn, dim);
    let rest = below(area, 2);
    let chosen = if right { pairs.turns.1 } else { pairs.turns.0 };
    let turned = if pairs.annotating {
        chosen
    } else {
        turning(side)
    };
    let mut block = Block::new(rest.width);
    let mut sight = (0, 0);
    for (at, turn) in side.turns.iter().enumerate() {
        let from = block.len();
        let star = if at == turned { "*" } else { " " };
        let mark = if here && at == chosen { ">" } else { " " };
        let role = if at == turned {
            Role::Strong
        } else {
            Role::Reply
        };
        let words = format!("{} ({})", said(cx, turn), turn.after.0);
        let lead = format!("{mark}{star}{} ", number(at));
        block.hung(role, &lead, &words, 5, None);
        if !turn.answer.is_empty() {
            let mark = if turn.phrased { "   ~<" } else { "    <" };
            block.hung(Role::Customer, mark, &turn.answer, 6, None);
        }
        if at == chosen {
            sight = (from, block.len());
        }
    }
    let height = usize::from(rest.height);
    // The chosen turn with its answer ends at the last row at the latest.
    let top = sight.1.saturating_sub(height).min(sight.0);
    block.paint(cx, rest, top);
}

/// How many rows the questions take.
fn question_rows(pairs: &PairsState, view: &PairView, area: Rect) -> u16 {
    let each = match pairs.fields() {
        0 => view.questions.len() + usize::from(!view.questions.is_empty()),
        fields if pairs.annotating => fields + 1,
        fields => fields * 2 + 1,
    };
    u16::try_from(each).unwrap_or(0).min(area.height / 2)
}

/// The questions, with their answers where this reader is asked; while annotating, the fields for the questions.
fn fields(cx: &mut Cx<'_>, area: Rect, pairs: &PairsState, view: &PairView) {
    if area.height == 0 {
        return;
    }
    let asked = if pairs.annotating {
        cx.t("pair-ask")
    } else if view.questions.is_empty() {
        return;
    } else {
        cx.t("pair-questions")
    };
    let style = cx.style(Role::Title);
    cx.put_cut(area, area.x, area.y, &asked, style);
    let mut row = 1;
    let count = pairs.fields();
    let here = |at: usize| pairs.focus == Focus::Field(at);
    if pairs.annotating {
        for (at, line) in pairs.lines().iter().enumerate() {
            let label = format!("{}", at + 1);
            field::paint(cx, row_of(area, row), &label, line, here(at));
            row += 1;
        }
        return;
    }
    for (at, question) in view.questions.iter().enumerate() {
        let words = format!("{} {question}", at + 1);
        let place = row_of(area, row);
        let style = cx.style(Role::Strong);
        cx.put_cut(place, place.x, place.y, &words, style);
        row += 1;
        if let Some(line) = pairs.lines().get(at).filter(|_| at < count) {
            field::paint(cx, row_of(area, row), "  >", line, here(at));
            row += 1;
        }
    }
}
