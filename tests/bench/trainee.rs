//! A trainee without a screen: takes a customer, says the scripts' lines to them at a human pace, and takes the next.

use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use balm::api::training::{Ask, ContactView, SeatView, Speed, Told};
use balm::api::wire::{CommandBatch, Outcome};
use balm::client::Client;
use balm::domain::command::{Base, Command, CommandBody, PromiseDraft};
use balm::domain::ids::{CommandId, PromiseId, TicketId};
use balm::domain::lang::Lang;
use balm::domain::vocabulary::{CloseReason, Deed};
use balm::sim::{AgentKind, Scenario, headless};
use balm::task;
use balm::text::RawText;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::callers::Book;

/// The level that the callers are handled at: one's own words, and the clock counts.
pub const LEVEL: u8 = 3;
/// From the end of the customer's line to the trainee's, milliseconds: at least, and what is added at most.
const THINK_MS: (u64, u64) = (1_500, 3_000);
/// A customer that says nothing for so long is spoken to again; a line takes up to twenty seconds to be said.
const SILENCE: Duration = Duration::from_secs(30);
/// How long the end of a contact may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A trainee.
pub struct Trainee {
    pub client: Client,
    pub token: String,
    pub number: usize,
}

/// One customer after the other.
pub async fn work(
    book: &Book,
    trainee: &Trainee,
    mut seen: watch::Receiver<SeatView>,
    stop: &CancellationToken,
) {
    for round in 0.. {
        if stop.is_cancelled() {
            return;
        }
        let place = (trainee.number * 7 + round) % book.scenarios.len();
        let scenario = &book.scenarios[place];
        let start = Ask::Start {
            scenario: Some(scenario.id.clone()),
            level: LEVEL,
            lang: Lang::Zh,
            speed: Speed::Real,
            seed: Some((trainee.number * 31 + round) as u64),
        };
        match trainee.client.training(&start).await {
            Ok(Told::Started {
                ticket: Some(ticket),
                ..
            }) => {
                book.count.alive.fetch_add(1, Relaxed);
                handle(book, trainee, scenario, ticket, &mut seen, stop).await;
                book.count.leaves();
                if stop.is_cancelled() {
                    leave(book, trainee, ticket, &mut seen).await;
                }
            }
            // The contact before is still being kept.
            Ok(Told::No { why }) if why == "running" => {}
            Ok(told) => panic!("no contact: {told:?}"),
            Err(_) => {
                book.count.refused.fetch_add(1, Relaxed);
            }
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
}

fn contact(view: &SeatView, ticket: TicketId) -> Option<&ContactView> {
    view.contacts.iter().find(|c| c.ticket == ticket)
}

/// Handles one customer until they are gone, or the shift ends.
async fn handle(
    book: &Book,
    trainee: &Trainee,
    scenario: &Scenario,
    ticket: TicketId,
    seen: &mut watch::Receiver<SeatView>,
    stop: &CancellationToken,
) {
    let kinds = [
        AgentKind::Committing,
        AgentKind::Sympathetic,
        AgentKind::Mechanical,
    ];
    let scripts = kinds.iter().filter_map(|k| scenario.agent(*k));
    let mut script = scripts.flat_map(|a| &a.turns).cycle();
    let (mut answered, mut spoke) = (0, Instant::now());
    loop {
        let (messages, speaks_until) = {
            let view = seen.borrow_and_update();
            match contact(&view, ticket) {
                Some(c) if c.over.is_some() => return,
                Some(c) => (c.messages, c.speaks_until),
                None => (0, task::now_ms()),
            }
        };
        if messages > answered || (messages > 0 && spoke.elapsed() > SILENCE) {
            answered = messages;
            let listens = speaks_until.minus(task::now_ms()).max(0);
            let thinks = THINK_MS.0 + task::new_id().as_u128() as u64 % THINK_MS.1;
            let pause = Duration::from_millis(u64::try_from(listens).unwrap_or(0) + thinks);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => return,
            }
            if let Some(turn) = script.next() {
                let text = turn.get(Lang::Zh);
                speak(book, trainee, scenario, ticket, messages, text).await;
                spoke = Instant::now();
            }
        }
        tokio::select! {
            changed = seen.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(SILENCE) => {}
            () = stop.cancelled() => return,
        }
    }
}

fn command(body: CommandBody) -> Command {
    Command {
        id: CommandId(task::new_id()),
        at: task::now_ms(),
        base: Vec::new(),
        after: None,
        body,
    }
}

async fn speak(
    book: &Book,
    trainee: &Trainee,
    scenario: &Scenario,
    ticket: TicketId,
    message: u32,
    text: &str,
) {
    let began = Ask::Began {
        ticket,
        message,
        after_ms: 800,
    };
    // It may be over by now; that is no fault.
    let _ = trainee.client.training(&began).await;
    let now = task::now_ms();
    let words = headless::fill(text, scenario, now, &book.policy.calendar, Lang::Zh);
    let promise = text.contains("{due}").then(|| PromiseDraft {
        promise: PromiseId(task::new_id()),
        deed: Deed::Callback,
        due: now.plus_minutes(150),
        sentence: RawText::new(words.clone()),
    });
    let body = CommandBody::Speak {
        ticket,
        text: RawText::new(words),
        acts: Vec::new(),
        lines: Vec::new(),
        promises: promise.into_iter().collect(),
    };
    {
        let mut open = book.count.open.lock().expect("counted");
        open.insert(ticket, Instant::now());
    }
    book.count.lines.fetch_add(1, Relaxed);
    send(book, trainee, command(body)).await;
}

async fn send(book: &Book, trainee: &Trainee, command: Command) {
    let commands = vec![command];
    let told = trainee.client.commands(&CommandBatch { commands }).await;
    let taken = told.is_ok_and(|t| {
        let first = t.answers.first();
        first.is_some_and(|a| matches!(a.outcome, Outcome::Accepted { .. }))
    });
    if !taken {
        book.count.refused.fetch_add(1, Relaxed);
    }
}

/// Ends the contact and takes its ticket off everybody's desk.
async fn leave(
    book: &Book,
    trainee: &Trainee,
    ticket: TicketId,
    seen: &mut watch::Receiver<SeatView>,
) {
    let _ = trainee.client.training(&Ask::End { ticket }).await;
    let over = seen.wait_for(|v| contact(v, ticket).is_some_and(|c| c.over.is_some()));
    let _ = tokio::time::timeout(PATIENCE, over).await;
    let Ok(ticket_view) = trainee.client.ticket(ticket).await else {
        return;
    };
    let version = ticket_view.events.last().map_or(0, |e| e.version);
    let stream = ticket.into();
    let mut close = command(CommandBody::Close {
        ticket,
        reason: CloseReason::Explained,
        item: None,
        overrides: Vec::new(),
    });
    close.base.push(Base { stream, version });
    send(book, trainee, close).await;
}
