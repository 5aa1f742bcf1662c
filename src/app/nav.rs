//! Going about: screens, lists, panes. Whatever moves, words being written are saved first.

use crate::api::desk::{DeskRequest, List};
use crate::domain::ids::TicketId;
use crate::domain::ticket::Status;
use crate::text::SafeText;

use super::action::Action;
use super::asking;
use super::calls;
use super::cx::Cx;
use super::effect::Effect;
use super::event::{Code, Key, Timer};
use super::finding;
use super::grown;
use super::line::Line;
use super::notice::Severity;
use super::panes;
use super::quality;
use super::state::{Pane, Screen, Tab};
use super::ticket::{CoachState, Mode, TicketState};
use super::timeline::Timeline;
use super::training;
use super::writing;

/// The lists that F3 goes through.
const ROUND: [List; 9] = [
    List::Queue,
    List::Mine,
    List::Unassigned,
    List::Overdue,
    List::DueSoon,
    List::Repeat,
    List::PromisesToday,
    List::Unread,
    List::NeedsMe,
];

/// Most screens remembered for Esc.
const TRAIL: usize = 16;

/// Shows a screen; Esc leads back.
pub(super) fn go(cx: &mut Cx<'_, '_>, screen: Screen) {
    if cx.state.screen == screen {
        return;
    }
    let from = cx.state.screen;
    cx.state.back.retain(|s| *s != screen);
    cx.state.back.push(from);
    if cx.state.back.len() > TRAIL {
        cx.state.back.remove(0);
    }
    show(cx, screen);
}

fn show(cx: &mut Cx<'_, '_>, screen: Screen) {
    writing::flush(cx);
    if cx.state.screen == Screen::Team {
        cx.ask(DeskRequest::Team(false));
    }
    if cx.state.screen == Screen::Lines {
        // What was decided stays marked while one looks at it.
        cx.ask(DeskRequest::LinesSeen);
    }
    if cx.state.screen == Screen::Quality {
        quality::left(cx);
    }
    cx.state.screen = screen;
    match screen {
        Screen::Lines => grown::entered(cx),
        Screen::Quality => quality::entered(cx),
        Screen::Team => cx.ask(DeskRequest::Team(true)),
        Screen::Returned => cx.ask(DeskRequest::ListReturned),
        Screen::Queue => cx.state.arrived = 0,
        _ => training::entered(cx, screen),
    }
    let at = cx.state.shown();
    cx.presence(at, false);
    let title = match (screen, cx.state.ticket.as_ref()) {
        (Screen::Ticket, Some(t)) => ticket_title(t),
        _ => SafeText::trusted("balm"),
    };
    cx.fx.push(Effect::Title(title));
}

/// The window's name shows the number only: a customer's name does not belong into a task bar.
fn ticket_title(ticket: &TicketState) -> SafeText {
    let number = ticket.conversation.as_ref();
    match number.and_then(|c| c.row.ticket.number) {
        Some(n) => SafeText::clean_line(&format!("balm #{n}")),
        None => SafeText::trusted("balm"),
    }
}

/// One step back: out of the box, out of the filter, to the screen before.
pub(super) fn back(cx: &mut Cx<'_, '_>) {
    if cx.state.screen == Screen::Ticket
        && let Some(t) = cx.state.ticket.as_mut()
        && matches!(t.pane, Pane::Compose | Pane::Side)
    {
        t.pane = Pane::Timeline;
        t.tab = Tab::Conversation;
        return writing::flush(cx);
    }
    if cx.state.screen == Screen::Queue {
        if !cx.state.queue.view.words.is_empty() {
            return set_words(cx, String::new());
        }
        if cx.state.back.is_empty() {
            return cx.state.notices.dismiss(cx.env.now);
        }
    }
    if training::back(cx) {
        return;
    }
    if cx.state.back.is_empty() && cx.state.screen == training::home(cx.state) {
        return cx.state.notices.dismiss(cx.env.now);
    }
    let mut to = cx.state.back.pop().unwrap_or(Screen::Queue);
    let gone = |cx: &Cx<'_, '_>, s: Screen| match s {
        Screen::Intake => cx.state.intake.is_none(),
        Screen::Ticket => cx.state.ticket.is_none(),
        _ => false,
    };
    while gone(cx, to) {
        to = cx.state.back.pop().unwrap_or(Screen::Queue);
    }
    show(cx, to);
}

/// Opens a ticket by its id; where it stands in any list does not matter.
pub(super) fn open_ticket(cx: &mut Cx<'_, '_>, id: TicketId) {
    writing::flush(cx);
    if cx.state.ticket.as_ref().is_none_or(|t| t.id != id) {
        let generation = cx.state.next_generation();
        cx.state.ticket = Some(TicketState {
            id,
            generation,
            conversation: None,
            not_here: false,
            pane: Pane::Timeline,
            tab: Tab::Conversation,
            mode: Mode::Reply,
            reply: super::composer::Composer::default(),
            note: super::composer::Composer::default(),
            drafts_taken: false,
            parts: Vec::new(),
            began_position: 0,
            dirty: false,
            claim_asked: false,
            insert_ordered: false,
            timeline: Timeline::new(),
            coach: CoachState {
                silent: cx.state.silenced.get(&id).cloned().unwrap_or_default(),
                ..CoachState::default()
            },
            coach_at: cx.env.now,
            side_top: 0,
        });
        let ticket = Some(id);
        cx.ask(DeskRequest::Show { generation, ticket });
    }
    cx.ask(DeskRequest::Seen { ticket: id });
    go(cx, Screen::Ticket);
    // The screen may have been the ticket screen already, with another ticket on it.
    cx.presence(Some(id), false);
}

/// Enter: opens what is selected.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    match cx.state.screen {
        Screen::Queue => open_row(cx),
        Screen::Ticket => match cx.state.ticket.as_ref().map(|t| t.pane) {
            Some(Pane::Queue) => open_row(cx),
            _ => writing::focus(cx),
        },
        Screen::Team => {
            if let Some(user) = cx.state.team.selected {
                set_list(cx, List::Of(user));
            }
        }
        Screen::Returned => asking::returned(cx),
        Screen::Drafts => open_draft(cx),
        Screen::Search => finding::open_hit(cx),
        Screen::Intake => calls::enter(cx),
        Screen::Lines => grown::open_ticket(cx),
        Screen::Quality => quality::open(cx),
        _ => training::open(cx),
    }
}

fn open_row(cx: &mut Cx<'_, '_>) {
    if cx.state.queue.displaced(cx.env.now) {
        return cx.say(Severity::Info, "notice-row-left");
    }
    if let Some(id) = cx.state.queue.selected {
        open_ticket(cx, id);
    }
}

fn open_draft(cx: &mut Cx<'_, '_>) {
    use crate::api::desk::DraftKey;
    let at = cx.state.drafts.index();
    let Some(draft) = cx.state.drafts.items.get(at).cloned() else {
        return;
    };
    match draft.key {
        DraftKey::Intake(_) => calls::resume(cx, &draft),
        DraftKey::Reply(id) | DraftKey::Note(id) => {
            open_ticket(cx, id);
            let note = matches!(draft.key, DraftKey::Note(_));
            if let Some(t) = cx.state.ticket.as_mut() {
                t.mode = if note { Mode::Note } else { Mode::Reply };
                t.pane = Pane::Compose;
            }
        }
    }
}

/// Shows another list of tickets.
pub(super) fn set_list(cx: &mut Cx<'_, '_>, list: List) {
    cx.state.queue.filter = None;
    if cx.state.queue.view.list != list {
        cx.state.queue.view.list = list;
        cx.state.queue.view.words.clear();
        cx.state.queue.marked.clear();
        cx.state.queue.top = 0;
        cx.state.queue.selected = None;
        cx.state.queue.index = 0;
        ask_view(cx);
    }
    go(cx, Screen::Queue);
}

/// The next list of the round.
pub(super) fn next_list(cx: &mut Cx<'_, '_>) {
    let now = &cx.state.queue.view.list;
    let at = ROUND.iter().position(|l| l == now);
    let next = at.map_or(0, |i| (i + 1) % ROUND.len());
    let list = ROUND.get(next).cloned().unwrap_or_default();
    set_list(cx, list);
}

/// Asks for the view as it stands.
pub(super) fn ask_view(cx: &mut Cx<'_, '_>) {
    let generation = cx.state.next_generation();
    cx.state.queue.generation = generation;
    cx.state.queue.loaded = false;
    let view = cx.state.queue.view.clone();
    cx.ask(DeskRequest::SetView { generation, view });
}

/// Begins to narrow the list.
pub(super) fn open_filter(cx: &mut Cx<'_, '_>) {
    match cx.state.screen {
        Screen::Queue => {
            cx.state.queue.filter = Some(Line::of(&cx.state.queue.view.words));
        }
        _ => finding::open_search(cx),
    }
}

/// Keys while the filter is being typed; tells whether the key was for it.
pub(super) fn filter_key(cx: &mut Cx<'_, '_>, key: Key, everywhere: Option<Action>) -> bool {
    match (key.code, everywhere) {
        (Code::Enter, _) => cx.state.queue.filter = None,
        (_, Some(Action::Back)) => {
            cx.state.queue.filter = None;
            set_words(cx, String::new());
        }
        (Code::Up, _) => cx.state.queue.step(-1),
        (Code::Down, _) => cx.state.queue.step(1),
        (_, Some(_)) => return false,
        _ => {
            let line = cx.state.queue.filter.as_mut();
            if line.is_some_and(|line| line.key(key)) {
                filter_changed(cx);
            }
        }
    }
    true
}

/// The filter words changed: the store is asked when they stand still.
pub(super) fn filter_changed(cx: &mut Cx<'_, '_>) {
    let generation = cx.state.next_generation();
    cx.state.queue.generation = generation;
    cx.timer(Timer::Filter(generation), 60);
}

/// Takes the words of the filter into the view.
pub(super) fn filter_now(cx: &mut Cx<'_, '_>, generation: u64) {
    if cx.state.queue.generation != generation {
        return;
    }
    if let Some(words) = cx.state.queue.filter.as_ref().map(|l| l.text().to_owned()) {
        set_words(cx, words);
    } else {
        ask_view(cx);
    }
}

fn set_words(cx: &mut Cx<'_, '_>, words: String) {
    cx.state.queue.view.words = words.trim().to_owned();
    ask_view(cx);
}

/// Opens the next ticket this agent should work on: down the list from the present one, then from its top.
pub(super) fn next_ticket(cx: &mut Cx<'_, '_>) {
    let me = cx.me();
    let shown = cx.state.shown();
    let from = shown.and_then(|id| {
        let mut rows = cx.state.queue.rows.iter();
        rows.position(|r| r.ticket.id == id)
    });
    let rows = &cx.state.queue.rows;
    let start = from.map_or(0, |i| i + 1);
    let fits = |i: &usize| {
        rows.get(*i).is_some_and(|r| {
            let t = &r.ticket;
            Some(t.id) != shown
                && matches!(t.status, Status::Open)
                && (t.assignee.is_none() || t.assignee == me)
        })
    };
    // Who waits for an answer comes before who was just given one.
    let waits = |i: &usize| {
        let row = rows.get(*i);
        row.is_some_and(|r| r.unread || r.ticket.unanswered_since.is_some())
    };
    let order = || (start..rows.len()).chain(0..start.min(rows.len()));
    let waiting = order().find(|i| fits(i) && waits(i));
    match waiting.or_else(|| order().find(fits)) {
        Some(at) => {
            cx.state.queue.select_index(at);
            if let Some(id) = cx.state.queue.selected {
                open_ticket(cx, id);
            }
        }
        None => cx.say(Severity::Info, "notice-no-next"),
    }
}

/// Moves the selection, or what is read, by so many rows.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    move_by(cx, by, false);
}

/// Moves by a page.
pub(super) fn page(cx: &mut Cx<'_, '_>, down: bool) {
    let rows = super::layout::layout(cx.state).list_rows.height;
    let rows = isize::try_from(rows.max(2)).unwrap_or(2) - 1;
    if cx.state.screen == Screen::Quality {
        return quality::page(cx, down);
    }
    if panes::in_timeline(cx) {
        if let Some(t) = cx.state.ticket.as_mut() {
            t.timeline.page(down);
        }
        return;
    }
    move_by(cx, if down { rows } else { -rows }, false);
}

/// To the first or the last.
pub(super) fn edge(cx: &mut Cx<'_, '_>, last: bool) {
    move_by(cx, if last { isize::MAX } else { isize::MIN }, true);
}

fn move_by(cx: &mut Cx<'_, '_>, by: isize, edge: bool) {
    let to = |index: usize, len: usize| {
        let last = len.saturating_sub(1);
        index.saturating_add_signed(by).min(last)
    };
    match cx.state.screen {
        Screen::Queue => cx.state.queue.step(by),
        Screen::Ticket => {
            let Some(t) = cx.state.ticket.as_mut() else {
                return;
            };
            match t.pane {
                Pane::Queue => cx.state.queue.step(by),
                Pane::Side => t.side_top = to(t.side_top, 500),
                _ if edge && by > 0 => t.timeline.to_last(),
                _ if edge => t.timeline.to_first(),
                _ => t.timeline.scroll(by),
            }
        }
        Screen::Team => {
            let at = to(cx.state.team.index(), usize::MAX);
            if let Some(team) = cx.state.team.team.as_deref() {
                let at = at.min(team.mates.len().saturating_sub(1));
                cx.state.team.selected = team.mates.get(at).map(|m| m.user.id);
            }
        }
        Screen::Returned => {
            let at = to(cx.state.returned.index(), cx.state.returned.items.len());
            cx.state.returned.selected = cx.state.returned.items.get(at).map(|r| r.command.id);
        }
        Screen::Drafts => {
            let at = to(cx.state.drafts.index(), cx.state.drafts.items.len());
            cx.state.drafts.selected = cx.state.drafts.items.get(at).map(|d| d.key);
        }
        Screen::Search => {
            cx.state.search.cursor = to(cx.state.search.cursor, cx.state.search.hits.len());
        }
        Screen::Lines => grown::select(cx, to(grown::index(cx.state), usize::MAX)),
        Screen::Quality => quality::select(cx, to(cx.state.quality.index, usize::MAX)),
        Screen::Practice
        | Screen::Lesson
        | Screen::Debrief
        | Screen::Pairs
        | Screen::Class
        | Screen::Spoken => training::step(cx, by),
        Screen::Intake => {
            if let Some(i) = cx.state.intake.as_mut() {
                i.cursor = to(i.cursor, i.open_tickets().count());
            }
        }
    }
}

/// Marks the selected row for an order to many.
pub(super) fn mark(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Queue || !cx.leads() {
        return;
    }
    if let Some(id) = cx.state.queue.selected {
        if !cx.state.queue.marked.remove(&id) {
            cx.state.queue.marked.insert(id);
        }
        cx.state.queue.step(1);
    }
}

/// Marks all rows, or none if all are marked.
pub(super) fn mark_all(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Queue || !cx.leads() {
        return;
    }
    let queue = &mut cx.state.queue;
    if queue.marked.len() == queue.rows.len() {
        queue.marked.clear();
    } else {
        queue.marked = queue.rows.iter().map(|r| r.ticket.id).collect();
    }
}
