//! Storms: whatever comes in whatever order, nothing panics, nothing typed is lost, nothing goes to the wrong ticket.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::fixture::*;
use crate::api::desk::*;
use crate::app::event::{Event, Hit as Click, Input, Mouse, MouseKind, Timer};
use crate::app::state::{AfterSend, Overlay, Screen};
use crate::app::{Effect, layout};
use crate::domain::command::CommandBody;
use crate::domain::vocabulary::{LineState, Role};

/// One thing that happens.
#[derive(Clone, Debug)]
enum Blow {
    Key(&'static str),
    Type(String),
    Paste(String),
    Rows(Vec<u8>),
    Show(u8, u8, bool),
    Refuse,
    Queued,
    Saved,
    Timer(u8),
    Tick(u16),
    Lines(Vec<(u8, u8)>),
    Resize(u16, u16),
    Click(u8),
    Focus,
}

const KEYS: &[&str] = &[
    "Up",
    "Down",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "Enter",
    "Esc",
    "Tab",
    "Shift-Tab",
    "F2",
    "F3",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F12",
    "Shift-F5",
    "l",
    "n",
    "r",
    "Ctrl-S",
    "Ctrl-K",
    "Ctrl-Z",
    "Ctrl-Y",
    "Ctrl-T",
    "Ctrl-N",
    "Ctrl-D",
    "Ctrl-R",
    "Ctrl-F",
    "Ctrl-W",
    "Ctrl-E",
    "Ctrl-O",
    "Ctrl-G",
    "Ctrl-L",
    "Backspace",
    "Delete",
    "Left",
    "Right",
    "?",
    "/",
    "1",
    "2",
    "3",
    "i",
    "j",
    "k",
    "w",
    "z",
    "p",
    "t",
    "m",
    "a",
    "Space",
    "*",
    "x",
    "d",
    "o",
    "c",
];

fn blow() -> impl Strategy<Value = Blow> {
    prop_oneof![
        12 => proptest::sample::select(KEYS).prop_map(Blow::Key),
        4 => "[退款好 a{}百分之\n👍🏽]{1,6}".prop_map(Blow::Type),
        1 => "[a退\r\n\u{202e}{}]{0,12}".prop_map(Blow::Paste),
        3 => proptest::collection::vec(1_u8..7, 0..7).prop_map(Blow::Rows),
        4 => (1_u8..7, 0_u8..30, any::<bool>()).prop_map(|(t, n, d)| Blow::Show(t, n, d)),
        1 => Just(Blow::Refuse),
        1 => Just(Blow::Queued),
        1 => Just(Blow::Saved),
        2 => (0_u8..5).prop_map(Blow::Timer),
        1 => (0_u16..900).prop_map(Blow::Tick),
        1 => (0_u16..170, 0_u16..60).prop_map(|(c, r)| Blow::Resize(c, r)),
        1 => (0_u8..12).prop_map(Blow::Click),
        1 => Just(Blow::Focus),
        2 => proptest::collection::vec((0_u8..6, 0_u8..4), 0..6).prop_map(Blow::Lines),
    ]
}

/// What the storm remembers of the store.
#[derive(Default)]
struct Store {
    timers: Vec<Timer>,
    sent: Vec<crate::domain::ids::CommandId>,
    drafts: std::collections::BTreeMap<DraftKey, Draft>,
}

impl Store {
    fn take(&mut self, fx: &[Effect]) {
        for e in fx {
            match e {
                Effect::StartTimer { id, .. } => self.timers.push(*id),
                Effect::Desk(DeskRequest::SaveDraft(d)) => {
                    self.drafts.insert(d.key, d.clone());
                }
                Effect::Desk(DeskRequest::Submit { ids, clears, .. }) => {
                    self.sent.extend(ids);
                    if let Some(key) = clears {
                        self.drafts.remove(key);
                    }
                }
                _ => {}
            }
        }
    }
}

fn strike(desk: &mut Desk, store: &mut Store, blow: Blow) -> Vec<Effect> {
    match blow {
        Blow::Key(k) => desk.keys(k),
        Blow::Type(text) => desk.types(&text),
        Blow::Paste(text) => desk.event(Event::Input(Input::Paste(text))),
        Blow::Rows(mut order) => {
            order.sort_by_key(|n| n.wrapping_mul(37));
            order.dedup();
            desk.rows(order.into_iter().map(|n| row(u128::from(n))).collect())
        }
        Blow::Show(t, n, with_draft) => {
            let entries = (1..=u64::from(n))
                .map(|i| match i % 4 {
                    3 => own_entry(i, "让您跑了三趟。我尽快回您电话。"),
                    _ => customer_entry(i, "在吗，退款呢"),
                })
                .collect();
            let mut c = conversation(row(u128::from(t)), entries);
            if with_draft {
                c.reply = store
                    .drafts
                    .get(&DraftKey::Reply(ticket_id(u128::from(t))))
                    .cloned();
            }
            desk.show(c)
        }
        Blow::Refuse => {
            let Some(id) = store.sent.pop() else {
                return Vec::new();
            };
            desk.answer(DeskAnswer::RefusedHere {
                id,
                cause: ReturnCause::Conflict { with: vec![] },
            })
        }
        Blow::Queued => desk.answer(DeskAnswer::Queued {
            ids: store.sent.clone(),
        }),
        Blow::Saved => {
            let saved = store
                .drafts
                .first_key_value()
                .map(|(k, d)| (*k, d.saved_at));
            let Some((key, at)) = saved else {
                return Vec::new();
            };
            desk.answer(DeskAnswer::DraftSaved { key, at })
        }
        Blow::Timer(back) => {
            let timers = &store.timers;
            let at = timers.len().checked_sub(1 + usize::from(back));
            let Some(timer) = at.and_then(|at| timers.get(at)) else {
                return Vec::new();
            };
            desk.event(Event::Timer(*timer))
        }
        Blow::Tick(secs) => {
            desk.now = desk.now.plus_secs(i64::from(secs));
            desk.event(Event::Tick)
        }
        Blow::Lines(all) => {
            let row = |(n, state): (u8, u8)| {
                let state = LineState::ALL[usize::from(state)];
                let mut row = line_row(u128::from(n), 100 + u128::from(n % 2), state);
                row.news = row.mine && state != LineState::Proposed;
                row
            };
            desk.answer(lines(all.into_iter().map(row).collect()))
        }
        Blow::Resize(c, r) => desk.event(Event::Input(Input::Resize(c, r))),
        Blow::Click(n) => {
            let at = usize::from(n);
            let hits = [
                Click::Row(ticket_id(2)),
                Click::Compose { row: 3, col: 9 },
                Click::Timeline,
                Click::Side,
                Click::Choice(at),
                Click::PaletteRow(0),
                Click::Part(1),
                Click::Suggestion(0),
                Click::Notice,
                Click::SearchHit(at),
                Click::Strip(List::Mine),
                Click::CallerTicket(ticket_id(3)),
            ];
            let kind = if n % 2 == 0 {
                MouseKind::Click
            } else {
                MouseKind::WheelDown
            };
            let hit = hits.get(at).cloned();
            desk.event(Event::Input(Input::Mouse(Mouse {
                col: 0,
                row: 0,
                kind,
                hit,
            })))
        }
        Blow::Focus => desk.event(Event::Input(Input::FocusLost)),
    }
}

fn blow_sends(blow: &Blow) -> bool {
    matches!(blow, Blow::Key("Ctrl-S"))
}

fn check(desk: &Desk) -> Result<(), TestCaseError> {
    let q = &desk.state.queue;
    match q.selected {
        Some(id) => {
            prop_assert!(q.rows.get(q.index).is_some_and(|r| r.ticket.id == id) || !q.loaded)
        }
        None => prop_assert!(q.rows.is_empty() || !q.loaded),
    }
    let _ = layout(&desk.state);
    let shown = crate::app::grown::rows(&desk.state.lines, desk.state.grown.tab).count();
    prop_assert!(shown == 0 || crate::app::grown::selected(&desk.state).is_some());
    prop_assert!(desk.state.grown.top <= shown);
    if let Some(t) = desk.state.ticket.as_ref() {
        let entries = t.conversation.as_ref().map_or(0, |c| c.entries.len());
        for r in t.timeline.visible() {
            prop_assert!(r.entry < entries);
        }
        for r in t.composer().rows() {
            prop_assert!(t.composer().text().get(r.clone()).is_some());
        }
    }
    Ok(())
}

/// Words of the boxes that would be lost if the program were killed by the system now (termination is told first).
fn words_kept(desk: &mut Desk, store: &mut Store) -> Result<(), TestCaseError> {
    let boxes: Vec<(DraftKey, String)> = desk
        .state
        .ticket
        .iter()
        .flat_map(|t| {
            [
                (DraftKey::Reply(t.id), t.reply.text().to_owned()),
                (DraftKey::Note(t.id), t.note.text().to_owned()),
            ]
        })
        .collect();
    let fx = desk.event(Event::Terminate);
    store.take(&fx);
    for (key, text) in boxes {
        if !text.trim().is_empty() {
            let kept = store.drafts.get(&key).map_or("", |d| d.text.as_str());
            prop_assert_eq!(kept, &text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_storm_breaks_nothing(
        role in proptest::sample::select(&[Role::Agent, Role::Lead][..]),
        after in proptest::sample::select(&[AfterSend::Stay, AfterSend::Next, AfterSend::Ask, AfterSend::Wait][..]),
        blows in proptest::collection::vec(blow(), 1..80),
    ) {
        let mut desk = Desk::new(role);
        desk.state.settings.after_send = after;
        let mut store = Store::default();
        for blow in blows {
            let shown = desk.state.shown();
            let asks = matches!(desk.state.overlays.last(), Some(Overlay::Dialog(d)) if matches!(d.ask, crate::app::dialog::Ask::Arrived { .. }));
            let palette = matches!(desk.state.overlays.last(), Some(Overlay::Palette(_)));
            let before = desk.state.ticket.as_ref().map(|t| t.reply.text().trim_end().to_owned());
            let may_send = matches!(&blow, Blow::Key("Ctrl-S")) || asks || palette;
            let fx = strike(&mut desk, &mut store, blow.clone());
            for body in submitted(&fx) {
                if let CommandBody::Reply { ticket, text, .. } = &body {
                    prop_assert!(may_send, "{:?} sent", blow);
                    prop_assert_eq!(Some(*ticket), shown);
                    let words = text.expose().to_owned();
                    prop_assert_eq!(Some(words), before.clone());
                }
                if let CommandBody::ProposeLine { text, .. } = &body {
                    prop_assert!(blow_sends(&blow), "{:?} proposed", blow);
                    prop_assert!(!text.is_blank() && !text.expose().contains("尽快"));
                }
                if let CommandBody::Speak { ticket, .. } = &body {
                    prop_assert_eq!(Some(*ticket), shown);
                }
            }
            store.take(&fx);
            check(&desk)?;
        }
        prop_assert!(desk.state.screen != Screen::Ticket || desk.state.ticket.is_some());
        words_kept(&mut desk, &mut store)?;
    }
}
