//! Spoken practice: the customer's line alone at the top, to be read aloud; below it how the contact stands, for the observer
//! only, and the acts with a key each.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::app::training::Spot;
use crate::app::training::spoken::{self, SpokenState};
use crate::text::{pad, truncate, wrap};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::field;

use super::class::desk;

/// Columns left free on both sides of the customer's line.
const MARGIN: u16 = 4;

/// Paints the screen.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let state = &practice.spoken;
    let Some(view) = &state.view else {
        let (words, dim) = (cx.t("spoken-none"), cx.style(Role::Dim));
        cx.put_cut(area, area.x + 1, area.y, &words, dim);
        return;
    };
    let mut rest = area;
    let head = take(&mut rest, 1);
    let words = format!("{}: {}, {}", view.name, view.title, view.customer);
    let dim = cx.style(Role::Dim);
    cx.put_cut(head, head.x, head.y, &words, dim);
    line(cx, &mut rest, state);
    let mut block = Block::new(rest.width);
    block.words(Role::Text, &desk::standing(cx, view), 2);
    let need = cx.t_args("class-need", &[("need", (&view.need).into())]);
    block.words(Role::Note, &need, 2);
    let rows = u16::try_from(block.len()).unwrap_or(u16::MAX).min(3);
    let place = take(&mut rest, rows);
    block.paint(cx, place, 0);
    if let Some(end) = desk::end(cx, view) {
        return over(cx, rest, &end);
    }
    clock(cx, take(&mut rest, 1), state);
    let acts = u16::try_from(
        state
            .acts()
            .len()
            .div_ceil(spoken::columns(cx.state.size.0)),
    );
    let grid = take(&mut rest, acts.unwrap_or(u16::MAX));
    acts_grid(cx, grid, state);
    let label = cx.t("spoken-words");
    field::paint(cx, take(&mut rest, 1), &label, &state.words, state.in_words);
    let hint = take(&mut rest, 1);
    let keys = cx.t("spoken-keys");
    cx.put_cut(hint, hint.x, hint.y, &keys, dim);
}

/// Takes rows from the top of a place.
fn take(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let taken = Rect {
        height: rows,
        ..*rest
    };
    rest.y += rows;
    rest.height -= rows;
    taken
}

/// The customer's line with air around it. What does not fit is scrolled so that its end is in sight.
fn line(cx: &mut Cx<'_>, rest: &mut Rect, state: &SpokenState) {
    let Some(said) = state.line() else { return };
    let cols = usize::from(rest.width.saturating_sub(2 * MARGIN));
    let rows = u16::try_from(wrap(said, cols).len()).unwrap_or(u16::MAX);
    let acts = state
        .acts()
        .len()
        .div_ceil(spoken::columns(cx.state.size.0));
    // The acts, the figures, the clock and the words must stay on the screen.
    let below = u16::try_from(acts).unwrap_or(u16::MAX).saturating_add(5);
    let most = rest.height.saturating_sub(below).max(2);
    let air = u16::from(most > rows + 2);
    let place = take(rest, (rows + 2 * air).min(most));
    let place = Rect {
        x: place.x + MARGIN.min(place.width),
        y: place.y + air.min(place.height),
        width: place.width.saturating_sub(2 * MARGIN),
        height: place.height.saturating_sub(2 * air),
    };
    let mut block = Block::new(place.width);
    block.words(Role::Card, said, 0);
    block.paint(cx, place, usize::MAX);
}

/// How long the trainee thinks.
fn clock(cx: &mut Cx<'_>, place: Rect, state: &SpokenState) {
    let now = cx.state.now;
    let ms = state.think_ms(now);
    let secs = u64::try_from(ms / 1000).unwrap_or(0);
    let key = match (state.handed_in, state.began_at, state.read_at) {
        (Some(_), _, _) => "spoken-handed-in",
        (None, Some(_), _) => "spoken-thought",
        (None, None, Some(_)) => "spoken-thinks",
        (None, None, None) => "spoken-reading",
    };
    if state.began_at.is_none() {
        cx.changes(now.plus_millis(1000 - ms % 1000));
    }
    let words = cx.t_args(key, &[("secs", secs.into())]);
    let style = cx.style(Role::Info);
    cx.put_cut(place, place.x, place.y, &words, style);
    let marked = cx.t_args("spoken-marked", &[("count", state.marked.len().into())]);
    let strong = cx.style(Role::Strong);
    cx.put_right(place, place.y, &marked, strong);
}

/// The acts, down each column, each with its key.
fn acts_grid(cx: &mut Cx<'_>, area: Rect, state: &SpokenState) {
    let columns = spoken::columns(cx.state.size.0);
    let rows = state.acts().len().div_ceil(columns).max(1);
    let cols = usize::from(area.width) / columns;
    let on_top = cx.state.overlays.is_empty() && !state.in_words;
    for (at, name) in state.acts().iter().enumerate() {
        let row = row_of(area, at % rows);
        let x = row.x + u16::try_from(at / rows * cols).unwrap_or(0);
        let width = u16::try_from(cols.saturating_sub(1)).unwrap_or(0);
        let place = Rect { x, width, ..row };
        if row.is_empty() {
            continue;
        }
        let marked = state.marked.contains(&at);
        let tick = if marked { "[x]" } else { "[ ]" };
        let key = spoken::key_of(at).unwrap_or(' ');
        let act = desk::act(cx, name);
        let words = format!("{tick} {key} {act}");
        let words = pad(&truncate(&words, usize::from(width)), usize::from(width));
        let role = match (at == state.cursor && on_top, marked) {
            (true, _) => Role::Selected,
            (false, true) => Role::Strong,
            (false, false) => Role::Text,
        };
        let style = cx.style(role);
        cx.put(place, place.x, place.y, &words, style);
        cx.hit(place, Hit::Training(Spot::Act(at)));
    }
}

/// It is over: how, and where the trainee finds the rest.
fn over(cx: &mut Cx<'_>, area: Rect, end: &str) {
    let mut block = Block::new(area.width);
    block.gap();
    block.words(Role::Strong, end, 0);
    block.words(Role::Text, &cx.t("spoken-over"), 0);
    block.paint(cx, area, 0);
}
