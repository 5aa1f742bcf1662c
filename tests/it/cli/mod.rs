//! The built program from outside: wrong inputs, import, export, accounts, copies, and the console in a terminal.

mod console;
mod crossing;
mod export;
mod import;
mod site;
mod train;
mod wrong;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::pty::Session;

pub const BALM: &str = env!("CARGO_BIN_EXE_balm");

/// A home and a data folder of their own.
pub struct Place {
    dir: tempfile::TempDir,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Done {
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: String,
}

impl Done {
    pub fn text(&self) -> String {
        String::from_utf8(self.out.clone()).unwrap()
    }

    pub fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    /// A wrong input: words in the language asked for, in two or three sentences, and never the program's insides.
    pub fn clear(&self, lang: &str, says: &[&str]) {
        let err = &self.err;
        assert!(self.code.is_some_and(|c| c != 0), "{self:?}");
        assert!(err.contains("balm: "), "{self:?}");
        assert!(err.lines().count() >= 2, "{err}");
        for inside in [
            "panicked",
            "os error",
            "Error {",
            "Some(",
            "Err(",
            "cli-",
            "RUST_BACKTRACE",
        ] {
            assert!(!err.contains(inside), "{inside}: {err}");
        }
        let han = err.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
        assert_eq!(han, lang == "zh-CN", "{err}");
        for word in says {
            assert!(err.contains(word), "no {word:?} in: {err}");
        }
    }
}

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("home/.config/balm")).unwrap();
        Self { dir }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn data(&self) -> String {
        self.path("data").display().to_string()
    }

    pub fn config(&self, name: &str) -> PathBuf {
        self.path("home/.config/balm").join(name)
    }

    pub fn env(&self) -> Vec<(&'static str, String)> {
        let home = |p: &str| self.path(p).display().to_string();
        vec![
            ("HOME", home("home")),
            ("XDG_CONFIG_HOME", home("home/.config")),
            ("XDG_DATA_HOME", home("home/.local/share")),
            ("LANG", "en_US.UTF-8".to_owned()),
            ("LC_ALL", String::new()),
            ("USER", "owner".to_owned()),
        ]
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BALM);
        command.args(args).envs(self.env()).env_remove("BALM_DATA");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Done {
        done(self.command(args).output().unwrap())
    }

    /// The same on this place's data folder.
    pub fn on(&self, args: &[&str]) -> Done {
        let data = self.data();
        let mut all = args.to_vec();
        all.extend(["--data", data.as_str()]);
        self.run(&all)
    }

    pub fn fed(&self, args: &[&str], input: &[u8]) -> Done {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        done(child.wait_with_output().unwrap())
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name).display().to_string()
    }

    pub fn serve(&self) -> Server {
        let data = self.data();
        let args = ["serve", "--data", data.as_str(), "--listen", "127.0.0.1:0"];
        let child = self
            .command(&args)
            .stderr(std::fs::File::create(self.path("serve.err")).unwrap())
            .spawn()
            .unwrap();
        let mut server = Server {
            child,
            url: String::new(),
        };
        let end = Instant::now() + Duration::from_secs(30);
        while server.url.is_empty() {
            assert!(Instant::now() < end, "the server does not start");
            std::thread::sleep(Duration::from_millis(20));
            let text = std::fs::read_to_string(self.path("data/server.lock")).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            if let [pid, addr, "."] = lines[..]
                && pid == server.child.id().to_string()
                && addr != "-"
                && self.path("data/admin/local.token").exists()
            {
                server.url = format!("http://{addr}");
            }
        }
        server
    }

    pub fn admin(&self, server: &Server) -> balm::client::Client {
        let token = std::fs::read_to_string(self.path("data/admin/local.token")).unwrap();
        balm::client::Client::new(&server.url, token.trim()).unwrap()
    }

    pub fn console(&self, args: &[&str], size: (u16, u16)) -> Session {
        let env = self.env();
        let env: Vec<(&str, &str)> = env.iter().map(|(n, v)| (*n, v.as_str())).collect();
        Session::spawn(Path::new(BALM), args, &env, size.0, size.1)
    }
}

fn done(output: std::process::Output) -> Done {
    Done {
        code: output.status.code(),
        out: output.stdout,
        err: String::from_utf8(output.stderr).expect("words"),
    }
}

/// `balm serve`, ended politely when dropped.
pub struct Server {
    pub child: Child,
    pub url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(pid) = rustix::process::Pid::from_raw(self.child.id().cast_signed()) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        let _ = self.child.wait();
    }
}

/// A file system of its own, in memory; none where that is not allowed.
pub struct Disk(PathBuf);

impl Disk {
    pub fn mount(at: &Path, options: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "none"])
            .arg(at)
            .output();
        if done.is_ok_and(|d| d.status.success()) {
            return Some(Self(at.to_owned()));
        }
        println!("skipped: no file system can be mounted here");
        None
    }

    pub fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        let done = Command::new("mount")
            .args(["-o", &options])
            .arg(&self.0)
            .status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// A ticket of an import file.
pub fn record(id: &str, turns: &[(&str, &str)]) -> String {
    let turns: Vec<_> = turns
        .iter()
        .map(|(who, text)| serde_json::json!({ "speaker": who, "text": text }))
        .collect();
    let at = "2015-02-16T23:36:00Z";
    let value = serde_json::json!({ "id": id, "source": "test", "opened_at": at, "turns": turns });
    format!("{value}\n")
}

/// The events of an export.
pub fn events(done: &Done) -> Vec<serde_json::Value> {
    done.out
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect()
}

/// How many events of this kind there are.
pub fn kinds(done: &Done, kind: &str) -> usize {
    events(done)
        .iter()
        .filter(|e| e["body"]["kind"] == kind)
        .count()
}
