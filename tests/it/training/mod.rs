//! Training over a real server: customers come, hear and answer through `/v1`, whatever happens to the lines between.

mod house;

use balm::api::training::{Ask, ClassOrder, Inject, SeatStage, Speed, Told};
use balm::api::wire::{CommandBatch, Outcome};
use balm::client::ClientError;
use balm::domain::command::CommandBody;
use balm::domain::event::TicketEvent;
use balm::domain::lang::Lang;
use balm::domain::vocabulary::CloseReason;
use balm::sim::End;
use balm::text::RawText;

use crate::support::chaos::{Chaos, Line};
use house::{House, Sitter, command, speak, stranger, texts};

fn no(told: &Told) -> &str {
    match told {
        Told::No { why } => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_committing_agent_wins_a_customer_over_http() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    house.drive(&house.url);
    assert!(matches!(stranger(&house).await, Err(ClientError::Auth)));
    let lin = house.seats(dir.path(), 1, false).await.remove(0);
    let ask = |level| Ask::Start {
        scenario: Some("SIM-01".to_owned()),
        level,
        lang: Lang::Zh,
        speed: Speed::Brisk,
        seed: None,
    };
    assert_eq!(no(&lin.ask(ask(0)).await), "level_reads");
    assert_eq!(no(&lin.ask(Ask::Class { after: 0 }).await), "trainer_only");
    let ticket = lin.start("SIM-01", 1).await;
    assert_eq!(no(&lin.ask(ask(1)).await), "running");
    let script = house.script("SIM-01");
    for (line, number) in script.iter().zip(1..) {
        let view = lin.lines(ticket, number).await;
        if view.contacts[0].over.is_some() {
            break;
        }
        assert_eq!(view.contacts[0].offers.len(), 3);
        assert!(view.contacts[0].mood.is_some() && view.contacts[0].patience.is_none());
        let began = Ask::Began {
            ticket,
            message: number,
            after_ms: 100,
        };
        assert_eq!(lin.ask(began).await, Told::Done);
        let done = lin.does(speak(ticket, line, true)).await;
        assert!(matches!(done, Outcome::Accepted { .. }), "{done:?}");
    }
    let told = lin.ask(Ask::End { ticket }).await;
    assert!(matches!(&told, Told::Done) || ["over", "not_running"].contains(&no(&told)));
    let view = lin
        .until("the end", |v| {
            v.stage == SeatStage::Over && v.debrief.is_some()
        })
        .await;
    let over = view.contacts[0].over.clone().unwrap();
    assert!(End::from_name(&over).is_some_and(End::is_good), "{over}");
    let events = house.events(ticket).await;
    let said = texts(&events, |e| {
        matches!(e, TicketEvent::CustomerMessage { .. })
    });
    assert_eq!(
        u32::try_from(said.len()).unwrap(),
        view.contacts[0].messages
    );
    let notes = texts(&events, |e| matches!(e, TicketEvent::Noted {}));
    assert!(notes.len() == 1 && notes[0].contains("密封圈"), "{notes:?}");
    let held = |e: &TicketEvent| matches!(e, TicketEvent::Assigned { user } if *user == lin.user);
    assert!(events.iter().any(|e| e.body.ticket().is_some_and(held)));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_the_ticket_ends_the_contact_and_leaves_it_closed() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    house.drive(&house.url);
    let lin = house.seats(dir.path(), 1, false).await.remove(0);
    let ticket = lin.start("SIM-01", 2).await;
    lin.lines(ticket, 1).await;
    let close = CommandBody::Close {
        ticket,
        reason: CloseReason::Explained,
        item: None,
        overrides: Vec::new(),
    };
    let mut close = command(close);
    let version = house.events(ticket).await.last().unwrap().version;
    close.base.push(balm::domain::command::Base {
        stream: ticket.into(),
        version,
    });
    let commands = vec![close];
    let told = lin
        .client
        .commands(&CommandBatch { commands })
        .await
        .unwrap();
    assert!(
        matches!(told.answers[0].outcome, Outcome::Accepted { .. }),
        "{told:?}"
    );
    let view = lin.until("the end", |v| v.stage == SeatStage::Over).await;
    assert_eq!(view.contacts[0].over.as_deref(), Some("left"));
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let events = house.events(ticket).await;
    let again = events
        .iter()
        .any(|e| matches!(e.body.ticket(), Some(TicketEvent::Reopened { .. })));
    assert!(!again, "the last words opened it again");
    let notes = texts(&events, |e| matches!(e, TicketEvent::Noted {}));
    assert!(notes.last().unwrap().contains("客户最后说"), "{notes:?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_trainee_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    house.drive(&house.url);
    let lin = house.seats(dir.path(), 1, false).await.remove(0);
    let ticket = lin.start("SIM-01", 2).await;
    let first = lin.lines(ticket, 1).await;
    assert!(first.contacts[0].patience == Some(100));
    let asked = lin.lines(ticket, 2).await;
    let waited = asked.contacts[0]
        .speaks_until
        .minus(first.contacts[0].speaks_until);
    assert!(waited >= 12_000, "{waited}");
    assert!(asked.contacts[0].patience < Some(100));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trainer_throws_in_callers_questions_and_a_lost_network() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    house.drive(&house.url);
    let mut people = house.seats(dir.path(), 1, true).await;
    let (trainer, lin) = (people.remove(0), people.remove(0));
    let order = |order| Ask::ClassDo { order };
    let set = ClassOrder::Set {
        seat: None,
        scenario: "SIM-02".to_owned(),
        level: 3,
        lang: Lang::Zh,
        seed: 77,
        speed: Some(Speed::Brisk),
    };
    assert_eq!(trainer.ask(order(set)).await, Told::Done);
    lin.until("a task", |v| v.task.as_ref().is_some_and(|t| t.seed == 77))
        .await;
    // What the trainer set opens its level.
    let begun = lin
        .ask(Ask::Start {
            scenario: None,
            level: 3,
            lang: Lang::En,
            speed: Speed::Brisk,
            seed: None,
        })
        .await;
    let Told::Started {
        ticket: Some(ticket),
        run,
    } = begun
    else {
        panic!("{begun:?}");
    };
    lin.lines(ticket, 1).await;
    let inject = |what| ClassOrder::Inject {
        seat: Some(lin.user),
        what,
    };
    let surge = order(inject(Inject::Surge { callers: 2 }));
    assert_eq!(trainer.ask(surge).await, Told::Done);
    lin.until("three callers", |v| {
        v.contacts.iter().filter(|c| c.messages > 0).count() == 3
    })
    .await;
    let question = Inject::Question {
        text: "这单怎么样了？".to_owned(),
    };
    assert_eq!(trainer.ask(order(inject(question))).await, Told::Done);
    let asked = lin
        .until("a question", |v| v.storms.iter().any(|s| s.wants_words))
        .await;
    let answer = Ask::Answer {
        storm: asked.storms[0].id,
        text: "正在办".to_owned(),
    };
    assert_eq!(lin.ask(answer).await, Told::Done);
    lost_network(&house, &trainer, &lin, ticket).await;
    let word = ClassOrder::Comment {
        seat: lin.user,
        run,
        // The first turn is the answer to the supervisor.
        turn: 1,
        text: "这句接得好".to_owned(),
    };
    assert_eq!(trainer.ask(order(word)).await, Told::Done);
    let view = lin.until("a word", |v| !v.comments.is_empty()).await;
    assert!(
        view.comments[0].line.as_str().contains("第一句"),
        "{:?}",
        view.comments
    );
    let Told::Class(class) = trainer.ask(Ask::Class { after: 0 }).await else {
        panic!("no class");
    };
    assert_eq!((class.seats.len(), class.seats[0].callers), (1, 3));
    let answer = class.seats[0].asides[0].answer.as_ref();
    assert_eq!(answer.map(|a| a.as_str()), Some("正在办"));
    assert!(class.seats[0].here && !class.seats[0].anger.is_empty());
    let Told::Desk(desk) = trainer.ask(Ask::Desk { seat: lin.user }).await else {
        panic!("no desk");
    };
    assert_eq!(desk.seat, lin.user);
    let stop = ClassOrder::Stop { seat: None };
    assert_eq!(trainer.ask(order(stop)).await, Told::Done);
    lin.until("stopped", |v| v.stage == SeatStage::Stopped)
        .await;
    lin.until("the release", |v| v.stage == SeatStage::Release)
        .await;
    assert_eq!(no(&lin.ask(Ask::Released).await), "release");
    house.close().await;
}

/// While the network is away nothing of the desk gets through but the room itself; afterwards everything is there once.
async fn lost_network(
    house: &House,
    trainer: &Sitter,
    lin: &Sitter,
    ticket: balm::domain::ids::TicketId,
) {
    let away = ClassOrder::Inject {
        seat: Some(lin.user),
        what: Inject::Network { seconds: 3 },
    };
    assert_eq!(trainer.ask(Ask::ClassDo { order: away }).await, Told::Done);
    lin.until("no network", |v| v.cut).await;
    let batch = CommandBatch {
        commands: vec![
            command(speak(ticket, "第一句：让您等这么久，换谁都急。", false)),
            command(speak(ticket, "第二句：我现在就查。", false)),
        ],
    };
    let lost = lin.client.commands(&batch).await;
    assert!(matches!(lost, Err(ClientError::Retry(_))), "{lost:?}");
    assert!(
        house.admin.health().await.is_ok(),
        "only this seat's line is away"
    );
    lin.until("the network", |v| !v.cut).await;
    for _ in 0..2 {
        let told = lin.client.commands(&batch).await.unwrap();
        let taken = |o: &Outcome| matches!(o, Outcome::Accepted { .. });
        assert!(told.answers.iter().all(|a| taken(&a.outcome)), "{told:?}");
    }
    lin.lines(ticket, 3).await;
    let said = texts(&house.events(ticket).await, |e| {
        matches!(e, TicketEvent::Spoken { .. })
    });
    assert_eq!(said.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_channel_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    let line = Chaos::before(&house.url).await;
    let lin = house.seats(dir.path(), 1, false).await.remove(0);
    house.drive(&line.url);
    // The opening is taken by the server, and its answer never arrives.
    line.set(Line::EatAnswer);
    let ticket = lin.start("SIM-01", 1).await;
    while line.eaten.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    line.set(Line::Up);
    lin.lines(ticket, 1).await;
    let script = house.script("SIM-01");
    // Said while the customers' own line is away: heard when it is back, in order.
    line.set(Line::Cut);
    for text in &script[..2] {
        lin.does(speak(ticket, text, false)).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert_eq!(house.customer(ticket).await.len(), 1);
    line.set(Line::Up);
    lin.lines(ticket, 3).await;
    // And once more in the middle of an answer.
    line.set(Line::EatAnswer);
    lin.does(speak(ticket, &script[2], true)).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    line.set(Line::Up);
    let view = lin.lines(ticket, 4).await;
    let said = house.customer(ticket).await;
    assert_eq!(
        u32::try_from(said.len()).unwrap(),
        view.contacts[0].messages,
        "{said:?}"
    );
    assert_eq!(
        said.len(),
        4,
        "one line for each of the trainee's, and the opening: {said:?}"
    );
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_customers_at_once_are_all_answered() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    let people = house.seats(dir.path(), 50, false).await;
    house.drive(&house.url);
    let mut tickets = Vec::new();
    let fits = house.scenarios.iter().filter(|s| s.levels.contains(&1));
    for (one, scenario) in people.iter().zip(fits.cycle()) {
        tickets.push(one.start(&scenario.id, 1).await);
    }
    for (one, ticket) in people.iter().zip(&tickets) {
        one.lines(*ticket, 1).await;
    }
    for (one, ticket) in people.iter().zip(&tickets) {
        let text = "让您遇到这样的事，换谁都急。您跟我说说，最担心的是什么？";
        let done = one.does(speak(*ticket, text, false)).await;
        assert!(matches!(done, Outcome::Accepted { .. }), "{done:?}");
    }
    for (one, ticket) in people.iter().zip(&tickets) {
        one.lines(*ticket, 2).await;
        assert_eq!(house.customer(*ticket).await.len(), 2);
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_seat_is_told_so_and_keeps_the_network() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(dir.path()).await;
    let told = house.admin.training(&Ask::Lobby).await.unwrap();
    assert_eq!(no(&told), "no_seat");
    let lin = house.seats(dir.path(), 1, false).await.remove(0);
    let note = CommandBody::Note {
        ticket: balm::domain::ids::TicketId(balm::task::new_id()),
        text: RawText::new("x"),
    };
    assert!(matches!(lin.does(note).await, Outcome::Refused { .. }));
    assert_eq!(no(&lin.ask(Ask::Pause { on: true }).await), "not_running");
    assert_eq!(
        no(&lin
            .ask(Ask::Answer {
                storm: 1,
                text: String::new()
            })
            .await),
        "not_running"
    );
    house.close().await;
}

/// The names of refusals in a source file: `no("x")`, `Err("x")` and `ok_or("x")`.
fn refusals(source: &str, out: &mut std::collections::BTreeSet<String>) {
    for opener in ["no(\"", "Err(\"", "ok_or(\""] {
        for piece in source.split(opener).skip(1) {
            let name: String = piece.chars().take_while(|c| *c != '"').collect();
            let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if plain && !name.is_empty() && piece[name.len()..].starts_with("\")") {
                out.insert(name);
            }
        }
    }
}

#[test]
fn every_refusal_has_its_words() {
    use balm::text::locale::{Locale, Tongue};
    let mut names = std::collections::BTreeSet::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/training")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests.rs") {
                refusals(&std::fs::read_to_string(&path).unwrap(), &mut names);
            }
        }
    }
    assert!(
        names.len() > 25 && names.contains("level_closed"),
        "{names:?}"
    );
    for tongue in Tongue::ALL {
        let words = Locale::of(*tongue);
        let missing: Vec<_> = names
            .iter()
            .filter(|name| !words.has(&format!("training-no-{name}")))
            .collect();
        assert!(missing.is_empty(), "{tongue:?}: {missing:?}");
    }
}
