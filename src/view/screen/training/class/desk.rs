//! One desk from near: the need behind it, how the contact stands, anger, trust and clarity over the turns, and every line with
//! what was heard in it. Only trainers and observers see this.

use ratatui::layout::Rect;

use crate::api::training::{AsideView, DeskView, TurnView};
use crate::app::event::Hit;
use crate::app::training::Spot;
use crate::app::training::class::ClassState;
use crate::view::cx::Cx;
use crate::view::screen::training::curve::{self, Series};
use crate::view::screen::training::telling::{put_off, said};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Columns by which an answer stands in from the line it answers.
const INDENT: usize = 4;

/// Paints the desk of the selected seat.
pub fn paint(cx: &mut Cx<'_>, area: Rect, class: &ClassState, focused: bool) {
    let Some(desk) = class.watched() else {
        let key = match class.row() {
            None => "class-desk-all",
            Some(row) if row.scenario.is_empty() => "class-desk-nothing",
            Some(_) => "class-desk-loading",
        };
        let mut block = Block::new(area.width);
        block.words(Role::Dim, &cx.t(key), 0);
        block.paint(cx, area, 0);
        return;
    };
    let mut rest = area;
    title(cx, take(&mut rest, 1), desk, focused);
    figures(cx, &mut rest, desk);
    open(cx, &mut rest, desk);
    let rows = if area.height >= 30 { 9 } else { 5 };
    plot(cx, take(&mut rest, rows), desk);
    legend(cx, take(&mut rest, 1));
    transcript(cx, rest, class, desk, focused);
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

fn title(cx: &mut Cx<'_>, place: Rect, desk: &DeskView, focused: bool) {
    let style = cx.style(if focused {
        Role::TitleFocus
    } else {
        Role::Title
    });
    let mut room = place;
    if let Some(end) = end(cx, desk) {
        let strong = cx.style(Role::Strong);
        let x = cx.put_right(place, place.y, &end, strong);
        room.width = x.saturating_sub(place.x + 1);
    }
    let words = format!("{}: {}, {}", desk.name, desk.title, desk.customer);
    cx.put_cut(room, room.x, room.y, &words, style);
}

/// How it ended, with its points once they are known.
pub fn end(cx: &Cx<'_>, desk: &DeskView) -> Option<String> {
    let end = desk.end.as_deref()?;
    let words = cx.t(&format!("end-{}", end.replace('_', "-")));
    Some(match desk.total {
        Some(total) => {
            let points = cx.t_args("class-points", &[("points", total.into())]);
            format!("{words}, {points}")
        }
        None => words,
    })
}

/// Anger, trust and clarity as they are now.
pub fn now(desk: &DeskView) -> (u8, u8, u8) {
    desk.turns.last().map_or(desk.start, |t| t.after)
}

/// How the contact stands, in one line of words: need, commitment, patience, anger, trust.
pub fn standing(cx: &Cx<'_>, desk: &DeskView) -> String {
    let named = |kind: &str, name: &str| cx.t(&format!("{kind}-{}", name.replace('_', "-")));
    let need = named("need-stage", &desk.need_stage);
    let commitment = named("commitment", &desk.commitment);
    let (anger, trust, _) = now(desk);
    let secs = u64::try_from(desk.patience).unwrap_or(0);
    let values = [
        ("need", need.into()),
        ("commitment", commitment.into()),
        ("secs", secs.into()),
        ("anger", u64::from(anger).into()),
        ("trust", u64::from(trust).into()),
    ];
    cx.t_args("class-standing", &values)
}

/// How the contact stands and the need behind it, both wrapped.
fn figures(cx: &mut Cx<'_>, rest: &mut Rect, desk: &DeskView) {
    let mut block = Block::new(rest.width);
    block.words(Role::Strong, &standing(cx, desk), 2);
    let need = cx.t_args("class-need", &[("need", (&desk.need).into())]);
    block.words(Role::Note, &need, 2);
    let rows = u16::try_from(block.len()).unwrap_or(u16::MAX).min(5);
    let place = take(rest, rows);
    block.paint(cx, place, 0);
}

/// What was asked in between and is open: it stays until it is answered.
fn open(cx: &mut Cx<'_>, rest: &mut Rect, desk: &DeskView) {
    let mut block = Block::new(rest.width);
    for aside in desk.asides.iter().filter(|a| a.answer.is_none()) {
        block.words(Role::Soon, &asked(cx, aside), 2);
    }
    let rows = u16::try_from(block.len()).unwrap_or(u16::MAX).min(4);
    let place = take(rest, rows);
    block.paint(cx, place, 0);
}

/// Something that was asked in between: who asked what, what was said back and how long it took.
pub fn asked(cx: &mut Cx<'_>, aside: &AsideView) -> String {
    let open = aside.answer.is_none();
    let now = cx.state.now;
    let gone = if open {
        now.minus(aside.since)
    } else {
        aside.took_ms
    };
    let secs = gone.max(0) / 1000;
    if open {
        cx.changes(aside.since.plus_millis((secs + 1) * 1000));
    }
    let values = [
        ("who", cx.t(&format!("storm-{}", aside.kind)).into()),
        ("asked", (&aside.asked).into()),
        (
            "text",
            aside.answer.as_ref().map_or("", |a| a.as_str()).into(),
        ),
        ("secs", secs.into()),
        ("more", put_off(cx, aside.put_off).into()),
    ];
    cx.t_args(
        if open {
            "class-aside-open"
        } else {
            "class-aside-answered"
        },
        &values,
    )
}

fn plot(cx: &mut Cx<'_>, area: Rect, desk: &DeskView) {
    let values = |of: fn((u8, u8, u8)) -> u8| -> Vec<u8> {
        let after = desk.turns.iter().map(|t| t.after);
        std::iter::once(desk.start).chain(after).map(of).collect()
    };
    let (clarity, trust, anger) = (values(|v| v.2), values(|v| v.1), values(|v| v.0));
    let series = [
        Series {
            values: &clarity,
            mark: 'c',
            role: Role::Dim,
        },
        Series {
            values: &trust,
            mark: 't',
            role: Role::Good,
        },
        Series {
            values: &anger,
            mark: 'a',
            role: Role::Late,
        },
    ];
    curve::plot(cx, area, &series, desk.turns.len());
}

fn legend(cx: &mut Cx<'_>, place: Rect) {
    let (words, dim) = (cx.t("class-legend"), cx.style(Role::Dim));
    cx.put_cut(place, place.x + 4, place.y, &words, dim);
}

/// Every line from the customer's first words on; the chosen one is marked, without a choice the newest is in sight.
fn transcript(cx: &mut Cx<'_>, area: Rect, class: &ClassState, desk: &DeskView, focused: bool) {
    let mut block = Block::new(area.width);
    block.hung(Role::Customer, "", &desk.opening, INDENT, None);
    let chosen = class.turn();
    let mut span = (0, block.len());
    for (at, turn) in desk.turns.iter().enumerate() {
        let first = block.len();
        let here = chosen == Some(at);
        line(cx, &mut block, at, turn, here && focused);
        for noted in &class.noted {
            if (noted.run, noted.turn) == (desk.run, at) {
                let words = cx.t_args("class-noted", &[("text", (&noted.text).into())]);
                block.hung(Role::Note, "    ", &words, INDENT, None);
            }
        }
        answer(cx, &mut block, turn);
        if here {
            span = (first, block.len());
        }
    }
    let top = span.1.saturating_sub(usize::from(area.height)).min(span.0);
    block.paint(cx, area, top);
}

/// What was said and what was heard in it.
fn line(cx: &Cx<'_>, block: &mut Block, at: usize, turn: &TurnView, chosen: bool) {
    let mark = if chosen { '>' } else { ' ' };
    let mark = format!("{mark}{:>2} ", at + 1);
    let role = match (chosen, turn.said.is_empty()) {
        (true, _) => Role::Selected,
        (false, true) => Role::Happening,
        (false, false) => Role::Reply,
    };
    let hit = Some(Hit::Training(Spot::Turn(at)));
    block.hung(role, &mark, &said(cx, turn), INDENT, hit);
    if !turn.acts.is_empty() {
        let acts: Vec<String> = turn.acts.iter().map(|a| act(cx, a)).collect();
        let words = format!("[{}]", acts.join(", "));
        block.hung(Role::Dim, "    ", &words, INDENT, None);
    } else if turn.not_understood {
        block.hung(
            Role::Dim,
            "    ",
            &cx.t("class-not-understood"),
            INDENT,
            None,
        );
    }
    for (rule, words) in &turn.findings {
        let words = format!("! {rule}: {words}");
        block.hung(Role::Error, "    ", &words, INDENT, None);
    }
}

/// The customer's answer with anger and trust after it; of what the customer did not hear there is none.
fn answer(cx: &Cx<'_>, block: &mut Block, turn: &TurnView) {
    if turn.aside.is_some() {
        return;
    }
    let (anger, trust, _) = turn.after;
    let values = [
        ("anger", u64::from(anger).into()),
        ("trust", u64::from(trust).into()),
    ];
    let mood = cx.t_args("class-mood", &values);
    let turning = if turn.turning { "*" } else { " " };
    let words = format!("{} {mood}", turn.answer);
    let phrased = if turn.phrased { "~" } else { " " };
    let mark = format!("{turning}{phrased}  ");
    block.hung(Role::Customer, &mark, words.trim_start(), INDENT, None);
}

/// An act in words.
pub fn act(cx: &Cx<'_>, name: &str) -> String {
    cx.t(&format!("heard-{}", name.replace('_', "-")))
}
