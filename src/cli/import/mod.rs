//! `balm import`: tickets from JSONL, gzipped or not, through the server, with progress, a file of rejects, and resuming.

mod record;
mod source;

use std::path::Path;

use super::args::ImportArgs;
use super::error::CliError;
use super::place::Door;
use super::{Cx, say};
use crate::api::wire::{CommandBatch, MAX_BATCH, Outcome};
use crate::client::{Client, ClientError};
use crate::domain::command::Command;
use crate::text::locale::Arg;
use crate::{config, task};
use record::Target;
use source::{Rejects, Source, State};

/// How often a batch is sent again while the server does not answer, half a second apart at first.
const TRIES: u32 = 8;

/// Imports a file.
///
/// # Errors
/// When the file, the folder or the server cannot be used. Lines that cannot be taken are no error: they are listed.
pub fn run(cx: &Cx, args: &ImportArgs) -> Result<(), CliError> {
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    let mut source = Source::open(&args.file)?;
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        let door = Door::open(cx, folder.path()).await?;
        let done = import(cx, args, &door, folder.path(), &mut source).await;
        door.close().await;
        done
    })
}

/// A ticket on its way: its line and how many of its commands were sent.
struct Waiting {
    line: u64,
    text: String,
    commands: usize,
    turns: usize,
}

#[derive(Default)]
struct Counts {
    tickets: u64,
    turns: u64,
    known: u64,
    rejected: u64,
}

struct Importer<'a> {
    cx: &'a Cx,
    client: Client,
    rejects: Rejects,
    state: State,
    counts: Counts,
    batch: Vec<Command>,
    waiting: Vec<Waiting>,
}

async fn import(
    cx: &Cx,
    args: &ImportArgs,
    door: &Door,
    dir: &Path,
    source: &mut Source,
) -> Result<(), CliError> {
    let client = door.client(dir)?;
    let queues = client.queues().await?.queues;
    let wanted = |slug: &str| args.queue.as_deref().is_none_or(|q| q == slug);
    let queue = queues.iter().find(|q| wanted(&q.slug)).map(|q| q.id);
    let queue = queue.ok_or_else(|| {
        CliError::new("cli-not_found").with("what", args.queue.as_deref().unwrap_or("queue"))
    })?;
    let name = args
        .file
        .file_name()
        .map_or_else(|| "stdin".to_owned(), |n| n.to_string_lossy().into_owned());
    let target = Target {
        queue,
        source: &name,
        now: task::now_ms(),
    };
    let state = State::of(&args.file, dir)?;
    let resumed = state.line();
    if resumed > 0 {
        say::remark(
            &cx.locale
                .t_args("cli-import_resumed", &[("line", Arg::from(resumed + 1))]),
        );
    }
    let rejects = Rejects::beside(&args.file, dir, resumed > 0);
    let mut importer = Importer {
        cx,
        client,
        rejects,
        state,
        counts: Counts::default(),
        batch: Vec::new(),
        waiting: Vec::new(),
    };
    importer.all(source, target, resumed).await?;
    importer.finish()
}

impl Importer<'_> {
    async fn all(
        &mut self,
        source: &mut Source,
        target: Target<'_>,
        resumed: u64,
    ) -> Result<(), CliError> {
        let began = task::instant();
        let mut progress = say::Progress::default();
        let mut number = 0;
        while let Some(line) = source.next_line()? {
            number += 1;
            if number <= resumed {
                continue;
            }
            let text = match line {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text,
                Err(what) => {
                    self.reject(number, &what, "")?;
                    continue;
                }
            };
            match record::commands(&text, target) {
                Err(what) => self.reject(number, &what, &text)?,
                Ok(asked) => {
                    if self.batch.len() + asked.commands.len() > MAX_BATCH {
                        self.send().await?;
                    }
                    let (commands, turns) = (asked.commands.len(), asked.turns);
                    self.waiting.push(Waiting {
                        line: number,
                        text,
                        commands,
                        turns,
                    });
                    self.batch.extend(asked.commands);
                }
            }
            let done = self.counts.tickets + self.counts.known;
            let secs = began.elapsed().as_secs_f64();
            let total = source.estimate(number - resumed, resumed);
            progress.show(&self.cx.progress(done + self.counts.rejected, total, secs));
        }
        self.send().await?;
        progress.done();
        Ok(())
    }

    fn reject(&mut self, line: u64, what: &str, text: &str) -> Result<(), CliError> {
        self.counts.rejected += 1;
        self.rejects.add(line, what, text)
    }

    /// Sends what is gathered; a ticket longer than a batch goes in several.
    async fn send(&mut self) -> Result<(), CliError> {
        let commands = std::mem::take(&mut self.batch);
        let mut outcomes = Vec::with_capacity(commands.len());
        for part in commands.chunks(MAX_BATCH) {
            outcomes.extend(self.answers(part.to_vec()).await?);
        }
        let mut outcomes = outcomes.into_iter();
        let mut last = None;
        for waiting in std::mem::take(&mut self.waiting) {
            let own: Vec<Outcome> = outcomes.by_ref().take(waiting.commands).collect();
            last = Some(waiting.line);
            self.count(&waiting, &own)?;
        }
        if let Some(line) = last {
            self.rejects.flush()?;
            self.state.reached(line)?;
        }
        Ok(())
    }

    async fn answers(&self, commands: Vec<Command>) -> Result<Vec<Outcome>, CliError> {
        let batch = CommandBatch { commands };
        let mut tries = 0;
        loop {
            match self.client.commands(&batch).await {
                Ok(answers) => return Ok(answers.answers.into_iter().map(|a| a.outcome).collect()),
                // The ids come from the file: sending the same batch again can double nothing.
                Err(ClientError::Retry(_)) if tries < TRIES => {
                    let pause = std::time::Duration::from_millis(500 << tries.min(4));
                    tokio::time::sleep(pause).await;
                    tries += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn count(&mut self, waiting: &Waiting, outcomes: &[Outcome]) -> Result<(), CliError> {
        let refused = outcomes.iter().find_map(|o| match o {
            Outcome::Refused { rule, detail } => {
                Some(format!("{} {}", rule.as_str(), detail.join(", ")))
            }
            Outcome::Conflict { .. } => Some("conflict".to_owned()),
            Outcome::Accepted { .. } => None,
        });
        if let Some(what) = refused {
            return self.reject(waiting.line, what.trim(), &waiting.text);
        }
        let fresh =
            matches!(outcomes.first(), Some(Outcome::Accepted { events }) if !events.is_empty());
        if fresh {
            self.counts.tickets += 1;
            self.counts.turns += waiting.turns as u64;
        } else {
            self.counts.known += 1;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), CliError> {
        self.state.done()?;
        let counts = &self.counts;
        let args = [
            ("tickets", Arg::from(counts.tickets)),
            ("turns", Arg::from(counts.turns)),
            ("known", Arg::from(counts.known)),
            ("rejected", Arg::from(counts.rejected)),
        ];
        say::remark(&self.cx.locale.t_args("cli-import_done", &args));
        if let Some(path) = self.rejects.finish()? {
            let args = [("path", Arg::from(path.display().to_string()))];
            say::remark(&self.cx.locale.t_args("cli-import_rejects", &args));
        }
        Ok(())
    }
}
