//! A line of the team from one desk's keys through a lead's keys back to the first desk's coach: real state machine, store,
//! engine and server.

use balm::api::desk::EntryKind;
use balm::app::growing::Growing;
use balm::app::state::{Overlay, Screen};
use balm::domain::vocabulary::LineState;

use super::seat::Seat;
use crate::support::demo::Demo;

const COMPLAINT: &str = "排队排了两个小时还没轮到我，太气人了，你们到底管不管";
const OWN: &str = "站到腿都发麻了还没人理，这口气换谁都咽不下。";

/// A call about the queue, opened; the coach has read it.
async fn call(seat: &mut Seat, n: usize) {
    seat.press(&["F2"]).await;
    seat.write(COMPLAINT).await;
    seat.press(&["Tab"]).await;
    seat.write(&format!("1990000{:04}", 7000 + n)).await;
    seat.press(&["Ctrl-S"]).await;
    seat.ready().await;
    let heard = |s: &Seat| {
        let t = s.state.ticket.as_ref();
        t.is_some_and(|t| t.coach.hearing.item.is_some() && t.coach.best().is_some())
    };
    seat.until("what is heard", heard).await;
}

fn form(seat: &Seat) -> Option<&Growing> {
    match seat.state.overlays.last() {
        Some(Overlay::Growing(form)) => Some(form),
        _ => None,
    }
}

fn stands(seat: &Seat, state: LineState, text: &str) -> bool {
    let mut lines = seat.state.lines.lines.iter();
    lines.any(|r| r.line.state == state && r.line.position > 0 && r.text.as_str() == text)
}

/// Whether the coach offers a line of the team now, with the words in it.
fn offered(seat: &Seat, words: &str) -> bool {
    let t = seat.state.ticket.as_ref();
    let suggestions = t.iter().flat_map(|t| &t.coach.suggestions);
    let mut parts = suggestions.flat_map(|s| &s.parts);
    parts.any(|p| p.line.starts_with("grown/") && p.text == words)
}

/// How many records of spoken words stand on the ticket.
fn spoken(seat: &Seat) -> usize {
    let t = seat.state.ticket.as_ref();
    let c = t.and_then(|t| t.conversation.as_deref());
    let entries = c.iter().flat_map(|c| c.entries.iter());
    entries.filter(|e| e.kind == EntryKind::Spoken).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_bring_a_line_from_a_call_through_a_lead_to_the_next_call() {
    let demo = Demo::start(31);
    let folder = demo.folder.path().join("seats");
    let home = |name: &str| {
        let dir = folder.join(name);
        std::fs::create_dir_all(&dir).unwrap();
        dir
    };
    let mut agent = Seat::sit(&demo, "chenyu", &home("agent"));
    let mut lead = Seat::sit(&demo, "zhoumin", &home("lead"));
    for seat in [&mut agent, &mut lead] {
        seat.until("the queue", |s| s.state.queue.rows.len() > 5)
            .await;
    }
    call(&mut agent, 0).await;
    agent.write(OWN).await;
    agent.press(&["F7"]).await;
    let said = |s: &Seat| s.frame.replace(' ', "").contains(">站到腿都发麻了");
    agent.until("what was said", said).await;
    agent.press(&["Shift-F5"]).await;
    let f = form(&agent).unwrap();
    assert_eq!(f.sentences.len(), 1, "{:?}", f.sentences);
    assert_eq!(f.sentences[0].words.text(), OWN);
    assert_eq!(f.item.as_str(), "A1", "as the coach heard it");
    assert!(f.feeling > 0 && f.sentences[0].against.is_empty());
    agent.press(&["Ctrl-S", "Ctrl-E"]).await;
    agent
        .until("an empty outbox", |s| {
            s.state.link.waiting == 0 && stands(s, LineState::Proposed, OWN)
        })
        .await;

    // The lead: the team room, its lines, the waiting one, better words, in.
    lead.until("the proposal", |s| stands(s, LineState::Proposed, OWN))
        .await;
    lead.press(&["Ctrl-T", "l"]).await;
    assert_eq!(lead.state.screen, Screen::Lines);
    lead.press(&["a"]).await;
    lead.write("我给您讨个说法。").await;
    lead.press(&["Ctrl-S"]).await;
    let better = format!("{OWN}我给您讨个说法。");
    lead.until("the decision", |s| stands(s, LineState::Approved, &better))
        .await;

    // The author hears of it, and it stays told until they looked.
    agent
        .until("a word back", |s| s.state.lines.news() == 1)
        .await;
    agent.paint();
    assert!(
        agent.frame.replace(' ', "").contains("话术有回音1"),
        "{}",
        agent.frame
    );
    agent.press(&["Ctrl-K"]).await;
    agent.write("班组话术").await;
    agent.press(&["Enter"]).await;
    assert_eq!(
        (agent.state.screen, agent.state.grown.tab),
        (Screen::Lines, LineState::Approved)
    );
    agent.press(&["Esc"]).await;
    agent.until("no news", |s| s.state.lines.news() == 0).await;

    // Nobody hears the same words twice: with the shipped lines for this feeling said, it is the turn of the team's.
    call(&mut agent, 1).await;
    for said in 1.. {
        if offered(&agent, &better) {
            break;
        }
        assert!(said < 9, "never offered:\n{}", agent.frame);
        agent.press(&["F6", "1", "F7"]).await;
        agent.until("the spoken words", |s| spoken(s) == said).await;
    }
    agent.leave();
    lead.leave();
}
