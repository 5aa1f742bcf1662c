//! Drafts: nothing typed is ever lost, whatever happens to the ticket.

use super::Owner;
use crate::api::desk::{DeskAnswer, Draft, DraftKey};
use crate::domain::ids::TicketId;
use crate::store::files::StoreError;

/// The ticket a draft belongs to.
pub const fn ticket_of(key: DraftKey) -> TicketId {
    match key {
        DraftKey::Reply(ticket) | DraftKey::Note(ticket) | DraftKey::Intake(ticket) => ticket,
    }
}

const fn with_ticket(key: DraftKey, ticket: TicketId) -> DraftKey {
    match key {
        DraftKey::Reply(_) => DraftKey::Reply(ticket),
        DraftKey::Note(_) => DraftKey::Note(ticket),
        DraftKey::Intake(_) => DraftKey::Intake(ticket),
    }
}

/// One draft out of two: the words already there, then the others.
pub fn joined(there: Option<&Draft>, come: &Draft, key: DraftKey) -> Draft {
    let Some(there) = there.filter(|d| !d.text.is_empty()) else {
        return Draft {
            key,
            ..come.clone()
        };
    };
    let text = format!("{}\n\n{}", there.text, come.text);
    let mut parts = there.parts.clone();
    parts.extend(come.parts.iter().cloned());
    Draft {
        key,
        caret: text.len(),
        text,
        parts,
        saved_at: there.saved_at.max(come.saved_at),
        began_position: there.began_position.min(come.began_position),
    }
}

impl Owner {
    pub(super) fn save_draft(&mut self, draft: Draft) -> Result<(), StoreError> {
        let key = draft.key;
        let had = self.drafts.contains_key(&key);
        let has = !draft.text.is_empty();
        let saved = self.outbox.save_draft(&draft);
        let at = draft.saved_at;
        if has {
            self.drafts.insert(key, draft);
        } else {
            self.drafts.remove(&key);
        }
        if had != has {
            self.dirty.drafts = true;
            self.refresh(ticket_of(key))?;
        }
        match saved {
            Ok(()) => {
                self.unsaved.remove(&key);
                self.out.say(DeskAnswer::DraftSaved { key, at });
                Ok(())
            }
            Err(error) => {
                // It stays in memory and is tried again with the next flush.
                self.unsaved.insert(key);
                Err(error)
            }
        }
    }

    /// Tries again what could not be written.
    pub(super) fn save_unsaved(&mut self) {
        let keys: Vec<DraftKey> = self.unsaved.iter().copied().collect();
        for key in keys {
            let Some(draft) = self.drafts.get(&key).cloned() else {
                self.unsaved.remove(&key);
                continue;
            };
            match self.outbox.save_draft(&draft) {
                Ok(()) => {
                    self.unsaved.remove(&key);
                    self.out.say(DeskAnswer::DraftSaved {
                        key,
                        at: draft.saved_at,
                    });
                }
                Err(error) => return self.out.say(DeskAnswer::Trouble(super::trouble(&error))),
            }
        }
    }

    /// Moves the drafts of a ticket that went on in another one.
    pub(super) fn follow_merge(
        &mut self,
        from: TicketId,
        into: TicketId,
    ) -> Result<(), StoreError> {
        let keys: Vec<DraftKey> = self
            .drafts
            .keys()
            .copied()
            .filter(|k| ticket_of(*k) == from)
            .collect();
        for key in keys {
            let Some(draft) = self.drafts.get(&key) else {
                continue;
            };
            let target = with_ticket(key, into);
            let moved = joined(self.drafts.get(&target), draft, target);
            self.outbox.move_draft(key, &moved)?;
            self.drafts.remove(&key);
            self.drafts.insert(target, moved);
            self.dirty.drafts = true;
        }
        self.refresh(from)?;
        self.refresh(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Ms;

    fn draft(text: &str, at: i64) -> Draft {
        Draft {
            key: DraftKey::Reply(TicketId::default()),
            text: text.to_owned(),
            caret: 0,
            parts: Vec::new(),
            saved_at: Ms(at),
            began_position: u64::try_from(at).unwrap_or(0),
        }
    }

    #[test]
    fn joining_loses_no_word() {
        let key = DraftKey::Reply(TicketId::default());
        let one = joined(Some(&draft("甲", 1)), &draft("乙", 2), key);
        assert_eq!(one.text, "甲\n\n乙");
        assert_eq!(
            (one.caret, one.saved_at, one.began_position),
            (one.text.len(), Ms(2), 1)
        );
        assert_eq!(joined(None, &draft("乙", 2), key).text, "乙");
    }
}
