//! The trainee's own words beside the score, the trainer's, other contacts of the same sitting, and what to practise next.

use ratatui::layout::Rect;

use crate::api::training::DebriefView;
use crate::app::training::Practice;
use crate::app::training::debrief::{DebriefState, Item, Tab, comments, items};
use crate::text::SafeText;
use crate::view::cx::Cx;
use crate::view::screen::training::telling::{number, word};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Paints the part: the chosen item is always in sight.
pub fn paint(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let mut block = Block::new(area.width);
    let here = debrief.tab == Tab::Words;
    let mut sight = 0;
    for (at, item) in items(practice).into_iter().enumerate() {
        let chosen = here && at == debrief.item;
        if chosen {
            sight = block.len();
        }
        let mark = if chosen { "> " } else { "  " };
        let (role, words) = told(cx, practice, view, item);
        let role = if chosen { Role::Strong } else { role };
        block.hung(role, mark, &words, 2, None);
    }
    let top = sight.saturating_sub(usize::from(area.height) / 2);
    block.paint(cx, area, top);
}

/// One item in words.
fn told(cx: &Cx<'_>, practice: &Practice, view: &DebriefView, item: Item) -> (Role, String) {
    let own = |key: &str, words: &SafeText| {
        let words = if words.is_empty() {
            cx.t("debrief-own-nothing")
        } else {
            words.to_string()
        };
        format!("{} {words}", cx.t(key))
    };
    match item {
        Item::Plus => (Role::Note, own("debrief-own-plus", &view.own.0)),
        Item::Delta => (Role::Note, own("debrief-own-delta", &view.own.1)),
        Item::Comment(at) => {
            let words = comments(practice).get(at).map(|c| {
                let turn = number(c.turn);
                format!("{} {turn} {}", cx.t("debrief-trainer"), c.text)
            });
            (Role::Spoken, words.unwrap_or_default())
        }
        Item::Other(at) => {
            let words = view.others.get(at).map(|(_, title, points)| {
                let args = [
                    ("title", title.into()),
                    ("points", u64::from(*points).into()),
                ];
                cx.t_args("debrief-other", &args)
            });
            (Role::Text, words.unwrap_or_default())
        }
        Item::Next => {
            let words = view.next.as_ref().map(|(_, title, criterion)| {
                let criterion = word(cx, "criterion", criterion);
                let args = [
                    ("title", title.into()),
                    ("criterion", criterion.as_str().into()),
                ];
                cx.t_args("debrief-next", &args)
            });
            (Role::Key, words.unwrap_or_default())
        }
    }
}
