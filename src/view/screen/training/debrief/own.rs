//! The trainee's own words, before anything of the score is shown.

use ratatui::layout::Rect;

use crate::app::Action;
use crate::app::training::{Practice, places};
use crate::view::cx::Cx;
use crate::view::screen::growing::key;
use crate::view::screen::training::telling::above;
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::composer::{self, Dress};

/// Paints the two boxes.
pub fn paint(cx: &mut Cx<'_>, area: Rect, practice: &Practice) {
    let debrief = &practice.debrief;
    let mut block = Block::new(area.width.saturating_sub(2));
    let runs = practice.lobby.view.iter().flat_map(|v| v.runs.iter());
    let row = runs.into_iter().find(|r| Some(r.run) == debrief.run);
    let heading = cx.t("own-title");
    match row {
        Some(row) => block.heading(&format!("{heading}  {}", row.title)),
        None => block.heading(&heading),
    }
    let send = key(cx, Action::Send);
    let about = cx.t_args("own-about", &[("key", send.as_str().into())]);
    block.words(Role::Dim, &about, 0);
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..above(area, places::ABOUT)
    };
    block.paint(cx, place, 0);
    let names = ["own-plus", "own-delta"];
    let boxes = debrief.own.boxes.iter().zip(places::own(area)).zip(names);
    for (at, ((words, frame), name)) in boxes.enumerate() {
        let title = cx.t(name);
        let hint = cx.t(&format!("{name}-hint"));
        let dress = Dress {
            title: &title,
            aside: "",
            title_role: Role::NoteTitle,
            frame_role: Role::NoteFrame,
            border: "|",
            placeholder: &hint,
            focused: debrief.own.at == at,
            marks: &[],
        };
        composer::paint(cx, frame, places::words(frame), words, &dress);
        // A click on this box is not one on the reply of a ticket.
        cx.painted.hits.pop();
    }
}
