//! What the feed says, put into what seats hear. Words wait until everything of their command was read: the promises that came
//! with them are events of their own behind them. Pure.

use super::contact::Words;
use super::seat::Heard;
use crate::domain::event::{Event, TicketEvent};
use crate::domain::ids::{CommandId, StreamKind, TicketId, UserId};

/// Something that a seat hears.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sound {
    /// On which ticket.
    pub ticket: TicketId,
    /// Who did it.
    pub by: Option<UserId>,
    /// What.
    pub heard: Heard,
}

/// Listens to the feed of one log.
#[derive(Debug, Default)]
pub struct Ear {
    /// Everything up to this position was heard.
    position: u64,
    open: Option<(CommandId, TicketId, Option<UserId>, Words)>,
}

impl Ear {
    /// An event of the feed; what it completes is added to `out`. One that was heard before is passed over.
    pub fn event(&mut self, event: &Event, out: &mut Vec<Sound>) {
        if event.position <= self.position {
            return;
        }
        self.position = event.position;
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.0 != event.id.command)
        {
            self.flush(out);
        }
        if event.stream.kind != StreamKind::Ticket {
            return;
        }
        let (ticket, by) = (TicketId(event.stream.id), event.actor.user());
        let Some(body) = event.body.ticket() else {
            return;
        };
        let heard = match body {
            TicketEvent::Replied { origin: None, .. } | TicketEvent::Spoken { .. } => {
                let text = event.payload.as_ref().and_then(|p| p.text.as_ref());
                let words = Words {
                    text: text.map_or_else(String::new, |t| t.expose().to_owned()),
                    at: event.occurred_at,
                    promised: false,
                };
                self.open = Some((event.id.command, ticket, by, words));
                return;
            }
            TicketEvent::PromiseMade { .. } => {
                if let Some((_, _, _, words)) = &mut self.open {
                    words.promised = true;
                    return;
                }
                Heard::Promise
            }
            TicketEvent::Noted {} => Heard::Note,
            TicketEvent::PrioritySet { priority } => Heard::Priority(*priority),
            TicketEvent::TicketTagged { add, remove } => Heard::Tags {
                add: add.clone(),
                remove: remove.clone(),
            },
            TicketEvent::Claimed { user } | TicketEvent::Assigned { user } => Heard::Held(*user),
            TicketEvent::Released { .. } | TicketEvent::Transferred { .. } => Heard::Passed,
            TicketEvent::Closed { .. } | TicketEvent::Merged { .. } => Heard::Closed,
            _ => return,
        };
        out.push(Sound { ticket, by, heard });
    }

    /// Nothing more of the last command will come: its words are heard.
    pub fn flush(&mut self, out: &mut Vec<Sound>) {
        if let Some((_, ticket, by, words)) = self.open.take() {
            out.push(Sound {
                ticket,
                by,
                heard: Heard::Words(words),
            });
        }
    }

    /// Whether words wait for the end of their command.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.open.is_some()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::event::{Actor, Body, EventBody, Payload};
    use crate::domain::ids::{EventId, PromiseId, Stream};
    use crate::domain::time::Ms;
    use crate::domain::vocabulary::{Deed, Origin};
    use crate::text::RawText;
    use uuid::Uuid;

    const USER: UserId = UserId(Uuid::from_u128(7));

    fn event(position: u64, command: u128, body: TicketEvent, text: Option<&str>) -> Event {
        Event {
            id: EventId {
                command: CommandId(Uuid::from_u128(command)),
                index: 0,
            },
            stream: Stream::from(TicketId(Uuid::from_u128(1))),
            version: 1,
            position,
            occurred_at: Ms(i64::try_from(position).unwrap()),
            recorded_at: Ms(0),
            actor: Actor::User { user: USER },
            body: Body::Known(EventBody::Ticket(body)),
            customer: None,
            payload: text.map(|t| Payload::text(RawText::new(t))),
        }
    }

    fn spoken() -> TicketEvent {
        TicketEvent::Spoken {
            acts: Vec::new(),
            lines: Vec::new(),
        }
    }

    fn promise() -> TicketEvent {
        TicketEvent::PromiseMade {
            promise: PromiseId::default(),
            deed: Deed::Callback,
            due: Ms(9),
            source: None,
        }
    }

    fn words(text: &str, at: i64, promised: bool) -> Heard {
        Heard::Words(Words {
            text: text.to_owned(),
            at: Ms(at),
            promised,
        })
    }

    fn heard(out: &mut Vec<Sound>) -> Vec<Heard> {
        out.drain(..).map(|s| s.heard).collect()
    }

    #[test]
    fn words_wait_for_the_promises_of_their_command_and_nothing_else() {
        let (mut ear, mut out) = (Ear::default(), Vec::new());
        ear.event(&event(1, 10, spoken(), Some("a")), &mut out);
        assert!(out.is_empty() && ear.waits());
        ear.event(&event(2, 10, promise(), None), &mut out);
        ear.event(&event(3, 11, spoken(), Some("b")), &mut out);
        assert_eq!(heard(&mut out), [words("a", 1, true)]);
        // A promise of a command of its own is one by itself.
        ear.event(&event(4, 12, promise(), None), &mut out);
        assert_eq!(heard(&mut out), [words("b", 3, false), Heard::Promise]);
        ear.event(&event(5, 13, spoken(), Some("c")), &mut out);
        ear.flush(&mut out);
        ear.flush(&mut out);
        assert_eq!(heard(&mut out), [words("c", 5, false)]);
        assert!(!ear.waits());
    }

    #[test]
    fn what_was_heard_before_is_passed_over() {
        let (mut ear, mut out) = (Ear::default(), Vec::new());
        let first = event(1, 10, spoken(), Some("a"));
        let note = event(2, 11, TicketEvent::Noted {}, Some("n"));
        for _ in 0..3 {
            ear.event(&first, &mut out);
            ear.event(&note, &mut out);
        }
        assert_eq!(heard(&mut out), [words("a", 1, false), Heard::Note]);
    }

    #[test]
    fn an_imported_reply_was_said_to_somebody_else_long_ago() {
        let (mut ear, mut out) = (Ear::default(), Vec::new());
        let replied = |origin| TicketEvent::Replied {
            channel: crate::domain::vocabulary::Channel::Chat,
            acts: Vec::new(),
            lines: Vec::new(),
            origin,
        };
        let origin = Origin {
            source: "old".to_owned(),
            foreign_id: "1".to_owned(),
        };
        ear.event(&event(1, 10, replied(Some(origin)), Some("a")), &mut out);
        assert!(!ear.waits());
        ear.event(&event(2, 11, replied(None), Some("b")), &mut out);
        assert!(ear.waits());
    }
}
