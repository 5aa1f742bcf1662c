//! What the store tells. Late answers, told by their generation, change nothing.

use crate::api::desk::{
    Conversation, DeskAnswer, Draft, DraftKey, LinesView, ReturnCause, Seat, Trouble,
};
use crate::coach::learnt::{Learnt, Tries};
use crate::domain::ids::CommandId;
use crate::domain::vocabulary::LineState;
use crate::text::SafeText;

use super::composer::Composer;
use super::cx::{Cx, ticket_of, union};
use super::effect::Effect;
use super::notice::{Arg, Msg, Severity};
use super::putting_down;
use super::returns;
use super::ticket::Mode;
use super::{calls, checking, finding, grown, nav, quality, writing};

/// Takes an answer in.
pub(super) fn take(cx: &mut Cx<'_, '_>, answer: DeskAnswer) {
    match answer {
        DeskAnswer::Seat(seat) => take_seat(cx, *seat),
        DeskAnswer::Rows(rows) => {
            let queue = &mut cx.state.queue;
            if rows.generation == queue.generation && rows.view == queue.view {
                let fresh = !queue.loaded;
                queue.take(rows, cx.env.now);
                if fresh {
                    queue.displaced_at = None;
                    queue.unseen = false;
                }
            }
        }
        DeskAnswer::Conversation(c) => conversation(cx, *c),
        DeskAnswer::NotHere { generation, ticket } => {
            if let Some(t) = cx.state.ticket.as_mut()
                && (t.id, t.generation) == (ticket, generation)
            {
                t.not_here = true;
            }
            quality::not_here(cx.state, generation);
        }
        DeskAnswer::Queued { ids } => {
            let queued = |id: &CommandId| ids.contains(id);
            cx.state.underway.retain(|u| !u.ids.iter().any(queued));
        }
        DeskAnswer::RefusedHere { id, cause } => refused(cx, id, &cause),
        DeskAnswer::Confirmed { id } if cx.state.signing_off == Some(id) => {
            super::session::quit_now(cx);
        }
        DeskAnswer::Confirmed { .. } | DeskAnswer::Flushed => {}
        DeskAnswer::DraftSaved { key, at } => {
            cx.state.trouble = None;
            if cx.state.unsaved.get(&key).is_some_and(|d| d.saved_at <= at) {
                cx.state.unsaved.remove(&key);
            }
        }
        DeskAnswer::Drafts(items) => {
            cx.state.drafts.items = items;
            let selected = cx.state.drafts.items.get(cx.state.drafts.index());
            cx.state.drafts.selected = selected.map(|d| d.key);
        }
        DeskAnswer::Hits {
            generation,
            hits,
            source,
        } => finding::hits(cx, generation, hits, source),
        DeskAnswer::Callers {
            generation,
            callers,
        } => calls::callers(cx, generation, callers),
        DeskAnswer::Team(team) => {
            let known = |id| team.mates.iter().any(|m| m.user.id == id);
            let first = team.mates.first().map(|m| m.user.id);
            cx.state.team.selected = cx.state.team.selected.filter(|id| known(*id)).or(first);
            cx.state.team.team = Some(team);
        }
        DeskAnswer::Returned(items) => take_returned(cx, items),
        DeskAnswer::Lines(view) => take_lines(cx, *view),
        DeskAnswer::LineAnswered {
            state, text, word, ..
        } => line_answered(cx, state, &text, &word),
        DeskAnswer::Quality(view) => quality::take(cx, *view),
        DeskAnswer::Unit(view) => quality::here(cx, *view),
        DeskAnswer::Link(link) => cx.state.link = link,
        DeskAnswer::Trouble(trouble) => take_trouble(cx, trouble),
        DeskAnswer::Arrived { ticket } => {
            if cx.state.shown() != Some(ticket) {
                cx.state.arrived = cx.state.arrived.saturating_add(1);
            }
            // Sound only between calls, and only for somebody who looks elsewhere.
            if cx.state.call.is_none() && !cx.state.focused {
                cx.fx.push(Effect::Bell);
            }
        }
    }
}

fn take_seat(cx: &mut Cx<'_, '_>, seat: Seat) {
    let first = cx.state.seat.is_none();
    cx.state.seat = Some(seat);
    if first && !cx.on_duty() {
        // Who opens the console has come to work; the others must not see an empty chair.
        let duty = crate::domain::vocabulary::Duty::Ready;
        cx.submit(
            vec![crate::domain::command::CommandBody::SetDuty { duty }],
            None,
        );
    }
    if first {
        nav::ask_view(cx);
        cx.ask(crate::api::desk::DeskRequest::ListReturned);
    }
}

fn take_lines(cx: &mut Cx<'_, '_>, view: LinesView) {
    let heads = view.lines.iter().map(|row| &row.line);
    let tries = view.tries.iter().map(|(line, (said, well))| {
        let tries = Tries {
            said: *said,
            well: *well,
        };
        (line.clone(), tries)
    });
    let learnt = Learnt::new(heads, tries.collect());
    let known = grown::index(cx.state);
    let first = cx.state.lines == LinesView::default();
    if *cx.state.learnt != learnt {
        cx.state.learnt = std::sync::Arc::new(learnt);
    }
    cx.state.lines = view;
    grown::kept(cx.state, known);
    let news = cx.state.lines.news();
    if first && news > 0 {
        // Decided while nobody sat here; what is decided from now on is told line by line.
        let msg = Msg::new("notice-lines-news").number("count", news);
        cx.tell(Severity::Info, msg);
    }
}

/// A lead decided a line of this agent.
fn line_answered(cx: &mut Cx<'_, '_>, state: LineState, text: &SafeText, word: &SafeText) {
    let (severity, key) = match state {
        LineState::Approved => (Severity::Done, "notice-line-approved"),
        LineState::Declined => (Severity::Info, "notice-line-declined"),
        LineState::Retired => (Severity::Info, "notice-line-retired"),
        LineState::Proposed => return,
    };
    let msg = Msg::new(key).text("line", text).text("word", word);
    cx.tell(severity, msg);
}

fn take_returned(cx: &mut Cx<'_, '_>, items: Vec<crate::api::desk::Returned>) {
    let returned = &mut cx.state.returned;
    let more = items.len() > returned.items.len();
    let there = |id: &CommandId| items.iter().any(|r| r.command.id == *id);
    returned.resolving.retain(there);
    let index = returned.index();
    let kept = returned.selected.filter(|id| there(id));
    let neighbour = items.get(index.min(items.len().saturating_sub(1)));
    returned.selected = kept.or(neighbour.map(|r| r.command.id));
    returned.items = items;
    if more {
        let count = cx.state.returned.items.len();
        let msg = Msg::new("notice-returned").number("count", count);
        cx.tell(Severity::Warning, msg);
    }
}

fn take_trouble(cx: &mut Cx<'_, '_>, trouble: Trouble) {
    let key = match &trouble {
        Trouble::DiskFull => "trouble-disk-full",
        Trouble::ReadOnly => "trouble-read-only",
        Trouble::ReplicaDamaged => "trouble-replica-damaged",
        Trouble::OutboxDamaged(_) => "trouble-outbox-damaged",
        Trouble::Newer(_) => "trouble-newer",
        Trouble::Other(_) => "trouble-other",
    };
    let mut msg = Msg::new(key);
    if let Trouble::OutboxDamaged(what) | Trouble::Newer(what) | Trouble::Other(what) = &trouble {
        let what = crate::text::SafeText::clean_line(what);
        msg = msg.text("what", &what).text("name", &what);
    }
    cx.tell(Severity::Error, msg);
    cx.state.trouble = Some(trouble);
}

/// The desk refused a command at once: what was sent with it goes back to where it was written.
fn refused(cx: &mut Cx<'_, '_>, id: CommandId, cause: &ReturnCause) {
    let place = cx.state.underway.iter().position(|u| u.ids.contains(&id));
    let mut underway = place.map(|at| cx.state.underway.remove(at));
    if let Some(form) = underway.as_mut().and_then(|u| u.form.take()) {
        // Below whatever was opened since.
        cx.state.overlays.insert(0, form);
    }
    if putting_down::refused(cx, underway.as_ref(), cause) {
        return;
    }
    let mut msg = match cause {
        ReturnCause::Refused { rule, detail } => {
            let detail = crate::text::SafeText::clean_line(&detail.join(", "));
            Msg::new("notice-refused")
                .with("rule", Arg::Key(format!("refusal-{}", rule.as_str())))
                .text("detail", &detail)
        }
        ReturnCause::Conflict { .. } => Msg::new("notice-conflict"),
        ReturnCause::Stale { .. } => Msg::new("notice-stale"),
        ReturnCause::After(_) => Msg::new("notice-refused-after"),
    };
    if let Some(draft) = underway
        .and_then(|u| u.draft)
        .filter(|d| !d.text.is_empty())
    {
        msg = msg.with("words", Arg::Key("notice-words-kept".to_owned()));
        put_back(cx, draft);
    }
    cx.tell(Severity::Error, msg);
}

/// Puts words back into their box, in front of what was written since.
fn put_back(cx: &mut Cx<'_, '_>, mut draft: Draft) {
    let now = cx.env.now;
    if let DraftKey::Intake(_) = draft.key {
        draft.saved_at = now;
        cx.keep(draft.clone());
        if cx.state.intake.is_none() {
            calls::resume(cx, &draft);
        }
        return;
    }
    let id = ticket_of(draft.key);
    let open = cx.state.ticket.as_mut().filter(|t| t.id == id);
    let Some(t) = open else {
        if let Some(since) = cx.state.unsaved.get(&draft.key) {
            draft.text = union(&draft.text, &since.text);
        }
        draft.saved_at = now;
        return cx.keep(draft);
    };
    let note = matches!(draft.key, DraftKey::Note(_));
    let composer = if note { &mut t.note } else { &mut t.reply };
    let joined = union(&draft.text, composer.text());
    *composer = Composer::of(&joined, joined.len());
    if !note {
        t.parts.extend(draft.parts);
        t.began_position = draft.began_position;
    }
    let mode = if note { Mode::Note } else { Mode::Reply };
    let draft = writing::draft(t, mode, now);
    cx.keep(draft);
}

fn conversation(cx: &mut Cx<'_, '_>, c: Conversation) {
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    let id = c.row.ticket.id;
    if t.id != id || (c.generation != 0 && c.generation < t.generation) {
        return;
    }
    t.not_here = false;
    let drafts = (!t.drafts_taken).then(|| (c.reply.clone(), c.note.clone()));
    let news = t.conversation.as_ref().is_none_or(|old| {
        old.entries != c.entries || old.row.ticket != c.row.ticket || old.customer != c.customer
    });
    t.conversation = Some(Box::new(c));
    if let Some((reply, note)) = drafts {
        take_drafts(cx, id, reply, note);
    }
    refit(cx);
    if news {
        writing::propose(cx);
        checking::read(cx);
    }
    let ordered = |t: &mut super::ticket::TicketState| std::mem::take(&mut t.insert_ordered);
    if cx.state.ticket.as_mut().is_some_and(ordered) {
        writing::insert_best(cx);
    }
    returns::join_words(cx);
}

/// Makes the rows of the conversation anew: entries may have changed without changing their names.
fn refit(cx: &mut Cx<'_, '_>) {
    let place = super::layout::layout(cx.state).timeline_text;
    if let Some(t) = cx.state.ticket.as_mut()
        && let Some(c) = t.conversation.as_ref()
    {
        t.timeline.fit(&c.entries, place.width, place.height);
    }
}

/// Takes the store's drafts into the boxes, once. What this desk could not save yet wins, and what was typed while the
/// ticket loaded stays.
fn take_drafts(
    cx: &mut Cx<'_, '_>,
    id: crate::domain::ids::TicketId,
    reply: Option<Draft>,
    note: Option<Draft>,
) {
    let newest = |cx: &Cx<'_, '_>, key: DraftKey, stored: Option<Draft>| {
        cx.state.unsaved.get(&key).cloned().or(stored)
    };
    let reply = newest(cx, DraftKey::Reply(id), reply);
    let note = newest(cx, DraftKey::Note(id), note);
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    t.drafts_taken = true;
    let join = |draft: &Draft, box_: &Composer| {
        if box_.text().is_empty() {
            Composer::of(&draft.text, draft.caret)
        } else {
            let joined = union(&draft.text, box_.text());
            Composer::of(&joined, joined.len())
        }
    };
    if let Some(draft) = reply.filter(|d| !d.text.is_empty()) {
        t.reply = join(&draft, &t.reply);
        t.parts = draft.parts;
        t.began_position = draft.began_position;
        t.claim_asked = true;
        let begun = &mut cx.state.replies_begun;
        if !begun.contains(&id) {
            begun.push(id);
        }
    }
    if let Some(draft) = note.filter(|d| !d.text.is_empty()) {
        t.note = join(&draft, &t.note);
        if t.reply.is_blank() && !t.dirty {
            t.mode = Mode::Note;
        }
    }
}
