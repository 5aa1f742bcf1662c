//! The form in which a lead decides a line: the line with who said it where, and the words in which it enters the playbook or the
//! word back.

use ratatui::layout::Rect;

use crate::app::Action;
use crate::app::deciding::{self, Deciding, Decision};
use crate::app::layout::{LINE_FORM, line_box};
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::widget::composer::{self, Dress};
use crate::view::widget::{block::Block, modal};

use super::{growing, grown};

/// Rows for the line above the box, and for what speaks against the words below it.
const ABOVE: u16 = 6;
const BELOW: u16 = 5;

/// Paints the form.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, form: &Deciding) {
    let (_, box_rows) = line_box(cx.state.size);
    let title = cx.t(&format!("decide-{}", form.what.as_str()));
    let rows = 1 + ABOVE + box_rows + 1 + BELOW + 2;
    let body = modal::open(cx, screen, LINE_FORM, rows, &title);
    let mut block = Block::new(body.width);
    if let Some(row) = deciding::row(cx.state, form.line) {
        grown::head(cx, &mut block, row);
        if form.what != Decision::Approve {
            block.words(Role::Strong, &row.text, 0);
        }
    }
    let above = u16::try_from(block.len())
        .unwrap_or(ABOVE)
        .min(ABOVE)
        .min(body.height);
    block.paint(
        cx,
        Rect {
            height: above,
            ..body
        },
        0,
    );
    let frame = Rect {
        y: body.y + (above + 1).min(body.height),
        height: (box_rows + 1).min(body.height.saturating_sub(above + 1)),
        ..body
    };
    words(cx, frame, form);
    let below = Rect {
        y: frame.bottom(),
        height: body.bottom().saturating_sub(frame.bottom()),
        ..body
    };
    let mut block = Block::new(below.width);
    block.gap();
    if form.what == Decision::Approve {
        growing::against(cx, &mut block, &form.against, "decide-fits");
    }
    block.gap();
    let send = growing::key(cx, Action::Send);
    let values = [("key", send.as_str().into())];
    let key = format!("decide-{}-keys", form.what.as_str());
    block.words(Role::Key, &cx.t_args(&key, &values), 0);
    block.paint(cx, below, 0);
}

fn words(cx: &mut Cx<'_>, frame: Rect, form: &Deciding) {
    let approve = form.what == Decision::Approve;
    let title = cx.t(if approve {
        "grow-words"
    } else {
        "decide-word-back"
    });
    let placeholder = cx.t(if approve {
        "grow-words-hint"
    } else {
        "decide-word-hint"
    });
    let text = Rect {
        x: frame.x + 1.min(frame.width),
        y: frame.y + 1.min(frame.height),
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(1),
    };
    let (title_role, frame_role) = if approve {
        (Role::ReplyTitle, Role::ReplyFrame)
    } else {
        (Role::NoteTitle, Role::NoteFrame)
    };
    let dress = Dress {
        title: &title,
        aside: "",
        title_role,
        frame_role,
        border: "|",
        placeholder: &placeholder,
        focused: true,
        marks: &[],
    };
    composer::paint(cx, frame, text, &form.words, &dress);
}
