//! Checking the draft: what the rules say to it, the key that puts it right, what stays silent.

use super::advice::{Mark, MarkSeverity};
use super::cx::Cx;
use super::notice::{Msg, Severity};
use super::overriding;
use super::state::{Screen, Tab};
use super::ticket::{Mode, TicketState};
use super::writing::{self, with_ask};
use crate::coach::lint::{SAFETY, SEVERE};
use crate::domain::command::CommandBody;
use crate::domain::ids::TicketId;
use crate::domain::vocabulary::Priority;
use crate::text::SafeText;

/// The warning on the screen: the gravest rule that is not silent here.
#[must_use]
pub fn loud(t: &TicketState) -> Option<&Mark> {
    speaking(t).max_by_key(|m| m.severity)
}

/// The marks that speak: what blocks and was not let pass, what warns and is not silent here.
pub fn speaking(t: &TicketState) -> impl Iterator<Item = &Mark> {
    let passed = |m: &Mark| t.coach.overrides.iter().any(|o| o.rule == m.rule);
    let speaks = move |m: &&Mark| match m.severity {
        MarkSeverity::Block => !passed(m),
        MarkSeverity::Warn => !t.coach.silent.contains(&m.rule),
        MarkSeverity::Hint => false,
    };
    t.coach.marks.iter().filter(speaks)
}

/// The rule that speaks is overridden: it stays silent on this ticket. A rule that blocks cannot be.
pub(super) fn silence(cx: &mut Cx<'_, '_>) {
    let rule = shown(cx).and_then(|t| loud(t).map(|m| (t.id, m.rule.clone(), m.severity)));
    match rule {
        None => cx.say(Severity::Info, "notice-nothing-to-silence"),
        Some((_, _, MarkSeverity::Block)) => cx.say(Severity::Warning, "notice-not-silenced"),
        Some((id, rule, _)) => {
            overridden(cx, id, vec![rule]);
            cx.say(Severity::Done, "notice-silenced");
        }
    }
}

/// These rules were overridden on this ticket.
pub(super) fn overridden(cx: &mut Cx<'_, '_>, id: TicketId, rules: Vec<String>) {
    if rules.is_empty() {
        return;
    }
    let kept = cx.state.silenced.entry(id).or_default();
    for rule in rules {
        if !kept.contains(&rule) {
            kept.push(rule);
        }
    }
    let kept = kept.clone();
    if let Some(t) = cx.state.ticket.as_mut().filter(|t| t.id == id) {
        t.coach
            .marks
            .retain(|m| m.severity == MarkSeverity::Block || !kept.contains(&m.rule));
        t.coach.silent = kept;
    }
}

/// The mark that the key puts right: the gravest that speaks and has a fix, else any that has one.
#[must_use]
pub fn fixable(t: &TicketState) -> Option<&Mark> {
    let has = |m: &&Mark| m.fix.is_some();
    let first = loud(t).filter(|m| m.fix.is_some());
    first.or_else(|| t.coach.marks.iter().filter(has).max_by_key(|m| m.severity))
}

/// Whether words are held back because somebody may be in danger and the severe route was not taken: no other words help,
/// only the route.
fn endangered(t: &TicketState) -> bool {
    t.coach.marks.iter().any(|m| m.rule == SEVERE)
}

/// Takes the severe route: urgent, and marked as a matter of safety.
fn severe_route(cx: &mut Cx<'_, '_>, ticket: TicketId) {
    cx.submit_each(vec![
        CommandBody::SetPriority {
            ticket,
            priority: Priority::Urgent,
        },
        CommandBody::Tag {
            ticket,
            add: vec![SAFETY.to_owned()],
            remove: Vec::new(),
        },
    ]);
    cx.state.notices.unblock(cx.env.now);
    cx.say(Severity::Done, "notice-severe-route");
}

/// Puts the words right that the rule marks, or does what it asks for.
pub(super) fn fix(cx: &mut Cx<'_, '_>) {
    let endangered = shown(cx).filter(|t| endangered(t)).map(|t| t.id);
    if let Some(ticket) = endangered {
        return severe_route(cx, ticket);
    }
    let mark = shown(cx)
        .filter(|t| t.mode == Mode::Reply)
        .and_then(|t| fixable(t).cloned());
    let Some((mark, fix)) = mark.and_then(|m| m.fix.clone().map(|fix| (m, fix))) else {
        return cx.say(Severity::Info, "notice-nothing-to-fix");
    };
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    if t.reply.replace(fix.at, &fix.with) {
        let rule = SafeText::clean_line(&mark.rule);
        writing::changed(cx);
        cx.state.notices.unblock(cx.env.now);
        cx.tell(Severity::Done, Msg::new("notice-fixed").text("rule", &rule));
    } else {
        cx.say(Severity::Info, "notice-nothing-to-fix");
    }
}

fn shown<'a>(cx: &'a Cx<'_, '_>) -> Option<&'a TicketState> {
    let shown = cx.state.screen == Screen::Ticket;
    cx.state.ticket.as_ref().filter(|_| shown)
}

/// Lists the rules that could not look at the draft, or folds the list.
pub(super) fn unfold(cx: &mut Cx<'_, '_>) {
    let none = shown(cx).is_none_or(|t| t.coach.unchecked.is_empty());
    match cx.state.ticket.as_mut().filter(|_| !none) {
        Some(t) => {
            t.coach.unfolded = !t.coach.unfolded;
            if t.coach.unfolded {
                // Where panes do not fit beside each other, the list stands in the coach's tab.
                t.tab = Tab::Coach;
            }
        }
        None => cx.say(Severity::Info, "notice-all-checked"),
    }
}

/// Lets the coach read the draft: what its rules mark, which times it says.
pub(super) fn read(cx: &mut Cx<'_, '_>) {
    writing::keep_gathered(cx);
    if let Some(t) = cx.state.ticket.as_mut() {
        overriding::forget_gone(t);
    }
    let found = with_ask(cx.state, cx.env, |coach, ask, t| {
        coach.check(t.reply.text(), &t.coach.denied, ask)
    });
    if let (Some(t), Some(checked)) = (cx.state.ticket.as_mut(), found) {
        let silent = &t.coach.silent;
        t.coach.marks = checked.marks;
        t.coach
            .marks
            .retain(|m| m.severity == MarkSeverity::Block || !silent.contains(&m.rule));
        t.coach.said = checked.said;
        t.coach.unchecked = checked.unchecked;
    }
}
