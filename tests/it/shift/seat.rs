//! A seat driven by keys and read from its last frame.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use balm::api::desk::{DeskAnswer, DeskRequest};
use balm::app::event::Timer;
use balm::app::notice::Severity;
use balm::app::state::{Overlay, Screen, Settings};
use balm::app::{Effect, Env, Event, Input, Key, Keymap, State, checking, update};
use balm::coach::Coach;
use balm::domain::command::CommandBody;
use balm::domain::ids::TicketId;
use balm::domain::policy::Policy;
use balm::sync::{DeskConfig, DeskEnd};
use balm::task;
use balm::text::{Locale, locale::Tongue};
use balm::view::{Look, Theme, render};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::mpsc::Receiver;

use crate::support::demo::{Demo, PATIENCE};

/// Where the coach has no line, the agent has words.
const ASK: &str = "让您为这事跑来跑去，换我也上火。您现在最着急的是哪一样，跟我说说？";
const OWN: &str = "让您为这事跑来跑去，换我也上火。我明天上午十点前查清楚，给您回电话。";

/// What a hand does to a console, counted.
#[derive(Default, Debug)]
pub struct Figures {
    pub contacts: usize,
    pub keys: usize,
    pub typed: usize,
    pub replies: usize,
    pub spoken: usize,
    pub warnings: usize,
    pub questions: usize,
    pub blocked: usize,
    pub wrong: usize,
    pub misses: usize,
}

/// A seat whose screen is read as a person reads it: from the last frame.
pub struct Seat {
    pub state: State,
    policy: Policy,
    coach: Coach,
    theme: Theme,
    locale: Locale,
    end: Option<DeskEnd>,
    answers: Receiver<DeskAnswer>,
    timers: Vec<(Timer, i64)>,
    pub numbers: BTreeMap<u64, TicketId>,
    pub frame: String,
    told: Vec<String>,
    pub figures: Figures,
}

impl Seat {
    pub fn sit(demo: &Demo, login: &str, dir: &Path) -> Self {
        let config = DeskConfig {
            dir: dir.to_owned(),
            server: demo.url.clone(),
            token_file: demo.token(login),
            policy: Arc::new(Policy::shipped().unwrap()),
            lint: None,
            feeling: None,
        };
        let desk = balm::sync::open(config, &tokio::runtime::Handle::current()).unwrap();
        let (end, answers) = desk.split();
        let keymap = Arc::new(Keymap::shipped().unwrap());
        let mut seat = Self {
            state: State::new(Settings::default(), keymap, (80, 24), task::now_ms()),
            policy: Policy::shipped().unwrap(),
            coach: Coach::shipped().unwrap(),
            theme: Theme::shipped(true),
            locale: Locale::of(Tongue::ZhCn),
            end: Some(end),
            answers,
            timers: Vec::new(),
            numbers: BTreeMap::new(),
            frame: String::new(),
            told: Vec::new(),
            figures: Figures::default(),
        };
        seat.event(Event::Input(Input::Resize(80, 24)));
        seat
    }

    /// The number of the ticket that the last frame shows, unless it has none yet.
    pub fn number(&self) -> Option<u64> {
        let header = self.frame.lines().nth(1)?;
        let digits: String = header
            .split_once('#')?
            .1
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    }

    pub fn event(&mut self, event: Event) {
        let mut effects = Vec::new();
        let mut ids = task::new_id;
        let now = task::now_ms();
        let mut env = Env {
            now,
            policy: &self.policy,
            coach: &self.coach,
            ids: &mut ids,
        };
        update(&mut self.state, event, &mut env, &mut effects);
        for effect in effects {
            match effect {
                Effect::Desk(request) => {
                    self.check(&request);
                    let end = self.end.as_ref().unwrap();
                    let asked = Instant::now();
                    while end.send(request.clone()).is_err() {
                        assert!(asked.elapsed() < PATIENCE, "the store does not keep up");
                        std::thread::sleep(Duration::from_millis(1));
                    }
                }
                Effect::StartTimer { id, after_ms } => {
                    let kind = std::mem::discriminant(&id);
                    self.timers
                        .retain(|(t, _)| std::mem::discriminant(t) != kind);
                    self.timers
                        .push((id, now.0 + i64::try_from(after_ms).unwrap()));
                }
                _ => {}
            }
        }
        if let Some(notice) = &self.state.notices.shown
            && notice.severity >= Severity::Warning
        {
            let key = notice.msg.key.to_string();
            if self.told.last() != Some(&key) {
                self.told.push(key);
                self.figures.warnings += 1;
            }
        } else {
            self.told.push(String::new());
        }
        for row in self.state.queue.rows.iter() {
            if let Some(n) = row.ticket.number {
                self.numbers.insert(n, row.ticket.id);
            }
        }
    }

    /// Words may only go to the ticket whose number the agent has before their eyes.
    pub fn check(&mut self, request: &DeskRequest) {
        let DeskRequest::Submit { bodies, .. } = request else {
            return;
        };
        let seen = self.number().and_then(|n| self.numbers.get(&n).copied());
        for body in bodies {
            match body {
                CommandBody::Reply { ticket, .. } => {
                    self.figures.replies += 1;
                    self.figures.wrong += usize::from(seen != Some(*ticket));
                }
                CommandBody::Speak { ticket, .. } => {
                    self.figures.spoken += 1;
                    self.figures.wrong += usize::from(seen.is_some_and(|s| s != *ticket));
                }
                CommandBody::Close { ticket, .. } | CommandBody::Wait { ticket, .. } => {
                    self.figures.wrong += usize::from(seen.is_some_and(|s| s != *ticket));
                }
                _ => {}
            }
        }
    }

    pub fn paint(&mut self) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        let look = Look {
            theme: &self.theme,
            locale: &self.locale,
            policy: &self.policy,
        };
        let _ = render(&self.state, look, &mut buffer);
        let rows = buffer.content.chunks(80);
        let line = |row: &[ratatui::buffer::Cell]| {
            row.iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
        };
        self.frame = rows.map(line).collect::<Vec<_>>().join("\n");
        self.state.queue.painted(task::now_ms());
    }

    /// Lets the world go on for a moment, then paints.
    pub async fn breathe(&mut self, moment: Duration) {
        let end = tokio::time::Instant::now() + moment;
        while let Ok(Some(answer)) = tokio::time::timeout_at(end, self.answers.recv()).await {
            self.event(Event::Desk(answer));
        }
        let now = task::now_ms().0;
        let due: Vec<Timer> = self
            .timers
            .iter()
            .filter(|(_, at)| *at <= now)
            .map(|(t, _)| *t)
            .collect();
        self.timers.retain(|(_, at)| *at > now);
        for timer in due {
            self.event(Event::Timer(timer));
        }
        self.event(Event::Tick);
        self.paint();
    }

    pub async fn until(&mut self, what: &str, mut done: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done(self) {
            assert!(Instant::now() < end, "waited for {what}:\n{}", self.frame);
            self.breathe(Duration::from_millis(3)).await;
        }
    }

    /// Keys one after the other; between the frame the agent saw and the key, the world has moved on.
    pub async fn press(&mut self, keys: &[&str]) {
        for key in keys {
            while let Ok(answer) = self.answers.try_recv() {
                self.event(Event::Desk(answer));
            }
            self.figures.keys += 1;
            self.event(Event::Input(Input::Key(key.parse::<Key>().unwrap())));
            self.breathe(Duration::from_millis(2)).await;
        }
    }

    pub async fn write(&mut self, words: &str) {
        for c in words.chars() {
            self.figures.typed += 1;
            self.event(Event::Input(Input::Key(Key::char(c))));
        }
        self.breathe(Duration::from_millis(2)).await;
    }

    pub fn asked(&self) -> bool {
        matches!(self.state.overlays.last(), Some(Overlay::Dialog(_)))
    }

    /// Back to the list, from wherever.
    pub async fn back_to_list(&mut self) {
        for _ in 0..8 {
            if self.state.screen == Screen::Queue && self.state.overlays.is_empty() {
                return;
            }
            self.press(&["Esc"]).await;
        }
        panic!("Esc does not lead to the list:\n{}", self.frame);
    }

    /// Opens the row that the last frame showed as selected, or says that the hand was too early.
    pub async fn open(&mut self, down: usize) {
        self.back_to_list().await;
        for _ in 0..down {
            self.press(&["Down"]).await;
        }
        loop {
            let row = self
                .frame
                .lines()
                .find(|l| l.starts_with('>'))
                .map(str::to_owned);
            let meant = row.and_then(|r| {
                let digits: String = r
                    .split_once('#')?
                    .1
                    .chars()
                    .take_while(char::is_ascii_digit)
                    .collect();
                self.numbers.get(&digits.parse::<u64>().ok()?).copied()
            });
            self.press(&["Enter"]).await;
            if self.state.screen == Screen::Ticket {
                let opened = self.state.ticket.as_ref().map(|t| t.id);
                if meant.is_some() && opened != meant {
                    self.figures.wrong += 1;
                }
                return self.ready().await;
            }
            self.figures.misses += 1;
            self.breathe(Duration::from_millis(100)).await;
        }
    }

    pub async fn ready(&mut self) {
        let there = |s: &Self| {
            let t = s.state.ticket.as_ref();
            t.is_some_and(|t| t.conversation.is_some() || t.not_here)
        };
        self.until("the conversation", there).await;
    }

    /// The coach's line, a word of the agent's own, and off it goes.
    pub async fn reply(&mut self, own: &str) {
        self.press(&["F5"]).await;
        let blank = self
            .state
            .ticket
            .as_ref()
            .is_some_and(|t| t.reply.is_blank());
        self.write(if blank { OWN } else { own }).await;
        let warned = self
            .state
            .ticket
            .as_ref()
            .and_then(checking::loud)
            .is_some();
        self.figures.warnings += usize::from(warned);
        let before = self.figures.replies;
        self.press(&["Ctrl-S"]).await;
        let mut blocked = 0;
        for _ in 0..4 {
            if self.figures.replies > before {
                return;
            }
            if self.asked() {
                self.figures.questions += 1;
                self.press(&["Down", "Enter"]).await;
                continue;
            }
            // A slot nobody could fill or a rule that blocks: own words instead.
            self.figures.blocked += 1;
            while !self.state.ticket.as_ref().unwrap().reply.is_blank() {
                self.press(&["Ctrl-Z"]).await;
            }
            // After midnight tomorrow's time may come after what is promised already: then a question, without a time.
            self.write(if blocked == 0 { OWN } else { ASK }).await;
            blocked += 1;
            self.press(&["Ctrl-S"]).await;
        }
        assert!(
            self.figures.replies > before,
            "nothing was sent:\n{}",
            self.frame
        );
    }

    /// A call from the first word to the closed ticket.
    pub async fn call(&mut self, n: usize) {
        self.press(&["F2"]).await;
        self.write(&format!("第{n}个来电，宽带又断了，师傅说来没来"))
            .await;
        self.press(&["Tab"]).await;
        self.write(&format!("1990000{:04}", 3000 + n)).await;
        self.press(&["Ctrl-S"]).await;
        self.ready().await;
        self.press(&["F7", "F7", "Ctrl-W", "Enter", "Enter"]).await;
        if self.state.call.is_some() {
            self.press(&["Ctrl-E"]).await;
        }
    }

    pub fn leave(&mut self) {
        self.end.take().unwrap().shutdown();
    }
}
