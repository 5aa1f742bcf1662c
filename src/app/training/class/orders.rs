//! Orders of the class screen: what was asked for, what is said when it is done, and what opens again when it is refused.

use crate::api::training::{Ask, ClassOrder, Results, SeatStage};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::nav;
use crate::app::notice::{Msg, Severity};
use crate::app::state::Screen;
use crate::text::SafeText;

use super::{
    Amount, ClassLayer, ClassState, Kind, Noted, Target, Words, above, class, layer, near, task,
};

/// An order that was sent and not answered: what to say when it is done, what to open again when it is refused.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Waits {
    ask: Ask,
    layer: Option<ClassLayer>,
    msg: Option<Msg>,
}

/// Takes out what waits for the answer to this order; the oldest, where nobody says which order was answered.
fn answered(class: &mut ClassState, ask: Option<&Ask>) -> Option<Waits> {
    let at = match ask {
        Some(ask) => class.waits.iter().position(|w| w.ask == *ask)?,
        None => 0,
    };
    (at < class.waits.len()).then(|| class.waits.remove(at))
}

/// What was ordered is done.
pub(in crate::app::training) fn done(cx: &mut Cx<'_, '_>, ask: Option<&Ask>) {
    let Some(class) = class(cx) else { return };
    let Some(waits) = answered(class, ask) else {
        return;
    };
    if let Some(ClassLayer::Words(words)) = &waits.layer
        && let Some((run, turn, _)) = &words.about
    {
        class.noted.push(Noted {
            run: *run,
            turn: *turn,
            text: SafeText::clean_line(words.line.text().trim()),
        });
    }
    if let Some(msg) = waits.msg {
        cx.tell(Severity::Done, msg);
    }
}

/// What was ordered cannot be done: nothing that was typed is lost.
pub(in crate::app::training) fn refused(cx: &mut Cx<'_, '_>, ask: Option<&Ask>) {
    let free = cx.state.screen == Screen::Class && cx.state.overlays.is_empty();
    let Some(class) = class(cx) else { return };
    let layer = answered(class, ask).and_then(|w| w.layer);
    if let Some(layer) = layer.filter(|_| free) {
        above(cx, layer);
    }
}

/// The results were written: where, in full, so that the paths can be read and copied.
pub(in crate::app::training) fn written(cx: &mut Cx<'_, '_>, results: Results) {
    let msg = Msg::new("notice-class-results")
        .text("table", &results.table)
        .number("pages", results.pages.len());
    cx.tell(Severity::Done, msg);
    if cx.state.screen == Screen::Class && cx.state.overlays.is_empty() {
        above(cx, ClassLayer::Written(results));
    }
}

/// Practice aloud began: what was asked for is answered.
pub(in crate::app::training) fn began(cx: &mut Cx<'_, '_>) {
    if let Some(class) = class(cx) {
        class
            .waits
            .retain(|w| !matches!(w.ask, Ask::SpokenBegin { .. }));
    }
}

/// Sends an order, and remembers where it came from until it is answered.
pub(super) fn order(cx: &mut Cx<'_, '_>, ask: Ask, layer: Option<ClassLayer>, msg: Option<Msg>) {
    if let Some(class) = class(cx) {
        let ask = ask.clone();
        class.waits.push(Waits { ask, layer, msg });
    }
    cx.train(ask);
}

/// Orders of this screen.
pub(in crate::app::training) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    let Some(class) = class(cx) else { return };
    if class.view.is_none() {
        return cx.say(Severity::Info, "notice-still-loading");
    }
    let to = class.target();
    match action {
        Action::SetTask => task::open(cx, false),
        Action::SpokenPractice => spoken(cx),
        Action::InjectSurge => above(cx, ClassLayer::Amount(Amount::new(to, Kind::Surge))),
        Action::InjectSilence => above(cx, ClassLayer::Amount(Amount::new(to, Kind::Silence))),
        Action::InjectNetwork => above(cx, ClassLayer::Amount(Amount::new(to, Kind::Network))),
        Action::InjectQuestion => above(cx, ClassLayer::Words(Words::question(to))),
        Action::StopSeat => above(cx, ClassLayer::Stop { to }),
        Action::OpenLevel => {
            let level = class.row().map_or(1, |r| r.level.clamp(1, layer::TOP));
            above(cx, ClassLayer::Level { to, level });
        }
        Action::PauseSeat => pause(cx, &to),
        Action::CommentLine => comment(cx),
        Action::Results => {
            cx.train(Ask::Results);
            cx.say(Severity::Info, "notice-class-writing");
        }
        _ => {}
    }
}

/// Time stands at the seat, or goes on; for all, it stands as long as it runs anywhere.
fn pause(cx: &mut Cx<'_, '_>, to: &Target) {
    let Some(class) = class(cx) else { return };
    let on = match class.row() {
        Some(row) => !row.paused,
        None => {
            let mut seats = class.seats().iter();
            seats.any(|s| s.stage == SeatStage::Running && !s.paused)
        }
    };
    let seat = to.seat;
    let key = if on {
        "notice-class-paused"
    } else {
        "notice-class-goes-on"
    };
    let ask = Ask::ClassDo {
        order: ClassOrder::Pause { seat, on },
    };
    let msg = Msg::new(key).with("who", to.who());
    order(cx, ask, None, Some(msg));
}

/// A word on the chosen line of the watched desk.
pub(super) fn comment(cx: &mut Cx<'_, '_>) {
    if !near(cx.state) {
        return cx.say(Severity::Warning, "notice-class-watch-first");
    }
    let Some(class) = class(cx) else { return };
    let to = class.target();
    let about = class.turn().and_then(|at| {
        let desk = class.watched()?;
        let turn = desk.turns.get(at)?;
        Some((desk.run, at, turn.said.clone()))
    });
    match about {
        Some(about) => above(cx, ClassLayer::Words(Words::comment(to, about))),
        None => cx.say(Severity::Warning, "notice-class-no-line"),
    }
}

/// Practice aloud: what goes on is gone back to, else it is begun at the selected seat.
fn spoken(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
    if practice.spoken.goes_on() {
        return nav::go(cx, Screen::Spoken);
    }
    if practice.class.selected.is_none() {
        return cx.say(Severity::Warning, "notice-class-choose-seat");
    }
    task::open(cx, true);
}
