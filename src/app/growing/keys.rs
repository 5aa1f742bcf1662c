//! The keys of the form: among the sentences, in the words of one, and in what they are for.

use super::{Field, Growing, form, put_back, send, take};
use crate::app::act::perform;
use crate::app::action::Action;
use crate::app::composer::Done;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::domain::vocabulary::LinePart;
use crate::text::half_width;

/// Keys of the form.
pub(in crate::app) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let order = cx.state.keymap.action(Place::Compose, key);
    if order == Some(Action::Quit) {
        return perform(cx, Action::Quit);
    }
    if order == Some(Action::Send) {
        return send(cx);
    }
    let listed = cx.state.keymap.action(Place::List, key);
    let Some(mut f) = form(cx) else { return };
    match order {
        // Out of a field first: one slip of the hand does not cost what was written.
        Some(Action::Back) if f.field == Field::Sentences => return,
        Some(Action::Back) => f.field = Field::Sentences,
        Some(Action::FocusNext) => turn(&mut f, true),
        Some(Action::FocusPrev) => turn(&mut f, false),
        Some(Action::Undo | Action::Redo) => undo(cx, &mut f, order == Some(Action::Undo)),
        _ => match f.field {
            Field::Sentences => in_sentences(cx, &mut f, key, listed),
            Field::Words => in_words(cx, &mut f, key),
            _ => in_choice(cx, &mut f, key),
        },
    }
    put_back(cx, f);
}

fn turn(f: &mut Growing, forward: bool) {
    let all = Field::ALL;
    let here = all.iter().position(|x| *x == f.field).unwrap_or(0);
    let to = (here + if forward { 1 } else { all.len() - 1 }) % all.len();
    f.field = all.get(to).copied().unwrap_or_default();
}

fn undo(cx: &Cx<'_, '_>, f: &mut Growing, back: bool) {
    let at = f.cursor;
    if let Some(s) = f.sentences.get_mut(at) {
        if back {
            s.words.undo();
        } else {
            s.words.redo();
        }
    }
    f.check(at, cx.env);
}

fn in_sentences(cx: &Cx<'_, '_>, f: &mut Growing, key: Key, listed: Option<Action>) {
    let last = f.sentences.len().saturating_sub(1);
    match (key.code, listed) {
        (_, Some(Action::Up)) => f.cursor = f.cursor.saturating_sub(1),
        (_, Some(Action::Down)) => f.cursor = (f.cursor + 1).min(last),
        (_, Some(Action::First)) => f.cursor = 0,
        (_, Some(Action::Last)) => f.cursor = last,
        (_, Some(Action::Open)) => f.field = Field::Words,
        (_, Some(Action::PageUp)) if f.source + 1 < f.sources.len() => {
            let to = f.source + 1;
            take(cx, f, to);
        }
        (_, Some(Action::PageDown)) if f.source > 0 => {
            let to = f.source - 1;
            take(cx, f, to);
        }
        (Code::Insert | Code::Char(' ' | '\u{3000}'), _) => {
            if let Some(s) = f.sentences.get_mut(f.cursor) {
                s.picked = !s.picked;
            }
            f.cursor = (f.cursor + 1).min(last);
        }
        _ => {}
    }
}

fn in_words(cx: &Cx<'_, '_>, f: &mut Growing, key: Key) {
    if key.code == Code::Enter {
        // A line is one line; Enter is done with it.
        f.field = Field::Sentences;
        return;
    }
    let at = f.cursor;
    let done = f.sentences.get_mut(at).map(|s| s.words.key(key));
    if done == Some(Done::Changed) {
        f.check(at, cx.env);
    }
}

fn in_choice(cx: &Cx<'_, '_>, f: &mut Growing, key: Key) {
    let step = match key.code {
        Code::Left => -1,
        Code::Right | Code::Char(' ' | '\u{3000}') => 1,
        Code::Up => return turn(f, false),
        Code::Down | Code::Enter => return turn(f, true),
        Code::Char(c) if f.field == Field::Item => return named(cx, f, c),
        _ => return,
    };
    match f.field {
        Field::Part => {
            let at = f.cursor;
            if let Some(s) = f.sentences.get_mut(at) {
                s.part = around(LinePart::ALL, &s.part, step);
            }
            f.check(at, cx.env);
        }
        Field::Item => {
            let items = cx.env.policy.taxonomy.items.iter();
            let items: Vec<ItemId> = items.map(|i| i.id.clone()).collect();
            f.item = around(&items, &f.item, step);
        }
        Field::Feeling => f.feeling = around(&[0, 1, 2, 3], &f.feeling, step),
        Field::Lang => {
            f.lang = around(&[Lang::Zh, Lang::En], &f.lang, step);
            f.check_all(cx.env);
        }
        Field::Sentences | Field::Words => {}
    }
}

/// A letter goes to the first item of its class, a digit to that item of the class.
fn named(cx: &Cx<'_, '_>, f: &mut Growing, c: char) {
    let c = half_width(c).to_ascii_uppercase();
    let class = f.item.as_str().chars().next().unwrap_or('A');
    let name = if c.is_ascii_digit() {
        format!("{class}{c}")
    } else {
        format!("{c}1")
    };
    let mut items = cx.env.policy.taxonomy.items.iter();
    if let Some(item) = items.find(|i| i.id.as_str() == name) {
        f.item = item.id.clone();
    }
}

/// The neighbour of a value, round and round.
fn around<T: Clone + PartialEq>(all: &[T], here: &T, step: isize) -> T {
    let len = isize::try_from(all.len()).unwrap_or(1).max(1);
    let at = all.iter().position(|x| x == here).unwrap_or(0);
    let to = (isize::try_from(at).unwrap_or(0) + step).rem_euclid(len);
    let to = usize::try_from(to).unwrap_or(0);
    all.get(to).unwrap_or(here).clone()
}

/// Pasted text goes into the words.
pub(in crate::app) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    let Some(mut f) = form(cx) else { return };
    let at = f.cursor;
    let flat = text.replace(['\r', '\n'], " ");
    if f.field == Field::Words
        && let Some(s) = f.sentences.get_mut(at)
    {
        s.words.insert(&flat);
        f.check(at, cx.env);
    }
    put_back(cx, f);
}

/// A click on a sentence chooses it, a second one marks it.
pub(in crate::app) fn choose(cx: &mut Cx<'_, '_>, at: usize) {
    let Some(mut f) = form(cx) else { return };
    let again = f.cursor == at && f.field == Field::Sentences;
    f.field = Field::Sentences;
    if let Some(s) = f.sentences.get_mut(at) {
        s.picked ^= again;
        f.cursor = at;
    }
    put_back(cx, f);
}
