//! `deckle rehearse`: what the page sends becomes a log, and the log a
//! comparison.

use std::io::{Read, Write};

use serde_json::{Value, json};

use super::folder_with;
use super::live::{Answer, LIMIT, Served};

const TALK: &str =
    "---\ntitle: Talk\nminutes: 1\n---\n\n# Talk\n\n---\noptional: true\n---\n\n## More\n\nText\n";

fn post(served: &Served, run: &Value) -> Answer {
    let body = run.to_string();
    let request = format!(
        "POST /rehearsal HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        served.port,
        body.len()
    );
    let mut stream = served.connect();
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    Answer::of(&bytes)
}

fn run(begun: &str, seconds: [f64; 2]) -> Value {
    let slide = |n: usize, title: &str| json!({ "n": n, "key": title, "title": title, "seconds": seconds[n - 1], "steps": [seconds[n - 1]], "optional": n == 2 });
    json!({
        "deckle": "rehearsal",
        "begun": begun,
        "minutes": 1,
        "seconds": seconds[0] + seconds[1],
        "questions": 0,
        "slides": [slide(1, "Talk"), slide(2, "More")],
    })
}

fn lines(served: &mut Served) -> Vec<String> {
    assert!(served.signal("-INT").success());
    let mut res = Vec::new();
    while let Ok(line) = served.printed.recv_timeout(LIMIT) {
        res.push(line);
    }
    res
}

#[test]
fn a_run_is_kept_and_compared_with_the_one_before() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let args = ["rehearse", "--no-open", "--port", "0", "talk.md"];
    let mut served = Served::start(folder.path(), &args);
    let page = served.get("/").body;
    assert!(page.contains("data-part=\"rehearsal\""));
    assert!(page.contains(" optional\""));
    assert_eq!(served.get("/rehearsal").body, "null");
    // The page sends all of its run again and again.
    assert_eq!(post(&served, &run("a", [1.0, 0.0])).status, 204);
    assert_eq!(post(&served, &run("a", [20.0, 30.0])).status, 204);
    assert_eq!(post(&served, &run("", [1.0, 1.0])).status, 422);
    assert_eq!(post(&served, &run("b", [-1.0, 1.0])).status, 422);
    let said = lines(&mut served);
    let has = |words: &str| said.iter().any(|line| line.contains(words));
    assert!(has("0:20           1 Talk"), "{said:#?}");
    assert!(has("0:50           in all, 0:10 left of 1:00"), "{said:#?}");

    let mut served = Served::start(folder.path(), &args);
    let before: Value = serde_json::from_str(&served.get("/rehearsal").body).unwrap();
    assert_eq!(before["begun"], "a");
    assert_eq!(post(&served, &run("c", [35.0, 30.0])).status, 204);
    let said = lines(&mut served);
    let has = |words: &str| said.iter().any(|line| line.contains(words));
    assert!(has("0:35    +0:15  1 Talk"), "{said:#?}");
    assert!(has("1:05    +0:15  in all, 0:05 over of 1:00"), "{said:#?}");

    let text = std::fs::read_to_string(folder.path().join("talk.rehearsal.json")).unwrap();
    let log: Value = serde_json::from_str(&text).unwrap();
    let names: Vec<&Value> = log["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| &run["begun"])
        .collect();
    assert_eq!(names, ["a", "c"]);
}

#[test]
fn a_log_that_is_not_ours_is_kept() {
    let own = b"[1, 2]";
    let folder = folder_with(&[("talk.md", TALK.as_bytes()), ("talk.rehearsal.json", own)]);
    let ran = super::deckle(
        folder.path(),
        &["rehearse", "--no-open", "--port", "0", "talk.md"],
    );
    assert_eq!(ran.code, 2);
    let kept = std::fs::read(folder.path().join("talk.rehearsal.json")).unwrap();
    assert_eq!(kept, own);
}

#[test]
fn only_a_rehearsal_takes_runs() {
    let folder = folder_with(&[("talk.md", TALK.as_bytes())]);
    let served = Served::start(
        folder.path(),
        &["present", "--no-open", "--port", "0", "talk.md"],
    );
    assert_eq!(post(&served, &run("a", [1.0, 1.0])).status, 404);
    assert!(!folder.path().join("talk.rehearsal.json").exists());
}
