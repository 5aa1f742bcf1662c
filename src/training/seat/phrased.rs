//! Lines of this seat's customers that a language model may say in other words.

use super::Seat;
use crate::domain::ids::TicketId;
use crate::sim::phrasing::{Phrasing, Question};

impl Seat {
    /// What a model is asked for this line of the customer on a ticket, with the turn that it answers.
    pub fn question(
        &self,
        phrasing: &Phrasing,
        ticket: TicketId,
        line: &str,
    ) -> Option<(usize, Question)> {
        let sitting = self.sitting.as_ref()?;
        let mut contacts = sitting.contacts.iter();
        let contact = contacts.find(|c| c.ticket() == ticket)?;
        contact.question(phrasing, line)
    }

    /// The answer of this turn went out in these words.
    pub fn phrased(&mut self, ticket: TicketId, turn: usize, said: String) {
        let contact = self.sitting.as_mut().and_then(|s| s.contact(ticket));
        if let Some(contact) = contact {
            contact.phrased(turn, said);
        }
    }
}
