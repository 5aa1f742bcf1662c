//! The customer's newest line on its way to a language model, and what came back.

use super::Contact;
use crate::sim::phrasing::{Phrasing, Question};

impl Contact {
    /// What a model is asked for this line, with the turn that it answers; none when the line is no answer of the customer's.
    /// The first words stay the author's: the desk's reading of the matter begins with them.
    pub fn question(&self, phrasing: &Phrasing, line: &str) -> Option<(usize, Question)> {
        let mut turns = self.play.turns().iter().enumerate().rev();
        let (at, turn) = turns.find(|(at, t)| {
            let once = !self.play.phrased().contains_key(at);
            once && t.answer.text == line
        })?;
        let persona = &self.play.scenario().persona;
        let (cues, lang) = (&turn.answer.cues, self.play.lang());
        let question = phrasing.question(line, cues, &turn.state, persona, lang)?;
        Some((at, question))
    }

    /// The answer of this turn went out in these words.
    pub fn phrased(&mut self, turn: usize, said: String) {
        self.play.phrase(turn, said);
    }
}
