//! A rule that blocks gives way to a reason, where the table of rules allows it (method 3.4). The reason goes with the reply
//! and stays in the log.

use std::ops::Range;

use super::advice::{Denied, Mark, MarkSeverity, OverrideBy, Said};
use super::asking;
use super::checking;
use super::cx::Cx;
use super::dialog::{Ask, Pick};
use super::notice::{Msg, Severity};
use super::state::Pane;
use super::ticket::{Mode, TicketState};
use crate::api::desk::OVERRIDE_REASONS;
use crate::domain::command::Override;
use crate::domain::ids::TicketId;
use crate::text::{RawText, SafeText};

/// The rule about times that stand in no ledger; it has a reason of its own.
const UNREGISTERED: &str = "CMT-11";
const NOT_A_PROMISE: &str = "not_a_promise";

/// Reasons that are given often, by stable name; their words are `override-<name>` in the locale files.
pub(super) fn reasons(rule: &str) -> Vec<&'static str> {
    let fits = |name: &&&str| rule == UNREGISTERED || **name != NOT_A_PROMISE;
    OVERRIDE_REASONS.iter().filter(fits).copied().collect()
}

/// The time at the caret is no promise, or is one after all: nothing is drafted of it, and the rule about times without a
/// promise passes with just this reason. Without a time at the caret the last one before it is meant, else the first.
pub(super) fn not_a_promise(cx: &mut Cx<'_, '_>) {
    let shown = cx.state.shown();
    let t = cx.state.ticket.as_mut();
    let t = t.filter(|t| shown == Some(t.id) && t.mode == Mode::Reply);
    let Some((t, at)) = t.and_then(|t| meant(t).map(|at| (t, at))) else {
        return cx.say(Severity::Info, "notice-no-promise-here");
    };
    let said = t.coach.said[at].clone();
    let text = t.reply.text();
    let words = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let denied = Denied {
        sentence: words(said.sentence.clone()),
        time: words(said.time.clone()),
    };
    let time = SafeText::clean_line(&denied.time);
    let key = if said.denied {
        t.coach.denied.retain(|d| *d != denied);
        "notice-promise-again"
    } else {
        // A line of the playbook around it stays a line, without its promise.
        for part in &mut t.parts {
            let mut about = text.match_indices(part.text.as_str());
            let holds = |(at, _): (usize, &str)| {
                at <= said.time.start && said.time.end <= at + part.text.len()
            };
            if about.any(holds) {
                part.promise = None;
            }
        }
        t.coach.denied.push(denied);
        "notice-not-a-promise"
    };
    t.coach.overrides.retain(|o| o.rule != UNREGISTERED);
    if !t.coach.denied.is_empty() {
        t.coach.overrides.push(Override {
            rule: UNREGISTERED.to_owned(),
            reason: RawText::new(NOT_A_PROMISE),
        });
    }
    checking::read(cx);
    cx.tell(Severity::Done, Msg::new(key).text("time", &time));
}

/// Which of the times in the draft is meant.
fn meant(t: &TicketState) -> Option<usize> {
    let caret = t.reply.caret();
    let said = &t.coach.said;
    let inside = |s: &Said| s.sentence.start <= caret && caret <= s.sentence.end;
    let before = |s: &Said| s.time.start <= caret;
    let near = said.iter().rposition(|s| inside(s) && before(s));
    near.or_else(|| said.iter().position(inside))
        .or_else(|| said.iter().rposition(before))
        .or((!said.is_empty()).then_some(0))
}

/// Lets go what was denied of sentences that stand no longer; the reason goes with the last of them.
pub(super) fn forget_gone(t: &mut TicketState) {
    let text = t.reply.text();
    let before = t.coach.denied.len();
    t.coach
        .denied
        .retain(|d| text.contains(d.sentence.as_str()));
    if before > 0 && t.coach.denied.is_empty() {
        t.coach
            .overrides
            .retain(|o| o.rule != UNREGISTERED || o.reason.expose() != NOT_A_PROMISE);
    }
}

/// Blocking rules that nobody has let pass yet, in the order of the text.
fn standing(t: &TicketState) -> impl Iterator<Item = &Mark> {
    let passed = |m: &&Mark| t.coach.overrides.iter().all(|o| o.rule != m.rule);
    let blocks = |m: &&Mark| m.severity == MarkSeverity::Block;
    t.coach.marks.iter().filter(blocks).filter(passed)
}

/// Whether no rule holds the reply back. If one does: the caret goes there, and either a reason is asked for or it is said
/// why there is no way around.
pub(super) fn passes(cx: &mut Cx<'_, '_>) -> bool {
    let leads = cx.seat_leads();
    let may = |m: &Mark| match m.override_by {
        OverrideBy::Nobody => false,
        OverrideBy::Lead => leads,
        OverrideBy::Agent => true,
    };
    let Some(t) = cx.state.ticket.as_mut() else {
        return false;
    };
    // What nobody may pass comes first: no reason is asked for in vain.
    let hard = standing(t).find(|m| !may(m)).cloned();
    let Some(mark) = hard.or_else(|| standing(t).next().cloned()) else {
        return true;
    };
    t.pane = Pane::Compose;
    t.reply.go(mark.span.start);
    let words = t.reply.text().get(mark.span.clone()).unwrap_or_default();
    let words = SafeText::clean_line(words);
    let rule = SafeText::clean_line(&mark.rule);
    if may(&mark) {
        let ask = Ask::Override { rule: mark.rule };
        asking::open(cx, ask);
        return false;
    }
    let key = match (mark.override_by, words.is_empty()) {
        (OverrideBy::Lead, _) => "notice-blocked-lead",
        (_, true) => "notice-blocked-whole",
        (_, false) => "notice-blocked",
    };
    let msg = Msg::new(key).text("rule", &rule).text("words", &words);
    cx.tell(Severity::Error, msg);
    false
}

/// The reason in an answer.
pub(super) fn reason(pick: Pick, typed: &str) -> Option<String> {
    let reason = match pick {
        Pick::Reason(name) => name.to_owned(),
        Pick::Typed => typed.trim().to_owned(),
        _ => return None,
    };
    (!reason.is_empty()).then_some(reason)
}

/// The reason was given: the rule passes, and the reply is sent unless another rule holds it back.
pub(super) fn answered(
    cx: &mut Cx<'_, '_>,
    ticket: TicketId,
    rule: String,
    pick: Pick,
    typed: &str,
) {
    let shown = cx.state.shown() == Some(ticket);
    let t = cx.state.ticket.as_mut().filter(|_| shown);
    let (Some(reason), Some(t)) = (reason(pick, typed), t) else {
        return;
    };
    t.coach.overrides.retain(|o| o.rule != rule);
    t.coach.overrides.push(Override {
        rule,
        reason: RawText::new(reason),
    });
    super::sending::send(cx);
}

/// The overrides that the reply needs: of rules that still block.
pub(super) fn needed(t: &TicketState) -> Vec<Override> {
    let blocks = |o: &&Override| {
        let mut marks = t.coach.marks.iter();
        marks.any(|m| m.rule == o.rule && m.severity == MarkSeverity::Block)
    };
    t.coach.overrides.iter().filter(blocks).cloned().collect()
}
