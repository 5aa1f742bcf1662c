//! The same screen in a training: trainers rate runs with the card of live replies. The runs come over the training's own path and
//! not over the desk's store, whose tickets are thrown away with the training.

use crate::api::desk::{DueList, Entry, EntryKind, QualityView, ReviewRow, UnitView};
use crate::api::training::{Ask, DeskView, RunMarks, RunReviews};
use crate::app::cx::Cx;
use crate::app::notice::Severity;
use crate::app::state::State;
use crate::domain::ids::{CommandId, EventId, ReviewId, TicketId};
use crate::domain::time::{Ms, local};
use crate::domain::vocabulary::Channel;
use crate::text::SafeText;

use super::form::{Mode, ReviewForm};

/// Whether this desk is for a training.
pub(super) const fn trains(state: &State) -> bool {
    state.training.is_some()
}

/// Asks for the runs.
pub(super) fn draw(cx: &mut Cx<'_, '_>) {
    cx.train(Ask::RunReviews);
}

/// The runs came.
pub(in crate::app) fn take(cx: &mut Cx<'_, '_>, told: RunReviews) {
    let now = cx.env.now;
    let month = local(now, cx.env.policy.calendar.zone()).date();
    let reviews: Vec<ReviewRow> = told
        .reviews
        .into_iter()
        .map(|r| ReviewRow {
            review: r.review,
            words: r.words.into_iter().collect(),
            news: false,
        })
        .collect();
    // What was put aside until it is known to be kept is kept now.
    let me = cx.me();
    let quality = &mut cx.state.quality;
    let before = quality.kept.len();
    quality.kept.retain(|id, form| {
        let row = reviews.iter().find(|r| r.review.id == *id);
        let done = row.is_some_and(|r| match form.mode {
            Mode::Agree => r.review.agreed.is_some(),
            _ => me.is_some_and(|me| r.review.rated_by(me)),
        });
        !(form.sent && done)
    });
    let handed_in = quality.kept.len() < before;
    super::show_view(
        cx,
        QualityView {
            reviews,
            due: Some(DueList {
                month: month.strftime("%Y-%m").to_string(),
                at: now,
                due: told.due,
                agents: told.agents,
            }),
            away: false,
            names: told.names.into_iter().collect(),
            titles: told.titles.into_iter().collect(),
            begun: Vec::new(),
        },
    );
    if handed_in {
        cx.say(Severity::Done, "notice-review-rate");
    }
}

/// Something was refused: what was handed in may be handed in again.
pub(in crate::app) fn refused(state: &mut State) {
    for form in state.quality.kept.values_mut() {
        form.sent = false;
    }
}

/// Asks for the words of a run.
pub(super) fn words(cx: &mut Cx<'_, '_>, unit: (TicketId, EventId)) {
    cx.train(Ask::RunWords { run: unit.0.0 });
}

/// The words of a run came.
pub(in crate::app) fn here(cx: &mut Cx<'_, '_>, desk: &DeskView) {
    let Some(form) = super::top(cx.state) else {
        return;
    };
    if form.unit.0.0 != desk.run {
        return;
    }
    let view = unit(form.generation, form.unit, began(cx.state, desk), desk);
    super::form::here(cx, view);
}

/// When the run began: what is known is when it ended.
fn began(state: &State, desk: &DeskView) -> Ms {
    let view = &state.quality.view;
    let id = ReviewId(desk.run);
    let due = view
        .due
        .iter()
        .flat_map(|d| &d.due)
        .find(|d| d.review == id);
    let rated = view.review(id).map(|r| r.review.said_at);
    let ended = rated
        .or_else(|| due.map(|d| d.said_at))
        .unwrap_or(state.now);
    let lasted = desk.turns.last().map_or(0, |t| t.at_ms);
    ended.plus_millis(-lasted)
}

/// A run as the words under review: what the customer said and what was answered, turn by turn.
fn unit(
    generation: u64,
    (ticket, source): (TicketId, EventId),
    began: Ms,
    desk: &DeskView,
) -> UnitView {
    let entry = |index: usize, who: &SafeText, kind, text: &SafeText, at_ms: i64| Entry {
        id: EventId {
            command: CommandId(desk.run),
            index: u16::try_from(index).unwrap_or(u16::MAX),
        },
        ticket,
        number: None,
        at: began.plus_millis(at_ms),
        position: 1,
        who: who.clone(),
        kind,
        text: text.clone(),
        attachments: Vec::new(),
        pending: false,
        lines: Vec::new(),
    };
    let theirs = || EntryKind::Customer {
        channel: Channel::Voice,
    };
    let mut entries = vec![entry(100, &desk.customer, theirs(), &desk.opening, 0)];
    for (at, turn) in desk.turns.iter().enumerate() {
        let index = 101 + at * 2;
        if !turn.said.is_empty() {
            let said = entry(index, &desk.name, EntryKind::Spoken, &turn.said, turn.at_ms);
            entries.push(said);
        }
        if !turn.answer.is_empty() {
            let answer = entry(
                index + 1,
                &desk.customer,
                theirs(),
                &turn.answer,
                turn.at_ms,
            );
            entries.push(answer);
        }
    }
    UnitView {
        generation,
        ticket,
        source,
        agent: Some(desk.seat),
        number: None,
        customer: desk.customer.clone(),
        entries,
    }
}

/// Hands a card in; it is kept here until the training says that it is kept there.
pub(super) fn send(cx: &mut Cx<'_, '_>, mut form: Box<ReviewForm>) {
    let given = RunMarks {
        run: form.unit.0.0,
        second: form.second,
        marks: form.marks.clone(),
        note: form.note.text().trim().to_owned(),
    };
    let ask = match form.mode {
        Mode::Agree => Ask::RunAgree { given },
        _ => Ask::RunRate { given },
    };
    (form.begun, form.sent) = (true, true);
    cx.state.quality.kept.insert(form.review, *form);
    cx.train(ask);
}
