//! A line that can be cut: a TCP proxy that passes, cuts everything, swallows everything, or cuts once the client has
//! sent a request (`AfterRequest`: the server has it, the answer is lost).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use balm::task;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How the line behaves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Line {
    /// Passes bytes.
    Up,
    /// Refuses new connections and cuts the present ones.
    Cut,
    /// Accepts and swallows everything.
    BlackHole,
    /// Passes requests to the server, and cuts instead of passing the next answer to a command.
    EatAnswer,
}

/// The line.
#[derive(Clone)]
pub struct Chaos {
    pub url: String,
    mode: watch::Sender<Line>,
    delay_ms: Arc<AtomicU64>,
    pub eaten: Arc<AtomicU64>,
}

impl Chaos {
    pub async fn before(server: &str) -> Self {
        let target = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let chaos = Self {
            url,
            mode: watch::channel(Line::Up).0,
            delay_ms: Arc::new(AtomicU64::new(0)),
            eaten: Arc::new(AtomicU64::new(0)),
        };
        let own = chaos.clone();
        task::spawn("chaos", async move {
            loop {
                let Ok((client, _)) = listener.accept().await else {
                    break;
                };
                if *own.mode.borrow() != Line::Cut {
                    task::spawn("chaos line", own.clone().line(client, target.clone()));
                }
            }
        });
        chaos
    }

    pub fn set(&self, line: Line) {
        self.mode.send_replace(line);
    }

    /// Every piece of an answer takes that long.
    pub fn slow(&self, ms: u64) {
        self.delay_ms.store(ms, Ordering::SeqCst);
    }

    async fn line(self, mut client: TcpStream, target: String) {
        let Ok(mut server) = TcpStream::connect(&target).await else {
            return;
        };
        let mut mode = self.mode.subscribe();
        let (mut up, mut down) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
        let mut commands = false;
        loop {
            let now = *mode.borrow_and_update();
            if now == Line::Cut {
                return;
            }
            tokio::select! {
                _ = mode.changed() => {}
                n = client.read(&mut up) => match n {
                    Ok(0) | Err(_) => return,
                    Ok(n) => {
                        commands |= up[..n].starts_with(b"POST ");
                        if now != Line::BlackHole && server.write_all(&up[..n]).await.is_err() { return; }
                    }
                },
                n = server.read(&mut down) => match n {
                    Ok(0) | Err(_) => return,
                    Ok(n) => {
                        if now == Line::EatAnswer && commands {
                            self.eaten.fetch_add(1, Ordering::SeqCst);
                            return;
                        }
                        commands = false;
                        let delay = self.delay_ms.load(Ordering::SeqCst);
                        if delay > 0 { tokio::time::sleep(Duration::from_millis(delay)).await; }
                        if now != Line::BlackHole && client.write_all(&down[..n]).await.is_err() { return; }
                    }
                },
            }
        }
    }
}
