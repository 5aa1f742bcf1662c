//! Questions asked and answered. A question keeps the ticket it was asked about.

use crate::domain::ids::CommandId;
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::domain::vocabulary::{
    Channel, CloseReason, Duty, Priority, PromiseState, ReopenReason, WaitReason,
};
use crate::text::SafeText;

use super::act::perform;
use super::action::Action;
use super::answering;
use super::cx::Cx;
use super::dialog::{Ask, Choice, Dialog, Pick};
use super::event::{Code, Key};
use super::grown;
use super::handling::target;
use super::keymap::Place;
use super::line::Line;
use super::notice::{Arg, Msg, Severity};
use super::overriding;
use super::returns;
use super::state::{AfterSend, Overlay, Screen};
use super::when;

/// Asks about the ticket an order would be about now.
pub(super) fn open(cx: &mut Cx<'_, '_>, ask: Ask) {
    let ticket = match ask {
        Ask::Arrived { .. } | Ask::Discard | Ask::Part | Ask::Override { .. } => cx.state.shown(),
        _ => target(cx),
    };
    open_for(cx, ask, ticket);
}

/// Asks about this ticket.
pub(super) fn open_for(
    cx: &mut Cx<'_, '_>,
    ask: Ask,
    ticket: Option<crate::domain::ids::TicketId>,
) {
    let choices = choices(cx, &ask);
    let input = matches!(
        ask,
        Ask::Tags | Ask::WaitUntil(_) | Ask::Snooze | Ask::Override { .. } | Ask::PutDown(_)
    )
    .then(Line::default);
    if choices.is_empty() && input.is_none() {
        return cx.say(Severity::Info, "notice-nothing-to-choose");
    }
    let dialog = Dialog {
        ask,
        ticket,
        choices,
        cursor: 0,
        top: 0,
        input,
    };
    cx.state.overlays.push(Overlay::Dialog(Box::new(dialog)));
}

fn row(pick: Pick, key: impl Into<String>) -> Choice {
    let label = Msg::new(key);
    Choice { pick, label }
}

fn named(pick: Pick, name: &str) -> Choice {
    let label = Msg::new("choice-text").text("text", &SafeText::clean_line(name));
    Choice { pick, label }
}

fn choices(cx: &Cx<'_, '_>, ask: &Ask) -> Vec<Choice> {
    match ask {
        Ask::CloseReason => all(
            CloseReason::ALL,
            "close",
            CloseReason::as_str,
            Pick::CloseReason,
        ),
        Ask::WaitReason => all(
            WaitReason::ALL,
            "wait",
            WaitReason::as_str,
            Pick::WaitReason,
        ),
        Ask::Priority => all(Priority::ALL, "priority", Priority::as_str, Pick::Priority),
        Ask::Duty => all(Duty::ALL, "duty", Duty::as_str, Pick::Duty),
        Ask::Reopen => all(
            ReopenReason::ALL,
            "reopen-reason",
            ReopenReason::as_str,
            Pick::Reopen,
        ),
        Ask::IntakeChannel => all(Channel::ALL, "channel", Channel::as_str, Pick::Channel),
        Ask::IntakeCaller => callers(cx),
        Ask::CloseItem(_) | Ask::Classify => items(cx, matches!(ask, Ask::CloseItem(_))),
        Ask::WaitUntil(_) | Ask::Snooze => times(cx),
        Ask::Transfer | Ask::IntakeQueue => queues(cx),
        Ask::Assign(_) => users(cx),
        Ask::Promise => promises(cx),
        Ask::PromiseState(_) => [PromiseState::Kept, PromiseState::Withdrawn]
            .map(|s| row(Pick::PromiseState(s), format!("promise-{}", s.as_str())))
            .to_vec(),
        Ask::Part => parts(cx),
        Ask::AfterSend => after_choices(),
        Ask::Arrived { .. } => vec![
            row(Pick::No, "choice-read-first"),
            row(Pick::Yes, "choice-send-anyway"),
        ],
        Ask::Quit(what) => {
            // Nothing stands in the way: leaving comes first. Something does: staying.
            let off = cx
                .on_duty()
                .then(|| row(Pick::Duty(Duty::Off), "choice-sign-off"));
            let (stay, quit) = (row(Pick::No, "choice-stay"), row(Pick::Yes, "choice-quit"));
            if what.is_empty() {
                off.into_iter().chain([quit, stay]).collect()
            } else {
                [stay, quit].into_iter().chain(off).collect()
            }
        }
        Ask::Discard | Ask::ReturnedDiscard(_) => vec![
            row(Pick::No, "choice-keep"),
            row(Pick::Yes, "choice-discard"),
        ],
        Ask::Returned(id) => returns::choices(cx, *id),
        Ask::Override { rule } => reasons(rule),
        Ask::PutDown(what) => {
            // No words, so nothing to misread in them: that reason goes last.
            let mut all = reasons(what.rules.first().map_or("", String::as_str));
            all.sort_by_key(|c| c.pick == Pick::Reason("misread"));
            all
        }
        Ask::Tags => Vec::new(),
    }
}

fn reasons(rule: &str) -> Vec<Choice> {
    let reason = |name| row(Pick::Reason(name), format!("override-{name}"));
    overriding::reasons(rule).into_iter().map(reason).collect()
}

fn all<T: Copy>(
    words: &[T],
    prefix: &str,
    name: impl Fn(T) -> &'static str,
    pick: impl Fn(T) -> Pick,
) -> Vec<Choice> {
    let one = |w: &T| row(pick(*w), format!("{prefix}-{}", name(*w)));
    words.iter().map(one).collect()
}

fn after_choices() -> Vec<Choice> {
    [
        (AfterSend::Stay, "after-stay"),
        (AfterSend::Next, "after-next"),
        (AfterSend::Wait, "after-wait"),
        (AfterSend::Close, "after-close"),
        (AfterSend::Ask, "after-ask"),
    ]
    .map(|(what, key)| row(Pick::AfterSend(what), key))
    .to_vec()
}

/// All items, the ticket's own or proposed one first.
fn items(cx: &Cx<'_, '_>, may_skip: bool) -> Vec<Choice> {
    let zh = cx.state.settings.lang == Lang::Zh;
    let guess = proposed(cx);
    let items = &cx.env.policy.taxonomy.items;
    let mut sorted: Vec<_> = items.iter().collect();
    sorted.sort_by_key(|i| Some(&i.id) != guess.as_ref());
    let label = |i: &crate::domain::taxonomy::Item| {
        let name = if zh { &i.zh } else { &i.en };
        named(
            Pick::Item(Some(i.id.clone())),
            &format!("{} {name}", i.id.0),
        )
    };
    let mut out: Vec<Choice> = sorted.into_iter().map(label).collect();
    if may_skip {
        out.push(row(Pick::Item(None), "choice-no-item"));
    }
    out
}

fn proposed(cx: &Cx<'_, '_>) -> Option<ItemId> {
    let id = target(cx)?;
    let rows = cx.state.queue.rows.iter();
    let in_list = rows.map(|r| &r.ticket).find(|t| t.id == id);
    let shown = cx
        .state
        .ticket
        .as_ref()
        .and_then(|t| t.conversation.as_ref());
    let shown = shown.map(|c| &c.row.ticket).filter(|t| t.id == id);
    let ticket = shown.or(in_list)?;
    if ticket.item.is_some() {
        return ticket.item.clone();
    }
    let c = cx.state.ticket.as_ref().filter(|t| t.id == id)?;
    let entries = &c.conversation.as_ref()?.entries;
    let theirs = entries.iter().filter(|e| {
        e.ticket == id && matches!(e.kind, crate::api::desk::EntryKind::Customer { .. })
    });
    let words: Vec<&str> = theirs.map(|e| e.text.as_str()).collect();
    cx.env.coach.propose_item(&words.join("\n")).map(|g| g.item)
}

fn times(cx: &Cx<'_, '_>) -> Vec<Choice> {
    let offers = when::offers(cx.env.now, cx.env.policy).into_iter();
    let label = |at| Choice {
        pick: Pick::Time(at),
        label: Msg::new("choice-time").with("at", Arg::When(at)),
    };
    offers.map(label).collect()
}

fn queues(cx: &Cx<'_, '_>) -> Vec<Choice> {
    let zh = cx.state.settings.lang == Lang::Zh;
    let queues = cx.state.seat.iter().flat_map(|s| &s.queues);
    queues
        .map(|q| named(Pick::Queue(q.id), if zh { &q.zh } else { &q.en }))
        .collect()
}

/// Whose the number may be, and somebody new.
fn callers(cx: &Cx<'_, '_>) -> Vec<Choice> {
    let known = cx.state.intake.iter().flat_map(|i| &i.callers);
    let label = |c: &crate::api::desk::Caller| Choice {
        pick: Pick::Caller(Some(c.customer)),
        label: Msg::new("choice-caller")
            .text("name", &c.name)
            .number("count", c.open.len()),
    };
    known
        .map(label)
        .chain([row(Pick::Caller(None), "choice-new-caller")])
        .collect()
}

/// Colleagues who may work, those who are ready first.
fn users(cx: &Cx<'_, '_>) -> Vec<Choice> {
    let users = cx.state.seat.iter().flat_map(|s| &s.users);
    let mut users: Vec<_> = users.filter(|u| !u.disabled).collect();
    users.sort_by(|a, b| (a.duty, &a.name).cmp(&(b.duty, &b.name)));
    let label = |u: &crate::domain::people::User| Choice {
        pick: Pick::User(u.id),
        label: Msg::new("choice-user")
            .text("name", &SafeText::clean_line(&u.name))
            .with("duty", Arg::Key(format!("duty-{}", u.duty.as_str()))),
    };
    users.into_iter().map(label).collect()
}

fn promises(cx: &Cx<'_, '_>) -> Vec<Choice> {
    let shown = cx
        .state
        .ticket
        .as_ref()
        .and_then(|t| t.conversation.as_ref());
    let open = shown.iter().flat_map(|c| &c.row.ticket.promises);
    open.filter(|p| p.is_open())
        .map(|p| Choice {
            pick: Pick::Promise(p.id),
            label: Msg::new("choice-promise")
                .with("deed", Arg::Key(format!("deed-{}", p.deed.as_str())))
                .with("due", Arg::When(p.due)),
        })
        .collect()
}

fn parts(cx: &Cx<'_, '_>) -> Vec<Choice> {
    let best = cx.state.ticket.as_ref().and_then(|t| t.coach.best());
    let parts = best.iter().flat_map(|s| s.parts.iter().enumerate());
    let row = |(at, p): (usize, &super::advice::Part)| {
        let mut choice = named(Pick::Part(at), &p.text);
        if let Some(line) = grown::of_name(&cx.state.lines, &p.line) {
            choice.label.key = "choice-text-team".to_owned();
            choice.label = choice.label.text("who", &line.author);
        }
        choice
    };
    parts.map(row).collect()
}

/// F6.
pub(super) fn part(cx: &mut Cx<'_, '_>) {
    if cx.state.screen == Screen::Ticket {
        open(cx, Ask::Part);
    } else {
        cx.say(Severity::Info, "notice-open-a-ticket");
    }
}

/// How available.
pub(super) fn duty(cx: &mut Cx<'_, '_>) {
    open_for(cx, Ask::Duty, None);
}

/// What next, after a reply or as a setting.
pub(super) fn after_send(cx: &mut Cx<'_, '_>) {
    let ticket = cx.state.shown();
    open_for(cx, Ask::AfterSend, ticket);
}

/// When does the customer hear from us, although they owe us an answer?
pub(super) fn wait_for_customer(cx: &mut Cx<'_, '_>) {
    open(cx, Ask::WaitUntil(WaitReason::Customer));
}

/// Let the words in the box go?
pub(super) fn discard(cx: &mut Cx<'_, '_>) {
    let blank = match cx.state.screen {
        Screen::Ticket => cx
            .state
            .ticket
            .as_ref()
            .is_none_or(|t| t.composer().is_blank()),
        Screen::Intake => false,
        _ => true,
    };
    if blank {
        cx.say(Severity::Info, "notice-nothing-to-discard");
    } else {
        open(cx, Ask::Discard);
    }
}

/// What with the selected command that came back?
pub(super) fn returned(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Returned {
        return super::nav::go(cx, Screen::Returned);
    }
    let item = cx.state.returned.item();
    let Some((id, ticket)) = item.map(|r| (r.command.id, r.command.body.ticket())) else {
        return cx.say(Severity::Info, "notice-nothing-returned");
    };
    if cx.state.returned.resolving.contains(&id) {
        return cx.say(Severity::Info, "notice-being-resolved");
    }
    ask_returned(cx, id, ticket);
}

fn ask_returned(cx: &mut Cx<'_, '_>, id: CommandId, ticket: Option<crate::domain::ids::TicketId>) {
    open_for(cx, Ask::Returned(id), ticket);
}

/// Keys of a question: moving, choosing by digit where nothing is typed, Enter, Esc.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let action = cx.state.keymap.action(Place::List, key);
    let page = usize::from(cx.state.size.1 / 2).max(1);
    let Some(Overlay::Dialog(dialog)) = cx.state.overlays.last_mut() else {
        return;
    };
    if action == Some(Action::Quit) {
        return match dialog.ask {
            // Asked once: the same key again is the answer.
            Ask::Quit(_) => choose(cx, 1),
            _ => perform(cx, Action::Quit),
        };
    }
    if action == Some(Action::Back) {
        cx.state.overlays.pop();
        return;
    }
    let last = dialog.choices.len().saturating_sub(1);
    let bare = matches!(key.code, Code::Char(_)) && !key.mods.ctrl && !key.mods.alt;
    if let Some(line) = dialog.input.as_mut()
        && (bare
            || matches!(
                key.code,
                Code::Backspace | Code::Delete | Code::Left | Code::Right
            ))
    {
        line.key(key);
        return;
    }
    if let (Code::Char(c), true) = (key.code, bare)
        && let Some(digit @ 1..=9) = crate::text::half_width(c).to_digit(10)
    {
        return choose(cx, digit as usize - 1);
    }
    match action {
        Some(Action::Up) => dialog.cursor = dialog.cursor.saturating_sub(1),
        Some(Action::Down) => dialog.cursor = (dialog.cursor + 1).min(last),
        Some(Action::PageUp) => dialog.cursor = dialog.cursor.saturating_sub(page),
        Some(Action::PageDown) => dialog.cursor = (dialog.cursor + page).min(last),
        Some(Action::First) => dialog.cursor = 0,
        Some(Action::Last) => dialog.cursor = last,
        Some(Action::Open) => enter(cx),
        _ => {}
    }
}

fn enter(cx: &mut Cx<'_, '_>) {
    let Some(Overlay::Dialog(dialog)) = cx.state.overlays.last() else {
        return;
    };
    let typed = dialog.input.as_ref().is_some_and(|l| !l.is_empty());
    if typed {
        answering::answer(cx, Pick::Typed);
    } else {
        let at = dialog.cursor;
        choose(cx, at);
    }
}

/// Chooses a row by place.
pub(super) fn choose(cx: &mut Cx<'_, '_>, at: usize) {
    let Some(Overlay::Dialog(dialog)) = cx.state.overlays.last() else {
        return;
    };
    if let Some(choice) = dialog.choices.get(at) {
        let pick = choice.pick.clone();
        answering::answer(cx, pick);
    }
}
