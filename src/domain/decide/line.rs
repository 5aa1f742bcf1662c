//! Lines that grow: an agent proposes, a lead approves, edits, declines or retires (mission AN5).

use super::{Context, Decision, Rejection, Rule, conflict, ensure};
use crate::domain::command::CommandBody;
use crate::domain::event::LineEvent;
use crate::domain::ids::LineId;
use crate::domain::line::PlaybookLine;
use crate::domain::vocabulary::LineState;
use crate::text::RawText;

/// Longest words of a line and of a lead's word back, in characters; the wire's limits.
const MAX_TEXT: usize = 600;
const MAX_WORD: usize = 1000;

pub(super) fn decide(cx: &Context<'_>) -> Decision {
    match &cx.command.body {
        CommandBody::ProposeLine { .. } => propose(cx),
        CommandBody::ApproveLine { line, text } => approve(cx, *line, text.as_ref()),
        CommandBody::DeclineLine { line, word } => {
            let head = decided(cx, *line, word)?;
            ensure(head.state == LineState::Proposed, Rule::LineSettled)?;
            let body = LineEvent::LineDeclined { word: word.clone() };
            Ok(vec![cx.event(head.id, body)])
        }
        CommandBody::RetireLine { line, word } => {
            let head = decided(cx, *line, word)?;
            ensure(head.in_force(), Rule::LineSettled)?;
            let body = LineEvent::LineRetired { word: word.clone() };
            Ok(vec![cx.event(head.id, body)])
        }
        _ => Err(Rejection::rule(Rule::Malformed)),
    }
}

fn propose(cx: &Context<'_>) -> Decision {
    let CommandBody::ProposeLine {
        line,
        part,
        item,
        lang,
        feeling,
        text,
        ticket,
        source,
    } = &cx.command.body
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    ensure(!cx.world.lines.contains_key(line), Rule::Exists)?;
    fits(text, MAX_TEXT)?;
    ensure(*feeling <= 3, Rule::Malformed)?;
    ensure(
        cx.world.items.is_empty() || cx.world.items.contains(item),
        Rule::NoItem,
    )?;
    if let Some(ticket) = ticket {
        super::ticket::may_work(cx, cx.head(*ticket)?)?;
    }
    // What would put personal values or an unknown slot before everybody's eyes is stopped here; the rest is for the lead.
    allowed(cx)?;
    let body = LineEvent::LineProposed {
        part: *part,
        item: item.clone(),
        lang: *lang,
        feeling: *feeling,
        text: text.clone(),
        ticket: *ticket,
        source: *source,
    };
    Ok(vec![cx.event(*line, body)])
}

fn approve(cx: &Context<'_>, line: LineId, text: Option<&RawText>) -> Decision {
    let head = known(cx, line)?;
    let text = text.unwrap_or(&head.text);
    fits(text, MAX_TEXT)?;
    ensure(head.state != LineState::Declined, Rule::LineSettled)?;
    if head.in_force() && head.text == *text {
        return Ok(Vec::new());
    }
    allowed(cx)?;
    let body = LineEvent::LineApproved { text: text.clone() };
    Ok(vec![cx.event(head.id, body)])
}

/// The line, when it exists and nobody else decided on it meanwhile.
fn known<'a>(cx: &'a Context<'_>, line: LineId) -> Result<&'a PlaybookLine, Rejection> {
    let head = cx
        .world
        .lines
        .get(&line)
        .ok_or(Rejection::rule(Rule::NotFound))?;
    conflict::check(cx)?;
    Ok(head)
}

fn decided<'a>(
    cx: &'a Context<'_>,
    line: LineId,
    word: &RawText,
) -> Result<&'a PlaybookLine, Rejection> {
    let head = known(cx, line)?;
    fits(word, MAX_WORD)?;
    Ok(head)
}

fn fits(text: &RawText, most: usize) -> Result<(), Rejection> {
    ensure(!text.is_blank(), Rule::Empty)?;
    ensure(text.expose().chars().count() <= most, Rule::Malformed)
}

/// Nothing that the coach found in the words speaks against them.
fn allowed(cx: &Context<'_>) -> Result<(), Rejection> {
    if cx.world.verdict.blocks.is_empty() {
        return Ok(());
    }
    Err(Rejection::Refused {
        rule: Rule::Blocked,
        detail: cx.world.verdict.rules(),
    })
}
