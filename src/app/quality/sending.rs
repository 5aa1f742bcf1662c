//! Handing a card in: what is missing is said first, and the card opens again if the desk refuses it at once.

use crate::app::cx::Cx;
use crate::app::notice::{Msg, Severity};
use crate::app::returns;
use crate::app::state::Overlay;
use crate::domain::command::{CommandBody, ReviewAct};
use crate::domain::scorecard::Unfit;
use crate::text::{RawText, SafeText};

use super::form::{Focus, Mode, ReviewForm};

/// Most characters of a note, an appeal or an answer (the wire's limit).
const MOST: usize = 2_000;

/// Hands in what the layer holds.
pub(super) fn send(cx: &mut Cx<'_, '_>) {
    let Some(Overlay::Review(mut form)) = cx.state.overlays.pop() else {
        return;
    };
    if let Some(msg) = hindrance(cx, &mut form) {
        cx.state.overlays.push(Overlay::Review(form));
        return cx.tell(Severity::Info, msg);
    }
    if super::runs::trains(cx.state) {
        return super::runs::send(cx, form);
    }
    let Some(act) = act(cx, &form) else {
        cx.state.overlays.push(Overlay::Review(form));
        return;
    };
    let body = CommandBody::Review {
        review: form.review,
        act,
    };
    let (back, mode) = (form.back, form.mode);
    cx.state.quality.kept.remove(&form.review);
    let review = form.review;
    cx.submit_form(vec![body], Some(Overlay::Review(form)));
    super::keeping::gone(cx, review);
    if let Some(id) = back {
        returns::replaced(cx, id);
    }
    cx.say(Severity::Done, &format!("notice-review-{}", mode.as_str()));
}

/// Why it cannot be handed in as it stands, if so.
fn hindrance(cx: &Cx<'_, '_>, form: &mut ReviewForm) -> Option<Msg> {
    if form.mode == Mode::Read {
        return Some(Msg::new("notice-review-read-only"));
    }
    if form.note.text().trim().chars().count() > MOST {
        return Some(Msg::new("notice-box-full"));
    }
    if matches!(form.mode, Mode::Appeal | Mode::Answer) && form.note.is_blank() {
        form.focus = Focus::Note;
        return Some(Msg::new("notice-review-words"));
    }
    if form.mode == Mode::Appeal {
        return None;
    }
    if form.mode == Mode::Answer && stood(cx, form) {
        return None;
    }
    let card = &cx.env.policy.card;
    match form.marks.fit(card) {
        Ok(()) => {}
        Err(Unfit::Nothing) => return Some(Msg::new("notice-review-blank")),
        // A review by an older card, whose names are gone: its marks cannot be put right here.
        Err(_) => return Some(Msg::new("notice-review-old-card")),
    }
    open_difference(cx, form)
}

/// In talking it over nothing that the raters saw differently may stay open.
fn open_difference(cx: &Cx<'_, '_>, form: &mut ReviewForm) -> Option<Msg> {
    if form.mode != Mode::Agree {
        return None;
    }
    let row = cx.state.quality.view.review(form.review)?;
    let (first, _) = row.review.pair()?;
    let open = form.marks.criticals.iter().position(|m| {
        m.found == crate::domain::scorecard::Found::Unseen
            && first.found(&m.critical) != crate::domain::scorecard::Found::Unseen
    });
    let levels = form.marks.levels.iter();
    let level = levels
        .clone()
        .position(|m| m.level.is_none() && first.level(&m.item).is_some());
    let at = open.or_else(|| level.map(|at| at + form.marks.criticals.len()))?;
    form.cursor = at;
    form.focus = Focus::Card;
    let lang = cx.state.settings.lang;
    let card = &cx.env.policy.card;
    let name = form
        .critical()
        .and_then(|m| card.critical(&m.critical).map(|c| c.name(lang)))
        .or_else(|| {
            let mark = form.level()?;
            card.item(&mark.item).map(|i| i.name(lang))
        });
    let name = SafeText::clean_line(name.unwrap_or_default());
    Some(Msg::new("notice-review-open").text("name", &name))
}

/// Whether the marks are those that count already.
fn stood(cx: &Cx<'_, '_>, form: &ReviewForm) -> bool {
    let row = cx.state.quality.view.review(form.review);
    row.and_then(|r| r.review.outcome()) == Some(&form.marks)
}

fn act(cx: &Cx<'_, '_>, form: &ReviewForm) -> Option<ReviewAct> {
    let words = RawText::new(form.note.text().trim());
    Some(match form.mode {
        Mode::Rate => ReviewAct::Rate {
            ticket: form.unit.0,
            source: form.unit.1,
            why: form.why,
            second: form.second,
            marks: form.marks.clone(),
            note: words,
        },
        Mode::Agree => ReviewAct::Agree {
            marks: form.marks.clone(),
            note: words,
        },
        Mode::Appeal => ReviewAct::Appeal { text: words },
        Mode::Answer => ReviewAct::Answer {
            marks: (!stood(cx, form)).then(|| form.marks.clone()),
            text: words,
        },
        Mode::Read => return None,
    })
}
