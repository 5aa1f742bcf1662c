//! The customer, the clocks and the promises beside the conversation.

use crate::api::desk::CustomerCard;
use crate::app::ticket::TicketState;
use crate::domain::clock::{StepKind, StepState};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::MINUTE;
use crate::text::SafeText;
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::words;

/// Appends customer, clocks and promises.
pub fn lines(cx: &mut Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let Some(conversation) = &ticket.conversation else {
        return;
    };
    if let Some(card) = &conversation.customer {
        customer(cx, block, card);
    }
    let head = &conversation.row.ticket;
    status(cx, block, head);
    clocks(cx, block, head);
    promises(cx, block, head);
}

fn customer(cx: &Cx<'_>, block: &mut Block, card: &CustomerCard) {
    block.heading(&cx.t("side-customer"));
    let name = if card.name.is_empty() {
        cx.t("caller-unknown")
    } else {
        card.name.to_line().to_string()
    };
    let tier = cx.t(&format!("tier-{}", card.head.tier.as_str()));
    block.pieces(vec![
        (Role::Strong, name),
        (Role::Text, format!("  {tier}")),
    ]);
    if card.head.vulnerable {
        block.words(Role::Late, &format!("! {}", cx.t("side-vulnerable")), 2);
    }
    if card.head.erased {
        block.words(Role::Dim, &cx.t("side-erased"), 0);
    }
    for identity in &card.identities {
        let kind = cx.t(&format!("identity-{}", identity.kind.as_str()));
        block.words(
            Role::Text,
            &format!("{kind} {}", identity.value.to_line()),
            2,
        );
    }
    let counts = [("n", card.tickets.into()), ("open", card.open.into())];
    block.words(Role::Text, &cx.t_args("side-tickets", &counts), 2);
    if card.broken_promises > 0 {
        let text = cx.t_args("side-broken", &[("n", card.broken_promises.into())]);
        block.words(Role::Late, &format!("! {text}"), 2);
    }
    if !card.head.tags.is_empty() {
        let tags = SafeText::clean_line(&card.head.tags.join(", "));
        block.words(Role::Info, &tags, 0);
    }
    for wish in &card.head.preferences {
        let (name, value) = preference(cx, &wish.key, &wish.value);
        block.words(Role::Text, &format!("{name}  {value}"), 2);
    }
}

/// A preference in words. Keys that end in a number are one of several of their kind; what the locale files don't know
/// stays as it was noted.
fn preference(cx: &Cx<'_>, key: &str, value: &str) -> (SafeText, SafeText) {
    let kind = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = |key: String| {
        let has = cx.look.locale.has(&key);
        has.then(|| SafeText::clean_line(&cx.t(&key)))
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let lookup = |key: String| known(key.clone()).filter(|_| key.chars().all(plain));
    let name = lookup(format!("preference-{kind}")).unwrap_or_else(|| SafeText::clean_line(key));
    let value =
        lookup(format!("preference-{kind}-{value}")).unwrap_or_else(|| SafeText::clean_line(value));
    (name, value)
}

fn status(cx: &Cx<'_>, block: &mut Block, ticket: &Ticket) {
    block.heading(&cx.t("side-ticket"));
    let (key, more) = match ticket.status {
        Status::Open => ("status-open", None),
        Status::Waiting {
            reason,
            next_contact,
            ..
        } => {
            let whom = cx.t(&format!("wait-{}", reason.as_str()));
            (
                "status-waiting",
                Some(format!("{whom}, {}", cx.when(next_contact))),
            )
        }
        Status::Snoozed { until } => ("status-snoozed", Some(cx.when(until))),
        Status::Closed { reason, at } => {
            let why = cx.t(&format!("close-{}", reason.as_str()));
            ("status-closed", Some(format!("{why}, {}", cx.when(at))))
        }
        Status::Merged { .. } => ("status-merged", None),
    };
    let mut text = cx.t(key);
    if let Some(more) = more {
        text.push_str(&format!(": {more}"));
    }
    block.words(Role::Text, &text, 2);
    let priority = cx.t(&format!("priority-{}", ticket.priority.as_str()));
    let item = super::queue::item(cx, ticket);
    block.words(Role::Text, &format!("{priority}  {item}"), 2);
    if ticket.repeat_of.is_some() {
        let text = cx.t_args("side-repeat", &[("n", ticket.contact.into())]);
        block.words(Role::Late, &format!("! {text}"), 2);
    }
    if !ticket.tags.is_empty() {
        block.words(
            Role::Info,
            &SafeText::clean_line(&ticket.tags.join(", ")),
            0,
        );
    }
}

/// `1 ok | 5 -2:10 | 30 --`; nothing while the customer does not wait for us.
pub fn steps_line(cx: &mut Cx<'_>, ticket: &Ticket) -> Option<String> {
    ticket.unanswered_since?;
    let steps = cx.look.policy.steps(ticket, cx.state.now).ok()?;
    let mut parts = Vec::new();
    let mut running = true;
    for step in steps {
        let minutes = step.step.min;
        let said = match step.state {
            StepState::Met(_) if step.met_late() => "late".to_owned(),
            StepState::Met(_) => "ok".to_owned(),
            StepState::Open { due } if running => {
                running = false;
                let timed = words::countdown(due, cx.state.now, true);
                cx.timed(timed)
            }
            StepState::Open { .. } => "--".to_owned(),
            StepState::Late { due } => {
                let timed = words::countdown(due, cx.state.now, true);
                cx.timed(timed)
            }
        };
        parts.push(format!("{minutes} {said}"));
    }
    Some(parts.join(" | "))
}

fn clocks(cx: &mut Cx<'_>, block: &mut Block, ticket: &Ticket) {
    block.heading(&cx.t("side-clocks"));
    steps(cx, block, ticket);
    match cx.look.policy.resolution(ticket, cx.state.now) {
        Ok(clock) => {
            let (minutes, why) = cx.look.policy.target(ticket);
            let deed = match why.deed {
                crate::domain::clock::Deed::Reply => "target-reply",
                crate::domain::clock::Deed::Callback => "target-callback",
                crate::domain::clock::Deed::Resolve => "target-resolve",
            };
            let due = cx.when(clock.due);
            if clock.stopped {
                block.words(Role::Dim, &cx.t("clock-stopped"), 0);
            } else if clock.paused {
                let text = cx.t_args("clock-paused", &[("time", due.into())]);
                block.words(Role::Text, &text, 2);
            } else {
                let timed = words::countdown(clock.due, cx.state.now, true);
                let count = cx.timed(timed);
                let role = if clock.is_late() {
                    Role::Late
                } else {
                    Role::Text
                };
                let deed = cx.t(deed);
                block.words(role, &format!("{deed} {due}  {count}"), 2);
            }
            let mut parts = vec![
                words::span(cx.look.locale, why.base_minutes * MINUTE),
                format!(
                    "{} x{}",
                    cx.t(&format!("tier-{}", why.tier.as_str())),
                    factor(why.tier_permille)
                ),
            ];
            if let Some(permille) = why.vulnerable_permille {
                parts.push(format!(
                    "{} x{}",
                    cx.t("clock-vulnerable"),
                    factor(permille)
                ));
            }
            if let Some(permille) = why.repeat_permille {
                parts.push(format!("{} x{}", cx.t("clock-repeat"), factor(permille)));
            }
            let total = words::span(cx.look.locale, minutes * MINUTE);
            let values = [("total", total.into()), ("parts", parts.join(", ").into())];
            let text = cx.t_args("clock-why", &values);
            block.words(Role::Dim, &text, 2);
        }
        Err(missing) => {
            let text = cx.t_args("clock-no-year", &[("year", i64::from(missing.year).into())]);
            block.words(Role::Late, &text, 2);
        }
    }
}

fn steps(cx: &mut Cx<'_>, block: &mut Block, ticket: &Ticket) {
    if ticket.unanswered_since.is_none() {
        block.words(Role::Dim, &cx.t("clock-steps-rest"), 0);
        return;
    }
    let Ok(steps) = cx.look.policy.steps(ticket, cx.state.now) else {
        return;
    };
    for step in steps {
        let name = cx.t(match step.step.kind {
            StepKind::Acknowledge => "step-acknowledge",
            StepKind::Plan => "step-plan",
            StepKind::SolveOrCommit => "step-solve_or_commit",
        });
        let (role, mark, said) = match step.state {
            StepState::Met(at) if step.met_late() => (Role::Late, "+", cx.when(at)),
            StepState::Met(at) => (Role::Good, "+", cx.when(at)),
            StepState::Open { due } => {
                let timed = words::countdown(due, cx.state.now, true);
                (Role::Text, " ", cx.timed(timed))
            }
            StepState::Late { due } => {
                let timed = words::countdown(due, cx.state.now, true);
                (Role::Late, "!", cx.timed(timed))
            }
        };
        let minutes = step.step.min;
        block.pieces(vec![(
            role,
            format!("{mark} {minutes:>2}  {said:>6}  {name}"),
        )]);
    }
}

/// A factor of a target: thousandths without idle zeros.
fn factor(permille: i64) -> String {
    let text = format!("{}.{:03}", permille / 1000, permille % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn promises(cx: &mut Cx<'_>, block: &mut Block, ticket: &Ticket) {
    if ticket.promises.is_empty() {
        return;
    }
    block.heading(&cx.t("side-promises"));
    let mut sorted: Vec<_> = ticket.promises.iter().collect();
    sorted.sort_by_key(|p| (!p.is_open(), p.due));
    for promise in sorted {
        let deed = words::deed(cx.look.locale, promise.deed);
        let due = cx.when(promise.due);
        if promise.is_open() {
            let timed = words::countdown(promise.due, cx.state.now, true);
            let count = cx.timed(timed);
            let late = count.starts_with('-');
            let (role, mark) = if late {
                (Role::Late, "!")
            } else {
                (Role::Text, "-")
            };
            block.words(role, &format!("{mark} {due} {deed}  {count}"), 2);
        } else {
            let state = cx.t(&format!("promise-{}", promise.state.as_str()));
            block.words(Role::Dim, &format!("+ {due} {deed}  {state}"), 2);
        }
    }
}
