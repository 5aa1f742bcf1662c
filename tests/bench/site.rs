//! The measured site: a generated log, its server, a desk with a filled replica.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use balm::domain::command::{Command as Asked, CommandBody};
use balm::domain::ids::{CommandId, CustomerId, TicketId};
use balm::domain::time::Ms;
use balm::domain::vocabulary::Channel;
use balm::text::RawText;

use crate::load::{Load, Wire};

/// The account of the measured desk.
pub const LOGIN: &str = "desk";
/// What only a finished first screen shows: the place of the selected row among all of them.
pub const READY: &str = "] 1/";

pub struct Site {
    pub program: PathBuf,
    pub root: PathBuf,
    pub data: PathBuf,
    pub desk: PathBuf,
    pub token: PathBuf,
    pub url: String,
    server: RefCell<Option<Child>>,
    wire: Wire,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(default)
}

/// Tickets, open ones, messages.
pub fn sizes() -> (u64, u64, u64) {
    (
        number("BALM_BENCH_TICKETS", 100_000),
        number("BALM_BENCH_OPEN", 10_000),
        number("BALM_BENCH_MESSAGES", 1_000_000),
    )
}

fn run(program: &Path, args: &[&str]) {
    let status = Command::new(program)
        .args(args)
        .status()
        .expect("the program runs");
    assert!(status.success(), "{args:?} ended with {status}");
}

impl Site {
    pub fn prepare() -> Self {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_balm"));
        let (tickets, open, messages) = sizes();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("target/bench-data")
            .join(format!("{tickets}-{open}-{messages}"));
        let (data, desk, token) = (root.join("data"), root.join("desk"), root.join("token"));
        let path = |p: &Path| p.to_string_lossy().into_owned();
        if !token.exists() {
            let _ = std::fs::remove_dir_all(&root);
            std::fs::create_dir_all(&root).expect("a folder for the data");
            let numbers = [tickets.to_string(), open.to_string(), messages.to_string()];
            let [tickets, open, messages] = &numbers;
            run(
                &program,
                &[
                    "generate",
                    "--tickets",
                    tickets,
                    "--open",
                    open,
                    "--messages",
                    messages,
                    "--data",
                    &path(&data),
                ],
            );
            run(
                &program,
                &[
                    "token",
                    "new",
                    LOGIN,
                    "--out",
                    &path(&token),
                    "--data",
                    &path(&data),
                ],
            );
        }
        let secret = std::fs::read_to_string(&token)
            .expect("the token")
            .trim()
            .to_owned();
        let mut site = Self {
            program,
            root,
            data,
            desk,
            token,
            url: String::new(),
            server: RefCell::new(None),
            wire: Wire::new(String::new(), secret),
        };
        site.url = site.start_server();
        site.wire.url.clone_from(&site.url);
        if !site.desk.exists() {
            site.headless(&site.desk, "{\"do\":\"wait_synced\",\"seconds\":300}\n");
        }
        site
    }

    /// Starts the server on the same port each time.
    pub fn start_server(&self) -> String {
        let mut child = Command::new(&self.program)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:47878",
                "--lang",
                "en",
                "--data",
            ])
            .arg(&self.data)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its words")).lines();
        let said = lines.next().and_then(Result::ok).unwrap_or_default();
        assert!(said.contains("127.0.0.1:47878"), "the server said {said:?}");
        std::thread::spawn(move || lines.for_each(drop));
        *self.server.borrow_mut() = Some(child);
        "http://127.0.0.1:47878".to_owned()
    }

    pub fn stop_server(&self) {
        if let Some(mut child) = self.server.borrow_mut().take() {
            let _ = Command::new("kill")
                .arg("-TERM")
                .arg(child.id().to_string())
                .status();
            let _ = child.wait();
        }
    }

    /// Runs a desk without a screen through a script.
    pub fn headless(&self, dir: &Path, script: &str) {
        let file = self.root.join("script.jsonl");
        std::fs::write(&file, script).expect("the script");
        let mut command = Command::new(&self.program);
        command.arg("headless").arg("--data").arg(dir).args([
            "--server",
            &self.url,
            "--token-file",
        ]);
        command
            .arg(&self.token)
            .arg("--script")
            .arg(&file)
            .stdout(Stdio::null());
        let status = command.status().expect("the headless desk runs");
        assert!(status.success(), "the headless desk ended with {status}");
    }

    pub fn get(&self, path: &str) -> serde_json::Value {
        self.wire.get(path)
    }

    pub fn percent(&self, text: &str) -> String {
        text.bytes().map(|b| format!("%{b:02X}")).collect()
    }

    /// A process that posts `rate` commands a second, some of them on the rows that stand on top.
    pub fn load(&self, rate: u32, on: &[TicketId]) -> Load {
        let mut top: Vec<TicketId> = on.to_vec();
        if top.is_empty() {
            top = (0..40)
                .map(|n| self.open_urgent(&format!("压力测试来电{n}")))
                .collect();
        }
        Load::start(&self.url, &self.token, rate, &top)
    }

    /// Opens a ticket that stands on top of every queue (somebody may come to harm) with these words.
    pub fn open_urgent(&self, words: &str) -> TicketId {
        let ticket = TicketId(uuid::Uuid::now_v7());
        let customer = CustomerId(uuid::Uuid::now_v7());
        let queue = balm::demo::queue_id("hotline");
        let new_customer = Some(balm::domain::command::NewCustomer {
            name: RawText::new(words.to_owned()),
            identities: Vec::new(),
            tier: balm::domain::vocabulary::Tier::C,
            vulnerable: false,
            origin: None,
        });
        let open = CommandBody::OpenTicket {
            ticket,
            customer,
            new_customer,
            queue,
            channel: Channel::Chat,
            text: RawText::new(words.to_owned()),
            attachments: Vec::new(),
            item: None,
            live: false,
            origin: None,
        };
        let tag = CommandBody::Tag {
            ticket,
            add: vec!["safety".to_owned()],
            remove: Vec::new(),
        };
        // Each is older than the one before, so that it stands on top of all earlier ones of this day.
        let mut open = asked(open);
        let day = 86_400_000;
        open.at = Ms(open.at.0 - 27 * day - 2 * (open.at.0 % day));
        self.wire.post(vec![open, asked(tag)]);
        ticket
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop_server();
    }
}

/// A command made now.
pub fn asked(body: CommandBody) -> Asked {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let at = Ms(i64::try_from(now.as_millis()).unwrap_or(0));
    Asked {
        id: CommandId(uuid::Uuid::now_v7()),
        at,
        base: Vec::new(),
        after: None,
        body,
    }
}

/// What the console itself counted per frame.
pub fn frames(log: &Path) {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let field = |line: &str, name: &str| -> Option<f64> {
        line.split_whitespace()
            .find_map(|w| w.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
    };
    let all = |name: &str| -> Vec<f64> { text.lines().filter_map(|l| field(l, name)).collect() };
    let (bytes, writes, rows, us) = (all("bytes"), all("writes"), all("rows"), all("us"));
    if bytes.is_empty() {
        println!("  no frames were counted");
        return;
    }
    let max = |v: &[f64]| v.iter().copied().fold(0.0, f64::max);
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    println!(
        "frames: {}; bytes mean {:.0}, most {:.0}; writes a frame most {:.0}; rows formatted most {:.0}; update and render mean {:.0} us, most {:.0}",
        bytes.len(),
        mean(&bytes),
        max(&bytes),
        max(&writes),
        max(&rows),
        mean(&us),
        max(&us)
    );
}
