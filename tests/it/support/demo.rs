//! The living demo behind `balm serve`, as a program of its own, on a port nobody else has.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program under test.
pub const BALM: &str = env!("CARGO_BIN_EXE_balm");
/// Longer than any machine needs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running server over a new demo.
pub struct Demo {
    child: Child,
    pub folder: tempfile::TempDir,
    pub url: String,
}

impl Demo {
    pub fn start(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = free.local_addr().unwrap().to_string();
        drop(free);
        let seed = seed.to_string();
        let data = folder.path().join("site");
        let child = Command::new(BALM)
            .args(["serve", "--demo", &seed, "--listen", &addr, "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let demo = Self {
            child,
            folder,
            url: format!("http://{addr}"),
        };
        let end = Instant::now() + PATIENCE;
        // The last account of the demo has its token when all of them have.
        while !demo.token("wujing").exists() {
            assert!(Instant::now() < end, "the demo's server did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        demo
    }

    /// The token file of an account.
    pub fn token(&self, login: &str) -> PathBuf {
        let site = self.folder.path().join("site");
        site.join("as").join(login).join("local.token")
    }

    /// What starts a console of this account over a data folder of its own.
    pub fn args(&self, login: &str) -> Vec<String> {
        let data = self.folder.path().join(format!("desk-{login}"));
        let text = |p: &Path| p.to_string_lossy().into_owned();
        vec![
            "--data".into(),
            text(&data),
            "--server".into(),
            self.url.clone(),
            "--token-file".into(),
            text(&self.token(login)),
            "--lang".into(),
            "zh-CN".into(),
        ]
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
