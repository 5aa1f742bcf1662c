//! What somebody else than the customer asks in the middle of a contact: answered, put off, come back, and kept. The answer goes
//! into the run of the contact that goes on; the trainer sees it at once.

use super::{Seat, Sitting, Storm};
use crate::api::training::AsideView;
use crate::domain::time::Ms;
use crate::sim::{Asker, Input};
use crate::text::SafeText;
use crate::training::contact::{Contact, Now};

/// How often a question may be put off.
pub(super) const MOST_PUT_OFF: u32 = 2;
/// What was put off comes back after so long, training milliseconds, or with the trainee's next words to a customer.
const BACK_MS: i64 = 20_000;
/// The longest answer that is kept, characters.
const LONGEST: usize = 2_000;

impl Seat {
    /// What was said back to something that came in between; without words it is put off.
    ///
    /// # Errors
    /// Why it means nothing, by name.
    pub fn answer(&mut self, storm: u32, text: &str, now: Ms) -> Result<(), &'static str> {
        let text: String = text.trim().chars().take(LONGEST).collect();
        self.run(now, |sitting, clock| sitting.answer(storm, &text, clock))
            .ok_or("not_running")??;
        self.touch();
        Ok(())
    }
}

impl Sitting {
    fn answer(&mut self, id: u32, text: &str, clock: Now<'_>) -> Result<(), &'static str> {
        let here = |s: &Storm| s.view.id == id && s.away.is_none();
        let at = self.storms.iter().position(here).ok_or("no_storm")?;
        if !text.is_empty() {
            let storm = self.storms.remove(at);
            self.keep_aside(&storm, text, clock);
            return Ok(());
        }
        let storm = self.storms.get_mut(at).ok_or("no_storm")?;
        if storm.view.now {
            return Err("answer_now");
        }
        storm.view.put_off = storm.view.put_off.saturating_add(1);
        storm.view.now = storm.view.put_off >= MOST_PUT_OFF;
        storm.away = Some(clock.ms().saturating_add(BACK_MS));
        storm.again = None;
        Ok(())
    }

    /// What was put off and is due comes back. Tells whether anything did.
    pub(super) fn come_back(&mut self, ms: i64) -> bool {
        let mut changed = false;
        for storm in &mut self.storms {
            changed |= storm.away.take_if(|due| ms >= *due).is_some();
        }
        changed
    }

    /// The trainee said something to a customer: now there is time for what was put off.
    pub(super) fn remind(&mut self) {
        self.come_back(i64::MAX);
    }

    /// Nothing more will be answered: what is open is kept as it is.
    pub(super) fn end_asides(&mut self, clock: Now<'_>) {
        for storm in std::mem::take(&mut self.storms) {
            if storm.view.wants_words {
                self.keep_aside(&storm, "", clock);
            }
        }
    }

    /// Keeps a question with what was said back, for the trainer and in the run of the contact that goes on.
    fn keep_aside(&mut self, storm: &Storm, answer: &str, clock: Now<'_>) {
        let took_ms = clock.ms().saturating_sub(storm.first.0).max(0);
        if !answer.is_empty() {
            let mut seen = storm.seen(took_ms);
            seen.answer = Some(SafeText::clean_str(answer));
            self.asides.push(seen);
        }
        let input = Input::Aside {
            by: Asker::from_name(&storm.view.kind).unwrap_or(Asker::Colleague),
            asked: storm.view.text.to_string(),
            answer: answer.to_owned(),
            took_ms,
            put_off: storm.view.put_off,
        };
        if let Some(contact) = self.beside() {
            contact.aside(input, clock);
        }
    }

    /// The contact in whose run it stands: one that goes on and in which something happened, else one that goes on, else one in
    /// which something happened.
    fn beside(&mut self) -> Option<&mut Contact> {
        let open = |c: &Contact| c.over().is_none();
        let fits: [&dyn Fn(&Contact) -> bool; 4] = [
            &|c| open(c) && c.was_used(),
            &open,
            &Contact::was_used,
            &|_| true,
        ];
        let at = fits
            .iter()
            .find_map(|fits| self.contacts.iter().position(fits))?;
        self.contacts.get_mut(at)
    }

    /// Everything that was asked in this run and is open or was answered, oldest first.
    pub(super) fn asides(&self, clock: Now<'_>) -> Vec<AsideView> {
        let open = self.storms.iter().filter(|s| s.view.wants_words);
        let open = open.map(|s| s.seen(clock.ms().saturating_sub(s.first.0).max(0)));
        let mut all: Vec<AsideView> = self.asides.iter().cloned().chain(open).collect();
        all.sort_by_key(|a| a.id);
        all
    }
}

impl Storm {
    /// As the trainer sees it while it is open.
    fn seen(&self, took_ms: i64) -> AsideView {
        AsideView {
            id: self.view.id,
            kind: self.view.kind.clone(),
            asked: self.view.text.clone(),
            since: self.first.1,
            put_off: self.view.put_off,
            answer: None,
            took_ms,
        }
    }
}
