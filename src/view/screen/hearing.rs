//! What the coach hears: the item and the need with how surely, the feeling and where it goes, what else speaks. The words
//! that gave it away are marked in the conversation.

use crate::app::advice::{Guess, Hearing, Trend};
use crate::app::ticket::TicketState;
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::text::SafeText;
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Appends what is heard; nothing when no customer has written here.
pub fn lines(cx: &Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let hearing = &ticket.coach.hearing;
    if hearing.evidence.is_empty() && hearing.item.is_none() {
        return;
    }
    block.heading(&cx.t("side-heard"));
    feeling(cx, block, hearing);
    item(cx, block, ticket);
    need(cx, block, hearing);
    let list = |names: &[String], prefix: &str| -> Vec<String> {
        let name = |n: &String| cx.t(&format!("{prefix}-{n}"));
        names.iter().map(name).collect()
    };
    if !hearing.risks.is_empty() {
        let words = list(&hearing.risks, "risk").join(&cx.t("list-comma"));
        block.words(Role::Late, &format!("! {words}"), 2);
    }
    if !hearing.conduct.is_empty() {
        for words in list(&hearing.conduct, "conduct") {
            block.words(Role::Info, &words, 0);
        }
    }
    if let Some(prompt) = &hearing.prompt {
        let words = SafeText::clean_line(prompt);
        let text = cx.t_args("heard-prompt", &[("words", (&words).into())]);
        block.words(Role::Card, &text, 2);
    }
}

fn feeling(cx: &Cx<'_>, block: &mut Block, hearing: &Hearing) {
    let level = cx.t(&format!("emotion-{}", hearing.emotion.min(3)));
    let trend = match hearing.trend {
        Trend::Unknown => None,
        Trend::Falling => Some("trend-falling"),
        Trend::Steady => Some("trend-steady"),
        Trend::Rising => Some("trend-rising"),
    };
    let role = match hearing.emotion {
        0 => Role::Text,
        1 => Role::Info,
        _ => Role::Late,
    };
    let mut text = format!("{level} {}", hearing.heat);
    if let Some(key) = trend {
        text.push_str(&format!("  {}", cx.t(key)));
    }
    block.words(role, &text, 2);
}

/// The item the words point to, or what it may be: then the agent asks. A confirmed item stands with the ticket already.
fn item(cx: &Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let hearing = &ticket.coach.hearing;
    let row = ticket.conversation.as_ref().map(|c| &c.row.ticket);
    if let Some(Guess {
        item, confidence, ..
    }) = &hearing.item
    {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a share from 0 to 1 in percent"
        )]
        let percent = (confidence * 100.0).round() as i64;
        let name = name(cx, item);
        let confirmed = row.is_some_and(|t| t.item.as_ref() == Some(item));
        let key = if confirmed {
            "heard-item-same"
        } else {
            "heard-item"
        };
        let values = [("item", name.as_str().into()), ("percent", percent.into())];
        block.words(Role::Text, &cx.t_args(key, &values), 2);
    } else if !hearing.unsure.is_empty() && row.is_none_or(|t| t.item.is_none()) {
        let names: Vec<String> = hearing.unsure.iter().map(|i| name(cx, i)).collect();
        let names = names.join(&cx.t("list-comma"));
        let text = cx.t_args("heard-unsure", &[("items", names.as_str().into())]);
        block.words(Role::Dim, &text, 2);
    }
}

fn name(cx: &Cx<'_>, id: &ItemId) -> String {
    let item = cx.look.policy.taxonomy.item(id);
    let name = item.map_or("", |i| match cx.state.settings.lang {
        Lang::Zh => i.zh.as_str(),
        Lang::En => i.en.as_str(),
    });
    SafeText::clean_line(&format!("{} {name}", id.as_str())).to_string()
}

/// What was said, and what lies under it (mission HE1).
fn need(cx: &Cx<'_>, block: &mut Block, hearing: &Hearing) {
    if let Some((stated, hidden)) = &hearing.under {
        let (stated, hidden) = (SafeText::clean_line(stated), SafeText::clean_line(hidden));
        let text = cx.t_args("heard-stated", &[("words", (&stated).into())]);
        block.words(Role::Dim, &text, 2);
        let text = cx.t_args("heard-hidden", &[("words", (&hidden).into())]);
        block.words(Role::Text, &text, 2);
    }
    if let Some((need, state)) = &hearing.need {
        let need = cx.t(&format!("need-{need}"));
        let state = cx.t(&format!("need-state-{}", state.as_str()));
        let values = [
            ("need", need.as_str().into()),
            ("state", state.as_str().into()),
        ];
        block.words(Role::Text, &cx.t_args("heard-need", &values), 2);
    }
}
