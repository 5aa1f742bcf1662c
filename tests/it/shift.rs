//! A shift of a hundred contacts at 80×24: the real state machine, store, engine and server, while the queue reorders
//! under the hand. Then somebody else sits down at the same seat.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use balm::api::desk::{DeskAnswer, DeskRequest};
use balm::api::wire::CommandBatch;
use balm::app::event::Timer;
use balm::app::notice::Severity;
use balm::app::state::{Overlay, Screen, Settings};
use balm::app::{Effect, Env, Event, Input, Key, Keymap, State, update, writing};
use balm::client::Client;
use balm::coach::Coach;
use balm::domain::command::{Command, CommandBody};
use balm::domain::ids::{CommandId, TicketId};
use balm::domain::policy::Policy;
use balm::domain::vocabulary::Priority;
use balm::sync::{DeskConfig, DeskEnd};
use balm::task;
use balm::text::{Locale, locale::Tongue};
use balm::view::{Look, Theme, render};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::mpsc::Receiver;

use crate::support::demo::{Demo, PATIENCE};

/// Where the coach has no line, the agent has words.
const OWN: &str = "让您为这事跑来跑去，换我也上火。我明天上午十点前查清楚，给您回电话。";

/// What a hand does to a console, counted.
#[derive(Default, Debug)]
struct Figures {
    contacts: usize,
    keys: usize,
    typed: usize,
    replies: usize,
    spoken: usize,
    warnings: usize,
    questions: usize,
    blocked: usize,
    wrong: usize,
    misses: usize,
}

/// A seat whose screen is read as a person reads it: from the last frame.
struct Seat {
    state: State,
    policy: Policy,
    coach: Coach,
    theme: Theme,
    locale: Locale,
    end: Option<DeskEnd>,
    answers: Receiver<DeskAnswer>,
    timers: Vec<(Timer, i64)>,
    numbers: BTreeMap<u64, TicketId>,
    frame: String,
    told: Vec<String>,
    figures: Figures,
}

impl Seat {
    fn sit(demo: &Demo, login: &str, dir: &Path) -> Self {
        let config = DeskConfig {
            dir: dir.to_owned(),
            server: demo.url.clone(),
            token_file: demo.token(login),
            policy: Arc::new(Policy::shipped().unwrap()),
            lint: None,
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
    fn number(&self) -> Option<u64> {
        let header = self.frame.lines().nth(1)?;
        let digits: String = header
            .split_once('#')?
            .1
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    }

    fn event(&mut self, event: Event) {
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
    fn check(&mut self, request: &DeskRequest) {
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

    fn paint(&mut self) {
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
    }

    /// Lets the world go on for a moment, then paints.
    async fn breathe(&mut self, moment: Duration) {
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

    async fn until(&mut self, what: &str, mut done: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done(self) {
            assert!(Instant::now() < end, "waited for {what}:\n{}", self.frame);
            self.breathe(Duration::from_millis(3)).await;
        }
    }

    /// Keys one after the other; between the frame the agent saw and the key, the world has moved on.
    async fn press(&mut self, keys: &[&str]) {
        for key in keys {
            while let Ok(answer) = self.answers.try_recv() {
                self.event(Event::Desk(answer));
            }
            self.figures.keys += 1;
            self.event(Event::Input(Input::Key(key.parse::<Key>().unwrap())));
            self.breathe(Duration::from_millis(2)).await;
        }
    }

    async fn write(&mut self, words: &str) {
        for c in words.chars() {
            self.figures.typed += 1;
            self.event(Event::Input(Input::Key(Key::char(c))));
        }
        self.breathe(Duration::from_millis(2)).await;
    }

    fn asked(&self) -> bool {
        matches!(self.state.overlays.last(), Some(Overlay::Dialog(_)))
    }

    /// Back to the list, from wherever.
    async fn to_list(&mut self) {
        for _ in 0..8 {
            if self.state.screen == Screen::Queue && self.state.overlays.is_empty() {
                return;
            }
            self.press(&["Esc"]).await;
        }
        panic!("Esc does not lead to the list:\n{}", self.frame);
    }

    /// Opens the row that the last frame showed as selected, or says that the hand was too early.
    async fn open(&mut self, down: usize) {
        self.to_list().await;
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

    async fn ready(&mut self) {
        let there = |s: &Self| {
            let t = s.state.ticket.as_ref();
            t.is_some_and(|t| t.conversation.is_some() || t.not_here)
        };
        self.until("the conversation", there).await;
    }

    /// The coach's line, a word of the agent's own, and off it goes.
    async fn reply(&mut self, own: &str) {
        self.press(&["F5"]).await;
        let blank = self
            .state
            .ticket
            .as_ref()
            .is_some_and(|t| t.reply.is_blank());
        self.write(if blank { OWN } else { own }).await;
        let warned = self.state.ticket.as_ref().and_then(writing::loud).is_some();
        self.figures.warnings += usize::from(warned);
        let before = self.figures.replies;
        self.press(&["Ctrl-S"]).await;
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
            self.write(OWN).await;
            self.press(&["Ctrl-S"]).await;
        }
        assert!(
            self.figures.replies > before,
            "nothing was sent:\n{}",
            self.frame
        );
    }

    /// A call from the first word to the closed ticket.
    async fn call(&mut self, n: usize) {
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

    fn leave(&mut self) {
        self.end.take().unwrap().shutdown();
    }
}

/// A lead who keeps changing what is urgent: the list moves under the hand the whole time.
fn stir(demo: &Demo, tickets: Vec<TicketId>) -> tokio::task::JoinHandle<usize> {
    let token = std::fs::read_to_string(demo.token("zhoumin")).unwrap();
    let client = Client::new(&demo.url, token.trim()).unwrap();
    tokio::spawn(async move {
        let mut changes = 0;
        loop {
            let ticket = tickets[changes * 7 % tickets.len()];
            let priority = Priority::ALL[changes % Priority::ALL.len()];
            let command = Command {
                id: CommandId(task::new_id()),
                at: task::now_ms(),
                base: Vec::new(),
                after: None,
                body: CommandBody::SetPriority { ticket, priority },
            };
            let commands = vec![command];
            let _ = client.commands(&CommandBatch { commands }).await;
            changes += 1;
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_of_a_hundred_contacts_and_a_change_of_user() {
    let demo = Demo::start(21);
    let folder = demo.folder.path().join("seat");
    std::fs::create_dir_all(&folder).unwrap();
    let mut seat = Seat::sit(&demo, "chenyu", &folder);
    seat.until("the queue", |s| s.state.queue.rows.len() > 5)
        .await;
    let tickets = seat.numbers.values().copied().collect();
    let stirring = stir(&demo, tickets);
    let mut orders = Vec::new();
    for n in 0..100 {
        match n % 10 {
            0 | 5 => seat.call(n).await,
            kind => {
                if kind % 2 == 0 {
                    seat.press(&["F9"]).await;
                    seat.ready().await;
                } else {
                    seat.open(1 + n % 3).await;
                }
                seat.reply("您放心").await;
                if kind == 7 {
                    // It waits for the customer until the first time offered.
                    seat.press(&["Esc", "w", "Enter", "Enter"]).await;
                }
            }
        }
        seat.figures.contacts += 1;
        orders.push(
            seat.state
                .queue
                .rows
                .iter()
                .map(|r| r.ticket.id)
                .collect::<Vec<_>>(),
        );
    }
    stirring.abort();
    let moved = orders.windows(2).filter(|w| w[0] != w[1]).count();
    let f = &seat.figures;
    #[allow(clippy::cast_precision_loss, reason = "small counts")]
    let per = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "shift at 80x24: {} contacts, {} replies, {} spoken; {:.1} keys and {:.1} typed characters a contact; {:.2} warnings \
         and {:.2} questions a reply; {} blocked; {} Enter on a row that had just left; the list moved in {moved} of 99 \
         contacts; wrong-ticket sends {}",
        f.contacts,
        f.replies,
        f.spoken,
        per(f.keys, f.contacts),
        per(f.typed, f.contacts),
        per(f.warnings, f.replies),
        per(f.questions, f.replies),
        f.blocked,
        f.misses,
        f.wrong,
    );
    assert_eq!(
        f.wrong, 0,
        "words went to another ticket than the one on the screen"
    );
    assert_eq!((f.contacts, f.replies), (100, 80));
    assert!(moved > 50, "the list hardly moved: {moved}");
    seat.until("an empty outbox", |s| s.state.link.waiting == 0)
        .await;
    change_of_user(&demo, &folder, seat).await;
}

const SECRET: &str = "这句谁也别看见";

/// Every file below, with its bytes.
fn files(dir: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap_or_default();
            all.insert(path, bytes);
        }
    }
    all
}

async fn change_of_user(demo: &Demo, folder: &Path, mut seat: Seat) {
    seat.press(&["F9"]).await;
    seat.ready().await;
    let ticket = seat.state.ticket.as_ref().unwrap().id;
    seat.press(&["Enter"]).await;
    seat.write(SECRET).await;
    seat.to_list().await;
    seat.until("the draft on disk", |s| s.state.unsaved.is_empty())
        .await;
    seat.press(&["Ctrl-D"]).await;
    seat.until("the draft in the list", |s| {
        s.frame.replace(' ', "").contains(SECRET)
    })
    .await;
    seat.leave();
    let former = files(folder);
    let homes: Vec<_> = former
        .keys()
        .filter(|p| p.file_name().is_some_and(|n| n == "outbox.db"))
        .cloned()
        .collect();
    assert_eq!(homes.len(), 1, "{homes:?}");
    let home = homes[0].parent().unwrap().to_owned();

    let mut next = Seat::sit(demo, "liuyang", folder);
    let open_files = || -> Vec<String> {
        let fds = std::fs::read_dir("/proc/self/fd")
            .into_iter()
            .flatten()
            .flatten();
        let links = fds.filter_map(|e| std::fs::read_link(e.path()).ok());
        links
            .filter(|p| p.starts_with(&home))
            .map(|p| p.display().to_string())
            .collect()
    };
    next.until("the queue", |s| s.state.queue.rows.len() > 5)
        .await;
    let mut seen = vec![next.frame.clone()];
    for keys in [
        &["Ctrl-D"][..],
        &["Esc", "F9"],
        &["Ctrl-R"],
        &["Ctrl-K"],
        &["Esc", "Ctrl-N"],
        &["F2"],
    ] {
        next.press(keys).await;
        next.breathe(Duration::from_millis(60)).await;
        seen.push(next.frame.clone());
        assert_eq!(open_files(), Vec::<String>::new());
    }
    // The very ticket the former user wrote on, if this one may see it.
    if next.numbers.values().any(|id| *id == ticket) {
        next.event(Event::Desk(DeskAnswer::Flushed));
        next.press(&["Esc", "Esc"]).await;
    }
    for frame in &seen {
        let flat: String = frame.replace(' ', "");
        assert!(!flat.contains(SECRET), "{frame}");
        let status = frame.lines().next().unwrap().replace(' ', "");
        assert!(
            status.contains("刘洋") && !status.contains("陈雨"),
            "{status}"
        );
    }
    next.leave();
    let after = files(folder);
    for (path, bytes) in former.iter().filter(|(p, _)| p.starts_with(&home)) {
        assert_eq!(
            after.get(path),
            Some(bytes),
            "{} was touched",
            path.display()
        );
    }
}
