//! Training and live work on one machine never meet: no request, no file, no token goes across.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use balm::api::training::Ask;
use balm::client::{Client, ClientError};

use super::Place;
use crate::support::pty::Session;

const SOON: Duration = Duration::from_secs(90);

/// A door before the live server that counts who knocks.
struct Door {
    url: String,
    knocks: Arc<AtomicUsize>,
}

impl Door {
    fn before(server: &str) -> Self {
        let behind = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let knocks = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&knocks);
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                if let Ok(far) = TcpStream::connect(&behind) {
                    pass(near.try_clone().unwrap(), far.try_clone().unwrap());
                    pass(far, near);
                }
            }
        });
        Self { url, knocks }
    }

    fn knocks(&self) -> usize {
        self.knocks.load(Ordering::SeqCst)
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut bytes = [0; 8192];
        while let Ok(n @ 1..) = from.read(&mut bytes) {
            if to.write_all(&bytes[..n]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
}

/// Every file below a folder with its bytes.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                out.insert(path, bytes);
            }
        }
    }
    out
}

/// The files that a process holds open.
fn held(pid: u32) -> Vec<PathBuf> {
    let links = std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter();
    let links = links.flatten().flatten();
    links.filter_map(|l| std::fs::read_link(l.path()).ok()).collect()
}

/// Waits for words, and sees that the mark of training stands on the screen and nothing live is held open.
fn sees(session: &mut Session, words: &str, live: &Path) {
    session.wait_for(words, SOON).unwrap();
    let text = session.text();
    assert!(text.contains("TRAINING"), "no mark:\n{text}");
    let held = held(session.pid());
    assert!(held.len() > 3, "the process can be looked at: {held:?}");
    assert!(held.iter().all(|f| !f.starts_with(live)), "{held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn training_beside_a_live_server_touches_nothing_of_it() {
    let place = Place::new();
    let live = place.path("home/.local/share/balm");
    let data = live.display().to_string();
    std::fs::create_dir_all(live.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&live, place.path("data")).unwrap();
    let on = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(["--data", data.as_str()]);
        place.run(&all).good()
    };
    on(&["user", "add", "li", "--role", "agent"]);
    let token = place.path("home/li.token").display().to_string();
    on(&["token", "new", "li", "--out", &token]);
    let server = place.serve();
    let door = Door::before(&server.url);
    // What a live desk on this machine is configured with.
    let config = format!("server = \"{}\"\ntoken_file = \"{token}\"\n", door.url);
    std::fs::write(place.config("config.toml"), config).unwrap();
    let mut desk = place.console(&["--lang", "en"], (100, 30));
    desk.wait_for("online", SOON).unwrap();
    desk.send("\x11");
    desk.wait_exit(SOON).unwrap();
    let knocks = door.knocks();
    assert!(knocks > 0, "a live desk goes through the counted door");
    let before = files(&live);
    assert!(before.len() > 3, "{:?}", before.keys());

    let mut session = place.console(&["train", "--name", "Zhou", "--lang", "en"], (120, 40));
    sees(&mut session, "SIM-01", &live);
    session.send("\r");
    sees(&mut session, "#1 ", &live);
    session.send("\r");
    sees(&mut session, "Reply", &live);
    session.send("\r\x1b[15~");
    session.settle(Duration::from_millis(800), Duration::from_secs(10));
    session.send("\x1b[18~");
    sees(&mut session, "said on the phone", &live);

    let home = place.path("home/.local/share/balm-training");
    let kept = files(&home);
    let tokens: Vec<String> = kept
        .iter()
        .filter(|(path, _)| path.ends_with("local.token"))
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap().trim().to_owned())
        .collect();
    assert!(tokens.len() >= 3, "{:?}", kept.keys());
    let live_token = std::fs::read_to_string(&token).unwrap().trim().to_owned();
    let holds = |bytes: &[u8]| bytes.windows(live_token.len()).any(|w| w == live_token.as_bytes());
    for (path, bytes) in &kept {
        assert!(!holds(bytes), "a live token in {}", path.display());
    }
    let rooms = std::fs::read_dir(home.join("rooms")).unwrap().flatten();
    let room = rooms.map(|r| r.path()).next().unwrap();
    let lock = std::fs::read_to_string(room.join("server.lock")).unwrap();
    let url = format!("http://{}", lock.lines().nth(1).unwrap());
    for token in &tokens {
        let stranger = Client::new(&server.url, token).unwrap();
        assert_eq!(stranger.me().await.unwrap_err(), ClientError::Auth);
    }
    let stranger = Client::new(&url, &live_token).unwrap();
    assert_eq!(stranger.me().await.unwrap_err(), ClientError::Auth);
    let agent = Client::new(&server.url, &live_token).unwrap();
    let ask = Ask::Seat { after: 0 };
    let refused = agent.training(&ask).await.unwrap_err();
    assert!(matches!(refused, ClientError::Permanent(_)), "{refused:?}");
    let own = Client::new(&url, &tokens[0]).unwrap();
    assert!(own.training(&ask).await.is_ok(), "there the path is served");

    session.send("\x11");
    session.settle(Duration::from_millis(500), Duration::from_secs(5));
    session.send("\r");
    session.wait_exit(SOON).unwrap();
    assert_eq!(door.knocks(), knocks, "training went through the live door");
    let changed: Vec<_> = files(&live)
        .into_iter()
        .filter(|(path, bytes)| before.get(path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
    assert_eq!(std::fs::read_dir(home.join("rooms")).unwrap().count(), 0);
    drop(server);
}

#[test]
fn a_training_never_begins_in_a_live_folder() {
    let place = Place::new();
    let live = place.path("home/.local/share/balm").display().to_string();
    let inside = format!("{live}/training");
    let above = place.path("home").display().to_string();
    for (lang, word) in [("en", "live work"), ("zh-CN", "真实工作")] {
        for home in [&live, &inside, &above] {
            let args = [
                "train", "class", "--no-screen", "--home", home, "--lang", lang,
            ];
            place.run(&args).clear(lang, &[word, home]);
        }
    }
    assert!(!Path::new(&live).exists());
}
