//! Reviews at the desk: what is due, what was rated, whether raters agree, the figures; for an agent their own reviews (method
//! 3.14). The card itself, filled in beside the words it is about, is a layer of its own (`form`).

mod figures;
mod form;
mod keeping;
mod opening;
pub(super) mod runs;
mod sending;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::api::desk::{DeskRequest, QualityView, ReviewRow};
use crate::api::wire::DueReview;
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, EventId, ReviewId, TicketId, UserId};
use crate::domain::review::{Stage, Why};
use crate::domain::time::local;

use super::cx::Cx;
use super::notice::{Msg, Severity};
use super::state::{Overlay, Screen, State};

pub use figures::{Figures, SPAN_DAYS, agents, low};
pub use form::{Focus, Mode, ReviewForm};
pub(super) use form::{choose, here, key, not_here, paste};
pub(super) use keeping::{flush, save};

/// Most rows below the list: the figures of every agent, item and error are fewer.
const MOST_BELOW: usize = 500;

/// The tabs of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tab {
    /// What is to be reviewed.
    #[default]
    Due,
    /// What was reviewed.
    Reviews,
    /// What two raters made of the same words.
    Calibration,
    /// Accuracy and means.
    Figures,
}

impl Tab {
    /// The stable name, as locale keys write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Reviews => "reviews",
            Self::Calibration => "calibration",
            Self::Figures => "figures",
        }
    }
}

/// What the screen shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct QualityState {
    /// What the store told.
    pub view: QualityView,
    /// What follows from it.
    pub figures: Figures,
    /// Which tab.
    pub tab: Tab,
    /// The selected row of the tab.
    pub index: usize,
    /// The first row shown.
    pub top: usize,
    /// The first row shown of what stands below the list.
    pub below: usize,
    /// Cards that were begun and put aside, so that nothing of them is lost.
    pub kept: BTreeMap<ReviewId, ReviewForm>,
    /// The month asked for; the present one if none.
    pub month: Option<String>,
    /// Whether the cards that the disk kept are among those put aside.
    pub restored: bool,
    /// The generation of the timer after which a card is kept.
    pub saving: u64,
}

/// Whether who sits here rates what others said.
#[must_use]
pub fn rates(state: &State) -> bool {
    if let Some(practice) = &state.training {
        return practice.seat.role == crate::api::training::SeatRole::Trainer;
    }
    state.seat.as_ref().is_some_and(|s| s.user.role.rates())
}

/// The tabs of who sits here.
#[must_use]
pub fn tabs(state: &State) -> &'static [Tab] {
    if state.training.is_some() && !rates(state) {
        // What trainers say of a run stands in its debrief.
        &[Tab::Reviews]
    } else if rates(state) {
        &[Tab::Due, Tab::Reviews, Tab::Calibration, Tab::Figures]
    } else {
        &[Tab::Reviews, Tab::Figures]
    }
}

/// The tab that is shown.
#[must_use]
pub fn tab(state: &State) -> Tab {
    let tabs = tabs(state);
    let there = tabs.contains(&state.quality.tab);
    if there {
        state.quality.tab
    } else {
        tabs.first().copied().unwrap_or_default()
    }
}

/// A row of the first tab: a unit nobody rated, or one that waits for its second rater.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Waiting<'a> {
    /// Nobody rated it.
    Fresh(&'a DueReview),
    /// One did; a second one is wanted.
    Second(&'a ReviewRow),
}

/// What waits for this rater: appeals, reviews to be talked over, second ratings, then what the month asks for.
#[must_use]
pub fn waiting(state: &State) -> Vec<Waiting<'_>> {
    let me = state.seat.as_ref().map(|s| s.user.id);
    let view = &state.quality.view;
    let theirs = |r: &&ReviewRow| Some(r.review.agent) != me;
    let at = |stage: Stage| {
        let rows = view.reviews.iter().filter(theirs);
        rows.filter(move |r| r.review.stage() == stage)
    };
    let second = at(Stage::AwaitsSecond).filter(|r| me.is_some_and(|me| !r.review.rated_by(me)));
    let due = view.due.iter().flat_map(|d| &d.due);
    at(Stage::Appealed)
        .chain(at(Stage::Apart))
        .chain(second)
        .map(Waiting::Second)
        .chain(due.filter(|d| Some(d.agent) != me).map(Waiting::Fresh))
        .collect()
}

/// The reviews of the tab: all, or those of two raters.
pub fn reviews(state: &State) -> impl Iterator<Item = &ReviewRow> {
    let two = tab(state) == Tab::Calibration;
    let rows = state.quality.view.reviews.iter();
    rows.filter(move |r| !two || r.review.second)
}

/// How many rows the tab has.
#[must_use]
pub fn len(state: &State) -> usize {
    match tab(state) {
        Tab::Due => waiting(state).len(),
        Tab::Reviews | Tab::Calibration => reviews(state).count(),
        Tab::Figures => agents(state).len(),
    }
}

/// The store told of reviews. In a training its tickets are thrown away: there runs are rated, over the training's own path.
pub(super) fn take(cx: &mut Cx<'_, '_>, view: QualityView) {
    if !runs::trains(cx.state) {
        show_view(cx, view);
    }
}

fn show_view(cx: &mut Cx<'_, '_>, view: QualityView) {
    let first = cx.state.quality.view == QualityView::default();
    let (card, calendar) = (&cx.env.policy.card, &cx.env.policy.calendar);
    let figures = figures::all(&view, card, calendar.zone(), cx.env.now);
    keeping::restore(cx, &view);
    let quality = &mut cx.state.quality;
    let was = quality.view.news();
    quality.view = view;
    quality.figures = figures;
    let news = quality.view.news();
    let rows = len(cx.state);
    let quality = &mut cx.state.quality;
    quality.index = quality.index.min(rows.saturating_sub(1));
    let looks = cx.state.screen == Screen::Quality;
    if news > was && (first || !looks) {
        let msg = Msg::new("notice-reviews-news").number("count", news);
        cx.tell(Severity::Info, msg);
    }
}

/// The screen opens: what is due is drawn anew.
pub(super) fn entered(cx: &mut Cx<'_, '_>) {
    if rates(cx.state) {
        draw(cx);
    }
}

/// The screen is left.
pub(super) fn left(cx: &mut Cx<'_, '_>) {
    if runs::trains(cx.state) {
        return;
    }
    // What is new stays marked while one looks at it.
    cx.ask(DeskRequest::ReviewsSeen);
}

fn draw(cx: &mut Cx<'_, '_>) {
    if runs::trains(cx.state) {
        return runs::draw(cx);
    }
    let month = cx.state.quality.month.clone();
    cx.ask(DeskRequest::ReviewsDue { month });
}

/// Shows what the month before asks for, or the one after, up to the present one.
pub(super) fn month(cx: &mut Cx<'_, '_>, back: bool) {
    if !rates(cx.state) {
        return cx.say(Severity::Info, "notice-review-raters");
    }
    if runs::trains(cx.state) {
        // Runs are listed by when they ended, not by month.
        return draw(cx);
    }
    let today = local(cx.env.now, cx.env.policy.calendar.zone()).date();
    let present = today.first_of_month();
    let shown = cx.state.quality.month.as_deref();
    let shown = shown.and_then(|m| format!("{m}-01").parse::<jiff::civil::Date>().ok());
    let shown = shown.unwrap_or(present);
    let to = if back {
        shown.yesterday().map(jiff::civil::Date::first_of_month)
    } else {
        shown.last_of_month().tomorrow()
    };
    let to = to.unwrap_or(present).min(present);
    let name = (to != present).then(|| to.strftime("%Y-%m").to_string());
    cx.state.quality.month = name;
    show(cx, Tab::Due);
    draw(cx);
}

/// Shows a tab.
pub(super) fn show(cx: &mut Cx<'_, '_>, tab: Tab) {
    let quality = &mut cx.state.quality;
    (quality.tab, quality.index, quality.top, quality.below) = (tab, 0, 0, 0);
}

/// The next tab, or the one before.
pub(super) fn turn(cx: &mut Cx<'_, '_>, forward: bool) {
    let tabs = tabs(cx.state);
    let here = tabs.iter().position(|t| *t == tab(cx.state)).unwrap_or(0);
    let by = if forward { 1 } else { tabs.len() - 1 };
    if let Some(tab) = tabs.get((here + by) % tabs.len()) {
        show(cx, *tab);
    }
}

/// Selects a row.
pub(super) fn select(cx: &mut Cx<'_, '_>, at: usize) {
    let last = len(cx.state).saturating_sub(1);
    let quality = &mut cx.state.quality;
    (quality.index, quality.below) = (at.min(last), 0);
}

/// Pages through what stands below the list; the list itself is short and has its own keys.
pub(super) fn page(cx: &mut Cx<'_, '_>, down: bool) {
    let rows = usize::from(super::layout::layout(cx.state).side.height / 2).max(1);
    let below = &mut cx.state.quality.below;
    *below = if down {
        (*below + rows).min(MOST_BELOW)
    } else {
        below.saturating_sub(rows)
    };
}

/// Enter: the card of the selected row.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    let at = cx.state.quality.index;
    match tab(cx.state) {
        Tab::Due => {
            let found = match waiting(cx.state).get(at) {
                Some(Waiting::Second(row)) => Some(Err(row.review.id)),
                Some(Waiting::Fresh(due)) => Some(Ok(**due)),
                None => None,
            };
            match found {
                Some(Ok(due)) => {
                    let unit = (due.ticket, due.source);
                    opening::rate(cx, due.review, unit, due.agent, due.why);
                }
                Some(Err(id)) => opening::review(cx, id),
                None => {}
            }
        }
        Tab::Reviews | Tab::Calibration => {
            let id = reviews(cx.state).nth(at).map(|r| r.review.id);
            if let Some(id) = id {
                opening::review(cx, id);
            }
        }
        Tab::Figures => {}
    }
}

/// Opens the card for what was said last on the ticket on the screen by somebody else.
pub(super) fn open_last(cx: &mut Cx<'_, '_>) {
    if !rates(cx.state) {
        return cx.say(Severity::Info, "notice-review-raters");
    }
    if runs::trains(cx.state) {
        return super::nav::go(cx, Screen::Quality);
    }
    if cx.state.screen != Screen::Ticket {
        return cx.say(Severity::Info, "notice-review-where");
    }
    match last_said(cx) {
        // Whose words they are comes with the words.
        Some(unit) => {
            let id = ReviewId::of(unit.1);
            opening::rate(cx, id, unit, UserId::default(), Why::Asked);
        }
        None => cx.say(Severity::Info, "notice-review-nothing"),
    }
}

/// A second rater is asked for on a card, and there is none.
pub(super) fn second_where(cx: &mut Cx<'_, '_>) {
    cx.say(Severity::Info, "notice-review-second-where");
}

/// The last words of a colleague on the ticket on the screen.
fn last_said(cx: &Cx<'_, '_>) -> Option<(TicketId, EventId)> {
    use crate::api::desk::EntryKind;
    let ticket = cx.state.ticket.as_ref()?;
    let conversation = ticket.conversation.as_ref()?;
    let me = cx.my_name();
    let said = conversation.entries.iter().rev().find(|entry| {
        let said = matches!(entry.kind, EntryKind::Reply { .. } | EntryKind::Spoken);
        said && entry.ticket == ticket.id && !entry.pending && entry.who != me
    })?;
    Some((ticket.id, said.id))
}

/// A command about a review came back: its card opens again, with everything that was in it.
pub(super) fn rework(cx: &mut Cx<'_, '_>, id: CommandId, body: &CommandBody) {
    opening::rework(cx, id, body);
}

/// The card on top, if one is.
#[must_use]
pub fn top(state: &State) -> Option<&ReviewForm> {
    match state.overlays.last() {
        Some(Overlay::Review(form)) => Some(form),
        _ => None,
    }
}
