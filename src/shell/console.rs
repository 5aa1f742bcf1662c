//! The console between events and frames: state, painter, timers, pacing. It knows no terminal and no runtime, so that a
//! test can drive it with any writer and any time.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use ratatui::layout::Rect;

use crate::app::event::{Event, Hit};
use crate::app::notice::Severity;
use crate::app::{Effect, State};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::Ms;
use crate::text::locale::Tongue;
use crate::text::{Locale, SafeText};
use crate::view::{self, Look, Painted, Theme};

use super::clipboard;
use super::driver::{DeskPort, Outer, Timers};
use super::frame::Pacer;
use super::frame_log::FrameLog;
use super::painter::Painter;

/// Least time between two ticks of the clock.
const TICK: Duration = Duration::from_secs(1);

/// The state machine as the console drives it: state, event, instant, orders.
pub type Step<'a> = dyn FnMut(&mut State, Event, Ms, &mut Vec<Effect>) + 'a;

/// Everything a console is made of.
pub struct Console<'a, W: Write> {
    /// The state.
    pub state: State,
    step: &'a mut Step<'a>,
    port: &'a mut dyn DeskPort,
    policy: &'a Policy,
    theme: Theme,
    locale: Locale,
    painter: Painter<W>,
    pacer: Pacer,
    timers: Timers,
    log: FrameLog,
    painted: Painted,
    title: Option<String>,
    outer: Vec<Outer>,
    store_busy: bool,
    last_tick: Option<Instant>,
    busy: Duration,
}

/// What a console is put together from.
pub struct Build<'a, W: Write> {
    /// The state to begin with; its size is the terminal's.
    pub state: State,
    /// The state machine.
    pub step: &'a mut Step<'a>,
    /// The way to the store.
    pub port: &'a mut dyn DeskPort,
    /// Calendars, targets, items.
    pub policy: &'a Policy,
    /// How roles look.
    pub theme: Theme,
    /// The words to begin with; a user's own words are kept when the language stays.
    pub locale: Locale,
    /// Where frames go.
    pub out: W,
    /// Figures of each frame.
    pub log: FrameLog,
}

impl<'a, W: Write> Console<'a, W> {
    /// Puts a console together; the first frame is due at once.
    pub fn new(build: Build<'a, W>, now: Instant) -> Self {
        let (cols, rows) = build.state.outer();
        let mut console = Self {
            painter: Painter::new(build.out, Rect::new(0, 0, cols, rows)),
            state: build.state,
            step: build.step,
            port: build.port,
            policy: build.policy,
            theme: build.theme,
            locale: build.locale,
            pacer: Pacer::default(),
            timers: Timers::default(),
            log: build.log,
            painted: Painted::default(),
            title: None,
            outer: Vec::new(),
            store_busy: false,
            last_tick: None,
            busy: Duration::ZERO,
        };
        console.pacer.key(now);
        console
    }

    /// What the last frame showed where.
    pub fn hits(&self) -> &[(Rect, Hit)] {
        &self.painted.hits
    }

    /// Something happened. `hand` tells whether the agent waits for what it shows.
    pub fn event(&mut self, event: Event, hand: bool, now: Instant, wall: Ms) {
        let began = crate::task::instant();
        let resized = matches!(event, Event::Input(crate::app::Input::Resize(..)));
        let mut effects = Vec::new();
        (self.step)(&mut self.state, event, wall, &mut effects);
        for effect in effects {
            self.carry_out(effect, now);
        }
        if std::mem::take(&mut self.store_busy) {
            self.tell_failure("store-busy", wall);
        }
        if resized {
            let (cols, rows) = self.state.outer();
            self.painter.resize(Rect::new(0, 0, cols, rows));
        }
        if hand {
            self.pacer.key(now);
        } else {
            self.pacer.background(now);
        }
        self.busy += crate::task::instant().duration_since(began);
    }

    /// The store is gone: nothing typed is lost while the program runs, and the agent must know.
    pub fn store_gone(&mut self, now: Instant, wall: Ms) {
        self.tell_failure("store-gone", wall);
        self.pacer.background(now);
    }

    /// Tells the agent of a failure. What the state machine orders upon it cannot be carried out and is dropped.
    fn tell_failure(&mut self, key: &str, wall: Ms) {
        let what = SafeText::clean_line(&self.locale.t(key));
        let event = Event::TaskFailed(what);
        (self.step)(&mut self.state, event, wall, &mut Vec::new());
    }

    fn carry_out(&mut self, effect: Effect, now: Instant) {
        match effect {
            Effect::Desk(request) => self.store_busy |= !self.port.send(request),
            Effect::Training(ask) => self.store_busy |= !self.port.train(*ask),
            Effect::StartTimer { id, after_ms } => self.timers.start(id, after_ms, now),
            Effect::Suspend => self.outer.push(Outer::Suspend),
            Effect::Quit => self.outer.push(Outer::Quit),
            Effect::SetMouse(on) => self.outer.push(Outer::Mouse(on)),
            Effect::Title(title) => self.title = Some(title.to_line().to_string()),
            Effect::Repaint => self.painter.forget(),
            Effect::Bell => self.send(b"\x07"),
            Effect::CopyText(text) => match clipboard::sequence(&text) {
                Some(bytes) => self.send(&bytes),
                None => tracing::warn!("too long for the clipboard"),
            },
        }
    }

    /// Bytes that are no cells. A terminal that is gone is noticed with the next frame.
    fn send(&mut self, bytes: &[u8]) {
        if let Err(e) = self.painter.send(bytes) {
            tracing::warn!(error = %e, "the terminal did not take a sequence");
        }
    }

    /// Orders that only the loop can carry out.
    pub fn take_outer(&mut self) -> Vec<Outer> {
        std::mem::take(&mut self.outer)
    }

    /// The terminal was somebody else's for a while: everything must be painted again.
    pub fn forget(&mut self, now: Instant) {
        self.painter.forget();
        self.pacer.key(now);
    }

    /// Runs what time has made due: timers and the tick of the clock.
    pub fn wake(&mut self, now: Instant, wall: Ms) {
        for timer in self.timers.take_due(now) {
            self.event(Event::Timer(timer), false, now, wall);
        }
        if self.tick_at(now, wall).is_some_and(|at| at <= now) {
            self.last_tick = Some(now);
            self.event(Event::Tick, false, now, wall);
        }
    }

    /// When the loop must wake if nothing happens before; never while nothing on the screen depends on time.
    pub fn next_wake(&self, now: Instant, wall: Ms) -> Option<Instant> {
        let tick = self.tick_at(now, wall);
        [self.pacer.due(), self.timers.next(), tick]
            .into_iter()
            .flatten()
            .min()
    }

    /// When the clock must tick: when words on the screen change, a notice ends or the screen locks; at most each second.
    fn tick_at(&self, now: Instant, wall: Ms) -> Option<Instant> {
        let notices = &self.state.notices;
        let brief = notices
            .shown
            .as_ref()
            .filter(|n| n.severity <= Severity::Info);
        let lock_after = self.state.settings.lock_after_ms;
        let locks = lock_after > 0 && !self.state.locked();
        let at = [
            self.painted.changes_at,
            brief.map(|_| notices.until),
            locks.then(|| self.state.last_input.plus_millis(lock_after)),
        ]
        .into_iter()
        .flatten()
        .min()?;
        let wait = u64::try_from(at.minus(wall)).unwrap_or(0);
        let at = now + Duration::from_millis(wait);
        Some(self.last_tick.map_or(at, |last| at.max(last + TICK)))
    }

    /// Paints if a frame is due.
    ///
    /// # Errors
    /// When the terminal cannot be written to: it is gone.
    pub fn paint_if_due(&mut self, now: Instant) -> io::Result<()> {
        if !self.pacer.is_due(now) {
            return Ok(());
        }
        let began = crate::task::instant();
        let tongue = match self.state.settings.lang {
            Lang::Zh => Tongue::ZhCn,
            Lang::En => Tongue::En,
        };
        if self.locale.tongue() != tongue {
            self.locale = Locale::of(tongue);
        }
        let look = Look {
            theme: &self.theme,
            locale: &self.locale,
            policy: self.policy,
        };
        self.painted = view::render(&self.state, look, self.painter.canvas());
        let title = self.title.take();
        let cost = self.painter.paint(self.painted.caret, title.as_deref())?;
        self.pacer.painted(now);
        self.state.queue.painted(crate::task::now_ms());
        let took = self.busy + crate::task::instant().duration_since(began);
        self.busy = Duration::ZERO;
        if cost.writes > 0 {
            self.log.frame(cost, self.painted.rows_formatted, took);
        }
        Ok(())
    }
}
