//! Accuracy by class with its interval and the mean of each item, of one agent or of all.

use ratatui::layout::Rect;

use crate::app::quality::{self, SPAN_DAYS};
use crate::domain::ids::UserId;
use crate::domain::scorecard::CriticalClass;
use crate::insight::quality::{Accuracy, Quality};
use crate::text::{pad, truncate};
use crate::view::cx::Cx;
use crate::view::theme::Role;
use crate::view::widget::block::Block;

use super::{clean, name, percent};

/// Columns of a name.
const NAME: usize = 14;

/// A share with its interval and its base.
fn share(cx: &Cx<'_>, accuracy: Accuracy) -> String {
    match accuracy.permille() {
        Some((share, low, high)) => {
            let values = [
                ("share", percent(share).into()),
                ("low", percent(low).into()),
                ("high", percent(high).into()),
                ("of", accuracy.of.into()),
                ("all", accuracy.all.into()),
            ];
            cx.t_args("quality-share", &values)
        }
        None => cx.t("quality-no-base"),
    }
}

/// One agent's row, or that of all.
pub(super) fn row(cx: &mut Cx<'_>, place: Rect, user: Option<UserId>, figures: &Quality) {
    let (text, dim) = (cx.style(Role::Text), cx.style(Role::Dim));
    let who = user.map_or_else(|| cx.t("quality-team"), |user| name(cx, user));
    let who = pad(&truncate(&who, NAME - 1), NAME);
    let mut x = cx.put(place, place.x + 1, place.y, &who, text);
    let units = cx.t_args("quality-units", &[("n", figures.reviews.len().into())]);
    x = cx.put(place, x, place.y, &pad(&units, 10), dim);
    let words = share(cx, figures.accuracy);
    cx.put_cut(place, x, place.y, &words, text);
}

/// The selected row in full.
pub(super) fn below(cx: &Cx<'_>, block: &mut Block) {
    let rows = quality::agents(cx.state);
    let Some((_, figures)) = rows.get(cx.state.quality.index) else {
        return;
    };
    let (card, lang) = (&*cx.look.policy.card, cx.state.settings.lang);
    block.heading(&cx.t_args("quality-accuracy", &[("days", SPAN_DAYS.into())]));
    for class in CriticalClass::ALL {
        let label = cx.t(&format!("review-class-{}", class.as_str()));
        let accuracy = figures.classes.get(class).copied().unwrap_or_default();
        block.pieces(vec![
            (Role::Text, pad(&label, NAME)),
            (Role::Dim, share(cx, accuracy)),
        ]);
    }
    for (id, count) in &figures.errors {
        let label = card.critical(id).map_or(id.as_str(), |c| c.name(lang));
        let values = [("name", clean(label).into()), ("n", (*count).into())];
        block.words(Role::Late, &cx.t_args("quality-errors", &values), 2);
    }
    block.heading(&cx.t("quality-means"));
    for item in &card.items {
        let mean = figures.items.get(&item.id).copied().unwrap_or_default();
        let label = pad(&truncate(&clean(item.name(lang)), 27), 28);
        let words = match mean.hundredths() {
            Some(hundredths) => {
                let level = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                let values = [("level", level.into()), ("n", mean.count.into())];
                cx.t_args("quality-mean", &values)
            }
            None => cx.t("quality-no-base"),
        };
        block.pieces(vec![(Role::Text, label), (Role::Dim, words)]);
    }
}
