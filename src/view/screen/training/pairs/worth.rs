//! When a pair came out, what is due with it, and, for a trainer who is to decide on it, what it did.

use ratatui::layout::Rect;

use crate::api::training::{PairChange, PairRow, PairState, PairView, PairWorth, SeatRole};
use crate::view::cx::Cx;
use crate::view::screen::training::telling::{above, word};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Rows at most: dates on one, and two groups of people.
const ROWS: u16 = 4;

/// Paints it; gives the rows used.
pub fn paint(cx: &mut Cx<'_>, area: Rect, view: &PairView) -> u16 {
    let practice = cx.state.training.as_deref();
    let leads = practice.is_some_and(|p| p.seat.role == SeatRole::Trainer);
    let mut block = Block::new(area.width);
    let dates = dates(cx, view, leads);
    if !dates.is_empty() {
        let due = view.row.look.as_ref().is_some_and(|(_, days)| *days <= 0);
        let role = if due { Role::Soon } else { Role::Dim };
        block.words(role, &dates.join("  "), 2);
    }
    let due = view.row.next.as_deref() == Some("judge");
    if let Some(worth) = view.worth.as_ref().filter(|w| due || w.kept.is_some()) {
        let people = i64::from(worth.readers.people);
        let args = [
            ("people", people.into()),
            ("answered", i64::from(worth.answered).into()),
            ("change", change(cx, worth, worth.readers).into()),
        ];
        block.words(Role::Text, &cx.t_args("pair-worth-readers", &args), 2);
        let args = [
            ("people", i64::from(worth.others.people).into()),
            ("change", change(cx, worth, worth.others).into()),
        ];
        block.words(Role::Text, &cx.t_args("pair-worth-others", &args), 2);
    }
    block.paint(cx, above(area, ROWS), 0)
}

fn dates(cx: &Cx<'_>, view: &PairView, leads: bool) -> Vec<String> {
    let row: &PairRow = &view.row;
    let on = |key: &str, date: &str| cx.t_args(key, &[("date", date.into())]);
    let mut out: Vec<String> = Vec::new();
    out.extend(row.out.as_ref().map(|date| on("pair-out", date)));
    if let Some(date) = view.worth.as_ref().and_then(|w| w.on.as_ref())
        && row.state == PairState::Kept
    {
        out.push(on("pair-kept-on", date));
    }
    out.extend(row.look.as_ref().map(|(date, days)| {
        if *days <= 0 {
            return on("pair-look-due", date);
        }
        let args = [("date", date.as_str().into()), ("days", (*days).into())];
        cx.t_args("pair-look", &args)
    }));
    if let Some((date, why)) = &row.retires {
        if row.state == PairState::Retired {
            out.push(on(&format!("pair-retired-{why}"), date));
        } else if leads {
            out.push(on(&format!("pair-retires-{why}"), date));
        }
    }
    out
}

/// How some people's results changed, in words: with few people there is nothing to see, and it says so.
fn change(cx: &Cx<'_>, worth: &PairWorth, of: PairChange) -> String {
    let skill = match &worth.skill {
        Some(name) => word(cx, "criterion", name),
        None => return cx.t("pair-worth-no-skill"),
    };
    let Some(by) = of.by else {
        return cx.t_args("pair-worth-unknown", &[("skill", skill.as_str().into())]);
    };
    let by = format!("{by:+}");
    let args = [
        ("skill", skill.as_str().into()),
        ("by", by.as_str().into()),
        ("measured", i64::from(of.measured).into()),
    ];
    cx.t_args("pair-worth-change", &args)
}
