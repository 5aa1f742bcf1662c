//! What the training answers, each to the screen that asked.

use crate::api::training::Told;
use crate::app::cx::Cx;
use crate::app::notice::{Msg, Severity};

use super::{class, debrief, lesson, lobby, pairs, seat, spoken};

/// Takes an answer in.
pub(in crate::app) fn take(cx: &mut Cx<'_, '_>, told: Told) {
    if cx.state.training.is_none() {
        return;
    }
    match told {
        Told::Done => {
            pairs::done(cx);
            class::done(cx);
        }
        Told::No { why } => {
            refused(cx);
            class::refused(cx);
            spoken::refused(cx);
            cx.tell(Severity::Warning, Msg::new(format!("training-no-{why}")));
        }
        Told::Started { .. } => seat::started(cx),
        Told::Seat(view) => seat::took(cx, *view),
        Told::Lobby(view) => lobby::took(cx, *view),
        Told::Debrief(view) => debrief::took(cx, *view),
        Told::Tried(view) => debrief::tried(cx, *view),
        Told::Lesson(view) => lesson::took(cx, *view),
        Told::Pairs { rows } => pairs::listed(cx, rows),
        Told::Pair(view) => pairs::took(cx, *view),
        Told::Spoken(view) => spoken::took(cx, *view),
        Told::Class(view) => class::took(cx, *view),
        Told::Desk(view) => class::watched(cx, *view),
        Told::Results(results) => class::written(cx, results),
    }
}

/// What waited for an answer gets none: it may be asked again.
fn refused(cx: &mut Cx<'_, '_>) {
    lobby::settled(cx);
    debrief::refused(cx);
    pairs::refused(cx);
}

/// The training does not answer, or answers again.
pub(in crate::app) fn away(cx: &mut Cx<'_, '_>, away: bool) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    if std::mem::replace(&mut practice.away, away) != away && away {
        refused(cx);
        cx.say(Severity::Error, "notice-training-away");
    }
}
