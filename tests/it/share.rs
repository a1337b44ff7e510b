//! A shared talk over a plain socket: who is let in, who may do what, what
//! reaches whom, and what is left of it on the disk.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use super::folder_with;
use super::live::{Answer, LIMIT, Served};

const TALK: &str = "---\ntitle: Talk\n---\n\n# Talk\n\n<!-- SECRET one -->\n\n---\nsteps: lists\n---\n\n\
    ## Steps\n\n- one\n- two\n\n::: notes\n\nSECRET two ![](secret.png)\n\n:::\n\n---\n\n## Which bus?\n\n\
    ```poll\n- The 7\n- The 8\n```\n";

/// A shared talk and its links.
struct Talk {
    folder: tempfile::TempDir,
    served: Served,
    tokens: HashMap<&'static str, String>,
}

impl Talk {
    #[track_caller]
    fn start() -> Talk {
        let picture =
            std::fs::read(super::root().join("tests/decks/render/pictures/orange.png")).unwrap();
        Talk::in_folder(folder_with(&[
            ("talk.md", TALK.as_bytes()),
            ("secret.png", &picture),
        ]))
    }

    #[track_caller]
    fn in_folder(folder: tempfile::TempDir) -> Talk {
        let args = "present --share --host 127.0.0.1 --port 0 --no-open talk.md";
        let args: Vec<&str> = args.split(' ').collect();
        // The first line names the speaker's own page, those behind it the others.
        let served = Served::start(folder.path(), &args);
        let mut tokens = HashMap::new();
        let names = ["Audience", "Your phone", "Co-presenter", "Second screen"];
        for name in names {
            let line = served.printed.recv_timeout(LIMIT).unwrap();
            assert!(line.starts_with(name), "{line}");
            let token = line.rsplit('/').next().unwrap();
            assert!(token.len() >= 12, "{line}");
            tokens.insert(name, token.to_string());
        }
        Talk {
            folder,
            served,
            tokens,
        }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.served.port)
    }

    fn path(&self, who: &str, rest: &str) -> String {
        format!("/{}/{rest}", self.tokens[who])
    }

    fn get(&self, who: &str, rest: &str) -> Answer {
        self.served.get(&self.path(who, rest))
    }

    fn say(&self, who: &str, what: &Value) -> Answer {
        let body = what.to_string();
        self.post(&self.path(who, "say"), &body, &[])
    }

    fn post(&self, path: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n",
            self.host(),
            body.len()
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        let mut stream = self.served.connect();
        let _ = stream.write_all((request + "\r\n" + body).as_bytes());
        let mut bytes = Vec::new();
        // A server that refuses may close before it has read everything.
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// Listens; the newest state comes at once.
    fn listen(&self, who: &str) -> Ears {
        let mut stream = self.served.connect();
        let path = self.path(who, "events?voter=");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host());
        stream.write_all(request.as_bytes()).unwrap();
        Ears {
            reader: BufReader::new(stream),
            all: String::new(),
        }
    }
}

/// A stream of events.
struct Ears {
    reader: BufReader<TcpStream>,
    /// Everything that came.
    all: String,
}

impl Ears {
    /// The data of the next event of this name that is as wanted.
    #[track_caller]
    fn hear(&mut self, name: &str, is_wanted: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        let mut event = String::new();
        loop {
            assert!(begun.elapsed() < LIMIT, "never heard {name}:\n{}", self.all);
            let mut line = String::new();
            assert!(
                self.reader.read_line(&mut line).unwrap() > 0,
                "{}",
                self.all
            );
            self.all += &line;
            if let Some(named) = line.strip_prefix("event: ") {
                event = named.trim().to_string();
            }
            if let Some(data) = line.strip_prefix("data: ")
                && event == name
                && is_wanted(data.trim())
            {
                return data.trim().to_string();
            }
        }
    }

    #[track_caller]
    fn state(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let parse = |data: &str| serde_json::from_str::<Value>(data).unwrap();
        parse(&self.hear("state", |data| is_wanted(&parse(data))))
    }

    #[track_caller]
    fn stands_at(&mut self, slide: u32, step: u32) {
        self.state(|state| state["slide"] == slide && state["step"] == step);
    }
}

fn go(slide: u32, step: u32) -> Value {
    json!({ "do": "go", "slide": slide, "step": step })
}

#[test]
fn everybody_goes_where_the_driver_goes() {
    let talk = Talk::start();
    let names = ["Audience", "Your phone", "Co-presenter", "Second screen"];
    let mut all: Vec<Ears> = names.iter().map(|name| talk.listen(name)).collect();
    for ears in &mut all {
        ears.stands_at(0, 0);
    }
    assert_eq!(talk.say("Your phone", &json!({ "do": "next" })).status, 200);
    for ears in &mut all {
        ears.stands_at(1, 0);
    }
    for _ in 0..3 {
        talk.say("Your phone", &json!({ "do": "next" }));
    }
    // Two steps, then the next slide.
    for ears in &mut all {
        ears.stands_at(2, 0);
    }
    talk.say("Your phone", &json!({ "do": "back" }));
    talk.say("Your phone", &go(99, 99));
    for ears in &mut all {
        ears.stands_at(1, 2);
        ears.stands_at(2, 0);
    }
    // Whoever comes back later stands there too.
    talk.listen("Audience").stands_at(2, 0);
}

#[test]
fn a_page_that_says_where_it_stands_takes_no_press_back() {
    let talk = Talk::start();
    let says = |slide: u32| {
        let first = json!({ "do": "go", "slide": slide, "step": 0, "first": true });
        assert_eq!(talk.say("Your phone", &first).status, 200);
    };
    let mut ears = talk.listen("Audience");
    says(1);
    ears.stands_at(1, 0);
    talk.say("Your phone", &json!({ "do": "back" }));
    ears.stands_at(0, 0);
    says(2);
    talk.listen("Audience").stands_at(0, 0);
}

#[test]
fn a_followers_token_cannot_read_notes() {
    let talk = Talk::start();
    let lead = talk.get("Your phone", "").body;
    assert_eq!(lead.matches("SECRET").count(), 2);
    for who in ["Audience", "Second screen"] {
        let page = talk.get(who, "");
        assert_eq!(page.status, 200, "{who}");
        assert!(
            page.body.contains("<h2 class=\"title\">Steps</h2>"),
            "{who}"
        );
        assert!(!page.body.contains("SECRET"), "{who}");
        assert!(!page.body.contains("class=\"notes\""), "{who}");
        // Neither do the keys of slides tell, which are made of all that is in them.
        for key in lead.split("data-key=\"").skip(1) {
            let key = key.split('"').next().unwrap();
            assert!(!page.body.contains(key), "{who}: {key}");
        }
    }
    // A picture in the notes is part of them.
    let key = lead.split("src=\"assets/").nth(1).unwrap();
    let picture = format!("assets/{}", key.split('"').next().unwrap());
    assert_eq!(talk.get("Your phone", &picture).status, 200);
    assert_eq!(talk.get("Audience", &picture).status, 404);
    assert_eq!(talk.get("Audience", "links").status, 403);
    let mut ears = talk.listen("Audience");
    let state = ears.state(|_| true);
    assert_eq!(state.get("lead"), None, "{state}");
}

#[test]
fn a_followers_token_cannot_drive() {
    let talk = Talk::start();
    let moves = [
        go(2, 0),
        json!({ "do": "next" }),
        json!({ "do": "back" }),
        json!({ "do": "point", "x": 0.5, "y": 0.5 }),
        json!({ "do": "unpoint" }),
        json!({ "do": "hand", "to": "co-presenter" }),
        json!({ "do": "done", "question": 1 }),
        json!({ "do": "timer", "past": 0, "since": 1, "at": 9e15 }),
    ];
    for what in &moves {
        for who in ["Audience", "Second screen"] {
            assert_eq!(talk.say(who, what).status, 403, "{who} {what}");
        }
    }
    talk.listen("Audience").stands_at(0, 0);
}

#[test]
fn a_co_presenter_drives_when_the_driver_hands_over() {
    let talk = Talk::start();
    let hand = |to: &str| json!({ "do": "hand", "to": to });
    assert_eq!(talk.say("Co-presenter", &go(1, 0)).status, 409);
    assert_eq!(talk.say("Co-presenter", &hand("co-presenter")).status, 403);
    assert_eq!(talk.say("Your phone", &hand("co-presenter")).status, 200);
    assert_eq!(talk.say("Your phone", &go(2, 0)).status, 409);
    assert_eq!(talk.say("Co-presenter", &go(1, 0)).status, 200);
    assert_eq!(talk.say("Co-presenter", &hand("driver")).status, 200);
    assert_eq!(talk.say("Co-presenter", &go(2, 0)).status, 409);
    assert_eq!(talk.say("Your phone", &hand("follower")).status, 403);
    talk.listen("Audience").stands_at(1, 0);
}

#[test]
fn answers_are_counted_and_nobody_sees_anothers() {
    let mut talk = Talk::start();
    let mut one = talk.listen("Audience");
    let mut other = talk.listen("Audience");
    let first = one.hear("you", |_| true);
    let second = other.hear("you", |_| true);
    assert_ne!(first, second);
    let poll = "poll-which-bus-1";
    let vote = |voter: &str, option: u32| json!({ "do": "vote", "voter": voter, "poll": poll, "option": option });
    assert_eq!(
        talk.say("Audience", &vote(&first, 0)).status,
        404,
        "the poll was not shown yet"
    );
    talk.say("Your phone", &go(2, 0));
    assert_eq!(talk.say("Audience", &vote(&first, 0)).status, 200);
    assert_eq!(talk.say("Audience", &vote(&second, 0)).status, 200);
    assert_eq!(
        talk.say("Audience", &vote(&second, 1)).status,
        200,
        "changed"
    );
    assert_eq!(talk.say("Audience", &vote(&second, 2)).status, 404);
    assert_eq!(talk.say("Audience", &vote("guessed", 1)).status, 409);
    assert_eq!(talk.say("Your phone", &vote(&first, 1)).status, 403);
    one.state(|state| state["polls"][poll] == json!([1, 1]));
    let ask = json!({ "do": "ask", "voter": first, "text": " Is <b>it</b>\n\u{202e} free? " });
    assert_eq!(talk.say("Audience", &ask).status, 200);
    assert_eq!(talk.say("Audience", &ask).status, 429, "too soon");
    let mut lead = talk.listen("Your phone");
    let state = lead.state(|state| state["lead"]["questions"][0].is_object());
    assert_eq!(state["lead"]["questions"][0]["text"], "Is <b>it</b> free?");
    talk.say("Your phone", &go(0, 0));
    other.stands_at(0, 0);
    for (ears, secret) in [(&one, &second), (&other, &first)] {
        assert!(!ears.all.contains(secret.as_str()), "{}", ears.all);
        assert!(!ears.all.contains("free?"), "{}", ears.all);
    }

    let status = talk.served.signal("-INT");
    assert!(status.success(), "{status}");
    let text = std::fs::read_to_string(talk.folder.path().join("talk.answers.json")).unwrap();
    let kept: Value = serde_json::from_str(&text).unwrap();
    let last = &kept["talks"][0];
    assert_eq!(
        last["polls"][0],
        json!({ "poll": poll, "question": "Which bus?", "options": [["The 7", 1], ["The 8", 1]] })
    );
    assert_eq!(last["questions"][0]["text"], "Is <b>it</b> free?");
    for secret in [&first, &second] {
        assert!(!text.contains(secret.as_str()), "{text}");
    }
}

#[test]
fn a_file_of_the_authors_is_not_written_over() {
    let own = b"{ \"mine\": true }";
    let folder = folder_with(&[("talk.md", TALK.as_bytes()), ("talk.answers.json", own)]);
    let args = "present --share --host 127.0.0.1 --port 0 --no-open talk.md";
    let ran = super::deckle(folder.path(), &args.split(' ').collect::<Vec<_>>());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is not ours"), "{}", ran.stderr);
    assert_eq!(kept(folder.path()), own);
}

fn kept(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("talk.answers.json")).unwrap()
}

#[test]
fn without_a_token_there_is_403_and_nothing_else() {
    let talk = Talk::start();
    let own = &talk.tokens["Audience"];
    let paths = [
        "/",
        "/events",
        "/ask",
        "/assets/x",
        "/say",
        "/rehearsal",
        "//",
        "/%2e%2e/",
        "/?token=",
        &format!("/?{own}"),
        &format!("//{own}/"),
        &format!("/x/{own}/"),
        &format!("/./{own}/"),
    ];
    for path in paths {
        for method in ["GET", "POST", "DELETE"] {
            let answer = talk
                .served
                .ask(&format!("{method} {path}"), &[("Host", &talk.host())]);
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (403, ""),
                "{method} {path}"
            );
        }
    }
}

#[test]
fn a_guessed_token_is_no_token() {
    let talk = Talk::start();
    let own = &talk.tokens["Your phone"];
    let last = if own.ends_with('2') { "3" } else { "2" };
    let guesses = [
        own[1..].to_string(),
        format!("{own}x"),
        format!("{}{last}", &own[..own.len() - 1]),
        own.to_uppercase(),
        format!("%20{own}"),
        format!(
            "{}%{:02x}",
            &own[..own.len() - 1],
            own.as_bytes()[own.len() - 1]
        ),
        String::new(),
    ];
    for guess in guesses {
        for rest in ["", "events", "say"] {
            let answer = talk.served.get(&format!("/{guess}/{rest}"));
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (403, ""),
                "{guess}/{rest}"
            );
        }
    }
}

#[test]
fn a_foreign_host_is_refused_even_with_a_token() {
    let talk = Talk::start();
    let line = format!("GET {}", talk.path("Audience", ""));
    for host in ["evil.example", "evil.example:4400", "", "192.0.2.7"] {
        let answer = talk.served.ask(&line, &[("Host", host)]);
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.body.contains("<html"), "{host}");
    }
}

#[test]
fn a_foreign_origin_is_refused_even_with_a_token() {
    let talk = Talk::start();
    let body = go(1, 0).to_string();
    let path = talk.path("Your phone", "say");
    for origin in ["http://evil.example", "null", "https://127.0.0.1"] {
        let answer = talk.post(&path, &body, &[("Origin", origin)]);
        assert_eq!(answer.status, 403, "{origin}");
    }
    let own = format!("http://{}", talk.host());
    assert_eq!(talk.post(&path, &body, &[("Origin", &own)]).status, 200);
}

#[test]
fn a_request_of_another_site_is_refused_even_with_a_token() {
    let talk = Talk::start();
    let host = talk.host();
    for site in ["cross-site", "same-site"] {
        for rest in ["events", "say", "assets/x"] {
            let line = format!("GET {}", talk.path("Your phone", rest));
            let headers = [
                ("Host", host.as_str()),
                ("Sec-Fetch-Site", site),
                ("Sec-Fetch-Mode", "cors"),
            ];
            assert_eq!(
                talk.served.ask(&line, &headers).status,
                403,
                "{site} {rest}"
            );
        }
        // A form of another site navigates, but it posts.
        let headers = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate")];
        let path = talk.path("Your phone", "say");
        let answer = talk.post(&path, &go(1, 0).to_string(), &headers);
        assert_eq!(answer.status, 403, "{site}");
    }
    // A link to the talk may stand anywhere.
    let line = format!("GET {}", talk.path("Audience", ""));
    let headers = [
        ("Host", host.as_str()),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "navigate"),
    ];
    assert_eq!(talk.served.ask(&line, &headers).status, 200);
}

#[test]
fn a_message_too_large_or_of_another_shape_is_refused() {
    let talk = Talk::start();
    let path = talk.path("Audience", "say");
    let ask = |text: &str| json!({ "do": "ask", "voter": "x", "text": text }).to_string();
    assert_eq!(talk.post(&path, &ask(&"x".repeat(5_000)), &[]).status, 413);
    assert_eq!(talk.post(&path, &ask(&"x".repeat(300)), &[]).status, 422);
    assert_eq!(talk.post(&path, &ask(" \u{200b}\n"), &[]).status, 422);
    for body in [
        "",
        "[",
        "{}",
        "{\"do\":\"fly\"}",
        "{\"do\":\"ask\",\"voter\":1,\"text\":2}",
        "{\"do\":\"vote\",\"voter\":\"x\",\"poll\":\"y\",\"option\":-1}",
        &"[".repeat(4_000),
    ] {
        let status = talk.post(&path, body, &[]).status;
        assert!((400..500).contains(&status), "{status}: {body}");
    }
    // A head that never ends.
    let long = "x".repeat(40_000);
    let line = format!("GET {}", talk.path("Audience", ""));
    let answer = talk
        .served
        .ask(&line, &[("Host", &talk.host()), ("X-Long", &long)]);
    assert!(matches!(answer.status, 0 | 431), "{}", answer.status);
    talk.listen("Audience").stands_at(0, 0);
}

#[test]
fn a_path_leads_nowhere_else() {
    let talk = Talk::start();
    for rest in [
        "../talk.md",
        "assets/../../talk.md",
        "assets/%2e%2e%2ftalk.md",
        "assets/..%5ctalk.md",
        "assets//etc/passwd",
        "assets/secret.png",
        "talk.md",
        "links/x",
    ] {
        for who in ["Audience", "Your phone"] {
            let answer = talk.get(who, rest);
            assert!(
                matches!(answer.status, 403 | 404),
                "{rest}: {}",
                answer.status
            );
            assert!(!answer.body.contains("SECRET"), "{rest}");
        }
    }
}

#[test]
fn who_sends_slowly_holds_up_nobody() {
    let talk = Talk::start();
    let path = talk.path("Audience", "");
    let mut slow: Vec<TcpStream> = (0..50).map(|_| talk.served.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nHos").as_bytes())
            .unwrap();
    }
    let mut ears = talk.listen("Audience");
    ears.stands_at(0, 0);
    talk.say("Your phone", &go(1, 0));
    ears.stands_at(1, 0);
    // In the end they are let go: their lines close without an answer.
    for stream in &mut slow {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.len() < 200, "{}", String::from_utf8_lossy(&rest));
    }
}

#[test]
fn without_share_there_are_no_tokens_and_no_others() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let args = ["present", "--no-open", "--port", "0", "talk.md"];
    let served = Served::start(folder.path(), &args);
    let page = served.get("/");
    assert_eq!(page.status, 200);
    assert!(
        !page.body.contains("data-part"),
        "the page is the plain one"
    );
    for path in ["/links", "/say", "/x", "/x/", "/x/events"] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    assert!(!folder.path().join("talk.answers.json").exists());
}
