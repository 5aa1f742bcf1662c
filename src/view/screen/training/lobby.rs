//! Choosing what to practise: scenarios at a level, and how the trainee stands.

use ratatui::layout::Rect;

use crate::api::training::{GateView, LobbyView, ScenarioRow, SeatStage, Speed};
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::training::lobby::LobbyState;
use crate::domain::lang::Lang;
use crate::text::{pad, pad_left, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::{bar, curve};
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::list::List;

/// From so many columns the trainee's own standing is beside the list.
const BESIDE: u16 = 110;
/// Columns of the standing.
const STANDING: u16 = 46;

/// Paints the screen.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let lobby = &practice.lobby;
    settings(cx, row_of(area, 0), lobby);
    let mut rest = below(area, 1);
    if let Some(task) = &practice.seat.task {
        let (title, style) = (task.title.clone(), cx.style(Role::Warning));
        let args = [
            ("title", (&title).into()),
            ("level", u64::from(task.level).into()),
        ];
        let words = cx.t_args("lobby-task", &args);
        cx.put_cut(rest, rest.x + 1, rest.y, &words, style);
        rest = below(rest, 1);
    }
    if practice.seat.stage == SeatStage::Running {
        let (words, style) = (cx.t("lobby-running"), cx.style(Role::Warning));
        cx.put_cut(rest, rest.x + 1, rest.y, &words, style);
        rest = below(rest, 1);
    }
    if practice.seat.consent.is_some() {
        let (words, style) = (cx.t("lobby-consent"), cx.style(Role::Warning));
        cx.put_cut(rest, rest.x + 1, rest.y, &words, style);
        rest = below(rest, 1);
    }
    let Some(view) = &lobby.view else {
        let (words, dim) = (cx.t("lobby-loading"), cx.style(Role::Dim));
        cx.put_cut(rest, rest.x + 1, rest.y, &words, dim);
        return;
    };
    let (list, side) = if rest.width >= BESIDE {
        let side = Rect {
            x: rest.right() - STANDING,
            width: STANDING,
            ..rest
        };
        let list = Rect {
            width: rest.width - STANDING - 2,
            ..rest
        };
        (list, side)
    } else {
        let rows = 9.min(rest.height / 2);
        let list = Rect {
            height: rest.height - rows,
            ..rest
        };
        (list, below(rest, rest.height - rows))
    };
    scenarios(cx, list, lobby);
    standing(cx, side, view);
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// How time runs, by the key of its words.
pub const fn pace(speed: Speed) -> &'static str {
    match speed {
        Speed::Slow => "lobby-slow",
        Speed::Real => "lobby-real",
        Speed::Brisk => "lobby-brisk",
    }
}

/// Level, speed and language, each a place to click.
fn settings(cx: &mut Cx<'_>, row: Rect, lobby: &LobbyState) {
    let speed = pace(lobby.speed);
    let lang = match lobby.lang {
        Lang::Zh => "lobby-zh",
        Lang::En => "lobby-en",
    };
    let level = format!(
        "{}  {}",
        cx.t_args(
            "training-level",
            &[("level", u64::from(lobby.level).into())]
        ),
        cx.t(&format!("level-{}", lobby.level))
    );
    let parts = [
        (level, Role::Strong, Action::LevelMore),
        (cx.t(speed), Role::Text, Action::TrainingSpeed),
        (cx.t(lang), Role::Text, Action::CustomerLanguage),
    ];
    let mut x = row.x + 1;
    for (text, role, action) in parts {
        let style = cx.style(role);
        let end = cx.put_cut(row, x, row.y, &text, style);
        cx.hit(
            Rect::new(x, row.y, end.saturating_sub(x), 1),
            Hit::Action(action),
        );
        x = end + 3;
    }
}

fn scenarios(cx: &mut Cx<'_>, area: Rect, lobby: &LobbyState) {
    let dim = cx.style(Role::Dim);
    let head = columns(
        area.width,
        &cx.t("lobby-col-title"),
        &cx.t("lobby-col-item"),
        &cx.t("lobby-col-expected"),
        &cx.t("lobby-col-best"),
        &cx.t("lobby-col-due"),
    );
    cx.put(area, area.x, area.y, &head, dim);
    let rows: Vec<&ScenarioRow> = lobby.rows().collect();
    if rows.is_empty() {
        let words = cx.t("lobby-none");
        cx.put_cut(below(area, 1), area.x + 1, area.y + 1, &words, dim);
    }
    let list = List {
        len: rows.len(),
        top: 0,
        selected: lobby.index(),
        focused: true,
    };
    list.paint(cx, below(area, 1), |cx, index, place| {
        let row = rows.get(index)?;
        let mark = if row.proposed { "* " } else { "  " };
        let title = format!("{mark}{} {}", row.id, row.title);
        let expected = format!("{}%", row.expected);
        let best = row.best.map(|b| b.to_string()).unwrap_or_default();
        let due = match row.due_in {
            Some(days) if days <= 0 => cx.t("lobby-due"),
            _ => String::new(),
        };
        let line = columns(place.width, &title, &row.item, &expected, &best, &due);
        let role = if row.proposed {
            Role::Strong
        } else {
            Role::Text
        };
        let style = cx.style(role);
        cx.put(place, place.x, place.y, &line, style);
        None
    });
}

/// One row of the list: title, item, chance of success, best, due.
fn columns(width: u16, title: &str, item: &str, expected: &str, best: &str, due: &str) -> String {
    let fixed = 1 + 5 + 7 + 6 + 7;
    let room = usize::from(width).saturating_sub(fixed);
    format!(
        " {}{}{}{} {}",
        pad(&truncate(title, room.saturating_sub(1)), room),
        pad(item, 5),
        pad_left(expected, 6),
        pad_left(best, 6),
        pad(due, 7)
    )
}

/// Levels, skills, and the last runs.
fn standing(cx: &mut Cx<'_>, area: Rect, view: &LobbyView) {
    let mut block = Block::new(area.width);
    block.heading(&cx.t("lobby-levels"));
    let gates: Vec<String> = view.gates.iter().map(gate).collect();
    block.words(Role::Text, &gates.join("  "), 0);
    let live = if view.live {
        "lobby-live"
    } else {
        "lobby-not-live"
    };
    block.words(Role::Dim, &cx.t(live), 0);
    block.heading(&cx.t("lobby-skills"));
    for skill in &view.skills {
        let name = cx.t(&format!("criterion-{}", skill.criterion.replace('_', "-")));
        let now = skill
            .now
            .map_or_else(|| "  -".to_owned(), |v| format!("{v:>3}"));
        let drawn = bar(skill.now.unwrap_or(0), 10);
        let over = curve::line(&skill.over_time, 10);
        block.words(
            Role::Text,
            &format!("{} {now} {drawn} {over}", pad(&name, 14)),
            0,
        );
    }
    let due = view.due.iter().filter(|d| d.due_in <= 0).count();
    if due > 0 {
        let words = cx.t_args("lobby-due-count", &[("count", due.into())]);
        block.words(Role::Soon, &words, 0);
    }
    if !view.runs.is_empty() {
        block.heading(&cx.t("lobby-runs"));
    }
    for run in view.runs.iter().take(8) {
        let total = run
            .total
            .map_or_else(|| " --".to_owned(), |t| format!("{t:>3}"));
        let end = run.end.as_deref().unwrap_or("broken-off").replace('_', "-");
        let end = cx.t(&format!("end-{end}"));
        let critical = if run.critical { "!" } else { " " };
        let words = format!("{total}{critical} {}  {} {}", run.level, run.title, end);
        block.words(Role::Text, &truncate(&words, usize::from(area.width)), 0);
    }
    block.paint(cx, area, 0);
}

fn gate(gate: &GateView) -> String {
    let mark = match (gate.mastered, gate.open) {
        (true, _) => "+",
        (false, true) => "o",
        (false, false) => "-",
    };
    format!("{}{mark}", gate.level)
}
