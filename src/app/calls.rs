//! Taking a call: one key from anywhere, nothing but the text needed, one key back to the half-written reply.

use crate::api::desk::{Caller, DeskRequest, Draft, DraftKey, DraftPart};
use crate::domain::command::{CommandBody, NewCustomer};
use crate::domain::ids::{CustomerId, QueueId, TicketId};
use crate::domain::vocabulary::{Channel, Identity, IdentityKind, Tier};
use crate::text::{RawText, normalise_phone};

use super::asking;
use super::composer::{Composer, Done};
use super::cx::Cx;
use super::dialog::Ask;
use super::event::{Key, Timer};
use super::intake::IntakeState;
use super::line::Line;
use super::nav;
use super::notice::Severity;
use super::state::{Call, IntakeField, Pane, Screen};

const SAVE_AFTER: u64 = 800;
const LOOK_UP_AFTER: u64 = 200;
/// Digits from which a number is worth looking up.
const DIGITS: usize = 4;
/// Where the desk learnt an address: from the agent.
const SOURCE: &str = "desk";

/// A call comes in. A call form that is not handed in yet comes back instead of a new one while its call lasts.
pub(super) fn take(cx: &mut Cx<'_, '_>) {
    let resumes = cx.state.intake.as_ref().is_some_and(|i| {
        !i.sent && (cx.state.call.is_some_and(|c| c.ticket == i.ticket) || blank(i))
    });
    if !resumes {
        flush(cx);
        let (ticket, customer) = (TicketId((cx.env.ids)()), CustomerId((cx.env.ids)()));
        cx.state.intake = Some(form(cx, ticket, customer));
    }
    if let Some(intake) = cx.state.intake.as_mut() {
        intake.field = IntakeField::Text;
        let (ticket, since) = (intake.ticket, cx.env.now);
        if intake.channel == Channel::Voice {
            let same = cx.state.call.filter(|c| c.ticket == ticket);
            cx.state.call = Some(same.unwrap_or(Call { ticket, since }));
        }
    }
    nav::go(cx, Screen::Intake);
}

fn blank(i: &IntakeState) -> bool {
    i.text.is_blank() && i.number.is_empty() && i.name.is_empty()
}

fn form(cx: &Cx<'_, '_>, ticket: TicketId, customer: CustomerId) -> IntakeState {
    IntakeState {
        ticket,
        customer,
        since: cx.env.now,
        field: IntakeField::Text,
        text: Composer::default(),
        number: Line::default(),
        name: Line::default(),
        queue: first_queue(cx),
        channel: Channel::Voice,
        generation: 0,
        callers: Vec::new(),
        caller: None,
        cursor: 0,
        guess: None,
        sent: false,
    }
}

/// The first queue this agent works, else the first of the site.
fn first_queue(cx: &Cx<'_, '_>) -> Option<QueueId> {
    let seat = cx.state.seat.as_ref()?;
    let mut queues = seat.queues.iter();
    let mine = queues.find(|q| q.members.contains(&seat.user.id));
    mine.or(seat.queues.first()).map(|q| q.id)
}

/// Brings a kept call form back. Number and name travel in the draft's parts, in this order.
pub(super) fn resume(cx: &mut Cx<'_, '_>, draft: &Draft) {
    let DraftKey::Intake(ticket) = draft.key else {
        return;
    };
    if cx.state.intake.as_ref().is_none_or(|i| i.ticket != ticket) {
        flush(cx);
        let customer = CustomerId((cx.env.ids)());
        let mut intake = form(cx, ticket, customer);
        intake.since = draft.saved_at;
        intake.text = Composer::of(&draft.text, draft.caret);
        let field = |at: usize| draft.parts.get(at).map_or("", |p| p.text.as_str());
        intake.number = Line::of(field(0));
        intake.name = Line::of(field(1));
        cx.state.intake = Some(intake);
        look_up(cx);
    }
    nav::go(cx, Screen::Intake);
}

/// Keys in the call form's fields.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let Some(i) = cx.state.intake.as_mut() else {
        return;
    };
    match i.field {
        IntakeField::Text => match i.text.key(key) {
            Done::Changed => changed(cx),
            Done::Full => cx.say(Severity::Warning, "notice-box-full"),
            Done::Moved | Done::Ignored => {}
        },
        IntakeField::Number | IntakeField::Name => {
            let number = i.field == IntakeField::Number;
            let line = if number { &mut i.number } else { &mut i.name };
            let before = line.text().len();
            if key == Key::plain(super::event::Code::Enter) {
                if number && i.callers.len() > 1 {
                    return asking::open_for(cx, Ask::IntakeCaller, None);
                }
                return cycle(cx, true);
            }
            if line.key(key) && line.text().len() != before {
                field_changed(cx, number);
            }
        }
        IntakeField::Queue | IntakeField::Channel | IntakeField::Tickets => {}
    }
}

/// Pasted text goes into the field that has the keys.
pub(super) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    let Some(i) = cx.state.intake.as_mut() else {
        return;
    };
    match i.field {
        IntakeField::Number => i.number.insert(text),
        IntakeField::Name => i.name.insert(text),
        _ => {
            if i.text.insert(text) == Done::Full {
                return cx.say(Severity::Warning, "notice-box-full");
            }
            return changed(cx);
        }
    }
    let number = i.field == IntakeField::Number;
    field_changed(cx, number);
}

fn field_changed(cx: &mut Cx<'_, '_>, number: bool) {
    changed(cx);
    if number {
        let generation = cx.state.next_generation();
        if let Some(i) = cx.state.intake.as_mut() {
            i.generation = generation;
            i.caller = None;
        }
        cx.timer(Timer::LookUp(generation), LOOK_UP_AFTER);
    }
}

/// The words of the form changed: keep them soon, and let the coach say of which item they speak.
pub(super) fn changed(cx: &mut Cx<'_, '_>) {
    if !cx.state.intake_dirty {
        cx.state.intake_dirty = true;
        let generation = cx.state.next_generation();
        cx.timer(Timer::SaveDraft(generation), SAVE_AFTER);
    }
    let generation = cx.state.next_generation();
    cx.state.coach_generation = generation;
    cx.timer(Timer::Coach(generation), 250);
}

/// Saves the form, if it holds something that is not yet handed to the store.
pub(super) fn flush(cx: &mut Cx<'_, '_>) {
    if !std::mem::take(&mut cx.state.intake_dirty) {
        return;
    }
    if let Some(draft) = cx.state.intake.as_ref().filter(|i| !i.sent).map(draft_of) {
        let draft = Draft {
            saved_at: cx.env.now,
            ..draft
        };
        cx.keep(draft);
    }
}

fn draft_of(i: &IntakeState) -> Draft {
    let field = |text: &str| DraftPart {
        text: text.to_owned(),
        acts: Vec::new(),
        promise: None,
        line: String::new(),
    };
    // A form with a number and no words is worth keeping too: a blank stands for the words.
    let text = match (i.text.is_blank(), blank(i)) {
        (_, true) => String::new(),
        (true, false) => " ".to_owned(),
        _ => i.text.text().to_owned(),
    };
    Draft {
        key: DraftKey::Intake(i.ticket),
        caret: i.text.caret().min(text.len()),
        text,
        parts: vec![field(i.number.text()), field(i.name.text())],
        saved_at: i.since,
        began_position: 0,
    }
}

/// Lets the coach read the form.
pub(super) fn read(cx: &mut Cx<'_, '_>) {
    let coach = cx.env.coach;
    if let Some(i) = cx.state.intake.as_mut() {
        i.guess = coach.propose_item(i.text.text());
    }
}

/// Asks whose the number is.
pub(super) fn look_up(cx: &mut Cx<'_, '_>) {
    let generation = cx.state.next_generation();
    let Some(i) = cx.state.intake.as_mut() else {
        return;
    };
    i.generation = generation;
    let digits = i.number.text().chars().filter(char::is_ascii_digit).count();
    if digits < DIGITS {
        i.callers.clear();
        return;
    }
    let number = i.number.text().to_owned();
    cx.ask(DeskRequest::LookUp { generation, number });
}

/// What the number told.
pub(super) fn callers(cx: &mut Cx<'_, '_>, generation: u64, callers: Vec<Caller>) {
    let Some(i) = cx
        .state
        .intake
        .as_mut()
        .filter(|i| i.generation == generation)
    else {
        return;
    };
    i.callers = callers;
    // One owner is taken; of several the agent chooses, or a new record is made.
    i.caller = match i.callers.as_slice() {
        [only] => Some(only.customer),
        _ => i
            .caller
            .filter(|c| i.callers.iter().any(|k| k.customer == *c)),
    };
    i.cursor = i.cursor.min(i.open_tickets().count().saturating_sub(1));
}

/// The agent asked who is on the line: one of the number's owners, or somebody new.
pub(super) fn chosen(cx: &mut Cx<'_, '_>, who: Option<CustomerId>) {
    if let Some(i) = cx.state.intake.as_mut() {
        i.caller = who;
        i.cursor = 0;
        i.field = if who.is_some() {
            IntakeField::Text
        } else {
            IntakeField::Name
        };
    }
}

/// The next field.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    let fields = super::intake::FIELDS;
    if let Some(i) = cx.state.intake.as_mut() {
        let tickets = i.open_tickets().next().is_some();
        let here = fields.iter().position(|f| *f == i.field).unwrap_or(0);
        let len = if tickets {
            fields.len()
        } else {
            fields.len() - 1
        };
        let to = (here.min(len - 1) + if forward { 1 } else { len - 1 }) % len;
        i.field = fields.get(to).copied().unwrap_or_default();
    }
}

/// Gives a field the keys.
pub(super) fn focus(cx: &mut Cx<'_, '_>, field: IntakeField) {
    if let Some(i) = cx.state.intake.as_mut() {
        i.field = field;
    }
}

/// A click into the text.
pub(super) fn click(cx: &mut Cx<'_, '_>, row: u16, col: u16) {
    if let Some(i) = cx.state.intake.as_mut() {
        i.field = IntakeField::Text;
        i.text.click(row, col);
    }
}

/// Enter on a field that is no text.
pub(super) fn enter(cx: &mut Cx<'_, '_>) {
    let Some(i) = cx.state.intake.as_ref() else {
        return;
    };
    match i.field {
        IntakeField::Queue => asking::open(cx, Ask::IntakeQueue),
        IntakeField::Channel => asking::open(cx, Ask::IntakeChannel),
        IntakeField::Tickets => {
            let id = i.open_tickets().nth(i.cursor).map(|r| r.ticket.id);
            if let Some(id) = id {
                nav::open_ticket(cx, id);
            }
        }
        IntakeField::Text | IntakeField::Number | IntakeField::Name => {}
    }
}

/// Ctrl-S in the form: the ticket exists from now on, whatever the line does.
pub(super) fn open_ticket(cx: &mut Cx<'_, '_>) {
    read(cx);
    let Some(i) = cx.state.intake.as_ref() else {
        return;
    };
    if i.sent {
        return;
    }
    if i.text.is_blank() {
        return cx.say(Severity::Warning, "notice-call-needs-text");
    }
    let Some(queue) = i.queue else {
        return cx.say(Severity::Warning, "notice-no-queue-known");
    };
    let live = cx.state.call.is_some_and(|c| c.ticket == i.ticket);
    let new_customer = i.caller.is_none().then(|| new_customer(i));
    let body = CommandBody::OpenTicket {
        ticket: i.ticket,
        customer: i.caller.unwrap_or(i.customer),
        new_customer,
        queue,
        channel: i.channel,
        text: RawText::new(i.text.text().trim_end()),
        attachments: Vec::new(),
        item: i.guess.as_ref().map(|g| g.item.clone()),
        live,
        origin: None,
    };
    let (draft, ticket) = (draft_of(i), i.ticket);
    cx.submit(vec![body], Some(draft));
    cx.state.intake = None;
    cx.state.intake_dirty = false;
    cx.state.back.retain(|s| *s != Screen::Intake);
    nav::open_ticket(cx, ticket);
    cx.state.back.retain(|s| *s != Screen::Intake);
    if let Some(t) = cx.state.ticket.as_mut() {
        // The opener holds a ticket that was taken live: nothing to claim.
        t.claim_asked = live;
        t.pane = Pane::Compose;
    }
    cx.say(Severity::Done, "notice-ticket-opened");
}

fn new_customer(i: &IntakeState) -> NewCustomer {
    let phone = normalise_phone(i.number.text());
    let identities = phone.map(|digits| Identity {
        kind: IdentityKind::Phone,
        value: RawText::new(digits),
        source: SOURCE.to_owned(),
    });
    NewCustomer {
        name: RawText::new(i.name.text().trim()),
        identities: identities.into_iter().collect(),
        tier: Tier::default(),
        vulnerable: false,
        origin: None,
    }
}

/// The call is over; what was hushed is told now.
pub(super) fn end(cx: &mut Cx<'_, '_>) {
    if cx.state.call.take().is_none() {
        return cx.say(Severity::Info, "notice-no-call");
    }
    cx.say(Severity::Done, "notice-call-ended");
}

/// Back to the half-written reply, from wherever the call led.
pub(super) fn return_to_reply(cx: &mut Cx<'_, '_>) {
    let here = cx.state.shown();
    let newest = cx
        .state
        .replies_begun
        .iter()
        .rev()
        .find(|id| Some(**id) != here)
        .copied();
    match newest {
        Some(id) => {
            nav::open_ticket(cx, id);
            super::writing::focus(cx);
        }
        None => cx.say(Severity::Info, "notice-no-reply-begun"),
    }
}

/// Lets the call form go, after the agent was asked.
pub(super) fn discard(cx: &mut Cx<'_, '_>) {
    let Some(i) = cx.state.intake.take() else {
        return;
    };
    cx.state.intake_dirty = false;
    cx.state.call = cx.state.call.filter(|c| c.ticket != i.ticket);
    cx.keep(Draft {
        text: String::new(),
        caret: 0,
        parts: Vec::new(),
        saved_at: cx.env.now,
        ..draft_of(&i)
    });
    nav::back(cx);
    cx.say(Severity::Done, "notice-discarded");
}
