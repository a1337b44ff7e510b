//! What is rendered anew after an edit, counted; and the server, spoken to
//! over a plain socket.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use deckle::pipeline;
use deckle::render::Cache;
use deckle::source::Memory;
use serde_json::Value;

use super::{deckle, folder_with, program, root};

/// Longer than anything here takes, so that a hanging test ends at all.
pub const LIMIT: Duration = Duration::from_secs(60);

// ---- the cache

/// A deck in memory whose builds share a cache.
#[derive(Default)]
struct Edited {
    files: Memory,
    cache: Cache,
}

impl Edited {
    fn write(&mut self, name: &str, bytes: impl AsRef<[u8]>) {
        self.files
            .insert(Path::new("deck").join(name), bytes.as_ref().to_vec());
    }

    /// Builds and says how many sections were not in the cache.
    fn fresh(&mut self) -> usize {
        pipeline::build(
            &self.files,
            Path::new("deck"),
            &Default::default(),
            &mut self.cache,
        )
        .pages
        .n_fresh
    }

    /// Writes the slides into one file, builds, counts.
    fn fresh_with(&mut self, slides: &[String]) -> usize {
        let text = format!("---\ntitle: Talk\n---\n\n{}", slides.join("\n---\n\n"));
        self.write("deck.md", text);
        self.fresh()
    }
}

fn numbered(n: usize) -> Vec<String> {
    (1..=n)
        .map(|n| format!("## Slide {n}\n\n- one of {n}\n- two of {n}\n"))
        .collect()
}

#[test]
fn an_edit_of_a_slide_that_goes_on_renders_one_part() {
    let mut deck = Edited::default();
    let list = |word: &str| -> String {
        (1..=60)
            .map(|n| format!("- Item {n}, which is {word} and as long as a line of a slide\n"))
            .collect()
    };
    let mut slides = vec![
        format!("## Long\n\n{}", list("here")),
        "## Next\n\n- one\n- two\n".into(),
    ];
    let n_sections = deck.fresh_with(&slides);
    assert!(n_sections > 3, "{n_sections}");
    slides[0] = slides[0].replace("Item 5, which", "Item 5, that");
    assert_eq!(deck.fresh_with(&slides), 1, "a word on the first part");
    slides[1] += "- three\n";
    assert_eq!(deck.fresh_with(&slides), 1, "the slide behind it");
    slides.insert(0, "## In front\n\n- one\n- two\n".into());
    assert_eq!(deck.fresh_with(&slides), 1, "a slide in front");
}

#[test]
fn an_edit_renders_what_it_changes_and_no_more() {
    let mut deck = Edited::default();
    let mut slides = numbered(20);
    assert_eq!(deck.fresh_with(&slides), 20, "at first all");
    assert_eq!(deck.fresh_with(&slides), 0, "nothing changed");
    slides[7] += "- three\n";
    assert_eq!(deck.fresh_with(&slides), 1, "one slide edited");
    slides.insert(0, "## In front\n\n- one\n- two\n".into());
    assert_eq!(deck.fresh_with(&slides), 1, "a slide in front");
    slides.swap(3, 12);
    assert_eq!(deck.fresh_with(&slides), 0, "two slides swapped");
    slides.remove(5);
    assert_eq!(deck.fresh_with(&slides), 0, "a slide removed");
    slides[2] += "\n<!-- Say it slowly. -->\n";
    assert_eq!(deck.fresh_with(&slides), 1, "a note written");
    slides.push(slides[4].clone());
    assert_eq!(
        deck.fresh_with(&slides),
        1,
        "a slide twice needs another id"
    );
}

#[test]
fn a_change_that_shows_on_all_slides_renders_all() {
    let mut deck = Edited::default();
    let slides: Vec<String> = numbered(5)
        .into_iter()
        .map(|slide| slide + "- [site][s]\n")
        .collect();
    let with = |end: &str| {
        let mut slides = slides.clone();
        slides.last_mut().unwrap().push_str(end);
        slides
    };
    deck.fresh_with(&with("\n[s]: https://example.org/1\n"));
    assert_eq!(
        deck.fresh_with(&with("\n[s]: https://example.org/2\n")),
        5,
        "the address of a link"
    );
}

#[test]
fn a_picture_that_changes_renders_the_slides_that_show_it() {
    let picture = std::fs::read(root().join("tests/decks/render/pictures/orange.png")).unwrap();
    let mut deck = Edited::default();
    deck.write("a.png", &picture);
    deck.write("b.png", &picture);
    let mut slides = numbered(6);
    slides[1] += "\n![A](a.png)\n";
    slides[3] += "\n![B](b.png)\n";
    slides[5] += "\n![A](a.png)\n";
    deck.fresh_with(&slides);
    assert_eq!(deck.fresh(), 0);
    deck.write("a.png", [&picture[..], b"more"].concat());
    assert_eq!(deck.fresh(), 2, "two slides show it");
    deck.write("b.png", b"no picture");
    assert_eq!(deck.fresh(), 1, "a picture that is none any more");
}

#[test]
fn a_film_that_changes_renders_the_slides_that_show_it() {
    let film = std::fs::read(root().join("tests/decks/render/films/clip.webm")).unwrap();
    let mut deck = Edited::default();
    deck.write("a.webm", &film);
    deck.write("a.vtt", "WEBVTT\n");
    let mut slides = numbered(6);
    slides[1] += "\n![A](a.webm)\n";
    slides[3] += "\n![A](a.webm){captions=a.vtt}\n";
    slides[4] = format!("---\nbackground: a.webm\n---\n\n{}", slides[4]);
    deck.fresh_with(&slides);
    assert_eq!(deck.fresh(), 0);
    deck.write("a.webm", [&film[..], b"more"].concat());
    assert_eq!(deck.fresh(), 3, "three slides show it");
    deck.write("a.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nNow\n");
    assert_eq!(deck.fresh(), 1, "one has captions");
}

#[test]
fn a_title_renders_its_slide_and_the_agenda() {
    let mut deck = Edited::default();
    let mut slides = vec![
        "# Talk\n".to_string(),
        "---\nlayout: agenda\n---\n\n## Contents\n".into(),
    ];
    slides.extend(
        ["Supply", "Law", "Language"]
            .map(|title| format!("---\nlayout: factor\n---\n\n## {title}\n\n- a\n")),
    );
    // Front matter of a slide needs no second break in front of it.
    let text = |slides: &[String]| {
        slides
            .iter()
            .map(|slide| slide.trim_start_matches("---\n"))
            .collect::<Vec<_>>()
            .join("\n---\n")
    };
    deck.write(
        "deck.md",
        format!("---\ntitle: Talk\n---\n\n{}", text(&slides)),
    );
    assert_eq!(deck.fresh(), 5);
    slides[3] = slides[3].replace("Law", "Laws");
    deck.write(
        "deck.md",
        format!("---\ntitle: Talk\n---\n\n{}", text(&slides)),
    );
    assert_eq!(deck.fresh(), 2);
}

#[test]
fn colours_and_theme_are_style_and_render_nothing() {
    let mut deck = Edited::default();
    let mut with = |settings: &str| {
        deck.write(
            "deck.md",
            format!(
                "---\ntitle: Talk\n{settings}---\n\n{}",
                numbered(4).join("\n---\n\n")
            ),
        );
        deck.fresh()
    };
    with("");
    assert_eq!(with("accent: teal\n"), 0);
    assert_eq!(with("theme: paper\n"), 0);
    assert_eq!(with("lang: de\n"), 0);
    assert_eq!(with("footer: Spring\n"), 4);
}

// ---- a running server

/// A program that serves; killed when the test is over.
pub struct Served {
    pub child: Child,
    pub port: u16,
    pub printed: Receiver<String>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts the program in a folder and waits until it names its address.
    #[track_caller]
    pub fn start(folder: &Path, args: &[&str]) -> Served {
        Served::run(program(folder, args).stdin(Stdio::null()))
    }

    /// Runs a command that ends as the program, and waits likewise.
    #[track_caller]
    pub fn run(command: &mut std::process::Command) -> Served {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let (sender, printed) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // The test may be over while the program still speaks.
                let _ = sender.send(line);
            }
        });
        let mut served = Served {
            child,
            port: 0,
            printed,
        };
        let line = served.printed.recv_timeout(LIMIT).unwrap();
        let port = line
            .rsplit_once(':')
            .and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
        served.port = port.unwrap_or_else(|| panic!("no address in `{line}`"));
        served
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream
    }

    /// Asks with the headers given and closes.
    pub fn ask(&self, line: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = self.connect();
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        stream.write_all((request + "\r\n").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // A server that refuses may close before it has read everything.
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{line}: {error}");
        }
        Answer::of(&bytes)
    }

    /// Asks as the deck's own page does.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(
            &format!("GET {path}"),
            &[("Host", &format!("localhost:{}", self.port))],
        )
    }

    /// The build that the page shows.
    fn generation(&self) -> String {
        let page = self.get("/").body;
        page.split("data-generation=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_string()
    }

    fn events(&self, have: &str) -> Events {
        let keys = self.get("/").body;
        let keys = keys.split("data-key=\"").skip(1);
        let keys = keys.map(|rest| rest.split('"').next().unwrap().into());
        let mut stream = self.connect();
        let request = format!(
            "GET /events?have={have} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
        }
        let head = head.to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(head.contains("transfer-encoding: chunked"), "{head}");
        Events {
            reader,
            text: String::new(),
            order: keys.collect(),
        }
    }

    #[cfg(unix)]
    #[track_caller]
    pub fn signal(&mut self, name: &str) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < LIMIT, "still running after {name}");
            std::thread::yield_now();
        }
    }
}

/// An answer taken apart.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// The body as it came.
    raw: Vec<u8>,
}

impl Answer {
    pub fn of(bytes: &[u8]) -> Answer {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        Answer {
            status,
            head: head.to_lowercase(),
            body: body.to_string(),
            raw: match bytes.windows(4).position(|end| end == b"\r\n\r\n") {
                Some(at) => bytes[at + 4..].to_vec(),
                None => Vec::new(),
            },
        }
    }

    #[track_caller]
    pub fn has_header(&self, line: &str) {
        assert!(
            self.head.lines().any(|header| header.starts_with(line)),
            "no {line} in\n{}",
            self.head
        );
    }
}

/// A stream of patches.
struct Events {
    reader: BufReader<TcpStream>,
    text: String,
    /// The keys that a page has after the patches until now.
    order: Vec<Value>,
}

impl Events {
    /// The next patch; fails when none comes within the limit.
    #[track_caller]
    fn next(&mut self) -> Value {
        let begun = Instant::now();
        loop {
            // The stream is kept alive by comments, so that reading never times out.
            assert!(begun.elapsed() < LIMIT, "no patch came");
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data: String = event
                    .lines()
                    .filter_map(|line| line.strip_prefix("data: "))
                    .collect();
                let is_patch = event.lines().any(|line| line == "event: patch");
                self.text = rest.to_string();
                if is_patch {
                    return self.applied(serde_json::from_str(&data).unwrap());
                }
                continue;
            }
            let mut size = String::new();
            self.reader.read_line(&mut size).unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            let mut chunk = vec![0; size + 2];
            self.reader.read_exact(&mut chunk).unwrap();
            self.text += std::str::from_utf8(&chunk[..size]).unwrap();
        }
    }

    /// A patch with all keys in place of those that changed.
    #[track_caller]
    fn applied(&mut self, mut patch: Value) -> Value {
        if let Some(splice) = patch["order"].as_object() {
            let at = splice["at"].as_u64().unwrap() as usize;
            let gone = splice["gone"].as_u64().unwrap() as usize;
            let end = (at + gone).min(self.order.len());
            let keys = splice["keys"].as_array().unwrap().clone();
            self.order.splice(at..end, keys);
            assert_eq!(splice["total"], self.order.len());
        }
        patch["order"] = Value::Array(self.order.clone());
        patch
    }

    /// The first patch that is as wanted. Some saves are seen in two halves.
    #[track_caller]
    fn next_with(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let patch = self.next();
            if is_wanted(&patch) {
                return patch;
            }
        }
    }
}

fn sections(patch: &Value) -> Vec<&str> {
    patch["sections"]
        .as_object()
        .unwrap()
        .values()
        .map(|section| section.as_str().unwrap())
        .collect()
}

fn shows(patch: &Value, text: &str) -> bool {
    sections(patch).iter().any(|section| section.contains(text))
}

/// Saves as editors do: into a neighbour, then renamed.
fn save(path: &Path, bytes: impl AsRef<[u8]>) {
    let neighbour = path.with_extension("part");
    std::fs::write(&neighbour, bytes).unwrap();
    std::fs::rename(neighbour, path).unwrap();
}

const TALK: &str = "---\ntitle: Talk\n---\n\n# Talk\n\n---\n\n## Plan\n\n- one\n- two\n";

fn watch(files: &[(&str, &[u8])], deck: &str) -> (tempfile::TempDir, Served) {
    let folder = folder_with(files);
    let served = Served::start(folder.path(), &["watch", "--no-open", "--port", "0", deck]);
    (folder, served)
}

#[test]
fn the_page_is_served_with_its_guards() {
    let (_folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let page = served.get("/");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1 class=\"title\">Talk</h1>"));
    page.has_header("content-type: text/html");
    page.has_header("x-content-type-options: nosniff");
    page.has_header("content-security-policy: default-src 'none'; script-src 'sha256-");
    page.has_header("cache-control: no-store");
    page.has_header("referrer-policy: no-referrer");
    assert!(
        !page.head.contains("access-control-allow-origin"),
        "{}",
        page.head
    );
}

#[test]
fn an_edit_is_sent_as_a_patch_of_one_slide() {
    let (folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let mut events = served.events(&served.generation());
    save(
        &folder.path().join("talk.md"),
        TALK.replace("- two", "- three"),
    );
    let patch = events.next();
    assert_eq!(patch["order"].as_array().unwrap().len(), 2);
    assert_eq!(
        sections(&patch).len(),
        1,
        "a page that is up to date gets what is new and nothing before it"
    );
    assert!(shows(&patch, "<li>three</li>"));
    assert_eq!(patch["focus"], patch["order"][1]);
    assert_eq!(patch.get("head"), None, "the title is the same");
    assert_eq!(patch["fault"], Value::Null);
    assert_eq!(patch["generation"], served.generation().as_str());
}

#[test]
fn a_page_of_another_run_gets_the_whole_deck() {
    let (_folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    for have in ["", "0-0-1", "nonsense", "%00"] {
        let patch = served.events(have).next();
        assert_eq!(sections(&patch).len(), 2, "have={have}");
        assert!(patch["style"].is_string(), "have={have}");
    }
}

#[test]
fn every_page_gets_every_patch() {
    let (folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let generation = served.generation();
    let mut pages = [
        served.events(&generation),
        served.events(&generation),
        served.events(&generation),
    ];
    for word in ["three", "four"] {
        save(&folder.path().join("talk.md"), TALK.replace("two", word));
        for page in &mut pages {
            assert!(shows(&page.next(), word));
        }
    }
}

#[test]
fn a_file_written_in_place_is_seen() {
    let (folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let mut events = served.events(&served.generation());
    std::fs::write(folder.path().join("talk.md"), TALK.replace("two", "three")).unwrap();
    events.next_with(|patch| shows(patch, "<li>three</li>"));
}

#[test]
fn a_fault_comes_over_the_last_good_deck_and_goes() {
    let (folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let path = folder.path().join("talk.md");
    let mut events = served.events(&served.generation());
    save(&path, TALK.replace("title: Talk", "title: [Talk"));
    let broken = events.next();
    let fault = broken["fault"].as_str().unwrap();
    assert!(
        fault.contains("talk.md:") && fault.contains("front matter cannot be read"),
        "{fault}"
    );
    assert_eq!(
        broken["order"].as_array().unwrap().len(),
        2,
        "the last good deck stays"
    );
    assert_eq!(sections(&broken).len(), 0);
    let page = served.get("/").body;
    assert!(
        page.contains("data-fault=\"") && page.contains("<li>two</li>"),
        "a reload shows both"
    );

    save(&path, TALK);
    let mended = events.next();
    assert_eq!(mended["fault"], Value::Null);
    assert_eq!(sections(&mended).len(), 0, "nothing else changed");
}

#[test]
fn a_deck_that_vanishes_stays_on_the_screen_until_it_is_back() {
    let (folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let path = folder.path().join("talk.md");
    let mut events = served.events(&served.generation());
    std::fs::remove_file(&path).unwrap();
    let gone = events.next_with(|patch| !patch["fault"].is_null());
    assert_eq!(gone["order"].as_array().unwrap().len(), 2);
    std::fs::write(&path, TALK.replace("two", "three")).unwrap();
    let back = events.next_with(|patch| patch["fault"].is_null() && shows(patch, "three"));
    assert_eq!(back["order"].as_array().unwrap().len(), 2);
}

#[test]
fn files_of_a_folder_come_and_go() {
    let (folder, served) = watch(
        &[
            ("deck/01.md", b"# Talk\n"),
            ("deck/03.md", b"## Three\n\n- a\n- b\n"),
        ],
        "deck",
    );
    let mut events = served.events(&served.generation());
    let n_slides = |patch: &Value| patch["order"].as_array().unwrap().len();
    save(&folder.path().join("deck/02.md"), "## Two\n\n- a\n- b\n");
    let more = events.next_with(|patch| n_slides(patch) == 3);
    assert_eq!(more["focus"], more["order"][1]);
    std::fs::remove_file(folder.path().join("deck/03.md")).unwrap();
    events.next_with(|patch| n_slides(patch) == 2);
}

#[test]
fn a_folder_that_is_replaced_is_followed() {
    let (folder, served) = watch(
        &[
            ("deck/01.md", b"# Talk\n"),
            ("next/01.md", b"# Another talk\n"),
        ],
        "deck",
    );
    let mut events = served.events(&served.generation());
    let at = |name: &str| folder.path().join(name);
    std::fs::rename(at("deck"), at("old")).unwrap();
    std::fs::rename(at("next"), at("deck")).unwrap();
    events.next_with(|patch| shows(patch, "Another talk"));
    save(&at("deck/01.md"), "# A third talk\n");
    events.next_with(|patch| shows(patch, "A third talk"));
}

#[test]
fn pictures_and_themes_are_watched_too() {
    let picture = std::fs::read(root().join("tests/decks/render/pictures/orange.png")).unwrap();
    let deck =
        "---\ntitle: Talk\ntheme: mine\n---\n\n# Talk\n\n---\n\n## Sales\n\n![Sales](img/a.png)\n";
    let theme = "name: mine\nextends: swiss\naccent: teal\n";
    let (folder, served) = watch(
        &[
            ("talk.md", deck.as_bytes()),
            ("mine/theme.yaml", theme.as_bytes()),
            ("mine/theme.css", b".slide{color:red}"),
        ],
        "talk.md",
    );
    let mut events = served.events(&served.generation());
    std::fs::create_dir(folder.path().join("img")).unwrap();
    save(&folder.path().join("img/a.png"), &picture);
    let found = events.next_with(|patch| shows(patch, "/assets/"));
    assert_eq!(found["warnings"], Value::Null);
    save(
        &folder.path().join("img/a.png"),
        [&picture[..], b"more"].concat(),
    );
    assert_eq!(
        sections(&events.next_with(|patch| shows(patch, "/assets/"))).len(),
        1
    );

    let has_style = |patch: &Value, text: &str| {
        patch["style"]
            .as_str()
            .is_some_and(|style| style.contains(text))
    };
    save(&folder.path().join("mine/theme.css"), ".slide{color:green}");
    events.next_with(|patch| has_style(patch, "color:green"));
    save(
        &folder.path().join("mine/theme.yaml"),
        theme.replace("teal", "'#123456'"),
    );
    events.next_with(|patch| has_style(patch, "#123456"));
}

/// A film is moved about in by asking for parts of it; one too long for memory is
/// read from the disk part by part.
#[test]
fn films_are_served_in_parts() {
    let film = std::fs::read(root().join("tests/decks/render/films/clip.webm")).unwrap();
    let long: Vec<u8> = film
        .iter()
        .copied()
        .chain((0_u32..17_000_000).map(|n| (n / 7) as u8))
        .collect();
    let deck = "# Talk\n\n![A](a.webm)\n\n---\n\n![B](b.webm)\n";
    let (folder, served) = watch(
        &[
            ("talk.md", deck.as_bytes()),
            ("a.webm", &film),
            ("b.webm", &long),
        ],
        "talk.md",
    );
    let page = served.get("/");
    let keys: Vec<String> = page
        .body
        .split(" src=\"/assets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(String::from)
        .collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    page.has_header("content-security-policy: default-src 'none'; script-src");
    assert!(page.head.contains("media-src 'self';"), "{}", page.head);
    for (key, bytes) in keys.iter().zip([&film, &long]) {
        let ask = |method: &str, range: &str| {
            let headers = [("Host", "localhost"), ("Range", range)];
            served.ask(&format!("{method} /assets/{key}"), &headers)
        };
        let length = bytes.len();
        let whole = served.get(&format!("/assets/{key}"));
        assert_eq!(whole.status, 200);
        whole.has_header(&format!("content-length: {length}"));
        whole.has_header("content-type: video/webm");
        whole.has_header("accept-ranges: bytes");
        assert!(whole.raw == *bytes, "all of it");
        for (range, first, last) in [
            ("bytes=0-99", 0, 99),
            ("bytes=1000-", 1000, length - 1),
            ("bytes=-10", length - 10, length - 1),
            ("bytes=5000-999999999", 5000, length - 1),
        ] {
            let part = ask("GET", range);
            assert_eq!(part.status, 206, "{range}");
            part.has_header(&format!("content-range: bytes {first}-{last}/{length}"));
            assert!(part.raw == bytes[first..=last], "{range}");
        }
        let beyond = ask("GET", &format!("bytes={length}-"));
        assert_eq!(beyond.status, 416);
        beyond.has_header(&format!("content-range: bytes */{length}"));
        assert_eq!(ask("HEAD", "bytes=0-1").raw, b"");
    }
    // What lies there may become a link to somewhere else.
    #[cfg(unix)]
    {
        let secret = folder_with(&[("secret.webm", &long)]);
        let there = secret.path().join("secret.webm");
        std::fs::remove_file(folder.path().join("b.webm")).unwrap();
        std::os::unix::fs::symlink(there, folder.path().join("b.webm")).unwrap();
        let answer = served.get(&format!("/assets/{}", keys[1]));
        assert!(answer.raw.is_empty() || answer.status == 404);
    }
}

#[test]
fn a_file_whose_code_is_shown_is_watched_too() {
    let deck = "# Talk\n\n---\n\n## How\n\n```rust src=code/main.rs lines=2\n```\n";
    let (folder, served) = watch(
        &[
            ("talk.md", deck.as_bytes()),
            ("code/main.rs", b"// main\nfn first() {}\n"),
        ],
        "talk.md",
    );
    let mut events = served.events(&served.generation());
    save(
        &folder.path().join("code/main.rs"),
        "// main\nfn second() {}\n",
    );
    let patch = events.next_with(|patch| shows(patch, "second"));
    assert_eq!(sections(&patch).len(), 1);
}

#[test]
fn an_article_is_followed_as_it_is_edited() {
    let article =
        std::fs::read_to_string(root().join("slides/xiaomi-in-china/article.txt")).unwrap();
    let (folder, served) = watch(&[("article.txt", article.as_bytes())], "article.txt");
    let mut events = served.events(&served.generation());
    save(
        &folder.path().join("article.txt"),
        article
            .replace("\nScalability\n", "\nRoom to grow\n")
            .replace("Ecosystem Integration", "Devices That Fit"),
    );
    let patch = events.next_with(|patch| shows(patch, "Devices That Fit"));
    assert_eq!(patch["order"].as_array().unwrap().len(), 12);
}

// ---- who may ask, and for what

#[test]
fn other_names_and_other_pages_are_refused() {
    let (_folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let own = format!("localhost:{}", served.port);
    for path in ["/", "/events", "/assets/a.png"] {
        let line = format!("GET {path}");
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:4400",
            "192.0.2.7",
            "",
        ] {
            let answer = served.ask(&line, &[("Host", host)]);
            assert_eq!(answer.status, 421, "{path} for `{host}`");
            assert!(!answer.body.contains("Talk"));
        }
        for origin in [
            "http://evil.example",
            "null",
            "https://evil.example",
            "http://localhost",
            "file://",
        ] {
            assert_eq!(
                served
                    .ask(&line, &[("Host", &own), ("Origin", origin)])
                    .status,
                403,
                "{path} from {origin}"
            );
        }
        for site in ["cross-site", "same-site"] {
            let headers = [
                ("Host", own.as_str()),
                ("Sec-Fetch-Site", site),
                ("Sec-Fetch-Mode", "no-cors"),
            ];
            assert_eq!(served.ask(&line, &headers).status, 403, "{path} by {site}");
        }
    }
    let own_origin = format!("http://{own}");
    for headers in [
        &[("Host", own.as_str()), ("Origin", own_origin.as_str())][..],
        &[("Host", &own), ("Sec-Fetch-Site", "same-origin")],
        &[
            ("Host", &own),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "navigate"),
        ],
        &[("Host", "127.0.0.1")],
        &[("Host", "[::1]:80")],
        &[("Host", "LOCALHOST")],
    ] {
        assert_eq!(served.ask("GET /", headers).status, 200, "{headers:?}");
    }
}

#[test]
fn nothing_but_page_patches_and_pictures_is_served() {
    let picture = std::fs::read(root().join("tests/decks/render/pictures/orange.png")).unwrap();
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><script>alert(1)</script></svg>";
    let deck = "# Talk\n\n---\n\n![A](a.png)\n\n---\n\n![B](b.svg)\n";
    let (_folder, served) = watch(
        &[
            ("talk.md", deck.as_bytes()),
            ("a.png", &picture),
            ("b.svg", drawing),
        ],
        "talk.md",
    );
    for path in [
        "/talk.md",
        "/a.png",
        "/assets/",
        "/assets/a.png",
        "/assets/0000000000000000.png",
        "/assets/../talk.md",
        "/assets/..%2ftalk.md",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..\\talk.md",
        "/../talk.md",
        "//etc/passwd",
        "/%00",
        "/assets/%ff",
        "/index.html",
    ] {
        let answer = served.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.body.contains("# Talk"), "{path}");
        if answer.status == 404 {
            answer.has_header("x-content-type-options: nosniff");
        }
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = served.ask(
            &format!("{method} /"),
            &[("Host", "localhost"), ("Content-Length", "0")],
        );
        assert_eq!(answer.status, 405, "{method}");
    }
    let page = served.get("/").body;
    let keys: Vec<&str> = page
        .split("src=\"/assets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    for (key, kind) in keys.iter().zip(["image/png", "image/svg+xml"]) {
        let answer = served.get(&format!("/assets/{key}"));
        assert_eq!(answer.status, 200);
        answer.has_header(&format!("content-type: {kind}"));
        answer.has_header("x-content-type-options: nosniff");
        answer.has_header(
            "content-security-policy: default-src 'none'; style-src 'unsafe-inline'; sandbox",
        );
        answer.has_header("cross-origin-resource-policy: same-origin");
    }
}

#[test]
fn a_silent_or_babbling_client_stops_nobody() {
    let (_folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let silent: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    let mut half = served.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    let mut babbling = served.connect();
    // The server closes on it; what it could not take is no fault.
    let _ = babbling.write_all(b"\x16\x03\x01\x02 no HTTP at all\r\n\r\n");
    let long = format!("GET /{}", "a".repeat(1_000_000));
    let mut greedy = served.connect();
    let _ = greedy.write_all(long.as_bytes());
    assert_eq!(served.get("/").status, 200);
    drop(silent);
}

#[test]
fn present_shows_pages_without_patching_them() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let served = Served::start(
        folder.path(),
        &["present", "--no-open", "--port", "0", "talk.md"],
    );
    let page = served.get("/");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("data-generation"));
    page.has_header("content-security-policy: default-src 'none'; script-src 'sha256-");
    page.has_header("x-content-type-options: nosniff");
}

// ---- ports and signals

/// An address of this machine that others could reach; none on a lonely one.
fn outer_address() -> Option<std::net::IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // Nothing is sent: the system only says which of its addresses it would use.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[test]
fn only_this_machine_is_listened_to() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let Some(outer) = outer_address() else {
        eprintln!("no outer address, nothing tested");
        return;
    };
    let served = Served::start(
        folder.path(),
        &["present", "--no-open", "--port", "0", "talk.md"],
    );
    let refused = TcpStream::connect_timeout(&SocketAddr::new(outer, served.port), LIMIT);
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::ConnectionRefused);

    let open = Served::start(
        folder.path(),
        &[
            "present",
            "--no-open",
            "--port",
            "0",
            "--host",
            "0.0.0.0",
            "talk.md",
        ],
    );
    TcpStream::connect_timeout(&SocketAddr::new(outer, open.port), LIMIT).unwrap();
    assert_eq!(
        open.ask("GET /", &[("Host", &outer.to_string())]).status,
        200
    );
    assert_eq!(open.ask("GET /", &[("Host", "evil.example")]).status, 421);
}

#[test]
fn a_busy_default_port_gives_way_and_a_busy_named_one_is_said() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    // Whoever holds the default port, ours or another's, it is busy from here on.
    let _held = TcpListener::bind((Ipv4Addr::LOCALHOST, 4400));
    let served = Served::start(folder.path(), &["present", "--no-open", "talk.md"]);
    assert_ne!(served.port, 4400);
    assert_eq!(served.get("/").status, 200);

    let port = served.port.to_string();
    let refused = deckle(
        folder.path(),
        &["present", "--no-open", "--port", &port, "talk.md"],
    );
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .stderr
            .contains(&format!("cannot listen on 127.0.0.1:{port}")),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("help: choose another port"),
        "{}",
        refused.stderr
    );
    assert_eq!(refused.stdout, "");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_at_once_and_well() {
    for command in ["present", "watch"] {
        for name in ["-INT", "-TERM"] {
            let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
            let mut served = Served::start(
                folder.path(),
                &[command, "--no-open", "--port", "0", "talk.md"],
            );
            // An open stream and an idle connection must not hold it.
            let _idle = served.connect();
            let mut events = served.events("");
            events.next();
            assert_eq!(served.signal(name).code(), Some(0), "{command} {name}");
        }
    }
}

// ---- what the author's desk is asked

/// A request of our own page, or of another program on this machine.
fn asked(served: &Served, body: &Value, headers: &[(&str, &str)]) -> Answer {
    let body = body.to_string();
    let length = body.len().to_string();
    let mut all = vec![
        ("Content-Type", "application/json"),
        ("Content-Length", length.as_str()),
    ];
    all.extend(headers);
    let mut stream = served.connect();
    let mut request = format!("POST /ask HTTP/1.1\r\nHost: localhost:{}\r\n", served.port);
    for (name, value) in all {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Connection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    Answer::of(&bytes)
}

#[test]
fn goto_takes_every_page_to_the_slide_of_a_line() {
    let (folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let mut events = served.events(&served.generation());
    let line = 1 + TALK.lines().position(|line| line == "- two").unwrap();
    let port = served.port.to_string();
    let goto = |place: &str| deckle(folder.path(), &["goto", place, "--port", &port]);
    let ran = goto(&format!("talk.md:{line}"));
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "slide 2\n"));
    let patch = events.next();
    assert_eq!(patch["wanted"], patch["order"][1]);
    assert_eq!(sections(&patch).len(), 0);
    for (place, words) in [
        ("other.md:3", "is no file of this deck"),
        ("talk.md", "is not a file and a line"),
        ("talk.md:0", "is not a file and a line"),
    ] {
        let ran = goto(place);
        assert_eq!(ran.code, 2);
        let said = &ran.stderr;
        assert!(said.contains(words) && said.contains("help: "), "{said}");
    }
}

#[test]
fn only_this_page_and_this_machine_ask_the_desk() {
    let (_folder, served) = watch(&[("talk.md", TALK.as_bytes())], "talk.md");
    let ask = serde_json::json!({ "ask": "goto", "file": "/x.md", "line": 1 });
    assert!(asked(&served, &ask, &[]).head.starts_with("http/1.1 409"));
    let foreign = [("Origin", "http://evil.example")];
    assert!(
        asked(&served, &ask, &foreign)
            .head
            .starts_with("http/1.1 403")
    );
    let site = [("Sec-Fetch-Site", "cross-site")];
    assert!(asked(&served, &ask, &site).head.starts_with("http/1.1 403"));
    let long = serde_json::json!({ "ask": "edit", "key": "a", "text": "x".repeat(300_000) });
    assert!(asked(&served, &long, &[]).head.starts_with("http/1.1 413"));
    let odd = serde_json::json!({ "ask": "destroy" });
    assert!(asked(&served, &odd, &[]).head.starts_with("http/1.1 422"));
}

// ---- where the system does not tell, and the terminal

fn says(served: &Served, words: &str) -> String {
    loop {
        let line = served.printed.recv_timeout(LIMIT).unwrap();
        if line.contains(words) {
            return line;
        }
    }
}

/// Every way of changing a file is seen by looking, too.
#[track_caller]
fn is_followed(folder: &Path, served: &Served) {
    let path = folder.join("talk.md");
    let mut events = served.events(&served.generation());
    std::fs::write(&path, TALK.replace("two", "twenty")).unwrap();
    events.next_with(|patch| shows(patch, "twenty"));
    save(&path, TALK.replace("two", "thirty"));
    events.next_with(|patch| shows(patch, "thirty"));
    // Of the same length, and within one tick of the clock.
    std::fs::write(&path, TALK.replace("two", "fortyy")).unwrap();
    std::fs::write(&path, TALK.replace("two", "fiftyy")).unwrap();
    events.next_with(|patch| shows(patch, "fiftyy"));
    std::fs::remove_file(&path).unwrap();
    events.next_with(|patch| !patch["fault"].is_null());
    std::fs::write(&path, TALK).unwrap();
    events.next_with(|patch| patch["fault"].is_null() && shows(patch, "two"));
}

#[test]
fn files_are_looked_at_where_the_author_says_so() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let args = ["watch", "talk.md", "--no-open", "--poll"];
    let served = Served::start(folder.path(), &args);
    says(&served, "because you asked for it");
    is_followed(folder.path(), &served);
}

/// A name space of our own has limits of its own; where there is none to be
/// had, nothing is tested.
#[track_caller]
fn is_followed_without(limit: &str) {
    let none_left = format!("echo 0 > /proc/sys/user/{limit}");
    let unshare = || {
        let mut unshare = std::process::Command::new("unshare");
        unshare.args(["-U", "-r", "sh", "-c"]);
        unshare
    };
    if !unshare()
        .arg(&none_left)
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("no name space of our own, nothing tested");
        return;
    }
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let line = format!(
        "{none_left}; exec '{}' watch talk.md --no-open",
        env!("CARGO_BIN_EXE_deckle")
    );
    let mut command = unshare();
    command
        .arg(line)
        .current_dir(folder.path())
        .stdin(Stdio::null());
    let served = Served::run(&mut command);
    says(&served, "Looking at the files five times a second");
    is_followed(folder.path(), &served);
}

#[test]
fn without_the_systems_watches_the_files_are_looked_at() {
    is_followed_without("max_inotify_instances");
    is_followed_without("max_inotify_watches");
}

/// `script` gives a program a terminal; where there is none, nothing is tested.
#[test]
fn keys_in_the_terminal_export_and_end() {
    let has_script = std::process::Command::new("script")
        .arg("--version")
        .output();
    if !cfg!(target_os = "linux") || has_script.is_err() {
        eprintln!("no `script`, nothing tested");
        return;
    }
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let line = format!("'{}' watch talk.md --no-open", env!("CARGO_BIN_EXE_deckle"));
    let mut command = std::process::Command::new("script");
    command
        .args(["-q", "-e", "-c", &line, "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::piped());
    let mut served = Served::run(&mut command);
    says(&served, "o opens the browser, e exports now, q ends");
    let mut keys = served.child.stdin.take().unwrap();
    keys.write_all(b"xe").unwrap();
    says(&served, "exported talk.html");
    let html = std::fs::read_to_string(folder.path().join("talk.html")).unwrap();
    assert!(html.contains("<li>two</li>"));
    keys.write_all(b"q").unwrap();
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
}
