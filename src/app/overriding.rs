//! A rule that blocks gives way to a reason, where the table of rules allows it (method 3.4). The reason goes with the reply
//! and stays in the log.

use super::advice::{Mark, MarkSeverity, OverrideBy};
use super::asking;
use super::cx::Cx;
use super::dialog::{Ask, Pick};
use super::notice::{Msg, Severity};
use super::state::Pane;
use super::ticket::TicketState;
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

/// The reason was given: the rule passes, and the reply is sent unless another rule holds it back.
pub(super) fn answered(
    cx: &mut Cx<'_, '_>,
    ticket: TicketId,
    rule: String,
    pick: Pick,
    typed: &str,
) {
    let reason = match pick {
        Pick::Reason(name) => name.to_owned(),
        Pick::Typed => typed.trim().to_owned(),
        _ => return,
    };
    let shown = cx.state.shown() == Some(ticket);
    let Some(t) = cx
        .state
        .ticket
        .as_mut()
        .filter(|_| shown && !reason.is_empty())
    else {
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
