//! A question above the screen.

use ratatui::layout::Rect;

use crate::app::dialog::{Ask, Dialog};
use crate::app::event::Hit;
use crate::app::notice::Msg;
use crate::text::wrap;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{field, list::List, modal};

use super::coach;
use super::queue::number_or_mark;

/// The widest question, in columns.
const COLS: u16 = 64;
/// The most choices shown at once.
const CHOICES: u16 = 14;

/// Paints the question.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, dialog: &Dialog) {
    let cols = COLS.min(screen.width.saturating_sub(2));
    let told: Vec<String> = match &dialog.ask {
        Ask::Arrived { what, .. } | Ask::Quit(what) => {
            what.iter().map(|m: &Msg| cx.msg(m)).collect()
        }
        Ask::Override { rule } => vec![coach::rule_words(cx, rule)],
        Ask::PutDown(what) => {
            let words = |rule: &String| coach::rule_words(cx, rule);
            what.rules.iter().map(words).collect()
        }
        _ => Vec::new(),
    };
    let inner = usize::from(cols.saturating_sub(2));
    let rows: Vec<String> = told
        .iter()
        .flat_map(|text| wrap(text, inner).into_iter().map(|r| text[r].to_owned()))
        .collect();
    let choices = u16::try_from(dialog.choices.len())
        .unwrap_or(u16::MAX)
        .min(CHOICES);
    let words = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(8);
    let typed = if dialog.input.is_some() { 2 } else { 0 };
    let height = 3 + words + u16::from(words > 0) + typed + choices;
    let title = title(cx, dialog);
    let body = modal::open(cx, screen, cols, height, &title);
    let mut rest = body;
    rest.y += 1;
    rest.height = rest.height.saturating_sub(1);
    for text in rows.iter().take(usize::from(words)) {
        let style = cx.style(Role::Modal);
        cx.put(rest, rest.x, rest.y, text, style);
        skip(&mut rest, 1);
    }
    if words > 0 {
        skip(&mut rest, 1);
    }
    if let Some(line) = &dialog.input {
        field::paint(cx, row_of(rest, 0), ">", line, true);
        skip(&mut rest, 2);
    }
    let list = List {
        len: dialog.choices.len(),
        top: dialog.top,
        selected: dialog.cursor,
        focused: true,
    };
    list.paint(cx, rest, |cx, index, place| {
        let choice = dialog.choices.get(index)?;
        let words = cx.msg(&choice.label);
        let style = cx.style(Role::Modal);
        cx.put_cut(place, place.x + 2, place.y, &words, style);
        Some(Hit::Choice(index))
    });
}

fn skip(rest: &mut Rect, rows: u16) {
    let rows = rows.min(rest.height);
    rest.y += rows;
    rest.height -= rows;
}

fn title(cx: &Cx<'_>, dialog: &Dialog) -> String {
    let asked = cx.t(dialog.ask.title());
    let Some(id) = dialog.ticket else {
        return asked;
    };
    let open = cx
        .state
        .ticket
        .iter()
        .filter_map(|t| t.conversation.as_ref());
    let rows = open.map(|c| &c.row).chain(cx.state.queue.rows.iter());
    let number = rows
        .into_iter()
        .find(|r| r.ticket.id == id)
        .and_then(|r| r.ticket.number);
    format!("{asked}  {}", number_or_mark(number, id))
}
