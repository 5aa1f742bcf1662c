//! What came back from the outbox: above the list, below it the selected one with its words and its choices.

use ratatui::layout::Rect;

use crate::api::desk::{ReturnCause, Returned};
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::keymap::Place;
use crate::domain::command::CommandBody;
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{block::Block, list::List};

/// Paints the list and the selected one.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let returned = &cx.state.returned;
    let (title, style) = (cx.t("returned-title"), cx.style(Role::TitleFocus));
    cx.put_cut(area, area.x, area.y, &title, style);
    let body = Rect {
        y: area.y + 1.min(area.height),
        height: area.height.saturating_sub(1),
        ..area
    };
    if returned.items.is_empty() {
        let (words, dim) = (cx.t("returned-empty"), cx.style(Role::Dim));
        let place = row_of(body, 1);
        cx.put_cut(place, place.x + 1, place.y, &words, dim);
        return;
    }
    let rows = u16::try_from(returned.items.len()).unwrap_or(u16::MAX);
    let above = Rect {
        height: rows.min((body.height / 3).max(1)),
        ..body
    };
    let list = List {
        len: returned.items.len(),
        top: returned.top,
        selected: returned.index(),
        focused: true,
    };
    list.paint(cx, above, |cx, index, place| {
        let item = cx.state.returned.items.get(index)?;
        row(cx, place, item);
        Some(Hit::Returned(item.command.id))
    });
    let below = Rect {
        x: body.x + 1,
        y: above.bottom() + 1,
        width: body.width.saturating_sub(2),
        height: body.bottom().saturating_sub(above.bottom() + 1),
    };
    let Some(item) = cx.state.returned.item() else {
        return;
    };
    let mut block = Block::new(below.width);
    detail(cx, &mut block, item);
    block.paint(cx, below, 0);
}

fn row(cx: &mut Cx<'_>, place: Rect, item: &Returned) {
    let (dim, text, late) = (
        cx.style(Role::Dim),
        cx.style(Role::Text),
        cx.style(Role::Late),
    );
    let at = cx.when(item.at);
    let mut x = cx.put(place, place.x + 1, place.y, &at, dim) + 1;
    if let Some(number) = item.number {
        x = cx.put(place, x, place.y, &format!("#{number}"), dim) + 1;
    }
    x = cx.put(place, x, place.y, &item.caller.to_line(), text) + 1;
    let what = cx.t(what(&item.command.body));
    x = cx.put(place, x, place.y, &what, text) + 1;
    let why = if cx.state.returned.resolving.contains(&item.command.id) {
        cx.t("returned-resolving")
    } else {
        cause(cx, &item.cause)
    };
    cx.put_cut(place, x, place.y, &why, late);
}

fn cause(cx: &Cx<'_>, cause: &ReturnCause) -> String {
    match cause {
        ReturnCause::Refused { rule, .. } => cx.t(&format!("refusal-{}", rule.as_str())),
        ReturnCause::Conflict { with } => {
            cx.t_args("returned-conflict", &[("n", with.len().into())])
        }
        ReturnCause::Stale { words: true, .. } => cx.t("returned-stale-words"),
        ReturnCause::Stale { words: false, .. } => cx.t("returned-stale-time"),
        ReturnCause::After(_) => cx.t("refusal-after_refused"),
    }
}

fn detail(cx: &Cx<'_>, block: &mut Block, item: &Returned) {
    block.words(Role::Late, &cause(cx, &item.cause), 0);
    match &item.cause {
        ReturnCause::Refused { rule, detail } => {
            block.words(
                Role::Text,
                &cx.t(&format!("refusal-{}-why", rule.as_str())),
                0,
            );
            if !detail.is_empty() {
                block.words(Role::Dim, &SafeText::clean_line(&detail.join(", ")), 0);
            }
            block.words(
                Role::Text,
                &cx.t(&format!("refusal-{}-do", rule.as_str())),
                0,
            );
        }
        ReturnCause::Conflict { with } => {
            block.words(Role::Text, &cx.t("returned-conflict-why"), 0);
            for entry in with {
                let who = entry.who.to_line();
                block.words(Role::Strong, &format!("{} {who}", cx.when(entry.at)), 2);
                block.words(Role::Text, &format!("  {}", entry.text.as_str()), 2);
            }
        }
        ReturnCause::Stale { recomputed, .. } => {
            block.words(Role::Text, &cx.t("returned-stale-why"), 0);
            if let Some(due) = recomputed {
                let text = cx.t_args("returned-recomputed", &[("time", cx.when(*due).into())]);
                block.words(Role::Strong, &text, 0);
            }
        }
        ReturnCause::After(_) => {
            block.words(Role::Text, &cx.t("refusal-after_refused-why"), 0);
            block.words(Role::Text, &cx.t("refusal-after_refused-do"), 0);
        }
    }
    if let Some(words) = words(&item.command.body) {
        block.heading(&cx.t("returned-words"));
        block.words(Role::Text, &words, 0);
    }
    block.gap();
    let keys = cx.state.keymap.keys(Place::List, Action::Choose);
    let open = cx.state.keymap.keys(Place::List, Action::Open);
    let key = keys
        .first()
        .or(open.first())
        .map(ToString::to_string)
        .unwrap_or_default();
    let hint = cx.t_args("returned-do", &[("key", key.into())]);
    block.words(Role::Key, &hint, 0);
}

/// The words of a command that are kept for the agent.
fn words(body: &CommandBody) -> Option<SafeText> {
    let text = match body {
        CommandBody::Reply { text, .. }
        | CommandBody::Speak { text, .. }
        | CommandBody::Note { text, .. }
        | CommandBody::OpenTicket { text, .. }
        | CommandBody::ProposeLine { text, .. }
        | CommandBody::ApproveLine {
            text: Some(text), ..
        } => text,
        CommandBody::DeclineLine { word, .. } | CommandBody::RetireLine { word, .. } => word,
        _ => return None,
    };
    Some(SafeText::clean(text))
}

/// What the agent had asked for.
const fn what(body: &CommandBody) -> &'static str {
    match body {
        CommandBody::Reply { .. } => "command-reply",
        CommandBody::Speak { .. } => "command-speak",
        CommandBody::Note { .. } => "command-note",
        CommandBody::OpenTicket { .. } => "command-open",
        CommandBody::Close { .. } => "command-close",
        CommandBody::Claim { .. } => "command-claim",
        CommandBody::Assign { .. } => "command-assign",
        CommandBody::Transfer { .. } => "command-transfer",
        CommandBody::Promise { .. } | CommandBody::SettlePromise { .. } => "command-promise",
        CommandBody::ProposeLine { .. }
        | CommandBody::ApproveLine { .. }
        | CommandBody::DeclineLine { .. }
        | CommandBody::RetireLine { .. } => "command-line",
        _ => "command-other",
    }
}
