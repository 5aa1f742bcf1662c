//! The team's lines: what waits for a decision, what is in use, what was declined, what was taken out; below, the selected one.

use ratatui::layout::Rect;

use crate::api::desk::LineRow;
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::grown;
use crate::app::keymap::Place;
use crate::app::layout::Layout;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::LineState;
use crate::text::width::width;
use crate::text::{SafeText, pad, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{block::Block, list::List};

use super::growing::item;

/// Columns of a time, of what a line is for, and of a name.
const WHEN: usize = 16;
const PART: usize = 10;
const NAME: usize = 10;

/// Paints the tabs, the lines of one, and the selected line.
pub fn paint(cx: &mut Cx<'_>, places: &Layout) {
    tabs(cx, row_of(places.list, 0));
    let state = &cx.state;
    let tab = state.grown.tab;
    let shown: Vec<&LineRow> = grown::rows(&state.lines, tab).collect();
    if shown.is_empty() {
        let (words, dim) = (
            cx.t(&format!("lines-empty-{}", tab.as_str())),
            cx.style(Role::Dim),
        );
        let place = row_of(places.list_rows, 1);
        cx.put_cut(place, place.x + 1, place.y, &words, dim);
        return;
    }
    let list = List {
        len: shown.len(),
        top: state.grown.top,
        selected: grown::index(state),
        focused: true,
    };
    list.paint(cx, places.list_rows, |cx, index, place| {
        let line = shown.get(index)?;
        row(cx, place, line);
        Some(Hit::Grown(line.line.id))
    });
    let side = Rect {
        x: places.side.x + 1,
        y: places.side.y + 1.min(places.side.height),
        width: places.side.width.saturating_sub(2),
        height: places.side.height.saturating_sub(1),
    };
    if let Some(line) = grown::selected(cx.state) {
        let mut block = Block::new(side.width);
        detail(cx, &mut block, line);
        block.paint(cx, side, 0);
    }
}

fn tabs(cx: &mut Cx<'_>, place: Rect) {
    let (here, other) = (cx.style(Role::TitleFocus), cx.style(Role::Title));
    let mut x = place.x;
    for tab in LineState::ALL {
        let count = grown::rows(&cx.state.lines, *tab).count();
        let name = cx.t(&format!("lines-{}", tab.as_str()));
        let shown = cx.state.grown.tab == *tab;
        // The brackets say it where colours say nothing.
        let text = if shown {
            format!("[{name} {count}] ")
        } else {
            format!(" {name} {count}  ")
        };
        let end = cx.put(place, x, place.y, &text, if shown { here } else { other });
        cx.hit(Rect::new(x, place.y, end - x, 1), Hit::GrownTab(*tab));
        x = end;
    }
}

fn row(cx: &mut Cx<'_>, place: Rect, line: &LineRow) {
    let (dim, text, strong) = (
        cx.style(Role::Dim),
        cx.style(Role::Text),
        cx.style(Role::Strong),
    );
    let at = line.line.decided_at.unwrap_or(line.line.proposed_at);
    let mut x = cx.put(place, place.x + 1, place.y, &pad(&cx.when(at), WHEN), dim);
    let what = format!("{} ", line.line.item.as_str());
    x = cx.put(place, x, place.y, &SafeText::clean_line(&what), text) + 1;
    let part = cx.t(&format!("line-part-{}", line.line.part.as_str()));
    x = cx.put(place, x, place.y, &pad(&part, PART), dim);
    let author = pad(&truncate(&line.author, NAME - 1), NAME);
    x = cx.put(place, x, place.y, &author, text);
    let mut room = place;
    if line.said > 0 {
        let figures = format!("{}/{} ", line.well, line.said);
        cx.put_right(room, place.y, &figures, dim);
        let cols = u16::try_from(width(&figures)).unwrap_or(0);
        room.width = room.width.saturating_sub(cols + 1);
    }
    if line.news {
        x = cx.put(
            room,
            x,
            place.y,
            &format!("{} ", cx.t("lines-news")),
            strong,
        );
    }
    if line.line.position == 0 {
        x = cx.put(
            room,
            x,
            place.y,
            &format!("{} ", cx.t("entry-pending")),
            dim,
        );
    }
    cx.put_cut(room, x, place.y, &line.text.to_line(), text);
}

/// What a line is for, who said it and when.
pub fn head(cx: &Cx<'_>, block: &mut Block, row: &LineRow) {
    let line = &row.line;
    let lang = cx.t(match line.lang {
        Lang::Zh => "lang-zh",
        Lang::En => "lang-en",
    });
    let what = [
        item(cx, &line.item),
        cx.t(&format!("line-part-{}", line.part.as_str())),
        cx.t(&format!("emotion-{}", line.feeling.min(3))),
        lang,
    ];
    block.words(Role::Title, &what.join("  "), 0);
    let author = if row.author.is_empty() {
        cx.t("who-system")
    } else {
        row.author.to_string()
    };
    let values = [
        ("who", author.as_str().into()),
        ("at", cx.when(line.proposed_at).into()),
    ];
    block.words(Role::Dim, &cx.t_args("lines-by", &values), 0);
}

fn detail(cx: &Cx<'_>, block: &mut Block, row: &LineRow) {
    head(cx, block, row);
    let line = &row.line;
    if let Some(at) = line.decided_at {
        let who = if row.decided_by.is_empty() {
            cx.t("who-system")
        } else {
            row.decided_by.to_string()
        };
        let values = [
            ("who", who.as_str().into()),
            ("at", cx.when(at).into()),
            ("n", line.revision.into()),
        ];
        let key = format!("lines-decided-{}", line.state.as_str());
        block.words(Role::Dim, &cx.t_args(&key, &values), 0);
    }
    block.gap();
    block.words(Role::Strong, &row.text, 0);
    if !row.word.is_empty() {
        let text = cx.t_args("lines-word", &[("word", (&row.word).into())]);
        block.words(Role::Note, &text, 2);
    }
    block.gap();
    counts(cx, block, row);
    block.gap();
    keys(cx, block, row);
}

/// How it did: the words in force now, and what stood before them.
fn counts(cx: &Cx<'_>, block: &mut Block, row: &LineRow) {
    if row.line.revision == 0 {
        return;
    }
    let values = [("said", row.said.into()), ("well", row.well.into())];
    let key = if row.said == 0 {
        "lines-not-said"
    } else {
        "lines-said"
    };
    block.words(Role::Info, &cx.t_args(key, &values), 0);
    let id = format!("grown/{}@", row.line.id);
    let now = row.line.name();
    let before = cx.state.lines.tries.iter();
    let before = before.filter(|(name, _)| name.starts_with(&id) && **name != now);
    let (said, well) = before.fold((0_u32, 0_u32), |(s, w), (_, (said, well))| {
        (s.saturating_add(*said), w.saturating_add(*well))
    });
    if said > 0 {
        let values = [("said", said.into()), ("well", well.into())];
        block.words(Role::Dim, &cx.t_args("lines-said-before", &values), 0);
    }
}

/// What can be done with it here.
fn keys(cx: &Cx<'_>, block: &mut Block, row: &LineRow) {
    let leads = cx.state.seat.as_ref().is_some_and(|s| s.user.role.leads());
    let mut hints: Vec<(Action, &str)> = Vec::new();
    if leads {
        match row.line.state {
            LineState::Proposed => hints.extend([
                (Action::ApproveLine, "lines-do-approve"),
                (Action::DeclineLine, "lines-do-decline"),
            ]),
            LineState::Approved => hints.extend([
                (Action::ApproveLine, "lines-do-edit"),
                (Action::RetireLine, "lines-do-retire"),
            ]),
            LineState::Retired => hints.push((Action::ApproveLine, "lines-do-back")),
            LineState::Declined => {}
        }
    }
    if row.line.ticket.is_some() {
        hints.push((Action::Open, "lines-do-open"));
    }
    for (action, words) in hints {
        let keys = cx.state.keymap.keys(Place::Lines, action);
        let key = keys.first().map(ToString::to_string).unwrap_or_default();
        let words = cx.t(words);
        block.pieces(vec![(Role::Key, format!("{key} ")), (Role::Dim, words)]);
    }
}
