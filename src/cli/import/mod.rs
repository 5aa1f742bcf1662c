//! `balm import`: tickets from JSONL, gzipped or not, through the server, with progress, a file of rejects, and resuming.

mod record;
mod source;

use std::collections::HashMap;
use std::path::Path;

use super::args::ImportArgs;
use super::error::CliError;
use super::place::Door;
use super::{Cx, say};
use crate::api::wire::{CommandBatch, MAX_BATCH, Outcome};
use crate::client::{Client, ClientError};
use crate::domain::command::Command;
use crate::domain::ids::CommandId;
use crate::domain::time::Ms;
use crate::text::locale::Arg;
use crate::{config, task};
use record::Target;
use source::{Rejects, Source, State};

/// Commands gathered before they are sent: enough tickets that their first turns, then their second ones, fill the
/// server's waves.
const GATHER: usize = 4 * MAX_BATCH;
/// Bytes gathered before they are sent, and most bytes of one request (the server takes 8 MiB).
const MAX_BYTES: usize = 6 * 1024 * 1024;
/// The exit code when some lines were not taken; the others were.
const PARTLY: u8 = 2;

/// How often a batch is sent again while the server does not answer, half a second apart at first.
const TRIES: u32 = 8;

/// Imports a file.
///
/// # Errors
/// When the file, the folder or the server cannot be used. Lines that cannot be taken are listed in a file of their own;
/// the exit code tells that there were some.
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

/// A ticket on its way: its line and its commands.
struct Waiting {
    line: u64,
    text: String,
    commands: Vec<Command>,
    turns: usize,
}

/// What became of one command; words when no outcome can be had, however often it is asked.
type Answer = Result<Outcome, String>;

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
    waiting: Vec<Waiting>,
    /// Commands and bytes of text in `waiting`.
    gathered: (usize, usize),
    /// When this import began: what was recorded before was there already.
    began: Ms,
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
        waiting: Vec::new(),
        gathered: (0, 0),
        began: target.now,
    };
    importer.all(source, target, resumed).await?;
    importer.finish(resumed)
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
        loop {
            let line = match source.next_line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    // What came before it is good and is kept.
                    self.send().await?;
                    progress.done();
                    return Err(CliError::new("cli-import_broken")
                        .with("line", number + 1)
                        .with_cause(&error));
                }
            };
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
                    self.gathered.0 += asked.commands.len();
                    self.gathered.1 += text.len();
                    self.waiting.push(Waiting {
                        line: number,
                        text,
                        commands: asked.commands,
                        turns: asked.turns,
                    });
                    if self.gathered.0 >= GATHER || self.gathered.1 >= MAX_BYTES {
                        self.send().await?;
                    }
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

    /// Sends what is gathered: of every ticket the first command, then of every one the second, so that the server can
    /// write those of different tickets together.
    async fn send(&mut self) -> Result<(), CliError> {
        self.gathered = (0, 0);
        let waiting = std::mem::take(&mut self.waiting);
        let longest = waiting.iter().map(|w| w.commands.len()).max().unwrap_or(0);
        let mut answers = HashMap::new();
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for turn in 0..longest {
            for command in waiting.iter().filter_map(|w| w.commands.get(turn)) {
                let size = weight(command);
                if batch.len() == MAX_BATCH || bytes + size > MAX_BYTES {
                    self.answers(std::mem::take(&mut batch), &mut answers)
                        .await?;
                    bytes = 0;
                }
                batch.push(command.clone());
                bytes += size;
            }
        }
        self.answers(batch, &mut answers).await?;
        let last = waiting.last().map(|w| w.line);
        for ticket in &waiting {
            self.count(ticket, &answers)?;
        }
        if let Some(line) = last {
            self.rejects.flush()?;
            self.state.reached(line)?;
        }
        Ok(())
    }

    async fn answers(
        &self,
        commands: Vec<Command>,
        answers: &mut HashMap<CommandId, Answer>,
    ) -> Result<(), CliError> {
        if commands.is_empty() {
            return Ok(());
        }
        match self.ask(&commands).await {
            Ok(known) => answers.extend(known),
            // Something in the batch can never be taken: it alone is listed, not its neighbours.
            Err(ClientError::Permanent(_) | ClientError::Conflict(_)) if commands.len() > 1 => {
                for command in &commands {
                    let one = std::slice::from_ref(command);
                    match self.ask(one).await {
                        Ok(known) => answers.extend(known),
                        Err(ClientError::Permanent(what) | ClientError::Conflict(what)) => {
                            answers.insert(command.id, Err(what));
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            Err(ClientError::Permanent(what) | ClientError::Conflict(what)) => {
                answers.extend(commands.iter().map(|c| (c.id, Err(what.clone()))));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn ask(&self, commands: &[Command]) -> Result<Vec<(CommandId, Answer)>, ClientError> {
        let batch = CommandBatch {
            commands: commands.to_vec(),
        };
        let mut tries = 0;
        loop {
            match self.client.commands(&batch).await {
                Ok(told) => {
                    let told = told.answers.into_iter();
                    return Ok(told.map(|a| (a.id, Ok(a.outcome))).collect());
                }
                // The ids come from the file: sending the same batch again can double nothing.
                Err(ClientError::Retry(_)) if tries < TRIES => {
                    let pause = std::time::Duration::from_millis(500 << tries.min(4));
                    tokio::time::sleep(pause).await;
                    tries += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn count(
        &mut self,
        waiting: &Waiting,
        answers: &HashMap<CommandId, Answer>,
    ) -> Result<(), CliError> {
        let own = || waiting.commands.iter().filter_map(|c| answers.get(&c.id));
        let refused = own().find_map(|answer| match answer {
            Err(what) => Some(what.clone()),
            Ok(Outcome::Refused { rule, detail }) => {
                Some(format!("{} {}", rule.as_str(), detail.join(", ")))
            }
            Ok(Outcome::Conflict { .. }) => Some("conflict".to_owned()),
            Ok(Outcome::Accepted { .. }) => None,
        });
        if let Some(what) = refused {
            return self.reject(waiting.line, what.trim(), &waiting.text);
        }
        // A repeated command is answered with the events of its first time.
        let fresh = own().next().is_some_and(|answer| match answer {
            Ok(Outcome::Accepted { events }) => {
                events.first().is_some_and(|e| e.recorded_at >= self.began)
            }
            _ => false,
        });
        if fresh {
            self.counts.tickets += 1;
            self.counts.turns += waiting.turns as u64;
        } else {
            self.counts.known += 1;
        }
        Ok(())
    }

    fn finish(mut self, resumed: u64) -> Result<(), CliError> {
        self.state.done()?;
        let counts = &self.counts;
        let args = [
            ("tickets", Arg::from(counts.tickets)),
            ("turns", Arg::from(counts.turns)),
            ("known", Arg::from(counts.known)),
            ("rejected", Arg::from(counts.rejected)),
        ];
        say::remark(&self.cx.locale.t_args("cli-import_done", &args));
        let (all, rejected) = (
            counts.tickets + counts.known + counts.rejected,
            counts.rejected,
        );
        if let Some(path) = self.rejects.finish()? {
            return Err(CliError::new("cli-import_rejects")
                .with("count", rejected)
                .with("path", path.display())
                .code(PARTLY));
        }
        if all == 0 && resumed == 0 {
            return Err(CliError::new("cli-import_empty"));
        }
        Ok(())
    }
}

/// About how many bytes a command takes in a request; control characters grow to six.
fn weight(command: &Command) -> usize {
    serde_json::to_vec(command).map_or(MAX_BYTES, |json| json.len())
}
