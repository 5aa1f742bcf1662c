//! The second process: trainees without a screen, each with a simulated customer on the line, over HTTP like any desk.
//!
//! It is told over standard input: the trainer's token, then `go` (sit down and take callers), `fresh` (count from here), `rest` (end all contacts and leave).
//! Each is answered by one line. A seat reads its whole feed and waits for its seat's news as a desk does; the bytes of the feeds
//! are only counted, because in a class other machines read them. The trainer's is read in full: it times the customers' answers. The
//! trainer's list of all seats is followed, too.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command as Process, Stdio};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use balm::api::training::{Ask, SeatView, Told};
use balm::api::wire::Change;
use balm::client::{Client, News};
use balm::domain::event::{Event, TicketEvent};
use balm::domain::ids::TicketId;
use balm::domain::policy::Policy;
use balm::domain::taxonomy::Taxonomy;
use balm::sim::Scenario;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::machine;
use crate::trainee::{LEVEL, Trainee, work};

/// The running second process.
pub struct Callers {
    child: Child,
    stdin: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Callers {
    /// Starts it with the trainer's token and the codes of its seats.
    pub fn start(url: &str, trainer: &str, codes: &[String]) -> Self {
        let me = std::env::current_exe().expect("this program");
        let mut child = Process::new(me)
            .args(["--callers", url])
            .args(codes)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the trainees start");
        let stdin = child.stdin.take().expect("its ear");
        let said = BufReader::new(child.stdout.take().expect("its words"));
        let mut all = Self { child, stdin, said };
        assert_eq!(all.tell(trainer), "seated");
        all
    }

    /// Tells it something; what it answers.
    pub fn tell(&mut self, what: &str) -> String {
        writeln!(self.stdin, "{what}").expect("it listens");
        self.answer()
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("it answers");
        assert!(!line.is_empty(), "the trainees' process ended");
        line.trim().to_owned()
    }
}

impl Drop for Callers {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What all of them count.
#[derive(Default)]
pub struct Count {
    /// Lines that the customer has not answered yet.
    pub open: Mutex<HashMap<TicketId, Instant>>,
    took_ms: Mutex<Vec<f64>>,
    pub alive: AtomicU64,
    least: AtomicU64,
    pub lines: AtomicU64,
    answers: AtomicU64,
    over: AtomicU64,
    pub refused: AtomicU64,
    bytes: AtomicU64,
    lists: AtomicU64,
    list_ms: AtomicU64,
}

impl Count {
    fn fresh(&self) {
        self.took_ms.lock().expect("counted").clear();
        for n in [
            &self.lines,
            &self.answers,
            &self.over,
            &self.refused,
            &self.bytes,
            &self.lists,
            &self.list_ms,
        ] {
            n.store(0, Relaxed);
        }
        self.least.store(self.alive.load(Relaxed), Relaxed);
    }

    pub fn leaves(&self) {
        let left = self.alive.fetch_sub(1, Relaxed).saturating_sub(1);
        self.least.fetch_min(left, Relaxed);
        self.over.fetch_add(1, Relaxed);
    }

    fn told(&self, span: f64, cpu: f64) -> String {
        let mut took = self.took_ms.lock().expect("counted").clone();
        took.sort_by(f64::total_cmp);
        let at = |q: f64| {
            let place = (took.len().saturating_sub(1) as f64 * q).round() as usize;
            took.get(place).copied().unwrap_or(f64::NAN)
        };
        let a_second = |n: &AtomicU64| n.load(Relaxed) as f64 / span;
        format!(
            "callers {} (least {}), {:.1} lines/s said, {:.1} lines/s of customers; answer median {:.0} ms, p95 {:.0}, max {:.0} (n {}); \
             contacts over {}, refused {}; feeds {:.0} KiB/s; trainer's list {:.1}/s, slowest {} ms; trainees' process {:.0} % CPU",
            self.alive.load(Relaxed),
            self.least.load(Relaxed),
            a_second(&self.lines),
            a_second(&self.answers),
            at(0.5),
            at(0.95),
            at(1.0),
            took.len(),
            self.over.load(Relaxed),
            self.refused.load(Relaxed),
            a_second(&self.bytes) / 1024.0,
            a_second(&self.lists),
            self.list_ms.load(Relaxed),
            cpu / span * 100.0
        )
    }
}

/// What they all know: the customers' scripts.
pub struct Book {
    url: String,
    pub scenarios: Vec<Scenario>,
    pub policy: Policy,
    http: reqwest::Client,
    pub count: Count,
}

/// The second process itself: `--callers URL CODE..`, until its standard input closes.
pub fn run() {
    // They stand for people at other machines, who take no processor's turn from the measured desk.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
    let args: Vec<String> = std::env::args()
        .skip_while(|a| a != "--callers")
        .skip(1)
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let door = Client::new(&args[0], "").expect("an address");
    let all = Scenario::shipped(&Taxonomy::shipped().expect("items")).expect("scenarios");
    let book = Arc::new(Book {
        url: args[0].clone(),
        scenarios: all
            .into_iter()
            .filter(|s| s.levels.contains(&LEVEL))
            .collect(),
        policy: Policy::shipped().expect("a policy"),
        http: reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client"),
        count: Count::default(),
    });
    let trainees: Vec<Arc<Trainee>> = runtime.block_on(async {
        let mut all = Vec::new();
        for (number, code) in args[1..].iter().enumerate() {
            let joined = door.join(code).await.expect("the code lets in");
            let client = Client::new(&args[0], &joined.token).expect("a client");
            let token = joined.token;
            all.push(Arc::new(Trainee {
                client,
                token,
                number,
            }));
        }
        all
    });
    let mut heard = std::io::stdin().lock().lines().map_while(Result::ok);
    let token = heard.next().expect("the trainer's token");
    let trainer = Arc::new(Client::new(&args[0], &token).expect("a client"));
    drop(heard);
    println!("seated");
    let (orders, mut told) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if orders.send(line).is_err() {
                return;
            }
        }
    });
    runtime.block_on(async {
        let me = std::process::id();
        let (mut shift, mut since, mut cpu) = (None, Instant::now(), 0.0);
        while let Some(order) = told.recv().await {
            match order.as_str() {
                "go" => {
                    shift = Some(Shift::begin(&book, &trainees, &trainer).await);
                    println!("{} callers", book.count.alive.load(Relaxed));
                }
                "fresh" => {
                    book.count.fresh();
                    (since, cpu) = (Instant::now(), machine::cpu(me));
                    println!("counting");
                }
                _ => {
                    let span = since.elapsed().as_secs_f64();
                    let said = book.count.told(span, machine::cpu(me) - cpu);
                    if let Some(shift) = shift.take() {
                        shift.end().await;
                    }
                    println!("{said}");
                }
            }
        }
    });
}

/// Everybody at work.
struct Shift {
    stop: CancellationToken,
    working: JoinSet<()>,
    lines: JoinSet<()>,
}

impl Shift {
    /// Everybody sits down; returns when all have a caller.
    async fn begin(book: &Arc<Book>, trainees: &[Arc<Trainee>], trainer: &Arc<Client>) -> Self {
        let stop = CancellationToken::new();
        let (mut working, mut lines) = (JoinSet::new(), JoinSet::new());
        let cursor = trainer.snapshot(None, 1).await.expect("a cursor");
        let cursor = cursor.cursor;
        lines.spawn(observe(
            Arc::clone(book),
            Arc::clone(trainer),
            cursor.clone(),
        ));
        lines.spawn(lead(Arc::clone(book), Arc::clone(trainer)));
        for trainee in trainees {
            let (view, seen) = watch::channel(SeatView::default());
            lines.spawn(follow(Arc::clone(trainee), view));
            lines.spawn(drain(Arc::clone(book), Arc::clone(trainee), cursor.clone()));
            let (book, trainee, stop) = (Arc::clone(book), Arc::clone(trainee), stop.clone());
            working.spawn(async move { work(&book, &trainee, seen, &stop).await });
        }
        let wanted = trainees.len() as u64;
        let end = Instant::now() + Duration::from_secs(60);
        while book.count.alive.load(Relaxed) < wanted && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Self {
            stop,
            working,
            lines,
        }
    }

    async fn end(mut self) {
        self.stop.cancel();
        while self.working.join_next().await.is_some() {}
        self.lines.shutdown().await;
    }
}

/// The list of all seats, as the trainer's desk waits for it.
async fn lead(book: Arc<Book>, trainer: Arc<Client>) {
    let mut after = 0;
    loop {
        let asked = Instant::now();
        match trainer.training(&Ask::Class { after }).await {
            Ok(Told::Class(class)) => {
                after = class.rev;
                book.count.lists.fetch_add(1, Relaxed);
                let took = u64::try_from(asked.elapsed().as_millis()).unwrap_or(0);
                book.count.list_ms.fetch_max(took, Relaxed);
            }
            _ => tokio::time::sleep(Duration::from_millis(700)).await,
        }
    }
}

/// The seat's news, as a desk waits for them.
async fn follow(trainee: Arc<Trainee>, view: watch::Sender<SeatView>) {
    let mut after = 0;
    loop {
        match trainee.client.training(&Ask::Seat { after }).await {
            Ok(Told::Seat(seat)) => {
                after = seat.rev;
                view.send_replace(*seat);
            }
            _ => tokio::time::sleep(Duration::from_millis(700)).await,
        }
    }
}

/// A desk's feed, read and thrown away.
async fn drain(book: Arc<Book>, trainee: Arc<Trainee>, cursor: String) {
    let url = format!("{}{}", book.url, balm::api::path::STREAM);
    let request = book
        .http
        .get(url)
        .bearer_auth(&trainee.token)
        .header("Accept", "text/event-stream")
        .header("Last-Event-ID", cursor);
    let mut response = request.send().await.expect("a feed");
    assert!(response.status().is_success(), "{}", response.status());
    while let Ok(Some(bytes)) = response.chunk().await {
        book.count.bytes.fetch_add(bytes.len() as u64, Relaxed);
    }
}

/// The trainer's feed, which tells of everybody's customers: when did the customers answer?
async fn observe(book: Arc<Book>, trainer: Arc<Client>, cursor: String) {
    let mut live = trainer.live(&cursor).await.expect("a feed");
    while let Ok(news) = live.next().await {
        let News::Change(item) = news else { continue };
        if let Change::Event { event } = &item.change {
            heard(&book.count, event);
        }
    }
}

fn heard(count: &Count, event: &Event) {
    if let Some(TicketEvent::CustomerMessage { .. }) = event.body.ticket() {
        count.answers.fetch_add(1, Relaxed);
        let ticket = TicketId(event.stream.id);
        if let Some(said) = count.open.lock().expect("counted").remove(&ticket) {
            let took = said.elapsed().as_secs_f64() * 1e3;
            count.took_ms.lock().expect("counted").push(took);
        }
    }
}

/// Takes the codes out of the join lines: the address and one code for each seat.
pub fn codes(lines: &[String]) -> (String, Vec<String>) {
    let words = |line: &String| {
        let mut words = line.split_whitespace().rev();
        let code = words.next().expect("a code").to_owned();
        (words.next().expect("an address").to_owned(), code)
    };
    let all: Vec<(String, String)> = lines.iter().map(words).collect();
    let url = all.first().expect("a seat").0.clone();
    (url, all.into_iter().map(|(_, code)| code).collect())
}

/// The trainer's way in, which lies in the class's folder.
pub fn trainer(home: &Path) -> Option<String> {
    let rooms = std::fs::read_dir(home.join("rooms")).ok()?;
    let mut ways = rooms.flatten().map(|r| r.path().join("as/trainer"));
    ways.find_map(|w| balm::server::local::read_token(&w).ok().flatten())
}
