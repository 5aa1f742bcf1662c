//! Who gets a key: the topmost layer, then a field being typed into, then the keymap of the place.

use super::act::perform;
use super::action::Action;
use super::asking;
use super::cards;
use super::composer::Done;
use super::cx::Cx;
use super::event::{Code, Hit, Input, Key, Mouse, MouseKind};
use super::finding;
use super::grown;
use super::keymap::Place;
use super::notice::Severity;
use super::state::{IntakeField, Overlay, Pane, Screen, State};
use super::{calls, deciding, growing, nav, panes, quality, session, training, writing};

/// Takes what the agent did.
pub(super) fn input(cx: &mut Cx<'_, '_>, input: Input) {
    match input {
        Input::Resize(cols, rows) => {
            let border = if cx.state.training.is_some() { 2 } else { 0 };
            cx.state.size = (cols.saturating_sub(border), rows.saturating_sub(border));
            return;
        }
        Input::FocusGained => {
            cx.state.focused = true;
            return;
        }
        Input::FocusLost => {
            cx.state.focused = false;
            writing::flush(cx);
            return;
        }
        Input::Key(_) | Input::Paste(_) | Input::Mouse(_) => {}
    }
    cx.state.last_input = cx.env.now;
    if cx.state.locked() {
        if input == Input::Key(Key::plain(Code::Enter)) {
            session::unlock(cx);
        }
        return;
    }
    match input {
        Input::Key(k) => key(cx, k),
        Input::Paste(text) => paste(cx, &text),
        Input::Mouse(m) => mouse(cx, &m),
        Input::Resize(..) | Input::FocusGained | Input::FocusLost => {}
    }
}

/// Whose keys act now.
#[must_use]
pub fn place(state: &State) -> Place {
    match state.screen {
        Screen::Queue | Screen::Team => Place::Team,
        Screen::Returned | Screen::Drafts => Place::List,
        Screen::Lines => Place::Lines,
        Screen::Quality => Place::Quality,
        screen if training::owns(screen) && training::typing(state) => Place::Compose,
        Screen::Practice | Screen::Lesson | Screen::Debrief | Screen::Pairs => Place::Training,
        Screen::Class => Place::Class,
        Screen::Spoken => Place::Spoken,
        Screen::Search => Place::Compose,
        Screen::Intake => match state.intake.as_ref().map(|i| i.field) {
            Some(IntakeField::Tickets | IntakeField::Queue | IntakeField::Channel) => Place::List,
            _ => Place::Compose,
        },
        Screen::Ticket => match state.ticket.as_ref().map(|t| t.pane) {
            Some(Pane::Compose) => Place::Compose,
            Some(Pane::Queue) => Place::Team,
            Some(Pane::Timeline | Pane::Side) | None => Place::Ticket,
        },
    }
}

fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let place = place(cx.state);
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    match cx.state.overlays.last() {
        Some(Overlay::Dialog(_)) => return asking::key(cx, key),
        Some(Overlay::Palette(_)) => return finding::palette_key(cx, key),
        Some(Overlay::Cards(_)) => return cards::key(cx, key),
        Some(Overlay::Growing(_)) => return growing::key(cx, key),
        Some(Overlay::Deciding(_)) => return deciding::key(cx, key),
        Some(Overlay::Review(_)) => return quality::key(cx, key),
        Some(Overlay::Help(_)) => return help_key(cx, key),
        Some(Overlay::Training(_)) => return training::layer_key(cx, key),
        Some(Overlay::Lock) => return,
        None => {}
    }
    if typed_into_line(cx, key, everywhere) {
        return;
    }
    if let Some(action) = cx.state.keymap.action(place, key) {
        return perform(cx, action);
    }
    match place {
        Place::Compose => compose_key(cx, key),
        _ => unbound(cx, key),
    }
}

/// What a key without an order does while reading: other writing than ASCII gets a hint and never acts.
fn unbound(cx: &mut Cx<'_, '_>, key: Key) {
    match key.code {
        Code::Char(c) if !key.mods.ctrl && !c.is_ascii() => {
            cx.say(Severity::Info, "notice-input-method");
        }
        Code::Char('c') if key.mods.ctrl => cx.say(Severity::Info, "notice-how-to-quit"),
        _ => {}
    }
}

/// Keys for the filter of the list and the line of the search; tells whether the key was for them.
fn typed_into_line(cx: &mut Cx<'_, '_>, key: Key, everywhere: Option<Action>) -> bool {
    match cx.state.screen {
        Screen::Search => finding::search_key(cx, key, everywhere),
        Screen::Queue if cx.state.queue.filter.is_some() => nav::filter_key(cx, key, everywhere),
        screen if training::owns(screen) => training::typed(cx, key),
        _ => false,
    }
}

fn compose_key(cx: &mut Cx<'_, '_>, key: Key) {
    if key == Key::ctrl('c') {
        return cx.say(Severity::Info, "notice-how-to-quit");
    }
    if cx.state.screen == Screen::Intake {
        return calls::key(cx, key);
    }
    let Some(ticket) = cx.state.ticket.as_mut() else {
        return;
    };
    let done = ticket.composer_mut().key(key);
    after_edit(cx, done);
}

fn after_edit(cx: &mut Cx<'_, '_>, done: Done) {
    match done {
        Done::Changed => writing::changed(cx),
        Done::Full => cx.say(Severity::Warning, "notice-box-full"),
        Done::Moved | Done::Ignored => {}
    }
}

fn help_key(cx: &mut Cx<'_, '_>, key: Key) {
    let action = cx.state.keymap.action(Place::List, key);
    if matches!(action, Some(Action::Quit)) {
        return perform(cx, Action::Quit);
    }
    let page = usize::from(cx.state.size.1.saturating_sub(4));
    let Some(Overlay::Help(top)) = cx.state.overlays.last_mut() else {
        return;
    };
    match action {
        Some(Action::Up) => *top = top.saturating_sub(1),
        Some(Action::Down) => *top += 1,
        Some(Action::PageUp) => *top = top.saturating_sub(page),
        Some(Action::PageDown) => *top += page,
        Some(Action::First) => *top = 0,
        Some(Action::Back | Action::Help | Action::Open) => {
            cx.state.overlays.pop();
        }
        _ => {}
    }
    let last = Action::ALL.len();
    if let Some(Overlay::Help(top)) = cx.state.overlays.last_mut() {
        *top = (*top).min(last);
    }
}

/// Pasted text goes into the field that has the keys, as one step, and is never read as keys.
fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    match cx.state.overlays.last_mut() {
        Some(Overlay::Dialog(dialog)) => {
            if let Some(line) = dialog.input.as_mut() {
                line.insert(text);
            }
            return;
        }
        Some(Overlay::Palette(palette)) => {
            palette.line.insert(text);
            return finding::palette_changed(cx);
        }
        Some(Overlay::Cards(cards)) => {
            cards.line.insert(text);
            return super::cards::changed(cx);
        }
        Some(Overlay::Growing(_)) => return growing::paste(cx, text),
        Some(Overlay::Deciding(_)) => return deciding::paste(cx, text),
        Some(Overlay::Review(_)) => return quality::paste(cx, text),
        Some(Overlay::Training(_)) => return training::paste(cx, text),
        Some(Overlay::Help(_) | Overlay::Lock) => return,
        None => {}
    }
    if let Some(line) = cx.state.queue.filter.as_mut()
        && cx.state.screen == Screen::Queue
    {
        line.insert(text);
        return nav::filter_changed(cx);
    }
    match cx.state.screen {
        Screen::Search => {
            cx.state.search.line.insert(text);
            finding::search_changed(cx);
        }
        Screen::Intake => calls::paste(cx, text),
        Screen::Ticket => {
            let Some(ticket) = cx.state.ticket.as_mut() else {
                return;
            };
            if ticket.pane != Pane::Compose {
                return cx.say(Severity::Info, "notice-paste-where");
            }
            let done = ticket.composer_mut().insert(text);
            after_edit(cx, done);
        }
        _ => training::paste(cx, text),
    }
}

fn mouse(cx: &mut Cx<'_, '_>, mouse: &Mouse) {
    match mouse.kind {
        MouseKind::WheelUp => wheel(cx, mouse.hit.as_ref(), -3),
        MouseKind::WheelDown => wheel(cx, mouse.hit.as_ref(), 3),
        MouseKind::Click | MouseKind::DoubleClick => {
            if let Some(hit) = mouse.hit.clone() {
                click(cx, hit, mouse.kind == MouseKind::DoubleClick);
            }
        }
    }
}

fn wheel(cx: &mut Cx<'_, '_>, hit: Option<&Hit>, by: isize) {
    match cx.state.overlays.last_mut() {
        Some(Overlay::Help(top)) => {
            *top = top.saturating_add_signed(by).min(Action::ALL.len());
            return;
        }
        Some(_) => return,
        None => {}
    }
    match hit {
        Some(Hit::Row(_) | Hit::QueuePane) => {
            cx.state.queue.step(by);
        }
        Some(Hit::Side | Hit::Suggestion(_) | Hit::Part(_)) => {
            if let Some(t) = cx.state.ticket.as_mut() {
                t.side_top = t.side_top.saturating_add_signed(by).min(500);
            }
        }
        _ if cx.state.screen == Screen::Ticket => {
            if let Some(t) = cx.state.ticket.as_mut() {
                t.timeline.scroll(by);
            }
        }
        _ => nav::step(cx, by),
    }
}

fn click(cx: &mut Cx<'_, '_>, hit: Hit, double: bool) {
    // What lies under a layer cannot be clicked.
    match (cx.state.overlays.last(), &hit) {
        (Some(Overlay::Dialog(_)), Hit::Choice(at)) => return asking::choose(cx, *at),
        (Some(Overlay::Palette(_)), Hit::PaletteRow(at)) => return finding::pick(cx, *at),
        (Some(Overlay::Growing(_)), Hit::Choice(at)) => return growing::choose(cx, *at),
        (Some(Overlay::Review(_)), Hit::Choice(at)) => return quality::choose(cx, *at),
        (Some(Overlay::Training(_)), Hit::Choice(at)) => return training::choose(cx, *at),
        (Some(_), _) => return,
        (None, _) => {}
    }
    match hit {
        Hit::Row(id) => {
            let again = cx.state.queue.selected == Some(id);
            if cx.state.queue.select(id) && (double || again) {
                nav::open_ticket(cx, id);
            }
        }
        Hit::Strip(list) => nav::set_list(cx, list),
        Hit::Compose { row, col } => {
            if cx.state.screen == Screen::Intake {
                return calls::click(cx, row, col);
            }
            if let Some(t) = cx.state.ticket.as_mut() {
                t.pane = Pane::Compose;
                t.composer_mut().click(row, col);
            }
        }
        Hit::QueuePane => panes::focus(cx, Pane::Queue),
        Hit::Timeline => panes::focus(cx, Pane::Timeline),
        Hit::Side => panes::focus(cx, Pane::Side),
        Hit::Tab(tab) => panes::tab(cx, tab),
        Hit::Suggestion(at) => writing::choose_suggestion(cx, at),
        Hit::Part(at) => writing::insert_part(cx, at),
        Hit::Action(action) => perform(cx, action),
        Hit::Mate(user) => {
            let again = cx.state.team.selected == Some(user);
            cx.state.team.selected = Some(user);
            if double || again {
                nav::open(cx);
            }
        }
        Hit::Returned(id) => {
            cx.state.returned.selected = Some(id);
            nav::open(cx);
        }
        Hit::Draft(key) => {
            cx.state.drafts.selected = Some(key);
            nav::open(cx);
        }
        Hit::Grown(line) => cx.state.grown.selected = Some(line),
        Hit::GrownTab(tab) => grown::show(cx, tab),
        Hit::Quality(at) => {
            let again = cx.state.quality.index == at;
            quality::select(cx, at);
            if double || again {
                nav::open(cx);
            }
        }
        Hit::QualityTab(tab) => quality::show(cx, tab),
        Hit::SearchHit(at) => {
            cx.state.search.cursor = at.min(cx.state.search.hits.len().saturating_sub(1));
            nav::open(cx);
        }
        Hit::Field(field) => calls::focus(cx, field),
        Hit::CallerTicket(id) => nav::open_ticket(cx, id),
        Hit::Training(spot) => training::click(cx, spot, double),
        Hit::Notice => perform(cx, Action::DismissNotice),
        Hit::Choice(_) | Hit::PaletteRow(_) => {}
    }
}
