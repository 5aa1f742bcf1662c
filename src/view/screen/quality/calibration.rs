//! Two raters of the same words: both columns of the selected review with the differences marked, and how well raters agree.

use ratatui::layout::Rect;

use crate::api::desk::ReviewRow;
use crate::app::quality;
use crate::domain::scorecard::{Found, Marks};
use crate::text::{pad, truncate};
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::widget::block::Block;

use super::{clean, name, percent, verdict};

/// Columns of what is marked, and of one rater's mark.
const WHAT: usize = 30;
const MARK: usize = 10;

/// One review of two raters: who, and how far apart.
pub(super) fn row(cx: &mut Cx<'_>, place: Rect, row: &ReviewRow) {
    let review = &row.review;
    let at = cx.when(review.said_at);
    let lead = super::lead(cx, place, &at, (review.number, review.ticket), review.agent);
    let (words, role) = match review.pair() {
        Some((first, second)) => {
            let apart = differences(first, second);
            let role = if review.apart() {
                Role::Late
            } else {
                Role::Good
            };
            let values = [("n", apart.into())];
            (cx.t_args("quality-differences", &values), role)
        }
        None => verdict(cx, review),
    };
    let style = cx.style(role);
    let x = cx.put(place, lead, place.y, &pad(&words, 16), style);
    let raters: Vec<String> = review.ratings.iter().map(|r| name(cx, r.by)).collect();
    let dim = cx.style(Role::Dim);
    cx.put_cut(place, x, place.y, &raters.join(" / "), dim);
}

/// How many marks keep two raters apart.
fn differences(first: &Marks, second: &Marks) -> usize {
    let criticals = first.criticals.iter().filter(|m| {
        let theirs = second.found(&m.critical);
        m.found != Found::Unseen && theirs != Found::Unseen && m.found != theirs
    });
    let levels = first.levels.iter().filter(|m| {
        let theirs = second.level(&m.item);
        matches!((m.level, theirs), (Some(a), Some(b)) if a.abs_diff(b) > 1)
    });
    criticals.count() + levels.count()
}

/// How well raters agree, and what is flagged.
pub(super) fn below(cx: &Cx<'_>, block: &mut Block) {
    let (card, lang) = (&*cx.look.policy.card, cx.state.settings.lang);
    let figures = &cx.state.quality.figures;
    let all = &figures.calibration;
    let bar = card.calibration;
    let values = [
        ("units", all.units.into()),
        ("week", figures.week.into()),
        ("wanted", bar.week.into()),
    ];
    block.words(Role::Info, &cx.t_args("quality-calibrated", &values), 0);
    let within = all
        .levels
        .permille()
        .map_or_else(|| "-".to_owned(), percent);
    let kappa = kappa_words(all.critical.permille());
    let values = [
        ("within", within.into()),
        ("kappa", kappa.into()),
        ("bar", percent(bar.within).into()),
        ("kappabar", kappa_words(Some(bar.kappa)).into()),
    ];
    block.words(Role::Strong, &cx.t_args("quality-agreement", &values), 0);
    pair(cx, block);
    block.heading(&cx.t("quality-per-item"));
    for item in &card.items {
        let agreement = all.items.get(&item.id).copied().unwrap_or_default();
        let words = match agreement.permille() {
            Some(within) => {
                let values = [
                    ("within", percent(within).into()),
                    ("same", agreement.same.into()),
                    ("n", agreement.pairs.into()),
                ];
                cx.t_args("quality-within", &values)
            }
            None => cx.t("quality-no-base"),
        };
        flagged(cx, block, &item.id, item.name(lang), words);
    }
    for critical in &card.criticals {
        let cells = all.criticals.get(&critical.id).copied().unwrap_or_default();
        let words = match cells.permille() {
            Some(kappa) => {
                let values = [
                    ("kappa", kappa_words(Some(kappa)).into()),
                    ("n", cells.pairs().into()),
                ];
                cx.t_args("quality-kappa", &values)
            }
            None if cells.pairs() > 0 => {
                cx.t_args("quality-kappa-none", &[("n", cells.pairs().into())])
            }
            None => cx.t("quality-no-base"),
        };
        flagged(cx, block, &critical.id, critical.name(lang), words);
    }
}

fn flagged(cx: &Cx<'_>, block: &mut Block, id: &str, name: &str, words: String) {
    let flagged = cx
        .state
        .quality
        .figures
        .calibration
        .rewrite
        .iter()
        .any(|r| r == id);
    let label = pad(&truncate(&clean(name), WHAT - 1), WHAT);
    let mut pieces = vec![(Role::Text, label), (Role::Dim, words)];
    if flagged {
        pieces.push((Role::Late, format!("  {}", cx.t("quality-rewrite"))));
    }
    block.pieces(pieces);
}

/// The selected review's two columns: only where the raters differ by anything.
fn pair(cx: &Cx<'_>, block: &mut Block) {
    let (card, lang) = (&*cx.look.policy.card, cx.state.settings.lang);
    let Some(row) = quality::reviews(cx.state).nth(cx.state.quality.index) else {
        return;
    };
    let Some((first, second)) = row.review.pair() else {
        return;
    };
    let raters: Vec<String> = row
        .review
        .ratings
        .iter()
        .map(|r| pad(&truncate(&name(cx, r.by), MARK - 1), MARK))
        .collect();
    block.gap();
    block.pieces(vec![
        (Role::Title, pad(&cx.t("quality-pair"), WHAT)),
        (Role::Title, raters.concat()),
    ]);
    let mut any = false;
    for mark in &first.criticals {
        let theirs = second.found(&mark.critical);
        if theirs != mark.found {
            let label = card
                .critical(&mark.critical)
                .map_or(mark.critical.as_str(), |c| c.name(lang));
            let apart = mark.found != Found::Unseen && theirs != Found::Unseen;
            let cells = [found(cx, mark.found), found(cx, theirs)];
            columns(cx, block, label, cells, apart);
            any = true;
        }
    }
    for mark in &first.levels {
        let theirs = second.level(&mark.item);
        if theirs != mark.level {
            let label = card
                .item(&mark.item)
                .map_or(mark.item.as_str(), |i| i.name(lang));
            let apart = matches!((mark.level, theirs), (Some(a), Some(b)) if a.abs_diff(b) > 1);
            columns(cx, block, label, [level(mark.level), level(theirs)], apart);
            any = true;
        }
    }
    if !any {
        block.words(Role::Good, &cx.t("quality-alike"), 0);
    }
}

fn columns(cx: &Cx<'_>, block: &mut Block, label: &str, cells: [String; 2], apart: bool) {
    let role = if apart { Role::Late } else { Role::Text };
    let mut pieces = vec![
        (Role::Text, pad(&truncate(&clean(label), WHAT - 1), WHAT)),
        (role, cells.map(|c| pad(&c, MARK)).concat()),
    ];
    if apart {
        // A word, not a colour alone.
        pieces.push((role, cx.t("quality-apart")));
    }
    block.pieces(pieces);
}

/// A critical error's mark in a word.
pub(super) fn found(cx: &Cx<'_>, found: Found) -> String {
    cx.t(&format!("review-found-{}", found.as_str()))
}

/// A level as it is shown.
pub(super) fn level(level: Option<u8>) -> String {
    level.map_or_else(|| "-".to_owned(), |l| l.to_string())
}

/// Kappa with two decimals.
fn kappa_words(permille: Option<i32>) -> String {
    permille.map_or_else(
        || "-".to_owned(),
        |p| {
            let hundredths = (p.abs() + 5) / 10;
            let sign = if p < 0 && hundredths > 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
        },
    )
}
