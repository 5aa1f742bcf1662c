//! The console as a pure state machine: `update(state, event, env, effects)`. No terminal, no clock, no IO: what
//! happened comes in as an [`Event`], what shall happen goes out as an [`Effect`], the instant, ids, policy and coach
//! are arguments. Painting is the business of `view`; carrying effects out is that of `shell`.
//!
//! One file a concern: a screen's state and what it does stand together; `route` only decides who gets a key.

mod act;
pub mod action;
pub mod advice;
mod answering;
mod answers;
mod asking;
mod calls;
pub mod cards;
pub mod checking;
mod coaching;
pub mod composer;
mod cx;
pub mod deciding;
pub mod dialog;
pub mod effect;
pub mod event;
mod finding;
pub mod growing;
pub mod grown;
mod handling;
mod hearing;
pub mod intake;
pub mod keymap;
pub mod layout;
pub mod line;
pub mod lists;
pub mod names;
mod nav;
pub mod notice;
mod overriding;
pub mod palette;
mod panes;
mod putting_down;
pub mod quality;
pub mod queue;
mod returns;
pub mod route;
pub mod sending;
mod session;
pub mod state;
pub mod ticket;
pub mod timeline;
pub mod training;
pub mod when;
pub mod writing;

pub use action::Action;
pub use effect::Effect;
pub use event::{Event, Hit, Input, Key};
pub use keymap::Keymap;
pub use layout::{Layout, layout};
pub use state::State;

use uuid::Uuid;

use crate::domain::policy::Policy;
use crate::domain::time::Ms;

use advice::CoachPort;
use cx::Cx;
use notice::{Msg, Severity};
use queue::reveal;
use state::{Overlay, Screen};

/// What `update` may know besides the state.
pub struct Env<'a> {
    /// The instant of the event.
    pub now: Ms,
    /// The policy in force.
    pub policy: &'a Policy,
    /// The coach.
    pub coach: &'a dyn CoachPort,
    /// Makes a new id (version 7).
    pub ids: &'a mut dyn FnMut() -> Uuid,
}

/// Lets the state go on by one event. Total: every event has an outcome in every state. Orders are appended to `fx`.
pub fn update(state: &mut State, event: Event, env: &mut Env<'_>, fx: &mut Vec<Effect>) {
    state.now = env.now;
    let cx = &mut Cx { state, env, fx };
    match event {
        Event::Input(input) => route::input(cx, input),
        Event::Tick => session::tick(cx),
        Event::Timer(timer) => session::timer(cx, timer),
        Event::Desk(answer) => answers::take(cx, answer),
        Event::Training(told) => training::take(cx, None, *told),
        Event::TrainingAnswer(ask, told) => training::take(cx, Some(&ask), *told),
        Event::TrainingAway(away) => training::away(cx, away),
        Event::Resumed => cx.fx.push(Effect::Repaint),
        Event::TaskFailed(what) => {
            let msg = Msg::new("notice-task-failed").text("what", &what);
            cx.tell(Severity::Error, msg);
        }
        Event::Terminate => session::quit_now(cx),
    }
    settle(state);
    training::look(state);
}

/// Brings everything that depends on the size of the screen in line with it.
fn settle(state: &mut State) {
    let places = layout(state);
    let rows = usize::from(places.list_rows.height);
    state.queue.reveal(rows);
    let team = state.team.team.as_deref().map_or(0, |t| t.mates.len());
    state.team.top = reveal(state.team.top, state.team.index(), team, rows);
    let returned = state.returned.items.len();
    state.returned.top = reveal(state.returned.top, state.returned.index(), returned, rows);
    let drafts = state.drafts.items.len();
    state.drafts.top = reveal(state.drafts.top, state.drafts.index(), drafts, rows);
    let hits = state.search.hits.len();
    state.search.top = reveal(state.search.top, state.search.cursor, hits, rows);
    let lines = grown::rows(&state.lines, state.grown.tab).count();
    state.grown.top = reveal(state.grown.top, grown::index(state), lines, rows);
    let reviews = quality::len(state);
    state.quality.top = reveal(state.quality.top, state.quality.index, reviews, rows);
    let (cols, height) = layout::line_box(state.size);
    let card = layout::review(state.size);
    match state.overlays.last_mut() {
        Some(Overlay::Growing(form)) => form.fit(cols, height),
        Some(Overlay::Deciding(form)) => form.words.fit(cols, height),
        Some(Overlay::Review(form)) => form.fit(&card),
        _ => {}
    }
    training::fit(state, places.list);
    let text = places.compose_text;
    if state.screen == Screen::Intake
        && let Some(i) = state.intake.as_mut()
    {
        i.text.fit(text.width, text.height);
    }
    if state.screen == Screen::Ticket
        && let Some(t) = state.ticket.as_mut()
    {
        t.reply.fit(text.width, text.height);
        t.note.fit(text.width, text.height);
        let place = places.timeline_text;
        if let Some(c) = t.conversation.as_ref()
            && !t.timeline.fits(&c.entries, place.width, place.height)
        {
            t.timeline.fit(&c.entries, place.width, place.height);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
