//! The loop: signals, keys, answers, time; then a frame if one is due. Nothing else ever waits here.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};

use crate::api::desk::DeskAnswer;
use crate::api::training::{Ask, Told};
use crate::app::State;
use crate::app::event::{Event, Input};
use crate::domain::policy::Policy;
use crate::task;
use crate::text::Locale;
use crate::view::Theme;

use super::console::{Build, Console, Step};
use super::driver::{DeskPort, Outer};
use super::frame_log::FrameLog;
use super::input::{self, Reader, Source};
use super::panic::watch_ui_thread;
use super::signal::{Signals, Wish, stop_here};
use super::terminal::{Modes, Terminal};

/// How many events or answers are taken before a frame is considered again.
const AT_ONCE: usize = 64;
/// How long the end waits for drafts to be on disk before the program ends all the same.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// What the loop is started with.
pub struct Settings<'a> {
    /// The state to begin with; its size is set from the terminal.
    pub state: State,
    /// The state machine: `app::update` with its environment.
    pub step: &'a mut Step<'a>,
    /// The way to the store.
    pub port: &'a mut dyn DeskPort,
    /// What the store answers and tells.
    pub answers: &'a mut Receiver<DeskAnswer>,
    /// What the training tells, for a desk in training.
    pub training: Option<&'a mut Receiver<TrainingNews>>,
    /// Calendars, targets, items.
    pub policy: &'a Policy,
    /// How roles look.
    pub theme: Theme,
    /// The words.
    pub locale: Locale,
    /// Where figures of each frame go (`BALM_FRAME_LOG`).
    pub frame_log: Option<PathBuf>,
}

/// What a training tells a desk.
#[derive(Clone, PartialEq, Debug)]
pub enum TrainingNews {
    /// Something new.
    Told(Box<Told>),
    /// The answer to an order.
    Answer(Box<Ask>, Box<Told>),
    /// It does not answer, or answers again.
    Away(bool),
}

/// Why the loop ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The agent ended it.
    Quit,
    /// The system ended it, or the terminal is gone.
    Terminated,
}

/// Takes the terminal and runs the console until it ends. To be run on the main thread, on a runtime of its own, so that no
/// other task can delay a frame.
///
/// # Errors
/// When the terminal cannot be taken or signals cannot be listened to.
pub async fn run(settings: Settings<'_>) -> io::Result<Ended> {
    watch_ui_thread();
    let mut signals = Signals::listen()?;
    let mut state = settings.state;
    let (cols, rows) = crossterm::terminal::size()?;
    state.size = (cols, rows);
    let mut terminal = Terminal::enter(Modes { mouse: state.mouse })?;
    let build = Build {
        state,
        step: settings.step,
        port: settings.port,
        policy: settings.policy,
        theme: settings.theme,
        locale: settings.locale,
        out: io::stdout(),
        log: FrameLog::open(settings.frame_log.as_deref()),
    };
    let mut console = Console::new(build, task::instant());
    console.event(
        Event::Input(Input::Resize(cols, rows)),
        true,
        task::instant(),
        task::now_ms(),
    );
    let answers = settings.answers;
    let mut training = settings.training;
    let mut source = Source::default();
    source.open();
    let ended = turn(
        &mut console,
        &mut signals,
        &mut source,
        answers,
        &mut training,
        &mut terminal,
    )
    .await;
    source.close();
    terminal.leave();
    ended
}

async fn turn(
    console: &mut Console<'_, io::Stdout>,
    signals: &mut Signals,
    source: &mut Source,
    answers: &mut Receiver<DeskAnswer>,
    training: &mut Option<&mut Receiver<TrainingNews>>,
    terminal: &mut Terminal,
) -> io::Result<Ended> {
    let mut reader = Reader::default();
    let mut answering = true;
    let mut dying: Option<Instant> = None;
    loop {
        if let Err(e) = console.paint_if_due(task::instant()) {
            tracing::warn!(error = %e, "the terminal is gone");
            dying = dying.or_else(|| Some(die(console)));
        }
        for order in console.take_outer() {
            match order {
                Outer::Quit if dying.is_some() => return Ok(Ended::Terminated),
                Outer::Quit => return Ok(Ended::Quit),
                Outer::Mouse(on) => terminal.set_mouse(on)?,
                Outer::Suspend => suspend(console, source, terminal)?,
            }
        }
        let wake = console.next_wake(task::instant(), task::now_ms());
        let wake = wake.map(Instant::from_std).into_iter().chain(dying).min();
        tokio::select! {
            biased;
            wish = signals.next() => match wish {
                Wish::End => dying = dying.or_else(|| Some(die(console))),
                Wish::Stop => suspend(console, source, terminal)?,
                Wish::GoOn => console.forget(task::instant()),
            },
            event = source.next(), if dying.is_none() => match event {
                Some(event) => read(console, source, &mut reader, event).await,
                None => dying = Some(die(console)),
            },
            answer = answers.recv(), if answering => match answer {
                Some(answer) => take(console, answers, answer),
                None => {
                    answering = false;
                    console.store_gone(task::instant(), task::now_ms());
                }
            },
            news = told(training) => match news {
                Some(news) => hear(console, news),
                None => *training = None,
            },
            () = until(wake) => {
                if dying.is_some_and(|at| at <= Instant::from_std(task::instant())) {
                    return Ok(Ended::Terminated);
                }
                console.wake(task::instant(), task::now_ms());
            }
        }
    }
}

/// What the training tells next; never for a desk of live work.
async fn told(training: &mut Option<&mut Receiver<TrainingNews>>) -> Option<TrainingNews> {
    match training {
        Some(training) => training.recv().await,
        None => std::future::pending().await,
    }
}

/// Takes what the training told.
fn hear(console: &mut Console<'_, io::Stdout>, news: TrainingNews) {
    let event = match news {
        TrainingNews::Told(told) => Event::Training(told),
        TrainingNews::Answer(ask, told) => Event::TrainingAnswer(ask, told),
        TrainingNews::Away(away) => Event::TrainingAway(away),
    };
    console.event(event, false, task::instant(), task::now_ms());
}

/// Sleeps until then, or for ever.
async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Tells the console to end; gives the instant by which it must have.
fn die(console: &mut Console<'_, io::Stdout>) -> Instant {
    console.event(Event::Terminate, true, task::instant(), task::now_ms());
    Instant::from_std(task::instant() + LAST_WORDS)
}

/// Takes what was typed, as much as is here already.
async fn read(
    console: &mut Console<'_, io::Stdout>,
    source: &mut Source,
    reader: &mut Reader,
    first: crossterm::event::Event,
) {
    let now = task::instant();
    let mut events = vec![first];
    while events.len() < AT_ONCE
        && let Some(event) = source.ready().await
    {
        events.push(event);
    }
    let mut inputs: Vec<Input> = events
        .into_iter()
        .filter_map(|event| reader.read(event, console.hits(), now))
        .collect();
    input::fold(&mut inputs);
    for input in inputs {
        console.event(Event::Input(input), true, now, task::now_ms());
    }
}

/// Takes what the store told, as much as is here already.
fn take(
    console: &mut Console<'_, io::Stdout>,
    answers: &mut Receiver<DeskAnswer>,
    first: DeskAnswer,
) {
    let mut next = Some(first);
    for _ in 0..AT_ONCE {
        let Some(answer) = next else { break };
        console.event(Event::Desk(answer), false, task::instant(), task::now_ms());
        next = answers.try_recv().ok();
    }
    // An answer taken but not yet given must not be lost.
    if let Some(answer) = next {
        console.event(Event::Desk(answer), false, task::instant(), task::now_ms());
    }
}

/// Gives the terminal back, stops, and takes everything up again: the size may have changed, the screen is unknown.
fn suspend(
    console: &mut Console<'_, io::Stdout>,
    source: &mut Source,
    terminal: &Terminal,
) -> io::Result<()> {
    source.close();
    terminal.leave();
    stop_here();
    terminal.again()?;
    let now = task::instant();
    console.forget(now);
    if let Ok((cols, rows)) = crossterm::terminal::size() {
        console.event(
            Event::Input(Input::Resize(cols, rows)),
            true,
            now,
            task::now_ms(),
        );
    }
    console.event(Event::Resumed, true, now, task::now_ms());
    source.open();
    Ok(())
}
