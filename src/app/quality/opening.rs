//! Opening the card: for what can be done with these words by who sits here, with what was begun on it before.

use crate::api::desk::DeskRequest;
use crate::app::composer::Composer;
use crate::app::cx::Cx;
use crate::app::state::Overlay;
use crate::app::timeline::Timeline;
use crate::domain::command::{CommandBody, ReviewAct};
use crate::domain::ids::{CommandId, EventId, ReviewId, TicketId, UserId};
use crate::domain::review::{Review, Stage, Why};
use crate::domain::scorecard::{Found, Marks};

use super::form::{Focus, Mode, ReviewForm};

/// Opens the card for these words, to be rated.
pub(super) fn rate(
    cx: &mut Cx<'_, '_>,
    id: ReviewId,
    unit: (TicketId, EventId),
    agent: UserId,
    why: Why,
) {
    if cx.state.quality.view.review(id).is_some() {
        return review(cx, id);
    }
    let marks = Marks::blank(&cx.env.policy.card);
    begin(cx, id, unit, (agent, why), (Mode::Rate, marks));
}

/// Opens the card of a review that stands, for what can be done with it by who sits here.
pub(super) fn review(cx: &mut Cx<'_, '_>, id: ReviewId) {
    let Some(row) = cx.state.quality.view.review(id) else {
        return;
    };
    let r = row.review.clone();
    let mode = mode(cx, &r);
    let card = &cx.env.policy.card;
    let own = cx.me().and_then(|me| r.ratings.iter().find(|x| x.by == me));
    let marks = match mode {
        Mode::Rate => None,
        Mode::Agree => r.pair().map(|(a, b)| common(a, b)),
        _ => r
            .outcome()
            .or_else(|| own.and_then(|x| x.marks.as_ref()))
            .cloned(),
    };
    let marks = marks.unwrap_or_else(|| Marks::blank(card));
    begin(
        cx,
        id,
        (r.ticket, r.source),
        (r.agent, r.why),
        (mode, marks),
    );
}

/// What can be done with it.
fn mode(cx: &Cx<'_, '_>, review: &Review) -> Mode {
    let me = cx.me();
    if me == Some(review.agent) {
        return if review.appealable(cx.env.now) {
            Mode::Appeal
        } else {
            Mode::Read
        };
    }
    let rates = super::rates(cx.state);
    match review.stage() {
        Stage::AwaitsSecond if rates && me.is_some_and(|me| !review.rated_by(me)) => Mode::Rate,
        Stage::Apart if rates => Mode::Agree,
        Stage::Appealed if cx.seat_leads() => Mode::Answer,
        _ => Mode::Read,
    }
}

/// What both marked alike; what they did not is open.
fn common(first: &Marks, second: &Marks) -> Marks {
    let mut out = first.clone();
    for mark in &mut out.criticals {
        let theirs = second.found(&mark.critical);
        if mark.found == Found::Unseen {
            mark.found = theirs;
        } else if theirs != Found::Unseen && theirs != mark.found {
            mark.found = Found::Unseen;
        }
    }
    for mark in &mut out.levels {
        let theirs = second.level(&mark.item);
        mark.level = match (mark.level, theirs) {
            (Some(a), Some(b)) if a.abs_diff(b) > 1 => None,
            (Some(a), _) => Some(a),
            (None, theirs) => theirs,
        };
    }
    out
}

/// A card on which nothing was done yet.
pub(super) fn fresh(
    review: ReviewId,
    unit: (TicketId, EventId),
    (agent, why): (UserId, Why),
    (mode, marks): (Mode, Marks),
) -> ReviewForm {
    ReviewForm {
        review,
        unit,
        agent,
        why,
        mode,
        marks,
        second: false,
        note: Composer::default(),
        cursor: 0,
        top: 0,
        focus: Focus::Card,
        generation: 0,
        words: None,
        not_here: false,
        timeline: Timeline::new(),
        begun: false,
        sent: false,
        back: None,
    }
}

fn begin(
    cx: &mut Cx<'_, '_>,
    review: ReviewId,
    unit: (TicketId, EventId),
    (agent, why): (UserId, Why),
    (mode, marks): (Mode, Marks),
) {
    let generation = cx.state.next_generation();
    let kept = cx.state.quality.kept.remove(&review);
    let mut form = kept
        .filter(|f| f.mode == mode)
        .unwrap_or_else(|| fresh(review, unit, (agent, why), (mode, marks)));
    form.generation = generation;
    form.not_here = false;
    form.sent = false;
    cx.state.overlays.push(Overlay::Review(Box::new(form)));
    if super::runs::trains(cx.state) {
        return super::runs::words(cx, unit);
    }
    cx.ask(DeskRequest::Unit {
        generation,
        ticket: unit.0,
        source: unit.1,
    });
}

/// Opens the card again over a command that came back, with what was in it.
pub(super) fn rework(cx: &mut Cx<'_, '_>, id: CommandId, body: &CommandBody) {
    let CommandBody::Review { review: at, act } = body else {
        return;
    };
    let known = cx.state.quality.view.review(*at).is_some();
    match act {
        ReviewAct::Rate {
            ticket,
            source,
            why,
            ..
        } if !known => {
            // Whose words they were comes with the words.
            rate(cx, *at, (*ticket, *source), UserId::default(), *why);
        }
        _ => review(cx, *at),
    }
    let Some(Overlay::Review(form)) = cx.state.overlays.last_mut() else {
        return;
    };
    let words = body.words().map_or("", |w| w.expose());
    form.note = Composer::of(words, words.len());
    form.back = Some(id);
    form.begun = true;
    if let ReviewAct::Rate { marks, .. } | ReviewAct::Agree { marks, .. } = act
        && form.mode.marks()
    {
        form.marks = marks.clone();
    }
}
