//! The form that proposes sentences of ours as lines: the sentences, the words of the chosen one, what they are for, what speaks
//! against them.

use ratatui::layout::Rect;

use crate::app::Action;
use crate::app::event::Hit;
use crate::app::growing::{Field, Growing, Sentence};
use crate::app::keymap::Place;
use crate::app::layout::{LINE_FORM, line_box};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::text::{SafeText, pad};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::composer::{self, Dress};
use crate::view::widget::{block::Block, list::List, modal};

/// The most sentences shown at once.
const SENTENCES: usize = 6;
/// Columns of what a sentence is for.
const PART: usize = 10;

/// Paints the form.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, form: &Growing) {
    let (_, box_rows) = line_box(cx.state.size);
    let count = form.sentences.len().clamp(1, SENTENCES);
    let rows = u16::try_from(count).unwrap_or(1) + box_rows + 14;
    let title = cx.t("grow-title");
    let mut rest = modal::open(cx, screen, LINE_FORM, rows, &title);
    source(cx, take(&mut rest, 1), form);
    let place = take(&mut rest, u16::try_from(count).unwrap_or(1));
    sentences(cx, place, form);
    take(&mut rest, 1);
    let frame = take(&mut rest, box_rows + 1);
    if let Some(chosen) = form.chosen() {
        words(cx, frame, chosen, form.field == Field::Words);
    }
    take(&mut rest, 1);
    fields(cx, take(&mut rest, 2), form);
    take(&mut rest, 1);
    let hint = Rect {
        y: rest.bottom().saturating_sub(1),
        height: 1.min(rest.height),
        ..rest
    };
    rest.height = rest.height.saturating_sub(1);
    verdict(cx, rest, form);
    keys(cx, hint, form);
}

/// Takes rows from the top of a place.
fn take(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let taken = Rect {
        height: rows,
        ..*rest
    };
    rest.y += rows;
    rest.height -= rows;
    taken
}

/// From which words they come.
fn source(cx: &mut Cx<'_>, place: Rect, form: &Growing) {
    let Some(source) = form.sources.get(form.source) else {
        return;
    };
    let key = if source.spoken {
        "grow-from-spoken"
    } else {
        "grow-from-reply"
    };
    let mut text = cx.t_args(key, &[("at", cx.when(source.at).into())]);
    if form.sources.len() > 1 {
        let values = [
            ("n", (form.source + 1).into()),
            ("total", form.sources.len().into()),
        ];
        text = format!("{text}  {}", cx.t_args("grow-older", &values));
    }
    let dim = cx.style(Role::Dim);
    cx.put_cut(place, place.x, place.y, &text, dim);
}

fn sentences(cx: &mut Cx<'_>, place: Rect, form: &Growing) {
    let list = List {
        len: form.sentences.len(),
        top: 0,
        selected: form.cursor,
        focused: form.field == Field::Sentences,
    };
    list.paint(cx, place, |cx, index, place| {
        let s = form.sentences.get(index)?;
        let mark = if s.picked { "[x]" } else { "[ ]" };
        let fails = if s.against.is_empty() { ' ' } else { '!' };
        let part = cx.t(&format!("line-part-{}", s.part.as_str()));
        let text = SafeText::clean_line(s.words.text());
        let role = if s.against.is_empty() {
            Role::Modal
        } else {
            Role::Late
        };
        let style = cx.style(role);
        let line = format!("{mark} {fails} {}{text}", pad(&part, PART));
        cx.put_cut(place, place.x + 2, place.y, &line, style);
        Some(Hit::Choice(index))
    });
}

fn words(cx: &mut Cx<'_>, frame: Rect, chosen: &Sentence, focused: bool) {
    let title = cx.t("grow-words");
    let placeholder = cx.t("grow-words-hint");
    let text = Rect {
        x: frame.x + 1.min(frame.width),
        y: frame.y + 1.min(frame.height),
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(1),
    };
    let dress = Dress {
        title: &title,
        aside: "",
        title_role: Role::ReplyTitle,
        frame_role: Role::ReplyFrame,
        border: "|",
        placeholder: &placeholder,
        focused,
        marks: &[],
    };
    composer::paint(cx, frame, text, &chosen.words, &dress);
}

/// What the chosen sentence is for, and what all of them are about: a label and a value each, two beside each other.
fn fields(cx: &mut Cx<'_>, place: Rect, form: &Growing) {
    let part = form.chosen().map_or_else(String::new, |s| {
        cx.t(&format!("line-part-{}", s.part.as_str()))
    });
    let lang = cx.t(match form.lang {
        Lang::Zh => "lang-zh",
        Lang::En => "lang-en",
    });
    let all = [
        (Field::Part, "grow-part", part),
        (Field::Item, "grow-item", item(cx, &form.item)),
        (
            Field::Feeling,
            "grow-feeling",
            cx.t(&format!("emotion-{}", form.feeling.min(3))),
        ),
        (Field::Lang, "grow-lang", lang),
    ];
    let half = place.width / 2;
    for (at, (field, label, value)) in (0_u16..).zip(all) {
        let cell = Rect {
            x: place.x + (at % 2) * half,
            width: half.saturating_sub(1),
            ..row_of(place, usize::from(at / 2))
        };
        let here = form.field == field;
        let (label_role, role) = if here {
            (Role::TitleFocus, Role::Selected)
        } else {
            (Role::Title, Role::Modal)
        };
        let style = cx.style(label_role);
        let x = cx.put_cut(cell, cell.x, cell.y, &cx.t(label), style) + 1;
        let style = cx.style(role);
        cx.put_cut(cell, x, cell.y, &format!("< {value} >"), style);
    }
}

/// An item by its id and name.
pub fn item(cx: &Cx<'_>, id: &ItemId) -> String {
    let item = cx.look.policy.taxonomy.item(id);
    let name = item.map_or("", |i| match cx.state.settings.lang {
        Lang::Zh => i.zh.as_str(),
        Lang::En => i.en.as_str(),
    });
    SafeText::clean_line(&format!("{} {name}", id.as_str())).to_string()
}

/// What speaks against the chosen sentence, or that nothing does.
fn verdict(cx: &mut Cx<'_>, place: Rect, form: &Growing) {
    let mut block = Block::new(place.width);
    if let Some(chosen) = form.chosen() {
        against(cx, &mut block, &chosen.against, "grow-fits");
    }
    block.paint(cx, place, 0);
}

/// The rules that speak against a line in words, each with its remedy; `fits` is told when none does.
pub fn against(cx: &Cx<'_>, block: &mut Block, rules: &[String], fits: &str) {
    if rules.is_empty() {
        block.words(Role::Good, &cx.t(fits), 2);
    }
    for rule in rules {
        // What a rule means for a line may differ from what it means for a reply.
        let keys = [format!("line-fails-{rule}"), format!("lint-{rule}")];
        let known = keys.iter().find(|key| cx.look.locale.has(key));
        let words = known.map_or_else(
            || cx.t_args("lint-rule", &[("rule", rule.as_str().into())]),
            |key| cx.t(key),
        );
        block.words(Role::Error, &format!("! {words}"), 2);
    }
}

fn keys(cx: &mut Cx<'_>, place: Rect, form: &Growing) {
    let send = key(cx, Action::Send);
    let n = form.meant().len();
    let values = [("key", send.as_str().into()), ("n", n.into())];
    let text = cx.t_args("grow-keys", &values);
    let style = cx.style(Role::Key);
    cx.put_cut(place, place.x, place.y, &text, style);
}

/// The key of an action while writing; empty if it has none.
pub fn key(cx: &Cx<'_>, action: Action) -> String {
    let keys = cx.state.keymap.keys(Place::Compose, action);
    keys.first().map(ToString::to_string).unwrap_or_default()
}
