//! A contact that is going on: lines in, the customer's answers out, everything kept so that it can be replayed.

mod input;
mod readback;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::engine::{Engine, Event, Heard, Moment, Setup, State};
use super::hear::{Corpus, Ears, Evidence, Situation as Hearing, Understood};
use super::names::{Act, End};
use super::rules::Rules;
use super::scenario::Scenario;
use super::voice::{Answer, Memory, Voice, Words, band_of};
use crate::coach::Coach;
use crate::coach::content::Band;
use crate::domain::lang::Lang;
use crate::domain::time::{Ms, Zone};

pub use input::{Input, Tick, Turn};
pub use readback::Misread;

/// Everything that plays share: build it once.
#[derive(Debug)]
pub struct Stage {
    /// The coach whose reader and rules hear.
    pub coach: Coach,
    /// The numbers.
    pub rules: Rules,
    /// The training's own words.
    pub ears: Ears,
    /// The site's zone.
    pub zone: Zone,
    /// The fingerprint of rules and hearing: runs of another one cannot be compared with those of this (see `era`).
    pub print: String,
}

impl Stage {
    /// A stage with the shipped numbers and words.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped(coach: Coach, zone: Zone) -> Result<Self, crate::coach::BadContent> {
        let playbooks = Corpus::of_playbooks(coach.content(), None);
        Ok(Self {
            print: super::era::print(&coach.content().print),
            rules: Rules::shipped()?,
            ears: Ears::shipped()?.with_playbooks(playbooks),
            coach,
            zone,
        })
    }
}

/// A contact with a simulated customer.
#[derive(Clone, Debug)]
pub struct Play {
    stage: Arc<Stage>,
    scenario: Arc<Scenario>,
    own: Arc<Corpus>,
    setup: Setup,
    lang: Lang,
    /// When it began.
    began: Ms,
    memory: Memory,
    said: Vec<String>,
    start: State,
    opening: Answer,
    turns: Vec<Turn>,
    phrased: BTreeMap<usize, String>,
}

impl Play {
    /// Begins a contact: the customer has said the opening.
    #[must_use]
    pub fn begin(
        stage: Arc<Stage>,
        scenario: Arc<Scenario>,
        setup: Setup,
        lang: Lang,
        began: Ms,
    ) -> Self {
        let own = Arc::new(stage.ears.tuned(&scenario));
        let start = Engine {
            scenario: &scenario,
            rules: &stage.rules,
            setup,
        }
        .start();
        let mut memory = Memory::default();
        let voice = Voice {
            scenario: &scenario,
            seed: setup.seed,
            lang,
        };
        let opening = voice.opening(&mut memory);
        Self {
            said: vec![opening.text.clone()],
            own,
            setup,
            lang,
            began,
            memory,
            start,
            opening,
            turns: Vec::new(),
            phrased: BTreeMap::new(),
            stage,
            scenario,
        }
    }

    /// The machine behind it.
    #[must_use]
    pub fn engine(&self) -> Engine<'_> {
        Engine {
            scenario: &self.scenario,
            rules: &self.stage.rules,
            setup: self.setup,
        }
    }

    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What plays share.
    #[must_use]
    pub fn stage(&self) -> &Arc<Stage> {
        &self.stage
    }

    /// How it was set up.
    #[must_use]
    pub const fn setup(&self) -> Setup {
        self.setup
    }

    /// The language of the contact.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// When it began.
    #[must_use]
    pub const fn began(&self) -> Ms {
        self.began
    }

    /// The customer's first words.
    #[must_use]
    pub const fn opening(&self) -> &Answer {
        &self.opening
    }

    /// Where the customer stood at the beginning.
    #[must_use]
    pub const fn start(&self) -> &State {
        &self.start
    }

    /// Where the customer stands.
    #[must_use]
    pub fn state(&self) -> &State {
        self.turns.last().map_or(&self.start, |t| &t.state)
    }

    /// The customer's mood.
    #[must_use]
    pub fn band(&self) -> Band {
        band_of(self.state())
    }

    /// The turns so far.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The answer of this turn, from 0, was said in these other words (`sim::phrasing`). Nothing of the customer changes: what was
    /// heard and felt follows from the author's line.
    pub fn phrase(&mut self, turn: usize, said: String) {
        if self
            .turns
            .get(turn)
            .is_some_and(|t| !t.answer.text.is_empty())
        {
            self.phrased.insert(turn, said);
        }
    }

    /// Answers that were said in other words than the author's, by turn from 0.
    #[must_use]
    pub const fn phrased(&self) -> &BTreeMap<usize, String> {
        &self.phrased
    }

    /// How it ended, once it did.
    #[must_use]
    pub fn end(&self) -> Option<End> {
        self.state().end
    }

    /// What a line would do if it were said so many milliseconds after the beginning, without saying it.
    #[must_use]
    pub fn listen(&self, at_ms: i64, text: &str, severe_route: Option<bool>) -> Understood {
        let cx = Hearing {
            scenario: &self.scenario,
            lang: self.lang,
            now: self.began.plus_millis(at_ms),
            zone: &self.stage.zone,
            said: &self.said,
            told: &self.memory.facts,
            heat: u8::try_from(self.state().anger.rounded()).unwrap_or(100),
            abusing: self.state().abusing,
            severe_route,
        };
        let stage = &self.stage;
        stage
            .ears
            .hear(&stage.coach, &stage.rules, &self.own, &cx, text)
    }

    /// What the trainee does next, so many milliseconds after the beginning, and what comes back. After the end nothing
    /// happens any more; the last turn is returned.
    pub fn take(&mut self, at_ms: i64, input: Input) -> Option<&Turn> {
        if matches!(input, Input::Aside { .. }) {
            return self.aside(at_ms, input);
        }
        if self.end().is_some() {
            return self.turns.last();
        }
        let Taken {
            event,
            understood,
            misread,
        } = self.taken(at_ms, &input);
        let before = self.state().clone();
        let step = self.engine().step(&before, &event);
        let heard = match &event {
            Event::Said(heard) => Some(heard),
            _ => None,
        };
        let words = Words {
            heard,
            asked: &understood.asked,
            misread: misread.as_ref(),
        };
        let answer = self.answer(&before, &step, words, &event);
        if !answer.text.is_empty() {
            self.said.push(answer.text.clone());
        }
        self.turns.push(Turn {
            tick: Tick { at_ms, input },
            acts: understood.acts,
            findings: understood.findings,
            changes: step.changes,
            moments: step.moments,
            misread,
            answer,
            state: step.after,
        });
        self.turns.last()
    }

    /// What an input is to the customer.
    fn taken(&self, at_ms: i64, input: &Input) -> Taken {
        let mut understood = Understood::default();
        let mut misread = None;
        let rules = &self.stage.rules;
        let event = match input {
            Input::Said {
                text,
                think_ms,
                interrupted,
                severe_route,
                ..
            } => {
                understood = self.listen(at_ms, text, *severe_route);
                if *interrupted {
                    understood.acts.push(Evidence {
                        act: Act::Interrupt,
                        at: 0..0,
                        by: super::hear::By::Told,
                    });
                }
                misread = self.misread(text, &mut understood);
                Event::Said(Heard {
                    acts: understood.acts.iter().map(|e| e.act).collect(),
                    ms: think_ms.saturating_add(rules.spoken_ms(text)),
                    long: understood.long,
                    misread: misread.is_some(),
                })
            }
            Input::Marked {
                acts,
                think_ms,
                words,
            } => {
                understood.acts = marked(acts);
                Event::Said(Heard {
                    acts: understood.acts.iter().map(|e| e.act).collect(),
                    ms: think_ms.saturating_add(rules.spoken_ms(words)),
                    ..Heard::default()
                })
            }
            Input::Quiet { ms } => Event::Quiet { ms: *ms },
            Input::Hold { told_ms, took_ms } => Event::Hold {
                told_ms: *told_ms,
                took_ms: *took_ms,
            },
            Input::Storm { event } => Event::Storm(*event),
            // What is said to others never comes here.
            Input::Close | Input::Aside { .. } => Event::Close,
        };
        Taken {
            event,
            understood,
            misread,
        }
    }

    /// Words with somebody else than the customer: kept beside the contact, whose state and chance they do not touch. They may
    /// come after its end, too: what was asked then was dealt with all the same.
    fn aside(&mut self, at_ms: i64, input: Input) -> Option<&Turn> {
        self.turns.push(Turn {
            tick: Tick { at_ms, input },
            acts: Vec::new(),
            findings: Vec::new(),
            changes: Vec::new(),
            moments: Vec::new(),
            misread: None,
            answer: Answer::default(),
            state: self.state().clone(),
        });
        self.turns.last()
    }

    /// Whether a line reads a number back that is not the customer's: what it confirms is taken out of what was understood.
    fn misread(&self, text: &str, understood: &mut Understood) -> Option<Misread> {
        let confirms = understood.acts.iter().any(|e| e.act == Act::Confirm);
        let misread = readback::misread(&self.scenario, &self.said, text, confirms)?;
        understood.acts.retain(|e| e.act != Act::Confirm);
        Some(misread)
    }

    fn answer(
        &mut self,
        before: &State,
        step: &super::engine::Step,
        words: Words<'_>,
        event: &Event,
    ) -> Answer {
        // A hold that kept its time and a storm that does not concern the customer are answered by nobody.
        let silent = match event {
            Event::Hold { .. } => !step.has(Moment::HeldTooLong) && step.after.end.is_none(),
            Event::Storm(_) => !step.has(Moment::Abused),
            _ => false,
        };
        if silent {
            return Answer::default();
        }
        let voice = Voice {
            scenario: &self.scenario,
            seed: self.setup.seed,
            lang: self.lang,
        };
        voice.answer(before, step, words, &mut self.memory)
    }

    /// The same contact up to before turn `k` (from 0): what was said then can be said otherwise.
    #[must_use]
    pub fn rewound(&self, k: usize) -> Self {
        let mut again = Self::begin(
            Arc::clone(&self.stage),
            Arc::clone(&self.scenario),
            self.setup,
            self.lang,
            self.began,
        );
        for turn in self.turns.iter().take(k) {
            again.take(turn.tick.at_ms, turn.tick.input.clone());
        }
        again
    }
}

/// What an input is to the customer, with what was understood of it.
struct Taken {
    event: Event,
    understood: Understood,
    misread: Option<Misread>,
}

/// What an observer marked, each act once.
fn marked(acts: &[Act]) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::with_capacity(acts.len());
    for act in acts {
        if !out.iter().any(|e| e.act == *act) {
            out.push(Evidence {
                act: *act,
                at: 0..0,
                by: super::hear::By::Told,
            });
        }
    }
    out
}
