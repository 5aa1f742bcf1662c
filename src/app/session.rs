//! The agent and the program: lock, quit, the passing of time.

use crate::api::desk::DeskRequest;
use crate::domain::command::CommandBody;
use crate::domain::vocabulary::Duty;
use crate::text::SafeText;

use super::asking;
use super::cx::Cx;
use super::dialog::Ask;
use super::effect::Effect;
use super::event::Timer;
use super::notice::Msg;
use super::state::Overlay;
use super::{calls, checking, finding, nav, quality, writing};

/// The end waits so many milliseconds at most for the server to take the sign-off.
const SIGN_OFF_WAIT: u64 = 1_500;

/// Hides the screen. What is written is saved; nothing behind it is lost.
pub(super) fn lock(cx: &mut Cx<'_, '_>) {
    if cx.state.locked() {
        return;
    }
    writing::flush(cx);
    cx.ask(DeskRequest::Flush);
    cx.presence(None, false);
    cx.state.overlays.push(Overlay::Lock);
    cx.fx.push(Effect::Title(SafeText::trusted("balm")));
}

/// Shows the screen again.
pub(super) fn unlock(cx: &mut Cx<'_, '_>) {
    cx.state.overlays.retain(|o| !matches!(o, Overlay::Lock));
    let at = cx.state.shown();
    cx.presence(at, false);
}

/// Ends the program, signing off on the way; asks once while a contact is live or something waits.
pub(super) fn quit(cx: &mut Cx<'_, '_>) {
    writing::flush(cx);
    let mut what = Vec::new();
    if cx.state.call.is_some() {
        what.push(Msg::new("quit-call"));
    }
    let waiting = usize::try_from(cx.state.link.waiting).unwrap_or(usize::MAX);
    let words = cx.state.underway.iter().filter(|u| u.draft.is_some());
    let waiting = waiting.saturating_add(words.count());
    if waiting > 0 {
        what.push(Msg::new("quit-waiting").number("count", waiting));
    }
    if cx.state.signing_off.is_some() || (what.is_empty() && !cx.on_duty()) {
        quit_now(cx);
    } else if what.is_empty() {
        // Opening the console began the shift; leaving it with nothing under way ends it.
        sign_off_and_quit(cx, Duty::Off);
    } else {
        asking::open_for(cx, Ask::Quit(what), None);
    }
}

/// Signs off, and ends the program once the server knows, or soon at any rate: the sign-off is kept and goes out later.
pub(super) fn sign_off_and_quit(cx: &mut Cx<'_, '_>, duty: Duty) {
    writing::flush(cx);
    cx.submit(vec![CommandBody::SetDuty { duty }], None);
    let id = cx.state.underway.last().and_then(|u| u.ids.last().copied());
    if cx.state.link.state != crate::api::desk::LinkState::Online || id.is_none() {
        return quit_now(cx);
    }
    cx.state.signing_off = id;
    cx.say(super::notice::Severity::Info, "notice-signing-off");
    cx.timer(Timer::Quit, SIGN_OFF_WAIT);
}

/// Ends the program. The driver lets the store finish what stands before `Quit` in the orders.
pub(super) fn quit_now(cx: &mut Cx<'_, '_>) {
    writing::flush(cx);
    quality::flush(cx);
    cx.state.quitting = true;
    cx.presence(None, false);
    cx.ask(DeskRequest::Flush);
    cx.fx.push(Effect::Quit);
}

/// A second passed.
pub(super) fn tick(cx: &mut Cx<'_, '_>) {
    cx.state.notices.tick(cx.env.now);
    let after = cx.state.settings.lock_after_ms;
    let idle = cx.env.now.minus(cx.state.last_input);
    // During a live contact nothing comes between the agent and the screen.
    if after > 0 && idle >= after && cx.state.call.is_none() {
        lock(cx);
    }
}

/// A timer ran out.
pub(super) fn timer(cx: &mut Cx<'_, '_>, timer: Timer) {
    match timer {
        Timer::SaveDraft(_) => writing::flush(cx),
        Timer::SaveCard(generation) => quality::save(cx, generation),
        Timer::Search(generation) => finding::ask(cx, generation),
        Timer::Filter(generation) => nav::filter_now(cx, generation),
        Timer::LookUp(generation) => {
            let asked = cx.state.intake.as_ref().map(|i| i.generation);
            if asked == Some(generation) {
                calls::look_up(cx);
            }
        }
        Timer::Coach(generation) if generation == cx.state.coach_generation => {
            if cx.state.screen == super::state::Screen::Intake {
                calls::read(cx);
            } else {
                checking::read(cx);
            }
        }
        Timer::Quit => quit_now(cx),
        Timer::Coach(_) => {}
    }
}
