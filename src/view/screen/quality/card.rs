//! The card beside the words it is about: critical errors, items with the anchors of the one under the cursor, the note.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::app::layout::{self, ReviewPlaces};
use crate::app::quality::{Focus, Mode, ReviewForm};
use crate::domain::review::drawn_for_two;
use crate::domain::scorecard::{Found, Marks};
use crate::text::{pad, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::composer::{self, Dress};
use crate::view::widget::{block::Block, list::List};

use super::calibration::{found, level};
use super::{clean, name};
use crate::view::screen::conversation;
use crate::view::screen::queue::number_or_mark;

/// Columns of the class of a critical error, and of one mark.
const CLASS: usize = 11;
const MARK: usize = 8;

/// Paints the layer.
pub fn paint(cx: &mut Cx<'_>, form: &ReviewForm) {
    let places = layout::review(cx.state.size);
    let ground = cx.style(Role::Modal);
    cx.clear(places.all, ground);
    title(cx, places.title, form);
    if places.beside || form.focus == Focus::Words {
        words(cx, &places, form);
    }
    if !places.beside && form.focus == Focus::Words {
        return;
    }
    rows(cx, places.rows, form);
    if form.focus == Focus::Note {
        note(cx, &places, form);
    } else {
        anchors(cx, places.anchors, form);
    }
}

fn title(cx: &mut Cx<'_>, place: Rect, form: &ReviewForm) {
    let bar = cx.style(Role::ModalTitle);
    cx.clear(place, bar);
    let number = form.words.as_ref().and_then(|w| w.number);
    let mut text = vec![
        cx.t(&format!("review-mode-{}", form.mode.as_str())),
        number_or_mark(number, form.unit.0),
        name(cx, form.agent),
        cx.t(&format!("review-why-{}", form.why.as_str())),
    ];
    if form.mode == Mode::Rate {
        let known = cx.state.quality.view.review(form.review);
        text.push(match known {
            Some(_) => cx.t("review-you-second"),
            None if drawn_for_two(form.review, &cx.look.policy.card) => cx.t("review-drawn-two"),
            None if form.second => cx.t("review-asks-second"),
            None => String::new(),
        });
    }
    let text = format!(" {}", text.join("  "));
    cx.put_cut(place, place.x, place.y, &text, bar);
}

fn words(cx: &mut Cx<'_>, places: &ReviewPlaces, form: &ReviewForm) {
    let place = places.words;
    let Some(view) = &form.words else {
        let key = if form.not_here {
            "review-not-here"
        } else {
            "ticket-loading"
        };
        let (text, dim) = (cx.t(key), cx.style(Role::Dim));
        cx.put_cut(row_of(place, 0), place.x, place.y, &text, dim);
        return;
    };
    for (at, row) in form.timeline.visible().iter().enumerate() {
        let place = row_of(place, at);
        let Some(entry) = view.entries.get(row.entry) else {
            break;
        };
        if place.is_empty() {
            break;
        }
        // The record that is reviewed bears a mark of its own.
        let own = (entry.id == view.source).then_some("*");
        conversation::row(cx, place, (view.ticket, entry), &row.part, own);
    }
}

/// The marks of the two raters, where this user may see both and they are talked over or looked at.
fn raters<'a>(cx: &Cx<'a>, form: &ReviewForm) -> Option<(&'a Marks, &'a Marks)> {
    if form.mode == Mode::Rate {
        return None;
    }
    cx.state.quality.view.review(form.review)?.review.pair()
}

fn rows(cx: &mut Cx<'_>, place: Rect, form: &ReviewForm) {
    let list = List {
        len: form.rows(),
        top: form.top,
        selected: form.cursor,
        focused: form.focus == Focus::Card,
    };
    let pair = raters(cx, form);
    let criticals = form.marks.criticals.len();
    list.paint(cx, place, |cx, index, place| {
        if let Some(mark) = form.marks.criticals.get(index) {
            let both = pair.map(|(a, b)| (a.found(&mark.critical), b.found(&mark.critical)));
            critical(cx, place, &mark.critical, mark.found, both);
        } else if let Some(mark) = form.marks.levels.get(index - criticals) {
            let both = pair.map(|(a, b)| (a.level(&mark.item), b.level(&mark.item)));
            item(cx, place, &mark.item, mark.level, both);
        } else {
            last(cx, place, form);
        }
        Some(Hit::Choice(index))
    });
}

/// Both raters' marks at the right of a row, with a word where they are apart; gives what is left of the row.
fn beside(cx: &mut Cx<'_>, place: Rect, cells: [String; 2], apart: bool) -> Rect {
    let text = format!("{}{}", pad(&cells[0], MARK), pad(&cells[1], MARK - 2));
    let text = if apart {
        format!("{text}!")
    } else {
        format!("{text} ")
    };
    let style = cx.style(if apart { Role::Late } else { Role::Dim });
    let x = cx.put_right(place, place.y, &text, style);
    Rect {
        width: x.saturating_sub(place.x + 1),
        ..place
    }
}

fn critical(cx: &mut Cx<'_>, place: Rect, id: &str, mark: Found, both: Option<(Found, Found)>) {
    let lang = cx.state.settings.lang;
    let known = cx.look.policy.card.critical(id);
    let class = known.map_or_else(String::new, |c| {
        cx.t(&format!("review-class-{}", c.class.as_str()))
    });
    let label = clean(known.map_or(id, |c| c.name(lang)));
    let mut room = place;
    if let Some((a, b)) = both {
        let apart = a != Found::Unseen && b != Found::Unseen && a != b;
        room = beside(cx, place, [found(cx, a), found(cx, b)], apart);
    }
    let role = match mark {
        Found::Yes => Role::Late,
        Found::No => Role::Good,
        Found::Unseen => Role::Dim,
    };
    let (style, dim, text) = (cx.style(role), cx.style(Role::Dim), cx.style(Role::Text));
    let mark = format!("[{}]", pad(&found(cx, mark), 4));
    let mut x = cx.put(room, room.x + 1, room.y, &mark, style) + 1;
    x = cx.put(room, x, room.y, &pad(&class, CLASS), dim);
    cx.put_cut(room, x, room.y, &label, text);
}

fn item(
    cx: &mut Cx<'_>,
    place: Rect,
    id: &str,
    mark: Option<u8>,
    both: Option<(Option<u8>, Option<u8>)>,
) {
    let lang = cx.state.settings.lang;
    let label = clean(cx.look.policy.card.item(id).map_or(id, |i| i.name(lang)));
    let mut room = place;
    if let Some((a, b)) = both {
        let apart = matches!((a, b), (Some(a), Some(b)) if a.abs_diff(b) > 1);
        room = beside(cx, place, [level(a), level(b)], apart);
    }
    let role = match mark {
        Some(0 | 1) => Role::Late,
        Some(_) => Role::Strong,
        None => Role::Dim,
    };
    let (style, text) = (cx.style(role), cx.style(Role::Text));
    let mark = format!("[{}]", pad(&level(mark), 4));
    let x = cx.put(room, room.x + 1, room.y, &mark, style) + 1;
    cx.put_cut(room, x, room.y, &label, text);
}

/// The last row: the words that go with the marks.
fn last(cx: &mut Cx<'_>, place: Rect, form: &ReviewForm) {
    let title = cx.t(&format!("review-note-{}", form.mode.as_str()));
    let words = form.note.text().split('\n').next().unwrap_or_default();
    let (strong, dim) = (cx.style(Role::Strong), cx.style(Role::Dim));
    let x = cx.put(place, place.x + 1, place.y, &title, strong) + 1;
    cx.put_cut(place, x, place.y, &clean(words), dim);
}

/// The anchors of the row under the cursor; at the last row what was written so far.
fn anchors(cx: &mut Cx<'_>, place: Rect, form: &ReviewForm) {
    let inner = Rect {
        x: place.x + 1.min(place.width),
        width: place.width.saturating_sub(2),
        ..place
    };
    let mut block = Block::new(inner.width);
    let (card, lang) = (&*cx.look.policy.card, cx.state.settings.lang);
    if let Some(mark) = form.critical() {
        if let Some(critical) = card.critical(&mark.critical) {
            block.words(Role::Title, &clean(critical.name(lang)), 0);
            block.words(Role::Text, &clean(critical.look(lang)), 0);
        }
        if form.mode.marks() {
            block.words(Role::Key, &cx.t("review-keys-critical"), 0);
        }
    } else if let Some(mark) = form.level() {
        if let Some(item) = card.item(&mark.item) {
            block.words(Role::Title, &clean(item.name(lang)), 0);
            for level in (0..=4_u8).rev() {
                let chosen = mark.level == Some(level);
                let role = if chosen { Role::Strong } else { Role::Text };
                let lead = format!("{}{level} ", if chosen { ">" } else { " " });
                block.hung(role, &lead, &clean(item.anchor(lang, level)), 3, None);
            }
        }
        if form.mode.marks() {
            block.words(Role::Key, &cx.t("review-keys-level"), 0);
        }
    } else {
        written(cx, &mut block, form);
    }
    block.paint(cx, inner, 0);
}

/// What raters, agent and lead wrote, in their order; what to practise.
fn written(cx: &Cx<'_>, block: &mut Block, form: &ReviewForm) {
    if form.mode.writes() {
        block.words(Role::Key, &cx.t("review-keys-note"), 0);
    }
    let Some(row) = cx.state.quality.view.review(form.review) else {
        return;
    };
    let review = &row.review;
    let mut say = |who: String, key: &str, id: crate::domain::ids::EventId| {
        if let Some(text) = row.words.get(&id) {
            let values = [("who", who.into())];
            block.words(Role::Dim, &cx.t_args(key, &values), 0);
            block.words(Role::Note, text, 2);
        }
    };
    for rating in &review.ratings {
        say(name(cx, rating.by), "review-wrote-note", rating.event);
    }
    let by = |user: Option<crate::domain::ids::UserId>| {
        user.map_or_else(|| cx.t("who-system"), |u| name(cx, u))
    };
    if let Some(agreed) = &review.agreed {
        say(by(agreed.by), "review-wrote-agreed", agreed.event);
    }
    if let Some(appeal) = &review.appeal {
        say(name(cx, review.agent), "review-wrote-appeal", appeal.event);
        if let Some(answer) = &appeal.answer {
            let key = if answer.marks.is_some() {
                "review-wrote-changed"
            } else {
                "review-wrote-stands"
            };
            say(by(answer.by), key, answer.event);
        }
    }
    if let Some(until) = review.appeal_until.filter(|_| form.mode == Mode::Appeal) {
        let values = [("at", cx.when(until).into())];
        block.words(Role::Info, &cx.t_args("quality-appeal-until", &values), 0);
    }
    if let Some(marks) = review.outcome() {
        super::drills(cx, block, marks, &cx.look.policy.card);
    }
}

fn note(cx: &mut Cx<'_>, places: &ReviewPlaces, form: &ReviewForm) {
    let title = cx.t(&format!("review-note-{}", form.mode.as_str()));
    let placeholder = cx.t(&format!("review-hint-{}", form.mode.as_str()));
    let placeholder = truncate(&placeholder, usize::from(places.note.width));
    let dress = Dress {
        title: &title,
        aside: "",
        title_role: Role::NoteTitle,
        frame_role: Role::NoteFrame,
        border: "|",
        placeholder: &placeholder,
        focused: true,
        marks: &[],
    };
    composer::paint(cx, places.note_frame, places.note, &form.note, &dress);
}
