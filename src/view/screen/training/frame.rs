//! The mark of training: a border with the word on every screen, whatever lies above it. Nobody shall ever take a simulated
//! customer for a real one, or a real one for a simulated.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::api::training::{ContactView, SeatStage, Speed};
use crate::app::keymap::Place;
use crate::app::training::Practice;
use crate::app::{Action, State};
use crate::text::width::width;
use crate::view::cx::{Cx, Look, Painted};
use crate::view::theme::Role;

/// Puts the screen `inner` into its border.
pub fn lay(
    state: &State,
    look: Look<'_>,
    buf: &mut Buffer,
    inner: &Buffer,
    painted: Painted,
) -> Painted {
    let outer = buf.area;
    let mut cx = Cx::new(state, look, buf);
    let style = cx.style(Role::Training);
    cx.clear(outer, style);
    for y in outer.top()..outer.bottom() {
        cx.put(outer, outer.left(), y, "#", style);
        cx.put(outer, outer.right().saturating_sub(1), y, "#", style);
    }
    let edge = "=".repeat(usize::from(outer.width));
    for y in [outer.top(), outer.bottom().saturating_sub(1)] {
        cx.put(outer, outer.left(), y, &edge, style);
    }
    head(&mut cx, outer);
    foot(&mut cx, outer);
    cx.copy(inner, (1, 1));
    let mut out = cx.painted;
    out.rows_formatted = painted.rows_formatted;
    out.caret = painted.caret.map(|at| Position::new(at.x + 1, at.y + 1));
    out.hits = painted.hits;
    for (area, _) in &mut out.hits {
        area.x += 1;
        area.y += 1;
    }
    out.changes_at = painted.changes_at.into_iter().chain(out.changes_at).min();
    out
}

/// The word, the level, how time runs, and how the customer on the screen is, as far as the level shows it.
fn head(cx: &mut Cx<'_>, outer: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let style = cx.style(Role::Training);
    let strong = cx.style(Role::TrainingWord);
    let word = format!("[ {} ]", cx.t("training-mark"));
    let mut x = cx.put(outer, outer.x + 2, outer.y, &word, strong);
    for piece in pieces(cx, practice) {
        let cols = u16::try_from(width(&piece)).unwrap_or(u16::MAX);
        // What does not fit whole is left out, never cut: half a figure would be a wrong one.
        if x.saturating_add(cols).saturating_add(3) >= outer.right() {
            continue;
        }
        x = cx.put(outer, x + 1, outer.y, &format!(" {piece} "), style);
    }
}

fn pieces(cx: &mut Cx<'_>, practice: &Practice) -> Vec<String> {
    let seat = &practice.seat;
    let mut out = Vec::new();
    if practice.away {
        out.push(cx.t("training-away"));
    }
    if matches!(seat.stage, SeatStage::Running | SeatStage::Over) {
        out.push(cx.t_args("training-level", &[("level", u64::from(seat.level).into())]));
        if seat.paused {
            out.push(cx.t("training-paused"));
        } else if seat.speed == Speed::Slow && seat.help.clock {
            out.push(cx.t("training-slow"));
        } else if seat.speed == Speed::Brisk {
            out.push(cx.t("training-brisk"));
        }
    }
    let open = seat.contacts.iter().filter(|c| c.over.is_none()).count();
    if open > 1 {
        out.push(cx.t_args("training-callers", &[("count", open.into())]));
    }
    if seat.relief.is_some() {
        out.push(cx.t("training-shift"));
    }
    if seat.cut {
        out.push(cx.t("training-cut"));
    }
    let shown = cx.state.shown();
    let contact = seat.contacts.iter().find(|c| Some(c.ticket) == shown);
    if let Some(contact) = contact {
        of_contact(cx, contact, &mut out);
    }
    out
}

fn of_contact(cx: &mut Cx<'_>, contact: &ContactView, out: &mut Vec<String>) {
    if !contact.offers.is_empty() {
        let keys = cx.state.keymap.keys(Place::Everywhere, Action::Offers);
        if let Some(key) = keys.first() {
            out.push(format!("{key} {}", cx.t("action-offers")));
        }
    }
    // Whoever speaks: one's own line first, which the customer waits for.
    let now = cx.state.now;
    let own = contact.own_until.map_or(0, |until| until.minus(now));
    let (key, speaks) = if own > 0 {
        ("training-own", own)
    } else {
        ("training-speaks", contact.speaks_until.minus(now))
    };
    if contact.over.is_some() && speaks <= 0 {
        return out.push(cx.t("training-contact-over"));
    }
    let stands = cx.state.training.as_ref().is_some_and(|p| p.seat.paused);
    if speaks > 0 && !stands {
        let secs = u64::try_from(speaks).unwrap_or(0).div_ceil(1000);
        out.push(cx.t_args(key, &[("secs", secs.into())]));
        let next = cx
            .state
            .now
            .plus_millis(speaks - (speaks - 1) / 1000 * 1000);
        cx.changes(next);
    }
    if let Some((anger, trust)) = contact.mood {
        let anger = cx.t_args("training-anger", &[("value", u64::from(anger).into())]);
        let trust = cx.t_args("training-trust", &[("value", u64::from(trust).into())]);
        out.push(anger);
        out.push(trust);
    }
    if let Some(patience) = contact.patience {
        let value = u64::from(patience).into();
        out.push(cx.t_args("training-patience", &[("value", value)]));
    }
}

/// Says once more what this is, where the eye goes last.
fn foot(cx: &mut Cx<'_>, outer: Rect) {
    let style = cx.style(Role::TrainingWord);
    let words = format!("[ {} ]", cx.t("training-foot"));
    let room = Rect {
        width: outer.width.saturating_sub(2),
        ..outer
    };
    if width(&words) < usize::from(room.width) {
        let y = outer.bottom().saturating_sub(1);
        cx.put_right(room, y, &words, style);
    }
}
