//! Total and criteria: each with the lines that earned or lost it, what cost all points, and what nobody could check.

use ratatui::layout::Rect;

use crate::api::training::{CriterionView, CriticalView, DebriefView, RunRated};
use crate::app::training::debrief::DebriefState;
use crate::text::{pad, pad_left, truncate};
use crate::view::cx::Cx;
use crate::view::screen::training::bar;
use crate::view::screen::training::telling::{number, rule, said, scrolled, word};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Columns of a criterion's name.
const NAME: usize = 18;

/// Paints the part.
pub fn paint(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView) {
    let block = build(cx, debrief, view, area.width);
    let top = if debrief.tab == crate::app::training::debrief::Tab::Score {
        debrief.top
    } else {
        0
    };
    let hint = cx.t("debrief-scroll");
    scrolled(cx, &block, area, top, &hint);
}

/// How many rows the part would take.
pub fn rows(cx: &Cx<'_>, debrief: &DebriefState, view: &DebriefView, cols: u16) -> u16 {
    u16::try_from(build(cx, debrief, view, cols).len()).unwrap_or(u16::MAX)
}

fn build(cx: &Cx<'_>, debrief: &DebriefState, view: &DebriefView, cols: u16) -> Block {
    let mut block = Block::new(cols);
    let chosen = debrief.criterion.min(view.criteria.len().saturating_sub(1));
    for (at, criterion) in view.criteria.iter().enumerate() {
        row(cx, &mut block, criterion, at == chosen);
        if at == chosen {
            lines(cx, &mut block, criterion, view, cols);
        }
    }
    if !view.criticals.is_empty() {
        block.gap();
    }
    for critical in &view.criticals {
        broken(cx, &mut block, critical);
    }
    block.gap();
    let need = [("words", (&view.need).into())];
    block.words(Role::Strong, &cx.t_args("debrief-need", &need), 2);
    if !view.demand.is_empty() {
        let demand = [("words", (&view.demand).into())];
        block.words(Role::Text, &cx.t_args("debrief-demand", &demand), 2);
    }
    if let Some(rated) = &view.rated {
        by_trainers(cx, &mut block, rated);
    }
    unknown(cx, &mut block, view);
    block
}

/// What trainers say of the run by the scorecard.
fn by_trainers(cx: &Cx<'_>, block: &mut Block, rated: &RunRated) {
    block.gap();
    let names: Vec<String> = rated
        .names
        .iter()
        .map(|n| n.to_line().to_string())
        .collect();
    let values = [("names", names.join(", ").into())];
    block.words(Role::Title, &cx.t_args("quality-raters", &values), 0);
    crate::view::screen::quality::outcome(cx, block, &rated.marks);
    for (_, id, title) in &rated.drills {
        let values = [("title", title.into()), ("id", id.as_str().into())];
        block.words(Role::Info, &cx.t_args("quality-drill-scenario", &values), 2);
    }
    for note in &rated.notes {
        block.words(Role::Note, note, 2);
    }
}

/// One criterion: points, a bar, and at which turns it was earned and lost.
fn row(cx: &Cx<'_>, block: &mut Block, criterion: &CriterionView, chosen: bool) {
    let name = word(cx, "criterion", &criterion.criterion);
    let mark = if chosen { "> " } else { "  " };
    let name = pad(&truncate(&name, NAME - 1), NAME);
    if criterion.of == 0 {
        let words = format!("{mark}{name}{}", cx.t("debrief-not-checked"));
        return block.pieces(vec![(Role::Dim, words)]);
    }
    let share = criterion.points.min(criterion.of) * 100 / criterion.of;
    let points = format!("{}/{}", criterion.points, criterion.of);
    let (role, whole) = if criterion.points >= criterion.of {
        (Role::Good, true)
    } else if share < 50 {
        (Role::Late, false)
    } else {
        (Role::Text, false)
    };
    let drawn = bar(u8::try_from(share).unwrap_or(100), 10);
    let head = if chosen { Role::Strong } else { role };
    let mut pieces = vec![
        (head, format!("{mark}{name}")),
        (role, format!("{} {drawn}", pad_left(&points, 6))),
    ];
    let places = |turns: &[usize]| {
        let all: Vec<String> = turns.iter().take(6).map(|t| number(*t)).collect();
        all.join(" ")
    };
    if !criterion.earned.is_empty() && whole {
        pieces.push((Role::Dim, format!("  + {}", places(&criterion.earned))));
    }
    if !criterion.lost.is_empty() {
        pieces.push((Role::Late, format!("  - {}", places(&criterion.lost))));
    }
    if criterion.not_checked > 0 {
        let points = u64::from(criterion.not_checked);
        let words = cx.t_args("debrief-points-not-checked", &[("points", points.into())]);
        pieces.push((Role::Dim, format!("  {words}")));
    }
    block.pieces(pieces);
}

/// The lines that lost the chosen criterion, then those that earned it.
fn lines(cx: &Cx<'_>, block: &mut Block, criterion: &CriterionView, view: &DebriefView, cols: u16) {
    let lost = criterion.lost.iter().map(|t| ("-", Role::Late, *t));
    let earned = criterion.earned.iter().map(|t| ("+", Role::Good, *t));
    let mut none = true;
    for (sign, role, turn) in lost.chain(earned).take(4) {
        let Some(view) = view.turns.get(turn) else {
            continue;
        };
        none = false;
        let words = said(cx, view);
        let mark = format!("    {sign} {} ", number(turn));
        let room = usize::from(cols).saturating_sub(crate::text::width::width(&mark));
        // Two rows at most: the turn itself stands in full among the turns.
        block.hung(role, &mark, &truncate(&words, room * 2), 10, None);
    }
    if none {
        let key = if criterion.points < criterion.of {
            "debrief-never-came"
        } else {
            "debrief-whole-contact"
        };
        block.hung(Role::Dim, "      ", &cx.t(key), 6, None);
    }
}

/// What cost all points, or a trap that was stepped into.
fn broken(cx: &Cx<'_>, block: &mut Block, critical: &CriticalView) {
    let words = match critical.what.as_str() {
        "ledger" => cx.t("debrief-ledger"),
        what if what.starts_with("trap:") => critical.why.to_string(),
        what => rule(cx, what),
    };
    let (key, role) = if critical.critical {
        ("debrief-critical", Role::Error)
    } else {
        ("debrief-trap", Role::Late)
    };
    let at = critical.turn.map(number).unwrap_or_default();
    let words = format!("{} {at} {words}", cx.t(key));
    block.hung(role, "! ", &words, 2, None);
}

/// What nobody could check, and what was not understood: said plainly, never counted as wrong.
fn unknown(cx: &Cx<'_>, block: &mut Block, view: &DebriefView) {
    if !view.not_checked.is_empty() {
        // A rule goes by its number here: its words tell what to do when it is broken, and it was not.
        let name = |id: &String| word(cx, "criterion", id);
        let names: Vec<String> = view.not_checked.iter().map(name).collect();
        let names = names.join(&cx.t("debrief-list"));
        let args = [("what", names.as_str().into())];
        block.words(Role::Dim, &cx.t_args("debrief-unchecked", &args), 2);
    }
    let turns = view.turns.iter().enumerate();
    let turns: Vec<String> = turns
        .filter(|(_, t)| t.not_understood)
        .map(|(at, _)| number(at))
        .collect();
    if !turns.is_empty() {
        let turns = turns.join(" ");
        let args = [("turns", turns.as_str().into())];
        block.words(Role::Dim, &cx.t_args("debrief-not-understood", &args), 2);
    }
}
