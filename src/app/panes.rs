//! The panes of a screen: which has the keys, and going from one to the next.

use super::calls;
use super::cx::Cx;
use super::grown;
use super::layout::{Fit, fit};
use super::quality;
use super::state::{Pane, Screen, Tab};
use super::training;

/// Whether the conversation has the keys.
pub(super) fn in_timeline(cx: &Cx<'_, '_>) -> bool {
    cx.state.screen == Screen::Ticket
        && cx
            .state
            .ticket
            .as_ref()
            .is_some_and(|t| t.pane == Pane::Timeline)
}

/// To the contact before or behind.
pub(super) fn contact(cx: &mut Cx<'_, '_>, forward: bool) {
    if in_timeline(cx)
        && let Some(t) = cx.state.ticket.as_mut()
    {
        t.timeline.contact(forward);
    }
}

/// The next pane, tab or field.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    match cx.state.screen {
        Screen::Ticket => {}
        Screen::Intake => return calls::cycle(cx, forward),
        Screen::Lines => return grown::turn(cx, forward),
        Screen::Quality => return quality::turn(cx, forward),
        screen if training::owns(screen) => return training::cycle(cx, forward),
        _ => return,
    }
    let panes = fit(cx.state.size) == Fit::Panes;
    let narrow = fit(cx.state.size) == Fit::Tabs;
    let Some(t) = cx.state.ticket.as_mut() else {
        return;
    };
    if narrow {
        // Conversation, compose, customer, coach, round and round.
        let stops = [
            (Pane::Timeline, Tab::Conversation),
            (Pane::Compose, t.tab),
            (Pane::Side, Tab::Customer),
            (Pane::Side, Tab::Coach),
        ];
        let here = match (t.pane, t.tab) {
            (Pane::Compose, _) => 1,
            (Pane::Side, Tab::Coach) => 3,
            (Pane::Side, _) => 2,
            _ => 0,
        };
        let to = (here + if forward { 1 } else { stops.len() - 1 }) % stops.len();
        if let Some(stop) = stops.get(to) {
            (t.pane, t.tab) = *stop;
        }
        t.side_top = 0;
        return;
    }
    let mut round = vec![Pane::Timeline, Pane::Compose, Pane::Side];
    if panes {
        round.push(Pane::Queue);
    }
    let here = round.iter().position(|p| *p == t.pane).unwrap_or(0);
    let to = (here + if forward { 1 } else { round.len() - 1 }) % round.len();
    t.pane = round.get(to).copied().unwrap_or_default();
}

/// Gives a pane the keys.
pub(super) fn focus(cx: &mut Cx<'_, '_>, pane: Pane) {
    if cx.state.screen == Screen::Ticket
        && let Some(t) = cx.state.ticket.as_mut()
    {
        t.pane = pane;
    }
}

/// Shows a tab of the narrow ticket screen.
pub(super) fn tab(cx: &mut Cx<'_, '_>, tab: Tab) {
    if let Some(t) = cx.state.ticket.as_mut() {
        t.tab = tab;
        t.side_top = 0;
        t.pane = match tab {
            Tab::Conversation => Pane::Timeline,
            Tab::Customer | Tab::Coach => Pane::Side,
        };
    }
}
