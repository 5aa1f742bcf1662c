//! One order, whoever gave it: a key, the palette, a click.

use super::action::{Action, Group};
use super::asking;
use super::cx::Cx;
use super::deciding::{self, Decision};
use super::effect::Effect;
use super::finding;
use super::handling;
use super::notice::Severity;
use super::state::{Overlay, Screen};
use super::{
    calls, cards, checking, growing, nav, overriding, panes, quality, sending, session, training,
    writing,
};
use crate::api::desk::{DeskRequest, List};

/// Carries an order out.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    use Action as A;
    if let Some(list) = list(action) {
        return nav::set_list(cx, list);
    }
    match action {
        A::Palette => finding::open_palette(cx),
        A::Help => cx.state.overlays.push(Overlay::Help(0)),
        A::Back => nav::back(cx),
        A::TakeCall => calls::take(cx),
        A::EndCall => calls::end(cx),
        A::ReturnToReply => calls::return_to_reply(cx),
        A::Search => finding::open_search(cx),
        A::Quit => session::quit(cx),
        A::Repaint => cx.fx.push(Effect::Repaint),
        A::DismissNotice => cx.state.notices.dismiss(cx.env.now),
        A::Up => nav::step(cx, -1),
        A::Down => nav::step(cx, 1),
        A::PageUp => nav::page(cx, false),
        A::PageDown => nav::page(cx, true),
        A::First => nav::edge(cx, false),
        A::Last => nav::edge(cx, true),
        A::Open => nav::open(cx),
        A::FocusNext => panes::cycle(cx, true),
        A::FocusPrev => panes::cycle(cx, false),
        A::PrevContact => panes::contact(cx, false),
        A::NextContact => panes::contact(cx, true),
        A::Drafts => nav::go(cx, Screen::Drafts),
        A::Returned => nav::go(cx, Screen::Returned),
        A::Team => nav::go(cx, Screen::Team),
        A::Lines => nav::go(cx, Screen::Lines),
        A::Quality => nav::go(cx, Screen::Quality),
        A::ReviewLast => quality::open_last(cx),
        A::MonthBack => quality::month(cx, true),
        A::MonthOn => quality::month(cx, false),
        A::SecondRater => quality::second_where(cx),
        A::ProposeLine => growing::open(cx),
        A::ApproveLine => deciding::open(cx, Decision::Approve),
        A::DeclineLine => deciding::open(cx, Decision::Decline),
        A::RetireLine => deciding::open(cx, Decision::Retire),
        A::NextList => nav::next_list(cx),
        A::Filter => nav::open_filter(cx),
        A::NextTicket => nav::next_ticket(cx),
        A::Send => send(cx),
        A::Compose => writing::focus(cx),
        A::ToggleNote => writing::toggle_note(cx),
        A::InsertBest => writing::insert_best(cx),
        A::Cards => cards::open(cx),
        A::Fix => checking::fix(cx),
        A::NotPromise => overriding::not_a_promise(cx),
        A::Unchecked => checking::unfold(cx),
        A::Silence => checking::silence(cx),
        A::ChoosePart => asking::part(cx),
        A::NextSuggestion => writing::next_suggestion(cx),
        A::MarkSaid => sending::mark_said(cx),
        A::Undo => writing::undo(cx, true),
        A::Redo => writing::undo(cx, false),
        A::DiscardDraft => asking::discard(cx),
        A::Mark => nav::mark(cx),
        A::MarkAll => nav::mark_all(cx),
        A::Choose => asking::returned(cx),
        A::Duty => asking::duty(cx),
        A::Lock => session::lock(cx),
        A::AfterSend => asking::after_send(cx),
        A::ToggleMouse | A::Retry | A::Suspend => machine(cx, action),
        _ if action.group() == Group::Training => training::perform(cx, action),
        // What is left is about a ticket.
        _ => handling::perform(cx, action),
    }
}

/// Orders to the machine around the console.
fn machine(cx: &mut Cx<'_, '_>, action: Action) {
    match action {
        Action::ToggleMouse => {
            cx.state.mouse = !cx.state.mouse;
            cx.fx.push(Effect::SetMouse(cx.state.mouse));
        }
        Action::Retry => {
            cx.ask(DeskRequest::Retry);
            cx.say(Severity::Info, "notice-retrying");
        }
        _ => {
            writing::flush(cx);
            cx.ask(DeskRequest::Flush);
            cx.fx.push(Effect::Suspend);
        }
    }
}

/// The list of tickets an order asks for.
const fn list(action: Action) -> Option<List> {
    Some(match action {
        Action::Queue => List::Queue,
        Action::NeedsMe => List::NeedsMe,
        Action::ListMine => List::Mine,
        Action::ListUnassigned => List::Unassigned,
        Action::ListOverdue => List::Overdue,
        Action::ListDueSoon => List::DueSoon,
        Action::ListRepeat => List::Repeat,
        Action::ListPromises => List::PromisesToday,
        Action::ListUnread => List::Unread,
        _ => return None,
    })
}

fn send(cx: &mut Cx<'_, '_>) {
    match cx.state.screen {
        Screen::Intake => calls::open_ticket(cx),
        Screen::Ticket => sending::send(cx),
        Screen::Spoken => training::spoken::hand_in(cx),
        _ => cx.say(Severity::Info, "notice-nothing-to-send"),
    }
}
