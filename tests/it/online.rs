//! `check --online`: what a server says of a link. The server is this test.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};

use super::{deckle, folder_with};

/// What a server was asked: method and path.
type Asked = Arc<Mutex<Vec<String>>>;

fn answer(stream: &TcpStream, asked: &Asked) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    // A connection that is closed before its head was read loses the answer.
    lines.by_ref().find(String::is_empty);
    let question = first.rsplit_once(' ').map_or("", |(question, _)| question);
    asked.lock().unwrap().push(question.to_string());
    let status = match question {
        "HEAD /fine" | "GET /whole" => "200 OK",
        "HEAD /moved" => "301 Moved\r\nLocation: /fine",
        "HEAD /whole" => "405 Method Not Allowed",
        "HEAD /broken" | "GET /broken" => "500 Internal Server Error",
        _ => "404 Not Found",
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let mut stream = stream;
    let _ = stream.write_all(head.as_bytes());
}

#[test]
fn links_to_the_web_are_asked_for_once_and_only_when_told() {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("no curl, links to the web not tested");
        return;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let web = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let heard = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(&stream, &heard);
        }
    });
    let deck = format!(
        "## Links\n\n- [Fine]({web}/fine)\n- [The same]({web}/fine#part)\n- [Moved]({web}/moved)\n\
         - [Whole]({web}/whole)\n- [Broken]({web}/broken)\n- [Gone]({web}/gone)\n- [Mail](mailto:a@b.c)\n"
    );
    let folder = folder_with(&[("talk.md", deck.as_bytes())]);
    let silent = deckle(folder.path(), &["check", "talk.md"]);
    assert_eq!(silent.code, 0, "{}", silent.stderr);
    assert!(asked.lock().unwrap().is_empty());

    let ran = deckle(
        folder.path(),
        &["check", "talk.md", "--online", "--format", "short"],
    );
    assert_eq!(
        ran.stdout,
        format!(
            "talk.md:8:3: warning[dead-link]: the link to `{web}/gone` leads nowhere: the server says 404\n"
        )
    );
    assert_eq!(ran.code, 1);
    let mut questions = asked.lock().unwrap().clone();
    questions.sort();
    let once = |question: &str| questions.iter().filter(|each| *each == question).count() == 1;
    assert!(
        once("HEAD /moved") && once("HEAD /whole") && once("GET /whole"),
        "{questions:?}"
    );

    let told = deckle(folder.path(), &["check", "talk.md", "--online"]);
    let line = format!("{web}/broken was not reached: the server says 500");
    assert!(told.stdout.contains(&line), "{}", told.stdout);
}

#[test]
fn without_curl_it_says_what_is_missing() {
    let folder = folder_with(&[("talk.md", b"## A\n\n[Link](http://127.0.0.1:9/)\n")]);
    let mut command = super::program(folder.path(), &["check", "talk.md", "--online"]);
    let output = command.env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("there is no `curl`"), "{stderr}");
}
