//! Pairs: the list, and one pair to be read left and right, with what makes the two differ and three questions.

mod reader;
mod worth;

use ratatui::layout::Rect;

use crate::api::training::{PairRow, PairState};
use crate::app::training::pairs::PairsState;
use crate::text::{pad, pad_left, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::list::List;

use super::telling::below;

/// Paints the screen.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let pairs = &practice.pairs;
    if pairs.reading.is_some() {
        return reader::paint(cx, area, pairs);
    }
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let dim = cx.style(Role::Dim);
    if pairs.rows.is_empty() {
        let key = if pairs.listed {
            "pairs-none"
        } else {
            "pairs-loading"
        };
        let words = cx.t(key);
        let mut block = crate::view::widget::block::Block::new(place.width);
        block.words(Role::Dim, &words, 0);
        block.paint(cx, below(place, 1), 0);
        return;
    }
    let head = columns(
        area.width,
        &cx.t("pairs-col-state"),
        &cx.t("pairs-col-title"),
        &cx.t("pairs-col-totals"),
        &cx.t("pairs-col-next"),
        &cx.t("pairs-col-read"),
    );
    cx.put_cut(row_of(area, 0), area.x, area.y, &head, dim);
    list(cx, below(area, 1), pairs, practice.seat.consent);
}

fn list(cx: &mut Cx<'_>, area: Rect, pairs: &PairsState, consent: Option<uuid::Uuid>) {
    let list = List {
        len: pairs.rows.len(),
        top: 0,
        selected: pairs.index(),
        focused: true,
    };
    list.paint(cx, area, |cx, at, place| {
        let row = pairs.rows.get(at)?;
        let wanted = consent == Some(row.id);
        let line = columns(
            place.width,
            &state(cx, row.state),
            &row.title,
            &totals(row),
            &next(cx, row),
            &row.read.to_string(),
        );
        let role = if wanted { Role::Soon } else { Role::Text };
        let style = cx.style(role);
        cx.put(place, place.x, place.y, &line, style);
        None
    });
}

/// One row: state, title, both totals, what comes next, how often it was read.
fn columns(width: u16, state: &str, title: &str, totals: &str, next: &str, read: &str) -> String {
    let fixed = 2 + 11 + 12 + 15 + 6;
    let room = usize::from(width).saturating_sub(fixed);
    format!(
        "  {}{}{}  {}{}",
        pad(&truncate(state, 10), 11),
        pad(&truncate(title, room.saturating_sub(1)), room),
        pad_left(totals, 10),
        pad(&truncate(next, 14), 15),
        pad_left(read, 5),
    )
}

/// Where a pair is, in a word.
fn state(cx: &Cx<'_>, state: PairState) -> String {
    let name = match state {
        PairState::Candidate => "candidate",
        PairState::Matched => "matched",
        PairState::Masked => "masked",
        PairState::Annotated => "annotated",
        PairState::Consented => "consented",
        PairState::Published => "published",
        PairState::Kept => "kept",
        PairState::Retired => "retired",
    };
    cx.t(&format!("pair-state-{name}"))
}

fn totals(row: &PairRow) -> String {
    format!("{} : {}", row.totals.0, row.totals.1)
}

/// What this reader can do with it next; for a trainer, when it is to be looked at.
fn next(cx: &Cx<'_>, row: &PairRow) -> String {
    match (&row.next, &row.look) {
        (Some(deed), _) => super::telling::word(cx, "pair-next", deed),
        (None, Some((date, _))) => {
            // The year goes without saying: it is within the month.
            let day = date.get(5..).unwrap_or(date);
            cx.t_args("pair-next-look", &[("date", day.into())])
        }
        (None, None) => String::new(),
    }
}
