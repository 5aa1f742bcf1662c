//! What happened in a contact, in words: names of the simulation, turns, ends. Shared by the screens that look back.

use crate::api::training::{Asked, Move, TurnView};
use crate::text::{SafeText, truncate};
use crate::view::cx::Cx;
use crate::view::screen::coach::rule_words;
use crate::view::theme::Role;
use crate::view::widget::block::Block;

use ratatui::layout::Rect;

/// What can move, in the order in which it is told.
const MOVED: [&str; 5] = ["anger", "trust", "clarity", "face", "patience"];

/// A stable name in words: the key is `<kind>-<name>`; a name without words is shown as it is.
pub fn word(cx: &Cx<'_>, kind: &str, name: &str) -> String {
    let key = format!("{kind}-{}", name.replace('_', "-"));
    if cx.look.locale.has(&key) {
        cx.t(&key)
    } else {
        SafeText::clean_line(name).to_string()
    }
}

/// How a contact ended.
pub fn end(cx: &Cx<'_>, end: Option<&str>) -> String {
    word(cx, "end", end.unwrap_or("broken_off"))
}

/// A lint rule or a criterion, whichever the name is of.
pub fn rule(cx: &Cx<'_>, id: &str) -> String {
    let criterion = format!("criterion-{}", id.replace('_', "-"));
    if cx.look.locale.has(&criterion) {
        cx.t(&criterion)
    } else {
        rule_words(cx, id)
    }
}

/// Why a number moved: an act, or a rule of the engine.
fn why(cx: &Cx<'_>, name: &str) -> String {
    let act = format!("heard-{}", name.replace('_', "-"));
    if cx.look.locale.has(&act) {
        cx.t(&act)
    } else {
        word(cx, "why", name)
    }
}

/// What somebody else than the customer asked, and what was said back, in one line.
fn aside(cx: &Cx<'_>, asked: &Asked, answer: &SafeText) -> String {
    let values = [
        ("who", word(cx, "storm", &asked.kind).into()),
        ("asked", (&asked.text).into()),
        ("text", answer.into()),
        ("secs", (asked.took_ms / 1000).into()),
        ("more", put_off(cx, asked.put_off).into()),
    ];
    cx.t_args(
        if answer.is_empty() {
            "turn-aside-open"
        } else {
            "turn-aside-answered"
        },
        &values,
    )
}

/// How often something was put off, as words that follow others; nothing when it never was.
pub fn put_off(cx: &Cx<'_>, count: u32) -> String {
    match count {
        0 => String::new(),
        count => cx.t_args("turn-aside-put-off", &[("count", count.into())]),
    }
}

/// What was said in a turn, or what happened instead, in brackets.
pub fn said(cx: &Cx<'_>, turn: &TurnView) -> String {
    if let Some(asked) = &turn.aside {
        return aside(cx, asked, &turn.said);
    }
    if !turn.said.is_empty() {
        return turn.said.to_string();
    }
    let words = match turn.kind.strip_prefix("storm_") {
        Some(storm) => word(cx, "storm", storm),
        None => word(cx, "turn", &turn.kind),
    };
    format!("({words})")
}

/// The turn's number as people count.
pub fn number(turn: usize) -> String {
    format!("#{}", turn + 1)
}

/// Milliseconds since the contact began, as minutes and seconds.
pub fn clock(ms: i64) -> String {
    let secs = ms.max(0) / 1000;
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// Anger, trust and clarity in one line.
pub fn mood(cx: &Cx<'_>, (anger, trust, clarity): (u8, u8, u8)) -> String {
    let value = |of: &str, v: u8| format!("{} {v}", word(cx, "number", of));
    [
        value("anger", anger),
        value("trust", trust),
        value("clarity", clarity),
    ]
    .join("  ")
}

/// Appends the words of a turn: the agent's, marked, then the customer's.
pub fn exchange(cx: &Cx<'_>, block: &mut Block, mark: &str, role: Role, turn: &TurnView) {
    block.hung(role, mark, &said(cx, turn), 4, None);
    if !turn.answer.is_empty() {
        let mark = if turn.phrased { "  ~<" } else { "   <" };
        block.hung(Role::Customer, mark, &turn.answer, 5, None);
    }
}

/// Appends everything about a turn: what was heard in it, what moved and why, what the rules say, what was answered.
pub fn whole(cx: &Cx<'_>, block: &mut Block, turn: &TurnView) {
    let label = |key: &str| format!("{} ", cx.t(key));
    block.hung(Role::Reply, &label("debrief-you"), &said(cx, turn), 8, None);
    if turn.not_understood {
        block.words(Role::Info, &cx.t("debrief-turn-not-understood"), 8);
    } else if !turn.acts.is_empty() {
        let acts: Vec<String> = turn.acts.iter().map(|a| word(cx, "heard", a)).collect();
        let acts = acts.join(&cx.t("debrief-list"));
        block.hung(Role::Text, &label("debrief-heard"), &acts, 8, None);
    }
    for of in MOVED {
        moved(cx, block, of, &turn.moves);
    }
    for (rule, words) in &turn.findings {
        let words = if words.is_empty() {
            rule_words(cx, rule)
        } else {
            format!("{} [{words}]", rule_words(cx, rule))
        };
        block.hung(Role::Late, "!", &words, 8, None);
    }
    if !turn.moments.is_empty() {
        let moments: Vec<String> = turn.moments.iter().map(|m| word(cx, "moment", m)).collect();
        let moments = moments.join(&cx.t("debrief-list"));
        block.hung(Role::Strong, "*", &moments, 8, None);
    }
    if !turn.answer.is_empty() {
        let mark = label("debrief-customer");
        block.hung(Role::Customer, &mark, &turn.answer, 8, None);
        if turn.phrased {
            block.words(Role::Info, &cx.t("debrief-phrased"), 8);
        }
    }
}

/// What moved one number, each reason with its points.
fn moved(cx: &Cx<'_>, block: &mut Block, of: &str, moves: &[Move]) {
    let of_it: Vec<&Move> = moves.iter().filter(|m| m.of == of).collect();
    if of_it.is_empty() {
        return;
    }
    let sum: i32 = of_it.iter().map(|m| m.by).sum();
    let reasons: Vec<String> = of_it
        .iter()
        .map(|m| format!("{} {:+}", why(cx, &m.why), m.by))
        .collect();
    let words = format!("{sum:+}  ({})", reasons.join(&cx.t("debrief-list")));
    // Anger that falls is good; of all else less is worse.
    let good = if of == "anger" { sum < 0 } else { sum > 0 };
    let role = match sum {
        0 => Role::Dim,
        _ if good => Role::Good,
        _ => Role::Late,
    };
    let mark = format!("{} ", word(cx, "number", of));
    block.hung(role, &mark, &words, 8, None);
}

/// Paints a block from a row on; where there is more than fits, the last row says with which keys it moves.
pub fn scrolled(cx: &mut Cx<'_>, block: &Block, area: Rect, top: usize, hint: &str) {
    if block.len() <= usize::from(area.height) || area.height < 2 {
        block.paint(cx, area, top);
        return;
    }
    let shown = above(area, area.height - 1);
    block.paint(cx, shown, top);
    let style = cx.style(Role::Key);
    let words = truncate(hint, usize::from(area.width));
    cx.put_right(area, area.bottom() - 1, &words, style);
}

/// The part of a place below so many rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// The first rows of a place.
pub fn above(area: Rect, rows: u16) -> Rect {
    Rect {
        height: rows.min(area.height),
        ..area
    }
}

/// So many equal parts of a place beside each other, a column left free between them.
pub fn beside(area: Rect, parts: u16) -> Vec<Rect> {
    let each = area.width / parts.max(1);
    let part = |at: u16| Rect {
        x: area.x + at * each,
        width: if at + 1 == parts {
            area.width - at * each
        } else {
            each.saturating_sub(1)
        },
        ..area
    };
    (0..parts).map(part).collect()
}
