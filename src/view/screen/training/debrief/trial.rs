//! Another line at a turn of the past, beside what was said: two curves, two answers, and the box for the next line.

use ratatui::layout::Rect;

use crate::api::training::{DebriefView, RulesOf, TriedView};
use crate::app::Action;
use crate::app::keymap::Place;
use crate::app::training::debrief::{DebriefState, Trial};
use crate::app::training::places;
use crate::view::cx::{Cx, row_of};
use crate::view::screen::growing::key;
use crate::view::screen::training::curve::{Series, column, plot};
use crate::view::screen::training::telling::{above, below, beside, end, exchange, number, said};
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::composer::{self, Dress};

/// Paints the trial.
pub fn paint(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView) {
    let Some(trial) = &debrief.trial else { return };
    let tried = debrief.tried.as_ref();
    let frame = places::trial(area);
    let rest = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        height: area.height - frame.height,
        ..area
    };
    let rows = (rest.height / 2).clamp(4, 14);
    curves(cx, above(rest, rows), trial, view, tried);
    let rest = below(rest, rows);
    if area.width >= places::WIDE {
        let halves = beside(rest, 2);
        let place = |at: usize| halves.get(at).copied().unwrap_or_default();
        let mut was = Block::new(place(0).width);
        way_gone(cx, &mut was, trial, view, trial.lines.len().max(3));
        from_end(cx, &was, place(0), usize::MAX);
        let mut other = Block::new(place(1).width);
        way_tried(cx, &mut other, trial, tried, view.rules);
        from_end(cx, &other, place(1), trial.top);
    } else {
        let mut block = Block::new(rest.width);
        way_gone(cx, &mut block, trial, view, 1);
        way_tried(cx, &mut block, trial, tried, view.rules);
        from_end(cx, &block, rest, trial.top);
    }
    entry(cx, frame, trial);
}

/// Paints a block so that its end is in sight, or so many rows before it.
fn from_end(cx: &mut Cx<'_>, block: &Block, area: Rect, back: usize) {
    let last = block.len().saturating_sub(usize::from(area.height));
    block.paint(cx, area, last.saturating_sub(back));
}

/// Anger on both ways; the turn from which they part is marked.
fn curves(
    cx: &mut Cx<'_>,
    area: Rect,
    trial: &Trial,
    view: &DebriefView,
    tried: Option<&TriedView>,
) {
    let own: Vec<u8> = std::iter::once(view.start.0)
        .chain(view.turns.iter().map(|t| t.after.0))
        .collect();
    let was = tried.map_or(own.as_slice(), |t| t.anger_was.as_slice());
    let other: &[u8] = tried.map_or(&[], |t| t.anger.as_slice());
    let turns = was.len().max(other.len()).saturating_sub(1);
    let drawn = above(area, area.height.saturating_sub(1));
    let dim = cx.style(Role::Dim);
    let x = column(drawn, trial.turn, turns);
    for y in drawn.top()..drawn.bottom() {
        cx.put(drawn, x, y, ":", dim);
    }
    let series = [
        Series {
            values: was,
            mark: 'o',
            role: Role::Late,
        },
        Series {
            values: other,
            mark: 'x',
            role: Role::Good,
        },
    ];
    plot(cx, drawn, &series, turns);
    let row = row_of(area, usize::from(drawn.height));
    let (late, good) = (cx.style(Role::Late), cx.style(Role::Good));
    let was = format!("o {}", cx.t("trial-was"));
    let x = cx.put_cut(row, row.x + 4, row.y, &was, late) + 3;
    let other = format!("x {}", cx.t("trial-other"));
    cx.put_cut(row, x, row.y, &other, good);
}

/// What was said at that turn and after it.
fn way_gone(cx: &Cx<'_>, block: &mut Block, trial: &Trial, view: &DebriefView, turns: usize) {
    let at = number(trial.turn);
    block.heading(&cx.t_args("trial-said", &[("turn", at.as_str().into())]));
    let gone = view.turns.iter().enumerate().skip(trial.turn).take(turns);
    for (at, turn) in gone {
        exchange(cx, block, &number(at), Role::Dim, turn);
    }
    if trial.turn + turns >= view.turns.len() {
        let words = format!("= {}", end(cx, view.end.as_deref()));
        block.words(Role::Strong, &words, 2);
    }
}

/// What would have been said instead.
fn way_tried(
    cx: &Cx<'_>,
    block: &mut Block,
    trial: &Trial,
    tried: Option<&TriedView>,
    rules: RulesOf,
) {
    block.heading(&cx.t("trial-instead"));
    if rules != RulesOf::Today || tried.is_some_and(|t| t.by_today) {
        block.words(Role::Soon, &cx.t("trial-rules"), 0);
    }
    if trial.lines.is_empty() {
        block.words(Role::Dim, &cx.t("trial-nothing"), 0);
    }
    let turns = tried.map_or(&[] as &[_], |t| t.turns.as_slice());
    for (at, turn) in turns.iter().enumerate() {
        let mark = number(trial.turn + at);
        exchange(cx, block, &mark, Role::Reply, turn);
        let anger = u64::from(turn.after.0);
        let trust = u64::from(turn.after.1);
        let args = [("anger", anger.into()), ("trust", trust.into())];
        block.words(
            Role::Dim,
            &format!("    {}", cx.t_args("trial-mood", &args)),
            4,
        );
    }
    let answered = turns.iter().filter(|t| !said(cx, t).is_empty()).count();
    if trial.pending > 0 || answered < trial.lines.len() {
        for line in trial.lines.iter().skip(answered) {
            let words = crate::text::SafeText::clean_line(line);
            block.hung(Role::Pending, &number(trial.turn), &words, 4, None);
        }
        let key = if trial.pending > 0 {
            "trial-waiting"
        } else {
            "trial-not-reached"
        };
        block.words(Role::Dim, &cx.t(key), 0);
    }
    if let Some(over) = tried.and_then(|t| t.end.as_deref()) {
        block.words(Role::Strong, &format!("= {}", end(cx, Some(over))), 2);
    }
}

/// The box for the next line.
fn entry(cx: &mut Cx<'_>, frame: Rect, trial: &Trial) {
    let at = number(trial.turn + trial.lines.len());
    let title = cx.t_args("trial-title", &[("turn", at.as_str().into())]);
    let anew = cx.state.keymap.keys(Place::Training, Action::TryLine);
    let anew = anew.first().map(ToString::to_string).unwrap_or_default();
    let back = key(cx, Action::Back);
    let args = [
        ("anew", anew.as_str().into()),
        ("back", back.as_str().into()),
    ];
    let aside = cx.t_args("trial-keys", &args);
    let hint = cx.t("trial-hint");
    let dress = Dress {
        title: &title,
        aside: &aside,
        title_role: Role::ReplyTitle,
        frame_role: Role::ReplyFrame,
        border: "|",
        placeholder: &hint,
        focused: true,
        marks: &[],
    };
    composer::paint(cx, frame, places::words(frame), &trial.input, &dress);
    cx.painted.hits.pop();
}
