//! Between the customers and their channel, when a language model is set: it may say the next line in other words before the line
//! goes out. A line that it does not answer in time, or answers with anything added, goes out as its author wrote it. The lines of
//! one customer keep their order; nobody waits for another customer's.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::post::Post;
use super::theatre::Theatre;
use crate::client::LanguageModel;
use crate::coach::Coach;
use crate::domain::command::CommandBody;
use crate::domain::ids::TicketId;
use crate::sim::phrasing::{Phrasing, Question, schema};
use crate::task;
use crate::text::RawText;

/// After so many failures in a row, nobody is asked for a while: a model that is away must not slow every answer.
const FAILURES: u32 = 3;
/// The while.
const REST: Duration = Duration::from_secs(60);

/// A language model with what it is asked and checked by.
#[derive(Debug)]
pub struct Phraser {
    model: LanguageModel,
    phrasing: Phrasing,
    coach: Coach,
}

impl Phraser {
    /// A model that may say lines in other words.
    #[must_use]
    pub const fn new(model: LanguageModel, phrasing: Phrasing, coach: Coach) -> Self {
        Self {
            model,
            phrasing,
            coach,
        }
    }

    /// What is put to the model, and checked.
    pub(super) const fn phrasing(&self) -> &Phrasing {
        &self.phrasing
    }

    /// The line in other words; none when there are none that keep to the rules. The flag tells that the endpoint failed.
    async fn ask(&self, question: &Question) -> (Option<String>, bool) {
        let (system, user) = (&question.system, &question.user);
        match self.model.ask(system, user, &schema()).await {
            Err(error) => {
                tracing::debug!(%error, "the language model does not answer");
                (None, true)
            }
            Ok(answer) => {
                let content = self.coach.content();
                let taken = self.phrasing.accept(content, question, &answer);
                if let Err(why) = &taken {
                    tracing::debug!(why = why.as_str(), "the model's words are thrown away");
                }
                (taken.ok(), false)
            }
        }
    }
}

/// How the endpoint does.
#[derive(Debug, Default)]
struct Health {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Health {
    fn is_asked(&self, now: Instant) -> bool {
        self.rests_until.is_none_or(|until| now >= until)
    }

    fn take(&mut self, failed: bool, now: Instant) {
        self.failures = if failed { self.failures + 1 } else { 0 };
        if self.failures == FAILURES {
            tracing::warn!(
                "the language model failed three times: customers speak as written for a minute"
            );
            (self.failures, self.rests_until) = (0, Some(now + REST));
        }
    }
}

/// A line that was asked about: what was asked, and what came of it.
type Asked = (Post, (usize, Question), Option<String>, bool);

/// Drives the lines from the customers to their channel until either end is gone.
pub(super) async fn run(
    theatre: &Theatre,
    phraser: &Arc<Phraser>,
    mut from: UnboundedReceiver<Post>,
    to: UnboundedSender<Post>,
) {
    let mut health = Health::default();
    let mut asking = FuturesUnordered::new();
    // Of every customer whose line is being asked about: what comes after it.
    let mut behind: HashMap<TicketId, VecDeque<Post>> = HashMap::new();
    loop {
        let mut ready = VecDeque::new();
        tokio::select! {
            post = from.recv() => match post {
                None => return,
                Some(post) => match behind.get_mut(&post.ticket) {
                    Some(line) => line.push_back(post),
                    None => ready.push_back(post),
                },
            },
            Some(asked) = asking.next(), if !asking.is_empty() => {
                let (mut post, (turn, question), said, failed): Asked = asked;
                health.take(failed, task::instant());
                if let Some(said) = said.filter(|said| *said != question.line)
                    && put(&mut post, &said)
                {
                    theatre.phrased(&post, turn, said);
                }
                ready.extend(behind.remove(&post.ticket).unwrap_or_default());
                if to.send(post).is_err() {
                    return;
                }
            }
        }
        while let Some(post) = ready.pop_front() {
            let asked = health.is_asked(task::instant());
            let question = asked.then(|| theatre.question(phraser, &post)).flatten();
            let Some(question) = question else {
                if to.send(post).is_err() {
                    return;
                }
                continue;
            };
            behind.insert(post.ticket, std::mem::take(&mut ready));
            let phraser = Arc::clone(phraser);
            asking.push(async move {
                let (said, failed) = phraser.ask(&question.1).await;
                (post, question, said, failed)
            });
        }
    }
}

/// The words of a customer's answer.
pub(super) fn words(post: &Post) -> Option<&RawText> {
    match &post.command.body {
        CommandBody::ReceiveMessage { text, .. } => Some(text),
        _ => None,
    }
}

/// Puts other words into a customer's answer; tells whether it is one.
fn put(post: &mut Post, said: &str) -> bool {
    match &mut post.command.body {
        CommandBody::ReceiveMessage { text, .. } => {
            *text = RawText::new(said);
            true
        }
        _ => false,
    }
}
