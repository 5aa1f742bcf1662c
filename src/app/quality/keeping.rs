//! Cards that were begun: on the disk a moment after the last key, so that neither a cut line nor a power cut takes marks away.

use crate::api::desk::{BegunCard, DeskRequest, QualityView};
use crate::app::composer::Composer;
use crate::app::cx::Cx;
use crate::app::event::Timer;
use crate::app::state::Overlay;
use crate::domain::ids::ReviewId;

use super::form::{Mode, ReviewForm};
use super::{opening, runs, top};

/// How long keys stand still before a card is kept, milliseconds.
const STILL: u64 = 400;

/// Something was marked or written: it is kept once the keys stand still.
pub(super) fn changed(cx: &mut Cx<'_, '_>) {
    let generation = cx.state.next_generation();
    cx.state.quality.saving = generation;
    cx.timer(Timer::SaveCard(generation), STILL);
}

/// The keys stand still.
pub(in crate::app) fn save(cx: &mut Cx<'_, '_>, generation: u64) {
    if cx.state.quality.saving == generation {
        flush(cx);
    }
}

/// Keeps the card on top now.
pub(in crate::app) fn flush(cx: &mut Cx<'_, '_>) {
    let Some(form) = top(cx.state).filter(|f| f.begun).cloned() else {
        return;
    };
    keep(cx, &form);
}

/// Keeps a card. In a training the store is thrown away with it: there cards live as long as the desk.
pub(super) fn keep(cx: &mut Cx<'_, '_>, form: &ReviewForm) {
    if runs::trains(cx.state) {
        return;
    }
    let card = BegunCard {
        review: form.review,
        ticket: form.unit.0,
        source: form.unit.1,
        agent: form.agent,
        why: form.why,
        mode: form.mode.as_str().to_owned(),
        marks: form.marks.clone(),
        second: form.second,
        note: form.note.text().to_owned(),
    };
    cx.ask(DeskRequest::KeepCard {
        review: form.review,
        card: Some(Box::new(card)),
    });
}

/// It was handed in.
pub(super) fn gone(cx: &mut Cx<'_, '_>, review: ReviewId) {
    cx.ask(DeskRequest::KeepCard { review, card: None });
}

/// Puts aside what the disk kept, once. A card by another version of the scorecard, whose names do not fit, begins anew.
pub(super) fn restore(cx: &mut Cx<'_, '_>, view: &QualityView) {
    if std::mem::replace(&mut cx.state.quality.restored, true) {
        return;
    }
    let names = |marks: &crate::domain::scorecard::Marks| {
        let criticals = marks.criticals.iter().map(|c| c.critical.clone());
        let levels = marks.levels.iter().map(|l| l.item.clone());
        criticals.chain(levels).collect::<Vec<_>>()
    };
    let blank = crate::domain::scorecard::Marks::blank(&cx.env.policy.card);
    for card in &view.begun {
        let Some(mode) = Mode::from_name(&card.mode) else {
            continue;
        };
        if names(&card.marks) != names(&blank) {
            continue;
        }
        let unit = (card.ticket, card.source);
        let whose = (card.agent, card.why);
        let mut form = opening::fresh(card.review, unit, whose, (mode, card.marks.clone()));
        form.note = Composer::of(&card.note, card.note.len());
        form.second = card.second;
        form.begun = true;
        let open = cx.state.overlays.iter().any(|o| match o {
            Overlay::Review(f) => f.review == card.review,
            _ => false,
        });
        if !open {
            cx.state.quality.kept.insert(card.review, form);
        }
    }
}
