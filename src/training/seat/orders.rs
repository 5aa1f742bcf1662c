//! What a trainee does at the seat beside talking to customers, and the trainer's hold and stop.

use crate::sim::Input;

use super::{House, Ms, Out, Over, RunId, STOPPED_MS, SafeText, Seat, SeatStage, Speed, TicketId};

impl Seat {
    /// How time runs from now on.
    pub fn set_speed(&mut self, speed: Speed, now: Ms) {
        self.clock.set_speed(speed, now);
        self.touch();
    }

    /// The trainee stops time, or lets it go on.
    ///
    /// # Errors
    /// Why it cannot be done, by name.
    pub fn pause(&mut self, on: bool, now: Ms) -> Result<(), &'static str> {
        if self.stage != SeatStage::Running {
            return Err("not_running");
        }
        if self.clock.held_by_trainer() {
            return Err("held");
        }
        self.clock.pause_by_trainee(on, now);
        self.touch();
        Ok(())
    }

    /// The trainer stops time, or lets it go on.
    ///
    /// # Errors
    /// Why it cannot be done, by name.
    pub fn hold(&mut self, on: bool, now: Ms) -> Result<(), &'static str> {
        if self.stage != SeatStage::Running {
            return Err("not_running");
        }
        self.clock.pause_by_trainer(on, now);
        self.touch();
        Ok(())
    }

    /// The first key of an answer.
    ///
    /// # Errors
    /// Why it means nothing, by name.
    pub fn began(
        &mut self,
        ticket: TicketId,
        message: u32,
        after_ms: i64,
        now: Ms,
    ) -> Result<(), &'static str> {
        self.run(now, |sitting, clock| {
            let contact = sitting.contact(ticket).ok_or("no_contact")?;
            contact.began(message, after_ms, clock);
            Ok(())
        })
        .ok_or("not_running")?
    }

    /// The trainee ends a contact.
    ///
    /// # Errors
    /// Why it cannot be ended, by name.
    pub fn end(
        &mut self,
        house: &House,
        ticket: TicketId,
        now: Ms,
        out: &mut Out,
    ) -> Result<(), &'static str> {
        self.run(now, |sitting, clock| {
            let contact = sitting.contact(ticket).ok_or("no_contact")?;
            if contact.over().is_some() {
                return Err("over");
            }
            contact.close(false, clock, &house.calendar, &mut out.posts);
            Ok(())
        })
        .ok_or("not_running")??;
        self.touch();
        self.finish_if_over(now, out);
        Ok(())
    }

    /// The trainer, or the trainee's leaving, stops what runs: contacts end as they stand.
    ///
    /// # Errors
    /// Why there is nothing to stop, by name.
    pub fn stop(&mut self, house: &House, now: Ms, out: &mut Out) -> Result<(), &'static str> {
        self.run(now, |sitting, clock| {
            for contact in &mut sitting.contacts {
                contact.stop(Over::BrokenOff, clock, &house.calendar, &mut out.posts);
            }
        })
        .ok_or("not_running")?;
        self.stage = SeatStage::Stopped;
        self.stopped = Some(now.plus_millis(STOPPED_MS));
        self.touch();
        self.keep(now, out);
        Ok(())
    }

    /// The trainee leaves the release.
    ///
    /// # Errors
    /// Why not yet, by name.
    pub fn released(&mut self, now: Ms) -> Result<(), &'static str> {
        match (self.stage, self.release) {
            (SeatStage::Release, Some(r)) if now < r.until => Err("release"),
            (SeatStage::Release, _) => {
                self.stage = SeatStage::Over;
                self.release = None;
                self.touch();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The trainee chooses what to practise.
    pub fn lobby(&mut self) {
        if self.stage == SeatStage::Over {
            self.stage = SeatStage::Lobby;
            self.touch();
        }
    }

    /// The debrief of this run was shown.
    pub fn debriefed(&mut self, run: RunId) {
        if self.debrief == Some(run) {
            self.debrief = None;
            self.touch();
        }
    }

    /// What was said in a turn of a run of the newest sitting; empty for others.
    #[must_use]
    pub fn line(&self, run: RunId, turn: usize) -> SafeText {
        let contacts = self.sitting.iter().flat_map(|s| &s.contacts);
        let mut of_run = contacts.filter(|c| c.run() == run);
        let turn = of_run.next().and_then(|c| c.play().turns().get(turn));
        match turn.map(|t| &t.tick.input) {
            Some(Input::Said { text, .. } | Input::Aside { answer: text, .. }) => {
                SafeText::clean_str(text)
            }
            _ => SafeText::default(),
        }
    }
}
