//! The open tickets for the first screen: one scan, then reading and reckoning on two cores, because the agent waits for it.

use super::{Kept, Person, Replica, StoreError, position, read};
use crate::domain::policy::Policy;
use crate::domain::rank::Clocks;
use crate::domain::ticket::Ticket;
use crate::task;
use crate::text::SafeText;

/// An open ticket with its caller and its clocks.
#[derive(Debug)]
pub struct OpenTicket {
    /// The ticket.
    pub kept: Kept,
    /// The caller, if the record is here.
    pub person: Option<Person>,
    /// When its clocks end.
    pub clocks: Clocks,
}

/// A row as the file holds it.
struct Raw {
    head: String,
    excerpt: String,
    news: i64,
    person: Option<(String, String, String)>,
}

impl Replica {
    /// The heads of all open tickets.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn open_heads(&self) -> Result<Vec<Ticket>, StoreError> {
        self.many("SELECT head FROM tickets WHERE open = 1", [], |row| {
            read(row, 0)
        })
    }

    /// All open tickets with their callers.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn open_tickets(&self, policy: &Policy) -> Result<Vec<OpenTicket>, StoreError> {
        let mut first: Vec<Raw> = self.many(
            "SELECT t.head, t.excerpt, t.news, c.name, c.last4, c.keys FROM tickets t LEFT JOIN customers c \
             ON c.id = t.customer WHERE t.open = 1",
            [],
            |row| {
                let name: Option<String> = row.get(3)?;
                let person = match name {
                    Some(name) => Some((name, row.get(4)?, row.get(5)?)),
                    None => None,
                };
                Ok(Raw { head: row.get(0)?, excerpt: row.get(1)?, news: row.get(2)?, person })
            },
        )?;
        let second = first.split_off(first.len() / 2);
        let (other, mut opened) = task::both(|| ready(second, policy), || ready(first, policy));
        if let Ok(opened) = &mut opened {
            opened.extend(other?);
        }
        opened
    }
}

fn ready(rows: Vec<Raw>, policy: &Policy) -> Result<Vec<OpenTicket>, StoreError> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let kept = Kept {
            ticket: serde_json::from_str(&row.head)?,
            excerpt: SafeText::clean_str(&row.excerpt),
            news: position(row.news),
        };
        let person = row.person.map(|(name, last4, keys)| Person {
            name: SafeText::clean_str(&name),
            last4: SafeText::clean_str(&last4),
            keys,
        });
        let clocks = policy.clocks(&kept.ticket);
        out.push(OpenTicket {
            kept,
            person,
            clocks,
        });
    }
    Ok(out)
}
