//! Layers of the trainee's seat: lines to choose from, what came in between, the minute after a storm.

use ratatui::layout::Rect;

use crate::app::training::{OffersState, StormState, seat};
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::bar;
use crate::view::theme::Role;
use crate::view::widget::{block::Block, field, modal};

/// The widest layer, in columns.
const COLS: u16 = 92;
/// One breath of the release, in and out, milliseconds: six a minute.
const BREATH: i64 = 10_000;

/// Lines to choose from.
pub fn offers(cx: &mut Cx<'_>, screen: Rect, offers: &OffersState) {
    let title = cx.t("offers-title");
    let rows = screen.height.saturating_sub(2).min(16);
    let body = modal::open(cx, screen, COLS, rows, &title);
    let mut block = Block::new(body.width);
    for (at, line) in offers.lines.iter().enumerate() {
        let chosen = at == offers.cursor;
        let mark = if chosen { "> " } else { "  " };
        let role = if chosen { Role::Strong } else { Role::Modal };
        let number = format!("{mark}{} ", at + 1);
        block.hung(role, &number, line, 4, None);
        block.gap();
    }
    block.words(Role::Dim, &cx.t("offers-about"), 0);
    block.paint(cx, body, 0);
}

/// Something came in between and wants words.
pub fn storm(cx: &mut Cx<'_>, screen: Rect, storm: &StormState) {
    let title = cx.t(&format!("storm-{}", storm.storm.kind.replace('_', "-")));
    let body = modal::open(cx, screen, COLS, 9, &title);
    let mut block = Block::new(body.width);
    block.words(Role::Strong, &storm.storm.text, 0);
    block.gap();
    let about = match (storm.storm.now, storm.storm.put_off) {
        (true, _) => "storm-about-now",
        (false, 0) => "storm-about",
        (false, _) => "storm-about-again",
    };
    block.words(Role::Dim, &cx.t(about), 0);
    let used = block.paint(cx, body, 0);
    let at = usize::from(used).saturating_add(1);
    field::paint(cx, row_of(body, at), ">", &storm.line, true);
}

/// The minute after a storm: a breath in, a breath out, and the seconds that are left. Private: nothing of it is kept.
pub fn release(cx: &mut Cx<'_>, screen: Rect) {
    let Some(release) = cx.state.training.as_deref().and_then(seat::release) else {
        return;
    };
    let title = cx.t("release-title");
    let body = modal::open(cx, screen, 64, 13, &title);
    let now = cx.state.now;
    let left = release.until.minus(now).max(0);
    let mut block = Block::new(body.width);
    block.words(Role::Modal, &cx.t("release-words"), 0);
    block.gap();
    let at = now.minus(release.since).rem_euclid(BREATH);
    let half = BREATH / 2;
    let (key, full) = if at < half {
        ("release-in", at * 100 / half)
    } else {
        ("release-out", 100 - (at - half) * 100 / half)
    };
    let full = u8::try_from(full).unwrap_or(0);
    let breath = format!("{}  {}", bar(full, 40), cx.t(key));
    block.words(Role::Card, &SafeText::clean_line(&breath), 0);
    block.gap();
    if left > 0 {
        let secs = u64::try_from(left).unwrap_or(0).div_ceil(1000);
        block.words(
            Role::Dim,
            &cx.t_args("release-left", &[("secs", secs.into())]),
            0,
        );
        cx.changes(now.plus_millis(1000));
    } else {
        block.words(Role::Strong, &cx.t("release-over"), 0);
    }
    block.paint(cx, body, 0);
}
