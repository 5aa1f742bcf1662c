//! The keys, generated from the keymap and the table of actions.

use ratatui::layout::Rect;

use crate::app::Action;
use crate::app::action::Group;
use crate::app::keymap::Place;
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::widget::{block::Block, modal};

/// Columns for the keys of an action.
const KEYS: usize = 22;

/// Paints the keys from line `top` on.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, top: usize) {
    let title = cx.t("help-title");
    let rows = screen.height.saturating_sub(2);
    let body = modal::open(cx, screen, 96, rows, &title);
    let mut block = Block::new(body.width);
    let mut group = None;
    let trains = cx.state.training.is_some();
    let usable = |a: &&Action| trains || a.group() != Group::Training;
    for action in Action::ALL.iter().filter(usable) {
        if group != Some(action.group()) {
            group = Some(action.group());
            block.heading(&cx.t(&format!("group-{}", action.group().id())));
        }
        let name = cx.t(&action.name_key());
        let about = cx.t(&action.about_key());
        block.keyed(&keys(cx, *action), KEYS, &format!("{name}: {about}"));
    }
    block.gap();
    block.words(Role::Dim, &cx.t("help-input-method"), 0);
    block.paint(cx, body, top);
}

/// Every key of an action, in any place; the palette's own key when it has none.
fn keys(cx: &Cx<'_>, action: Action) -> String {
    let mut keys: Vec<String> = Vec::new();
    for place in Place::ALL {
        for (key, bound) in cx.state.keymap.bindings(*place) {
            let key = key.to_string();
            if bound == action && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    if keys.is_empty() {
        return cx.t("help-palette-only");
    }
    keys.join(" ")
}
