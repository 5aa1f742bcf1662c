//! What the training answers, each to the screen that asked.

use crate::api::training::{Ask, Told};
use crate::app::cx::Cx;
use crate::app::notice::{Msg, Severity};
use crate::app::quality::runs;

use super::{class, debrief, lesson, lobby, pairs, seat, spoken};

/// Takes in what the training told; `ask` is the order that it answers, where it answers one.
pub(in crate::app) fn take(cx: &mut Cx<'_, '_>, ask: Option<&Ask>, told: Told) {
    if cx.state.training.is_none() {
        return;
    }
    match told {
        Told::Done => {
            pairs::done(cx);
            class::done(cx, ask);
        }
        // Nobody waits for this one, and the next first key is told of anew.
        Told::No { .. } if matches!(ask, Some(Ask::Began { .. })) => {}
        Told::No { why } => {
            refused(cx);
            class::refused(cx, ask);
            spoken::refused(cx);
            if matches!(ask, Some(Ask::RunRate { .. } | Ask::RunAgree { .. })) {
                runs::refused(cx.state);
            }
            if let Some(Ask::Answer { storm, .. }) = ask {
                seat::not_answered(cx, *storm);
            }
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
        Told::RunReviews(told) => runs::take(cx, *told),
        Told::RunWords(view) => runs::here(cx, &view),
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
