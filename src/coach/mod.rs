//! The coach: what a customer's words are about (`read`), what to say to them (`propose`), and what is wrong with what an
//! agent is about to say (`lint`). Pure: words, facts, policy and the present come in as arguments.
//!
//! Not here: who may send what (that is `decide`, which only sees a verdict), the promise ledger (tickets), outcomes of lines,
//! and anything that learns. The first form reads by plain lexicons; the seams `read`, `propose` and `lint` stay.

pub mod acts;
pub mod cards;
pub mod check;
pub mod content;
pub mod conversation;
mod folded;
pub mod growth;
pub mod learnt;
pub mod library;
pub mod lint;
pub mod listened;
pub mod measured;
pub mod model;
pub mod promises;
pub mod propose;
pub mod read;
pub mod scope;
pub mod signals;
pub mod slots;
pub mod soft;
pub mod stated;

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::domain::command::CommandBody;
use crate::domain::lang::Lang;
use crate::domain::line::PlaybookLine;
use crate::domain::policy::Policy;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::{Act, MayOverride};
use crate::domain::world::{Block, Verdict};

pub use content::{BadContent, Content};
pub use learnt::Learnt;
pub use lint::{Finding, Fix, LintContext, Linted, Severity};
pub use listened::Listened;
pub use promises::SaidPromise;
pub use propose::{Facts, Part, PromiseSlot, Suggestion};
pub use read::{Proposal, Reading};
pub use signals::{Hint, Risk, Signals};

/// Content that is read when somebody first asks for it.
type Shelf = LazyLock<Content, Box<dyn FnOnce() -> Content + Send>>;

/// The coach with its content: cheap to clone, shared by desk and server.
#[derive(Clone)]
pub struct Coach {
    content: Arc<Shelf>,
}

impl fmt::Debug for Coach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = LazyLock::get(&self.content).is_some();
        f.debug_struct("Coach").field("read", &read).finish()
    }
}

impl Coach {
    /// A coach over this content.
    #[must_use]
    pub fn new(content: Content) -> Self {
        let shelf = Self::soon(move || content);
        let _read = shelf.content();
        shelf
    }

    /// A coach whose content is made when it is first asked for something. No first screen waits for words that nobody reads
    /// yet; whoever has a core to spare asks for [`Coach::content`] on it.
    #[must_use]
    pub fn soon(make: impl FnOnce() -> Content + Send + 'static) -> Self {
        Self {
            content: Arc::new(LazyLock::new(Box::new(make))),
        }
    }

    /// A coach over the content that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadContent> {
        Ok(Self::new(Content::shipped()?))
    }

    /// A coach over the shipped content with a deployment's own model.
    ///
    /// # Errors
    /// What is wrong with the model's file, with the remedy.
    pub fn taught(model: Vec<u8>) -> Result<Self, BadContent> {
        Ok(Self::new(Content::taught_by(model)?))
    }

    /// The content it works with.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What these words of a customer are about. See [`read::read`].
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        read::read(&self.content, text)
    }

    /// Reads these messages of a customer, oldest first, but for those that were read before. See [`Listened`].
    #[must_use]
    pub fn listen(&self, words: &[String], before: Option<&Listened>) -> Listened {
        Listened::to(&self.content, words, before)
    }

    /// What a whole contact or history lets hear. See [`conversation::hear`].
    #[must_use]
    pub fn hear(&self, turns: &[conversation::Turn<'_>], now: Ms) -> conversation::Heard {
        conversation::hear(&self.content, turns, now)
    }

    /// How a message sounds, without what it is about. See [`signals`].
    #[must_use]
    pub fn signals(&self, text: &str) -> Signals {
        read::signals_of(&self.content, text)
    }

    /// What to say, best first. See [`propose::propose`].
    #[must_use]
    pub fn propose(&self, facts: &Facts, policy: &Policy, now: Ms, lang: Lang) -> Vec<Suggestion> {
        propose::propose(&self.content, facts, policy, now, lang)
    }

    /// As [`propose::propose_entry`].
    #[must_use]
    pub fn propose_entry(
        &self,
        facts: &Facts,
        policy: &Policy,
        now: Ms,
        lang: Lang,
        id: &str,
    ) -> Option<Suggestion> {
        propose::propose_entry(&self.content, facts, policy, now, lang, id)
    }

    /// What to check first. See [`cards::checks`].
    #[must_use]
    pub fn checks(&self, facts: &Facts, policy: &Policy, lang: Lang) -> Option<cards::Checks> {
        cards::checks(&self.content, facts, policy, lang)
    }

    /// The preflight card. See [`cards::preflight`].
    #[must_use]
    pub fn preflight(
        &self,
        facts: &Facts,
        policy: &Policy,
        now: Ms,
        lang: Lang,
    ) -> [cards::PreflightLine; 5] {
        cards::preflight(&self.content, facts, policy, now, lang)
    }

    /// What going higher can and cannot achieve here. See [`scope::reach`].
    #[must_use]
    pub fn reach(&self, facts: &Facts, now: Ms, lang: Lang) -> Vec<scope::Reach> {
        scope::reach(&self.content, facts, now, lang)
    }

    /// Entries of the case library. See [`library::search`].
    #[must_use]
    pub fn library(
        &self,
        facts: &Facts,
        typed: &str,
        today: jiff::civil::Date,
        lang: Lang,
    ) -> Vec<library::Case> {
        library::search(&self.content, facts, typed, today, lang)
    }

    /// The soft question for this cue. See [`soft::question`].
    #[must_use]
    pub fn soft_question(
        &self,
        cue: content::Cue,
        said_lines: &std::collections::BTreeSet<String>,
        lang: Lang,
    ) -> Option<Part> {
        soft::question(&self.content, cue, said_lines, lang)
    }

    /// Lines that could be proposed from these words. See [`growth::drafts`].
    #[must_use]
    pub fn line_drafts(
        &self,
        facts: &Facts,
        policy: &Policy,
        text: &str,
        written_at: Ms,
    ) -> Vec<growth::LineDraft> {
        growth::drafts(&self.content, facts, policy, text, written_at)
    }

    /// What speaks against a command about a line of the team; nothing for other commands. `known` is the line's head.
    #[must_use]
    pub fn line_verdict(
        &self,
        body: &CommandBody,
        known: Option<&PlaybookLine>,
        now: Ms,
        zone: &Zone,
    ) -> Verdict {
        let blocks = match (body, known) {
            (CommandBody::ProposeLine { text, .. }, _) => growth::against_proposing(text.expose()),
            (CommandBody::ApproveLine { text, .. }, Some(line)) => {
                let text = text.as_ref().unwrap_or(&line.text).expose();
                growth::against_approving(&self.content, text, line.part, line.lang, now, zone)
            }
            _ => Vec::new(),
        };
        // A line that enters everybody's playbook has no reason to break a rule.
        let block = |rule: String| Block {
            rule,
            may: MayOverride::Nobody,
        };
        Verdict {
            blocks: blocks.into_iter().map(block).collect(),
            ..Verdict::default()
        }
    }

    /// What is wrong with these words of ours. See [`lint::lint`].
    #[must_use]
    pub fn lint(&self, text: &str, cx: &LintContext<'_>) -> Linted {
        lint::lint(&self.content, text, cx)
    }

    /// What `decide` must know of the words of a reply. See [`lint::reply_verdict`].
    #[must_use]
    pub fn reply_verdict(
        &self,
        policy: &Policy,
        told: &lint::Told<'_>,
        text: &str,
        acts: &[Act],
        written_at: Ms,
        now: Ms,
    ) -> Verdict {
        lint::reply_verdict(&self.content, policy, told, text, acts, written_at, now)
    }

    /// What `decide` must know when a ticket is put down. See [`lint::put_down_verdict`].
    #[must_use]
    pub fn put_down_verdict(
        &self,
        policy: &Policy,
        told: &lint::Told<'_>,
        now: Ms,
        closed: Option<crate::domain::vocabulary::CloseReason>,
    ) -> Verdict {
        lint::put_down_verdict(&self.content, policy, told, now, closed)
    }

    /// What is known of a ticket, for lint. See [`lint::Situation`].
    #[must_use]
    pub fn situation(
        &self,
        policy: &Policy,
        told: &lint::Told<'_>,
        now: Ms,
        moment: lint::Moment,
    ) -> lint::Situation {
        lint::Situation::of(&self.content, policy, told, now, moment)
    }

    /// What `decide` must know of these words. See [`lint::verdict`].
    #[must_use]
    pub fn verdict(&self, text: &str, written_at: Ms, now: Ms, zone: &Zone) -> Verdict {
        lint::verdict(&self.content, text, written_at, now, zone)
    }

    /// What typed words do. See [`acts::acts_of`].
    #[must_use]
    pub fn acts_of(&self, text: &str, written_at: Ms, zone: &Zone) -> Vec<Act> {
        acts::acts_of(&self.content, text, written_at, zone)
    }

    /// The times of future deeds of ours in these words. See [`promises::promises_in`].
    #[must_use]
    pub fn promises_in(
        &self,
        text: &str,
        written_at: Ms,
        calendar: &crate::domain::calendar::Calendar,
    ) -> Vec<SaidPromise> {
        let zone = calendar.zone();
        promises::promises_in(&self.content, text, written_at, zone, Some(calendar))
    }
}
