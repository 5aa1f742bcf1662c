//! The questions above the class.

use ratatui::layout::Rect;

use crate::api::training::Results;
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::keymap::Place;
use crate::app::training::class::{Amount, ClassLayer, Target, TaskForm, Words};
use crate::domain::lang::Lang;
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::lobby::pace;
use crate::view::theme::Role;
use crate::view::widget::{block::Block, field, list::List, modal};

/// The widest question, in columns.
const COLS: u16 = 76;
/// The widest layer with paths, in columns.
const PATHS: u16 = 130;

/// Paints a question above the class.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, layer: &ClassLayer) {
    match layer {
        ClassLayer::Task(form) => task(cx, screen, form),
        ClassLayer::Amount(amount) => number(cx, screen, amount),
        ClassLayer::Words(line) => words(cx, screen, line),
        ClassLayer::Stop { to } => {
            let title = cx.t("class-stop-title");
            let about = cx.t_args("class-stop-about", &[("who", who(cx, to).into())]);
            told(cx, screen, &title, &about, "class-stop-keys");
        }
        ClassLayer::Level { to, level } => {
            let title = cx.t("class-level-title");
            let values = [
                ("who", who(cx, to).into()),
                ("level", u64::from(*level).into()),
                ("about", cx.t(&format!("level-{level}")).into()),
            ];
            let about = cx.t_args("class-level-about", &values);
            told(cx, screen, &title, &about, "class-level-keys");
        }
        ClassLayer::Written(results) => written(cx, screen, results),
    }
}

/// Whom it is for.
fn who(cx: &Cx<'_>, to: &Target) -> String {
    match to.seat {
        Some(_) => to.name.to_string(),
        None => cx.t("class-all"),
    }
}

/// A layer of words and keys.
fn told(cx: &mut Cx<'_>, screen: Rect, title: &str, about: &str, keys: &str) {
    let body = modal::open(cx, screen, COLS, 8, title);
    let mut block = Block::new(body.width);
    block.gap();
    block.words(Role::Modal, about, 0);
    block.gap();
    block.words(Role::Dim, &cx.t(keys), 0);
    block.paint(cx, body, 0);
}

fn task(cx: &mut Cx<'_>, screen: Rect, form: &TaskForm) {
    let class = cx.state.training.as_deref().map(|p| &p.class);
    let all = class.and_then(|c| c.view.as_ref());
    let all = all.map_or(&[][..], |v| &v.scenarios);
    let fitting = form.fitting(all);
    let title = cx.t(if form.spoken {
        "class-spoken-title"
    } else {
        "class-task-title"
    });
    let rows = u16::try_from(fitting.len()).unwrap_or(u16::MAX).max(6);
    let body = modal::open(cx, screen, COLS, rows.saturating_add(7), &title);
    settings(cx, body, form);
    let label = cx.t("class-task-filter");
    field::paint(cx, row_of(body, 3), &label, &form.filter, true);
    let place = Rect {
        y: body.y + 4.min(body.height),
        height: body.height.saturating_sub(5),
        ..body
    };
    if fitting.is_empty() {
        let (words, dim) = (cx.t("class-task-none"), cx.style(Role::Dim));
        cx.put_cut(place, place.x + 2, place.y, &words, dim);
    }
    let list = List {
        len: fitting.len(),
        top: 0,
        selected: form.index(&fitting),
        focused: true,
    };
    list.paint(cx, place, |cx, index, place| {
        let (id, title) = fitting.get(index)?;
        let style = cx.style(Role::Modal);
        cx.put_cut(
            place,
            place.x + 2,
            place.y,
            &format!("{id}  {title}"),
            style,
        );
        Some(Hit::Choice(index))
    });
    let hint = row_of(body, usize::from(body.height.saturating_sub(1)));
    let keymap = &cx.state.keymap;
    let first = |action| {
        let keys = keymap.keys(Place::Training, action);
        keys.first().map(ToString::to_string).unwrap_or_default()
    };
    let (lang, pace) = (
        first(Action::CustomerLanguage),
        first(Action::TrainingSpeed),
    );
    let key = match (form.spoken, form.to.seat) {
        (true, _) => "class-task-keys-spoken",
        (false, None) => "class-task-keys",
        (false, Some(_)) => "class-task-keys-all",
    };
    let words = cx.t_args(key, &[("lang", lang.into()), ("pace", pace.into())]);
    let style = cx.style(Role::Key);
    cx.put_cut(hint, hint.x, hint.y, &words, style);
}

/// For whom, at which level, in which language: two rows.
fn settings(cx: &mut Cx<'_>, body: Rect, form: &TaskForm) {
    let to = form.target();
    let values = [("who", who(cx, &to).into())];
    let first = row_of(body, 0);
    let strong = cx.style(Role::Strong);
    let text = cx.t_args("class-task-for", &values);
    let mut place = first;
    if !form.spoken {
        let (words, style) = (cx.t(pace(form.speed)), cx.style(Role::Modal));
        let x = cx.put_right(first, first.y, &words, style);
        place.width = x.saturating_sub(first.x + 1);
    }
    cx.put_cut(place, place.x, place.y, &text, strong);
    let lang = cx.t(match form.lang {
        Lang::Zh => "lobby-zh",
        Lang::En => "lobby-en",
    });
    let level = cx.t(&format!("level-{}", form.level));
    let text = format!("< {} {level} >  {lang}", form.level);
    let second = row_of(body, 1);
    let style = cx.style(Role::Modal);
    cx.put_cut(second, second.x, second.y, &text, style);
}

fn number(cx: &mut Cx<'_>, screen: Rect, amount: &Amount) {
    let name = amount.kind.name();
    let title = cx.t(&format!("class-{name}-title"));
    let body = modal::open(cx, screen, COLS, 8, &title);
    let (least, most, _) = amount.kind.bounds();
    let values = [
        ("who", who(cx, &amount.to).into()),
        ("least", least.into()),
        ("most", most.into()),
    ];
    let mut block = Block::new(body.width);
    block.words(
        Role::Modal,
        &cx.t_args(&format!("class-{name}-about"), &values),
        0,
    );
    block.gap();
    let role = if amount.fits() {
        Role::Strong
    } else {
        Role::Error
    };
    block.words(role, &format!("< {} >", amount.value), 0);
    block.gap();
    block.words(Role::Dim, &cx.t("class-number-keys"), 0);
    block.paint(cx, body, 0);
}

fn words(cx: &mut Cx<'_>, screen: Rect, line: &Words) {
    let (title, about) = match &line.about {
        Some(_) => ("class-comment-title", "class-comment-about"),
        None => ("class-question-title", "class-question-about"),
    };
    let title = cx.t(title);
    let body = modal::open(cx, screen, COLS, 12, &title);
    let mut block = Block::new(body.width);
    block.words(
        Role::Modal,
        &cx.t_args(about, &[("who", who(cx, &line.to).into())]),
        0,
    );
    if let Some((_, turn, said)) = &line.about {
        let mark = format!("{} ", turn + 1);
        block.hung(Role::Reply, &mark, said, 3, None);
    }
    block.gap();
    // The field stays in sight below a line of any length.
    let room = usize::from(body.height.saturating_sub(2));
    let used = block.len().min(room);
    let place = Rect {
        height: u16::try_from(used).unwrap_or(0),
        ..body
    };
    block.paint(cx, place, 0);
    field::paint(cx, row_of(body, used), ">", &line.line, true);
    let hint = row_of(body, used + 1);
    let (keys, dim) = (cx.t("class-words-keys"), cx.style(Role::Dim));
    cx.put_cut(hint, hint.x, hint.y, &keys, dim);
}

/// Where the results lie: every path whole, wrapped where it must be.
fn written(cx: &mut Cx<'_>, screen: Rect, results: &Results) {
    let title = cx.t_args("class-written-title", &[("rows", results.rows.into())]);
    let rows = screen.height.saturating_sub(2);
    let cols = PATHS.min(screen.width.saturating_sub(2));
    let mut block = Block::new(cols.saturating_sub(2));
    block.words(Role::Title, &cx.t("class-written-table"), 0);
    path(&mut block, &results.table);
    block.words(Role::Title, &cx.t("class-written-pages"), 0);
    for page in &results.pages {
        path(&mut block, page);
    }
    block.gap();
    block.words(Role::Dim, &cx.t("class-written-keys"), 0);
    let rows = rows.min(u16::try_from(block.len() + 1).unwrap_or(u16::MAX));
    let body = modal::open(cx, screen, cols, rows, &title);
    block.paint(cx, body, 0);
}

fn path(block: &mut Block, path: &SafeText) {
    block.hung(Role::Strong, "  ", path, 2, None);
}
