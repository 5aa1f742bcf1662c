//! Reviews: what is due, what was rated, whether two raters agree, the figures; and the card itself.

mod calibration;
mod card;
mod figures;

use ratatui::layout::Rect;

use crate::api::desk::ReviewRow;
use crate::api::wire::DueReview;
use crate::app::Action;
use crate::app::event::Hit;
use crate::app::keymap::Place;
use crate::app::layout::Layout;
use crate::app::quality::{self, Tab, Waiting};
use crate::domain::ids::{ReviewId, TicketId, UserId};
use crate::domain::review::{Review, Stage};
use crate::domain::scorecard::{Card, Marks};
use crate::text::{SafeText, pad, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{block::Block, list::List};

use super::queue::number_or_mark;

pub use card::paint as card;

/// Columns of a time, a number, a name, and of why something is reviewed.
const WHEN: usize = 16;
const NUMBER: usize = 9;
const NAME: usize = 12;
const WHY: usize = 14;

/// Paints the tabs, the rows of one, and what belongs to the selected row.
pub fn paint(cx: &mut Cx<'_>, places: &Layout) {
    tabs(cx, row_of(places.list, 0));
    let tab = quality::tab(cx.state);
    let side = Rect {
        x: places.side.x + 1,
        y: places.side.y + 1.min(places.side.height),
        width: places.side.width.saturating_sub(2),
        height: places.side.height.saturating_sub(1),
    };
    rows(cx, places.list_rows, tab);
    let mut block = Block::new(side.width);
    match tab {
        Tab::Due => due(cx, &mut block),
        Tab::Reviews => selected(cx, &mut block),
        Tab::Calibration => calibration::below(cx, &mut block),
        Tab::Figures => figures::below(cx, &mut block),
    }
    let most = block.len().saturating_sub(usize::from(side.height));
    let top = cx.state.quality.below.min(most);
    block.paint(cx, side, top);
    if most > top {
        let words = cx.t_args("more-below", &[("n", (most - top).into())]);
        let dim = cx.style(Role::Dim);
        cx.put_right(places.side, places.side.y, &words, dim);
    }
}

fn tabs(cx: &mut Cx<'_>, place: Rect) {
    let (here, other) = (cx.style(Role::TitleFocus), cx.style(Role::Title));
    let shown = quality::tab(cx.state);
    let mut x = place.x;
    for tab in quality::tabs(cx.state) {
        let name = cx.t(&format!("quality-tab-{}", tab.as_str()));
        // The brackets say it where colours say nothing.
        let text = if *tab == shown {
            format!("[{name}] ")
        } else {
            format!(" {name}  ")
        };
        let style = if *tab == shown { here } else { other };
        let end = cx.put(place, x, place.y, &text, style);
        cx.hit(Rect::new(x, place.y, end - x, 1), Hit::QualityTab(*tab));
        x = end;
    }
    if shown == Tab::Due
        && let Some(due) = &cx.state.quality.view.due
    {
        let key = if cx.state.quality.view.away {
            "quality-month-away"
        } else {
            "quality-month"
        };
        let values = [
            ("month", due.month.as_str().into()),
            ("at", cx.when(due.at).into()),
        ];
        let words = cx.t_args(key, &values);
        let dim = cx.style(Role::Dim);
        let room = Rect {
            x,
            width: place.right().saturating_sub(x),
            ..place
        };
        cx.put_right(
            room,
            place.y,
            &truncate(&words, usize::from(room.width)),
            dim,
        );
    }
}

fn rows(cx: &mut Cx<'_>, place: Rect, tab: Tab) {
    let len = quality::len(cx.state);
    if len == 0 {
        let key = match (tab, &cx.state.quality.view.due) {
            (Tab::Due, None) if cx.state.quality.view.away => "quality-due-away".to_owned(),
            (Tab::Due, None) => "quality-due-asking".to_owned(),
            _ => format!("quality-empty-{}", tab.as_str()),
        };
        let second = cx.state.keymap.keys(Place::Review, Action::SecondRater);
        let second = second.first().map(ToString::to_string).unwrap_or_default();
        let words = cx.t_args(&key, &[("key", second.into())]);
        let dim = cx.style(Role::Dim);
        let place = row_of(place, 1.min(usize::from(place.height.saturating_sub(1))));
        cx.put_cut(place, place.x + 1, place.y, &words, dim);
        return;
    }
    let list = List {
        len,
        top: cx.state.quality.top,
        selected: cx.state.quality.index,
        focused: true,
    };
    let state = cx.state;
    let waiting = quality::waiting(state);
    let reviews: Vec<&ReviewRow> = quality::reviews(state).collect();
    let agents = quality::agents(state);
    list.paint(cx, place, |cx, index, place| {
        match tab {
            Tab::Due => match waiting.get(index)? {
                Waiting::Fresh(due) => fresh(cx, place, due),
                Waiting::Second(row) => review(cx, place, &row.review, row.news),
            },
            Tab::Reviews => {
                let row = reviews.get(index)?;
                review(cx, place, &row.review, row.news);
            }
            Tab::Calibration => calibration::row(cx, place, reviews.get(index)?),
            Tab::Figures => {
                let (user, figures) = agents.get(index)?;
                figures::row(cx, place, *user, figures);
            }
        }
        Some(Hit::Quality(index))
    });
}

/// A colleague's name; a dash when it is not known.
fn name(cx: &Cx<'_>, user: UserId) -> String {
    match cx.state.quality.view.name(user) {
        name if name.is_empty() => "-".to_owned(),
        name => name.to_line().to_string(),
    }
}

/// Time, number and name at the beginning of a row; gives the column behind them.
fn lead(
    cx: &mut Cx<'_>,
    place: Rect,
    at: &str,
    number: (Option<u64>, TicketId),
    who: UserId,
) -> u16 {
    let (dim, text) = (cx.style(Role::Dim), cx.style(Role::Text));
    let mut x = cx.put(place, place.x + 1, place.y, &pad(at, WHEN), dim);
    let number = pad(&number_or_mark(number.0, number.1), NUMBER);
    x = cx.put(place, x, place.y, &number, dim);
    let who = pad(&truncate(&name(cx, who), NAME - 1), NAME);
    cx.put(place, x, place.y, &who, text)
}

fn fresh(cx: &mut Cx<'_>, place: Rect, due: &DueReview) {
    let at = cx.when(due.said_at);
    let mut x = lead(cx, place, &at, (due.number, due.ticket), due.agent);
    let (dim, strong) = (cx.style(Role::Dim), cx.style(Role::Strong));
    let why = pad(&cx.t(&format!("review-why-{}", due.why.as_str())), WHY);
    x = cx.put(place, x, place.y, &why, strong);
    if due.second {
        x = cx.put(place, x, place.y, &format!("{} ", cx.t("quality-two")), dim);
    }
    if cx.state.quality.kept.contains_key(&due.review) {
        let begun = format!("{} ", cx.t("quality-begun"));
        x = cx.put(place, x, place.y, &begun, strong);
    }
    titled(cx, place, x, due.review);
}

fn review(cx: &mut Cx<'_>, place: Rect, review: &Review, news: bool) {
    let at = cx.when(review.said_at);
    let mut x = lead(cx, place, &at, (review.number, review.ticket), review.agent);
    let (dim, strong) = (cx.style(Role::Dim), cx.style(Role::Strong));
    let (words, role) = verdict(cx, review);
    let style = cx.style(role);
    x = cx.put(place, x, place.y, &pad(&words, WHY), style);
    if news {
        x = cx.put(
            place,
            x,
            place.y,
            &format!("{} ", cx.t("quality-news")),
            strong,
        );
    }
    if review.position == 0 {
        x = cx.put(
            place,
            x,
            place.y,
            &format!("{} ", cx.t("entry-pending")),
            dim,
        );
    }
    let why = format!("{} ", cx.t(&format!("review-why-{}", review.why.as_str())));
    x = cx.put(place, x, place.y, &why, dim);
    titled(cx, place, x, review.id);
}

/// What is reviewed, where it has a title.
fn titled(cx: &mut Cx<'_>, place: Rect, x: u16, review: ReviewId) {
    let dim = cx.style(Role::Dim);
    if let Some(title) = cx.state.quality.view.titles.get(&review) {
        cx.put_cut(place, x, place.y, &title.to_line(), dim);
    }
}

/// How a review stands, in a word or two.
fn verdict(cx: &Cx<'_>, review: &Review) -> (String, Role) {
    let stage = review.stage();
    match (stage, review.outcome()) {
        (Stage::Told, Some(marks)) if marks.fails() => (cx.t("quality-failed"), Role::Late),
        (Stage::Told, Some(_)) => (cx.t("quality-passed"), Role::Good),
        (stage, _) => (
            cx.t(&format!("review-stage-{}", stage.as_str())),
            Role::Soon,
        ),
    }
}

/// How far the month is, and who lacks what.
fn due(cx: &Cx<'_>, block: &mut Block) {
    let Some(due) = &cx.state.quality.view.due else {
        return;
    };
    block.heading(&cx.t("quality-load"));
    for load in &due.agents {
        let values = [
            ("name", name(cx, load.agent).into()),
            ("rated", load.rated.into()),
            ("wanted", load.wanted.into()),
            ("units", load.units.into()),
        ];
        let role = if load.rated < load.wanted {
            Role::Text
        } else {
            Role::Dim
        };
        block.words(role, &cx.t_args("quality-load-row", &values), 2);
    }
    let open = due.agents.iter().filter(|l| l.rated < l.wanted).count();
    block.words(
        Role::Info,
        &cx.t_args("quality-load-open", &[("n", open.into())]),
        0,
    );
    block.words(Role::Dim, &cx.t("quality-green"), 0);
}

/// The selected review in a few lines.
fn selected(cx: &Cx<'_>, block: &mut Block) {
    let at = cx.state.quality.index;
    let Some(row) = quality::reviews(cx.state).nth(at) else {
        return;
    };
    let review = &row.review;
    let (words, role) = verdict(cx, review);
    block.words(role, &words, 0);
    let raters: Vec<String> = review.ratings.iter().map(|r| name(cx, r.by)).collect();
    let values = [("names", raters.join(", ").into())];
    block.words(Role::Dim, &cx.t_args("quality-raters", &values), 0);
    if let Some(marks) = review.outcome() {
        outcome(cx, block, marks);
    }
    for text in row.words.values() {
        block.words(Role::Note, text, 2);
    }
    if let Some(until) = review
        .appeal_until
        .filter(|_| review.appealable(cx.state.now))
    {
        let values = [("at", cx.when(until).into())];
        block.words(Role::Dim, &cx.t_args("quality-appeal-until", &values), 0);
    }
}

/// Which critical errors there are, the levels, and what to practise.
pub fn outcome(cx: &Cx<'_>, block: &mut Block, marks: &Marks) {
    let (card, lang) = (&*cx.look.policy.card, cx.state.settings.lang);
    for id in marks.errors() {
        let name = card.critical(id).map_or(id, |c| c.name(lang));
        let values = [("name", clean(name).into())];
        block.words(Role::Late, &cx.t_args("quality-error", &values), 2);
    }
    let levels: Vec<String> = marks
        .levels
        .iter()
        .map(|m| {
            let name = card.item(&m.item).map_or(m.item.as_str(), |i| i.name(lang));
            let level = m.level.map_or_else(|| "-".to_owned(), |l| l.to_string());
            format!("{} {level}", clean(name))
        })
        .collect();
    block.words(Role::Text, &levels.join("  "), 0);
    drills(cx, block, marks, card);
}

/// What the low items are practised by.
fn drills(cx: &Cx<'_>, block: &mut Block, marks: &Marks, card: &Card) {
    for item in quality::low(marks, card) {
        let values = [
            ("item", clean(item.name(cx.state.settings.lang)).into()),
            (
                "skill",
                cx.t(&format!("quality-skill-{}", item.drill)).into(),
            ),
        ];
        block.words(Role::Info, &cx.t_args("quality-drill", &values), 2);
    }
}

/// Words of the card as they may be drawn.
fn clean(text: &str) -> String {
    SafeText::clean_line(text).to_string()
}

/// Thousandths as percent with one decimal.
fn percent(permille: u32) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}
