//! Writing: the draft in the box, when it is kept, what the coach puts in.

use std::sync::Arc;

use crate::api::desk::{Conversation, Draft, DraftKey, DraftPart, DraftPromise};
use crate::domain::command::CommandBody;
use crate::domain::ids::PromiseId;
use crate::domain::time::{MINUTE, Ms};

use super::advice::{Ask, Part};
use super::composer::Done;
use super::cx::Cx;
use super::event::Timer;
use super::notice::{Msg, Severity};
use super::state::{Pane, Screen, State};
use super::ticket::{Mode, TicketState};
use super::{calls, checking};

/// A draft is on its way to the disk so many milliseconds after the first key that is not there yet.
const SAVE_AFTER: u64 = 800;
/// A draft of so many bytes is checked with every key; reading it costs less than painting it.
const READ_AT_ONCE: usize = 3_000;
/// A longer one is checked when it has stood still for so many milliseconds.
const READ_AFTER: u64 = 250;

/// Gives the compose box the keys.
pub(super) fn focus(cx: &mut Cx<'_, '_>) {
    if cx.state.screen == Screen::Ticket
        && let Some(t) = cx.state.ticket.as_mut()
    {
        t.pane = Pane::Compose;
    }
}

/// The words in the box changed.
pub(super) fn changed(cx: &mut Cx<'_, '_>) {
    super::training::began(cx);
    let me = cx.me();
    let mut claim = None;
    let mut held = None;
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    let first = !t.dirty;
    t.dirty = true;
    if t.mode == Mode::Reply {
        if t.began_position == 0 {
            t.began_position = position(t);
        }
        if let Some(c) = t.conversation.as_ref().filter(|_| !t.claim_asked) {
            t.claim_asked = true;
            match c.row.ticket.assignee {
                None if c.row.ticket.is_open() => claim = Some(t.id),
                Some(user) if Some(user) != me => held = Some(c.row.holder.clone()),
                _ => {}
            }
        }
    }
    let (id, blank) = (t.id, t.composer().is_blank());
    let begun = t.mode == Mode::Reply && !blank;
    if begun && cx.state.replies_begun.last() != Some(&id) {
        cx.state.replies_begun.retain(|t| *t != id);
        cx.state.replies_begun.push(id);
    }
    if let Some(ticket) = claim {
        cx.submit(vec![CommandBody::Claim { ticket }], None);
    }
    if let Some(holder) = held {
        let msg = Msg::new("notice-held-by").text("holder", &holder);
        cx.tell(Severity::Warning, msg);
    }
    if first {
        let generation = cx.state.next_generation();
        cx.timer(Timer::SaveDraft(generation), SAVE_AFTER);
    }
    cx.presence(Some(id), !blank);
    if cx
        .state
        .ticket
        .as_ref()
        .is_some_and(|t| t.composer().text().len() <= READ_AT_ONCE)
    {
        return checking::read(cx);
    }
    let generation = cx.state.next_generation();
    cx.state.coach_generation = generation;
    cx.timer(Timer::Coach(generation), READ_AFTER);
}

/// The log position of the ticket as far as its conversation shows it.
pub(super) fn position(t: &TicketState) -> u64 {
    let Some(c) = t.conversation.as_ref() else {
        return 0;
    };
    let entries = c.entries.iter().filter(|e| e.ticket == t.id);
    let last = entries.map(|e| e.position).max().unwrap_or(0);
    last.max(c.row.ticket.position)
}

/// Saves whatever is written and not yet handed to the store.
pub(super) fn flush(cx: &mut Cx<'_, '_>) {
    calls::flush(cx);
    let now = cx.env.now;
    let Some(t) = cx.state.ticket.as_mut().filter(|t| t.dirty) else {
        return;
    };
    t.dirty = false;
    let draft = draft(t, t.mode, now);
    cx.keep(draft);
}

/// The draft that stands in a box.
pub(super) fn draft(t: &TicketState, mode: Mode, now: Ms) -> Draft {
    let (key, composer) = match mode {
        Mode::Reply => (DraftKey::Reply(t.id), &t.reply),
        Mode::Note => (DraftKey::Note(t.id), &t.note),
    };
    let reply = mode == Mode::Reply;
    let text = if composer.is_blank() {
        ""
    } else {
        composer.text()
    };
    let blank = text.is_empty();
    Draft {
        key,
        text: text.to_owned(),
        caret: composer.caret().min(text.len()),
        parts: if reply { standing(t) } else { Vec::new() },
        saved_at: now,
        began_position: if reply && !blank { t.began_position } else { 0 },
    }
}

/// The playbook parts whose words still stand in the reply.
pub(super) fn standing(t: &TicketState) -> Vec<DraftPart> {
    let text = t.reply.text();
    let stands = |p: &&DraftPart| text.contains(p.text.as_str());
    t.parts.iter().filter(stands).cloned().collect()
}

/// Reply or internal note; the words of both stay.
pub(super) fn toggle_note(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Ticket {
        return;
    }
    flush(cx);
    if let Some(t) = cx.state.ticket.as_mut() {
        t.mode = match t.mode {
            Mode::Reply => Mode::Note,
            Mode::Note => Mode::Reply,
        };
        t.pane = Pane::Compose;
    }
}

/// Takes the last change back, or does it again.
pub(super) fn undo(cx: &mut Cx<'_, '_>, back: bool) {
    let composer = match cx.state.screen {
        Screen::Ticket => cx.state.ticket.as_mut().map(TicketState::composer_mut),
        Screen::Intake => cx.state.intake.as_mut().map(|i| &mut i.text),
        _ => None,
    };
    let Some(composer) = composer else { return };
    let done = if back {
        composer.undo()
    } else {
        composer.redo()
    };
    if !done {
        return cx.say(Severity::Info, "notice-nothing-to-undo");
    }
    if cx.state.screen == Screen::Intake {
        calls::changed(cx);
    } else {
        changed(cx);
    }
}

/// Puts the best line in, whole.
pub(super) fn insert_best(cx: &mut Cx<'_, '_>) {
    let lang = cx.state.settings.lang;
    if cx.state.screen == Screen::Ticket
        && let Some(t) = cx.state.ticket.as_mut()
        && t.conversation.is_none()
        && !t.not_here
    {
        // The hand is faster than the disk: the order stands until the coach has something to read.
        t.insert_ordered = true;
        t.pane = Pane::Compose;
        return cx.say(Severity::Info, "notice-still-loading");
    }
    let Some(best) = ready(cx).and_then(|t| t.coach.best().cloned()) else {
        // Who asked for words wants to answer: the box is ready for own ones.
        focus(cx);
        return cx.say(Severity::Info, "notice-no-suggestion");
    };
    let whole = best.whole(lang);
    put(cx, &whole, &best.parts);
}

/// Puts one part of the chosen line in.
pub(super) fn insert_part(cx: &mut Cx<'_, '_>, at: usize) {
    let part = ready(cx).and_then(|t| t.coach.best()?.parts.get(at).cloned());
    match part {
        Some(part) => put(cx, &part.text.clone(), std::slice::from_ref(&part)),
        None => cx.say(Severity::Info, "notice-no-suggestion"),
    }
}

/// Puts words in that are no line of the playbook.
pub(super) fn insert_words(cx: &mut Cx<'_, '_>, words: &str) {
    put(cx, words, &[]);
}

fn ready<'a>(cx: &'a Cx<'_, '_>) -> Option<&'a TicketState> {
    let shown = cx.state.screen == Screen::Ticket;
    cx.state.ticket.as_ref().filter(|_| shown)
}

fn put(cx: &mut Cx<'_, '_>, text: &str, parts: &[Part]) {
    if cx
        .state
        .ticket
        .as_ref()
        .is_some_and(|t| t.mode == Mode::Note)
    {
        return cx.say(Severity::Info, "notice-coach-not-in-note");
    }
    let made: Vec<DraftPart> = parts
        .iter()
        .map(|p| DraftPart {
            text: super::composer::clean(&p.text),
            acts: p.acts.clone(),
            promise: p.promise.map(|(deed, due)| DraftPromise {
                id: PromiseId((cx.env.ids)()),
                deed,
                due,
            }),
            line: p.line.clone(),
        })
        .collect();
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    t.pane = Pane::Compose;
    if t.reply
        .text()
        .contains(super::composer::clean(text).as_str())
    {
        return cx.say(Severity::Info, "notice-already-in");
    }
    match t.reply.insert(text) {
        Done::Changed => {
            // A part put in again replaces its older self, whose promise would otherwise count twice.
            t.parts
                .retain(|old| made.iter().all(|new| new.text != old.text));
            t.parts.extend(made);
            changed(cx);
            checking::read(cx);
        }
        Done::Full => cx.say(Severity::Warning, "notice-box-full"),
        Done::Moved | Done::Ignored => {}
    }
}

/// The next line of the coach.
pub(super) fn next_suggestion(cx: &mut Cx<'_, '_>) {
    if let Some(t) = cx.state.ticket.as_mut() {
        let len = t.coach.suggestions.len().max(1);
        t.coach.chosen = (t.coach.chosen + 1) % len;
        t.coach.card = 0;
    }
}

/// Chooses a line of the coach by place.
pub(super) fn choose_suggestion(cx: &mut Cx<'_, '_>, at: usize) {
    if let Some(t) = cx.state.ticket.as_mut()
        && at < t.coach.suggestions.len()
    {
        t.coach.chosen = at;
        t.coach.card = 0;
    }
}

/// Asks something of the coach about the ticket on the screen.
pub(super) fn with_ask<T>(
    state: &State,
    env: &super::Env<'_>,
    question: impl FnOnce(&dyn super::advice::CoachPort, &Ask<'_>, &TicketState) -> T,
) -> Option<T> {
    let t = state.ticket.as_ref()?;
    let c: &Conversation = t.conversation.as_deref()?;
    let agent = state.seat.as_ref().map_or("", |s| s.user.name.as_str());
    let ask = Ask {
        row: &c.row,
        customer: c.customer.as_ref(),
        entries: &c.entries,
        agent,
        lang: state.settings.lang,
        now: env.now,
        policy: env.policy,
        learnt: &state.learnt,
        gathered: t.coach.gathered.as_deref(),
    };
    Some(question(env.coach, &ask, t))
}

/// Gathers anew what the coach needs of the ticket on the screen; what was read before is not read again.
pub(super) fn gather(cx: &mut Cx<'_, '_>) {
    let found = with_ask(cx.state, cx.env, |coach, ask, t| {
        let before = t.coach.gathered.as_deref();
        coach.gather(
            &Ask {
                gathered: None,
                ..*ask
            },
            before,
        )
    });
    if let (Some(t), Some(found)) = (cx.state.ticket.as_mut(), found.flatten()) {
        t.coach.gathered = Some(Arc::new(found));
    }
}

/// Gathers anew if what was gathered is of another minute, or of before the team learnt something. A conversation that changed
/// is gathered when it comes.
pub(super) fn keep_gathered(cx: &mut Cx<'_, '_>) {
    let minute = |at: Ms| at.0.div_euclid(MINUTE);
    let stands = cx.state.ticket.as_ref().is_some_and(|t| {
        t.coach.gathered.as_deref().is_some_and(|g| {
            minute(g.situation.now()) == minute(cx.env.now)
                && Arc::ptr_eq(&g.facts.learnt, &cx.state.learnt)
        })
    });
    if !stands {
        gather(cx);
    }
}

/// Lets the coach propose anew, because the ticket changed. The chosen line stays chosen if it is still there.
pub(super) fn propose(cx: &mut Cx<'_, '_>) {
    gather(cx);
    let coached = super::training::coached(cx.state);
    let found = with_ask(cx.state, cx.env, |coach, ask, _| {
        (coach.propose(ask), coach.hear(ask))
    });
    let now = cx.env.now;
    if let (Some(t), Some((lines, mut hearing))) = (cx.state.ticket.as_mut(), found) {
        // What such customers say and mean is the playbook's own.
        let under = lines.first().filter(|l| !l.hidden.is_empty());
        hearing.under = under.map(|l| (l.stated.clone(), l.hidden.clone()));
        t.coach.hearing = hearing;
        let before = t.coach.best().map(|s| s.entry_id.clone());
        // At the levels of a training that take help away there is none.
        t.coach.suggestions = if coached { lines } else { Vec::new() };
        let same = before.and_then(|id| {
            let mut lines = t.coach.suggestions.iter();
            lines.position(|s| s.entry_id == id)
        });
        if same.is_none() {
            t.coach.card = 0;
        }
        t.coach.chosen = same.unwrap_or(0);
        t.coach_at = now;
    }
}
