//! A shared talk with a room full of followers, by the real program on
//! loopback: how soon everybody sees a step, what the server holds in memory,
//! who is left behind after the network was gone, and whether clients that send
//! a byte a second hold up the others.
//!
//! `cargo bench --bench share` prints the figures; they are never asserted.
//! `-- 200` takes so many followers instead of 1,000.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const FOLLOWERS: usize = 1_000;
const SLOW: usize = 50;
const STEPS: usize = 40;
const CUT: Duration = Duration::from_secs(5);

fn main() {
    // `cargo test --benches` asks for a list of tests; there are none here.
    if std::env::args().any(|arg| arg == "--list" || arg == "--test") {
        return;
    }
    let n = std::env::args().find_map(|arg| arg.parse().ok());
    let n = n.unwrap_or(FOLLOWERS);
    // Both ends of every line are this machine's; the program inherits the limit.
    if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
        let _ = setrlimit(Resource::RLIMIT_NOFILE, most.min(16_384), most);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(measure(n));
}

async fn measure(n: usize) {
    let folder = tempfile::tempdir().expect("a folder for the deck");
    let slides: Vec<String> = (1..=200)
        .map(|n| format!("## Slide {n}\n\nText\n"))
        .collect();
    let deck = folder.path().join("talk.md");
    std::fs::write(&deck, slides.join("\n---\n\n")).expect("a deck");
    let talk = Talk::start(&deck);
    println!("{n} followers, {STEPS} steps, figures in ms from the driver's request");

    let mut room = Room::enter(&talk, n).await;
    let quiet = room.steps(&talk, 1).await;
    print(&quiet, "all in the room");
    println!("server memory {:.1} MiB", talk.memory());

    let slow = crawl(&talk);
    let beside = room.steps(&talk, 1 + STEPS).await;
    print(&beside, "beside 50 clients of a byte a second");
    println!("server memory {:.1} MiB", talk.memory());
    for client in slow {
        client.abort();
    }

    drop(room);
    talk.go(150).await;
    tokio::time::sleep(CUT).await;
    let begun = Instant::now();
    let mut room = Room::enter(&talk, n).await;
    let behind = room.left_behind(150).await;
    println!(
        "after a cut of {} s all are back in {:.0} ms, {behind} left behind",
        CUT.as_secs(),
        begun.elapsed().as_secs_f64() * 1e3
    );
    println!("server memory {:.1} MiB", talk.memory());
}

fn print(times: &[f64], when: &str) {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| sorted[((sorted.len() - 1) as f64 * part) as usize];
    println!(
        "{:>6} seen: median {:>6.1}, p95 {:>6.1}, p99 {:>6.1}, worst {:>6.1}   {when}",
        sorted.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// The program, sharing a deck.
struct Talk {
    child: Child,
    host: String,
    follower: String,
    driver: String,
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Talk {
    fn start(deck: &std::path::Path) -> Talk {
        use std::io::BufRead;
        let mut child = Command::new(env!("CARGO_BIN_EXE_deckle"))
            .args([
                "present",
                "--share",
                "--no-open",
                "--port",
                "0",
                "--host",
                "127.0.0.1",
            ])
            .arg(deck)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let stdout = child.stdout.take().expect("its output");
        let lines: Vec<String> = std::io::BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .take(5)
            .collect();
        let find = |name: &str| {
            let line = lines.iter().find(|line| line.starts_with(name));
            let url = line.and_then(|line| line.split("http://").nth(1));
            let (host, token) = url.and_then(|url| url.split_once('/')).expect("a link");
            (host.to_string(), token.to_string())
        };
        let (host, follower) = find("Audience");
        let (_, driver) = find("Your phone");
        Talk {
            child,
            host,
            follower,
            driver,
        }
    }

    /// Goes to a slide and waits until the server has heard it.
    async fn go(&self, slide: usize) {
        let body = format!("{{\"do\":\"go\",\"slide\":{slide},\"step\":0}}");
        let request = format!(
            "POST /{}/say HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.driver,
            self.host,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.host).await.expect("the server");
        stream
            .write_all(request.as_bytes())
            .await
            .expect("a request");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.starts_with(b"HTTP/1.1 200"), "the driver drives");
    }

    /// What the program holds, in MiB; 0 where the system does not say so.
    fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = peak.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kb.unwrap_or_default() / 1024.0
    }
}

/// Everybody who listens.
struct Room {
    seen: UnboundedReceiver<(usize, Instant)>,
    followers: Vec<tokio::task::JoinHandle<()>>,
    n: usize,
}

impl Drop for Room {
    fn drop(&mut self) {
        for follower in &self.followers {
            follower.abort();
        }
    }
}

impl Room {
    /// All come in at once; returns when each has heard the first state.
    async fn enter(talk: &Talk, n: usize) -> Room {
        let (sender, seen) = unbounded_channel();
        let n_in = Arc::new(AtomicUsize::new(0));
        let followers = (0..n).map(|_| {
            let sender = sender.clone();
            let (host, token, n_in) = (talk.host.clone(), talk.follower.clone(), n_in.clone());
            tokio::spawn(async move { follow(&host, &token, &sender, &n_in).await })
        });
        let room = Room {
            followers: followers.collect(),
            seen,
            n,
        };
        while n_in.load(Ordering::Relaxed) < n {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        room
    }

    /// Takes so many steps from a slide and gives what each follower waited.
    async fn steps(&mut self, talk: &Talk, from: usize) -> Vec<f64> {
        let mut times = Vec::new();
        for slide in from..from + STEPS {
            let begun = Instant::now();
            talk.go(slide).await;
            let mut n_seen = 0;
            while n_seen < self.n {
                let Some((at, when)) = self.next().await else {
                    println!("{} of {} never saw slide {slide}", self.n - n_seen, self.n);
                    break;
                };
                if at == slide {
                    n_seen += 1;
                    times.push((when - begun).as_secs_f64() * 1e3);
                }
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        times
    }

    /// How many have not heard of a slide.
    async fn left_behind(&mut self, slide: usize) -> usize {
        let mut n_there = 0;
        while n_there < self.n {
            match self.next().await {
                Some((at, _)) => n_there += usize::from(at == slide),
                None => break,
            }
        }
        self.n - n_there
    }

    /// The next that somebody saw; `None` if nobody sees anything for long.
    async fn next(&mut self) -> Option<(usize, Instant)> {
        let limit = Duration::from_secs(10);
        tokio::time::timeout(limit, self.seen.recv()).await.ok()?
    }
}

async fn follow(
    host: &str,
    token: &str,
    seen: &UnboundedSender<(usize, Instant)>,
    n_in: &AtomicUsize,
) {
    let Ok(mut stream) = TcpStream::connect(host).await else {
        return;
    };
    let request = format!("GET /{token}/events?voter= HTTP/1.1\r\nHost: {host}\r\n\r\n");
    if stream.write_all(request.as_bytes()).await.is_err() {
        return;
    }
    let mut text = String::new();
    let mut buffer = [0; 4096];
    let mut is_in = false;
    while let Ok(n @ 1..) = stream.read(&mut buffer).await {
        let now = Instant::now();
        text += &String::from_utf8_lossy(&buffer[..n]);
        while let Some((event, rest)) = text.split_once("\n\n") {
            let slide = event
                .split("\"slide\":")
                .nth(1)
                .and_then(|rest| rest.split(',').next()?.parse().ok());
            if let Some(slide) = slide {
                let _ = seen.send((slide, now));
                if !std::mem::replace(&mut is_in, true) {
                    n_in.fetch_add(1, Ordering::Relaxed);
                }
            }
            text = rest.to_string();
        }
    }
}

/// Clients that send a byte of a request each second.
fn crawl(talk: &Talk) -> Vec<tokio::task::JoinHandle<()>> {
    let slow = (0..SLOW).map(|_| {
        let (host, token) = (talk.host.clone(), talk.follower.clone());
        tokio::spawn(async move {
            let request = format!("GET /{token}/events HTTP/1.1\r\nHost: {host}\r\nX: ");
            loop {
                let Ok(mut stream) = TcpStream::connect(&host).await else {
                    return;
                };
                for byte in request.bytes().chain(std::iter::repeat(b'x')) {
                    if stream.write_all(&[byte]).await.is_err() {
                        break;
                    }
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        })
    });
    slow.collect()
}
