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
