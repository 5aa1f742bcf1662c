//! The footer: what can be done here, each with its key from the keymap, so that it cannot lie. Every hint can be clicked.

use ratatui::layout::Rect;

use crate::app::Action;
use crate::app::event::Hit;
use crate::app::grown;
use crate::app::keymap::Place;
use crate::app::quality::{self, Focus as ReviewFocus, Mode, ReviewForm};
use crate::app::route;
use crate::app::state::{Overlay, Screen, State};
use crate::app::training::class::Focus;
use crate::app::training::debrief::Step;
use crate::domain::vocabulary::LineState;
use crate::text::width::width;
use crate::view::cx::Cx;
use crate::view::theme::Role;

/// Where keys are pressed in this state, for the hints.
fn place(state: &State) -> Place {
    match state.screen {
        Screen::Queue if state.queue.filter.is_some() => Place::Compose,
        _ => route::place(state),
    }
}

/// Whether the keys go to the lines of a watched desk.
fn lines(state: &State) -> bool {
    let class = state.training.as_ref().map(|p| &p.class);
    class.is_some_and(|c| c.focus == Focus::Lines)
}

/// What is worth naming on the screen of reviews.
const REVIEWS: &[Action] = &[
    Action::Open,
    Action::FocusNext,
    Action::MonthBack,
    Action::MonthOn,
    Action::PageDown,
    Action::Help,
    Action::Back,
    Action::Palette,
];

/// The actions worth naming here, the most useful first.
fn wanted(state: &State) -> &'static [Action] {
    use Action as A;
    match (state.screen, place(state)) {
        (Screen::Queue, Place::Compose) => &[A::Open, A::Back, A::Palette],
        (Screen::Queue, _) => &[
            A::Open,
            A::TakeCall,
            A::NextTicket,
            A::Palette,
            A::Help,
            A::Filter,
            A::Search,
            A::NextList,
            A::Quit,
        ],
        (Screen::Ticket, Place::Compose) => &[
            A::Send,
            A::InsertBest,
            A::MarkSaid,
            A::ToggleNote,
            A::Palette,
            A::Back,
            A::ChoosePart,
            A::FocusNext,
        ],
        (Screen::Ticket, _) => &[
            A::Compose,
            A::InsertBest,
            A::Close,
            A::NextTicket,
            A::Palette,
            A::Help,
            A::Back,
            A::Wait,
            A::MarkSaid,
            A::FocusNext,
        ],
        (Screen::Intake, _) => &[
            A::Send,
            A::FocusNext,
            A::ReturnToReply,
            A::EndCall,
            A::Palette,
            A::Back,
        ],
        (Screen::Lines, _) => &[
            A::ApproveLine,
            A::DeclineLine,
            A::RetireLine,
            A::Open,
            A::FocusNext,
            A::Help,
            A::Back,
            A::Palette,
        ],
        (Screen::Quality, _) => REVIEWS,
        (Screen::Team, _) => &[
            A::Mark,
            A::Assign,
            A::TakeOver,
            A::Open,
            A::Lines,
            A::Quality,
            A::Palette,
            A::Help,
            A::Back,
        ],
        (Screen::Returned, _) => &[A::Choose, A::Open, A::Palette, A::Help, A::Back],
        (Screen::Drafts, _) => &[A::Open, A::DiscardDraft, A::Palette, A::Help, A::Back],
        (Screen::Search, _) => &[A::Open, A::FocusNext, A::Palette, A::Back],
        _ => in_training(state),
    }
}

/// The same on the screens that only training has.
fn in_training(state: &State) -> &'static [Action] {
    use Action as A;
    match (state.screen, place(state)) {
        (Screen::Practice, _) => &[
            A::Open,
            A::LevelMore,
            A::Lesson,
            A::Debrief,
            A::Pairs,
            A::TrainingSpeed,
            A::CustomerLanguage,
            A::Palette,
            A::Quit,
        ],
        (Screen::Lesson, _) if predicted(state) => &[A::FocusNext, A::Back],
        (Screen::Lesson, _) => &[A::Open, A::Back],
        (Screen::Debrief | Screen::Pairs | Screen::Spoken, Place::Compose) => {
            &[A::Send, A::FocusNext, A::Back]
        }
        (Screen::Debrief, _) => &[
            A::TryLine,
            A::FocusNext,
            A::Open,
            A::Back,
            A::Debrief,
            A::Pairs,
            A::Practice,
        ],
        (Screen::Pairs, _) => &[A::Open, A::FocusNext, A::Practice, A::Back],
        (Screen::Class, _) if lines(state) => &[
            A::CommentLine,
            A::FocusNext,
            A::InjectSurge,
            A::InjectSilence,
            A::InjectQuestion,
            A::InjectNetwork,
            A::StopSeat,
            A::PauseSeat,
            A::Back,
        ],
        (Screen::Class, _) => &[
            A::Open,
            A::SetTask,
            A::InjectSurge,
            A::InjectSilence,
            A::InjectQuestion,
            A::InjectNetwork,
            A::StopSeat,
            A::PauseSeat,
            A::CommentLine,
            A::Results,
            A::SpokenPractice,
        ],
        (Screen::Spoken, _) => &[
            A::Send,
            A::SpokenBegan,
            A::SpokenRead,
            A::FocusNext,
            A::SpokenEnd,
            A::Back,
        ],
        _ => &[],
    }
}

/// Whether the lesson was predicted and the three answers are shown.
fn predicted(state: &State) -> bool {
    state.training.as_ref().is_some_and(|p| p.lesson.given)
}

/// How far the looking back at a run is.
fn debrief(state: &State) -> Option<Step> {
    state.training.as_ref().map(|p| p.debrief.step())
}

/// Whether who sits here may do it, and whether it can do anything now.
fn allowed(state: &State, action: Action) -> bool {
    let leads = state.seat.as_ref().is_some_and(|s| s.user.role.leads());
    let line = grown::selected(state).map(|r| r.line.state);
    let at = |states: &[LineState]| line.is_some_and(|s| states.contains(&s));
    match action {
        Action::Quality if state.screen == Screen::Team => {
            state.seat.as_ref().is_some_and(|s| s.user.role.rates())
        }
        Action::MonthBack | Action::MonthOn => quality::rates(state),
        Action::Assign | Action::TakeOver | Action::Mark | Action::MarkAll => leads,
        Action::ApproveLine => {
            leads && at(&[LineState::Proposed, LineState::Approved, LineState::Retired])
        }
        Action::DeclineLine => leads && at(&[LineState::Proposed]),
        Action::RetireLine => leads && at(&[LineState::Approved]),
        Action::Open if state.screen == Screen::Lines => {
            grown::selected(state).is_some_and(|r| r.line.ticket.is_some())
        }
        Action::TryLine if state.screen == Screen::Debrief => debrief(state) == Some(Step::Score),
        Action::FocusNext if state.screen == Screen::Debrief => {
            matches!(debrief(state), Some(Step::Score | Step::Own))
        }
        Action::FocusNext if state.screen == Screen::Pairs => state
            .training
            .as_ref()
            .is_some_and(|p| p.pairs.reading.is_some()),
        Action::EndCall => state.call.is_some(),
        Action::ReturnToReply => !state.replies_begun.is_empty(),
        _ => true,
    }
}

/// What can be done on a review's card.
const fn review(form: &ReviewForm) -> (Place, &'static [Action]) {
    use Action as A;
    match (form.mode, form.focus) {
        (_, ReviewFocus::Note) => (Place::Compose, &[A::Send, A::FocusNext, A::Undo, A::Back]),
        (Mode::Rate, _) => (
            Place::Review,
            &[A::Send, A::FocusNext, A::SecondRater, A::PageDown, A::Back],
        ),
        (Mode::Read, _) => (Place::Review, &[A::FocusNext, A::PageDown, A::Back]),
        _ => (
            Place::Review,
            &[A::Send, A::FocusNext, A::PageDown, A::Back],
        ),
    }
}

/// Paints the hints; what does not fit is left out whole.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let bar = cx.style(Role::Bar);
    cx.clear(area, bar);
    let state = cx.state;
    let (place, actions): (Place, &[Action]) = match state.overlays.last() {
        Some(Overlay::Palette(_) | Overlay::Dialog(_) | Overlay::Cards(_)) => (
            Place::List,
            &[Action::Open, Action::Up, Action::Down, Action::Back],
        ),
        Some(Overlay::Help(_)) => (Place::List, &[Action::PageDown, Action::Back]),
        Some(Overlay::Training(_)) => (Place::List, &[Action::Open, Action::Back]),
        Some(Overlay::Growing(_)) => (
            Place::Compose,
            &[Action::FocusNext, Action::FocusPrev, Action::Back],
        ),
        Some(Overlay::Review(form)) => review(form),
        Some(Overlay::Deciding(_)) => (Place::Compose, &[Action::Undo, Action::Back]),
        _ => (place(state), wanted(state)),
    };
    let mut x = area.x;
    for action in actions.iter().filter(|a| allowed(state, **a)) {
        let Some(key) = state.keymap.keys(place, *action).first().copied() else {
            continue;
        };
        let key = format!(" {key}");
        let name = format!(" {} ", cx.t(&action.name_key()));
        let cols = u16::try_from(width(&key) + width(&name)).unwrap_or(u16::MAX);
        if x.saturating_add(cols) > area.right() {
            break;
        }
        let style = cx.style(Role::BarKey);
        let middle = cx.put(area, x, area.y, &key, style);
        let end = cx.put(area, middle, area.y, &name, bar);
        cx.hit(Rect::new(x, area.y, end - x, 1), Hit::Action(*action));
        x = end;
    }
}
