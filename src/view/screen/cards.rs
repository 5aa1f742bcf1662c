//! The cards of a ticket above the screen: preflight in five lines, first checks, what going higher can do, the case library.

use ratatui::layout::Rect;

use crate::app::cards::CardsState;
use crate::coach::cards::{Checks, Piece, PreflightLine};
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{block::Block, field, modal};
use crate::view::words;

/// The widest cards, in columns.
const COLS: u16 = 100;

/// Paints the cards.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, state: &CardsState) {
    let title = cx.t("cards-title");
    let rows = screen.height.saturating_sub(2);
    let body = modal::open(cx, screen, COLS, rows, &title);
    field::paint(cx, row_of(body, 0), ">", &state.line, true);
    let rest = Rect {
        y: body.y + 1.min(body.height),
        height: body.height.saturating_sub(1),
        ..body
    };
    let mut block = Block::new(rest.width);
    preflight(cx, &mut block, &state.cards.preflight);
    if let Some(checks) = &state.cards.checks {
        first(cx, &mut block, checks);
    }
    let mut chosen = 0..0;
    let mut mark = |block: &mut Block, at: usize, add: &dyn Fn(&mut Block, &str)| {
        let from = block.len();
        add(block, if at == state.cursor { "> " } else { "  " });
        if at == state.cursor {
            chosen = from..block.len();
        }
    };
    let reach = &state.cards.reach;
    if !reach.is_empty() {
        block.heading(&cx.t("cards-scope"));
    }
    for (at, row) in reach.iter().enumerate() {
        mark(&mut block, at, &|block, lead| {
            let key = if row.decides_anew {
                "scope-yes"
            } else {
                "scope-stays"
            };
            let head = format!("{}  {}", SafeText::clean_line(&row.what), cx.t(key));
            block.hung(Role::Strong, lead, &head, 2, None);
            block.words(
                Role::Modal,
                &format!("  {}", SafeText::clean_line(&row.say)),
                2,
            );
        });
    }
    block.heading(&cx.t("cards-cases"));
    if state.cards.cases.is_empty() {
        block.words(Role::Dim, &cx.t("cards-no-case"), 0);
    }
    for (at, case) in state.cards.cases.iter().enumerate() {
        mark(&mut block, reach.len() + at, &|block, lead| {
            let role = if lead == "> " {
                Role::Strong
            } else {
                Role::Modal
            };
            block.hung(role, lead, &SafeText::clean_line(&case.title), 2, None);
            if lead == "> " {
                let told = |key: &str, text: &str| {
                    let text = SafeText::clean_line(text);
                    format!("  {}", cx.t_args(key, &[("words", (&text).into())]))
                };
                block.words(Role::Dim, &told("case-internal", &case.internal), 4);
                block.words(Role::Card, &told("case-share", &case.share), 4);
            }
        });
    }
    // The chosen row stays in sight, whole if it fits.
    let height = usize::from(rest.height);
    let top = chosen.end.saturating_sub(height).min(chosen.start);
    block.paint(cx, rest, top);
}

fn first(cx: &Cx<'_>, block: &mut Block, checks: &Checks) {
    let (title, owner) = (
        SafeText::clean_line(&checks.title),
        SafeText::clean_line(&checks.owner),
    );
    let key = if checks.confirmed {
        "cards-checks"
    } else {
        "cards-checks-heard"
    };
    let values = [("item", (&title).into()), ("owner", (&owner).into())];
    block.heading(&cx.t_args(key, &values));
    for (at, check) in checks.checks.iter().enumerate() {
        let words = SafeText::clean_line(check);
        block.hung(Role::Modal, &format!("{} ", at + 1), &words, 2, None);
    }
}

fn preflight(cx: &Cx<'_>, block: &mut Block, lines: &[PreflightLine]) {
    block.heading(&cx.t("cards-preflight"));
    for line in lines {
        let name = cx.t(&format!("preflight-{}", line.about.as_str()));
        let pieces: Vec<String> = line.pieces.iter().map(|p| piece(cx, p)).collect();
        let words = if pieces.is_empty() {
            cx.t("preflight-nothing")
        } else {
            pieces.join(&cx.t("list-semicolon"))
        };
        block.hung(Role::Modal, &format!("{name}  "), &words, 0, None);
    }
}

/// One thing on a line of the preflight card, in words.
fn piece(cx: &Cx<'_>, piece: &Piece) -> String {
    let with = |key: &str, text: &str| {
        let text = SafeText::clean_line(text);
        cx.t_args(key, &[("words", (&text).into())])
    };
    match piece {
        Piece::Item(name) | Piece::Known("cause", name) => SafeText::clean_line(name).to_string(),
        Piece::Contact(n) => cx.t_args("side-repeat", &[("n", (*n).into())]),
        Piece::Repeats => cx.t("piece-repeats"),
        Piece::Known(slot, value) => {
            let value = SafeText::clean_line(value);
            let name = slot_name(cx, slot);
            format!("{name} {value}")
        }
        Piece::Missing(slot) => with("piece-missing", &slot_name(cx, slot)),
        Piece::Stated(words) => with("heard-stated", words),
        Piece::Hidden(words) => with("heard-hidden", words),
        Piece::Feeling(band) => cx.t(&format!("band-{}", band.as_str())),
        Piece::Risk(risk) => cx.t(&format!("risk-{}", risk.as_str())),
        Piece::Higher(true, what) => with("piece-higher-yes", what),
        Piece::Higher(false, what) => with("piece-higher-stays", what),
        Piece::Owner(who) => with("piece-owner", who),
        Piece::Offer(words) => with("piece-offer", words),
        Piece::Case(title) => with("piece-case", title),
        Piece::Promised(due, late) => with(
            if *late {
                "piece-promise-late"
            } else {
                "piece-promised"
            },
            due,
        ),
        Piece::Due(deed, due) => {
            let deed = words::deed(cx.look.locale, *deed);
            let due = SafeText::clean_line(due);
            let values = [("deed", deed.into()), ("due", (&due).into())];
            cx.t_args("piece-due", &values)
        }
        Piece::TellLead => cx.t("piece-tell-lead"),
        Piece::Target(due) => with("piece-target", due),
    }
}

/// A slot in words; one that has no words keeps its name.
fn slot_name(cx: &Cx<'_>, slot: &str) -> String {
    let key = format!("slot-{}", slot.replace('.', "-"));
    if cx.look.locale.has(&key) {
        cx.t(&key)
    } else {
        slot.to_owned()
    }
}
