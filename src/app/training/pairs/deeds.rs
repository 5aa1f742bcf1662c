//! What is done with a pair, by where it is and by who sits here. Whether it may be done is the training's to say.

use uuid::Uuid;

use crate::api::training::{Ask, PairDeed, PairRow, PairState, SeatRole};
use crate::app::cx::Cx;
use crate::app::notice::Severity;
use crate::app::state::Overlay;
use crate::app::training::Layer;
use crate::app::training::debrief::DebriefLayer;

use super::{Focus, pairs};

/// Something to do with a pair.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Doing {
    /// The two are comparable.
    Match,
    /// Mask both sides.
    Mask,
    /// Mark the turning sentences and ask three questions.
    Annotate,
    /// I agree, without my name.
    Agree,
    /// I agree, with my name.
    AgreeNamed,
    /// I do not agree.
    Disagree,
    /// Show it to everybody.
    Publish,
    /// Answer its questions.
    Read,
    /// What it did was looked at, and it stays.
    Keep,
    /// It has had its time, and may still be read.
    Shelve,
    /// Take it back.
    Retire,
}

impl Doing {
    /// The name in the locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Mask => "mask",
            Self::Annotate => "annotate",
            Self::Agree => "agree",
            Self::AgreeNamed => "agree-named",
            Self::Disagree => "disagree",
            Self::Publish => "publish",
            Self::Read => "read",
            Self::Keep => "keep",
            Self::Shelve => "shelve",
            Self::Retire => "retire",
        }
    }
}

/// The question what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeedsState {
    /// The pair.
    pub pair: Uuid,
    /// What can be done with it now.
    pub choices: Vec<Doing>,
    /// The chosen one.
    pub cursor: usize,
}

/// What can be done with this pair here and now: what comes next, for a trainer retiring it, and taking it back, which a trainee
/// may with a side of their own.
fn choices(row: &PairRow, role: SeatRole) -> Vec<Doing> {
    let mut all = match row.next.as_deref() {
        Some("match") => vec![Doing::Match],
        Some("mask") => vec![Doing::Mask],
        Some("annotate") => vec![Doing::Annotate],
        Some("consent") => vec![Doing::Agree, Doing::AgreeNamed, Doing::Disagree],
        Some("publish") => vec![Doing::Publish],
        Some("judge") => vec![Doing::Keep],
        Some("read") => vec![Doing::Read],
        _ => Vec::new(),
    };
    let leads = role == SeatRole::Trainer;
    if leads && matches!(row.state, PairState::Published | PairState::Kept) {
        all.push(Doing::Shelve);
    }
    // Whoever is asked for consent says no by that.
    if leads || (row.mine && row.next.as_deref() != Some("consent")) {
        all.push(Doing::Retire);
    }
    all
}

/// Asks what to do with the pair that is read.
pub(super) fn ask(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
    let Some(view) = &practice.pairs.view else {
        // The first asking may have been lost with the network.
        if let Some(pair) = practice.pairs.reading {
            cx.train(Ask::Pair { pair });
        }
        return;
    };
    let choices = choices(&view.row, practice.seat.role);
    if choices.is_empty() {
        return cx.say(Severity::Warning, "notice-pair-nothing");
    }
    let deeds = DeedsState {
        pair: view.row.id,
        choices,
        cursor: 0,
    };
    let layer = Layer::Debrief(DebriefLayer::Deeds(deeds));
    cx.state.overlays.push(Overlay::Training(Box::new(layer)));
}

/// Does what was chosen.
pub(in crate::app::training) fn deed(cx: &mut Cx<'_, '_>, deeds: &DeedsState) {
    let Some(doing) = deeds.choices.get(deeds.cursor).copied() else {
        return;
    };
    let consent = |agreed: bool, named: bool| PairDeed::Consent { agreed, named };
    let deed = match doing {
        Doing::Match => PairDeed::Match,
        Doing::Mask => PairDeed::Mask,
        Doing::Agree => consent(true, false),
        Doing::AgreeNamed => consent(true, true),
        Doing::Disagree => consent(false, false),
        Doing::Publish => PairDeed::Publish,
        Doing::Keep => PairDeed::Judge { keep: true },
        Doing::Shelve => PairDeed::Judge { keep: false },
        Doing::Retire => PairDeed::Retire,
        Doing::Annotate | Doing::Read => {
            let Some(pairs) = pairs(cx) else { return };
            pairs.annotating = doing == Doing::Annotate;
            // Annotating begins with the turning sentences, reading with the first answer.
            pairs.focus = if pairs.annotating || pairs.fields() == 0 {
                Focus::Left
            } else {
                Focus::Field(0)
            };
            return;
        }
    };
    send(cx, deeds.pair, doing, deed);
}

fn send(cx: &mut Cx<'_, '_>, pair: Uuid, doing: Doing, deed: PairDeed) {
    let Some(pairs) = pairs(cx).filter(|p| p.underway.is_none()) else {
        return cx.say(Severity::Info, "notice-still-loading");
    };
    pairs.underway = Some(doing);
    cx.train(Ask::PairDo { pair, deed });
}

/// Gives what was written under the pair: answers, or the marks and questions.
pub(super) fn give(cx: &mut Cx<'_, '_>) {
    let Some(pairs) = pairs(cx) else { return };
    let count = pairs.fields();
    let Some(pair) = pairs.view.as_ref().map(|v| v.row.id).filter(|_| count > 0) else {
        return cx.say(Severity::Info, "notice-nothing-to-send");
    };
    let texts = pairs.lines().each_ref().map(|l| l.text().trim().to_owned());
    let empty = texts.iter().take(count).position(String::is_empty);
    if let Some(at) = empty {
        // A pair is read by answering: without words there is nothing to learn from.
        pairs.focus = Focus::Field(at);
        return cx.say(Severity::Warning, "notice-pair-field-empty");
    }
    if pairs.annotating {
        let deed = PairDeed::Annotate {
            turning: pairs.turns,
            questions: texts,
        };
        return send(cx, pair, Doing::Annotate, deed);
    }
    let answers = texts.into_iter().take(count).collect();
    send(cx, pair, Doing::Read, PairDeed::Read { answers });
}

/// An order was carried out: what it changed is asked for.
pub(in crate::app::training) fn done(cx: &mut Cx<'_, '_>) {
    let Some(pairs) = pairs(cx).filter(|p| p.underway.is_some()) else {
        return;
    };
    if matches!(pairs.underway, Some(Doing::Retire | Doing::Disagree)) {
        // Nothing is left to be read.
        pairs.reading = None;
        pairs.view = None;
    }
    let reading = pairs.reading;
    settled(cx);
    if let Some(pair) = reading {
        cx.train(Ask::Pair { pair });
    }
}

/// The deed is done: its fields are empty again, and the list is asked for.
pub(super) fn settled(cx: &mut Cx<'_, '_>) {
    let Some(pairs) = pairs(cx) else { return };
    match pairs.underway.take() {
        Some(Doing::Annotate) => {
            pairs.questions = Default::default();
            pairs.annotating = false;
            pairs.focus = Focus::Left;
        }
        Some(Doing::Read) => {
            pairs.answers = Default::default();
            pairs.focus = Focus::Left;
        }
        _ => {}
    }
    cx.say(Severity::Done, "notice-pair-done");
    cx.train(Ask::Pairs);
}

/// Something was refused: what was typed stands, and may be given again.
pub(in crate::app::training) fn refused(cx: &mut Cx<'_, '_>) {
    if let Some(pairs) = pairs(cx) {
        pairs.underway = None;
    }
}
